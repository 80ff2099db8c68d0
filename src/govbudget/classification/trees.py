"""One edition of one scheme as a tree, with look-ups by code and by (parent, name)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TypeVar, overload

import attrs

from govbudget.classification.indexes import Codes, Indexes
from govbudget.classification.markup import html_table
from govbudget.classification.near import close_names, hint_for_code
from govbudget.classification.scheme import Scheme
from govbudget.classification.subject import Subject
from govbudget.errors import AmbiguousName, UnknownCode
from govbudget.text import fold

_D = TypeVar("_D")


@attrs.frozen(eq=False, repr=False)
class Tree:
    """The subjects of one scheme in one edition, in the order of the edition.

    ``tree[code]`` is the subject of a code, ``code in tree`` asks for it, iteration yields subjects; :meth:`find`
    goes by name, :func:`govbudget.classification.lookup` by any printed form.

    Attributes:
        scheme: the list.
        year: the edition.
        subjects: the rows, parents before children.
        provenance: what the file says about where it comes from.
    """

    scheme: Scheme
    year: int
    subjects: tuple[Subject, ...]
    provenance: str = ""
    _by_code: Codes = attrs.field(init=False)
    _indexes: Indexes = attrs.field(init=False)
    # Python looks operators up on the class and finds a slot there, which holds the look-up of the dict itself: so
    # tree[code] runs no Python code, and takes less than twice as long as the bare dict (benchmarks/classification.py).
    __getitem__: Callable[[str], Subject] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        codes = Codes((subject.code, subject) for subject in self.subjects)
        codes.unknown = partial(_unknown, self.scheme, self.year, codes)
        object.__setattr__(self, "_by_code", codes)
        object.__setattr__(self, "_indexes", Indexes(self.subjects))
        object.__setattr__(self, "__getitem__", codes.__getitem__)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.scheme, self.year, self.subjects, self.provenance))

    def __repr__(self) -> str:
        return f"<Tree {self.scheme.value} {self.year}: {len(self.subjects)} subjects>"

    def _repr_html_(self) -> str:
        return html_table(f"{self.scheme.title} {self.year}", self.subjects)

    @overload
    def get(self, code: str) -> Subject | None: ...
    @overload
    def get(self, code: str, default: _D) -> Subject | _D: ...
    def get(self, code: str, default: object = None) -> object:
        """Return the subject of ``code``, or ``default``."""
        return self._by_code.get(code, default)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Subject]:
        return iter(self.subjects)

    def __len__(self) -> int:
        return len(self.subjects)

    @property
    def codes(self) -> Mapping[str, Subject]:
        """Code to subject, as a read-only mapping."""
        return MappingProxyType(self._by_code)

    @property
    def roots(self) -> tuple[Subject, ...]:
        """The 类, in order."""
        return self._indexes.children.get(None, ())

    def parent(self, code: str) -> Subject | None:
        """Return the subject above ``code``; None above a 类."""
        above = self[code].parent
        return None if above is None else self[above]

    def children(self, code: str | None = None) -> tuple[Subject, ...]:
        """Return the subjects right below ``code``, in order; the 类 without it."""
        return self._indexes.children.get(None if code is None else self[code].code, ())

    def ancestors(self, code: str) -> tuple[Subject, ...]:
        """Return the subjects above ``code``, the nearest first."""
        found: list[Subject] = []
        above = self[code].parent
        while above is not None:
            found.append(self[above])
            above = found[-1].parent
        return tuple(found)

    def path(self, code: str) -> tuple[Subject, ...]:
        """Return the subjects from the 类 down to ``code`` itself."""
        return (*reversed(self.ancestors(code)), self[code])

    def walk(self, code: str | None = None, *, depth: int | None = None) -> Iterator[Subject]:
        """Go through a branch, a parent before its children.

        Args:
            code: top of the branch, itself the first; the whole tree without it.
            depth: how many levels below the top to go.
        """
        if code is not None:
            yield self[code]
        if depth is None or depth > 0:
            for child in self.children(code):
                yield from self.walk(child.code, depth=None if depth is None else depth - 1)

    def is_ancestor(self, code: str, of: str) -> bool:
        """Tell whether ``code`` stands above ``of``; no code stands above itself."""
        wanted = self[code].code
        return any(subject.code == wanted for subject in self.ancestors(of))

    def common_ancestor(self, codes: Iterable[str]) -> Subject | None:
        """Return the lowest subject that all ``codes`` are or stand under; None when they share no 类."""
        paths = [self.path(code) for code in ([codes] if isinstance(codes, str) else codes)]
        common: Subject | None = None
        for level in zip(*paths, strict=False):
            if any(subject is not level[0] for subject in level):
                break
            common = level[0]
        return common

    def named(self, name: str) -> tuple[Subject, ...]:
        """Return every subject of that name, in order; widths, brackets and blanks do not count."""
        return self.names.get(name) or self.names.get(fold(name), ())

    def find(self, name: str, parent: str | None = None) -> Subject:
        """Return the subject of that name.

        Args:
            name: the name as printed.
            parent: code of the subject it stands right under; needed where the name recurs.

        Raises:
            UnknownCode: no subject has the name (there).
            AmbiguousName: several have; the hint lists them.
        """
        if parent is None:
            below = found = self.named(name)
        else:
            index = self._indexes.below
            below = index.get((parent, name)) or index.get((self[parent].code, fold(name)), ())
            found = below or self.named(name)
        if len(below) == 1:
            return below[0]
        if below:
            places = "; ".join("/".join(part.label for part in self.path(subject.code)) for subject in below[:12])
            more = f"; and {len(below) - 12} more" if len(below) > 12 else ""
            raise AmbiguousName(
                f"{name} stands at {len(below)} places of {self!r}",
                hint=f"give parent=…, one of: {places}{more}",
            )
        where = f" under {parent}" if parent is not None else ""
        elsewhere = ", ".join(subject.code for subject in found[:12])
        hint = f"the name stands at {elsewhere}" if found else close_names(self.names, name)
        raise UnknownCode(f"no subject {name!r}{where} in {self!r}", hint=hint)

    @property
    def depth(self) -> int:
        """The deepest level there is: 2 for economic lists, 3 for the functional one."""
        return self._indexes.depth

    @property
    def names(self) -> dict[str, tuple[Subject, ...]]:
        """Every folded name and the subjects that bear it, in order."""
        return self._indexes.names


def _unknown(scheme: Scheme, year: int, codes: Mapping[str, Subject], code: object) -> UnknownCode:
    what = f"no code {code!r} in the {scheme.value} edition of {year}"
    return UnknownCode(what, hint=hint_for_code(scheme, year, codes, code))
