"""Files and folders that are whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from govbudget.errors import SourceError


def write_whole(path: str | PathLike[str], data: bytes) -> None:
    """Write a file: beside it first, then renamed, so that no half file is ever seen.

    Raises:
        SourceError: the file cannot be written.
    """
    with whole_file(path) as out:
        out.write(data)


@contextmanager
def whole_file(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """Give a file to write to, piece by piece; it takes its name when all is written, and goes on any failure.

    Raises:
        SourceError: the file cannot be written.
    """
    file = Path(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            yield out
        temporary.chmod(0o644)
        temporary.replace(file)
    except OSError as error:
        raise SourceError(f"the file cannot be written: {error.strerror}", place=str(file)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str | PathLike[str]) -> Iterator[Path]:
    """Give a new folder to write files into; it takes its name when all is written, and goes on any failure.

    A folder of that name is replaced only where ``path`` is empty or was left by an earlier run of the same format,
    which the caller knows; what is there otherwise is not touched.

    Raises:
        SourceError: the folder cannot be written, or something stands there that is no folder or not empty.
    """
    folder = Path(path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SourceError("there is something already", place=str(folder), hint="name a folder that is new or empty")
    temporary: Path | None = None
    try:
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        yield temporary
        temporary.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        temporary.rename(folder)
    except OSError as error:
        raise SourceError(f"the folder cannot be written: {error.strerror}", place=str(folder)) from error
    finally:
        if temporary is not None and temporary.exists():
            shutil.rmtree(temporary, ignore_errors=True)
