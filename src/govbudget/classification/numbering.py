"""Numbers that lists and sentences print before a name."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、](?=\D)|其中:)")


def without_number(text: str) -> str:
    """Return a folded text without the number (or 其中:) before it.

    >>> [without_number(text) for text in ("一、教育支出", "(二)教育支出", "3.教育支出", "201教育支出")]
    ['教育支出', '教育支出', '教育支出', '201教育支出']
    """
    return _NUMBER.sub("", text)
