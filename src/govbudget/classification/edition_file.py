"""The text form of an edition: read it, check it, and say what to mend.

A file has a head of ``# key: value`` lines and then one row per subject, cells separated by tabs::

    # scheme: functional
    # year: 2024
    # columns: code name standing since until years sources
    201	一般公共服务支出	attested			2017-2019,2023-2025	SH-PDF02-2024

Only ``code`` and ``name`` are needed; a column ``parent`` may say what a code stands under when that is not the
next shorter code of the file. Years are lists of years and spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter

import attrs

from govbudget.classification.scheme import Scheme, Standing
from govbudget.classification.subject import Subject
from govbudget.errors import GovBudgetError
from govbudget.text import fold

COLUMNS = ("code", "name", "standing", "since", "until", "years", "sources", "parent")
_STANDINGS = {standing.value: standing for standing in Standing}


@attrs.frozen
class EditionText:
    """What a file holds, before it is indexed.

    Attributes:
        scheme: the list.
        year: the edition.
        subjects: the rows in file order.
        head: the head of the file, key by key.
        lines: the line of each row.
    """

    scheme: Scheme
    year: int
    subjects: tuple[Subject, ...]
    head: dict[str, str] = attrs.field(hash=False)
    lines: tuple[int, ...] = ()


def parse_edition(text: str, *, name: str = "<text>", base: Mapping[str, int] | None = None) -> EditionText:
    r"""Read the text of an edition file.

    Args:
        text: the whole text.
        name: what to call the file in errors.
        base: codes that stand already, with their levels, if the file only adds to them.

    Returns:
        The rows and the head.

    Raises:
        GovBudgetError: with file and line, and what to mend.

    >>> text = "# scheme: functional\n# year: 2024\n901\t本单位支出\n90101\t业务费\n"
    >>> parse_edition(text).subjects[1].parent
    '901'
    >>> parse_edition(text + "90101\t重复\n", name="own.tsv")
    Traceback (most recent call last):
    ...
    govbudget.errors.GovBudgetError: code 90101 stands twice [own.tsv:5] — it is already on line 4; remove one
    """
    lines = text.splitlines()
    head = read_head(lines)
    scheme, year = _scheme(head, name), _year(head, name)
    columns = head.get("columns", "code name").split()
    wrong = [column for column in columns if column not in COLUMNS]
    if wrong or columns[:2] != ["code", "name"]:
        hint = f"the columns are code name and then any of {' '.join(COLUMNS[2:])}"
        raise GovBudgetError(f"unknown columns: {' '.join(columns)}", place=name, hint=hint)
    subjects: list[Subject] = []
    levels: dict[str, int] = dict(base or {})
    seen: dict[str, int] = dict.fromkeys(levels, 0)
    at = {column: index for index, column in enumerate(columns)}
    width = len(columns)
    blank = [""] * width
    pick = itemgetter(*(at.get(column, width) for column in COLUMNS))
    for number, line in enumerate(lines, start=1):
        if not line or line[0] == "#" or not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > width:
            hint = f"separate {width} cells by tabs: {' '.join(columns)}"
            raise GovBudgetError(f"{len(cells)} cells in a row", place=f"{name}:{number}", hint=hint)
        cells += blank[len(cells) :]
        cells.append("")
        code, title, standing, since, until, years, sources, parent = pick(cells)
        if code in seen:
            where = f"on line {seen[code]}; remove one" if seen[code] else "in the edition; take another code"
            hint = f"it is already {where}"
            raise GovBudgetError(f"code {code} stands twice", place=f"{name}:{number}", hint=hint)
        try:
            above = parent or _above(code, seen)
            level = levels[above] + 1 if above else 1
            subject = Subject(
                scheme,
                code,
                title,
                level,
                above,
                _STANDINGS[standing] if standing else Standing.UNVERIFIED,
                int(since) if since else None,
                int(until) if until else None,
                parse_years(years) if years else (),
                _ids(sources) if sources else (),
            )
        except (KeyError, ValueError) as error:
            raise GovBudgetError(
                f"row cannot be read: {line.strip()!r}",
                place=f"{name}:{number}",
                hint=_mend(code, title, standing, parent, seen) or str(error),
            ) from None
        if not code.isdigit() or not code.isascii() or not title:
            hint = _mend(code, title, standing, parent, seen)
            raise GovBudgetError(f"row cannot be read: {line.strip()!r}", place=f"{name}:{number}", hint=hint)
        seen[code] = number
        levels[code] = level
        subjects.append(subject)
    own = tuple(number for number in seen.values() if number)
    return EditionText(scheme, year, tuple(subjects), head, own)


def check_names(edition: EditionText, *, name: str, base: Iterable[Subject] = ()) -> None:
    """Refuse two subjects of one name under one parent, which no look-up by name could tell apart.

    Raises:
        GovBudgetError: with file and line.
    """
    known = {(subject.parent, fold(subject.name)): subject.code for subject in base}
    for subject, line in zip(edition.subjects, edition.lines, strict=True):
        other = known.setdefault((subject.parent, fold(subject.name)), subject.code)
        if other != subject.code:
            hint = f"give {subject.code} another name or leave it out"
            raise GovBudgetError(f"{subject.name} already stands there as {other}", place=f"{name}:{line}", hint=hint)


def write_years(years: Iterable[int]) -> str:
    """Write years as spans.

    >>> write_years([2017, 2018, 2019, 2024])
    '2017-2019,2024'
    """
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


@cache
def parse_years(text: str) -> tuple[int, ...]:
    """Read what :func:`write_years` writes.

    >>> parse_years("2017-2019,2024")
    (2017, 2018, 2019, 2024)
    """
    return tuple(_spans(text))


@cache
def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _spans(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _above(code: str, seen: dict[str, int]) -> str | None:
    """The longest shorter code of the file that ``code`` begins with."""
    if code[:-2] in seen:
        return code[:-2]
    for length in range(len(code) - 1, 0, -1):
        if code[:length] in seen:
            return code[:length]
    if len(code) > 3:
        raise KeyError(code[:3])
    return None


def read_head(lines: Iterable[str]) -> dict[str, str]:
    """Read the lines ``# key: value`` that a file begins with."""
    head: dict[str, str] = {}
    for line in lines:
        if not line.startswith("#"):
            break
        key, colon, value = line[1:].partition(":")
        if colon:
            head[key.strip()] = value.strip()
    return head


def _scheme(head: dict[str, str], name: str) -> Scheme:
    try:
        return Scheme(head.get("scheme", ""))
    except ValueError:
        known = ", ".join(scheme.value for scheme in Scheme)
        raise GovBudgetError(
            f"no scheme {head.get('scheme')!r}", place=name, hint=f"begin the file with '# scheme: …', one of {known}"
        ) from None


def _year(head: dict[str, str], name: str) -> int:
    try:
        return int(head["year"])
    except (KeyError, ValueError):
        raise GovBudgetError("no year", place=name, hint="begin the file with a line '# year: 2024'") from None


def _mend(code: str, title: str, standing: str, parent: str, seen: dict[str, int]) -> str:
    if not code.isdigit() or not code.isascii():
        return f"the code must be digits only, not {code!r}"
    if not title:
        return "a name must follow the code, after one tab"
    if standing and standing not in _STANDINGS:
        return f"the standing is one of {', '.join(_STANDINGS)}, not {standing!r}"
    if parent and parent not in seen:
        return f"put the parent {parent} on a line before {code}"
    if len(code) > 3 and not any(code[:length] in seen for length in range(len(code))):
        return f"put the row of {code[:3]} on a line before {code}"
    return "years are written 2017-2019,2024 and since, until as one year"
