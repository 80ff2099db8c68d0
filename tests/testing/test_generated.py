"""What the kit generates: clean under the whole catalogue, read back as it was meant, small where a test fails."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from tests.testing.sizes import examples

from govbudget.classification import Scheme, Subject, tree
from govbudget.invariants import alarms, audit
from govbudget.layouts import layout, table_layout_ids
from govbudget.model import (
    AbsenceClaim,
    ChangeClaim,
    Claim,
    CompletionClaim,
    Coordinate,
    CountClaim,
    Counted,
    Disclosure,
    FlatClaim,
    Flow,
    Fund,
    GrowthClaim,
    Organization,
    Period,
    Said,
    Stage,
    Statement,
    TableKind,
    Use,
    figures,
    table,
)
from govbudget.money import Amount, Mark, Mode, MoneyUnit
from govbudget.reading import read
from govbudget.testing import (
    DepartmentWithUnits,
    Leaf,
    Ledger,
    Noise,
    PrintedDocument,
    Rounding,
    amounts,
    bodies,
    consistent_disclosures,
    controlled,
    departments,
    documents,
    is_printable,
    leaves,
    make,
    print_document,
    publish,
    series,
    shapes,
    subjects,
    without_places,
)
from govbudget.testing.budgets import Shape, leaf, pool
from govbudget.testing.choices import Seeded
from govbudget.testing.hypothesis_hook import register
from govbudget.testing.printable import kinds


def complaints(*disclosures: Disclosure) -> list[tuple[str, object]]:
    """What an audit under the whole catalogue calls wrong; money at random raises questions, which are none."""
    return [(f.code, f.data) for f in alarms(audit(disclosures, diagnosis=False))]


@pytest.mark.parametrize("layout_id", table_layout_ids())
@given(data=st.data())
@settings(max_examples=examples(34))
def test_what_is_generated_is_clean(layout_id: str, data: st.DataObject) -> None:
    """Every rule of the catalogue, every layout, every way of rounding, with sentences and without."""
    shape = data.draw(shapes(form=layout_id, most=8))
    disclosure = data.draw(consistent_disclosures(shape=shape))
    assert complaints(disclosure) == []


@pytest.mark.parametrize("layout_id", table_layout_ids())
@given(data=st.data())
@settings(max_examples=examples(4))
def test_years_behind_each_other_are_clean(layout_id: str, data: st.DataObject) -> None:
    """Each by itself and all together, so that every rule across documents is asked."""
    shape = data.draw(shapes(form=layout_id, most=6))
    years = data.draw(series(years=2, shape=attrs.evolve(shape, year=min(shape.year, 2023))))
    for disclosure in years:
        assert complaints(disclosure) == []
    assert complaints(*years) == []


@given(data=st.data())
@settings(max_examples=examples(15))
def test_a_department_and_its_units_are_clean(data: st.DataObject) -> None:
    """Each by itself and all together."""
    rounding, narrative = data.draw(st.sampled_from(Rounding)), data.draw(st.booleans())
    found = data.draw(departments(members=2, max_leaves=6, rounding=rounding, narrative=narrative))
    for disclosure in (found.department, *found.units):
        assert complaints(disclosure) == []
    assert complaints(found.department, *found.units) == []


@pytest.mark.parametrize("layout_id", table_layout_ids())
@given(data=st.data())
@settings(max_examples=examples(3))
def test_sentences_are_read_as_they_are_meant(layout_id: str, data: st.DataObject) -> None:
    """The claims that are read are the claims that were written, and so is all else; in every format, with noise."""
    shape = data.draw(shapes(form=layout_id, most=6, narrative=True, rounding=Rounding.HALF_UP))
    printed = data.draw(documents(consistent_disclosures(shape=shape)))
    reading = read(printed.data, name=f"a.{printed.format}", layout=layout_id)
    if not any(finding.code == "read.name-ambiguous" for finding in reading.findings):
        assert [(finding.code, finding.data) for finding in reading.findings] == []
        assert without_places(reading.disclosure) == without_places(printed.disclosure)


@pytest.mark.parametrize("format", ["txt", "md", "html", "xlsx", "docx"])
@pytest.mark.parametrize("layout_id", table_layout_ids())
def test_every_format_with_all_noise_at_once(format: str, layout_id: str) -> None:
    made = make(layout_id, seed="noise", narrative=True, leaves=5)
    data = print_document(made, format, noise=tuple(Noise))
    reading = read(data, name=f"a.{format}", layout=layout_id)
    assert reading.findings == ()
    assert without_places(reading.disclosure) == without_places(made)


@pytest.mark.parametrize("layout_id", table_layout_ids())
def test_paper(layout_id: str) -> None:
    """Fewer, since a PDF takes long: the same model from a PDF."""
    pytest.importorskip("reportlab")
    made = make(layout_id, seed="paper", leaves=4, narrative=True)
    reading = read(print_document(made, "pdf", noise=[Noise.SPLIT, Noise.WRAPPED]), name="a.pdf", layout=layout_id)
    assert reading.findings == ()
    assert without_places(reading.disclosure) == without_places(made)


WORDINGS = (
    *("增加", "减少", "压减", "增长", "上升", "提高", "下降", "降低", "大于", "高于", "多于", "小于", "低于", "少于"),
    *("持平", "一致", "相同", "无变化", "基本相同", "较上年", "比上年", "与上年", "上年没有该项", "去年无此项", "剔除"),
    *("主要原因是", "主要是", "主要系", "用于", "主要反映", "没有使用", "没有安排", "未安排"),
    *("副部（省）级及以上领导用车", "部级领导干部用车", "主要负责人用车", "离退休干部服务用车", "机要通信应急用车"),
    *("个项目实行绩效目标管理", "编报绩效目标的项目共", "一级项目", "绩效跟踪的", "绩效监控的", "绩效评价的"),
)


def test_every_family_of_phrases_comes_up() -> None:
    """What only some documents say is said by some that are generated: multiples, charts, 基本持平, 全年预算 …."""
    seen: Counter[str] = Counter()
    text = ""
    for made in (make(id, seed=seed, narrative=True) for id in table_layout_ids() for seed in range(40)):
        for section in made.narrative.sections:
            seen["chart"] += any(re.fullmatch(r"([^\d%]+[\d.]+%){2,}", passage.text) for passage in section.passages)
            text += "".join(passage.text for passage in section.passages)
            for claim in section.claims:
                seen[type(claim).__name__] += 1
                seen["multiple"] += isinstance(claim, GrowthClaim) and claim.percent.places <= 0
                seen["none before"] += isinstance(claim, AbsenceClaim) and claim.of[0].year == made.year - 1
                seen["same basis"] += isinstance(claim, ChangeClaim) and claim.base.comparable
                if isinstance(claim, CountClaim):
                    seen[claim.what.value] += 1
                    seen[f"{claim.what.value} to buy"] += claim.planned
                if isinstance(claim, FlatClaim) and claim.roughly:
                    seen["near the plan" if claim.base.year == made.year else "near last year"] += 1
                if isinstance(claim, CompletionClaim):
                    seen[f"completion of {claim.base.stage}"] += 1
                if isinstance(claim, Statement):
                    seen[claim.kind.value] += 1
    families = ("chart", "multiple", "none before", "same basis", "near the plan", "near last year")
    stages = [f"completion of {stage}" for stage in (Stage.BUDGET, Stage.ADJUSTED)]
    to_buy = (Counted.VEHICLES, Counted.SPECIAL_VEHICLES, Counted.OTHER_VEHICLES, Counted.EQUIPMENT)
    counted = [*(what.value for what in Counted), *(f"{what.value} to buy" for what in to_buy)]
    rare = (Said.ASIDE, Said.UNFILLED, Said.BASIS)  # remarks, templates, and sections without anything else to say
    said = [kind.value for kind in Said if kind not in rare]
    kinds_of_claims = [kind.__name__ for kind in get_args(Claim)]
    assert [words for words in WORDINGS if words not in text] == []
    assert [name for name in (*families, *stages, *counted, *said, *kinds_of_claims) if not seen[name]] == []


def test_noise_is_there() -> None:
    """Each kind of noise changes the file."""
    made = make("shanghai-unit-budget", seed=3)
    plain = print_document(made, "html")
    for kind in Noise:
        assert print_document(made, "html", noise=[kind], choices=Seeded(5)) != plain, kind


# -- exact amounts underneath -----------------------------------------------------------------------------------------


@given(st.lists(leaves(), min_size=1, max_size=8), st.sampled_from(MoneyUnit), st.sampled_from(Mode))
def test_every_figure_is_its_exact_amount_printed(money: list[Leaf], unit: MoneyUnit, mode: Mode) -> None:
    """The exact amount of every cell lies in the range that the printed one stands for."""
    made = publish(money, unit=unit, places=0, mode=mode, declared=True)
    ledger = Ledger(money, body=made.organization.name)
    for each in made.tables:
        for figure in figures(each):
            exact = ledger.exact(figure.at)
            if isinstance(figure.cell, Amount):
                low, high = figure.cell.bounds
                assert low <= exact <= high
            else:
                assert (figure.cell, exact) == (Mark.BLANK, 0)


@given(st.lists(leaves(), min_size=1, max_size=12), st.sampled_from([1, 100, 10_000, 1_000_000]))
def test_controlled_rounding_stays_within_a_step(money: list[Leaf], step: int) -> None:
    """Leaves, 项, 款, 类 and the total: each within one step of its exact amount, and every sum exact."""
    rounded = controlled(money, step)
    assert all(leaf.fen % step == 0 for leaf in rounded)
    exact, shown = Ledger(money), Ledger(rounded)
    keys = {leaf.functional[:n] for leaf in money for n in (0, 3, 5, 7)}
    for key in keys:
        at = Coordinate(flow=Flow.EXPENDITURE, functional=key)
        assert abs(exact.exact(at) - shown.exact(at)) < step or step == 1
    assert all(abs(a.fen - b.fen) < step or step == 1 for a, b in zip(money, rounded, strict=True))


@given(departments(members=3))
@settings(max_examples=20)
def test_a_department_is_the_sum_of_its_units(found: DepartmentWithUnits) -> None:
    """Subject by subject and use by use, as far as the digits of all of them go."""
    low: Counter[Coordinate] = Counter()
    high: Counter[Coordinate] = Counter()
    for unit in found.units:
        for at, amount in _spending(unit).items():
            low[at] += amount.bounds[0]
            high[at] += amount.bounds[1]
    whole = _spending(found.department)
    assert whole.keys() == low.keys()
    assert all(low[at] <= amount.bounds[1] and amount.bounds[0] <= high[at] for at, amount in whole.items())


def _spending(disclosure: Disclosure) -> dict[Coordinate, Amount]:
    spent = table(disclosure, TableKind.EXPENDITURE)
    assert spent is not None
    return {figure.at: figure.cell for figure in figures(spent) if isinstance(figure.cell, Amount)}


# -- options, distributions, shrinking --------------------------------------------------------------------------------


@given(subjects(Scheme.FUNCTIONAL, 2024, level=3), subjects(Scheme.DEPARTMENT_ECONOMIC, 2019))
def test_subjects_are_those_of_the_edition(functional: Subject, economic: Subject) -> None:
    assert tree(Scheme.FUNCTIONAL, 2024)[functional.code] == functional
    assert functional.level == 3
    assert economic.code in tree(Scheme.DEPARTMENT_ECONOMIC, 2019)


@given(bodies(layout("shanghai-department-budget")))
def test_departments_have_members(body: Organization) -> None:
    assert body.members
    assert body.members[0].itself


def test_every_kind_of_money_comes_up() -> None:
    """Sources, uses, and money over the edge of the year: all that the layout prints, and mostly the usual."""
    form = layout("central-final-accounts")
    choices = Seeded(0)
    shape = Shape(form=form)
    found = [leaf(choices, shape, pool(choices, shape)) for _ in range(3000)]
    assert {(f.fund, f.use, f.came, f.goes) for f in found} == {(k.fund, k.use, k.came, k.goes) for k in kinds(form)}
    plain = [f for f in found if f.fund is Fund.GENERAL and f.came is f.goes is Period.CURRENT]
    assert len(found) // 2 < len(plain) < len(found)
    sizes = sorted(len(str(f.fen)) for f in found)
    assert sizes[len(sizes) // 10] <= 8 <= sizes[len(sizes) // 2] <= 10 <= sizes[-1]


def test_a_layout_has_no_room_for_other_money() -> None:
    loan = Leaf(functional="2012950", use=Use.PROJECT, project="甲", fund=Fund.DEBT, fen=100)
    assert is_printable(loan, layout("jiangsu-department-budget"))
    assert not is_printable(loan, layout("hangzhou-unit-budget"))


def test_a_failing_budget_shrinks_to_a_few_lines() -> None:
    """Of a budget that must have two subjects and a project, two leaves are left, of one printed unit each."""

    def fails(disclosure: Disclosure) -> bool:
        spent = table(disclosure, TableKind.EXPENDITURE)
        assert spent is not None
        lines = spent.lanes[0].lines
        column = next(i for i, c in enumerate(spent.lanes[0].columns) if c.at.use is Use.PROJECT)
        projects = [line for line in lines[1:] if not isinstance(line.values[column], Mark)]
        return len(lines) > 6 and bool(projects)

    least = find(
        consistent_disclosures(max_leaves=12),
        fails,
        settings=settings(max_examples=400, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink]),
    )
    spent = table(least, TableKind.EXPENDITURE)
    assert spent is not None
    assert len(spent.lanes[0].lines) <= 7
    assert len(repr(least)) < 100  # what Hypothesis shows
    printed = [v for line in spent.lanes[0].lines[1:] for v in line.values if isinstance(v, int)]
    assert max(printed) <= 4 * spent.unit.fen


@given(amounts(unit=MoneyUnit.WAN_YUAN, places=2))
def test_amounts_as_asked(amount: Amount) -> None:
    assert (amount.unit, amount.places) == (MoneyUnit.WAN_YUAN, 2)


@given(documents(formats=["txt"], noise=[]))
@settings(max_examples=5)
def test_documents_as_asked(document: PrintedDocument) -> None:
    assert document.format == "txt"
    assert document.noise == ()
    assert document.data.decode()


def test_types_are_registered() -> None:
    """What the entry point of Hypothesis calls makes our types known to it."""
    register()

    @settings(max_examples=3)
    @given(st.from_type(Amount), st.from_type(Disclosure), st.from_type(Coordinate))
    def made(amount: Amount, disclosure: Disclosure, coordinate: Coordinate) -> None:
        assert isinstance(amount, Amount)
        assert disclosure.tables
        assert isinstance(coordinate, Coordinate)

    made()
