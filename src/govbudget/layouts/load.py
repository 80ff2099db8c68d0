"""From TOML to :class:`Layout`: ``extends``, and errors that name the path inside the file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import cattrs
from cattrs.gen import make_dict_structure_fn

from govbudget.errors import LayoutError
from govbudget.layouts.schema import ColumnSpec, EntrySpec, LaneSpec, Layout, SectionSpec, TableSpec, TermSpec
from govbudget.model import AXES, Coordinate

_KEYS = {"tables": "kind", "sections": "id"}  # lists whose items an extending layout may change one by one
_FOLDER = resources.files("govbudget.layouts") / "data"


def layout_ids() -> tuple[str, ...]:
    """Return the ids of the layouts that come with the library.

    >>> "hangzhou-unit-budget" in layout_ids()
    True
    """
    return tuple(sorted(item.name.removesuffix(".toml") for item in _FOLDER.iterdir() if item.name.endswith(".toml")))


@cache
def layout(id: str) -> Layout:
    """Return a layout that comes with the library.

    Raises:
        LayoutError: there is none of that id.

    >>> layout("hangzhou-unit-budget").tables[0].titles
    ('收支预算总表',)
    """
    return parse_layout(_text(id), name=f"{id}.toml")


def parse_layout(text: str, *, name: str = "layout") -> Layout:
    """Read a layout from TOML.

    Args:
        text: the TOML.
        name: what to call it in errors.

    Raises:
        LayoutError: the text is no TOML, or says something a layout cannot say; ``place`` is the path inside it.

    >>> parse_layout('id = "x"', name="x.toml")
    Traceback (most recent call last):
    govbudget.errors.LayoutError: required field missing [x.toml: title] — see docs/reference/layouts.md
    """
    raw = _raw(text, name, ())
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (ColumnSpec, EntrySpec, LaneSpec, Layout, SectionSpec, TableSpec, TermSpec, Coordinate):
        converter.register_structure_hook(
            kind,
            make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True),
        )
    converter.register_structure_hook(str, _strict(str))
    converter.register_structure_hook(int, _strict(int))
    converter.register_structure_hook(bool, _strict(bool))
    try:
        found = converter.structure(raw, Layout)
    except cattrs.BaseValidationError as error:
        message = cattrs.transform_error(error, path="$")[0]
        what, _, path = message.rpartition(" @ ")
        inside = path.lstrip("$.")
        raise LayoutError(what, place=f"{name}: {inside}", hint="see docs/reference/layouts.md") from error
    return _checked(found, name)


def _strict(kind: type) -> Any:
    def structure(value: object, _: type) -> object:
        if type(value) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {value!r}")
        return value

    return structure


def _raw(text: str, name: str, seen: tuple[str, ...]) -> dict[str, Any]:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"this is no TOML: {error}", place=name) from error
    base = raw.get("extends", "")
    if not base:
        return raw
    if base in seen:
        raise LayoutError(f"{base} extends itself", place=f"{name}: extends")
    return _merged(_raw(_text(base), f"{base}.toml", (*seen, base)), raw)


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    out = {**base, **{key: value for key, value in own.items() if key not in _KEYS}}
    for key, by in _KEYS.items():
        items = {item.get(by): item for item in base.get(key, [])}
        for item in own.get(key, []):
            items[item.get(by)] = {**items.get(item.get(by), {}), **item}
        out[key] = list(items.values())
    return out


def _text(id: str) -> str:
    file = _FOLDER / f"{id}.toml"
    if not id or "/" in id or not file.is_file():
        raise LayoutError(f"there is no layout {id!r}", hint="there are: " + ", ".join(layout_ids()))
    return file.read_text(encoding="utf-8")


def _checked(found: Layout, name: str) -> Layout:
    for index, spec in enumerate(found.tables):
        titles = [title for other in found.tables for title in other.titles]
        for title in spec.titles:
            if titles.count(title) > 1:
                raise LayoutError(f"two tables share the title {title}", place=f"{name}: tables[{index}].titles")
        for lane_index, lane in enumerate(spec.lanes):
            if lane.axis and lane.axis not in AXES:
                raise LayoutError(
                    f"there is no axis {lane.axis!r}",
                    place=f"{name}: tables[{index}].lanes[{lane_index}].axis",
                    hint="axes are " + ", ".join(AXES),
                )
    return found
