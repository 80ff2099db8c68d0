"""The sums of a document as pandera schemas over pandas frames, in three ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa
from forms import Form, Rule, Table

from govbudget.consistency import Relation

Job = Callable[[], set[int]]
"""Validates once and returns the relations objected to (all of a rule where a check speaks of the rule only)."""


def by_table(form: Form, values: Sequence[int]) -> Job:
    """As one writes it by hand: a schema for each table, a named dataframe check for each rule of it."""
    made = []
    for table, rules in form.rules.items():
        columns = [f"c{c}" for c in form.columns(table)]
        rows = form.rows(table, values)
        frame = pd.DataFrame([row[1:] for row in rows], index=[row[0] for row in rows], columns=columns, dtype="int64")
        schema = pa.DataFrameSchema(
            {column: pa.Column("int64") for column in columns},
            checks=[pa.Check(_check(rule), name=f"{number}") for number, rule in enumerate(rules)],
        )
        made.append((schema, frame, rules))
    pairs = pd.DataFrame([(values[a], values[b]) for a, b in form.ties], columns=["one", "other"], dtype="int64")
    tied = pa.DataFrameSchema(
        {"one": pa.Column("int64"), "other": pa.Column("int64")},
        checks=[pa.Check(lambda df: 2 * (df["one"] - df["other"]).abs() < 2, name="tie")],
    )

    def run() -> set[int]:
        found: set[int] = set()
        for schema, frame, rules in made:
            for name, index in _failures(schema, frame):
                rule = rules[int(name)]
                found.update(rule.relations if rule.down else [rule.relations[rule.along.index(index)]])
        found.update(form.tie_relations[index] for _, index in _failures(tied, pairs))
        return found

    return run


def _check(rule: Rule) -> Callable[[pd.DataFrame], object]:
    most = rule.most
    if rule.down:
        columns, parts, total = [f"c{c}" for c in rule.along], list(rule.parts), rule.total
        return lambda df: bool((2 * (df.loc[total, columns] - df.loc[parts, columns].sum()).abs() < most).all())
    names, whole, lines = [f"c{c}" for c in rule.parts], f"c{rule.total}", list(rule.along)

    def along(df: pd.DataFrame) -> pd.Series:
        held = 2 * (df[whole] - df[names].sum(axis=1)).abs() < most
        return held | ~df.index.isin(lines)

    return along


def by_sum(relations: Sequence[Relation], values: Sequence[int]) -> Job:
    """A check for each sum over one series of all figures, so that a failure names the sum."""
    series = pd.Series(values, dtype="int64")
    checks = [
        pa.Check(_single(list(plus), minus[0], len(plus) + 1), name=f"{number}")
        for number, (plus, minus, _) in enumerate(relations)
    ]
    schema = pa.SeriesSchema("int64", checks=checks)
    return lambda: {int(name) for name, _ in _failures(schema, series)}


def _single(parts: list[int], total: int, most: int) -> Callable[[pd.Series], bool]:
    return lambda s: bool(2 * abs(s.loc[total] - s.loc[parts].sum()) < most)


def by_matrix(relations: Sequence[Relation], values: Sequence[int]) -> Job:
    """Everything in one check: numpy adds up all sums at once, pandera calls it."""
    at = np.array([i for plus, minus, _ in relations for i in (*plus, *minus)])
    signs = np.array([s for plus, minus, _ in relations for s in [1] * len(plus) + [-1] * len(minus)])
    sizes = np.array([len(plus) + 1 for plus, _, _ in relations])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    off: list[np.ndarray] = []

    def check(s: pd.Series) -> bool:
        residuals = np.add.reduceat(s.to_numpy()[at] * signs, starts)
        held = 2 * np.abs(residuals) < sizes
        off.append(np.flatnonzero(~held))
        return bool(held.all())

    schema = pa.SeriesSchema("int64", checks=[pa.Check(check, name="sums")])
    series = pd.Series(values, dtype="int64")

    def run() -> set[int]:
        off.clear()
        _failures(schema, series)
        return set(off[0].tolist())

    return run


def _failures(schema: pa.DataFrameSchema | pa.SeriesSchema, data: object) -> list[tuple[str, Table]]:
    try:
        schema.validate(data, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return sorted(set(zip(cases["check"], cases["index"], strict=True)), key=str)
    return []
