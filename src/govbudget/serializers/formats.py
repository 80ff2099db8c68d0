"""The formats that are written, chosen by the extension of the file; others add themselves.

A package adds a format with one value and one line of its metadata::

    [project.entry-points."govbudget.formats"]
    tex = "mypackage:TEX"  # TEX = Format(name="LaTeX", extensions=(".tex",), write=disclosure_to_bytes)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from os import PathLike
from pathlib import Path

import attrs

from govbudget.atomic import write_whole
from govbudget.errors import GovBudgetError, SourceError
from govbudget.model import Disclosure

GROUP = "govbudget.formats"
"""The group of entry points under which other packages offer formats."""

Write = Callable[[Disclosure], bytes]


@attrs.frozen(kw_only=True)
class Format:
    """A format that disclosures are written in.

    Attributes:
        name: what people call it.
        extensions: the extensions that mean it, with their dot, in small letters.
        write: makes the bytes of a file.
    """

    name: str
    extensions: tuple[str, ...]
    write: Write


def _call(module: str, function: str, disclosure: Disclosure) -> bytes:
    write: Write = getattr(import_module(f"govbudget.serializers.{module}"), function)
    return write(disclosure)


def _own(name: str, extensions: tuple[str, ...], module: str, function: str) -> Format:
    """A format of this package; its module is loaded when it is first written."""
    return Format(name=name, extensions=extensions, write=partial(_call, module, function))


FORMATS = (
    _own("JSON", (".json",), "json", "dumps"),
    _own("Markdown", (".md", ".markdown"), "printed.plain", "write_markdown"),
    _own("text", (".txt",), "printed.plain", "write_text"),
    _own("HTML", (".html", ".htm"), "printed.html", "write_html"),
    _own("Excel", (".xlsx",), "printed.xlsx", "write_xlsx"),
    _own("Word", (".docx",), "printed.docx", "write_docx"),
)
"""The formats of this package. JSON keeps everything; what the others keep is in docs/reference/formats.md."""


def known_formats() -> tuple[Format, ...]:
    """Return the formats of this package and those that other packages offer, in that order.

    Raises:
        GovBudgetError: another package offers something that is no format.

    >>> [format.name for format in known_formats()][:2]
    ['JSON', 'Markdown']
    """
    offered = []
    for point in entry_points(group=GROUP):
        found = point.load()
        if not isinstance(found, Format):
            raise GovBudgetError(f"{point.value} is no Format", place=f"entry point {point.name} of {GROUP}")
        offered.append(found)
    return (*FORMATS, *offered)


def format_of(path: str | PathLike[str], known: Sequence[Format] | None = None) -> Format:
    """Return the format that the extension of ``path`` means.

    Raises:
        SourceError: it means none.

    >>> format_of("budget.XLSX").name
    'Excel'
    """
    known = known_formats() if known is None else known
    suffix = Path(path).suffix.lower()
    found = next((format for format in known if suffix in format.extensions), None)
    if found is None:
        extensions = ", ".join(extension for format in known for extension in format.extensions)
        raise SourceError(
            "the extension names no format that can be written", place=str(path), hint=f"use one of {extensions}"
        )
    return found


def save(disclosure: Disclosure, path: str | PathLike[str], *, format: Format | None = None) -> None:
    """Write a disclosure to a file: beside it first, then renamed, so that no half file is ever seen.

    Args:
        disclosure: the disclosure.
        path: the file; its extension tells the format, ``.json`` keeps everything.
        format: the format, whatever the extension says.

    Raises:
        SourceError: the file cannot be written, or its extension names no format.
        MissingExtra: the format needs a package that is not installed.
    """
    chosen = format or format_of(path)
    write_whole(path, chosen.write(disclosure))
