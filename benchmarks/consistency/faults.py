"""Faults put into a budget: what a slip of the hand makes of one figure, or of a line or column at once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import attrs
from budgets import Budget

from govbudget.consistency import Known, Plan, Relation, System
from govbudget.consistency.slips import value_of
from govbudget.money import MoneyUnit

SINGLE = ("digit swap", "wrong digit", "dropped digit", "sign", "unit")
LINES = ("shifted row", "swapped columns", "duplicated row", "missing row")


@attrs.frozen
class Faulty:
    """A budget with a fault: the figures that are wrong, and what they were."""

    kind: str
    budget: Budget
    wrong: tuple[int, ...]
    missing: tuple[int, ...] = ()  # relations that lost a part
    alike: tuple[int, ...] = ()  # the line that a doubled line repeats: which of the two is one too many cannot be told


def spoiled(budget: Budget, rng: random.Random, kind: str) -> Faulty | None:
    """A fault of a kind at a random place; ``None`` where the place does not allow it."""
    if kind in SINGLE:
        touching = budget.system.plan.shape.touching
        figure = rng.choice([i for i, text in enumerate(budget.texts) if text and touching[i] and budget.cells[i]])
        text = _slip(budget.texts[figure], budget.units[figure], rng, kind)
        if text is None:
            return None
        found = _printed(budget, {figure: text})
        same = found.system.values[figure] == budget.system.values[figure]  # 0 and -0, 1.0 and 1
        return None if same else Faulty(kind, found, (figure,))
    if kind in ("double", "triple"):
        found, wrong = budget, set[int]()
        for _ in range(2 if kind == "double" else 3):
            one = spoiled(found, rng, rng.choice(SINGLE))
            if one is None or one.wrong[0] in wrong:
                return None
            found, wrong = one.budget, wrong | set(one.wrong)
        return Faulty(kind, found, tuple(sorted(wrong)))
    return _lines(budget, rng, kind)


def _slip(text: str, unit: int, rng: random.Random, kind: str) -> str | None:
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    at = rng.randrange(len(digits))
    i = digits[at]
    if kind == "digit swap":
        if at + 1 == len(digits) or text[i] == text[digits[at + 1]]:
            return None
        out = list(text)
        out[i], out[digits[at + 1]] = out[digits[at + 1]], out[i]
        return "".join(out)
    if kind == "wrong digit":
        return text[:i] + rng.choice([d for d in "0123456789" if d != text[i]]) + text[i + 1 :]
    if kind == "dropped digit":
        out = text[:i] + text[i + 1 :]
        return out if i < (text + ".").index(".") and out and out[0] != "." else None
    if kind == "sign":
        return text[1:] if text.startswith("-") else "-" + text
    whole, _, part = text.partition(".")
    if unit == MoneyUnit.YUAN.fen:  # 万元 with two decimals, in a table that counts 元
        cut = (int(whole) + 50) // 100
        return f"{cut // 100}.{cut % 100:02d}" if cut else None
    # printed in 元, as it came out of the ledger
    return f"{whole}{part.ljust(2, '0')}{rng.randrange(100):02d}.{rng.randrange(100):02d}"


def _printed(budget: Budget, texts: dict[int, str]) -> Budget:
    values, lows, highs = list(budget.system.values), list(budget.system.lows), list(budget.system.highs)
    every = list(budget.texts)
    for figure, text in texts.items():
        read = value_of(text, budget.units[figure]) if text else (0, 0, 0)
        assert read is not None
        values[figure], lows[figure], highs[figure] = read
        every[figure] = text
    blanks = frozenset(i for i, text in enumerate(every) if not text)
    system = System(budget.system.plan, tuple(values), tuple(lows), tuple(highs), blanks)
    return attrs.evolve(budget, system=system, texts=tuple(every))


def _lines(budget: Budget, rng: random.Random, kind: str) -> Faulty | None:
    start = rng.choice([i for i, text in enumerate(budget.texts) if text and budget.cells[i]])
    if kind == "shifted row":
        line = budget.line(start)
        if len(line) < 3:
            return None
        texts = {a: budget.texts[b] for a, b in zip(line, [line[-1], *line[:-1]], strict=True)}
        wrong = tuple(i for i in line if texts[i] != budget.texts[i])
        return Faulty(kind, _printed(budget, texts), wrong) if wrong else None
    if kind == "swapped columns":
        line = budget.line(start)
        if len(line) < 3:
            return None
        pairs = budget.columns(*rng.sample(line, 2))
        texts = {a: budget.texts[b] for a, b in pairs} | {b: budget.texts[a] for a, b in pairs}
        wrong = tuple(i for i in sorted(texts) if texts[i] != budget.texts[i])
        return Faulty(kind, _printed(budget, texts), wrong) if wrong else None
    return _row(budget, budget.line(start), kind)


def _row(budget: Budget, line: Sequence[int], kind: str) -> Faulty | None:
    """Leave a leaf row out, or let it stand there twice, with every sum of its column that held it."""
    plan = budget.system.plan
    inside = set(line)
    if len({budget.cells[i].column for i in line if budget.cells[i]}) < len(line):  # type: ignore[union-attr]
        return None  # a number of the narrative
    if any(
        r.minus and r.minus[0] in inside and not inside.issuperset(r.plus) for r in plan.relations if len(r.plus) > 1
    ):
        return None  # its figures are totals of other rows: it is no leaf
    if kind == "missing row":
        rules, missing = [], []
        for plus, minus, ordered in plan.relations:
            kept = tuple(i for i in plus if i not in inside)
            if not kept or inside.intersection(minus):
                continue
            if kept != plus:
                missing.append(len(rules))
            rules.append(Relation(kept, minus, ordered))
        if not missing:
            return None
        system = attrs.evolve(budget.system, plan=Plan(plan.size, tuple(rules)))
        return Faulty(kind, attrs.evolve(budget, system=system), (), tuple(missing))
    new = {figure: plan.size + n for n, figure in enumerate(line)}
    rules, hit = [], False
    for plus, minus, ordered in plan.relations:
        extra = tuple(new[i] for i in plus if i in inside)
        if minus and minus[0] in inside:
            if inside.issuperset(plus):
                rules.append(Relation(extra, (new[minus[0]],), ordered))
            extra = ()
        elif len(plus) == 1:
            extra = ()  # the same figure in two tables: the second copy is nobody's match
        hit = hit or bool(extra)
        rules.append(Relation(plus + extra, minus, ordered))
    if not hit:
        return None
    s = budget.system
    copies = [Known(s.values[i], s.lows[i] or 0, s.highs[i] or 0) for i in line]
    system = System(
        Plan(plan.size + len(line), tuple(rules)),
        s.values + tuple(k.value for k in copies),
        s.lows + tuple(k.low for k in copies),
        s.highs + tuple(k.high for k in copies),
        s.blanks | {new[i] for i in line if i in s.blanks},
    )
    own = [cell for i in line if (cell := budget.cells[i])]
    last = 1 + max(cell.line for cell in budget.cells if cell and cell.block == own[0].block)
    cells = budget.cells + tuple(cell._replace(line=last) for cell in own)
    texts = budget.texts + tuple(budget.texts[i] for i in line)
    units = budget.units + tuple(budget.units[i] for i in line)
    return Faulty(kind, Budget(system, cells, texts, units), tuple(new.values()), alike=tuple(line))
