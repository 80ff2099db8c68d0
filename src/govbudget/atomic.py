"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from os import PathLike
from pathlib import Path

from govbudget.errors import SourceError


def write_whole(path: str | PathLike[str], data: bytes) -> None:
    """Write a file: beside it first, then renamed, so that no half file is ever seen.

    Raises:
        SourceError: the file cannot be written.
    """
    file = Path(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        temporary.chmod(0o644)
        temporary.replace(file)
    except OSError as error:
        raise SourceError(f"the file cannot be written: {error.strerror}", place=str(file)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
