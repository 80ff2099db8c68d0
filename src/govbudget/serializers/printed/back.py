"""A printed form back as a disclosure."""

from __future__ import annotations

from govbudget.model import Disclosure
from govbudget.reading import read


def read_back(data: bytes, name: str) -> Disclosure:
    """Read what a printed form says; what its reader remarks on is left out, :func:`govbudget.reading.read` tells it.

    Raises:
        SourceError: it is damaged, or no such document.
        MissingExtra: reading it needs a package that is not installed.
    """
    return read(data, name=name).disclosure
