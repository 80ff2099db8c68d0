"""Lists of parts in the narrative (主要包括：…) against the subjects that the tables print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import attrs

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.claimed import claims_of
from govbudget.invariants.context import PERSONNEL, USUAL_STEP, Context, lists
from govbudget.invariants.rule import Operand, Outcome, Rule, not_tested, rule
from govbudget.invariants.words import fact_words, witness_operand
from govbudget.model import (
    Certainty,
    CompositionClaim,
    Coordinate,
    Fund,
    Line,
    Severity,
    SubjectHead,
    Table,
    Use,
    Via,
    along,
    bare,
    combine,
    is_below,
    key_depth,
    moved,
)
from govbudget.money import Mark
from govbudget.place import Place
from govbudget.text import fold


@rule(
    "narrative.names",
    zh="“主要包括”所列科目与表格一致",
    en="Subjects named as parts are the subjects of the table",
    basis="财预〔2016〕143号：基本支出按经济分类款级公开，说明应与表一致",
    says=(
        "{subject}：文中写“{printed}”，与公开表不符（{relation}）",
        "{subject}: the text names “{printed}”, the table does not ({relation})",
    ),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    holds=(
        """
        [6 general_basic]
        科目 | 公用经费 = running
        302 商品和服务支出 | 5.00
        30201 办公费 | 3.00
        30202 印刷费 | 2.00
        ## 一般公共预算基本支出情况说明 {general_basic}
        公用经费主要包括：办公费、印刷费。
        => parts expenditure current general running economic: 办公费=30201、印刷费=30202
        """,
        """
        // 0 in whole 万元 may be 4,999 元
        [6 general_basic]
        科目 | 公用经费 = running
        302 商品和服务支出 | 5
        30201 办公费 | 5
        30205 水费 | 0
        ## 一般公共预算基本支出情况说明 {general_basic}
        公用经费主要包括：办公费、水费。
        => parts expenditure current general running economic: 办公费=30201、水费=30205
        """,
    ),
    breaks="""
        [6 general_basic]
        科目 | 公用经费 = running
        302 商品和服务支出 | 5.00
        30201 办公费 | 3.00
        30202 印刷费 | 2.00
        ## 一般公共预算基本支出情况说明 {general_basic}
        公用经费主要包括：办公费、水费。
        => parts expenditure current general running economic: 办公费=30201、水费=30205
        """,
    untested="""
        ## 一般公共预算基本支出情况说明 {general_basic}
        公用经费主要包括：办公费、印刷费。
        => parts expenditure current general running economic: 办公费=30201、印刷费=30202
        """,
)
def names(ctx: Context) -> Iterator[Outcome]:
    """A subject that the narrative lists as part of a figure is printed in the table that divides the figure.

    主要包括 need not name every subject, so a subject of the table that the list leaves out is a remark only where
    the list names something else in its place. Where the table prints 0 for one in a coarse unit, that may have a
    little, and naming it is no slip.
    """
    for claim in claims_of(ctx, CompositionClaim):
        subject = fact_words(ctx, claim.of[0]) if claim.of else claim.term
        whole = Operand(role="claim", place=claim.place, printed="、".join(claim.parts))
        listed = _listed(ctx, claim.of[0], claim.axis) if claim.of else {}
        if claim.axis == "fund" and claim.of:
            yield from _funds(ctx, claim, whole, subject)
            continue
        if not listed:
            yield not_tested(subject, "no-table", whole)
            continue
        keys = {found.key for found in listed.values()}
        foreign = [
            part
            for part, of in zip(claim.parts, claim.parts_of, strict=True)
            if part not in listed
            and not _is_known_term(claim, part)
            and not (along(of, claim.axis) in keys if of is not None else _in_other_words(part, listed))
        ]
        if not foreign:
            yield Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(whole,), relation=whole.printed)
        printed = [_instead(claim, part, listed) for part in foreign]
        for part, name in zip(foreign, printed, strict=True):
            yield _slip(claim, part, listed.get(name) if printed.count(name) == 1 else None, subject)


def _in_other_words(part: str, listed: Iterable[str]) -> bool:
    """Whether a name that no classification has is short for printed ones: 公积金, 社保, 办公设备和专用设备购置."""
    return all(
        any(piece in label or (len(piece) < 4 and _short(piece).search(label)) for label in listed)
        for piece in _AND.split(part)
    )


_AND = re.compile("[和及与]")


@lru_cache(maxsize=256)
def _short(name: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, name)))


def _funds(ctx: Context, claim: CompositionClaim, whole: Operand, subject: str) -> Iterator[Outcome]:
    """A list of sources names every source that has money; naming one that has none is no slip."""
    named = set(claim.parts_of)
    if None in named:
        yield not_tested(subject, "part-unknown", whole)
        return
    of = claim.of[0]
    funded = [
        fact
        for at, fact in ctx.facts.items()
        if at.fund is not Fund.ALL
        and bare(at, ("fund", "period")) == bare(of, ("fund", "period"))
        and any(w.amount and w.via is Via.TABLE for w in fact.witnesses)
    ]
    unnamed = [f for f in funded if not any(part and _covers(f.at, part) for part in named)]
    if not unnamed:
        yield Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(whole,), relation=whole.printed)
    for fact in unnamed:
        shown = witness_operand(fact.witnesses[0], fact.at)
        relation = f"{fact_words(ctx, fact.at)} {shown.printed} ∉ {whole.printed}"
        yield Outcome(grade=Grade(Verdict.VIOLATED), subject=subject, operands=(whole, shown), relation=relation)


def _covers(at: Coordinate, part: Coordinate) -> bool:
    """Whether naming ``part`` names the money at ``at``: the same source, one that holds it, or a whole made of it."""
    return at.fund is part.fund or is_below(at.fund, part.fund) or is_below(part.fund, at.fund)


@attrs.frozen
class _Printed:
    """A line of the table: its label, place and key; whether it shows money, or a 0 behind which a little may hide."""

    label: str
    place: Place
    key: str
    shows: bool


def _instead(claim: CompositionClaim, part: str, listed: Mapping[str, _Printed]) -> str:
    """The name the table prints where the list has ``part``: the one left out between the same neighbours."""
    order = [name for name, found in listed.items() if found.shows or name in claim.parts]
    missing = [name for name in order if name not in claim.parts]
    at = claim.parts.index(part)
    before = next((p for p in reversed(claim.parts[:at]) if p in listed), None)
    here = [name for name in missing if before is None or order.index(name) == order.index(before) + 1]
    return here[0] if here else ""


def _slip(claim: CompositionClaim, part: str, instead: _Printed | None, subject: str) -> Outcome:
    """``instead`` is what the table prints in the place of the part, where it is the only one that stands there."""
    operands = [Operand(role="name", place=claim.place, printed=part)]
    if instead is not None:
        operands.append(Operand(role="table", place=instead.place, printed=instead.label))
    return Outcome(
        grade=Grade(Verdict.VIOLATED),
        subject=subject,
        operands=tuple(operands),
        relation=f"{part} ≠ {instead.label}" if instead is not None else f"{part} ∉ 表",
    )


def _listed(ctx: Context, of: Coordinate, axis: str) -> dict[str, _Printed]:
    """The lines of the lowest printed level that have, or may have, money in the column of the claim.

    A table of basic spending without columns for personnel and running costs divides them by class.
    """
    by_class = of.use in (Use.PERSONNEL, Use.RUNNING)
    return _in_column(ctx, of, axis) or (_in_column(ctx, moved(of, "use", Use.BASIC), axis, of.use) if by_class else {})


def _in_column(ctx: Context, of: Coordinate, axis: str, use: Use | None = None) -> dict[str, _Printed]:
    for keys in lists(ctx):
        table = ctx.disclosure.tables[keys[0][0]]
        lanes = [table.lanes[index] for _, index in keys]
        if lanes[0].axis == axis:
            column = next((i for i, c in enumerate(lanes[0].columns) if combine(lanes[0].at, c.at) == of), None)
            if column is None:
                continue
            lines = [
                ln
                for lane in lanes
                for ln in lane.lines
                if isinstance(ln.head, SubjectHead)
                and _may_have_money(table, ln, column)
                and (use is None or (_key(ln)[:3] in PERSONNEL) is (use is Use.PERSONNEL))
            ]
            depth = 1 if axis == "functional" else max(map(_depth, lines), default=1)
            return {
                fold(ln.label): _Printed(ln.label, _place(table, ln), _key(ln), ln.values[column] != 0)
                for ln in lines
                if _depth(ln) == depth
            }
    return {}


def _may_have_money(table: Table, line: Line, column: int) -> bool:
    value, places = line.values[column], line.places[column]
    return not isinstance(value, Mark) and (value != 0 or table.unit.fen > USUAL_STEP * 10 ** (places or 0))


def _depth(line: Line) -> int:
    return key_depth(_key(line))


def _key(line: Line) -> str:
    return line.head.key if isinstance(line.head, SubjectHead) else ""


def _place(table: Table, line: Line) -> Place:
    return Place(document=table.place.document, table=table.number, row=line.row or None, line=line.line or None)


def _is_known_term(claim: CompositionClaim, part: str) -> bool:
    """年终结转结余 and the like stand in the lists of subjects but are no subjects."""
    return claim.axis == "functional" and "结转" in part


_STEP = re.compile(r"-?([^()]+(?:\((?!\d{0,3}[类款项]\))[^()]{1,8}\)[^()]+)*)\(\d{0,3}[类款项]\)")


RULES: tuple[Rule, ...] = (names,)
