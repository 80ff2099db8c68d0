"""Tables of a sketch: a head in brackets, a line of headers, lines of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from govbudget.errors import GovBudgetError
from govbudget.invariants.sketch.coordinates import AT_OF, at
from govbudget.model import (
    BodyHead,
    ChangeColumn,
    Column,
    Coordinate,
    Entry,
    Head,
    Lane,
    Line,
    Note,
    ProjectHead,
    PurchaseHead,
    Resolved,
    SubjectHead,
    Table,
    TableKind,
    Total,
    combine,
    key_depth,
)
from govbudget.money import Amount, Mark, MoneyUnit, Percent, parse_cell
from govbudget.place import Place

Numbered = tuple[int, str]
"""A line of the sketch with its number."""

_HEAD = re.compile(
    r"\[(?:(?P<number>\d+) +)?(?P<kind>[a-z_]+)(?: +(?P<unit>亿元|万元|千元|元))?(?: *: *(?P<at>.*))?\]"
    r"(?: +(?P<title>[^@]+?))?(?: +@(?P<body>.+))?"
)
_SUBJECT = re.compile(r"(?P<code>\d{3}(?:\d\d){0,2}(?:~\S+)?) +(?P<name>.+)")


def table(lines: Sequence[Numbered], base: Coordinate, unit: MoneyUnit, organization: str, document: str) -> Table:
    """Return the table that ``lines`` sketch; the first of them is its head.

    Raises:
        GovBudgetError: a line does not fit.
    """
    number, first = lines[0]
    match = _HEAD.fullmatch(first)
    if match is None:
        raise GovBudgetError(f"{first!r} is no head of a table", hint="such as [3 expenditure 万元: fiscal]")
    kinds = {kind.value: kind for kind in TableKind}
    if match["kind"] not in kinds:
        raise GovBudgetError(f"there is no table {match['kind']!r}", hint=f"tables are {', '.join(kinds)}")
    kind = kinds[match["kind"]]
    unit = MoneyUnit(match["unit"]) if match["unit"] else unit
    own = at(f"{AT_OF[kind]} {match['at'] or ''}", base)
    printed = int(match["number"]) if match["number"] else None
    place = Place(document=document, table=printed, line=number)
    notes = tuple(
        Note(text=text, place=Place(document=document, table=printed, line=n))
        for n, text in lines[1:]
        if text.startswith("注")
    )
    rows = [(n, text) for n, text in lines[1:] if not text.startswith("注")]
    axis = _AXIS_OF.get(kind, "functional")
    blocks = [_Block(rows=block, at=own, unit=unit, organization=organization, axis=axis) for block in _lanes(rows)]
    lanes, column = [], 1
    for block in blocks:
        lanes.append(_lane(block, column, 2))
        column += len(lanes[-1].columns) + 1
    return Table(
        kind=kind,
        number=printed,
        title=match["title"] or kind.value,
        organization=match["body"] or organization,
        unit=unit,
        lanes=tuple(lanes),
        notes=notes,
        place=place,
    )


@attrs.frozen(kw_only=True)
class _Block:
    rows: Sequence[Numbered]
    at: Coordinate
    unit: MoneyUnit
    organization: str
    axis: str


def _lanes(rows: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    block: list[Numbered] = []
    for row in rows:
        if row[1].startswith("--") and block:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _lane(block: _Block, left: int, top: int) -> Lane:
    rows, own, below, title = list(block.rows), block.at, Coordinate(), ""
    if rows[0][1].startswith("--"):
        title, _, words = rows.pop(0)[1].removeprefix("--").partition(":")
        words, _, lines = words.partition(";")
        own, below, title = at(words, own), at(lines), title.strip()
    if not rows:
        return Lane(title=title, at=own)
    headers = rows.pop(0)[1].split("|")[1:]
    columns = tuple(_column(text, left + i) for i, text in enumerate(headers, 1) if "=>" not in text)
    changes = tuple(_change(text, left + i) for i, text in enumerate(headers, 1) if "=>" in text)
    compares = ["=>" in text for text in headers]
    made = [_line(row, top + i, block, below, compares) for i, row in enumerate(rows)]
    if changes:
        rates = [change.rate for change in changes]
        made = [_compared(line, row, rates, compares, block.unit) for line, row in zip(made, rows, strict=True)]
    heads = {_AXIS.get(type(line.head), "") for line in made if not isinstance(line.head, Total | Entry)}
    subjects = ["functional" if line.at.functional else "economic" for line in made if type(line.head) is SubjectHead]
    axis = next(iter(subjects[:1] or heads), "" if made else block.axis)
    return Lane(title=title, axis=axis, at=own, columns=columns, changes=changes, lines=tuple(made))


_AXIS_OF = {
    TableKind.GENERAL_BASIC: "economic",
    TableKind.FISCAL_BASIC: "economic",
    TableKind.AGENCY_RUNNING: "economic",
    TableKind.THREE_PUBLIC: "entity",
    TableKind.PROJECT: "project",
    TableKind.PERFORMANCE: "project",
    TableKind.PROCUREMENT: "purchase",
}
"""The axis of a table without lines; other kinds run along the functional classification."""

_AXIS: dict[type, str] = {BodyHead: "entity", ProjectHead: "project", PurchaseHead: "purchase"}


def _column(text: str, index: int) -> Column:
    name, _, words = text.partition("=")
    return Column(header=tuple(level.strip() for level in name.split(">")), at=at(words), index=index)


def _change(text: str, index: int) -> ChangeColumn:
    """增减额 => 2023 execution, and 增减% =>% 2023 execution."""
    name, _, words = text.partition("=>")
    header = tuple(level.strip() for level in name.split(">"))
    return ChangeColumn(header=header, base=at(words.removeprefix("%")), index=index, rate=words.startswith("%"))


def _compared(line: Line, row: Numbered, rates: Sequence[bool], compares: Sequence[bool], unit: MoneyUnit) -> Line:
    """The line with the cells that compare it with another year."""
    cells = [cell.strip() for cell, other in zip(row[1].split("|")[1:], compares, strict=True) if other]
    values: list[int | Mark] = []
    places: list[int] = []
    for text, rate in zip(cells, rates, strict=True):
        percent = Percent.parse(text) if rate and text else None
        found = parse_cell("" if rate else text, unit)
        amount = found if isinstance(found, Amount) else None
        values.append(percent.digits if percent else amount.fen if amount else Mark.BLANK)
        places.append(percent.places if percent else amount.places if amount else 0)
    return attrs.evolve(line, changes=tuple(values), change_places=tuple(places))


def _line(row: Numbered, index: int, block: _Block, below: Coordinate, compares: Sequence[bool]) -> Line:
    number, text = row
    label, *cells = [cell.strip() for cell in text.split("|")]
    if len(cells) != len(compares):
        raise GovBudgetError(f"line {number} has {len(cells)} cells for {len(compares)} columns: {text!r}")
    values = [parse_cell(cell, block.unit) for cell, other in zip(cells, compares, strict=True) if not other]
    head, name, where = _head(label, block.organization)
    return Line(
        label=name,
        head=head,
        at=combine(below, where),
        values=tuple(v.fen if isinstance(v, Amount) else v for v in values),
        places=tuple(v.places if isinstance(v, Amount) else 0 for v in values),
        row=index,
        line=number,
    )


def _head(label: str, organization: str) -> tuple[Head, str, Coordinate]:
    name, equals, words = (part.strip() for part in label.partition("="))
    if equals:
        return Entry(), name, at(words)
    if label.startswith("@"):
        return BodyHead(label[1:]), label[1:], Coordinate(entity=label[1:])
    if label.startswith("#"):
        project = label[1:]
        return (
            ProjectHead(organization=organization, name=project),
            organization,
            Coordinate(project=f"{organization}/{project}"),
        )
    if label.startswith("$"):
        parts = label[1:].split("/")
        programme, subject, thing = (*parts, "", "")[:3]
        return (
            PurchaseHead(programme=programme, subject=subject, thing=thing),
            parts[-1],
            Coordinate(purchase="/".join(parts)),
        )
    match = _SUBJECT.fullmatch(label)
    if match is None:
        return Total(), label, Coordinate()
    code = match["code"]
    head = SubjectHead(key=code, level=key_depth(code), resolved=Resolved.UNKNOWN if "~" in code else Resolved.YES)
    return head, match["name"], Coordinate(functional=code) if code[0] == "2" else Coordinate(economic=code)
