"""Documents as paragraphs and grids of cells, each with its place. This room knows no budgets.

One file per format turns bytes into a :class:`Document`; :func:`open_document` chooses by content.
"""

from govbudget.source.continued import join_continued
from govbudget.source.model import Block, Document, Grid, GridCell, Paragraph
from govbudget.source.open import Source, open_document, open_documents

__all__ = [
    "Block",
    "Document",
    "Grid",
    "GridCell",
    "Paragraph",
    "Source",
    "join_continued",
    "open_document",
    "open_documents",
]
