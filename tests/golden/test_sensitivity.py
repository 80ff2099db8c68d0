"""No change of a figure goes unnoticed: by one unit of its last digit, or by a swap of two digits.

Where rounding rules the change out, it is a violation; where rounding could still explain it, the verdict of a
relation of that figure drops from exact to within rounding.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from govbudget.consistency import Verdict
from govbudget.invariants import AuditReport, audit, select, tied_figures
from govbudget.reading import Reading, read
from govbudget.testing import figure_faults

RULES = select("additivity", "agreement", "tables", "within", "sign")


# Every figure of this budget has a tie of one to one (another table, a line with one part), so rounding explains none
# of the changes away; test_laws.py has budgets in which it does.
EXPECTED = {
    ("last-digit-up", "violated"): 213,
    ("last-digit-down", "violated"): 213,
    ("swap", "violated"): 652,
}


def _verdicts(report: AuditReport) -> Counter[Verdict]:
    return Counter(c.verdict for c in report.comparisons)


def test_every_changed_figure_is_noticed(example: Reading) -> None:
    disclosure = example.disclosure
    tied = tied_figures(audit(disclosure, rules=RULES, diagnosis=False))
    untied = [place for _, place, count in tied if not count]
    # Every printed figure of this budget is tied to another one; a figure that is not would be listed here.
    assert (len(tied), untied) == (213, [])

    before = _verdicts(audit(disclosure, rules=RULES, diagnosis=False))
    assert before[Verdict.VIOLATED] == before[Verdict.ROUNDING] == 0
    outcome: Counter[tuple[str, str]] = Counter()
    unnoticed = []
    figures = set()
    for fault in figure_faults(disclosure):
        figures.add(fault.index)
        after = _verdicts(audit(fault.disclosure, rules=RULES, diagnosis=False))
        if after[Verdict.VIOLATED]:
            outcome[fault.kind, "violated"] += 1
        elif after[Verdict.ROUNDING] and after[Verdict.EXACT] < before[Verdict.EXACT]:
            outcome[fault.kind, "rounding"] += 1
        else:
            unnoticed.append((str(fault.place), fault.was, fault.printed))
    assert unnoticed == []
    assert len(figures) == 213
    # Counted, so that a rule that grows blind is seen: which faults rounding rules out, and which it could explain.
    assert outcome == EXPECTED, outcome


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 10, 11])
def test_a_changed_source_is_noticed_too(example: Reading, number: int) -> None:
    """The same through the whole way: the first and last figure of each table changed in the text itself."""
    source = (Path(__file__).parents[2] / "examples" / "hangzhou-2024.md").read_text(encoding="utf-8")
    table = next(t for t in example.disclosure.tables if t.number == number)
    spans = [s for lane in table.lanes for line in lane.lines for s in line.spans if s]
    for start, stop in (spans[0], spans[-1]):
        shown = source[start:stop]
        changed = shown[:-1] + str((int(shown[-1]) + 1) % 10)
        reading = read((source[:start] + changed + source[stop:]).encode(), name="changed.md")
        report = audit(reading.disclosure, rules=RULES)
        places = [p for f in report.findings for p in f.places]
        assert any(p.table == number and p.span == (start, stop) for p in places), (number, shown, changed)
