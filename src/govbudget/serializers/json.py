"""JSON: canonical bytes, a version in every file, errors that name the path.

Integers are 分. Keys stand in the order of the model's fields, text is UTF-8 as it is, there is no white space but a
final line feed: one disclosure has one spelling.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn

from govbudget.errors import FormatError, SourceError
from govbudget.model import Disclosure
from govbudget.serializers.wire import structure, wire

VERSION = 1
"""Version of the format that is written."""

FORMAT = "govbudget/disclosure"

MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each earlier version to the next; there is no earlier version yet."""

_MAX_BYTES = 256 * 1024 * 1024


def dumps(disclosure: Disclosure) -> bytes:
    """Write a disclosure as JSON; equal disclosures give equal bytes.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> d = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> loads(dumps(d)) == d
    True
    """
    data = {"format": FORMAT, "version": VERSION, "disclosure": wire().unstructure(disclosure)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def loads(data: bytes | str, *, name: str = "JSON") -> Disclosure:
    """Read a disclosure from JSON of this or an earlier version.

    Args:
        data: the JSON.
        name: what to call it in errors.

    Raises:
        FormatError: no JSON, another format, a later version, or data that does not fit; ``place`` names the path.
    """
    raw = _parse(data, name)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise FormatError(f"this is not a {FORMAT} file", place=name, hint="govbudget convert makes one")
    version = raw.get("version")
    if type(version) is not int or version < 1:
        raise FormatError(f"version is {version!r}", place=f"{name} $.version", hint="expected a positive integer")
    if version > VERSION:
        raise FormatError(
            f"the file is of version {version}, this library reads up to {VERSION}",
            place=f"{name} $.version",
            hint="pip install -U govbudget",
        )
    unknown = set(raw) - {"format", "version", "disclosure"}
    if unknown or "disclosure" not in raw:
        what = (
            f"extra fields found ({', '.join(sorted(unknown))})" if unknown else "required field missing (disclosure)"
        )
        raise FormatError(what, place=f"{name} $")
    body = raw["disclosure"]
    while version < VERSION:
        body, version = MIGRATIONS[version](body), version + 1
    found: Disclosure = structure(body, Disclosure, name)
    return found


def load(path: str | PathLike[str]) -> Disclosure:
    """Read a disclosure from a JSON file.

    Raises:
        SourceError: the file cannot be read.
        FormatError: as :func:`loads`.
    """
    file = Path(path)
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise SourceError("the file is too large to be a disclosure", place=str(file))
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", place=str(file)) from error
    return loads(data, name=file.name)


def _parse(data: bytes | str, name: str) -> object:
    def refuse(text: str) -> NoReturn:
        raise FormatError(f"{text[:20]} stands where only integers may", place=name, hint="amounts are integers of 分")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            raise FormatError(f"key {next(k for k in keys if keys.count(k) > 1)!r} stands twice", place=name)
        return found

    try:
        return json.loads(data, parse_float=refuse, parse_constant=refuse, object_pairs_hook=once)
    except FormatError:
        raise
    except (ValueError, RecursionError) as error:
        what = "it nests too deeply" if isinstance(error, RecursionError) else f"this is no JSON: {error}"
        raise FormatError(what[:200], place=name) from error
