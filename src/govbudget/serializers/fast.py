"""The same wire by way of msgspec (extra ``fast``): structs generated from the types, bytes to structs to values.

Nothing is decided here. Whatever msgspec or the values refuse is handed to the converter of :mod:`.wire`, which finds
the path of what does not fit; what is accepted is what that converter accepts, and the bytes written are the same.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, Union, get_args

import attrs

from govbudget.model import Disclosure, Line
from govbudget.money import Mark
from govbudget.serializers.shapes import (
    MARKS,
    UNMARKS,
    Kind,
    Member,
    Sort,
    classes,
    kind_of,
    members,
    tag,
)

Convert = Callable[[Any], Any]


@attrs.frozen
class Codec:
    """A pair of functions.

    Attributes:
        encode: a disclosure as the JSON of its body.
        decode: the JSON of a body as a disclosure; raises whatever it likes where something does not fit.
    """

    encode: Callable[[Disclosure], bytes]
    decode: Callable[[bytes], Disclosure]


@cache
def codec() -> Codec | None:
    """Return the fast pair, ``None`` where msgspec is not installed."""
    if find_spec("msgspec") is None:
        return None
    msgspec = import_module("msgspec")
    strict, loose = _structs(msgspec, strict=True), _structs(msgspec, strict=False)
    read, write = _Reader(strict).of(Disclosure), _Writer(msgspec, loose).of(Disclosure)
    encoder = msgspec.json.Encoder()
    decoder = msgspec.json.Decoder(strict[Disclosure])

    def encode(disclosure: Disclosure) -> bytes:
        found: bytes = encoder.encode(write(disclosure))
        return found

    def decode(data: bytes) -> Disclosure:
        raw = decoder.decode(data)
        if encoder.encode(raw) != data:
            raise ValueError("not as we write it: a key may stand twice")
        found: Disclosure = read(raw)
        return found

    return Codec(encode, decode)


# -- structs ----------------------------------------------------------------------------------------------------------


def _structs(msgspec: Any, *, strict: bool) -> dict[type[Any], Any]:
    """A struct for each class of the model, with its fields in their order.

    Args:
        msgspec: the module.
        strict: whether a field without a default must be there, for reading. A struct for writing has a default
            for each field, which is nowhere used, so that it can be filled by position: that is six times as fast.
    """
    made: dict[type[Any], Any] = {}
    tagged = {member for cls in classes() for m in members(cls) for member in _in_union(m.type)}
    for cls in classes():
        fields = [_field(msgspec, cls, member, made) for member in members(cls)]
        if not strict:
            fields = [(name, Any, *(default or (msgspec.UNSET,))) for name, _, *default in fields]
        made[cls] = msgspec.defstruct(
            f"{cls.__name__}Wire",
            fields,
            kw_only=strict,
            gc=False,
            omit_defaults=True,
            forbid_unknown_fields=True,
            tag_field="type" if cls in tagged else None,
            tag=tag(cls) if cls in tagged else None,
        )
    return made


def _field(msgspec: Any, cls: type[Any], member: Member, made: dict[type[Any], Any]) -> tuple[Any, ...]:
    annotation = _annotation(member.kind, made)
    if cls is Line and member.name == "places":
        annotation = int | annotation
    if member.default is attrs.NOTHING:
        return (member.name, annotation)
    if _is_object_with_default(member):
        return (member.name, Union[annotation, msgspec.UnsetType], msgspec.UNSET)  # noqa: UP007 - made at run time
    return (member.name, annotation, member.default)


def _is_object_with_default(member: Member) -> bool:
    return member.default is not attrs.NOTHING and member.default is not None and member.kind.sort is Sort.OBJECT


def _annotation(kind: Kind, made: dict[type[Any], Any]) -> Any:
    found: Any
    match kind.sort:
        case Sort.SIMPLE | Sort.ENUM:
            found = kind.of
        case Sort.OBJECT:
            found = made[kind.of]
        case Sort.UNION:
            found = Union[tuple(made[member] for member in get_args(kind.of))]  # noqa: UP007
        case Sort.FIGURE:
            found = int | None | Literal[tuple(text for text in MARKS.values() if text is not None)]
        case Sort.LIST:
            found = tuple[_annotation(kind_of(kind.of), made), ...]  # type: ignore[misc]
        case Sort.FIXED:
            inner = tuple(_annotation(kind_of(a), made) for a in kind.of)
            found = types.GenericAlias(tuple, inner)
    return found | None if kind.optional else found


def _in_union(annotation: Any) -> tuple[type[Any], ...]:
    for inner in (annotation, *get_args(annotation)):
        try:
            if kind_of(inner).sort is Sort.UNION:
                return get_args(inner)
        except TypeError:
            continue
    return ()


# -- conversions, one generated function for each class ---------------------------------------------------------------


class _Generator:
    """Makes a function for each class out of an expression for each of its fields."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.done: dict[type[Any], Convert] = {}

    def of(self, cls: type[Any]) -> Convert:
        """Return the function of a class, made on first use."""
        if cls not in self.done:
            source = self.source(cls)
            scope = self.names
            exec(compile(source, f"<{type(self).__name__} {cls.__name__}>", "exec"), scope)
            self.done[cls] = scope[f"f_{cls.__name__}"]
        return self.done[cls]

    def source(self, cls: type[Any]) -> str:
        """The text of the function."""
        raise NotImplementedError

    def name(self, cls: type[Any]) -> str:
        """The name of the function of a class, which is made."""
        self.of(cls)
        return f"f_{cls.__name__}"

    def applied(self, kind: Kind, value: str) -> str:
        """An expression for a value, itself where nothing is to be done."""
        if (found := self._bare(kind, value)) == value or not kind.optional:
            return found
        return f"(None if {value} is None else {found})"

    def _bare(self, kind: Kind, value: str) -> str:
        if kind.sort is Sort.OBJECT:
            return f"{self.name(kind.of)}({value})"
        if kind.sort is Sort.UNION:
            return f"{self.union(kind.of)}[{value}.__class__]({value})"
        if kind.sort is Sort.LIST:
            inner = kind_of(kind.of)
            if inner.sort is Sort.FIGURE:
                return self.figures(value)
            each = self.applied(inner, "x")
            return value if each == "x" else f"({value} and {self.sequence([f'{each} for x in {value}'])})"
        if kind.sort is Sort.FIXED:
            return value  # pairs of integers or of texts travel as they are
        return value

    def figures(self, value: str) -> str:
        """An expression for the amounts of a line."""
        raise NotImplementedError

    def sequence(self, parts: list[str]) -> str:
        """An expression for a list."""
        return f"tuple([{parts[0]}])"

    def union(self, annotation: Any) -> str:
        """The name of the table of functions of a union, by class."""
        name = "u_" + "_".join(member.__name__ for member in get_args(annotation)[:2])
        self.names[name] = {self.key(member): self.of(member) for member in get_args(annotation)}
        return name

    def key(self, member: type[Any]) -> Any:
        """What tells a member of a union."""
        return member


