"""Packs of rules from outside, in TOML and Python; every error names file and key."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from govbudget.consistency import Verdict
from govbudget.errors import GovBudgetError, RuleError
from govbudget.invariants import CATALOGUE, audit, lint, load_pack, parse_pack, sketch
from govbudget.invariants.sketch.coordinates import at

HEAD = """
[[rules]]
id = "mine.one"
zh = "某某"
en = "Something"
why = "Tests something that an auditor of this place wants to know, and says why at some length."
basis = "house rule"
"""
SUM = (
    HEAD
    + """
sum = { total = "expenditure current general", parts = [
    "expenditure current general basic", "expenditure current general project" ] }
holds = '''
[5 general_expenditure]
科目 | 合计
合计 | 9.00
[6 general_basic]
科目 | 合计
合计 | 6.00
[10 project: general]
项目 | 合计
合计 | 3.00
'''
breaks = '''
[5 general_expenditure]
科目 | 合计
合计 | 9.00
[6 general_basic]
科目 | 合计
合计 | 6.00
[10 project: general]
项目 | 合计
合计 | 4.00
'''
"""
)


def check(text: str, document: str) -> list[tuple[Verdict, str, str]]:
    report = audit(sketch(document), rules=parse_pack(text))
    return [(c.verdict, c.relation, c.reason) for c in report.comparisons]


def test_sums_over_tables() -> None:
    (rule,) = parse_pack(SUM, "mine.toml")
    assert lint([rule], CATALOGUE) == ()
    assert check(SUM, rule.holds[0]) == [(Verdict.EXACT, "9.00万元 = 6.00万元 + 3.00万元", "")]
    assert check(SUM, rule.breaks[0]) == [(Verdict.VIOLATED, "9.00万元 ≠ 6.00万元 + 4.00万元", "")]
    missing = rule.holds[0].split("[10")[0]
    assert check(SUM, missing) == [(Verdict.NOT_TESTED, "", "parts-missing")]
    assert check(SUM, "[3 expenditure]\n科目 | 合计\n合计 | 1.00") == []
    report = audit(sketch(rule.breaks[0]), rules=[rule])
    assert report.diagnosis is not None
    assert report.diagnosis.proofs, "sums of packs take part in what all sums say"


def test_equalities_inequalities_and_what_is_taken_away() -> None:
    tables = "[3 expenditure]\n科目 | 合计 | 项目 = project\n合计 | 9.00 | 2.00\n"
    tables += "[4 fiscal_summary: expenditure current]\n| a\n合计 | {}"
    same = HEAD + 'equal = ["expenditure current", "expenditure current fiscal"]'
    assert check(same, tables.format("9.00"))[0][0] is Verdict.EXACT
    assert check(same, tables.format("8.00"))[0][:2] == (Verdict.VIOLATED, "9.00万元 ≠ 8.00万元")
    most = HEAD + 'at_most = ["expenditure current fiscal", "expenditure current"]'
    assert check(most, tables.format("8.00"))[0][:2] == (Verdict.EXACT, "8.00万元 ≤ 9.00万元")
    assert check(most, tables.format("9.10"))[0][0] is Verdict.VIOLATED
    less = HEAD + 'sum = { total = "expenditure current fiscal", parts = ['
    less += '"expenditure current", "- expenditure current project"] }'
    assert check(less, tables.format("7.00"))[0][:2] == (Verdict.EXACT, "7.00万元 = 9.00万元 - 2.00万元")
    assert check(less, tables.format("9.00"))[0][0] is Verdict.VIOLATED


def test_ratios_know_rounding() -> None:
    tables = "[6 general_basic]\n科目 | 合计\n30101 基本工资 | {}\n30228 工会经费 | {}"
    of, to = (f"expenditure current general basic {code}" for code in ("30228", "30101"))
    rule = HEAD + f'severity = "hint"\nratio = {{ of = "{of}", to = "{to}", least = "1.5%", most = "1/40" }}'
    assert check(rule, tables.format("100", "2"))[0][0] is Verdict.EXACT
    assert check(rule, tables.format("100.00", "1.00"))[0][0] is Verdict.VIOLATED
    assert check(rule, tables.format("100", "3"))[0][0] is Verdict.ROUNDING  # 2.5 of 100.4 is within
    assert check(rule, tables.format("100.00", "3.00"))[0][1] == "3.00万元 / 100.00万元 = 3%，应 ≥ 1.5% 且 ≤ 2.5%"
    assert check(rule, tables.format("0.00", "3.00"))[0][::2] == (Verdict.UNDECIDED, "zero-base")


def test_relations_hold_node_by_node() -> None:
    lines = "科目 | 合计\n2012950 事业运行 | 9.00\n2101101 行政单位医疗 | "
    tables = f"[3 expenditure]\n{lines}2.00\n[5 general_expenditure]\n{lines}3.00"
    rule = HEAD + 'at_most = ["expenditure current general", "expenditure current"]\neach = "functional"'
    found = audit(sketch(tables), rules=parse_pack(rule)).comparisons
    assert [(c.subject, c.verdict.value) for c in found] == [
        ("一般公共预算 事业运行", "exact"),
        ("一般公共预算 行政单位医疗", "violated"),
    ]


def test_rules_that_do_not_apply_say_why() -> None:
    rule = (
        HEAD + 'equal = ["expenditure current", "revenue current"]\napplies = { stage = "final", years = [2020, 2022] }'
    )
    assert check(rule, "unit budget 2021") == [(Verdict.NOT_TESTED, "", "other-stage")]
    assert check(rule, "unit final 2024") == [(Verdict.NOT_TESTED, "", "other-year")]
    assert check(rule, "unit final 2021") == []


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "p.toml: rules", "no rules"),
        ("rule = 1", "p.toml: rule", "unknown key"),
        ("[[rules]]\nid = 'a.b'", "p.toml: rules[0].zh", "required key missing"),
        (HEAD, "p.toml: rules[0]", "says one relation"),
        (HEAD + "equal = ['general', 'fiscal']\nat_most = []", "p.toml: rules[0]", "not equal and at_most"),
        (HEAD + "equal = ['general']", "p.toml: rules[0].equal", "two facts"),
        (HEAD + "equal = ['general', 'generl']", "p.toml: rules[0].equal[1]", "no word of a coordinate"),
        (HEAD + "equal = ['general', 3]", "p.toml: rules[0].equal[1]", "expected a text"),
        (HEAD + "at_most = ['general']", "p.toml: rules[0].at_most", "two facts, not 1"),
        (HEAD + "sum = { parts = ['general'] }", "p.toml: rules[0].sum.total", "required key missing"),
        (HEAD + "sum = { total = 'fiscal', parts = [] }", "p.toml: rules[0].sum.parts", "has parts"),
        (HEAD + "sum = { total = 'fiscal', parts = ['general', '']}", "p.toml: rules[0].sum.parts[1]", "what is meant"),
        (HEAD + "ratio = { of = 'general', to = 'fiscal' }", "p.toml: rules[0].ratio", "has a bound"),
        (HEAD + "ratio = { of = 'general', to = 'fiscal', most = '1/0' }", "p.toml: rules[0].ratio.most", "no ratio"),
        (HEAD + "ratio = { of = 'general', to = 'fiscal', most = 2 }", "p.toml: rules[0].ratio.most", "a text"),
        (HEAD + "equal = ['general', 'fiscal']\neach = 'colour'", "p.toml: rules[0].each", "no axis"),
        (HEAD + "equal = ['general', 'fiscal']\nseverity = 'bad'", "p.toml: rules[0].severity", "no severity"),
        (HEAD.replace("mine.one", "One") + "equal = ['general', 'fiscal']", "p.toml: rules[0].id", "no id of a rule"),
        (HEAD + "equal = ['general', 'fiscal']\nholds = [1]", "p.toml: rules[0].holds[0]", "expected a text"),
        (
            HEAD + "equal = ['general', 'fiscal']\napplies = { year = 1 }",
            "p.toml: rules[0].applies.year",
            "unknown key",
        ),
        ("[[rules]", "p.toml:", "no TOML"),
    ],
)
def test_a_pack_that_does_not_fit_says_file_and_key(text: str, place: str, what: str) -> None:
    with pytest.raises(RuleError, match=what) as caught:
        parse_pack(text, "p.toml")
    assert caught.value.place == place


PYTHON = '''
from govbudget.invariants import rule
from govbudget.invariants.rule import not_tested

@rule("mine.two", zh="甲", en="a", basis="b")
def two(ctx):
    """Says nothing."""
    yield not_tested("x", "no-table")

RULES = (two,)
'''


def test_python_packs(tmp_path: Path) -> None:
    path = tmp_path / "pack.py"
    path.write_text(PYTHON, encoding="utf-8")
    (rule,) = load_pack(path)
    assert (rule.id, rule.source) == ("mine.two", str(path))
    assert list(tmp_path.iterdir()) == [path], "no bytecode beside it"
    for text, what, where in (
        ("x = 1", "no RULES", str(path)),
        ("RULES = (1,)", r"RULES\[0\] is no rule but int", str(path)),
        ("\nx = 1 / 0", "ZeroDivisionError", f"{path}, line 2"),
        ("x = (", "SyntaxError", f"{path}, line 1"),
        (PYTHON.replace('    """Says nothing."""\n', ""), "no docstring", str(path)),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RuleError, match=what) as caught:
            load_pack(path)
        assert str(caught.value.place) == where


def test_packs_are_found_by_path_and_by_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleError, match="no such file"):
        load_pack(tmp_path / "none.toml")
    with pytest.raises(RuleError, match="installed packs: none"):
        load_pack("nobody")
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(RuleError, match="cannot be read"):
        load_pack(binary)
    (tmp_path / "offered_pack.py").write_text(PYTHON, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    point = EntryPoint(name="offered", value="offered_pack", group="govbudget.rules")
    monkeypatch.setattr("govbudget.invariants.packs.load.entry_points", lambda **_: [point])
    assert [rule.id for rule in load_pack("offered")] == ["mine.two"]


def test_a_rule_that_fails_is_told_with_file_and_line(tmp_path: Path) -> None:
    pack = tmp_path / "office.py"
    pack.write_text(
        '''from govbudget.invariants import rule


@rule("office.broken", zh="坏", en="broken", basis="无", holds="unit budget 2024")
def broken(ctx):
    """A rule that names what is not there, as everybody writes one once."""
    yield Outcom()


RULES = (broken,)
''',
        encoding="utf-8",
    )
    (broken,) = load_pack(pack)
    with pytest.raises(RuleError, match=r"rule office\.broken fails: NameError") as caught:
        audit(sketch("unit budget 2024"), rules=[broken])
    assert str(caught.value.place).endswith("office.py, line 7")
    told = [fault.detail for fault in lint([broken]) if fault.kind == "example"]
    assert len(told) == 1
    assert "line 7" in told[0]


def test_a_word_that_is_nearly_one_is_told_what_it_may_be() -> None:
    with pytest.raises(GovBudgetError, match="did you mean vehicles"):
        at("expenditure current general vehicle")
