"""The claims of the narrative by their kind, sorted once: every rule on sentences asks for those of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from govbudget.invariants.context import Context, claims, once
from govbudget.model import Claim

_C = TypeVar("_C", bound=Claim)


def claims_of(ctx: Context, kind: type[_C]) -> Sequence[_C]:
    """Return every claim of one kind, in the order of the text.

    >>> from govbudget.invariants.context import context
    >>> from govbudget.invariants.sketch import sketch
    >>> from govbudget.model import AmountClaim, GrowthClaim
    >>> ctx = context(sketch('''
    ... ## 支出预算情况说明 {expenditure}
    ... 支出预算3.00万元。 => amount expenditure current: 3.00万元
    ... '''))
    >>> [claim.text for claim in claims_of(ctx, AmountClaim)], claims_of(ctx, GrowthClaim)
    (['支出预算3.00万元'], ())
    """
    found: Sequence[_C] = once(ctx, _by_kind).get(kind, ())
    return found


def _by_kind(ctx: Context) -> dict[type, list[Any]]:
    found: dict[type, list[Any]] = {}
    for _, claim in claims(ctx):
        found.setdefault(type(claim), []).append(claim)
    return found