class _Reader(_Generator):
    """From structs to values.

    The constructor of a frozen class takes most of its time to get around its own lock. So a value is filled as an
    instance of a subclass that has none, and then becomes what it is; what ``__attrs_post_init__`` checks is checked.
    """

    def __init__(self, structs: dict[type[Any], Any]) -> None:
        super().__init__()
        self.structs = structs
        unset = import_module("msgspec").UNSET
        self.names |= {"marks": UNMARKS.get, "new": object.__new__, "UNSET": unset}

    def source(self, cls: type[Any]) -> str:
        if any(field.validator or field.converter for field in attrs.fields(cls)):
            raise TypeError(f"{cls.__name__} has validators or converters, which would not run here")
        name = cls.__name__
        free = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
        self.names |= {f"c_{name}": cls, f"o_{name}": type(f"_Open{name}", (cls,), free)}
        lines = [f"def f_{name}(v):", f"o = new(o_{name})"]
        lines += [f"o.{member.name} = {self.argument(cls, member)}" for member in members(cls)]
        lines += ["o._attrs_cached_hash = None"] if "_attrs_cached_hash" in cls.__slots__ else []
        lines += [f"o.__class__ = c_{name}"]
        lines += ["o.__attrs_post_init__()"] if hasattr(cls, "__attrs_post_init__") else []
        return "\n    ".join([*lines, "return o"])

    def argument(self, cls: type[Any], member: Member) -> str:
        """What a field is given."""
        value = f"v.{member.name}"
        if cls is Line and member.name == "places":
            return "(p,) * len(v.values) if (p := v.places).__class__ is int else p"
        found = self.applied(member.kind, value)
        if not _is_object_with_default(member):
            return found
        default = f"d_{cls.__name__}_{member.name}"
        self.names[default] = member.default
        return f"({default} if {value} is UNSET else {found})"

    def figures(self, value: str) -> str:
        return f"tuple(map(marks, {value}, {value}))"

    def key(self, member: type[Any]) -> Any:
        return self.structs[member]


def _likely(member: Member) -> bool:
    """Text comes first: it is what most coordinates say something by, and the first that does ends the search."""
    return member.type is not str


class _Writer(_Generator):
    """From values to structs."""

    def sequence(self, parts: list[str]) -> str:
        return f"[{parts[0]}]"

    def __init__(self, msgspec: Any, structs: dict[type[Any], Any]) -> None:
        super().__init__()
        self.structs = structs
        self.names |= {"BLANK": Mark.BLANK, "UNSET": msgspec.UNSET}

    def source(self, cls: type[Any]) -> str:
        self.names[f"s_{cls.__name__}"] = self.structs[cls]
        arguments = ", ".join(self.argument(cls, member) for member in members(cls))
        return f"def f_{cls.__name__}(v):\n    return s_{cls.__name__}({arguments})"

    def argument(self, cls: type[Any], member: Member) -> str:
        """What a field is given."""
        value = f"v.{member.name}"
        if cls is Line and member.name == "places":
            return "(p[0] if (p := v.places) and p.count(p[0]) == len(p) else p)"
        found = self.applied(member.kind, value)
        if not _is_object_with_default(member):
            return found
        default = f"d_{cls.__name__}_{member.name}"
        self.names[default] = member.default
        same = " and ".join(self.untouched(m, value) for m in sorted(members(member.kind.of), key=_likely))
        return f"(UNSET if {value} is {default} or ({same}) else {found})"

    def untouched(self, member: Member, value: str) -> str:
        """An expression that tells whether a field is at its default."""
        if member.default is None or member.kind.sort is Sort.ENUM:
            name = f"e_{len(self.names)}"
            self.names[name] = member.default
            return f"{value}.{member.name} is {name}"
        return f"{value}.{member.name} == {member.default!r}"

    def figures(self, value: str) -> str:
        return f"({value} and [x if x.__class__ is int else None if x is BLANK else x._value_ for x in {value}])"
