"""Forms met in published documents of Shanghai's districts: names that are slightly wrong, and what follows them."""

from __future__ import annotations

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, audit, select
from govbudget.model import (
    AmountClaim,
    ChangeClaim,
    Claim,
    CompletionClaim,
    CountClaim,
    Counted,
    FlatClaim,
    GrowthClaim,
    Item,
    Said,
    ShareClaim,
    Stage,
    is_below,
)
from govbudget.model import Statement as Sentence
from govbudget.reading import Reading, read

ACCOUNTS = """# 某区某局

2024年度部门决算

## 一般公共预算财政拨款支出决算表

部门：某区某局 单位：万元

| 项目 |  | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
| 功能分类科目编码 | 科目名称 |  |  |  |
| 合计 |  | 30.00 | 30.00 |  |
| 208 | 社会保障和就业支出 | 20.00 | 20.00 |  |
| 20805 | 行政事业单位养老支出 | 20.00 | 20.00 |  |
| 2080505 | 机关事业单位基本养老保险缴费支出 | 20.00 | 20.00 |  |
| 221 | 住房保障支出 | 10.00 | 10.00 |  |
| 22102 | 住房改革支出 | 10.00 | 10.00 |  |
| 2210201 | 住房公积金 | 10.00 | 10.00 |  |

## 五、一般公共预算财政拨款支出决算情况说明

"""
PENSIONS = "1、社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）。"


def accounts(*items: str) -> Reading:
    return read((ACCOUNTS + "\n\n".join(items) + "\n").encode(), name="a.md", layout="shanghai-final-accounts")


def claims(reading: Reading) -> list[Claim]:
    return [claim for section in reading.disclosure.narrative.sections for claim in section.claims]


def told(report: AuditReport, id: str) -> list[Verdict]:
    return [c.verdict for c in report.comparisons if c.rule == id]


def test_what_is_said_of_an_unknown_subject_is_not_said_of_the_one_before() -> None:
    item = (
        "2、社会保障和就业支出（类）行政事业单位养老支出（款）退休人员茶话会支出（项）。主要用于：茶话会。"
        "年初预算为0.88万元，支出决算为0.88万元，完成年初预算的100.00%。决算数同预算数持平。"
    )
    known = (
        f"{PENSIONS}年初预算为25.00万元，支出决算为20.00万元，完成年初预算的80.00%。决算数小于预算数的主要原因：减员。"
    )
    reading = accounts(known, item)
    (finding,) = reading.findings
    assert (finding.code, "茶话会支出" in dict(finding.data)["words"]) == ("read.subject", True)
    of_it = [c for c in claims(reading) if c.place.line == finding.places[0].line]
    assert [type(c).__name__ for c in of_it] == [
        "Statement", "Statement", "AmountClaim", "AmountClaim", "CompletionClaim", "FlatClaim",
    ]  # fmt: skip
    assert all(c.of == () for c in of_it)
    report = audit(reading.disclosure, rules=select("outcome", "narrative", "agreement"))
    assert told(report, "outcome.completion") == [Verdict.EXACT, Verdict.NOT_TESTED]
    assert Verdict.VIOLATED not in {c.verdict for c in report.comparisons}


def test_a_path_with_one_wrong_name_above_its_last() -> None:
    """The 款 is the 类 written twice: the two others tell which is meant, and the wrong name is told."""
    reading = accounts("1、住房保障支出（类）住房保障支出（款）住房公积金（项）。支出决算为10.00万元。")
    assert reading.findings == ()
    assert [c.of[0].functional for c in claims(reading) if isinstance(c, AmountClaim)] == ["2210201"]
    assert told(audit(reading.disclosure), "narrative.paths") == [Verdict.VIOLATED]


def test_a_path_through_a_subject_that_there_is_stands_for_itself() -> None:
    """城乡社区住宅 is a 款 of its own: its 住房公积金 would be no 住房公积金 of 住房改革支出."""
    reading = accounts("1、住房保障支出（类）城乡社区住宅（款）住房公积金（项）。支出决算为3.00万元。")
    assert [f.code for f in reading.findings] == ["read.subject"]
    assert Verdict.VIOLATED not in {c.verdict for c in audit(reading.disclosure, rules=select("agreement")).comparisons}


def test_equal_to_the_plan_with_a_reason() -> None:
    text = "年初预算为25.00万元，支出决算为20.00万元。决算数等于预算数的主要原因：预算周全，执行贴合预期。"
    reading = accounts(PENSIONS + text)
    assert reading.findings == ()
    flat = next(c for c in claims(reading) if isinstance(c, FlatClaim))
    assert (flat.base.year, flat.base.stage) == (2024, Stage.BUDGET)
    said = [c.kind for c in claims(reading) if isinstance(c, Sentence)]
    assert said[-1] is Said.REASON
    (movement,) = [c for c in audit(reading.disclosure).comparisons if c.rule == "outcome.movement"]
    assert (movement.verdict, movement.difference) == (Verdict.VIOLATED, "5万元")


