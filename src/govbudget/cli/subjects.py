"""``govbudget subjects``: look into the classification of revenue and expenditure (政府收支分类科目)."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from govbudget.cli.common import CLEAN
from govbudget.errors import AmbiguousName, GovBudgetError, UnknownCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.text import Text

    from govbudget.classification import Change, Hit, Scheme, Subject, Tree
    from govbudget.cli.common import Commands

ALIASES = {"economic": "department_economic", "government": "government_economic"}
_FIRST = {"1": "revenue", "2": "functional", "3": "department_economic", "5": "government_economic"}


def add_to(commands: Commands) -> None:
    """Add the subcommand and its own subcommands."""
    parser = commands.add_parser(
        "subjects",
        help="look into the classification",
        description="Look into the classification of revenue and expenditure (政府收支分类科目), 2017 to 2026.",
        epilog="Behind a name: nothing where documents attest it, ? unverified, † known from before 2017 only. "
        "Exit status: 0 found, 2 nothing found.",
    )
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    shown = _part(parts, "tree", "draw an edition, or a branch of it", _tree)
    shown.add_argument("scheme", nargs="?", metavar="SCHEME", help=_SCHEMES)
    shown.add_argument("--depth", type=_count, metavar="N", help="levels to draw; below CODE with --under")
    shown.add_argument("--under", metavar="CODE", help="only this branch")
    _year(shown)
    found = _part(parts, "search", "find subjects by a part of a name or of a code", _search)
    found.add_argument("text", metavar="TEXT", help="part of a name, or the beginning of a code")
    found.add_argument("--scheme", metavar="SCHEME", help="only this list (default: all)")
    found.add_argument("--limit", type=_count, default=20, metavar="N", help="hits to show (default: 20)")
    _year(found)
    path = _part(parts, "path", "find the subject that a printed path means", _path)
    path.add_argument("printed", metavar="PRINTED_PATH", nargs="+", help="201-29-50, 301|2, names with （类）（款）, …")
    path.add_argument("--scheme", metavar="SCHEME", help="only this list (default: all)")
    _year(path)
    diff = _part(parts, "diff", "list what changed between two editions", _diff)
    diff.add_argument("years", nargs=2, type=int, metavar=("YEAR_A", "YEAR_B"), help="the older, the newer")
    diff.add_argument("--scheme", metavar="SCHEME", help="only this list (default: all)")
    told = _part(parts, "explain", "tell all that is known about a code", _explain)
    told.add_argument("code", metavar="CODE", help="a code in any printed form")
    _year(told, "the newest edition that holds the code")


_SCHEMES = "functional (default), economic, government, revenue, or a Chinese title"


def _part(parts: Commands, name: str, text: str, work: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of words around (default: zh)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    parser.set_defaults(run=work)
    return parser


def _year(parser: argparse.ArgumentParser, default: str = "the newest") -> None:
    parser.add_argument("--year", type=int, metavar="Y", help=f"edition (default: {default})")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on, not {text!r}")
    return int(text)


def _tree(arguments: argparse.Namespace) -> int:
    from govbudget.classification import lookup, select, selection
    from govbudget.cli.subject_views import subject_data, tree_view

    tree = _edition(_scheme_of(arguments.scheme, arguments.under), arguments.year)
    top = lookup(tree, arguments.under).code if arguments.under else None
    if arguments.format == "json":
        levels = arguments.depth and arguments.depth + (tree[top].level if top else 0)
        chosen = select(tree, under=top, where=lambda s: levels is None or s.level <= levels)
        return _json([subject_data(s) for s in selection(tree, chosen.codes)])
    return _text(tree_view(tree, top, arguments.depth, arguments.lang))


def _search(arguments: argparse.Namespace) -> int:
    from govbudget.classification import search
    from govbudget.cli.subject_views import hits_view, subject_data

    found: list[tuple[Tree, Hit]] = []
    for tree in _editions(arguments.scheme, arguments.year):
        found += [(tree, hit) for hit in search(tree, arguments.text)]
    found.sort(key=lambda pair: pair[1].rank)
    best = [pair for pair in found if pair[1].rank < 3] or found
    if not best:
        raise UnknownCode(f"nothing found for {arguments.text!r}", hint="try a shorter part of the name, or --year")
    if arguments.format == "json":
        return _json([{**subject_data(hit.subject, tree), "why": hit.why} for tree, hit in best[: arguments.limit]])
    return _text(hits_view(best, arguments.limit, arguments.lang))


def _path(arguments: argparse.Namespace) -> int:
    from govbudget.classification import lookup
    from govbudget.cli.subject_views import path_view, subject_data

    printed = arguments.printed[0] if len(arguments.printed) == 1 else arguments.printed
    found: list[tuple[Tree, Subject]] = []
    errors: list[GovBudgetError] = []
    for tree in _editions(arguments.scheme or _by_digit(arguments.printed[0]), arguments.year):
        try:
            found.append((tree, lookup(tree, printed)))
        except (UnknownCode, AmbiguousName) as error:
            errors.append(error)
    if not found:
        raise next((error for error in errors if isinstance(error, AmbiguousName)), errors[0])
    if arguments.format == "json":
        return _json([subject_data(subject, tree) for tree, subject in found])
    return _text(line for tree, subject in found for line in path_view(tree, subject, arguments.lang))


def _diff(arguments: argparse.Namespace) -> int:
    from govbudget.classification import Scheme, changes, years
    from govbudget.cli.subject_views import change_data, changes_view

    first, last = arguments.years
    found: list[tuple[Scheme, tuple[Change, ...] | None]] = []
    for scheme in [_scheme_of(arguments.scheme)] if arguments.scheme else list(Scheme):
        if arguments.scheme is None and min(first, last) not in years(scheme) and last in years(scheme):
            found.append((scheme, None))
        else:
            found.append((scheme, changes(scheme, first, last)))
    if arguments.format == "json":
        return _json([change_data(change) for _, known in found for change in known or ()])
    return _text(changes_view(found, first, last, arguments.lang))


def _explain(arguments: argparse.Namespace) -> int:
    from govbudget.classification import parse_path, spells, tree, years
    from govbudget.cli.subject_views import explain_data, explain_view

    code = parse_path(arguments.code).code
    if not code:
        raise UnknownCode(f"{arguments.code!r} is no code", hint=f"try: govbudget subjects search {arguments.code}")
    scheme = _scheme_of(None, code)
    lives = spells(scheme, code)
    year = arguments.year or lives[-1].last
    if year in years(scheme) and code not in tree(scheme, year):
        when = "; ".join(f"{life.first}–{life.last} {life.name}" for life in lives)
        raise UnknownCode(f"no code {code!r} in the {scheme.value} edition of {year}", hint=f"it stood {when}")
    edition = tree(scheme, year)
    if arguments.format == "json":
        return _json(explain_data(edition, code))
    return _text(explain_view(edition, code, arguments.lang))


# -- shared -----------------------------------------------------------------------------------------------------------


def _by_digit(text: str) -> str | None:
    from govbudget.text import fold

    return _FIRST.get(fold(text)[:1])


def _scheme_of(name: str | None, code: str | None = None) -> Scheme:
    from govbudget.classification.scheme import as_scheme

    return as_scheme(ALIASES.get(name, name) if name else _by_digit(code or "") or "functional")


def _edition(scheme: Scheme, year: int | None) -> Tree:
    from govbudget.classification import tree, years

    return tree(scheme, year if year is not None else years(scheme)[-1])


def _editions(name: str | None, year: int | None) -> list[Tree]:
    """The one list asked for, or all that have an edition of the year."""
    from govbudget.classification import Scheme, years

    if name:
        return [_edition(_scheme_of(name), year)]
    chosen = [scheme for scheme in Scheme if year is None or year in years(scheme)]
    return [_edition(scheme, year) for scheme in chosen or [Scheme.FUNCTIONAL]]


def _json(data: object) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=2))
    return CLEAN


def _text(lines: Iterable[Text]) -> int:
    """Print with colours on a terminal, else plainly; lines are never cut and have no blanks at their ends."""
    from rich.console import Console

    out = Console(highlight=False, soft_wrap=True)
    for line in _trimmed(lines):
        out.print(line) if out.is_terminal else print(line.plain)
    return CLEAN


def _trimmed(lines: Iterable[Text]) -> Iterator[Text]:
    for line in lines:
        line.rstrip()
        yield line
