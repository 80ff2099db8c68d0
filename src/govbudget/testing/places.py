"""A disclosure without what only its document knows, so that two documents that say the same are equal."""

from __future__ import annotations

from typing import Any

import attrs

from govbudget.model import ChangeColumn, Column, Disclosure, Line
from govbudget.place import Place

_SPANS = frozenset({"numbers", "spans", "label_spans", "change_spans"})


def without_places(disclosure: Disclosure) -> Disclosure:
    """Return a disclosure without places: no spans, lines, rows, pages, and no name of a source.

    Two documents of any format that say the same read to disclosures that are equal but for these.

    >>> from govbudget.testing import Leaf, publish, render_text
    >>> from govbudget.model import Use
    >>> from govbudget.reading import read
    >>> made = publish([Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=125_98_00_00)])
    >>> without_places(read(render_text(made).encode()).disclosure) == without_places(made)
    True
    """
    found: Disclosure = attrs.evolve(_bare(disclosure), source="")
    return found


def _bare(value: Any) -> Any:
    if isinstance(value, Place):
        return type(value)()
    if isinstance(value, tuple):
        return type(value)(map(_bare, value))
    if not attrs.has(type(value)):
        return value
    changes: dict[str, object] = {}
    for field in attrs.fields(type(value)):
        if not field.init:
            continue
        old = getattr(value, field.name)
        new = () if field.name in _SPANS else None if field.name == "goal_span" else _bare(old)
        if new is not old:
            changes[field.name] = new
    if isinstance(value, Column | ChangeColumn):
        changes["index"] = 0
    if isinstance(value, Line):
        changes |= {"row": 0, "line": 0, "page": None}
    return attrs.evolve(value, **changes) if changes else value
