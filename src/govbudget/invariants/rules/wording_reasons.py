"""Reasons of changes: that they speak of the change and the subject they stand behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import Spoken, broken, filled_in, held, looked_for, prose
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Certainty, Severity, SubjectHead, key_depth, key_parent
from govbudget.text import fold, unnumbered

_BASIS = "财预〔2016〕143号：对收支增减变化情况的说明应当写明原因"

_REASON = re.compile(r"主要原因(?:是|为)?:?(?P<why>[^。;\n]+)")
_UP, _DOWN, _FLAT = ("增加", "增长", "上升"), ("减少", "下降", "降低"), ("持平", "一致", "无变化", "相等")
_WORD = re.compile("|".join((*_UP, *_DOWN, *_FLAT)))
_MONEY_MOVED = re.compile(
    r"(?P<what>[^,、:和及与]{0,40}?(?:经费|支出|费用|预算))(?:有所|略有|相应|的)?(?P<way>增加|增长|上升|减少|下降|降低)(?:所致)?"
)
_OTHER_YEAR = re.compile(r"上年|去年|往年|20\d\d年|同期")
_MOVES = re.compile(
    r"(?:支出|经费|费用|预算|支付|资金)(?:有所|略有|相应)?(?:增加|增长|减少|下降)|(?:增加|减少)(?:了)?(?:支出|经费|支付|预算|资金)"
)
_STEP = re.compile(r"(?P<name>[^()\"“”,。;:、\d]{2,40})\(\d*(?:类|款|项)\)")
_OF_SUBJECT = re.compile(r"(?P<name>.{6,60}?)(?:经费|支出|费用)?(?:增加|减少|下降|增长|保持不变|调整)")


@gathered
def _reasons(ctx: Context) -> tuple[tuple[re.Match[str], Spoken, str], ...]:
    """Every reason with the passage it stands in and the last word before it that says how the figure moved."""
    found = prose(ctx)
    reasons: list[tuple[re.Match[str], Spoken, str]] = []
    end = 0
    for match in _REASON.finditer(found.text):
        spoken = found.at(match.start())
        words = _WORD.findall(found.text, max(end, spoken.start), match.start())
        end = match.end()
        reasons.append((match, spoken, words[-1] if words else ""))
    return tuple(reasons)


@rule(
    "wording.reason-direction",
    zh="增减原因与增减方向一致",
    en="A reason moves the way its figure does",
    basis=_BASIS,
    says=("原因与增减方向相反：{relation}", "the reason goes the other way than the figure: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        预算安排1.00万元，比上年减少2.98%。主要原因是：宣传经费减少。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        预算安排1.00万元，比上年减少2.98%。主要原因是：宣传经费增加。
        """,
)
def reason_direction(ctx: Context) -> Iterator[Outcome]:
    """A figure that fell is not explained by more of the same money: 减少2.98%，主要原因是：…经费增加.

    Only reasons that consist of money and the way it moved are compared. That people retired or prices rose may explain
    a fall, and what happened last year moves the figure of this one the other way.
    """
    count, first = 0, None
    for match, spoken, word in _reasons(ctx):
        why = _MONEY_MOVED.fullmatch(match["why"])
        if why is None or not word or word in _FLAT or _OTHER_YEAR.search(why["what"]):
            continue
        if (why["way"] in _UP) is (word in _UP):
            count, first = count + 1, first or spoken
        else:
            yield broken(spoken.section.heading, spoken.passage.place, match[0], f"{word}…{match[0]}")
    if first is not None:
        yield held("增减原因", first.passage.place, first.section.heading, f"{count} 处")


_MOVED_AND_FLAT = re.compile(
    r"(?:增加|减少|增长|下降|上升|降低)(?:为|至|到)[\d,.]+(?:万|亿)?元,?(?:与|和|同)(?:上年|去年|20\d\d年度?)"
    r"(?:年初)?(?:预算|决算)?(?:执行)?数?(?:相比)?(?:基本)?持平"
)


