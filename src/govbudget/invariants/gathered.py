"""What many rules look at and none should gather for itself: made once for each context, when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from govbudget.invariants.context import Context, once

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
    def shared(ctx: Context) -> _T:
        return once(ctx, make)

    return shared
