"""Whole files or none: written beside the target first, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from os import PathLike
from pathlib import Path

from govbudget.errors import SourceError


def write_whole(path: str | PathLike[str], make: Callable[[], bytes]) -> None:
    """Write what ``make`` returns to ``path``, so that no half file is ever seen; what was there stays on failure.

    Raises:
        SourceError: the file cannot be written.
    """
    file = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise SourceError(f"the file cannot be written: {error.strerror}", place=str(file)) from error
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(make())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise SourceError(f"the file cannot be written: {error.strerror}", place=str(file)) from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
