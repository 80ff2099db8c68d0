"""JSON Lines: many disclosures in one file, one a line, each as :func:`dumps` writes it.

Both ways are streams: one disclosure is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from govbudget.atomic import whole_file
from govbudget.errors import FormatError, SourceError
from govbudget.model import Disclosure
from govbudget.serializers.bounded import MAX_BYTES
from govbudget.serializers.json import dumps, loads


def save_lines(disclosures: Iterable[Disclosure], path: str | PathLike[str]) -> int:
    """Write disclosures to a file, each as it comes; return how many.

    Where writing one of them or making one of them fails, no file is left behind.

    Raises:
        SourceError: the file cannot be written.
        FormatError: as :func:`dumps`.
    """
    count = 0
    with whole_file(path) as out:
        for disclosure in disclosures:
            out.write(dumps(disclosure))
            count += 1
    return count


def load_lines(path: str | PathLike[str]) -> Iterator[Disclosure]:
    """Yield the disclosures of a file, each when it is asked for. Blank lines are passed over.

    Raises:
        SourceError: the file cannot be read.
        FormatError: a line is no disclosure; ``place`` names the line.
    """
    file = Path(path)
    try:
        with file.open("rb") as source:
            number = 0
            while line := source.readline(MAX_BYTES + 1):
                number += 1
                if len(line) > MAX_BYTES:
                    raise FormatError("the line is too long to be a disclosure", place=f"{file.name} line {number}")
                if line.strip():
                    yield loads(line, name=f"{file.name} line {number}")
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", place=str(file)) from error


def dumps_one(disclosure: Disclosure) -> bytes:
    """Write one disclosure as a file of one line."""
    return dumps(disclosure)


def loads_one(data: bytes, name: str = "JSON Lines") -> Disclosure:
    """Read a file of JSON Lines that holds one disclosure.

    Raises:
        FormatError: it holds none or several, or no disclosure.
    """
    lines = [line for line in data.split(b"\n") if line.strip()]
    if len(lines) != 1:
        raise FormatError(f"the file holds {len(lines)} disclosures, not one", place=name, hint="use load_lines")
    return loads(lines[0], name=name)