@rule(
    "wording.moved-and-flat",
    zh="不同时写减少为某数和持平",
    en="Nothing both falls to an amount and stays as it was",
    basis=_BASIS,
    says=("既写增减又写持平：{relation}", "said to change and to stay as it was: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        ## “三公”经费情况说明 {three_public}
        公务接待费0.00万元，与2023年持平。
        """,
    breaks="""
        ## “三公”经费情况说明 {three_public}
        公务接待费减少为0.00万元，与2023年持平。
        """,
)
def moved_and_flat(ctx: Context) -> Iterator[Outcome]:
    """An amount that is said to fall or to rise to what it is did change, so it is not what it was the year before.

    One half of the sentence stood there last year and was not taken out.
    """
    yield from looked_for(ctx, _MOVED_AND_FLAT, "持平")


@rule(
    "wording.flat-reason",
    zh="持平的说明不写增减原因",
    en="What did not change is not explained by a change",
    basis=_BASIS,
    says=("持平却说明增减原因：{relation}", "a change is given as the reason why nothing changed: {relation}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    applies=filled_in,
    holds="""
        ## 财政拨款收支预算情况的总体说明 {fiscal}
        与上年持平。主要原因：业务量没有变化。
        """,
    breaks="""
        ## 财政拨款收支预算情况的总体说明 {fiscal}
        与上年持平。主要原因：合同支付进度等原因减少支付。
        """,
)
def flat_reason(ctx: Context) -> Iterator[Outcome]:
    """Behind 持平 a reason that says what money went up or down, and not both, belongs to another figure.

    It may be right where two movements cancel out and one is not named; most often the sentence was taken over from
    the section before.
    """
    count, first = 0, None
    for match, spoken, word in _reasons(ctx):
        if word not in _FLAT:
            continue
        moves = {("增" in found) for found in _MOVES.findall(match["why"])}
        if len(moves) == 1:
            yield broken(spoken.section.heading, spoken.passage.place, match[0], f"{word}…{match[0]}")
        else:
            count, first = count + 1, first or spoken
    if first is not None:
        yield held("持平的原因", first.passage.place, first.section.heading, f"{count} 处")


@gathered
def _names(ctx: Context) -> Mapping[str, str]:
    """Names of the 项 that the tables print, alone and behind the name of their 款, with their codes."""
    labels = {}
    for table in ctx.disclosure.tables:
        for lane in table.lanes:
            if lane.axis == "functional":
                for line in lane.lines:
                    if isinstance(line.head, SubjectHead):
                        labels[line.head.key] = unnumbered(fold(line.label))
    found: dict[str, str] = {}
    for key, name in labels.items():
        if key_depth(key) == 3:
            found.setdefault(name, key)
            found.setdefault(labels.get(key_parent(key), "") + name, key)
    return found


@rule(
    "wording.reason-of-another",
    zh="增减原因说的是本科目",
    en="A reason speaks of its own subject",
    basis=_BASIS,
    says=("原因说的是另一科目：{relation}", "the reason speaks of another subject: {relation}"),
    severity=Severity.WARNING,
    certainty=Certainty.LIKELY,
    applies=filled_in,
    holds="""
        [5 general_expenditure]
        科目 | 合计
        20805 行政事业单位养老支出 | 3.00
        2080502 事业单位离退休 | 1.00
        2080506 机关事业单位职业年金缴费支出 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）1.00万元，增加5%。主要原因是：事业单位离退休经费增加。
        """,
    breaks="""
        [5 general_expenditure]
        科目 | 合计
        20805 行政事业单位养老支出 | 3.00
        2080502 事业单位离退休 | 1.00
        2080506 机关事业单位职业年金缴费支出 | 2.00
        ## 一般公共预算当年拨款情况说明 {general_budget}
        社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）2.00万元，增加5%。主要原因是：事业单位离退休经费增加。
        """,
)
def reason_of_another(ctx: Context) -> Iterator[Outcome]:
    """Where a reason is only the name of a subject and the way it moved, the name is that of the subject explained.

    Explanations by subject are written by copying the one before; the name that was left in is of a subject that the
    tables print elsewhere.
    """
    names = _names(ctx)
    count, first = 0, None
    for match, spoken, _ in _reasons(ctx):
        why = _OF_SUBJECT.fullmatch(match["why"])
        called = next((name for name in _called(match["why"]) if name in names), None) if why is not None else None
        if called is None:
            continue
        steps = [unnumbered(step["name"]) for step in _STEP.finditer(spoken.text, 0, match.start() - spoken.start)]
        if len(steps) < 2:
            continue
        if called in (steps[-1], steps[-2] + steps[-1]):
            count, first = count + 1, first or spoken
        else:
            yield broken(steps[-1], spoken.passage.place, match[0], f"{steps[-1]} ≠ {called}")
    if first is not None:
        yield held("增减原因", first.passage.place, first.section.heading, f"{count} 处")


_CIRCULAR = re.compile(
    r"(?:因为|由于)?(?:实际|相关|该项|有关|本年度?)?(?:支出|经费|费用|预算|资金)(?:有所|略有|相应)?(?:增加|减少|增长|下降|变化|调整)|根据实际支出|正常变动"
)


@rule(
    "wording.circular-reason",
    zh="增减原因不能只是重复增减",
    en="A reason says more than that the figure moved",
    basis=_BASIS,
    says=("{subject}的原因没有内容：{relation}", "{subject}: reasons that say nothing: {relation}"),
    severity=Severity.HINT,
    certainty=Certainty.PLAUSIBLE,
    applies=filled_in,
    holds="""
        ## 支出预算情况说明 {expenditure}
        预算安排1.00万元，比上年减少2.98%。主要原因是：退休人员减少。
        """,
    breaks="""
        ## 支出预算情况说明 {expenditure}
        预算安排1.00万元，比上年减少2.98%。主要原因是：支出减少。
        """,
)
def circular_reason(ctx: Context) -> Iterator[Outcome]:
    """主要原因是支出减少 explains a fall by itself: the regulation asks what made the figure move.

    One finding for a section counts such reasons. They may be all there is to say of a small item.
    """
    empty: dict[str, list[tuple[re.Match[str], Spoken]]] = {}
    count, first = 0, None
    for match, spoken, _ in _reasons(ctx):
        if _CIRCULAR.fullmatch(match["why"]):
            empty.setdefault(spoken.section.heading, []).append((match, spoken))
        else:
            count, first = count + 1, first or spoken
    for heading, found in empty.items():
        words = "、".join(dict.fromkeys(match["why"] for match, _ in found))
        yield broken(heading, found[0][1].passage.place, found[0][0][0], f"{words}（{len(found)} 处）")
    if first is not None:
        yield held("增减原因", first.passage.place, first.section.heading, f"{count} 处")


def _called(why: str) -> Iterator[str]:
    """What the words before the movement may be the name of: with and without 经费 at the end."""
    name = re.sub(r"(?:增加|减少|下降|增长|保持不变|调整)$", "", why)
    yield name
    yield re.sub(r"(?:经费|支出|费用)$", "", name)


RULES: tuple[Rule, ...] = (reason_direction, flat_reason, moved_and_flat, reason_of_another, circular_reason)
