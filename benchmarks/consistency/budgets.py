"""Generated budgets as systems: every cell a figure, every whole a sum of its parts, every repeat an equality."""

from __future__ import annotations

import random
from collections.abc import Sequence

import attrs

from govbudget.classification import Scheme, tree
from govbudget.consistency import Cell, Known, Plan, Relation, System, Verdict, check, same, sum_of, system
from govbudget.invariants import audit
from govbudget.invariants.context import context
from govbudget.invariants.joint import joint, spot
from govbudget.invariants.surroundings import surroundings
from govbudget.model import AXIS_INDEX, Disclosure, Key, Use, as_key, figures
from govbudget.model.axes import parent
from govbudget.money import Amount, MoneyUnit
from govbudget.testing.press import Leaf, publish


@attrs.frozen
class Budget:
    """A budget as a system, with the cell of each figure, its printed text and the unit it counts in."""

    system: System
    cells: tuple[Cell | None, ...]
    texts: tuple[str, ...]
    units: tuple[int, ...]

    def line(self, figure: int) -> list[int]:
        """The figures of the same line, from left to right."""
        own = self.cells[figure]
        if own is None:
            return []
        found = [(c.column, i) for i, c in enumerate(self.cells) if c and c[:2] == own[:2]]
        return [i for _, i in sorted(found)]

    def columns(self, one: int, other: int) -> list[tuple[int, int]]:
        """The figures of two columns, line by line."""
        a, b = self.cells[one], self.cells[other]
        assert a
        assert b
        found: dict[int, dict[int, int]] = {}
        for i, c in enumerate(self.cells):
            if c and c.block == a.block:
                found.setdefault(c.line, {})[c.column] = i
        return [(line[a.column], line[b.column]) for line in found.values() if {a.column, b.column} <= line.keys()]


def leaves(rng: random.Random, count: int, most: int = 10**10) -> list[Leaf]:
    """Exact money at random subjects."""
    functional = [s.code for s in tree(Scheme.FUNCTIONAL, 2024) if s.level == 3]
    economic = [s.code for s in tree(Scheme.DEPARTMENT_ECONOMIC, 2024) if s.level == 2]
    subjects = rng.sample(functional, min(12, 2 + count // 4))
    found = []
    for _ in range(count):
        use = rng.choice([Use.PERSONNEL, Use.RUNNING, Use.PROJECT])
        own = {Use.PERSONNEL: ("301", "303"), Use.RUNNING: ("302",)}.get(use, ())
        found.append(
            Leaf(
                functional=rng.choice(subjects),
                use=use,
                fen=rng.randint(1, most),
                economic=rng.choice([c for c in economic if c[:3] in own]) if own else "",
                project="" if own else rng.choice(["信息化运维", "困难帮扶", "课题研究"]),
            )
        )
    return found


def budget(seed: int, count: int = 40) -> Budget:
    """A published budget, every figure rounded by itself."""
    rng = random.Random(seed)
    return as_budget(publish(leaves(rng, count), unit=MoneyUnit.WAN_YUAN, places=2))


def as_budget(disclosure: Disclosure) -> Budget:
    """Make the system of a disclosure."""
    known: list[Known | None] = []
    cells: list[Cell | None] = []
    blocks: dict[tuple[int, int], int] = {}
    texts: list[str] = []
    relations: list[Relation] = []
    first: dict[Key, int] = {}
    for t, table in enumerate(disclosure.tables):
        lanes: dict[int, list[tuple[int, Key]]] = {}
        for figure in figures(table):
            number = len(known)
            key = tuple(as_key(figure.at))
            cell = figure.cell
            known.append(Known(cell.fen, *cell.bounds) if isinstance(cell, Amount) else None)
            texts.append(str(cell.decimal) if isinstance(cell, Amount) else "")
            block = blocks.setdefault((t, figure.lane), len(blocks))
            cells.append(Cell(block, figure.line, figure.column, key))
            lanes.setdefault(figure.lane, []).append((number, key))
            if first.setdefault(key, number) != number:
                relations.append(same(first[key], number))
        for lane in lanes.values():
            relations += _families(lane)
    units = [table.unit.fen for table in disclosure.tables for _ in figures(table)]
    return Budget(system(Plan(len(known), tuple(relations)), known), tuple(cells), tuple(texts), tuple(units))


def published(disclosure: Disclosure) -> Budget:
    """Make the system that an audit makes of a disclosure, narrative and all, without what cannot stand in it."""
    context_ = context(disclosure)
    compared = [c for c in audit(disclosure, diagnosis=False).comparisons if c.verdict is not Verdict.VIOLATED]
    made = joint(compared)
    while proofs := check(made.system).violations:
        wrong = {source for proof in proofs for relation in proof.relations for source in made.sources[relation]}
        compared = [c for number, c in enumerate(compared) if number not in wrong]
        made = joint(compared)
    around = surroundings(context_)
    amounts = [operand.amount for operand in made.operands]
    cells = tuple(around.cells.get(spot(operand)) for operand in made.operands)
    # A blank counts in the unit of its table.
    shown = [(cell, amount) for cell, amount in zip(cells, amounts, strict=True) if amount is not None]
    units = {cell.block: amount.unit.fen for cell, amount in shown if cell is not None}
    usual = MoneyUnit.YUAN.fen
    return Budget(
        made.system,
        cells,
        tuple("" if amount is None else str(amount.decimal) for amount in amounts),
        tuple(
            amount.unit.fen if amount is not None else units.get(cell.block, usual) if cell else usual
            for cell, amount in zip(cells, amounts, strict=True)
        ),
    )


def _families(lane: Sequence[tuple[int, Key]]) -> list[Relation]:
    found = []
    for index in AXIS_INDEX.values():
        groups: dict[Key, dict[object, int]] = {}
        for number, key in lane:
            groups.setdefault(key[:index] + key[index + 1 :], {}).setdefault(key[index], number)
        for group in groups.values():
            parts: dict[object, list[int]] = {}
            for node, number in group.items():
                above = parent(node)  # type: ignore[arg-type]
                while above is not None and above not in group:
                    above = parent(above)
                if above is not None:
                    parts.setdefault(above, []).append(number)
            found += [sum_of(group[node], numbers) for node, numbers in parts.items()]
    return found


def exact_budget(seed: int, count: int = 40) -> Budget:
    """The same money published to the 分."""
    rng = random.Random(seed)
    return as_budget(publish(leaves(rng, count), unit=MoneyUnit.YUAN, places=2))
