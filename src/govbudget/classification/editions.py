"""The editions that come with the package: read once, when first asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from govbudget.classification.edition_file import EditionText, check_names, parse_edition, read_head
from govbudget.classification.scheme import Scheme, as_scheme
from govbudget.classification.subject import Subject
from govbudget.classification.trees import Tree
from govbudget.errors import GovBudgetError

_DATA = "govbudget.classification"


def tree(scheme: Scheme | str, year: int) -> Tree:
    """Return one scheme in one edition; read on first use, and the same object from then on.

    Args:
        scheme: which list, or its value ("functional") or title (支出功能分类科目).
        year: which edition.

    Raises:
        GovBudgetError: no such edition at hand; the hint lists those that are.

    >>> tree(Scheme.FUNCTIONAL, 2024)["2012950"].name
    '事业运行'
    """
    return _tree(as_scheme(scheme), year)


@cache
def _tree(scheme: Scheme, year: int) -> Tree:
    if not isinstance(year, int):
        raise GovBudgetError(f"no edition {year!r} of {scheme.value}", hint="a year is a number, such as 2024")
    if year not in years(scheme):
        known = years(scheme)
        nearest = edition_year(scheme, year)
        hint = f"the editions at hand are {', '.join(map(str, known))}; the nearest is {nearest}"
        raise GovBudgetError(f"no edition {year} of {scheme.value}", hint=hint)
    name = f"{scheme.value}-{year}.tsv"
    text = (files(_DATA) / "data" / "editions" / name).read_text(encoding="utf-8")
    return grow(parse_edition(text, name=name))


def years(scheme: Scheme | str) -> tuple[int, ...]:
    """Return the years of the editions at hand.

    >>> 2024 in years(Scheme.REVENUE)
    True
    """
    return _years(as_scheme(scheme))


def edition_year(scheme: Scheme | str, year: int) -> int:
    """Return the year of the edition nearest to ``year``, the earlier of two: what a document of the year is read with.

    >>> edition_year(Scheme.FUNCTIONAL, 2031)
    2026
    """
    return min(years(scheme), key=lambda known: (abs(known - year), known))


@cache
def _years(scheme: Scheme) -> tuple[int, ...]:
    start = f"{scheme.value}-"
    names = [entry.name for entry in (files(_DATA) / "data" / "editions").iterdir()]
    found = [name[len(start) : -4] for name in names if name.startswith(start) and name.endswith(".tsv")]
    return tuple(sorted(int(year) for year in found if year.isdigit()))


def load_tree(path: str | Path) -> Tree:
    """Read a scheme of your own, or additions to an edition, from a file in the same text format.

    A head line ``# extends: 2024`` puts the rows into the edition of that year that comes with the package.

    Args:
        path: the file; what it must look like is told in :mod:`govbudget.classification.edition_file`.

    Raises:
        GovBudgetError: with file and line, and what to mend.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GovBudgetError("the file is not UTF-8 text", place=path, hint=f"save it as UTF-8 ({error})") from None
    except OSError as error:
        raise GovBudgetError(f"the file cannot be read: {error.strerror}", place=path) from None
    base = _base(text, path)
    if base is None:
        whole = parse_edition(text, name=str(path))
        check_names(whole, name=str(path))
        return grow(whole)
    own = parse_edition(text, name=str(path), base={subject.code: subject.level for subject in base})
    check_names(own, name=str(path), base=base)
    parents = {subject.code: subject.parent for subject in (*base, *own.subjects)}

    def place(subject: Subject) -> tuple[str, ...]:
        codes = [subject.code]
        while (above := parents[codes[-1]]) is not None:
            codes.append(above)
        return tuple(reversed(codes))

    merged = tuple(sorted((*base, *own.subjects), key=place))
    provenance = f"{base.provenance}; with additions from {path.name}"
    return Tree(own.scheme, own.year, merged, provenance)


def _base(text: str, path: Path) -> Tree | None:
    head = read_head(text.splitlines())
    if "extends" not in head:
        return None
    try:
        return tree(Scheme(head.get("scheme", "")), int(head["extends"]))
    except (ValueError, GovBudgetError) as error:
        hint = f"write '# extends: 2024' with one of the editions at hand ({error})"
        raise GovBudgetError(f"nothing to extend: {head['extends']}", place=path, hint=hint) from None


def grow(edition: EditionText) -> Tree:
    """Make a tree of the rows of a file."""
    return Tree(edition.scheme, edition.year, edition.subjects, edition.head.get("provenance", ""))
