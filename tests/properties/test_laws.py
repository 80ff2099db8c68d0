"""Laws over whole disclosures that are built from their leaves."""

from __future__ import annotations

import decimal

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govbudget.aggregation import rollup
from govbudget.consistency import Verdict
from govbudget.invariants import alarms, audit, select, verdict_counts
from govbudget.model import Disclosure, Fund, Line, Severity, Table, TableKind, Use, facts, is_empty, table, with_figure
from govbudget.money import Amount, Mark, MoneyUnit
from govbudget.reading import read
from govbudget.serializers import dumps, loads
from govbudget.testing import (
    Leaf,
    consistent_disclosures,
    disclosures,
    figure_faults,
    publish,
    render_markdown,
    render_text,
)

RULES = select("additivity", "agreement", "tables", "within", "sign")


@given(consistent_disclosures())
def test_what_is_built_from_leaves_holds_together(disclosure: Disclosure) -> None:
    """Independent rounding never makes a false alarm."""
    report = audit(disclosure, rules=(*RULES, *select("completeness.tables", "completeness.empty-tables")))
    assert report.findings == ()
    assert not any(c.verdict is Verdict.UNDECIDED for c in report.comparisons)


@given(consistent_disclosures())
def test_money_at_random_raises_questions_and_no_alarm(disclosure: Disclosure) -> None:
    """Rules on narrative, limits, signs and outcomes find nothing; what is only unusual is a question."""
    report = audit(disclosure, rules=select("narrative", "balance", "outcome", "plausible"), diagnosis=False)
    assert alarms(report) == ()
    assert {f.severity for f in report.findings} <= {Severity.HINT}


@given(consistent_disclosures(max_leaves=5), st.data())
def test_moving_a_figure_beyond_rounding_breaks_something(disclosure: Disclosure, data: st.DataObject) -> None:
    """A move of a thousand times the table's last digits is more than any rounding of a few parts explains."""
    spots = [
        (t, n, i, j)
        for t, found in enumerate(disclosure.tables)
        for n, lane in enumerate(found.lanes)
        for i, line in enumerate(lane.lines)
        for j, value in enumerate(line.values)
        if not isinstance(value, Mark)
    ]
    t, n, i, j = data.draw(st.sampled_from(spots))
    found = disclosure.tables[t]
    line = found.lanes[n].lines[i]
    old = line.values[j]
    assert not isinstance(old, Mark)
    step = found.unit.fen // 10 ** line.places[j]
    moved = Amount(old + 1000 * step, found.unit, line.places[j])
    assert audit(with_figure(disclosure, (t, n, i, j), moved), rules=RULES, diagnosis=False).findings


def test_where_rounding_can_explain_a_change_the_verdict_drops() -> None:
    """A total of many rounded parts that nothing else prints: one unit is no proof, but no longer exact."""
    leaves = [Leaf(functional="2012950", economic=f"302{n:02}", use=Use.RUNNING, fen=10**8) for n in (1, 2, 4, 5, 7)]
    disclosure = publish(leaves)
    basic = table(disclosure, TableKind.GENERAL_BASIC)
    assert basic is not None
    alone = attrs.evolve(disclosure, tables=(basic,))
    before = verdict_counts(audit(alone, rules=RULES))
    rounding = [f for f in figure_faults(alone) if not audit(f.disclosure, rules=RULES, diagnosis=False).findings]
    for fault in rounding:
        after = verdict_counts(audit(fault.disclosure, rules=RULES, diagnosis=False))
        assert after[Verdict.ROUNDING] > before[Verdict.ROUNDING]
        assert after[Verdict.EXACT] < before[Verdict.EXACT]
    class_line = next(line for line in basic.lanes[0].lines if line.label == "商品和服务支出")
    column_only = _only_column(alone, basic, class_line)
    faults = list(figure_faults(column_only))
    graded = [verdict_counts(audit(f.disclosure, rules=RULES, diagnosis=False)) for f in faults if f.kind != "swap"]
    assert graded
    assert all(g[Verdict.VIOLATED] == 0 and g[Verdict.ROUNDING] > 0 for g in graded)


