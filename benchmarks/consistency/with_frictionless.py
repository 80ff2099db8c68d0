"""The sums of a document as frictionless checks over resources, in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

import attrs
from forms import Form, Rule
from frictionless import Check, Checklist, Resource, Schema, errors, fields
from frictionless.checks import row_constraint

from govbudget.consistency import Relation

Job = Callable[[], set[int]]
"""Validates once and returns the relations objected to (all of a rule where an error speaks of the rule only)."""


@attrs.define(kw_only=True, repr=False)
class Down(Check):
    """Lines add up to a line, in several columns."""

    type = "down"
    Errors: ClassVar = [errors.TableError]
    number: int = 0
    rule: Rule | None = None
    _seen: dict[int, list[int]] = attrs.field(factory=dict, init=False)

    def validate_start(self) -> Iterable[object]:
        self._seen.clear()
        yield from ()

    def validate_row(self, row: dict[str, int]) -> Iterable[object]:
        rule = self.rule
        assert rule is not None
        line = row["line"]
        if line == rule.total or line in rule.parts:
            self._seen[line] = [row[f"c{c}"] for c in rule.along]
        yield from ()

    def validate_end(self) -> Iterable[object]:
        rule = self.rule
        assert rule is not None
        sums = map(sum, zip(*(self._seen[part] for part in rule.parts), strict=True))
        if any(2 * abs(a - b) >= rule.most for a, b in zip(self._seen[rule.total], sums, strict=True)):
            yield errors.TableError(note=f"rule {self.number}")


def by_table(form: Form, values: Sequence[int]) -> Job:
    """As one writes it by hand: a resource for each table, row constraints along lines, checks of one's own down."""
    made = []
    for table, rules in form.rules.items():
        columns = ["line", *(f"c{c}" for c in form.columns(table))]
        schema = Schema(fields=[fields.IntegerField(name=column) for column in columns])
        checks: list[Check] = []
        for number, rule in enumerate(rules):
            if rule.down:
                checks.append(Down(number=number, rule=rule))
            else:
                # no abs: the language of formulas has none
                parts = " + ".join(f"c{c}" for c in rule.parts)
                held = f"-{rule.most} < 2 * (c{rule.total} - ({parts})) < {rule.most}"
                lines = ", ".join(map(str, rule.along))
                checks.append(row_constraint(formula=f"line not in [{lines}] or {held}"))
        made.append(([columns, *form.rows(table, values)], schema, Checklist(checks=checks), rules))
    pairs = [["one", "other"], *([values[a], values[b]] for a, b in form.ties)]
    tied = Checklist(checks=[row_constraint(formula="-2 < 2 * (one - other) < 2")])
    pair = Schema(fields=[fields.IntegerField(name="one"), fields.IntegerField(name="other")])

    def run() -> set[int]:
        found: set[int] = set()
        for data, schema, checklist, rules in made:
            for error in _errors(data, schema, checklist):
                if error.type == "row-constraint":
                    line = data[error.row_number - 1][0]
                    rule = next(
                        r
                        for r in rules
                        if not r.down
                        and f"c{r.total} - (" in error.note
                        and line in r.along
                        and " + ".join(f"c{c}" for c in r.parts) + ")" in error.note
                    )
                    found.add(rule.relations[rule.along.index(line)])
                else:
                    found.update(rules[int(error.note.rpartition(" ")[2])].relations)
        found.update(form.tie_relations[error.row_number - 2] for error in _errors(pairs, pair, tied))
        return found

    return run


@attrs.define(kw_only=True, repr=False)
class Sums(Check):
    """All sums at the end of the table, by a plain loop."""

    type = "sums"
    Errors: ClassVar = [errors.TableError]
    relations: Sequence[Relation] = ()
    _values: list[int] = attrs.field(factory=list, init=False)

    def validate_start(self) -> Iterable[object]:
        self._values.clear()
        yield from ()

    def validate_row(self, row: dict[str, int]) -> Iterable[object]:
        self._values.append(row["value"])
        yield from ()

    def validate_end(self) -> Iterable[object]:
        values = self._values
        for number, (plus, minus, _) in enumerate(self.relations):
            if 2 * abs(sum([values[i] for i in plus]) - values[minus[0]]) > len(plus):
                yield errors.TableError(note=f"sum {number}")


def by_cell(relations: Sequence[Relation], values: Sequence[int]) -> Job:
    """All in one check: a resource of one column with a row for each figure."""
    data = [["value"], *([value] for value in values)]
    schema, checklist = (
        Schema(fields=[fields.IntegerField(name="value")]),
        Checklist(checks=[Sums(relations=relations)]),
    )
    return lambda: {int(error.note.rpartition(" ")[2]) for error in _errors(data, schema, checklist)}


def _errors(data: list[list[object]], schema: Schema, checklist: Checklist) -> Sequence[errors.Error]:
    report = Resource(data=data, schema=schema).validate(checklist)
    assert not report.errors, report.errors
    return report.tasks[0].errors
