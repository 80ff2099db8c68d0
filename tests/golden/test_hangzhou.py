"""The Hangzhou 2024 unit budget, end to end: every number accounted for, every claim tested, one slip found."""

from __future__ import annotations

import re
from collections import Counter

from govbudget.classification import Scheme, tree
from govbudget.consistency import Verdict
from govbudget.invariants import audit, tied_figures, verdict_counts
from govbudget.model import (
    AbsenceClaim,
    AmountClaim,
    ChangeClaim,
    CompositionClaim,
    CountClaim,
    FlatClaim,
    GrowthClaim,
    Resolved,
    Severity,
    ShareClaim,
    SubjectHead,
    TableKind,
    is_empty,
    table,
)
from govbudget.money import Mark
from govbudget.reading import NumberRole, Reading

Hangzhou = tuple[str, Reading]


def test_who_and_when(hangzhou: Hangzhou) -> None:
    disclosure = hangzhou[1].disclosure
    body = disclosure.organization
    assert body.name == "杭州市职工服务中心（杭州市职工技术协作中心）"
    assert (body.parent, body.nature) == ("杭州市总工会", "事业单位")
    assert body.divisions == ("办公室", "维权服务科", "业务审核科", "结报结算科", "宣传信息科")
    assert (disclosure.year, disclosure.stage.value, disclosure.scope.value) == (2024, "budget", "unit")


def test_nothing_was_left_unread(hangzhou: Hangzhou) -> None:
    assert hangzhou[1].findings == ()


def test_every_number_of_the_source_is_accounted_for(hangzhou: Hangzhou) -> None:
    """The count is made here, by another expression than the reader's, on the bare source."""
    source, reading = hangzhou
    independent = [m.span() for m in re.finditer(r"\d+(?:[,.]\d+)*", source)]
    assert [use.span for use in reading.numbers] == independent
    roles = Counter(use.role for use in reading.numbers)
    assert roles[NumberRole.UNREAD] == 0
    # Every role is backed by what it says: figures and claims are the numbers that the model holds.
    held = [
        source[a:b]
        for t in reading.disclosure.tables
        for lane in t.lanes
        for line in lane.lines
        for span in line.spans
        if span
        for a, b in [span]
    ]
    assert roles[NumberRole.FIGURE] == len(held) == 213
    claimed = [n for s in reading.disclosure.narrative.sections for c in s.claims for n in c.numbers]
    assert roles[NumberRole.CLAIM] == len(claimed) == len(set(claimed))
    assert sum(roles.values()) == len(independent)


def test_numbers_of_other_roles_look_like_it(hangzhou: Hangzhou) -> None:
    """Dates, references and numbering are read off their surroundings; each must look the part."""
    source, reading = hangzhou
    for use in reading.numbers:
        before, after = source[max(0, use.span[0] - 8) : use.span[0]], source[use.span[1] : use.span[1] + 4]
        if use.role is NumberRole.DATE:
            assert re.match(r"\s*[年月日]", after), (before, use.text, after)
        elif use.role is NumberRole.REFERENCE:
            assert "表" in before, (before, use.text, after)
        elif use.role is NumberRole.NUMBERING:
            assert re.match(r"\s*[.、)）：:]", after) or "表" in before, (before, use.text, after)
        elif use.role is NumberRole.FIGURE:
            assert re.fullmatch(r"[\d,]+\.\d\d", use.text), use


def test_all_eleven_tables(hangzhou: Hangzhou) -> None:
    disclosure = hangzhou[1].disclosure
    assert [t.number for t in disclosure.tables] == list(range(1, 12))
    assert [t.kind for t in disclosure.tables] == list(TableKind)[:11]
    sizes = {t.number: [len(lane.lines) for lane in t.lanes] for t in disclosure.tables}
    assert sizes == {
        1: [13, 6],
        2: [13],
        3: [13],
        4: [6, 6],
        5: [13],
        6: [34],
        7: [2],
        8: [0],
        9: [0],
        10: [2],
        11: [2],
    }
    assert [t.number for t in disclosure.tables if is_empty(t)] == [8, 9]
    assert all(t.notes for t in disclosure.tables if is_empty(t))
    performance = table(disclosure, TableKind.PERFORMANCE)
    assert performance is not None
    assert "困难职工" in (performance.lanes[0].lines[1].head.goal or "")  # type: ignore[union-attr]


def test_names_find_their_codes(hangzhou: Hangzhou) -> None:
    disclosure = hangzhou[1].disclosure
    heads = {
        line.head.key: line.label
        for t in disclosure.tables
        for lane in t.lanes
        for line in lane.lines
        if isinstance(line.head, SubjectHead)
    }
    assert set(heads) == {
        *("201", "20129", "2012950", "2012999"),
        *("208", "20805", "2080502", "2080505", "2080506", "210", "21011", "2101102"),
        *("301", "30101", "30102", "30103", "30107", "30108", "30109", "30110", "30112", "30113", "30114", "30199"),
        *("302", "30201", "30202", "30203", "30204", "30207", "30209", "30211", "30213", "30214", "30215", "30216"),
        *("30217", "30226", "30228", "30229", "30239", "30299", "303", "30302", "30399"),
    }
    for code, label in heads.items():
        scheme = Scheme.FUNCTIONAL if code[0] == "2" else Scheme.DEPARTMENT_ECONOMIC
        assert tree(scheme, 2024)[code].name.replace("（", "(").replace("）", ")") == label.replace("（", "(").replace(
            "）", ")"
        )
    assert all(
        line.head.resolved is Resolved.YES
        for t in disclosure.tables
        for lane in t.lanes
        for line in lane.lines
        if isinstance(line.head, SubjectHead)
    )


