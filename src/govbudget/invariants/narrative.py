"""Claims of the narrative that are arithmetic: growth, shares, changes that add up, names of parts, counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import attrs

from govbudget.consistency import Grade, Known, Verdict, grade_growth, grade_rate, grade_same, grade_share, grade_sum
from govbudget.invariants.balanced import balanced_side
from govbudget.invariants.context import Context, claims, known, leaves, printed_known, settled, usual_unit
from govbudget.invariants.rule import Operand, Outcome, Rule, all_same, not_tested, rule, total_of
from govbudget.invariants.words import (
    amount_words,
    fact_words,
    in_money,
    points_words,
    sign_words,
    witness_operand,
)
from govbudget.model import (
    AbsenceClaim,
    ChangeClaim,
    Coordinate,
    CountClaim,
    Counted,
    FlatClaim,
    GrowthClaim,
    ProjectHead,
    ShareClaim,
    TableKind,
    table,
)
from govbudget.model.claims import Direction
from govbudget.money import printed_percent

_UP_DOWN = {Direction.UP: "增加", Direction.DOWN: "减少"}


@rule(
    "narrative.growth",
    zh="增减率与增减额相符",
    en="Growth rates fit the amounts",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
)
def growth(ctx: Context) -> Iterator[Outcome]:
    """A rate of growth fits the amount and the change it is printed with, as far as their digits go.

    The base is the amount minus the change. Both are rounded, so the rate is compared with the range that their
    exact values span: 0.92 on 32.50 万元 recomputes to 2.83 %, and 2.84 % is still right.
    """
    for section in ctx.disclosure.narrative.sections:
        changes: list[ChangeClaim] = []
        for claim in section.claims:
            if isinstance(claim, ChangeClaim):
                changes.append(claim)
            elif isinstance(claim, GrowthClaim):
                yield _growth(ctx, claim, changes)


def _growth(ctx: Context, claim: GrowthClaim, changes: Sequence[ChangeClaim]) -> Outcome:
    percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
    subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
    change = next((c for c in reversed(changes) if c.of == claim.of and c.base == claim.base), None)
    amount = _amount_of(ctx, claim.of)
    if change is None:
        return _rate(ctx, claim, percent, subject, amount) or not_tested(subject, "no-change", percent)
    shown = Operand(role="change", place=change.place, printed=amount_words(change.amount))
    if amount is None:
        return not_tested(subject, "no-amount", percent, shown)
    if change.direction is not claim.direction and claim.percent.digits and change.amount.fen:
        grade = Grade(Verdict.VIOLATED)
    else:
        grade = grade_growth(
            claim.percent.digits, claim.percent.places, amount, known(change.amount), change.direction.sign
        )
    fact = next(ctx.facts[of] for of in claim.of if of in ctx.facts)
    base = _base_words(fact.witnesses[0].amount.fen, change, fact.witnesses[0].amount.unit.fen)
    sign = sign_words(grade.verdict)
    word = _UP_DOWN[claim.direction]
    return Outcome(
        grade=grade,
        subject=subject,
        operands=(percent, shown, witness_operand(fact.witnesses[0], fact.at, "amount")),
        relation=f"{word} {percent.printed} {sign} {shown.printed} / {base}",
        gap=points_words(grade.gap, claim.percent.places),
        reason=_why(grade),
    )


def _why(grade: Grade) -> str:
    if grade.verdict is Verdict.UNDECIDED:
        return "zero-base"
    return "cut-off" if grade.truncated else ""


def _rate(ctx: Context, claim: GrowthClaim, percent: Operand, subject: str, amount: Known | None) -> Outcome | None:
    """A rate beside the figure it is taken from: 2025年…执行数为…，2026年预算安排…，减少…%."""
    was = tuple(attrs.evolve(at, year=claim.base.year, stage=claim.base.stage) for at in claim.of)
    base, shown = _amount_of(ctx, was), _fact(ctx, was)
    now = _fact(ctx, claim.of)
    if amount is None or base is None or shown is None or now is None:
        return None
    grade = grade_rate(claim.percent.digits, claim.percent.places, amount, base, claim.direction.sign)
    sign = sign_words(grade.verdict)
    return Outcome(
        grade=grade,
        subject=subject,
        operands=(percent, now, shown),
        relation=f"{_UP_DOWN[claim.direction]} {percent.printed} {sign} {shown.printed} → {now.printed}",
        gap=points_words(grade.gap, claim.percent.places),
        reason=_why(grade),
    )


def _base_words(fen: int, change: ChangeClaim, unit_fen: int) -> str:
    base = fen - change.direction.sign * change.amount.fen
    digits = str(abs(base) * 100 // unit_fen).rjust(3, "0")
    return f"{'-' if base < 0 else ''}{int(digits[:-2]):,}.{digits[-2:]}"


@rule(
    "narrative.share",
    zh="占比与金额相符",
    en="Shares fit the amounts",
    basis="财预〔2016〕143号：收支结构的说明",
)
def share(ctx: Context) -> Iterator[Outcome]:
    """A share fits part and whole, as far as their digits go.

    Rounded shares need not add up to 100 %: 81.43, 12.56 and 6.02 make 100.01 and are all right.
    """
    for _, claim in claims(ctx):
        if not isinstance(claim, ShareClaim):
            continue
        percent = Operand(role="percent", place=claim.place, printed=printed_percent(claim.percent))
        subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
        part, whole = _amount_of(ctx, claim.of), _amount_of(ctx, claim.whole)
        if part is None or whole is None:
            yield not_tested(subject, "no-amount" if part is None else "no-whole", percent)
            continue
        fact, total = _fact(ctx, claim.of), _fact(ctx, claim.whole)
        grade = grade_share(claim.percent.digits, claim.percent.places, part, whole)
        sign = sign_words(grade.verdict)
        operands = (percent, *(o for o in (fact, total) if o is not None))
        shown = " / ".join(o.printed for o in operands[1:])
        yield Outcome(
            grade=grade,
            subject=subject,
            operands=operands,
            relation=f"{percent.printed} {sign} {shown}",
            gap=points_words(grade.gap, claim.percent.places),
            reason=_why(grade),
        )


def _fact(ctx: Context, of: Sequence[Coordinate]) -> Operand | None:
    at = next((at for at in of if at in ctx.facts), None)
    return witness_operand(ctx.facts[at].witnesses[0], at, "amount") if at is not None else None


def _amount_of(ctx: Context, of: Sequence[Coordinate]) -> Known | None:
    return next((value for at in of if (value := printed_known(ctx, at)) is not None), None)


@rule(
    "narrative.changes",
    zh="各项增减额之和等于总增减额",
    en="Changes of the parts add up to the change of the whole",
    basis="财预〔2016〕143号：一般公共预算当年拨款规模变化与具体使用情况",
)
def changes(ctx: Context) -> Iterator[Outcome]:
    """Where every subject at the lowest level states its change against one base, the changes add up to the total's.

    A subject said to be flat changed by nothing. A subject that does not say anything leaves the sum open, and the
    rule says so. A subject that had money last year and has none now is in no table of this year, so the changes may
    add up to more than the total's, never to less.
    """
    for section in ctx.disclosure.narrative.sections:
        stated: dict[Coordinate, ChangeClaim | FlatClaim] = {}
        for claim in section.claims:
            if isinstance(claim, ChangeClaim | FlatClaim) and claim.of and not claim.base.comparable:
                stated.setdefault(claim.of[0], claim)
        for at, total in stated.items():
            if at.functional or not isinstance(total, ChangeClaim):
                continue
            parts = {
                of: claim
                for of, claim in stated.items()
                if of.functional and attrs.evolve(of, functional="") == at and claim.base == total.base
            }
            if parts:
                yield _changes(ctx, at, total, parts)


def _changes(
    ctx: Context, at: Coordinate, total: ChangeClaim, parts: dict[Coordinate, ChangeClaim | FlatClaim]
) -> Outcome:
    subject = f"{fact_words(ctx, at)} 增减额"
    operands = (
        _changed(total, at, "total"),
        *(_changed(c, of, "part") for of, c in parts.items()),
    )
    if {of.functional for of in parts} != leaves(ctx, at):
        return not_tested(subject, "parts-missing", *operands)
    amounts = [known(c.amount) for c in parts.values() if isinstance(c, ChangeClaim)]
    signs = [c.direction.sign * total.direction.sign for c in parts.values() if isinstance(c, ChangeClaim)]
    grade, reason = grade_sum(known(total.amount), amounts, signs), ""
    if any(isinstance(c, FlatClaim) and c.roughly for c in parts.values()) and grade.verdict is Verdict.VIOLATED:
        grade, reason = Grade(Verdict.UNDECIDED, grade.residual), "roughly-flat"
    elif grade.verdict is Verdict.VIOLATED and grade.residual * total.direction.sign > 0:
        grade, reason = Grade(Verdict.UNDECIDED, grade.residual), "gone-subject"
    return in_money(
        grade,
        total.amount.unit,
        subject=subject,
        operands=operands,
        relation=f"{operands[0].printed} {sign_words(grade.verdict)} " + " ".join(o.printed for o in operands[1:]),
        linear=total_of(len(parts)),
        reason=reason,
    )


def _changed(claim: ChangeClaim | FlatClaim, at: Coordinate, role: str) -> Operand:
    """The operand for a change, counted with its sign; 持平 is zero and prints no figure."""
    if isinstance(claim, FlatClaim):
        return Operand(role=role, place=claim.place, printed=_signed(claim), at=at, blank=True)
    amount = claim.amount if claim.direction is Direction.UP else -claim.amount
    return Operand(role=role, place=claim.place, printed=_signed(claim), at=at, amount=amount)


def _signed(claim: ChangeClaim | FlatClaim) -> str:
    if isinstance(claim, FlatClaim):
        return "持平"
    return ("+" if claim.direction is Direction.UP else "-") + amount_words(claim.amount)


@rule(
    "narrative.flat",
    zh="“与上年持平”",
    en="“As last year”",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
)
def flat(ctx: Context) -> Iterator[Outcome]:
    """A fact that is said to be as last year does not also change by an amount in the same sentence's comparison.

    Whether last year's number really was the same needs last year's disclosure; without it the rule says so.
    """
    changed = {
        (of, claim.base): claim
        for _, claim in claims(ctx)
        if isinstance(claim, ChangeClaim) and claim.amount.fen
        for of in claim.of
    }
    for _, claim in claims(ctx):
        if not isinstance(claim, FlatClaim) or claim.base.year == ctx.disclosure.year:
            continue  # how an outcome stands to its own budget is for the rules on outcomes
        operand = Operand(role="claim", place=claim.place, printed=claim.text)
        subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
        other = next((changed[of, claim.base] for of in claim.of if (of, claim.base) in changed), None)
        if other is None:
            yield not_tested(subject, "last-year", operand)
            continue
        yield Outcome(
            grade=Grade(Verdict.VIOLATED),
            subject=subject,
            operands=(operand, Operand(role="change", place=other.place, printed=_signed(other))),
            relation=f"{claim.text} ≠ {other.text}",
        )


@rule(
    "narrative.change",
    zh="增减额有据可查",
    en="Changes can be checked",
    basis="财预〔2016〕143号：对收支增减变化情况的说明",
)
def change(ctx: Context) -> Iterator[Outcome]:
    """One comparison with one base is one number: a change stated more than once is the same each time.

    Where revenue and expenditure balance in both years, their changes are one number too. A change stated once,
    without a rate, can only be checked against last year's disclosure.
    """
    said: dict[tuple[Coordinate, object], list[ChangeClaim]] = {}
    rates = {(of, c.base) for _, c in claims(ctx) if isinstance(c, GrowthClaim) for of in c.of}
    for _, claim in claims(ctx):
        if isinstance(claim, ChangeClaim) and claim.base.year != ctx.disclosure.year:
            for of in dict.fromkeys(balanced_side(ctx, of) for of in claim.of):
                said.setdefault((of, claim.base), []).append(claim)
    for (of, base), found in said.items():
        operands = tuple(_changed(c, of, "change") for c in found)
        subject = fact_words(ctx, of)
        if len(found) > 1:
            figures = [known(c.amount if c.direction is Direction.UP else -c.amount) for c in found]
            grade = grade_same(figures)
            sign = sign_words(grade.verdict)
            yield in_money(
                grade,
                usual_unit(ctx),
                subject=subject,
                operands=operands,
                relation=f" {sign} ".join(o.printed for o in operands),
                linear=all_same(len(operands)),
            )
        elif not any((other, base) in rates for claim in found for other in claim.of):
            yield not_tested(subject, "last-year", *operands)


@rule(
    "narrative.absence",
    zh="“没有…安排的支出”与表格一致",
    en="What is said not to exist is not in the tables",
    basis="财预〔2016〕143号：没有数据的表格应当列出空表并说明",
)
def absence(ctx: Context) -> Iterator[Outcome]:
    """Money that the narrative says there is none of has no figure in any table."""
    for _, claim in claims(ctx):
        if not isinstance(claim, AbsenceClaim):
            continue
        operand = Operand(role="claim", place=claim.place, printed=claim.text)
        for of in claim.of:
            value = settled(ctx, of)
            subject = fact_words(ctx, of)
            if value is None:
                yield not_tested(subject, "no-table", operand)
                continue
            fact = ctx.facts.get(of)
            shown = [witness_operand(w, of) for w in fact.witnesses] if fact else []
            grade = grade_same([value, Known(0, 0, 0)])
            sign = sign_words(grade.verdict)
            yield in_money(
                grade,
                usual_unit(ctx),
                subject=subject,
                operands=(operand, *shown),
                relation=f"0 {sign} {shown[0].printed if shown else '0'}",
            )


_KINDS = (
    Counted.MINISTER_VEHICLES,
    Counted.LEADER_VEHICLES,
    Counted.MESSENGER_VEHICLES,
    Counted.EMERGENCY_VEHICLES,
    Counted.GENERAL_VEHICLES,
    Counted.ENFORCEMENT_VEHICLES,
    Counted.SPECIAL_VEHICLES,
    Counted.RETIRED_VEHICLES,
    Counted.OTHER_VEHICLES,
)
_SUMS = (
    (Counted.VEHICLES, "车辆", "辆", _KINDS),
    (
        Counted.EVALUATED_PROJECTS,
        "绩效自评项目",
        "个",
        (Counted.RATED_EXCELLENT, Counted.RATED_GOOD, Counted.RATED_PASS, Counted.RATED_FAIL),
    ),
    (Counted.PROBLEMS, "绩效自评发现的问题", "个", (Counted.PROBLEMS_MENDED, Counted.PROBLEMS_PENDING)),
)


@rule(
    "narrative.counts",
    zh="车辆、绩效评级、整改问题的合计等于各类之和；绩效项目个数与绩效表一致",
    en="Vehicles, ratings and mended problems add up; the projects counted are those of the performance table",
    basis="财预〔2016〕143号：国有资产占有使用情况、预算绩效情况的说明",
)
def counts(ctx: Context) -> Iterator[Outcome]:
    """The vehicles of all kinds are the vehicles in all, so too projects by rating and problems mended or not; the
    projects counted are the lines of the table.

    Those at hand and those to be bought are each by themselves. A count that speaks of 一级项目 may sum up several
    lines, so a smaller number than the table's is no violation.
    """
    found = {(claim.what, claim.planned): claim for _, claim in claims(ctx) if isinstance(claim, CountClaim)}
    for planned, (whole, subject, piece, kinds) in product((False, True), _SUMS):
        total = found.get((whole, planned))
        if total is None:
            continue
        parts = [found[kind, planned] for kind in kinds if (kind, planned) in found]
        operands = (_piece(total, "total"), *(_piece(c, "part") for c in parts))
        if parts:
            numbers = [Known(c.count, c.count, c.count) for c in parts]
            grade = grade_sum(Known(total.count, total.count, total.count), numbers)
            sign = "=" if grade.verdict is Verdict.EXACT else "≠"
            relation = f"{total.count} {sign} " + " + ".join(str(c.count) for c in parts)
            gap = f"{grade.gap} {piece}" if grade.gap else ""
            yield Outcome(grade=grade, subject=subject, operands=operands, relation=relation, gap=gap)
        else:
            yield not_tested(subject, "parts-missing", *operands)
    projects = found.get((Counted.PERFORMANCE_PROJECTS, False))
    if projects is not None:
        yield _projects(ctx, projects)


def _projects(ctx: Context, claim: CountClaim) -> Outcome:
    listed = table(ctx.disclosure, TableKind.PERFORMANCE)
    operand = _piece(claim, "claim")
    if listed is None:
        return not_tested("绩效目标管理项目", "no-table", operand)
    number = sum(isinstance(line.head, ProjectHead) for lane in listed.lanes for line in lane.lines)
    operands = (operand, Operand(role="table", place=listed.place, printed=f"{number} 行"))
    if claim.count == number:
        grade, sign = Grade(Verdict.EXACT), "="
    elif claim.count < number:
        grade, sign = Grade(Verdict.UNDECIDED, number - claim.count), "<"
    else:
        grade, sign = Grade(Verdict.VIOLATED, number - claim.count, claim.count - number), ">"
    relation = f"{claim.count} {sign} {number}"
    reason = "coarser-count" if grade.verdict is Verdict.UNDECIDED else ""
    return Outcome(grade=grade, subject="绩效目标管理项目", operands=operands, relation=relation, reason=reason)


def _piece(claim: CountClaim, role: str) -> Operand:
    return Operand(role=role, place=claim.place, printed=str(claim.count))


RULES: tuple[Rule, ...] = (growth, share, change, changes, flat, absence, counts)
