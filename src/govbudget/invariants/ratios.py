"""Figures of the year by subject, and whether one stands to another as such figures usually do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from govbudget.consistency import Grade, Known, Verdict
from govbudget.invariants.context import Context, known, once
from govbudget.invariants.rule import Operand, Outcome, not_tested
from govbudget.invariants.words import witness_operand
from govbudget.model import Coordinate, Fact, Flow, Fund, Item, Period, Use, Via, key_depth


@attrs.frozen
class Money:
    """A sum of printed figures: what it allows, and the figures."""

    known: Known
    operands: tuple[Operand, ...]

    @property
    def words(self) -> str:
        """The figures as a sum."""
        shown = [operand.printed for operand in self.operands]
        return shown[0] if len(shown) == 1 else f"({' + '.join(shown)})"


def money(facts: Iterable[Fact | None], role: str) -> Money | None:
    """Return the sum of those of the facts that are there and not nothing; ``None`` where there is none."""
    found = [fact for fact in facts if fact is not None and fact.witnesses[0].amount.fen]
    if not found:
        return None
    ranges = [known(fact.witnesses[0].amount) for fact in found]
    total = Known(sum(r.value for r in ranges), sum(r.low for r in ranges), sum(r.high for r in ranges))
    return Money(total, tuple(witness_operand(fact.witnesses[0], fact.at, role) for fact in found))


def band(
    subject: str, part: Money | None, whole: Money | None, low: Fraction | None, high: Fraction | None
) -> Iterator[Outcome]:
    """Compare the ratio of two sums with what is usual; nothing where there is no part.

    The ratio is a range, as both sums are; only where all of it is out of the usual the comparison is violated.
    """
    if part is None:
        return
    if whole is None or whole.known.low <= 0 or part.known.low < 0:
        yield not_tested(subject, "no-base", *part.operands)
        return
    least = Fraction(part.known.low, whole.known.high)
    most = Fraction(part.known.high, whole.known.low)
    below, above = low is not None and most < low, high is not None and least > high
    share = Fraction(100 * part.known.value, whole.known.value)
    limits = f"{_percent(low)}–{_percent(high)}" if low is not None and high is not None else ""
    limits = limits or (f"≥ {_percent(low)}" if low is not None else f"≤ {_percent(high)}")
    yield Outcome(
        grade=Grade(Verdict.VIOLATED if below or above else Verdict.EXACT),
        subject=subject,
        operands=(*part.operands, *whole.operands),
        relation=f"{part.words} / {whole.words} = {_tenths(share)}%（通常 {limits}）",
    )


def _percent(value: Fraction | None) -> str:
    return f"{_tenths(100 * value)}%" if value is not None else ""


def _tenths(value: Fraction) -> str:
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


def per_piece(
    subject: str, amount: Fact | None, count: Operand, pieces: int, low: int | None, high: int | None, unit: str
) -> Iterator[Outcome]:
    """Compare what one piece costs, in 元, with what is usual; nothing where nothing is spent or counted."""
    if amount is None or not amount.witnesses[0].amount.fen or not pieces:
        return
    value = known(amount.witnesses[0].amount)
    above = high is not None and value.low > 100 * high * pieces
    below = low is not None and value.high < 100 * low * pieces
    each = value.value // (100 * pieces)
    limits = f"{low or 0:,}–{high:,}" if high is not None else f"≥ {low:,}"
    operand = witness_operand(amount.witnesses[0], amount.at, "amount")
    yield Outcome(
        grade=Grade(Verdict.VIOLATED if above or below else Verdict.EXACT),
        subject=subject,
        operands=(operand, count),
        relation=f"{operand.printed} / {pieces}{unit} = {each:,}元（通常 {limits}元）",
    )


def basic_subjects(ctx: Context) -> Mapping[str, Fact]:
    """Return what basic spending pays for each economic subject, of the general budget where a table prints it."""
    return once(ctx, _basic_subjects)


def _basic_subjects(ctx: Context) -> dict[str, Fact]:
    found: dict[str, tuple[int, Fact]] = {}
    for at, fact in ctx.facts.items():
        if not at.economic or at.functional or at.item is not Item.ALL or at.flow is not Flow.EXPENDITURE:
            continue
        rank = _rank(ctx, at, fact)
        if rank is not None and (at.economic not in found or rank < found[at.economic][0]):
            found[at.economic] = (rank, fact)
    return {code: fact for code, (_, fact) in found.items()}


_FUNDS = (Fund.GENERAL, Fund.FISCAL, Fund.ALL)
_USES = (Use.BASIC, Use.PERSONNEL, Use.RUNNING)


def _rank(ctx: Context, at: Coordinate, fact: Fact) -> int | None:
    own = (at.year, at.stage) == (ctx.disclosure.year, ctx.disclosure.stage)
    printed = fact.witnesses[0].via is Via.TABLE and bool(fact.witnesses[0].amount.fen)
    if not own or not printed or at.entity or at.project or at.use not in _USES or at.fund not in _FUNDS:
        return None
    return _FUNDS.index(at.fund) * len(_USES) + _USES.index(at.use)


def functional_subjects(ctx: Context) -> Mapping[str, Fact]:
    """Return what is spent on each functional subject, of the general budget where a table prints it.

    Basic spending is taken where it is printed, else all spending: what persons are paid stands in basic spending.
    """
    return once(ctx, _functional_subjects)


def _functional_subjects(ctx: Context) -> dict[str, Fact]:
    found: dict[str, tuple[int, Fact]] = {}
    uses = (Use.BASIC, Use.ALL)
    for at, fact in ctx.facts.items():
        if not at.functional or at.economic or at.flow is not Flow.EXPENDITURE or at.item is not Item.ALL:
            continue
        own = (at.year, at.stage) == (ctx.disclosure.year, ctx.disclosure.stage)
        printed = fact.witnesses[0].via is Via.TABLE and bool(fact.witnesses[0].amount.fen)
        if not own or not printed or at.use not in uses or at.fund not in _FUNDS or at.period is Period.CARRIED:
            continue
        rank = _FUNDS.index(at.fund) * len(uses) + uses.index(at.use)
        if at.functional not in found or rank < found[at.functional][0]:
            found[at.functional] = (rank, fact)
    return {code: fact for code, (_, fact) in found.items()}


def lowest(subjects: Mapping[str, Fact]) -> Sequence[Fact]:
    """Return the facts about subjects that no other subject stands under."""
    return [
        fact
        for code, fact in subjects.items()
        if key_depth(code) > 1 and not any(other != code and other.startswith(code) for other in subjects)
    ]


WAGES = ("30101", "30102", "30103", "30107", "30199")
"""基本工资, 津贴补贴, 奖金, 绩效工资, 其他工资福利支出: what contributions are reckoned from."""


def wages(ctx: Context) -> Money | None:
    """Return the wages that basic spending pays."""
    return money((basic_subjects(ctx).get(code) for code in WAGES), "whole")
