"""The JSON Schema (2020-12) of a file, generated from the types of the model.

It is published in the package as ``serializers/data/disclosure.schema.json``. It says what a file looks like; that a
figure fits its unit and that a line has as many figures as its lane has columns is said by the reader only.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, get_args

import attrs

from govbudget.model import Disclosure, Line
from govbudget.money import Mark
from govbudget.serializers.migrations import VERSION
from govbudget.serializers.shapes import MARKS, Kind, Member, Sort, classes, kind_of, members, tag

_SIMPLE: dict[type[Any], dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
}


def published() -> dict[str, Any]:
    """Return the schema as the package publishes it.

    >>> published()["properties"]["version"]
    {'const': 2}
    """
    text = resources.files("govbudget.serializers").joinpath("data/disclosure.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> dict[str, Any]:
    """Return the schema of the version that is written."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"govbudget/disclosure {VERSION}",
        "description": "A disclosure of a Chinese government budget or final account. Amounts are integers of 分.",
        "type": "object",
        "properties": {
            "format": {"const": "govbudget/disclosure"},
            "version": {"const": VERSION},
            "disclosure": {"$ref": "#/$defs/Disclosure"},
        },
        "required": ["format", "version", "disclosure"],
        "additionalProperties": False,
        "$defs": {cls.__name__: _class(cls) for cls in classes(Disclosure)},
    }


def _class(cls: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": (cls.__doc__ or "").split("\n")[0],
        "type": "object",
        "properties": {member.name: _member(cls, member) for member in members(cls)},
        "additionalProperties": False,
    }
    required = [member.name for member in members(cls) if member.default is attrs.NOTHING]
    return found | ({"required": required} if required else {})


def _member(cls: type[Any], member: Member) -> dict[str, Any]:
    found = _kind(member.kind)
    if cls is Line and member.name == "places":
        return {
            "description": "decimals printed: one number where all are alike, or a list",
            "anyOf": [_SIMPLE[int], found],
        }
    return found


def _kind(kind: Kind) -> dict[str, Any]:
    found = _bare(kind)
    if not kind.optional:
        return found
    return {**found, "type": [found["type"], "null"]} if "type" in found else {"anyOf": [found, {"type": "null"}]}


def _bare(kind: Kind) -> dict[str, Any]:
    match kind.sort:
        case Sort.SIMPLE:
            return dict(_SIMPLE[kind.of])
        case Sort.ENUM:
            return {"enum": [item.value for item in kind.of]}
        case Sort.OBJECT:
            return {"$ref": f"#/$defs/{kind.of.__name__}"}
        case Sort.UNION:
            return {"oneOf": [_tagged(cls) for cls in get_args(kind.of)]}
        case Sort.FIGURE:
            marks = [MARKS[mark] for mark in Mark if MARKS[mark] is not None]
            return {"anyOf": [_SIMPLE[int], {"type": "null"}, {"enum": marks}]}
        case Sort.LIST:
            return {"type": "array", "items": _kind(kind_of(kind.of))}
        case Sort.FIXED:
            inner = [_kind(kind_of(annotation)) for annotation in kind.of]
            return {"type": "array", "prefixItems": inner, "items": False, "minItems": len(inner)}


def _tagged(cls: type[Any]) -> dict[str, Any]:
    """A member of a union: the class with "type", in one piece, for its other fields are all there may be."""
    inner = _class(cls)
    inner["properties"] = {"type": {"const": tag(cls)}, **inner["properties"]}
    inner["required"] = ["type", *inner.get("required", [])]
    return inner
