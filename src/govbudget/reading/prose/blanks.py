"""Sentences of a form that nobody has filled in (空白表样): XX万元, 大于（小于）, 如持平作持平表述."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.state import Reader, find

_DIGIT = re.compile(r"\d")
_CROSS = re.compile("[XxＸ×]")
_LEADING_TO_A_BLANK = 3


def unfilled(reader: Reader, rest: Sequence[Clause]) -> int:
    """Return how many clauses are still a form: one with a blank, and what only leads to it (在…项目中，金额XX万元)."""
    if p.is_unfilled(rest[0].text):
        return 1
    crossed = [i for i, c in enumerate(rest[1:_LEADING_TO_A_BLANK], 1) if _CROSS.search(c.text)]
    if not crossed or not p.is_unfilled(rest[crossed[0]].text):
        return 0
    leading = rest[: crossed[0]]
    named = any(_DIGIT.search(c.text) or p.LEAD.fullmatch(c.text) or find(reader, c.text) for c in leading)
    return 0 if named else crossed[0] + 1
