"""A disclosure in its printed form: headings, paragraphs and ruled tables, one small writer per format.

:func:`compose` turns the model into blocks (:mod:`.blocks`) that know nothing of a format; each writer turns blocks
into bytes. What is printed is read back by :func:`govbudget.reading.read` as an equal model; what a format cannot
keep is listed in docs/reference/formats.md.
"""

from govbudget.serializers.printed.blocks import Block, Contents, Heading, Ruled, Span, Words
from govbudget.serializers.printed.compose import compose

__all__ = ["Block", "Contents", "Heading", "Ruled", "Span", "Words", "compose"]
