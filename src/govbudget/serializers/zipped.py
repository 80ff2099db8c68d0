"""Formats of several files: as one ZIP with equal bytes for equal contents, or as a folder; read back within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from govbudget.errors import FormatError, SourceError
from govbudget.serializers.bounded import MAX_BYTES

MAX_FILES = 1_000

_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP; equal files give equal bytes.

    >>> unzipped(zipped({"a.csv": b"1"}), "a.zip")
    {'a.csv': b'1'}
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def unzipped(data: bytes, name: str) -> dict[str, bytes]:
    """Return the files of a ZIP.

    Raises:
        FormatError: it is damaged, or larger than any disclosure.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
                raise FormatError("the ZIP holds more than a disclosure may", place=name)
            found: dict[str, bytes] = {}
            left = MAX_BYTES
            for entry in entries:
                with archive.open(entry) as file:
                    found[entry.filename] = file.read(left + 1)
                left -= len(found[entry.filename])
                if left < 0:
                    raise FormatError("the ZIP holds more than it says", place=name)
            return found
    except FormatError:
        raise
    except Exception as error:
        raise FormatError(f"this is no ZIP: {error}"[:200], place=name) from error


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their names, those in folders below it as ``data/facts.csv``.

    Raises:
        SourceError: it cannot be read, or is larger than any disclosure.
    """
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        if len(paths) > MAX_FILES or sum(path.stat().st_size for path in paths) > MAX_BYTES:
            raise SourceError("the folder holds more than a disclosure may", place=str(folder))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    except OSError as error:
        raise SourceError(f"the folder cannot be read: {error.strerror}", place=str(folder)) from error
