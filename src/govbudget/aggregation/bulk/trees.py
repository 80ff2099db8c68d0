"""The trees of the axes as rows: what databases need to total at every level without knowing our codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from govbudget.aggregation.codes import FIXED, line_up, rank, root_of
from govbudget.aggregation.long import NAMES, Value
from govbudget.classification import Scheme, edition_year, tree
from govbudget.model import AXES

_SCHEMES = {
    "functional": {"1": Scheme.REVENUE, "2": Scheme.FUNCTIONAL},
    "economic": {"3": Scheme.DEPARTMENT_ECONOMIC, "5": Scheme.GOVERNMENT_ECONOMIC},
}


@attrs.frozen(kw_only=True)
class TreeRows:
    """One axis.

    Attributes:
        axis: its name.
        nodes: code, code above (None above the root), level (0 is the root), name.
        closure: code, each code above it and itself, and how many levels lie between.
    """

    axis: str
    nodes: tuple[tuple[str, str | None, int, str], ...]
    closure: tuple[tuple[str, str, int], ...]


def tree_rows(rows: Iterable[Sequence[Value]]) -> tuple[TreeRows, ...]:
    """Return the trees of all axes: every code in the rows of a long table and all codes above it."""
    found = {axis: {node.value for node in FIXED[axis]} if axis in FIXED else {""} for axis in AXES}
    names: dict[str, str] = {}
    year = 0
    at = {axis: NAMES.index(axis) for axis in AXES}
    known = {axis: NAMES.index(f"{axis}_name") for axis in _SCHEMES}
    for row in rows:
        for axis, index in at.items():
            found[axis].add(str(row[index]))
        for axis, index in known.items():
            if row[index]:
                names.setdefault(str(row[at[axis]]), str(row[index]))
        year = max(year, int(row[NAMES.index("disclosure_year")] or 0))
    return tuple(_tree(axis, codes, names, year) for axis, codes in found.items())


def _tree(axis: str, codes: set[str], names: dict[str, str], year: int) -> TreeRows:
    every = codes | {step for code in codes for step in line_up(axis, code)}
    ordered = sorted(every, key=lambda code: rank(axis, code))
    return TreeRows(
        axis=axis,
        nodes=tuple(
            (code, (line_up(axis, code) or (None,))[0], len(line_up(axis, code)), _name(axis, code, names, year))
            for code in ordered
        ),
        closure=tuple(
            (code, step, steps) for code in ordered for steps, step in enumerate((code, *line_up(axis, code)))
        ),
    )


def _name(axis: str, code: str, names: dict[str, str], year: int) -> str:
    if code == root_of(axis):
        return "合计"
    if axis in _SCHEMES:
        scheme = _SCHEMES[axis].get(code[:1])
        subject = tree(scheme, edition_year(scheme, year)).get(code) if scheme is not None else None
        printed = names.get(code, "")
        return subject.name if subject is not None and not printed else printed or code.rpartition("~")[2]
    return code if axis in FIXED else code.rpartition("/")[2]
