"""The cattrs converter of the model: how its types look on the wire, and errors that name the path.

Amounts travel as integers of 分 with the decimals they were printed with; a blank is ``null``, a dash ``"n/a"``.
Fields at their default are left out, so that an empty axis of a coordinate costs nothing. A line has no object for a
cell: one list of amounts, and one number of decimals where all are alike.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, get_args

import cattrs
from cattrs.gen import make_dict_unstructure_fn

from govbudget.errors import FormatError, GovBudgetError
from govbudget.model import Claim, Head, Line
from govbudget.money import Mark
from govbudget.serializers.shapes import MARKS, UNMARKS, Sort, kind_of, packed_places, tag
from govbudget.strict import misfit, short, strict_converter, structure_object


@cache
def wire() -> cattrs.Converter:
    """Return the converter; it is built on first use."""
    converter = strict_converter(omit_if_default=True)
    converter.register_structure_hook_func(_is(Sort.FIGURE), lambda value, _: _cell(value))
    converter.register_unstructure_hook_func(_is(Sort.FIGURE), _uncell)
    for union in (Claim, Head):
        _tagged(converter, union)
    _lines(converter)
    return converter


def _is(sort: Sort) -> Callable[[Any], bool]:
    def matches(annotation: Any) -> bool:
        try:
            return kind_of(annotation).sort is sort
        except TypeError:
            return False

    return matches


def structure(data: object, kind: type[Any], what: str) -> Any:
    """Build a value of ``kind`` from plain data.

    Raises:
        FormatError: the data does not fit; ``place`` is the path of the first misfit.
    """
    try:
        return wire().structure(data, kind)
    except cattrs.BaseValidationError as error:
        message, path, more = misfit(error, "$.disclosure")
        raise FormatError(message, place=f"{what} {path}".strip(), hint=f"and {more} more" if more else "") from error
    except (GovBudgetError, TypeError, ValueError) as error:
        raise FormatError(str(error), place=f"{what} $.disclosure") from error


def _lines(converter: cattrs.Converter) -> None:
    """The decimals of a line are one number where all are alike."""
    read = structure_object(Line, converter)
    write = make_dict_unstructure_fn(Line, converter, _cattrs_omit_if_default=True)

    def out(line: Line) -> dict[str, Any]:
        found = write(line)
        if "places" in found:
            found["places"] = packed_places(line.places)
        return found

    def into(data: object, kind: Any) -> Any:
        if isinstance(data, dict) and type(data.get("places")) is int and isinstance(data.get("values", []), list):
            data = {**data, "places": [data["places"]] * len(data.get("values", []))}
        return read(data, kind)

    converter.register_unstructure_hook(Line, out)
    converter.register_structure_hook(Line, into)


def _cell(value: object) -> int | Mark:
    if type(value) is int:
        return value
    if value is None or isinstance(value, str):
        mark = UNMARKS.get(value)
        if mark is not None:
            return mark
    raise TypeError(f"expected an integer of 分, null, 'n/a' or 'unreadable', got {short(value)}")


def _uncell(value: int | Mark) -> int | str | None:
    return MARKS[value] if isinstance(value, Mark) else value


def _tagged(converter: cattrs.Converter, union: types.UnionType) -> None:
    """Members of a union say their class under "type"."""
    members = {tag(member): member for member in get_args(union)}
    unstructure = {
        member: make_dict_unstructure_fn(member, converter, _cattrs_omit_if_default=True) for member in members.values()
    }
    structure = {tag: structure_object(member, converter) for tag, member in members.items()}

    def out(value: Any) -> dict[str, Any]:
        return {"type": tag(type(value)), **unstructure[type(value)](value)}

    def into(data: object, _: object) -> Any:
        if not isinstance(data, dict) or data.get("type") not in structure:
            raise TypeError(f"expected an object whose type is one of {', '.join(structure)}")
        tag = data["type"]
        return structure[tag]({k: v for k, v in data.items() if k != "type"}, members[tag])

    converter.register_unstructure_hook_func(lambda t: t == union, out)
    converter.register_structure_hook_func(lambda t: t == union, into)
