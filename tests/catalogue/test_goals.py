"""Forms of what projects are to achieve: what fits is clean, and one amount changed is found."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import audit, select, sketch
from govbudget.model import Disclosure, Fund, GoalMoney, Indicator, ProjectGoals, is_form
from govbudget.money import Amount, MoneyUnit

RULES = select("goals")


def _amount(fen: int, unit: MoneyUnit) -> Amount:
    """An amount as a form prints it, rounded to two places."""
    step = unit.fen // 100
    return Amount((fen + step // 2) // step * step, unit, 2)


@st.composite
def fitting(draw: st.DrawFn) -> Disclosure:
    """A disclosure with forms whose exact amounts fit, printed in one unit or another."""
    forms, lines = [], []
    for number in range(draw(st.integers(1, 3))):
        unit = draw(st.sampled_from([MoneyUnit.YUAN, MoneyUnit.WAN_YUAN]))
        name = f"项目{'甲乙丙'[number]}"
        fiscal, other = draw(st.integers(0, 10**9)), draw(st.integers(0, 10**8))
        later = draw(st.one_of(st.none(), st.integers(0, 10**9)))  # of the years to come; none where no line says so
        money = [
            GoalMoney(fund=fund, annual=annual, label=f"{fund.value} {annual}", amount=_amount(fen, unit))
            for annual, more in ((False, later), (True, 0))
            if more is not None
            for fund, fen in ((Fund.ALL, fiscal + other + more), (Fund.FISCAL, fiscal + more), (Fund.OTHER, other))
        ]
        lines.append(f"#{name} | {_wan(fiscal + other)} | {_wan(fiscal)}")
        goal = Indicator(group="产出指标", kind="数量指标", name="人数", target="≥5人")
        forms.append(
            ProjectGoals(
                title="项目支出绩效目标申报表",
                project=name,
                year=2024,
                start="2024-01-01",
                finish=draw(st.sampled_from(["2024-12-31", "2026年6月", ""])),
                money=tuple(money),
                indicators=(goal, attrs.evolve(goal, group="效益指标")),
            )
        )
    made = sketch("\n".join(["[10 project]", "项目 | 总计 | 财政拨款 = fiscal", *lines]))
    return attrs.evolve(made, goals=tuple(forms))


def _wan(fen: int) -> str:
    return f"{(fen + 5000) // 10000 / 100:.2f}"


def _wrong(disclosure: Disclosure) -> set[str]:
    return {c.rule for c in audit(disclosure, rules=RULES).comparisons if c.verdict is Verdict.VIOLATED}


@given(disclosure=fitting())
def test_what_fits_is_clean(disclosure: Disclosure) -> None:
    assert _wrong(disclosure) == set()


@given(disclosure=fitting(), data=st.data())
def test_an_amount_changed_is_found(disclosure: Disclosure, data: st.DataObject) -> None:
    """Every amount stands in a sum whose parts are all there is; more than all digits left out can explain is wrong."""
    number = data.draw(st.integers(0, len(disclosure.goals) - 1))
    form = disclosure.goals[number]
    index = data.draw(st.integers(0, len(form.money) - 1))
    amount = form.money[index].amount
    assert amount is not None
    more = attrs.evolve(amount, fen=amount.fen + amount.unit.fen // 100 * data.draw(st.integers(3, 10**6)))
    money = tuple(attrs.evolve(m, amount=more) if i == index else m for i, m in enumerate(form.money))
    forms = tuple(attrs.evolve(f, money=money) if i == number else f for i, f in enumerate(disclosure.goals))
    assert "goals.sum" in _wrong(attrs.evolve(disclosure, goals=forms))


def test_a_slip_in_a_form_is_one_finding_with_what_it_was() -> None:
    """The sum and the table say together which figure is wrong."""
    report = audit(
        sketch("""
        [10 project]
        项目 | 合计
        合计 | 69.08
        #职工帮扶 | 69.08
        [goals 2024] 职工帮扶
        annual | 69.80
        annual fiscal | 69.08
        annual other | 0.00
        """),
        rules=RULES,
    )
    (finding,) = report.findings
    said = dict(finding.data)
    assert (said["suspect"], said["printed"], said["proposal"]) == ("certain", "69.80万元", "69.08")
    assert len(finding.places) == 4


def test_amounts_in_a_form_make_it_no_blank_one() -> None:
    blank = "[10 project]\n项目 | 合计\n合计 |"
    assert is_form(sketch(blank))
    assert is_form(sketch(f"{blank}\n[goals 2024] 职工帮扶\nannual |"))
    assert not is_form(sketch(f"{blank}\n[goals 2024] 职工帮扶\nannual | 1.00"))


def test_money_of_the_year_before_is_not_held_against_a_table() -> None:
    """Whether the table counts it is not known; a printed 0 of whole 元 may be some 角."""
    text = "[10 project 元]\n项目 | 合计\n#甲 | {}\n[goals 2024 元] 甲\nannual | 5.00\nannual carried | {}"
    found = [(c.rule, c.verdict) for c in audit(sketch(text.format("4.60", "0")), rules=RULES).comparisons]
    assert ("goals.tables", Verdict.ROUNDING) in found
    found = [(c.rule, c.verdict) for c in audit(sketch(text.format("4.60", "0.40")), rules=RULES).comparisons]
    assert ("goals.tables", Verdict.NOT_TESTED) in found
    found = [(c.rule, c.verdict) for c in audit(sketch(text.format("4.40", "0")), rules=RULES).comparisons]
    assert ("goals.tables", Verdict.VIOLATED) in found
