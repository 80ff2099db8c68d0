"""What the wire looks like, read off the types of the model: one description for reader, writer and schema."""

from __future__ import annotations

import enum
import re
import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from govbudget.model import Disclosure
from govbudget.money import Mark

MARKS: dict[Mark, str | None] = {Mark.BLANK: None, Mark.NOT_APPLICABLE: "n/a", Mark.UNREADABLE: "unreadable"}
"""How a cell without a number travels."""

UNMARKS = {text: mark for mark, text in MARKS.items()}


class Sort(enum.Enum):
    """The sorts of types that the model is made of."""

    SIMPLE = "simple"
    """Text, integer, truth value."""
    ENUM = "enum"
    """One of some words."""
    OBJECT = "object"
    """An attrs class; fields at their default are left out."""
    UNION = "union"
    """One of some attrs classes; "type" says which."""
    FIGURE = "figure"
    """An integer of 分, or a mark."""
    LIST = "list"
    """A tuple of any length."""
    FIXED = "fixed"
    """A tuple of fixed length."""


@attrs.frozen
class Kind:
    """A type on the wire: its sort, what it is made of, and whether it may be null."""

    sort: Sort
    of: Any
    optional: bool = False


@cache
def kind_of(annotation: Any) -> Kind:
    """Return how a type of the model travels.

    Raises:
        TypeError: the model has come by a type that has no form on the wire.

    >>> kind_of(tuple[str, ...]).sort, kind_of(str | None).optional
    (<Sort.LIST: 'list'>, True)
    """
    if annotation == int | Mark:
        return Kind(Sort.FIGURE, annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        inner = [a for a in arguments if a is not type(None)]
        if len(inner) == 1:
            found = kind_of(inner[0])
            return Kind(found.sort, found.of, optional=True)
        if all(map(attrs.has, inner)):
            return Kind(Sort.UNION, annotation)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return Kind(Sort.LIST, arguments[0])
        return Kind(Sort.FIXED, arguments)
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return Kind(Sort.ENUM, annotation)
        if attrs.has(annotation):
            return Kind(Sort.OBJECT, annotation)
        if annotation in (str, int, bool):
            return Kind(Sort.SIMPLE, annotation)
    raise TypeError(f"{annotation} has no form on the wire")


@attrs.frozen
class Member:
    """A field of a class: its name, its type, and its default (``attrs.NOTHING`` where it must be given)."""

    name: str
    type: Any
    default: Any

    @property
    def kind(self) -> Kind:
        """How it travels."""
        return kind_of(self.type)


_MEMBERS: dict[type[Any], tuple[Member, ...]] = {}


def members(cls: type[Any]) -> tuple[Member, ...]:
    """Return the fields of a class of the model in the order in which they travel: those that must be there first."""
    if cls not in _MEMBERS:
        hints = get_type_hints(cls)
        found = (Member(f.name, hints[f.name], _default(f)) for f in attrs.fields(cls))
        _MEMBERS[cls] = tuple(sorted(found, key=lambda member: member.default is not attrs.NOTHING))
    return _MEMBERS[cls]


def _default(field: Any) -> Any:
    return field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]


def tag(member: type) -> str:
    """Return what a member of a union says under "type".

    >>> from govbudget.model import SubjectHead
    >>> tag(SubjectHead)
    'subject'
    """
    name = member.__name__.removesuffix("Claim").removesuffix("Head")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def classes(root: type[Any] = Disclosure) -> tuple[type[Any], ...]:
    """Return the classes that ``root`` is made of, each behind those that it needs."""
    found: dict[type[Any], None] = {}
    _collect(root, found)
    return tuple(found)


def _collect(cls: type[Any], found: dict[type[Any], None]) -> None:
    if cls in found:
        return
    for member in members(cls):
        for inner in _classes_in(member.type):
            _collect(inner, found)
    found[cls] = None


def _classes_in(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and attrs.has(annotation):
        yield annotation
    for argument in get_args(annotation):
        yield from _classes_in(argument)


# -- decimals: the one form that is not that of the model --------------------------------------------------------------


def packed_places(places: tuple[int, ...]) -> int | tuple[int, ...]:
    """Return the decimals of a line as they travel: one number where all are alike.

    >>> packed_places((2, 2)), packed_places((2, 0))
    (2, (2, 0))
    """
    return places[0] if places and places.count(places[0]) == len(places) else places