def test_places_lead_back_to_the_source(hangzhou: Hangzhou) -> None:
    source, reading = hangzhou
    for t in reading.disclosure.tables:
        for lane in t.lanes:
            for line in lane.lines:
                for value, places, span in zip(line.values, line.places, line.spans, strict=True):
                    if isinstance(value, Mark):
                        assert span is None
                        continue
                    assert span is not None
                    shown = source[span[0] : span[1]].replace(",", "")
                    assert shown == f"{value // 10**6}.{value % 10**6:06d}"[: len(shown)], (shown, value)
                    assert len(shown.partition(".")[2]) == places
                    row = source.splitlines()[line.line - 1]
                    assert shown in row.replace(",", "")
    for section in reading.disclosure.narrative.sections:
        for claim in section.claims:
            assert claim.place.span is not None
            assert claim.place.section
            for start, stop in claim.numbers:
                assert claim.place.span[0] <= start < stop <= claim.place.span[1]


def test_every_kind_of_claim_is_read(hangzhou: Hangzhou) -> None:
    claims = [c for s in hangzhou[1].disclosure.narrative.sections for c in s.claims]
    kinds = Counter(type(c) for c in claims)
    assert {k: kinds[k] for k in (ChangeClaim, GrowthClaim, ShareClaim, FlatClaim, AbsenceClaim, CountClaim)} == {
        ChangeClaim: 11,
        GrowthClaim: 11,
        ShareClaim: 7,
        FlatClaim: 5,
        AbsenceClaim: 2,
        CountClaim: 8,
    }
    assert kinds[AmountClaim] == 41
    assert kinds[CompositionClaim] == 4
    assert all(c.of for c in claims if not isinstance(c, CountClaim) and hasattr(c, "amount"))
    lists = {c.term: c.parts for c in claims if isinstance(c, CompositionClaim)}
    assert len(lists["人员经费"]) == 13
    assert len(lists["公用经费"]) == 17


def test_the_audit_finds_the_one_slip(hangzhou: Hangzhou) -> None:
    report = audit(hangzhou[1].disclosure)
    assert [(f.code, f.severity) for f in report.findings] == [("narrative.names", Severity.WARNING)]
    finding = report.findings[0]
    assert dict(finding.data)["relation"] == "体检费 ≠ 医疗费"
    assert [p.table for p in finding.places] == [None, 6]
    counts = verdict_counts(report)
    assert counts[Verdict.EXACT] >= 377
    assert counts[Verdict.UNDECIDED] == 0


def test_every_growth_share_and_change_is_tested(hangzhou: Hangzhou) -> None:
    report = audit(hangzhou[1].disclosure)
    grades = Counter((c.rule, c.verdict) for c in report.comparisons)
    assert grades["narrative.growth", Verdict.EXACT] == 9
    assert grades["narrative.growth", Verdict.ROUNDING] == 2
    assert grades["narrative.share", Verdict.EXACT] == 7
    assert grades["narrative.changes", Verdict.ROUNDING] == 1
    tested = {
        o.place
        for c in report.comparisons
        if c.verdict is not Verdict.NOT_TESTED
        for o in c.operands
        if o.role in {"change", "percent", "total", "part"}
    }
    claims = [c for s in hangzhou[1].disclosure.narrative.sections for c in s.claims]
    assert all(c.place in tested for c in claims if isinstance(c, ChangeClaim | GrowthClaim | ShareClaim))


def test_naive_recomputation_would_be_wrong_on_two_claims(hangzhou: Hangzhou) -> None:
    """0.92 on 32.50 is 2.83 %, printed 2.84 %; 2.03 on 25.99 is 7.81 %, printed 7.83 %: both are right."""
    report = audit(hangzhou[1].disclosure)
    rounded = [c.relation for c in report.comparisons if c.rule == "narrative.growth" and c.verdict is Verdict.ROUNDING]
    assert rounded == ["增加 2.84% ≈ 0.92万元 / 32.50", "增加 7.83% ≈ 2.03万元 / 25.99"]


def test_what_is_not_tested_says_why(hangzhou: Hangzhou) -> None:
    report = audit(hangzhou[1].disclosure)
    left = [c for c in report.comparisons if c.verdict is Verdict.NOT_TESTED]
    assert Counter((c.rule, c.reason) for c in left) == {
        ("narrative.flat", "last-year"): 5,
        ("wording.unit-in-department", "other-body"): 1,  # this is a unit
        ("completeness.units", "other-body"): 1,
        ("completeness.agency-running", "institution"): 1,
        ("classification.institution-subjects", "other-nature"): 1,
        ("completeness.plan-and-outcome", "other-stage"): 1,  # and a budget
        ("completeness.small-firms", "other-stage"): 1,
        ("completeness.trips-abroad", "other-stage"): 1,
        ("completeness.vehicle-counts", "other-stage"): 1,
        ("completeness.receptions", "other-stage"): 1,
        ("completeness.three-public-stages", "other-stage"): 1,
        ("classification.parent", "parts-missing"): 2,  # the summaries list classes only
        ("completeness.total-line", "parts-missing"): 2,  # two tables are empty
        ("completeness.unlisted-tables", "not-said"): 1,
    }


def test_every_figure_is_tied(hangzhou: Hangzhou) -> None:
    tied = tied_figures(audit(hangzhou[1].disclosure))
    assert len(tied) == 213
    assert [place for _, place, count in tied if count == 0] == []
