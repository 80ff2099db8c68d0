"""What many rules look at and none should gather for itself: made once for each context, when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from govbudget.invariants.context import Context

_T = TypeVar("_T")


def gathered(make: Callable[[Context], _T]) -> Callable[[Context], _T]:
    """Let a function over a context run once for each context.

    >>> from govbudget.invariants.context import context
    >>> from govbudget.invariants.sketch import sketch
    >>> seen = []
    >>> @gathered
    ... def tables(ctx):
    ...     seen.append("looked")
    ...     return len(ctx.disclosure.tables)
    >>> ctx = context(sketch("[1 summary]"))
    >>> tables(ctx), tables(ctx), seen
    (1, 1, ['looked'])
    """

    @wraps(make)
    def once(ctx: Context) -> _T:
        if make not in ctx.memo:
            ctx.memo[make] = make(ctx)
        return cast("_T", ctx.memo[make])

    return once