def _only_column(disclosure: Disclosure, basic: Table, line: Line) -> Disclosure:
    """The class and its parts in one column, without the totals line: nothing but one sum of five."""
    lane = basic.lanes[0]
    lines = tuple(
        attrs.evolve(x, values=x.values[:1], places=x.places[:1], spans=x.spans[:1])
        for x in lane.lines
        if x.label != "合计"
    )
    assert line.label in {x.label for x in lines}
    small = attrs.evolve(basic, lanes=(attrs.evolve(lane, columns=lane.columns[:1], lines=lines),))
    return attrs.evolve(disclosure, tables=(small,))


@given(consistent_disclosures(max_leaves=6), st.sampled_from([render_text, render_markdown]))
@settings(max_examples=40)
def test_reading_inverts_printing(disclosure: Disclosure, render: object) -> None:
    """Tables printed as text or Markdown read back as the same lines: subjects, coordinates, amounts, blanks."""
    assert callable(render)
    reading = read(render(disclosure).encode(), name="printed")
    assert [(f.code, f.data) for f in reading.findings if f.code != "read.name-ambiguous"] == []
    assume(not any(f.code == "read.name-ambiguous" for f in reading.findings))
    for ours, theirs in zip(disclosure.tables, reading.disclosure.tables, strict=True):
        assert (ours.kind, ours.number, ours.unit, ours.organization) == (
            theirs.kind,
            theirs.number,
            theirs.unit,
            theirs.organization,
        )
        for a, b in zip(ours.lanes, theirs.lanes, strict=True):
            assert [(c.header, c.at) for c in a.columns] == [(c.header, c.at) for c in b.columns]
            assert [(x.label, x.at, x.values, x.places) for x in a.lines] == [
                (x.label, x.at, x.values, x.places) for x in b.lines
            ]


@given(disclosures())
def test_json_is_lossless_and_stable(disclosure: Disclosure) -> None:
    data = dumps(disclosure)
    assert loads(data) == disclosure
    assert dumps(loads(data)) == data
    assert data == dumps(disclosure)


@given(consistent_disclosures())
def test_rollup_equals_the_sum_of_the_leaves(disclosure: Disclosure) -> None:
    general = table(disclosure, TableKind.GENERAL_EXPENDITURE)
    assert general is not None
    assume(not is_empty(general))  # a body may have other money only
    rolled = rollup(disclosure, by=("functional", "use"), fund=Fund.GENERAL)
    total = next(row for row in rolled.rows if row.key == ("", Use.ALL))
    printed = {fact.at: fact.witnesses[0].amount for fact in facts(disclosure)}
    assert total.fen == sum(printed[leaf.fact.at].fen for leaf in total.leaves)
    assert total.low <= total.fen <= total.high
    grand = next(
        fact for at, fact in printed.items() if at == attrs.evolve(total.leaves[0].fact.at, functional="", use=Use.ALL)
    )
    low, high = grand.bounds
    assert total.low <= high
    assert low <= total.high  # what the leaves allow and what the total prints have exact values in common
    # Rolling up level by level is rolling up at once.
    for row in rolled.rows:
        if row.key[1] is Use.ALL:
            parts = [r for r in rolled.rows if r.key[0] == row.key[0] and r.key[1] in (Use.BASIC, Use.PROJECT)]
            assert row.fen == sum(r.fen for r in parts)


@given(consistent_disclosures(max_leaves=5))
@settings(max_examples=15)
def test_nothing_depends_on_the_decimal_context(disclosure: Disclosure) -> None:
    spent = table(disclosure, TableKind.EXPENDITURE)
    assume(spent is not None and not is_empty(spent))  # all of it may be carried over to the next year
    text = render_text(disclosure).encode()
    plain = (read(text), audit(disclosure), dumps(disclosure), rollup(disclosure, by="functional"))
    with decimal.localcontext() as context:
        context.prec = 6
        context.rounding = decimal.ROUND_DOWN
        again = (read(text), audit(disclosure), dumps(disclosure), rollup(disclosure, by="functional"))
        money = [row.money for row in again[3].rows]
    assert plain == again
    assert money == [row.money for row in plain[3].rows]


def test_units_of_the_document_do_not_change_the_money() -> None:
    leaves = [Leaf(functional="2012950", economic="30101", use=Use.PERSONNEL, fen=123_456_780_000)]
    wan = publish(leaves, unit=MoneyUnit.WAN_YUAN, places=4)
    yuan = publish(leaves, unit=MoneyUnit.YUAN, places=0)
    assert [r.fen for r in rollup(wan).rows] == [r.fen for r in rollup(yuan).rows]
