"""Codes printed in one to three cells, with the zeros that spreadsheets lose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govbudget.text import fold

_DIGITS = re.compile(r"\d{1,9}")


def joined_code(cells: Sequence[str]) -> str | None:
    """Return the code that ``cells`` print, or ``None`` where they print none.

    A code stands in one cell (2010301) or in cells for 类, 款 and 项; a cell of 款 or 项 that shows one digit has lost
    its leading zero. The two-digit parts may also stand in one cell behind each other, with a dash or a point.

    >>> joined_code(["204", "06", "01"]), joined_code(["301", "2", ""]), joined_code(["2010301"])
    ('2040601', '30102', '2010301')
    >>> joined_code(["合计", "", ""]) is None and joined_code(["7", "11", "02"]) is None
    True
    """
    parts = [fold(cell).replace(".", "-").strip("-") for cell in cells]
    parts = [piece for part in parts if part for piece in part.split("-")]
    if not parts or not all(_DIGITS.fullmatch(part) for part in parts):
        return None
    if len(parts) > 1 and len(parts[0]) != 3:
        return None  # a 类 has three digits: 7|11|02 is a slip, not a code of five
    code = parts[0] + "".join(part.zfill(2) for part in parts[1:])
    return code if len(code) in (3, 5, 7, 9) else None
