"""From TOML to :class:`Layout`: ``extends``, and errors that name the path inside the file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import cattrs

from govbudget.errors import LayoutError
from govbudget.layouts.schema import Layout
from govbudget.model import AXES
from govbudget.strict import misfit, strict_converter

_KEYS = {"tables": "kind", "sections": "id"}  # lists whose items an extending layout may change one by one
_FOLDER = resources.files("govbudget.layouts") / "data"


@cache
def layout_ids() -> tuple[str, ...]:
    """Return the ids of the layouts that come with the library.

    >>> "hangzhou-unit-budget" in layout_ids()
    True
    """
    return tuple(sorted(item.name.removesuffix(".toml") for item in _FOLDER.iterdir() if item.name.endswith(".toml")))


@cache
def table_layout_ids() -> tuple[str, ...]:
    """Return the ids of the layouts that have tables; one of sections alone has nothing that could be published.

    >>> set(table_layout_ids()) <= set(layout_ids())
    True
    """
    return tuple(id for id in layout_ids() if layout(id).tables)


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
    try:
        found = strict_converter().structure(raw, Layout)
    except cattrs.BaseValidationError as error:
        what, path, _ = misfit(error)
        place = f"{name}: {path.lstrip('$.')}".rstrip(": ")
        raise LayoutError(what, place=place, hint="see docs/reference/layouts.md") from error
    return _checked(found, name)


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
        if own.get(key) == []:
            out[key] = []  # none of those of the base
            continue
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
