"""Rules across documents as laws: units add up to what their department publishes, a year goes on from the last."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import Verdict
from govbudget.invariants import audit, rule_counts, select, sketches
from govbudget.model import Disclosure, Fund, Member, Scope, Use
from govbudget.money import Mark, MoneyUnit
from govbudget.testing import Leaf, publish

RULES = select("documents")
_fen = st.integers(1, 10**11)
_leaf = st.one_of(
    st.builds(
        Leaf,
        functional=st.sampled_from(["2012950", "2080505", "2101102"]),
        economic=st.sampled_from(["30101", "30108", "30217"]),
        use=st.just(Use.PERSONNEL),
        fen=_fen,
    ),
    st.builds(
        Leaf,
        functional=st.sampled_from(["2012950", "2296003"]),
        use=st.just(Use.PROJECT),
        project=st.sampled_from(["甲", "乙"]),
        fund=st.sampled_from([Fund.GENERAL, Fund.GOVERNMENT_FUND]),
        fen=_fen,
    ),
)
_units = st.lists(st.lists(_leaf, min_size=1, max_size=5), min_size=1, max_size=3)


def _family(units: list[list[Leaf]], unit: MoneyUnit, places: int) -> list[Disclosure]:
    """A department with its units, each rounded by itself."""
    names = [f"某局第{number}中心" for number in range(1, len(units) + 1)]
    own = [publish(leaves, organization=n, unit=unit, places=places) for n, leaves in zip(names, units, strict=True)]
    every = [leaf for leaves in units for leaf in leaves]
    whole = publish(every, organization="某局", unit=unit, places=places)
    body = attrs.evolve(whole.organization, members=tuple(Member(name=name) for name in names))
    return [attrs.evolve(whole, organization=body, scope=Scope.DEPARTMENT), *own]


@given(_units, st.sampled_from([(MoneyUnit.YUAN, 2), (MoneyUnit.WAN_YUAN, 2), (MoneyUnit.WAN_YUAN, 0)]))
@settings(max_examples=8)
def test_a_department_is_the_sum_of_its_units_whatever_they_round_to(
    units: list[list[Leaf]], printed: tuple[MoneyUnit, int]
) -> None:
    family = _family(units, *printed)
    report = audit(family, rules=RULES, diagnosis=False)
    assert report.findings == ()
    counts = rule_counts(report)["documents.department-sum"]
    assert counts[Verdict.EXACT] + counts[Verdict.ROUNDING] > 0
    assert counts[Verdict.UNDECIDED] == counts[Verdict.NOT_TESTED] == 0
    backwards = audit(family[::-1], rules=RULES, diagnosis=False)
    assert rule_counts(backwards)["documents.department-sum"] == counts


def _with_figure(disclosure: Disclosure, spot: tuple[int, int, int, int], fen: int) -> Disclosure:
    t, n, i, j = spot
    table = disclosure.tables[t]
    lane = table.lanes[n]
    line = lane.lines[i]
    line = attrs.evolve(line, values=(*line.values[:j], fen, *line.values[j + 1 :]))
    lane = attrs.evolve(lane, lines=(*lane.lines[:i], line, *lane.lines[i + 1 :]))
    table = attrs.evolve(table, lanes=(*table.lanes[:n], lane, *table.lanes[n + 1 :]))
    return attrs.evolve(disclosure, tables=(*disclosure.tables[:t], table, *disclosure.tables[t + 1 :]))


@given(_units, st.data())
@settings(max_examples=8)
def test_a_wrong_figure_of_the_department_is_noticed(units: list[list[Leaf]], data: st.DataObject) -> None:
    """In 元 and 分 nothing is rounded: every change of a figure in the tables of money by fund and subject is told."""
    family = _family(units, MoneyUnit.YUAN, 2)
    spots = [
        (t, n, i, j)
        for t, table in enumerate(family[0].tables[:6])
        for n, lane in enumerate(table.lanes)
        for i, line in enumerate(lane.lines)
        for j, value in enumerate(line.values)
        if not isinstance(value, Mark)
    ]
    t, n, i, j = spot = data.draw(st.sampled_from(spots))
    line = family[0].tables[t].lanes[n].lines[i]
    value = line.values[j]
    assert not isinstance(value, Mark)
    wrong = _with_figure(family[0], spot, value + 1)
    report = audit([wrong, *family[1:]], rules=select("documents.department-sum"), diagnosis=False)
    assert {finding.code for finding in report.findings} == {"documents.department-sum"}
    missing = audit([wrong, *family[2:]], rules=select("documents.department-sum"), diagnosis=False)
    assert {c.reason for c in missing.comparisons} == {"units-missing"}


def test_documents_that_have_nothing_to_do_with_each_other_say_nothing() -> None:
    strangers = sketches(
        "unit budget 2024\nof 甲\n[5 general_expenditure]\n| a\n合计 | 1\n===\nunit budget 2024\nof 乙"
    )
    report = audit(strangers, rules=RULES)
    assert report.comparisons == ()


def test_what_units_pay_each_other_is_left_out_but_never_more() -> None:
    text = """
        department budget 2024
        of 某局
        members 甲、乙
        [3 expenditure]
        科目 | 合计 | 项目支出 = project | 对附属单位补助支出 = to_subordinate
        合计 | {} | {} |
        ===
        unit budget 2024
        of 甲
        [3 expenditure]
        科目 | 合计 | 项目支出 = project | 对附属单位补助支出 = to_subordinate
        合计 | 4.00 | 3.00 | 1.00
        ===
        unit budget 2024
        of 乙
        [3 expenditure]
        科目 | 合计 | 项目支出 = project | 对附属单位补助支出 = to_subordinate
        合计 | 2.00 | 2.00 |
        """

    def whole(total: str) -> tuple[Verdict, str]:
        report = audit(sketches(text.format(total, total)), rules=select("documents.department-sum"))
        found = next(c for c in report.comparisons if "项目" not in c.subject)
        return found.verdict, found.reason

    assert whole("6.00") == (Verdict.EXACT, "")
    assert whole("5.00") == (Verdict.EXACT, "")
    assert whole("5.40") == (Verdict.UNDECIDED, "inner-transfers")
    assert whole("4.90")[0] is Verdict.VIOLATED
    assert whole("6.10")[0] is Verdict.VIOLATED
