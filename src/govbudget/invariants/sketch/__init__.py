"""Small disclosures from a few lines of text: what the examples of rules are written in.

The grammar is in ``docs/reference/sketches.md``.
"""

from govbudget.invariants.sketch.coordinates import AT_OF, at
from govbudget.invariants.sketch.read import sketch, sketches

__all__ = ["AT_OF", "at", "sketch", "sketches"]
