"""JSON: canonical bytes, a version in every file, errors that name the path.

The canon: integers are 分; keys that must be there come first, then the others, both in the order of the model;
what is at its default is left out; text is UTF-8 as it is, with the short escapes of JSON and no others; there is
no white space but a final line feed. One disclosure has one spelling, whatever is installed: with msgspec (extra
``fast``) both ways are several times as fast, and no byte differs.
"""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import Any, NoReturn

from govbudget.errors import FormatError
from govbudget.model import Disclosure
from govbudget.serializers.bounded import read_bounded
from govbudget.serializers.fast import codec
from govbudget.serializers.migrations import MIGRATIONS, VERSION
from govbudget.serializers.wire import structure, wire

FORMAT = "govbudget/disclosure"

_HEAD = f'{{"format":"{FORMAT}","version":{VERSION},"disclosure":'.encode()
_TAIL = b"}\n"


def dumps(disclosure: Disclosure) -> bytes:
    """Write a disclosure as JSON; equal disclosures give equal bytes.

    Raises:
        FormatError: a text holds half of a surrogate pair.

    >>> from govbudget.model import Organization, Scope, Stage
    >>> d = Disclosure(organization=Organization(name="某中心"), year=2024, stage=Stage.BUDGET, scope=Scope.UNIT)
    >>> loads(dumps(d)) == d
    True
    """
    return _HEAD + _body(disclosure) + _TAIL


def _body(disclosure: Disclosure) -> bytes:
    fast = codec()
    try:
        if fast is not None:
            return fast.encode(disclosure)
        data = wire().unstructure(disclosure)
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as error:
        raise FormatError(
            f"a text holds half a character ({error.object[error.start : error.end]!r}), which no UTF-8 can spell",
            place=disclosure.source,
        ) from error


def loads(data: bytes | str, *, name: str = "JSON") -> Disclosure:
    """Read a disclosure from JSON of this or an earlier version.

    Args:
        data: the JSON.
        name: what to call it in errors.

    Raises:
        FormatError: no JSON, another format, a later version, or data that does not fit; ``place`` names the path.
    """
    found = _quickly(data)
    if found is not None:
        return found
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
        try:
            body, version = MIGRATIONS[version](body), version + 1
        except FormatError as error:
            raise FormatError(error.what, place=f"{name} {error.place}", hint=error.hint) from error
    made: Disclosure = structure(body, Disclosure, name)
    return made


def _quickly(data: bytes | str) -> Disclosure | None:
    """Read our own spelling of the present version; ``None`` for all else, which is then read with care."""
    fast = codec()
    if fast is None:
        return None
    try:
        spelt = data.encode() if isinstance(data, str) else bytes(data)
        if not (spelt.startswith(_HEAD) and spelt.endswith(_TAIL)):
            return None
        return fast.decode(spelt[len(_HEAD) : -len(_TAIL)])
    except Exception:  # noqa: BLE001 - whatever it is, the careful reader says it with its path
        return None


def read(data: bytes, name: str) -> Disclosure:
    """Read the bytes of a file: :func:`loads` for the registry of formats."""
    return loads(data, name=name)


def load(path: str | PathLike[str]) -> Disclosure:
    """Read a disclosure from a JSON file.

    Raises:
        SourceError: the file cannot be read.
        FormatError: as :func:`loads`.
    """
    file = Path(path)
    return loads(read_bounded(file), name=file.name)


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
