"""The formats of disclosures, chosen by the extension of the file; others add themselves.

A package adds a format with one value and one line of its metadata::

    [project.entry-points."govbudget.formats"]
    tex = "mypackage:TEX"  # TEX = Format(name="LaTeX", extensions=(".tex",), write=disclosure_to_bytes)
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from govbudget.atomic import whole_folder, write_whole
from govbudget.errors import FormatError, GovBudgetError, SourceError
from govbudget.model import Disclosure
from govbudget.serializers.bounded import read_bounded
from govbudget.serializers.zipped import read_folder, unzipped, zipped

GROUP = "govbudget.formats"
"""The group of entry points under which other packages offer formats."""

Write = Callable[[Disclosure], bytes]
Files = Callable[[Disclosure], Mapping[str, bytes]]
Read = Callable[[bytes, str], Disclosure]
ReadFiles = Callable[[Mapping[str, bytes], str], Disclosure]


class Keeps(enum.Enum):
    """How much of a disclosure a format keeps."""

    ALL = "all"
    """Everything: what is read back is equal, places and all."""
    MODEL = "model"
    """All that is printed: what is read back is equal but for places and what docs/reference/formats.md lists."""
    FIGURES = "figures"
    """Every figure with what it is about and how it is printed; not the form of the document. Not read back."""


@attrs.frozen(kw_only=True)
class Format:
    """A format of disclosures.

    Attributes:
        name: what people call it.
        extensions: the extensions that mean it, with their dot, in small letters.
        write: makes the bytes of a file; of a format that is several files, a ZIP of them.
        read: makes a disclosure of the bytes of a file and its name; ``None`` where the format is not read back.
        files: makes the files of a format that is several, by their names in its folder.
        read_files: makes a disclosure of such files and the name of the folder.
        keeps: how much of a disclosure it keeps.
    """

    name: str
    extensions: tuple[str, ...]
    write: Write
    read: Read | None = None
    files: Files | None = None
    read_files: ReadFiles | None = None
    keeps: Keeps = Keeps.FIGURES


def several(
    name: str, extensions: tuple[str, ...], files: Files, read_files: ReadFiles | None, keeps: Keeps = Keeps.FIGURES
) -> Format:
    """Make a format of several files: a folder, or one ZIP that is named ``.zip``."""
    return Format(
        name=name,
        extensions=extensions,
        write=lambda disclosure: zipped(files(disclosure)),
        read=(lambda data, name: read_files(unzipped(data, name), name)) if read_files is not None else None,
        files=files,
        read_files=read_files,
        keeps=keeps,
    )


def _call(module: str, function: str, *arguments: Any) -> Any:
    return getattr(import_module(f"govbudget.serializers.{module}"), function)(*arguments)


def _own(
    name: str,
    extensions: tuple[str, ...],
    module: str,
    write: str,
    read: str | None = None,
    keeps: Keeps = Keeps.ALL,
) -> Format:
    """A format of this package; its module is loaded when it is first used."""
    back = partial(_call, module, read) if read is not None else None
    return Format(name=name, extensions=extensions, write=partial(_call, module, write), read=back, keeps=keeps)


def _printed(name: str, extensions: tuple[str, ...], module: str, write: str) -> Format:
    """A printed form: whatever can be read as a document is read back so."""
    back = partial(_call, "printed.back", "read_back")
    return attrs.evolve(_own(name, extensions, f"printed.{module}", write), read=back, keeps=Keeps.MODEL)


def _several(
    name: str, extension: str, module: str, files: str, read: str | None = None, keeps: Keeps = Keeps.FIGURES
) -> Format:
    back = partial(_call, module, read) if read is not None else None
    return several(name, (extension,), partial(_call, module, files), back, keeps)


FORMATS = (
    _own("JSON", (".json",), "json", "dumps", "read"),
    _printed("Markdown", (".md", ".markdown"), "plain", "write_markdown"),
    _printed("text", (".txt",), "plain", "write_text"),
    _printed("HTML", (".html", ".htm"), "html", "write_html"),
    _printed("Excel", (".xlsx",), "xlsx", "write_xlsx"),
    _printed("Word", (".docx",), "docx", "write_docx"),
    _own("JSON Lines", (".jsonl", ".ndjson"), "lines", "dumps_one", "loads_one"),
    _several("CSV", ".csv.zip", "printed.csv", "csv_files", "read_csv", Keeps.MODEL),
    _several("TSV", ".tsv.zip", "printed.csv", "tsv_files", "read_tsv", Keeps.MODEL),
    _own("Parquet", (".parquet",), "databases", "write_parquet", keeps=Keeps.FIGURES),
    _own("SQLite", (".sqlite", ".db"), "databases", "write_sqlite", keeps=Keeps.FIGURES),
    _own("DuckDB", (".duckdb",), "databases", "write_duckdb", keeps=Keeps.FIGURES),
    _several("data package", ".datapackage.zip", "packages", "data_package"),
    _several("Fiscal Data Package", ".fdp.zip", "packages", "fiscal_package"),
    _several("SDMX", ".sdmx.zip", "sdmx", "sdmx_files"),
    _several("XBRL", ".xbrl.zip", "xbrl", "xbrl_files"),
)
"""The formats of this package; what each keeps is in docs/reference/formats.md."""


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
    """Return the format that the extension of ``path`` means; the longest extension wins (``.csv.zip``).

    Raises:
        SourceError: it means none.

    >>> format_of("budget.XLSX").name
    'Excel'
    """
    known = known_formats() if known is None else known
    name = Path(path).name.lower()
    fitting = [(len(e), format) for format in known for e in format.extensions if name.endswith(e)]
    if not fitting:
        extensions = ", ".join(extension for format in known for extension in format.extensions)
        raise SourceError(
            "the extension names no format that can be written", place=str(path), hint=f"use one of {extensions}"
        )
    return max(fitting, key=lambda pair: pair[0])[1]


def named_format(name: str, known: Sequence[Format] | None = None) -> Format:
    """Return the format of a name or an extension without its dot: "CSV", "csv.zip", "json".

    Raises:
        GovBudgetError: there is none.

    >>> named_format("csv").name, named_format("docx").name
    ('CSV', 'Word')
    """
    known = known_formats() if known is None else known
    wanted = name.lower().removeprefix(".")
    for format in known:
        if wanted == format.name.lower() or f".{wanted}" in format.extensions:
            return format
    raise GovBudgetError(f"there is no format {name!r}", hint="use one of " + ", ".join(f.name for f in known))


def save(disclosure: Disclosure, path: str | PathLike[str], *, format: Format | None = None) -> None:
    """Write a disclosure to a file: beside it first, then renamed, so that no half file is ever seen.

    A format of several files is written as a ZIP where the name ends in ``.zip``, else as a folder of that name,
    which must be new or empty.

    Args:
        disclosure: the disclosure.
        path: the file; its extension tells the format, ``.json`` keeps everything.
        format: the format, whatever the extension says.

    Raises:
        SourceError: the file cannot be written, or its extension names no format.
        MissingExtra: the format needs a package that is not installed.
    """
    chosen = format or format_of(path)
    if chosen.files is None or Path(path).suffix.lower() == ".zip":
        write_whole(path, chosen.write(disclosure))
        return
    files = chosen.files(disclosure)
    with whole_folder(path) as folder:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def open_saved(path: str | PathLike[str], *, format: Format | None = None) -> Disclosure:
    """Read a disclosure back from a file, or a folder, of a format that can be read.

    Args:
        path: the file or folder.
        format: the format, whatever the extension says; a folder has no extension and needs one.

    Raises:
        SourceError: the file cannot be read, or its format is not read back.
        FormatError: it is damaged.
    """
    chosen = format or format_of(path)
    file = Path(path)
    if chosen.read is None:
        raise SourceError(f"{chosen.name} is not read back", place=str(path), hint="keep the .json beside it")
    if file.is_dir():
        if chosen.read_files is None:
            raise SourceError(f"a folder is no {chosen.name}", place=str(path), hint="name a file")
        return chosen.read_files(read_folder(file), file.name)
    return from_bytes(read_bounded(file), chosen, file.name)


def from_bytes(data: bytes, format: Format, name: str = "") -> Disclosure:
    """Read a disclosure from the bytes of a file.

    Raises:
        FormatError: they are damaged, or the format is not read back.
        SourceError: the same, of a printed form.
    """
    if format.read is None:
        raise FormatError(f"{format.name} is not read back", place=name)
    return format.read(data, name or f"disclosure{format.extensions[0]}")
