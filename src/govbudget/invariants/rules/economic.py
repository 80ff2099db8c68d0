"""What the economic classification says of uses: who is paid, and what it costs to run the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govbudget.consistency import grade_same, grade_sum
from govbudget.invariants.context import PERSONNEL, Context, fact_known, is_silent, known, usual_unit
from govbudget.invariants.rule import Outcome, Rule, all_same, not_tested, rule, total_of
from govbudget.invariants.words import fact_words, in_money, sign_words, sum_words, witness_operand
from govbudget.model import Certainty, Coordinate, Fact, Item, Use, Via, key_depth


@rule(
    "agreement.personnel",
    zh="人员经费等于工资福利支出与对个人和家庭的补助之和，公用经费等于其余各类之和",
    en="Personnel is wages and grants to persons (301, 303); running costs are the other classes of basic spending",
    basis="预算法实施条例第五条：基本支出包括人员经费和公用经费；支出经济分类科目",
    holds="""
        [8 general_basic]
        科目 | 合计
        301 工资福利支出 | 6.00
        30101 基本工资 | 6.00
        302 商品和服务支出 | 2.00
        30201 办公费 | 2.00
        303 对个人和家庭的补助 | 1.00
        30305 生活补助 | 1.00
        ## 一般公共预算基本支出情况说明 {general_basic}
        人员经费7.00万元，公用经费2.00万元。
        => amount expenditure current general personnel: 7.00万元
        => amount expenditure current general running: 2.00万元
        """,
    breaks="""
        [8 general_basic]
        科目 | 合计
        301 工资福利支出 | 6.00
        30101 基本工资 | 6.00
        302 商品和服务支出 | 2.00
        30201 办公费 | 2.00
        303 对个人和家庭的补助 | 1.00
        30305 生活补助 | 1.00
        ## 一般公共预算基本支出情况说明 {general_basic}
        人员经费6.00万元，公用经费2.00万元。
        => amount expenditure current general personnel: 6.00万元
        => amount expenditure current general running: 2.00万元
        """,
)
def personnel(ctx: Context) -> Iterator[Outcome]:
    """Where the table of basic spending lists economic subjects only, the classes make personnel and running costs.

    Personnel is 301 (工资福利支出) and 303 (对个人和家庭的补助), all else is running costs. A table that prints the two
    as columns says itself what belongs where; there the narrative is held against the columns.
    """
    for at, fact in ctx.facts.items():
        if at.use not in (Use.PERSONNEL, Use.RUNNING) or at.economic or at.functional or at.item is not Item.ALL:
            continue
        if any(w.via is Via.TABLE for w in fact.witnesses) or is_silent(ctx, at):
            continue
        classes = _classes(ctx, attrs.evolve(at, use=Use.BASIC))
        parts = [c for c in classes if (c.at.economic in PERSONNEL) is (at.use is Use.PERSONNEL)]
        for witness in fact.witnesses:
            total = witness_operand(witness, at, "total")
            if not parts:
                yield not_tested(fact_words(ctx, at), "no-table", total)
                continue
            operands = (total, *(witness_operand(p.witnesses[0], p.at, "part") for p in parts))
            grade = grade_sum(known(witness.amount), [fact_known(ctx, p) for p in parts])
            yield in_money(
                grade,
                usual_unit(ctx),
                subject=fact_words(ctx, at),
                operands=operands,
                relation=sum_words(total.printed, [o.printed for o in operands[1:]], sign_words(grade.verdict)),
                linear=total_of(len(parts)),
            )


@rule(
    "agreement.agency-running",
    zh="机关运行经费与公用经费总额相同时，各科目也相同",
    en="Where running costs of the body are all running costs of basic spending, so is each subject",
    basis="预算法第十四条；机关运行经费：一般公共预算基本支出中的日常公用经费",
    certainty=Certainty.LIKELY,
    holds="""
        [8 general_basic]
        科目 | 合计
        302 商品和服务支出 | 5.00
        30201 办公费 | 4.00
        30202 印刷费 | 1.00
        [11 agency_running]
        科目 | 合计
        302 商品和服务支出 | 5.00
        30201 办公费 | 4.00
        30202 印刷费 | 1.00
        """,
    breaks="""
        [8 general_basic]
        科目 | 合计
        302 商品和服务支出 | 5.00
        30201 办公费 | 4.00
        30202 印刷费 | 1.00
        [11 agency_running]
        科目 | 合计
        302 商品和服务支出 | 5.00
        30201 办公费 | 1.00
        30202 印刷费 | 4.00
        """,
)
def agency_running(ctx: Context) -> Iterator[Outcome]:
    """The table of 机关运行经费 prints subjects of basic spending again, where all running costs count as such.

    Institutions that are no administration stand outside of it, and early years counted projects in it, so the
    subjects are compared only where the class as a whole is one number in both tables.
    """
    for at, fact in ctx.facts.items():
        if at.item is not Item.AGENCY_RUNNING or key_depth(at.economic) != 2:
            continue
        other = _basic(ctx, at)
        whole = ctx.facts.get(attrs.evolve(at, economic=at.economic[:3]))
        if other is None or whole is None or not any(w.via is Via.TABLE for w in fact.witnesses):
            continue
        all_of_it = _basic(ctx, whole.at)
        if all_of_it is None or fact_known(ctx, whole).value != fact_known(ctx, all_of_it).value:
            continue
        operands = (witness_operand(fact.witnesses[0], at), witness_operand(other.witnesses[0], other.at))
        grade = grade_same([fact_known(ctx, fact), fact_known(ctx, other)])
        yield in_money(
            grade,
            usual_unit(ctx),
            subject=fact_words(ctx, at),
            operands=operands,
            relation=f" {sign_words(grade.verdict)} ".join(o.printed for o in operands),
            linear=all_same(2),
        )


def _basic(ctx: Context, at: Coordinate) -> Fact | None:
    return ctx.facts.get(attrs.evolve(at, item=Item.ALL, use=Use.BASIC))


def _classes(ctx: Context, basic: Coordinate) -> Sequence[Fact]:
    """The classes (类) that the table of basic spending prints."""
    return [
        fact
        for at, fact in ctx.facts.items()
        if key_depth(at.economic) == 1 and "~" not in at.economic and attrs.evolve(at, economic="") == basic
    ]


RULES: tuple[Rule, ...] = (personnel, agency_running)
