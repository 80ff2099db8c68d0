"""The lines of all tables that stand for a subject, with what the edition of the year says of their codes."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from govbudget.classification import Scheme, Subject, edition_year, tree
from govbudget.classification.former import names_of_all_years
from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.rule import Operand
from govbudget.model import Lane, Line, Resolved, SubjectHead, Table
from govbudget.money import Mark
from govbudget.place import Place
from govbudget.text import fold, unnumbered

SCHEMES = {"functional": Scheme.FUNCTIONAL, "economic": Scheme.DEPARTMENT_ECONOMIC}


@attrs.frozen(kw_only=True)
class Printed:
    """A line for a subject.

    Attributes:
        table: the table it stands in.
        lane: its lane.
        list: which list of the document it belongs to: table and the axis and meaning of its lane.
        line: the line.
        scheme: the classification that its lane runs along.
        code: its code as far as the model knows it.
        name: its label, folded, without numbering.
        subject: the row of the edition nearest to the year, ``None`` where it has none.
    """

    table: Table
    lane: Lane
    list: tuple[int, str]
    line: Line
    scheme: Scheme
    code: str
    name: str
    subject: Subject | None

    @property
    def label(self) -> str:
        """Code and name as tables print them."""
        return f"{self.code} {self.name}"

    @property
    def depth(self) -> int:
        """1 for 类, 2 for 款, 3 for 项, by the digits of the code."""
        return (len(self.code) - 1) // 2

    @property
    def has_money(self) -> bool:
        """Whether a figure other than zero stands in the line."""
        return any(value and not isinstance(value, Mark) for value in self.line.values)

    @property
    def place(self) -> Place:
        """Where the line stands."""
        row, at = self.line.row or None, self.line.line or None
        page = self.line.page or self.table.place.page
        return Place(document=self.table.place.document, page=page, table=self.table.number, row=row, line=at)

    def operand(self, role: str = "name") -> Operand:
        """Return the line as an operand of a comparison."""
        return Operand(role=role, place=self.place, printed=self.label)


@gathered
def printed_subjects(ctx: Context) -> tuple[Printed, ...]:
    """Return every line whose subject is known by its code, in printed order."""
    return tuple(_printed(ctx))


def _printed(ctx: Context) -> Iterator[Printed]:
    year = ctx.disclosure.year
    editions = {axis: tree(scheme, edition_year(scheme, year)) for axis, scheme in SCHEMES.items()}
    for number, table in enumerate(ctx.disclosure.tables):
        for lane in table.lanes:
            edition = editions.get(lane.axis)
            if edition is None:
                continue
            for line in lane.lines:
                head = line.head
                if isinstance(head, SubjectHead) and head.resolved is Resolved.YES and "~" not in head.key:
                    yield Printed(
                        table=table,
                        lane=lane,
                        list=(number, f"{lane.axis} {lane.title}"),
                        line=line,
                        scheme=SCHEMES[lane.axis],
                        code=head.key,
                        name=unnumbered(fold(line.label)),
                        subject=edition.get(head.key),
                    )


def former_years(printed: Printed) -> tuple[int, ...]:
    """Return the editions in which the code bore the printed name; reads all of them, so ask only where need be."""
    return names_of_all_years(printed.scheme).get(printed.name, {}).get(printed.code, ())


def code_years(printed: Printed) -> tuple[int, ...]:
    """Return the editions that hold the code under whatever name."""
    names = names_of_all_years(printed.scheme).values()
    return tuple(sorted({year for codes in names for year in codes.get(printed.code, ())}))
