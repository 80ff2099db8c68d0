"""Exceptions, nothing else.

The caller's mistake is an exception; the document's mistake is a value (a ``Finding``). Each exception says
*what* went wrong, *where* (``place``) and *what to try* (``hint``), so that a message can be shown to a person
as it stands.
"""

from __future__ import annotations


class GovBudgetError(Exception):
    """Root of every exception this library raises on purpose.

    Attributes:
        what: what is wrong, one sentence.
        place: where: a file, a path inside a file, a ``Place``; anything whose ``str`` a person can follow.
        hint: what to try.
    """

    def __init__(self, what: str, *, place: object = None, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f" [{self.place}]" if self.place is not None else ""
        hint = f" — {self.hint}" if self.hint else ""
        return f"{self.what}{where}{hint}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.what, self.place, self.hint))


def _rebuild(kind: type[GovBudgetError], what: str, place: object, hint: str) -> GovBudgetError:
    return kind(what, place=place, hint=hint)


class AmountError(GovBudgetError, ValueError):
    """A text or number that is no amount of money, or one finer than 分."""


class UnknownCode(GovBudgetError, LookupError):
    """A classification code or name that the edition asked for does not hold."""


class AmbiguousName(GovBudgetError, LookupError):
    """A name that stands at several places of the tree; ``hint`` lists them."""


class LayoutError(GovBudgetError):
    """A layout file that does not say what a layout must say; ``place`` is the path inside the file."""


class RuleError(GovBudgetError):
    """A rule, a pack of rules or a file of waivers that does not say what it must; ``place`` is file and key."""


class SourceError(GovBudgetError):
    """A file that cannot be read as a document at all: wrong encoding, empty, too large, unknown format."""


class FormatError(GovBudgetError, ValueError):
    """A serialized disclosure that does not fit its schema; ``place`` is the path inside it."""


class MissingExtra(GovBudgetError, ImportError):
    """An optional dependency that is not installed; ``hint`` names the ``pip install`` that mends it."""
