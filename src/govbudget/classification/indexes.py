"""What a tree looks things up in: codes at once, the rest when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from govbudget.classification.subject import Subject
from govbudget.text import fold


class Codes(dict[str, Subject]):
    """Code to subject; a code that is missing raises what :attr:`unknown` makes of it."""

    unknown: Callable[[object], Exception] = KeyError

    def __missing__(self, code: object) -> Subject:
        raise self.unknown(code)


class Indexes:
    """Children and names of the subjects of one edition."""

    def __init__(self, subjects: tuple[Subject, ...]) -> None:
        self._subjects = subjects

    @cached_property
    def children(self) -> dict[str | None, tuple[Subject, ...]]:
        """The subjects right below each code, in order; the 类 below None."""
        below: dict[str | None, list[Subject]] = {}
        for subject in self._subjects:
            below.setdefault(subject.parent, []).append(subject)
        return {code: tuple(found) for code, found in below.items()}

    @cached_property
    def names(self) -> dict[str, tuple[Subject, ...]]:
        """Every folded name and the subjects that bear it, in order."""
        names: dict[str, list[Subject]] = {}
        for subject in self._subjects:
            names.setdefault(fold(subject.name), []).append(subject)
        return {name: tuple(found) for name, found in names.items()}

    @cached_property
    def below(self) -> dict[tuple[str | None, str], tuple[Subject, ...]]:
        """Parent and name, as it stands and folded, to the subjects (two only where an edition repeats a name)."""
        below: dict[tuple[str | None, str], tuple[Subject, ...]] = {}
        for subject in self._subjects:
            for name in {subject.name, fold(subject.name)}:
                below[subject.parent, name] = (*below.get((subject.parent, name), ()), subject)
        return below

    @cached_property
    def depth(self) -> int:
        """The deepest level."""
        return max((subject.level for subject in self._subjects), default=1)