def test_rates_of_completion_that_are_cut_off_are_told_as_such() -> None:
    """9,746.50 / 10,210.34 is 95.457 %."""
    text = "2、社会保障和就业支出。年初预算为10210.34万元，支出决算为9746.50万元，完成年初预算的95.45%。"
    reading = read(
        (ACCOUNTS.replace("20.00", "9746.50").replace("30.00", "9756.50") + text).encode(),
        name="a.md",
        layout="shanghai-final-accounts",
    )
    assert isinstance(claims(reading)[-1], CompletionClaim)
    report = audit(reading.disclosure)
    assert told(report, "outcome.completion") == []
    assert [f.code for f in report.findings if f.code.startswith(("outcome", "narrative"))] == ["narrative.cut-off"]


def test_the_year_before_in_other_words() -> None:
    reading = accounts(PENSIONS + "支出决算为20.00万元，与上一年度持平。", "2、住房公积金支出较上一年度增加1.00万元。")
    assert reading.findings == ()
    flat, change = (c for c in claims(reading) if isinstance(c, FlatClaim | ChangeClaim))
    assert (flat.base.year, change.base.year) == (2023, 2023)


def test_money_without_the_word_for_its_unit() -> None:
    reading = accounts(PENSIONS + "支出决算为20.00万（含补缴1.00万元）。")
    assert [f.code for f in reading.findings] == ["read.money-unit"]
    (amount,) = [c for c in claims(reading) if isinstance(c, AmountClaim)]
    assert amount.amount.fen == 20_000_000


def test_reception_at_home_is_a_part_of_reception() -> None:
    heading = "## 七、财政拨款“三公”经费支出决算情况说明\n\n"
    texts = ("公务接待费支出0.39万元。其中：", "国内公务接待支出0.39万元（含外宾接待支出0.00万元）。")
    reading = accounts(heading + "\n\n".join(texts))
    assert reading.findings == ()
    whole, part = [c for c in claims(reading) if isinstance(c, AmountClaim)]
    assert is_below(part.of[0].item, whole.of[0].item)
    assert whole.of[0].item is Item.RECEPTION


def test_the_year_before_beside_what_it_changed_by() -> None:
    reading = accounts(
        "1、住房公积金支出决算为10.00万元，较2023年的12.50万元减少2.50万元，下降20%(或与2023年决算数持平)。"
    )
    assert reading.findings == ()
    amounts = [c for c in claims(reading) if isinstance(c, AmountClaim)]
    assert [(c.of[0].year, c.amount.fen) for c in amounts] == [(2024, 10_000_000), (2023, 12_500_000)]
    report = audit(reading.disclosure, rules=select("narrative"))
    assert told(report, "narrative.growth") == [Verdict.EXACT]


def test_a_line_that_only_names_an_item_names_what_follows() -> None:
    heading = "## 七、财政拨款“三公”经费支出决算情况说明\n\n"
    reading = accounts(heading + "（1）公务接待费支出情况。\n\n完成预算的100%，与2023年度持平。")
    assert reading.findings == ()
    assert {c.of[0].item for c in claims(reading)} == {Item.RECEPTION}


def test_choices_of_the_form_are_no_sentences_that_nobody_understands() -> None:
    said = "支出决算为20.00万元，下降（增长）27.78%。决算数小于预算数（或与预算数持平）的主要原因是减员。"
    reading = accounts(PENSIONS + said)
    assert reading.findings == ()
    choices = [f for f in audit(reading.disclosure).findings if f.code == "wording.choice"]
    assert [dict(f.data)["printed"] for f in choices] == ["下降(增长)", "(或与预算数持平)"]


def test_another_figure_of_the_subject_by_its_year() -> None:
    reading = accounts(PENSIONS + "2023年支出决算为19.00万元，2024年支出决算为20.00万元，比2023年增加1.00万元。")
    assert reading.findings == ()
    assert [c.of[0].year for c in claims(reading)][1:] == [2023, 2024, 2024]
    assert Verdict.VIOLATED not in {c.verdict for c in audit(reading.disclosure, rules=select("agreement")).comparisons}


def test_nothing_planned_in_a_bare_zero() -> None:
    reading = accounts(PENSIONS + "年初预算为0，支出决算为20.00万元。决算数大于预算数的主要原因：追加。")
    assert reading.findings == ()
    plan = next(c for c in claims(reading) if isinstance(c, AmountClaim))
    assert (plan.of[0].stage, plan.amount.fen) == (Stage.BUDGET, 0)


