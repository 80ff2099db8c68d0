"""Headers, clauses, and the phrase families of the narrative."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.layouts import layout
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    ChangeClaim,
    Coordinate,
    CountClaim,
    Direction,
    FlatClaim,
    GrowthClaim,
    ShareClaim,
    Stage,
    Statement,
)
from govbudget.money import MoneyUnit, Percent
from govbudget.reading.headers import header_paths
from govbudget.reading.parts import Run
from govbudget.reading.prose import lexicon, read_part
from govbudget.reading.prose.clauses import clauses
from govbudget.text import fold_spans

FORM = layout("hangzhou-unit-budget")


def test_header_paths_of_merged_cells() -> None:
    rows = [
        ["单位名称", "项目名称", "总计", "资金来源", "", "", "", ""],
        ["", "", "", "财政拨款收入", "", "", "财政专户", "单位资金"],
        ["", "", "", "一般公共预算", "政府性基金", "国资", "", ""],
    ]
    assert header_paths(rows) == (
        ("单位名称",),
        ("项目名称",),
        ("总计",),
        ("资金来源", "财政拨款收入", "一般公共预算"),
        ("资金来源", "财政拨款收入", "政府性基金"),
        ("资金来源", "财政拨款收入", "国资"),
        ("资金来源", "财政专户"),
        ("资金来源", "单位资金"),
    )


def test_merged_cells_decide_where_the_source_knows_them() -> None:
    """A blank beside a merged cell is not under it, and a merged cell of the last header row is."""
    rows = [["科目", "基本支出", "", ""], ["", "人员", "公用", "备注"]]
    assert header_paths(rows)[3] == ("基本支出", "备注")  # a guess, and here a wrong one
    assert header_paths(rows, [(0, 0, 2, 1), (0, 1, 1, 2)])[3] == ("备注",)
    last = [["科目", "支出"], ["", "合计"], ["", ""]]
    assert header_paths([[*last[0], ""], [*last[1], ""]], [(0, 0, 2, 1), (1, 1, 1, 2)])[2] == ("支出", "合计")


@given(st.lists(st.lists(st.sampled_from(["", "甲", "乙"]), min_size=3, max_size=3), min_size=1, max_size=4))
def test_cells_that_are_not_merged_change_nothing(rows: list[list[str]]) -> None:
    alone = [(0, column, 1, 1) for column, word in enumerate(rows[0]) if word]
    filled = [["甲", "乙", "丙"], *rows[1:]]
    assert header_paths(filled, alone) == header_paths(filled)


def test_the_header_ends_under_no_merged_cell() -> None:
    from govbudget.reading import read

    page = (
        "<p>2024年部门支出总体情况表</p><p>单位：万元</p><table><tr><th rowspan=2>科目名称<th rowspan=2>合计"
        "<th colspan=2>基本支出<th rowspan=2>项目支出<tr><th>人员经费<th>公用经费"
        "<tr><td>合计<td>3.00<td>1.00<td>1.00<td>1.00</table>"
    )
    reading = read(f"<html><meta charset=utf-8><body>{page}</body></html>".encode(), name="a.html")
    columns = reading.disclosure.tables[0].lanes[0].columns
    assert [c.header for c in columns] == [
        ("合计",),
        ("基本支出", "人员经费"),
        ("基本支出", "公用经费"),
        ("项目支出",),
    ]


def test_header_paths_of_one_row() -> None:
    assert header_paths([["科目", "合计", ""]]) == (("科目",), ("合计",), ("合计",))


@given(st.lists(st.lists(st.sampled_from(["", "甲", "乙"]), min_size=3, max_size=3), min_size=1, max_size=4))
def test_header_paths_have_a_path_a_column(rows: list[list[str]]) -> None:
    paths = header_paths(rows)
    assert len(paths) == 3
    assert all(all(path) for path in paths)


@given(st.text(alphabet=st.sampled_from(list("收入1,234.5万元占%。;、:()和辆0")), max_size=40))
def test_clauses_lose_nothing_but_marks(text: str) -> None:
    found = list(clauses(text))
    assert all(text[c.start : c.stop] == c.text for c in found)
    edges = [0, *[edge for c in found for edge in (c.start, c.stop)], len(text)]
    gaps = [text[start:stop] for start, stop in zip(edges[::2], edges[1::2], strict=True)]
    assert all(set(gap) <= set(",。;、:和及()") for gap in gaps)  # what lies between clauses is marks and nothing else
    assert [c.sentence for c in found] == sorted(c.sentence for c in found)


def claims(section_id: str, *paragraphs: str) -> tuple[list[object], list[str]]:
    section = next(s for s in FORM.sections if s.id == section_id)
    words = lexicon(Coordinate(year=2024, stage=Stage.BUDGET), 2024, ["某中心"], ())
    runs = tuple(Run(text=p, folded=fold_spans(p), span=(0, len(p)), line=1) for p in paragraphs)
    found, findings = read_part(runs, section, "标题", words, "a", MoneyUnit.WAN_YUAN)
    return list(found), [dict(f.data).get("text", "") for f in findings]


@pytest.mark.parametrize(
    ("text", "direction", "year", "stage"),
    [
        ("比上年执行数增加51.37万元", Direction.UP, 2023, Stage.EXECUTION),
        ("比上年预算数减少51.37万元", Direction.DOWN, 2023, Stage.BUDGET),
        ("比2022年预算减少51.37万元", Direction.DOWN, 2022, Stage.BUDGET),
        ("与2023年度相比，下降了51.37万元", Direction.DOWN, 2023, None),
        ("较上年增长51.37万元", Direction.UP, 2023, None),
        ("与上年决算数相比增加51.37万元", Direction.UP, 2023, Stage.FINAL),
    ],
)
def test_changes(text: str, direction: Direction, year: int, stage: Stage | None) -> None:
    found, left = claims("revenue", f"2024年收入预算1,147.95万元，{text}。")
    change = next(c for c in found if isinstance(c, ChangeClaim))
    assert (change.direction, change.base.year, change.base.stage) == (direction, year, stage)
    assert change.amount.fen == 51_370_000
    assert left == []


@pytest.mark.parametrize(
    ("text", "percent"),
    [("增长4.68%", Percent(468, 2)), ("同比下降4％", Percent(4, 0)), ("比上年执行数提高 0.5 %", Percent(5, 1))],
)
def test_growth(text: str, percent: Percent) -> None:
    found, left = claims("revenue", f"收入预算10万元，比上年执行数增加1万元，{text}。")
    growth = next(c for c in found if isinstance(c, GrowthClaim))
    assert growth.percent == percent
    assert growth.of == (Coordinate(year=2024, stage=Stage.BUDGET, flow=growth.of[0].flow),)
    assert left == []


@pytest.mark.parametrize("text", ["与上年执行数持平", "与上年预算基本持平", "与上年一致", "和2023年预算数相同"])
def test_flat(text: str) -> None:
    found, left = claims("three_public", f"公务接待费预算2.40万元，{text}。")
    flat = next(c for c in found if isinstance(c, FlatClaim))
    assert flat.base.year == 2023
    assert flat.roughly == ("基本" in text)
    assert left == []


def test_shares_lean_on_what_was_named_before() -> None:
    found, left = claims(
        "expenditure", "支出预算100万元。其中：人员支出60万元，占60%；项目支出40万元，占支出预算的40%。"
    )
    shares = [c for c in found if isinstance(c, ShareClaim)]
    assert [s.percent for s in shares] == [Percent(60), Percent(40)]
    assert all(s.whole and s.whole[0].use.value == "all" for s in shares)
    assert left == []


@pytest.mark.parametrize(
    "text",
    [
        "本单位2024年没有使用政府性基金预算拨款安排的支出",
        "本单位无政府性基金预算支出",
        "本单位2024年度未安排政府性基金预算支出",
    ],
)
def test_absence(text: str) -> None:
    found, left = claims("government_fund", text + "。")
    assert [type(c) for c in found] == [AbsenceClaim]
    assert left == []


def test_counts() -> None:
    found, left = claims(
        "other_matters", "本单位共有车辆3辆，其中：一般公务用车2辆、其他用车1辆。单位价值50万元以上通用设备4台（套）。"
    )
    counts = [c for c in found if isinstance(c, CountClaim)]
    assert [(c.what.value, c.count) for c in counts] == [
        ("vehicles", 3),
        ("general_vehicles", 2),
        ("other_vehicles", 1),
        ("general_equipment", 4),
    ]
    assert counts[3].threshold is not None
    assert counts[3].threshold.fen == 50_000_000
    assert left == []


def test_vehicles_to_be_bought_are_others_than_those_at_hand() -> None:
    found, left = claims(
        "other_matters",
        "本单位共有车辆3辆，其中：机要通信用车1辆、离退休干部用车2辆；单价100万（含）以上设备（不含车辆）1台（套）。",
        "2024年部门预算安排购置车辆2辆，其中：主要领导干部用车2辆；安排购置单价100万元（含）以上设备（不含车辆）0台（套）。",
    )
    counts = [(c.what.value, c.count, c.planned) for c in found if isinstance(c, CountClaim)]
    assert counts == [
        ("vehicles", 3, False),
        ("messenger_vehicles", 1, False),
        ("retired_vehicles", 2, False),
        ("equipment", 1, False),
        ("vehicles", 2, True),
        ("leader_vehicles", 2, True),
        ("equipment", 0, True),
    ]
    assert {c.threshold.fen for c in found if isinstance(c, CountClaim) and c.threshold} == {100_000_000}
    assert left == []


def test_bodies_are_counted_beside_what_is_said_of_them() -> None:
    section = next(s for s in layout("shanghai-unit-budget").sections if s.id == "other_matters")
    words = lexicon(Coordinate(year=2024, stage=Stage.BUDGET), 2024, ["某街道"], ())
    text = "2024年某街道(部门)下属1家机关和2家参公事业单位财政拨款的机关运行经费预算为443.18万元。"
    run = Run(text=text, folded=fold_spans(text), span=(0, len(text)), line=1)
    found, findings = read_part((run,), section, "标题", words, "a", MoneyUnit.YUAN)
    assert findings == ()
    assert [(c.what.value, c.count) for c in found if isinstance(c, CountClaim)] == [
        ("organs", 1),
        ("civil_service_institutions", 2),
    ]
    amount = next(c for c in found if isinstance(c, AmountClaim))
    assert amount.of[0].item.value == "agency_running"
    assert sum(len(c.numbers) for c in found) == 3


def test_projects_behind_their_total_are_facts_of_their_own() -> None:
    section = next(s for s in layout("shanghai-unit-budget").sections if s.id == "other_matters")
    words = lexicon(Coordinate(year=2025, stage=Stage.BUDGET), 2025, ["某局"], ())
    text = "编报绩效目标的项目共2个，涉及项目预算资金5.00万元。其中：信息化3.00万元，培训2.00万元。"
    run = Run(text=text, folded=fold_spans(text), span=(0, len(text)), line=1)
    found, findings = read_part((run,), section, "标题", words, "a", MoneyUnit.YUAN)
    assert findings == ()
    amounts = [c for c in found if isinstance(c, AmountClaim)]
    assert [c.of[0].project for c in amounts] == ["", "信息化", "培训"]
    assert {c.of[0].item.value for c in amounts} == {"performance"}


@pytest.mark.parametrize("text", ["收入预算XXX万元", "比上年预算增加（减少）XX万元（持平）", "财政拨款收入x,xxx万元"])
def test_blanks_of_a_template_are_no_sentences_that_failed(text: str) -> None:
    found, left = claims("revenue", f"2024年{text}。")
    assert {c.kind.value for c in found if isinstance(c, Statement)} == {"unfilled"}
    assert not any(isinstance(c, AmountClaim) for c in found)
    assert left == []


def test_a_longer_name_is_not_the_shorter_one_it_ends_in() -> None:
    found, left = claims("revenue", "神秘事业收入5万元。")
    claim = next(c for c in found if isinstance(c, AmountClaim))
    assert claim.of == ()
    assert left


def test_reasons_and_purposes_are_kept_whole() -> None:
    found, left = claims(
        "revenue", "收入预算10万元，主要用于甲，乙，丙。主要原因是人员增加3人，任务增加，相应增加支出。"
    )
    texts = [c.text for c in found if isinstance(c, Statement)]
    assert texts == ["主要用于甲,乙,丙", "主要原因是人员增加3人,任务增加,相应增加支出"]
    assert left == []


def test_page_breaks_inside_sentences_are_mended() -> None:
    from govbudget.reading import read

    text = (
        "（二）收入预算情况说明\n\n2024 年收入预算 1,147.95 万元，比上年执行\n\n数增加 51.37 万元，增长 4.68%。\n\n"
        "表3：2024年支出预算总表\n\n单位：万元\n\n科目\t合计\n支出合计\t1.00\n"
    )
    reading = read(text.encode(), name="a")
    kinds = [type(c) for s in reading.disclosure.narrative.sections for c in s.claims]
    assert kinds == [AmountClaim, ChangeClaim, GrowthClaim]
