"""The longest known code that a code begins with."""

from __future__ import annotations

from collections.abc import Container


def longest(known: Container[str], code: str) -> str | None:
    """Return the longest beginning of ``code`` that is in ``known``.

    >>> longest({"208", "20805"}, "2080505")
    '20805'
    """
    return next((code[:length] for length in range(len(code), 0, -1) if code[:length] in known), None)
