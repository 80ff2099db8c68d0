"""Sentences of the narrative to typed claims: clauses, the subjects they name, and one pattern per kind of claim."""

from govbudget.reading.prose.read import read_part
from govbudget.reading.prose.terms import Lexicon, lexicon

__all__ = ["Lexicon", "lexicon", "read_part"]
