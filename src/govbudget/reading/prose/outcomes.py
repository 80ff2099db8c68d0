"""Sentences of final accounts (决算): what was planned, what came of it, and how the two stand to each other.

They put several figures of one subject behind each other (年初预算为…，支出决算为…，完成年初预算的…), or name the
subject in the clause that states a change (收入支出总计减少…), so the subject is looked for in every clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from govbudget.model import (
    AmountClaim,
    Base,
    ChangeClaim,
    CompletionClaim,
    Direction,
    FlatClaim,
    GrowthClaim,
    MovementClaim,
    Said,
    ScoreClaim,
    Stage,
)
from govbudget.money import Amount, Percent
from govbudget.reading.prose import patterns as p
from govbudget.reading.prose.clauses import Clause
from govbudget.reading.prose.state import Reader, amount_in, base_of, direction_in, find, keep, of_year_said, spoken
from govbudget.reading.prose.terms import find_subject, is_filler

_PLAN = r"(?P<plan>(?:年初|全年|调整|年度)?预算)(?:数|安排数)?"
_OUTCOME = r"(?:支出|收入)?决算数?"
_MORE_OR_LESS = r"(?P<than>大于|高于|多于|超过|小于|低于|少于)"
_SUBJECT = r"(?P<subject>.{0,80}?)"

COMPLETION = re.compile(rf"{_SUBJECT}约?完成{_PLAN}的?{p.NUM}%")
PLANNED = re.compile(rf"(?P<subject>.{{0,120}}?){_PLAN}(?:金额)?(?:安排)?(?:为|是)?")
ACCOUNTED = re.compile(rf"(?P<subject>.{{0,120}}?){_OUTCOME}(?:为|是)?")
AGAINST_PLAN = re.compile(
    rf"{_SUBJECT}(?:{_OUTCOME})?(?:{_MORE_OR_LESS}|[比较]){_PLAN}(?:{p.DIRECTION})?{p.NUM}{p.UNIT}"
)
MOVEMENT = re.compile(rf"{_SUBJECT}{_OUTCOME}{_MORE_OR_LESS}{_PLAN}(?P<why>的?(?:主要)?原因(?:是|为)?)?")
AS_PLANNED = re.compile(
    rf"{_SUBJECT}{_OUTCOME}(?:[与和同]{_PLAN}(?P<rough>基本)?(?:持平|一致|相同)|等于{_PLAN.replace('plan', 'equal')})"
    r"(?P<why>的?(?:主要)?原因(?:是|为)?)?"
)
AS_BEFORE = re.compile(rf"(?P<subject>.{{2,80}}?){p.BASE}?(?P<rough>基本)?(?:持平|一致|相同)")
CHANGE_OF = re.compile(rf"(?P<subject>.{{2,80}}?){p.BASE}?[各均]?{p.DIRECTION}{p.NUM}(?:{p.UNIT}|(?P<rate>%))")
COMPARED_OF = re.compile(rf"(?P<subject>.{{1,80}}?){p.BASE}")
REASON_OF = re.compile(r"(?P<subject>.{2,60}?)(?:增加|减少|增长|下降|变动|变化)的?(?:主要)?原因(?:是|为)?")
BARE_ZERO = re.compile(r"(?P<subject>.{0,120}?)(?P<number>0)")
SCORE = re.compile(r"(?:平均)?得分(?:为)?(?P<number>\d{1,3}(?:\.(?P<decimals>\d{1,4}))?)分")
_FIGURES = re.compile(r"\d")
_SHARED = 3  # clauses without a figure that may name the subject of a figure together

_STAGES = {"全年": Stage.ADJUSTED, "调整": Stage.ADJUSTED}
_UP = {"大于", "高于", "多于", "超过"}


def read_outcome(reader: Reader, rest: Sequence[Clause]) -> int:
    """Read the first of the clauses that are left of a sentence, with those that belong to it.

    Returns:
        How many clauses were read, 0 where the first is none of the forms of final accounts.
    """
    if reader.lexicon.base.stage is not Stage.FINAL:
        return 0
    if (count := _movement(reader, rest) or _as_planned(reader, rest) or _reason(reader, rest)) > 0:
        return count
    if any(read(reader, rest[0]) for read in _READERS):
        return 1
    return _spread(reader, rest)


def _movement(reader: Reader, rest: Sequence[Clause]) -> int:
    """决算数小于预算数的主要原因：…: how the two stand, and why."""
    clause = rest[0]
    match = MOVEMENT.match(clause.text)
    if match is None or not (match["why"] or match.end() == len(clause.text)) or not _turn_to(reader, match["subject"]):
        return 0
    direction = Direction.UP if match["than"] in _UP else Direction.DOWN
    stated = attrs.evolve(clause, text=match[0], stop=clause.start + match.end())
    reader.claims.append(
        MovementClaim(**spoken(reader, stated), base=_plan(reader, match["plan"]), direction=direction)
    )
    return _because(reader, rest, match.end()) if match["why"] else 1


def _as_planned(reader: Reader, rest: Sequence[Clause]) -> int:
    """决算数同预算数持平; 决算数等于预算数的主要原因：…."""
    clause = rest[0]
    match = AS_PLANNED.match(clause.text)
    if match is None or not (match["why"] or match.end() == len(clause.text)) or not _turn_to(reader, match["subject"]):
        return 0
    stated = attrs.evolve(clause, text=match[0], stop=clause.start + match.end())
    base = _plan(reader, match["plan"] or match["equal"])
    reader.claims.append(FlatClaim(**spoken(reader, stated), base=base, roughly=bool(match["rough"])))
    return _because(reader, rest, match.end()) if match["why"] else 1


def _reason(reader: Reader, rest: Sequence[Clause]) -> int:
    """公务接待费支出减少的主要原因是…."""
    match = REASON_OF.match(rest[0].text)
    if match is None or _FIGURES.search(match["subject"]) or not _turn_to(reader, match["subject"]):
        return 0
    return _because(reader, rest, match.end())


def _because(reader: Reader, rest: Sequence[Clause], said: int) -> int:
    """Keep what stands behind “the reason is”, to the end of the sentence."""
    first = attrs.evolve(rest[0], start=rest[0].start + said)
    if first.start == first.stop:
        first = rest[1] if len(rest) > 1 else first
    if first.start < rest[-1].stop:
        keep(reader, Said.REASON, first, rest[-1])
    return len(rest)


def _planned(reader: Reader, clause: Clause) -> bool:
    """年初预算为2993.92万元, 支出决算为2940.05万元: another stage of the subject, which stays the subject."""
    match = p.AMOUNT.fullmatch(clause.text) or BARE_ZERO.fullmatch(clause.text)
    if match is None:
        return False
    for pattern in (PLANNED, ACCOUNTED):
        stated = pattern.fullmatch(match["subject"])
        if stated is None or not _turn_to(reader, stated["subject"]):
            continue
        said = spoken(reader, clause, match)
        said["of"] = of_year_said(reader.of, stated["subject"])
        if pattern is PLANNED:
            reader.plan = _stage(stated["plan"])
            said["of"] = tuple(attrs.evolve(at, stage=reader.plan) for at in said["of"])
        elif said["of"] == reader.of:
            reader.named.append(reader.of)
        amount = amount_in(match) if match.re is p.AMOUNT else Amount.parse(match["number"], reader.unit)
        reader.claims.append(AmountClaim(**said, amount=amount))
        return True
    return False


def _completion(reader: Reader, clause: Clause) -> bool:
    match = COMPLETION.fullmatch(clause.text)
    if match is None or not _turn_to(reader, match["subject"]):
        return False
    base, percent = _plan(reader, match["plan"]), Percent.parse(match["number"])
    reader.claims.append(CompletionClaim(**spoken(reader, clause, match), base=base, percent=percent))
    return True


def _against_plan(reader: Reader, clause: Clause) -> bool:
    match = AGAINST_PLAN.fullmatch(clause.text)
    if match is None or not (match["than"] or match["direction"]) or not _turn_to(reader, match["subject"]):
        return False
    up = match["than"] in _UP if match["than"] else direction_in(match) is Direction.UP
    reader.claims.append(
        ChangeClaim(
            **spoken(reader, clause, match),
            base=_plan(reader, match["plan"]),
            direction=Direction.UP if up else Direction.DOWN,
            amount=amount_in(match),
        )
    )
    return True


def _as_before(reader: Reader, clause: Clause) -> bool:
    match = AS_BEFORE.fullmatch(clause.text)
    if match is None or not _turn_to(reader, match["subject"]):
        return False
    base = base_of(reader, match)
    if base is None:
        return False
    reader.claims.append(FlatClaim(**spoken(reader, clause), base=base, roughly=bool(match["rough"])))
    return True


def _changed(reader: Reader, clause: Clause) -> bool:
    match = CHANGE_OF.fullmatch(clause.text)
    if match is None or not _turn_to(reader, match["subject"]):
        return False
    base = base_of(reader, match)
    if base is None:
        return False
    said, direction = spoken(reader, clause, match), direction_in(match)
    if match["rate"]:
        percent = Percent.parse(match["number"])
        reader.claims.append(GrowthClaim(**said, base=base, direction=direction, percent=percent))
    else:
        reader.claims.append(ChangeClaim(**said, base=base, direction=direction, amount=amount_in(match)))
    return True


def _compared(reader: Reader, clause: Clause) -> bool:
    """收、支与2023年度相比: the subject and the base of what follows."""
    match = COMPARED_OF.fullmatch(clause.text)
    if match is None or not _turn_to(reader, match["subject"]):
        return False
    base_of(reader, match)
    keep(reader, Said.LEAD, clause, clause)
    return True


def _score(reader: Reader, clause: Clause) -> bool:
    match = SCORE.fullmatch(clause.text)
    if match is None:
        return False
    digits, places = int(match["number"].replace(".", "")), len(match["decimals"] or "")
    reader.claims.append(ScoreClaim(**spoken(reader, clause, match), digits=digits, places=places))
    return True


_READERS: tuple[Callable[[Reader, Clause], bool], ...] = (
    _completion,
    _against_plan,
    _planned,
    _as_before,
    _changed,
    _compared,
    _score,
)


def _spread(reader: Reader, rest: Sequence[Clause]) -> int:
    """A subject that is named over several clauses: 在…项目中，由中小企业供应商中标或成交的，采购金额246.47万元."""
    if _FIGURES.search(rest[0].text):
        return 0
    index = next((i for i, clause in enumerate(rest[: _SHARED + 1]) if _FIGURES.search(clause.text)), 0)
    match = p.AMOUNT.fullmatch(rest[index].text) if index else None
    if match is None or find_subject(match["subject"], reader.section, reader.lexicon):
        return 0
    words = "".join(clause.text for clause in rest[:index]) + match["subject"]
    found = find_subject(words, reader.section, reader.lexicon)
    if found is None:
        return 0
    reader.of, reader.term = found
    keep(reader, Said.LEAD, rest[0], rest[index - 1])
    amount = amount_in(match)
    reader.claims.append(AmountClaim(**spoken(reader, rest[index], match), amount=amount))
    return index + 1


def _turn_to(reader: Reader, words: str) -> bool:
    """Make what ``words`` name the subject; without words, the subject stays. Tell whether there is one."""
    for less in (words, re.sub(r"决算数?$", "", words), re.sub(rf"{_OUTCOME}$", "", words)):
        if is_filler(less.removeprefix("涉及"), reader.lexicon):
            return bool(reader.of) or reader.lost
        if found := find(reader, less):
            reader.of, reader.term = found
            return True
    return False


def _stage(plan: str) -> Stage:
    return _STAGES.get(plan[:2], Stage.BUDGET)


def _plan(reader: Reader, words: str) -> Base:
    """The budget an outcome is held against: 年初预算, 全年预算, or with 预算 alone the one stated last."""
    stage = reader.plan if words == "预算" else _stage(words)
    return Base(year=reader.lexicon.base.year or 0, stage=stage)
