"""How much is read of what says that it is a disclosure of ours."""

from __future__ import annotations

from pathlib import Path

from govbudget.errors import SourceError

MAX_BYTES = 256 * 1024 * 1024
"""Longer files are no disclosures; so are several that hold more together, unpacked."""


def read_bounded(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        SourceError: it cannot be read, or is too large to be a disclosure.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise SourceError("the file is too large to be a disclosure", place=str(file))
        return file.read_bytes()
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", place=str(file)) from error
