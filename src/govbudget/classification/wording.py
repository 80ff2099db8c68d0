"""Other wordings of one subject: without 支出 or 费, shortened, or with its words in another order."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ENDINGS = re.compile(r"(?:支出|费)+$")
_MIN = 4  # a shorter name keeps too little of another to stand for it


def same_name(name: str, names: Iterable[str]) -> str | None:
    """Return the one of the folded ``names`` that ``name`` is another wording of, ``None`` for none or several.

    >>> printed = ["行政运行", "一般行政管理事务", "机关事业单位基本养老保险缴费支出", "未归口管理的行政单位离退休"]
    >>> same_name("一般行政事务管理", printed), same_name("未归口管理行政单位离退休费", printed)
    ('一般行政管理事务', '未归口管理的行政单位离退休')
    >>> same_name("机关事业单位养老保险缴费", printed), same_name("事业运行", printed)
    ('机关事业单位基本养老保险缴费支出', None)
    """
    every = list(names)
    shuffled = sorted(_stem(name))
    for found in (
        [other for other in every if _stem(other) == _stem(name)],
        [other for other in every if is_short_for(name, other)],
        [other for other in every if len(name) >= _MIN and sorted(_stem(other)) == shuffled],
    ):
        if len(found) == 1:
            return found[0]
    return None


def is_short_for(short: str, name: str) -> bool:
    """Tell whether ``short`` is ``name`` with some characters left out, but neither the first nor the last.

    >>> is_short_for("未归口管理行政单位离退休费", "未归口管理的行政单位离退休"), is_short_for("行政运行", "运行")
    (True, False)
    """
    less, full = _stem(short), _stem(name)
    rest = iter(full)
    ends = len(less) >= _MIN and less[0] == full[:1] and less[-1] == full[-1:]
    return less == full or (ends and all(char in rest for char in less))


def _stem(name: str) -> str:
    return _ENDINGS.sub("", name) or name
