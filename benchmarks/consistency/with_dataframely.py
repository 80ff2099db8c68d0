"""The sums of a document as dataframely schemas over polars frames, in three ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import dataframely as dy
import polars as pl
from forms import Form, Rule

from govbudget.consistency import Relation

Job = Callable[[], set[int]]
"""Validates once and returns the relations objected to (all of a rule where a rule speaks of the whole frame)."""


def _schema(name: str, columns: Sequence[str], rules: dict[str, pl.Expr]) -> type[dy.Schema]:
    body: dict[str, object] = {column: dy.Int64() for column in columns}
    for rule, expr in rules.items():
        body[rule] = dy.rule()(lambda _, expr=expr: expr)
    return type(name, (dy.Schema,), body)


def by_table(form: Form, values: Sequence[int]) -> Job:
    """As one writes it by hand: a schema for each table, a rule of the schema for each rule of the table."""
    made = []
    for table, rules in form.rules.items():
        columns = ["line", *(f"c{c}" for c in form.columns(table))]
        frame = pl.DataFrame(form.rows(table, values), schema=dict.fromkeys(columns, pl.Int64), orient="row")
        schema = _schema(f"T{table}", columns, {f"r{n}": _expr(rule) for n, rule in enumerate(rules)})
        made.append((schema, frame, rules))
    pairs = pl.DataFrame(
        [(n, values[a], values[b]) for n, (a, b) in enumerate(form.ties)], schema=["n", "one", "other"], orient="row"
    )
    tied = _schema("Ties", pairs.columns, {"tie": 2 * (pl.col("one") - pl.col("other")).abs() < 2})

    def run() -> set[int]:
        found: set[int] = set()
        for schema, frame, rules in made:
            _, failed = schema.filter(frame)
            if len(failed):
                for row in failed.details().iter_rows(named=True):
                    for number, rule in enumerate(rules):
                        if row[f"r{number}"] == "invalid":
                            here = [rule.relations[rule.along.index(row["line"])]] if not rule.down else rule.relations
                            found.update(here)
        _, failed = tied.filter(pairs)
        if len(failed):
            found.update(form.tie_relations[n] for n in failed.invalid()["n"])
        return found

    return run


def _expr(rule: Rule) -> pl.Expr:
    if not rule.down:
        parts = pl.sum_horizontal(f"c{c}" for c in rule.parts)
        return (2 * (pl.col(f"c{rule.total}") - parts).abs() < rule.most) | ~pl.col("line").is_in(list(rule.along))
    held = []
    for column in (f"c{c}" for c in rule.along):
        total = pl.col(column).filter(pl.col("line") == rule.total).first()
        parts = pl.col(column).filter(pl.col("line").is_in(list(rule.parts))).sum()
        held.append(2 * (total - parts).abs() < rule.most)
    return pl.all_horizontal(held)


def by_sum(relations: Sequence[Relation], values: Sequence[int]) -> Job:
    """A rule for each sum over one row of all figures, so that a failure names the sum."""
    columns = [f"f{i}" for i in range(len(values))]
    frame = pl.DataFrame([list(values)], schema=dict.fromkeys(columns, pl.Int64), orient="row")
    rules = {
        f"r{n}": 2 * (pl.col(f"f{minus[0]}") - pl.sum_horizontal(f"f{i}" for i in plus)).abs() < len(plus) + 1
        for n, (plus, minus, _) in enumerate(relations)
    }
    schema = _schema("Wide", columns, rules)

    def run() -> set[int]:
        _, failed = schema.filter(frame)
        return {int(name[1:]) for name in failed.counts()} if len(failed) else set()

    return run


def by_term(relations: Sequence[Relation], values: Sequence[int]) -> Job:
    """All in one rule: a row for each term of each sum, made beforehand, added up by groups."""
    rows = [
        (n, sign * values[i], len(plus) + 1)
        for n, (plus, minus, _) in enumerate(relations)
        for sign, figures in ((1, plus), (-1, minus))
        for i in figures
    ]
    frame = pl.DataFrame(rows, schema=["sum", "term", "most"], orient="row")
    schema = _schema("Terms", frame.columns, {"sums": 2 * pl.col("term").sum().over("sum").abs() < pl.col("most")})

    def run() -> set[int]:
        _, failed = schema.filter(frame)
        return set(failed.invalid()["sum"].to_list()) if len(failed) else set()

    return run