def test_purposes_parted_by_a_semicolon() -> None:
    reading = accounts(PENSIONS + "主要用于：社工薪酬；单位运营成本，如水费、电费等。支出决算为20.00万元。")
    assert reading.findings == ()
    assert [c.kind for c in claims(reading) if isinstance(c, Sentence)][1:] == [Said.PURPOSE] * 3


def test_of_what_shares_are_that_follow_a_name() -> None:
    heading = "## 七、财政拨款“三公”经费支出决算情况说明\n\n"
    text = "“三公”经费财政拨款支出决算中，因公出国（境）费支出决算0.00万元，占0%；公务接待费支出决算0.40万元，占100%。"
    reading = accounts(heading + text)
    assert reading.findings == ()
    shares = [c for c in claims(reading) if isinstance(c, ShareClaim)]
    assert [c.whole[0].item for c in shares] == [Item.THREE_PUBLIC] * 2


def test_a_slip_in_the_words_of_a_change_leaves_what_follows_its_base() -> None:
    heading = "## 七、财政拨款“三公”经费支出决算情况说明\n\n"
    text = "“三公”经费支出决算数比2023年度减增加2.00万元，其中：公务接待费支出决算增加2.00万元，增长50%。"
    reading = accounts(heading + text)
    assert [f.code for f in reading.findings] == ["read.subject"]
    moved = [c for c in claims(reading) if isinstance(c, ChangeClaim | GrowthClaim)]
    assert [(c.of[0].item, c.base.year) for c in moved] == [(Item.RECEPTION, 2023)] * 2


BUDGET = """# 2025年部门预算

## 2025年部门一般公共预算支出功能分类预算表

编制部门：某区某局 单位：元

| 项目 |  |  |  | 一般公共预算支出 |  |  |
| --- | --- | --- | --- | --- | --- | --- |
| 功能分类科目编码 |  |  | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
| 类 | 款 | 项 |  |  |  |  |
| 201 |  |  | 一般公共服务支出 | 430,000.00 | 430,000.00 |  |
| 201 | 06 |  | 财政事务 | 430,000.00 | 430,000.00 |  |
| 201 | 06 | 01 | 行政运行 | 430,000.00 | 430,000.00 |  |
| 合计 |  |  |  | 430,000.00 | 430,000.00 |  |

"""


def budget(text: str) -> Reading:
    return read((BUDGET + text).encode(), name="a.md", layout="shanghai-department-budget")


def test_paths_in_quotes_and_paths_with_dashes() -> None:
    for name in ("一般公共服务支出（类）财政事务（款）行政运行（项）", "一般公共服务支出-财政事务-行政运行"):
        reading = budget(f"## 2025年部门预算编制说明\n\n1. “{name}”科目43.00万元，主要用于机关运行。\n")
        assert reading.findings == ()
        (amount,) = [c for c in claims(reading) if isinstance(c, AmountClaim)]
        assert amount.of[0].functional == "2010601"


def test_institutions_beside_the_administration() -> None:
    text = "## 其他相关情况说明\n\n2025年某区某局下属1家机关和2家事业单位财政拨款的机关运行经费预算为3.28万元。\n"
    reading = budget(text)
    assert reading.findings == ()
    counted = {c.what: c.count for c in claims(reading) if isinstance(c, CountClaim)}
    assert counted == {Counted.ORGANS: 1, Counted.INSTITUTIONS: 2}


def test_what_projects_are_about_is_kept_as_text() -> None:
    text = "## 科技创新专项经费情况说明\n\n推动企业创新。\n\n2025年度项目总预算1720.00万，其中认定1720.00万。\n"
    reading = budget(text)
    assert reading.findings == ()
    (section,) = [s for s in reading.disclosure.narrative.sections if s.id == "projects"]
    assert [p.text for p in section.passages] == ["推动企业创新。", "2025年度项目总预算1720.00万，其中认定1720.00万。"]
    assert section.claims == ()


def test_a_cover_of_one_line_names_the_body() -> None:
    text = ACCOUNTS.replace("# 某区某局\n\n2024年度部门决算", "# 某区某局2024年度部门决算").replace(
        "部门：某区某局 ", ""
    )
    reading = read((text + PENSIONS).encode(), name="a.md", layout="shanghai-final-accounts")
    assert reading.disclosure.organization.name == "某区某局"
    assert reading.findings == ()


