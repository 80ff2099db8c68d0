"""A cattrs converter that takes data as it is: no string becomes a number, no string a list of its letters.

Layout files and serialized disclosures both come from outside; what does not fit is told with its path.
"""

from __future__ import annotations

from typing import Any, get_args

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn

from govbudget.errors import GovBudgetError


def strict_converter(*, omit_if_default: bool = False) -> cattrs.Converter:
    """Return a converter that refuses unknown keys and values of another type.

    >>> strict_converter().structure(["a"], tuple[str, ...])
    ('a',)
    """
    converter = cattrs.Converter(omit_if_default=omit_if_default, forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(_is_tuple, lambda value, t: _tuple(converter, value, t))
    converter.register_structure_hook_factory(attrs.has, lambda kind: structure_object(kind, converter))
    return converter


def structure_object(kind: type[Any], converter: cattrs.Converter) -> Any:
    """Return the hook for an attrs class: as cattrs does it, but what is no object is said to be none."""
    inner = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)

    def structure(data: object, wanted: Any) -> object:
        if not isinstance(data, dict):
            raise TypeError(f"expected an object, got {short(data)}")
        return inner(data, wanted)

    return structure


def misfit(error: cattrs.BaseValidationError, root: str = "$") -> tuple[str, str, int]:
    """Return what does not fit first, its path, and how many more misfits there are."""
    told = cattrs.transform_error(error, path=root, format_exception=_words)
    what, _, path = told[0].rpartition(" @ ")
    return (what or told[0], path, len(told) - 1)


def short(value: object) -> str:
    """Return a value as written, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _words(error: BaseException, kind: type | None) -> str:
    if isinstance(error, KeyError):
        return "required field missing"
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
            raise TypeError(f"expected {kind.__name__}, got {short(value)}")
        return value

    return structure


def _is_tuple(kind: object) -> bool:
    return getattr(kind, "__origin__", None) is tuple


def _tuple(converter: cattrs.Converter, value: object, kind: Any) -> tuple[Any, ...]:
    """As cattrs does it, but a string or an object is no list of its letters or keys."""
    if not isinstance(value, list):
        raise TypeError(f"expected a list, got {short(value)}")
    items = get_args(kind)
    if len(items) == 2 and items[1] is Ellipsis:
        items = (items[0],) * len(value)
    if len(items) != len(value):
        raise TypeError(f"expected {len(items)} items, got {len(value)}")
    out, errors = [], []
    for index, (item, inner) in enumerate(zip(value, items, strict=True)):
        try:
            out.append(converter.structure(item, inner))
        except Exception as error:  # noqa: BLE001 - gathered with its index, for the path
            note = cattrs.IterableValidationNote(f"index {index}", index, inner)
            error.__notes__ = [*getattr(error, "__notes__", []), note]
            errors.append(error)
    if errors:
        raise cattrs.IterableValidationError("a list does not fit", errors, kind)
    return tuple(out)
