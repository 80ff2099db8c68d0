"""What is asked of every engine, and where in a long table a total stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import attrs

from govbudget.aggregation.codes import root_of
from govbudget.aggregation.lattice import Tips
from govbudget.errors import AmountError, GovBudgetError
from govbudget.model import AXES, Flow
from govbudget.money import Amount

Conditions = tuple["Is", ...]


@attrs.frozen
class Is:
    """A condition on rows: a column holds a value, what another column does, or one (or none) of several values."""

    column: str
    value: str | int | bool = True
    other: str = ""
    among: tuple[str, ...] | None = None
    outside: tuple[str, ...] | None = None


Sums = tuple[tuple[str, ...], Tips, tuple[dict[str, int], ...]]
"""Axes in the order of the levels, sums at the leaves, words of each axis."""


class Source(Protocol):
    """A table that an engine holds."""

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""

    def distinct(self, columns: Sequence[str], chosen: Conditions) -> list[tuple[Any, ...]]:
        """Return the different rows of some columns."""

    def sums(self, by: Sequence[str], amount: str, chosen: Conditions) -> Sums:
        """Add the amounts of the rows that agree in ``by``."""


def is_long(columns: Iterable[str]) -> bool:
    """Tell whether columns are those of a long table."""
    return {"is_primary", "document", "leaf_functional"} <= set(columns)


def conditions(columns: Sequence[str], by: Sequence[str], where: Mapping[str, Any], *, alone: bool) -> Conditions:
    """Return the rows to look at: of a long table the figures at one place, of any other those that ``where`` says."""
    said = {name: value_of(name, value) for name, value in where.items()}
    if both := set(by) & set(said):
        raise GovBudgetError(f"{', '.join(sorted(both))} cannot be rolled up and stood at", hint="drop one of the two")
    if not is_long(columns):
        return tuple(Is(name, value) for name, value in said.items())
    chosen = [Is("is_primary")]
    for label in ("year", "stage"):
        if label not in said and (label not in by or not alone):
            chosen.append(Is(label, other=f"disclosure_{label}"))
    if "flow" not in by:
        said.setdefault("flow", Flow.EXPENDITURE.value)
    if "period" not in by and "period" not in said:
        chosen.append(Is("period", other="usual_period"))
    for axis in AXES:
        if axis not in (*by, "period"):
            said.setdefault(axis, root_of(axis))
    return (*chosen, *(Is(name, value) for name, value in said.items()))


def value_of(name: str, value: Any) -> str | int | bool:
    """Return what a column holds for a node of the model."""
    plain = getattr(value, "value", value)
    if not isinstance(plain, str | int):
        raise GovBudgetError(f"{name}={value!r} is nothing that a column holds", hint="a word, a number or a node")
    return plain


def tips_of(rows: Iterable[Sequence[Any]], by: Sequence[str]) -> Sums:
    """Nest rows of words and a total: what an engine gives back for ``GROUP BY``."""
    words: tuple[dict[str, int], ...] = tuple({} for _ in by)
    tips: Tips = {}
    for *place, total in rows:
        row = tips
        if None in place:
            raise GovBudgetError(f"the column {by[place.index(None)]!r} has blanks", hint="fill them, '' is the root")
        place[:] = map(str, place)
        for known, code in zip(words, place, strict=True):
            known.setdefault(code, len(known))
        for code in place[:-1]:
            row = row.setdefault(code, {})
        row[place[-1]] = fen(total)
    return tuple(by), tips, words


def fen(total: Any) -> int:
    """Return what an engine added up, in 分."""
    if isinstance(total, Decimal):
        return Amount.from_decimal(total).fen
    if type(total) is not int:
        raise AmountError(
            f"amounts are integers of 分 or decimals of 元, not {type(total).__name__}", hint="a float is never exact"
        )
    return total
