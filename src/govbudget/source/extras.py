"""Optional packages: import one, or say what to install."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from govbudget.errors import MissingExtra


def need(module: str, extra: str, what: str) -> ModuleType:
    """Import an optional module.

    Args:
        module: its name.
        extra: the extra of this package that installs it.
        what: what it is needed for.

    Raises:
        MissingExtra: it is not installed.

    >>> need("json", "pdf", "reading PDF").__name__
    'json'
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(
            f"{what} needs the package {module.partition('.')[0]}, which is not installed",
            hint=f"pip install 'govbudget[{extra}]'",
        ) from error
