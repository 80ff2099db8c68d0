"""The cattrs converter of the model: how its types look on the wire, and errors that name the path.

Amounts travel as integers of 分 with the decimals they were printed with; a blank is ``null``, a dash ``"n/a"``.
Fields at their default are left out, so that an empty axis of a coordinate costs nothing.
"""

from __future__ import annotations

import re
import types
from functools import cache
from typing import Any, get_args

import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from govbudget.errors import FormatError, GovBudgetError
from govbudget.model import Claim, Head
from govbudget.money import Mark

_MARKS: dict[Mark, str | None] = {Mark.BLANK: None, Mark.NOT_APPLICABLE: "n/a", Mark.UNREADABLE: "unreadable"}
_UNMARKS = {text: mark for mark, text in _MARKS.items()}


@cache
def wire() -> cattrs.Converter:
    """Return the converter; it is built on first use."""
    converter = cattrs.Converter(omit_if_default=True, forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(lambda t: t == int | Mark, lambda value, _: _cell(value))
    converter.register_unstructure_hook_func(lambda t: t == int | Mark, _uncell)
    converter.register_structure_hook_func(_is_tuple, lambda value, t: _tuple(converter, value, t))
    for union in (Claim, Head):
        _tagged(converter, union)
    return converter


def structure(data: object, kind: type[Any], what: str) -> Any:
    """Build a value of ``kind`` from plain data.

    Raises:
        FormatError: the data does not fit; ``place`` is the path of the first misfit.
    """
    try:
        return wire().structure(data, kind)
    except cattrs.BaseValidationError as error:
        misfit = cattrs.transform_error(error, path="$.disclosure", format_exception=_words)
        message, _, path = misfit[0].rpartition(" @ ")
        hint = f"and {len(misfit) - 1} more" if len(misfit) > 1 else ""
        raise FormatError(message or misfit[0], place=f"{what} {path}".strip(), hint=hint) from error
    except (GovBudgetError, TypeError, ValueError, KeyError) as error:
        raise FormatError(str(error), place=what) from error


def _words(error: BaseException, kind: type | None) -> str:
    if isinstance(error, KeyError):
        return f"required field missing ({error.args[0]})"
    if isinstance(error, GovBudgetError):
        return error.what
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"extra fields found ({', '.join(sorted(error.extra_fields))})"
    if isinstance(error, TypeError | ValueError) and str(error):
        return str(error)
    return f"invalid value for {getattr(kind, '__name__', kind)}"


def _exactly(kind: type) -> Any:
    def structure(value: object, _: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {_short(value)}")
        return value

    return structure


def _cell(value: object) -> int | Mark:
    if type(value) is int:
        return value
    if value is None or isinstance(value, str):
        mark = _UNMARKS.get(value)
        if mark is not None:
            return mark
    raise TypeError(f"expected an integer of 分, null, 'n/a' or 'unreadable', got {_short(value)}")


def _uncell(value: int | Mark) -> int | str | None:
    return _MARKS[value] if isinstance(value, Mark) else value


def _is_tuple(kind: object) -> bool:
    return getattr(kind, "__origin__", None) is tuple


def _tuple(converter: cattrs.Converter, value: object, kind: Any) -> tuple[Any, ...]:
    """As cattrs does it, but a string or an object is no list of its letters or keys."""
    if not isinstance(value, list):
        raise TypeError(f"expected a list, got {_short(value)}")
    items = get_args(kind)
    if len(items) == 2 and items[1] is Ellipsis:
        inner = items[0]
        out, errors = [], []
        for index, item in enumerate(value):
            try:
                out.append(converter.structure(item, inner))
            except Exception as error:  # noqa: BLE001
                error.__notes__ = [
                    *getattr(error, "__notes__", []),
                    cattrs.IterableValidationNote(f"index {index}", index, inner),
                ]
                errors.append(error)
        if errors:
            raise cattrs.IterableValidationError("a list does not fit", errors, kind)
        return tuple(out)
    if len(items) != len(value):
        raise TypeError(f"expected {len(items)} items, got {len(value)}")
    return tuple(converter.structure(item, inner) for item, inner in zip(value, items, strict=True))


def _tagged(converter: cattrs.Converter, union: types.UnionType) -> None:
    """Members of a union say their class under "type"."""
    members = {_tag(member): member for member in get_args(union)}
    unstructure = {
        member: make_dict_unstructure_fn(member, converter, _cattrs_omit_if_default=True) for member in members.values()
    }
    structure = {
        tag: make_dict_structure_fn(member, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)
        for tag, member in members.items()
    }

    def out(value: Any) -> dict[str, Any]:
        return {"type": _tag(type(value)), **unstructure[type(value)](value)}

    def into(data: object, _: object) -> Any:
        if not isinstance(data, dict) or data.get("type") not in structure:
            known = ", ".join(structure)
            raise TypeError(f"expected an object whose type is one of {known}")
        tag = data["type"]
        return structure[tag]({k: v for k, v in data.items() if k != "type"}, members[tag])

    converter.register_unstructure_hook_func(lambda t: t == union, out)
    converter.register_structure_hook_func(lambda t: t == union, into)


def _tag(member: type) -> str:
    name = member.__name__.removesuffix("Claim").removesuffix("Head")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