def test_a_heading_over_two_lines_that_the_contents_have_on_one() -> None:
    lines = (
        "某区某局", "2024年度部门决算", "目录", "第三部分某区某局2024年度部门决算情况说明", "一、收入决算情况说明",
        "第三部分 某区某局2024年度部门决算", "情况说明", "一、收入决算情况说明", "本年收入合计30.00万元。",
    )  # fmt: skip
    reading = read("\n".join(lines).encode(), name="a.txt", layout="shanghai-final-accounts")
    headings = [s.heading for s in reading.disclosure.narrative.sections]
    assert headings == ["第三部分 某区某局2024年度部门决算情况说明", "一、收入决算情况说明"]
    assert "read.line" not in {f.code for f in reading.findings}


FUND = """## 政府性基金预算财政拨款收入支出决算表

单位：万元

| 项目 |  | 年初结转和结余 | 本年收入 | 本年支出 |  |  | 年末结转和结余 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 功能分类科目编码 | 科目名称 |  |  | 合计 | 基本支出 | 项目支出 |  |
| 合计 |  |  |  |  |  |  |  |

注：本表反映收入支出情况。

无政府性基金预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明：

说明：某区某局本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。

"""


def test_a_line_of_the_form_under_a_table_parts_no_note_from_it() -> None:
    text = ACCOUNTS.replace("## 五、", FUND + "## 五、")
    reading = read((text + PENSIONS).encode(), name="a.md", layout="shanghai-final-accounts")
    assert reading.findings == ()
    assert [len(t.notes) for t in reading.disclosure.tables] == [0, 3]
    codes = [f.code for f in audit(reading.disclosure).findings]
    assert "completeness.empty-tables" not in codes
    assert codes.count("wording.instruction") == 1


def test_a_sentence_that_there_is_none_explains_an_empty_table() -> None:
    table = FUND.split("注：", maxsplit=1)[0]
    heading = "八、政府性基金预算财政拨款收入支出决算情况说明"
    said = f"\n\n## {heading}\n\n某区某局2024年度无政府性基金预算财政拨款收入和支出。\n"
    text = ACCOUNTS.replace("## 五、", table + "## 五、") + PENSIONS
    codes = [
        {f.code for f in audit(read(t.encode(), name="a.md", layout="shanghai-final-accounts").disclosure).findings}
        for t in (text, text + said)
    ]
    assert ["completeness.empty-tables" in found for found in codes] == [True, False]


def test_blanks_in_headings_and_marks_in_the_glossary() -> None:
    text = (
        ACCOUNTS
        + PENSIONS
        + "\n\n## 第三部分某区XX局2024年度部门决算情况说明\n\n## 名词解释\n\n1.基本支出：指保障运转的支出。。\n"
    )
    report = audit(read(text.encode(), name="a.md", layout="shanghai-final-accounts").disclosure)
    assert {"wording.blank", "wording.punctuation"} <= {f.code for f in report.findings}


def test_directions_are_told_with_the_difference_of_what_is_printed() -> None:
    reading = accounts(PENSIONS + "年初预算为21.13万元，支出决算为20.00万元。决算数大于预算数的主要原因：增员。")
    (movement,) = [c for c in audit(reading.disclosure).comparisons if c.rule == "outcome.movement"]
    assert (movement.verdict, movement.difference) == (Verdict.VIOLATED, "1.13万元")


def test_what_bears_the_year_before_is_of_the_year_before() -> None:
    text = "2024年“三公”经费预算数为5.00万元，2025年“三公”经费预算数为4.00万元。2024年机关运行经费决算数为9.00万元。"
    reading = budget(f"## 其他相关情况说明\n\n{text}\n")
    assert reading.findings == ()
    found = [(c.of[0].year, c.of[0].stage) for c in claims(reading) if isinstance(c, AmountClaim)]
    assert found == [(2024, Stage.BUDGET), (2025, Stage.BUDGET), (2024, Stage.FINAL)]
    assert Verdict.VIOLATED not in {c.verdict for c in audit(reading.disclosure, rules=select("narrative")).comparisons}


def test_words_that_stand_twice_and_a_number_without_its_stop() -> None:
    text = (
        "2025年，某区某局支出预算43.00万元，比2024年预算增加增加1.00万元。其中：财政拨款支出预算0万元，与2024年预算增加持平。\n\n"
        "18“一般公共服务支出（类）财政事务（款）行政运行（项）”43.00万元，主要用于机关运行。"
    )
    reading = budget(f"## 2025年部门预算编制说明\n\n{text}\n")
    assert reading.findings == ()
    doubled = [dict(f.data)["printed"] for f in audit(reading.disclosure).findings if f.code == "wording.doubled-words"]
    assert doubled == ["增加增加", "增加持平"]
