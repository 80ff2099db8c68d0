"""What a suspect probably was: every kind of slip is found again, and moved, doubled and lost lines too."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget.consistency import (
    Cell,
    EventKind,
    Known,
    Mode,
    Plan,
    Printed,
    SlipKind,
    System,
    decide,
    each_part,
    exchanged,
    explain,
    explaining,
    localise,
    missing,
    moved,
    slips,
    sum_of,
    supported,
    system,
)
from govbudget.consistency.slips import plain_number, value_of

WAN = 1_000_000


@pytest.mark.parametrize(
    ("printed", "true", "kind"),
    [
        ("1,147.59", "1147.95", SlipKind.SWAP),
        ("1147.92", "1147.95", SlipKind.CHANGED),
        ("7147.95", "1147.95", SlipKind.LOOKALIKE),
        ("114.95", "1147.95", SlipKind.DROPPED),
        ("11447.95", "1147.95", SlipKind.ADDED),
        ("-1147.95", "1147.95", SlipKind.SIGN),
        ("（1147.95）", "1147.95", SlipKind.SIGN),
        ("114795", "1147.95", SlipKind.POINT),
        ("11.4795", "1147.95", SlipKind.POINT),
        ("11479500.00", "1147.95", SlipKind.UNIT),
        ("12.3", "12.34", SlipKind.DROPPED),
        ("１１４７．５９", "1147.95", SlipKind.SWAP),
        ("1", "12", SlipKind.DROPPED),
        ("0.50", "50", SlipKind.POINT),
    ],
)
def test_each_kind_of_slip_is_found_again(printed: str, true: str, kind: SlipKind) -> None:
    amount = value_of(true, WAN)
    assert amount is not None
    _, low, high = amount
    best = explaining(Printed(printed, WAN), low, high)[0]
    assert best.kind is kind
    assert value_of(best.text, WAN) is not None
    assert best.fits(low, high)


@given(st.integers(1, 10**9), st.data())
def test_every_swap_is_explained(cents: int, data: st.DataObject) -> None:
    true = f"{cents // 100}.{cents % 100:02d}"
    places = [i for i in range(len(true) - 1) if true[i] != true[i + 1] and "." not in true[i : i + 2]]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    wrong = true[:at] + true[at + 1] + true[at] + true[at + 2 :]
    exact = value_of(true, WAN)
    assert exact is not None
    assert any(s.low <= exact[0] <= s.high for s in explaining(Printed(wrong, WAN), exact[1], exact[2], most=99))


@given(st.integers(0, 10**7), st.integers(0, 2))
def test_no_slip_is_the_printed_number_and_none_comes_twice(digits: int, places: int) -> None:
    text = f"{digits // 10**places}.{digits % 10**places:0{places}d}" if places else str(digits)
    found = [s.text for s in slips(Printed(text, WAN))]
    assert len(set(found)) == len(found)
    assert plain_number(text) not in found


def test_neighbours_and_blanks() -> None:
    printed = Printed("12.00", WAN, neighbours={"last year": "15.30", "below": "—"})
    best = explaining(printed, 15_300_000, 15_300_000)[0]
    assert (best.kind, best.text, best.evidence) == (SlipKind.NEIGHBOUR, "15.30", "last year")
    assert explaining(Printed(""), 5, 7)[0].kind is SlipKind.OMITTED
    assert explaining(Printed("…"), 5, 7) == ()


def test_truncated_figures_are_explained_by_what_truncates_to_them() -> None:
    printed = Printed("21", 100, Mode.TRUNCATION)
    assert [s.text for s in explaining(printed, 1290, 1299) if s.kind is SlipKind.SWAP] == ["12"]
    assert not [s for s in explaining(Printed("21", 100), 1290, 1299) if s.kind is SlipKind.SWAP]


def _explained(values: list[int], rules: list[tuple[int, list[int]]]) -> tuple[System, list[str]]:
    texts = [str(v) for v in values]
    plan = Plan(len(values), tuple(sum_of(total, parts) for total, parts in rules))
    return system(plan, [Known(v, v, v) for v in values]), texts


def test_the_set_with_a_reason_comes_first() -> None:
    given_system, texts = _explained([107887, 50000, 57878], [(0, [1, 2])])
    best = explain(given_system, localise(given_system), {i: Printed(t) for i, t in enumerate(texts)})[0]
    (proposal,) = best.proposals
    assert proposal.figure == 0
    assert proposal.slips[0].kind is SlipKind.SWAP
    assert proposal.slips[0].text == "107878"
    assert (proposal.low, proposal.high) == (107878, 107878)


def test_two_slips_are_explained_together() -> None:
    # Two parts of one sum are wrong at once: either alone could be anything, only together do they have reasons.
    given_system, texts = _explained([1000, 654, 321, 25, 456, 198], [(0, [1, 2, 3]), (1, [4, 5])])
    spoiled = system(given_system.plan, [Known(v, v, v) for v in (1000, 654, 231, 25, 465, 198)])
    texts[2], texts[4] = "231", "465"
    found = localise(spoiled)
    best = explain(spoiled, found, {i: Printed(t) for i, t in enumerate(texts)})[0]
    assert {p.figure: p.slips[0].text for p in best.proposals} == {2: "321", 4: "456"}


@settings(max_examples=30)
@given(st.lists(st.integers(100, 9999), min_size=3, max_size=5), st.data())
def test_every_first_proposal_lets_the_rest_stand(parts: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts)))
    values = [sum(parts), *parts]
    values[at] += data.draw(st.sampled_from([9, 90, -81, 700]))
    given_system, texts = _explained(values, [(0, list(range(1, len(values))))])
    for explanation in explain(given_system, localise(given_system), {i: Printed(t) for i, t in enumerate(texts)}):
        (proposal,) = explanation.proposals
        for slip in proposal.slips:
            changed = list(given_system.values)
            changed[proposal.figure] = slip.value
            assert decide(system(given_system.plan, [Known(v, v, v) for v in changed])).certificate is None


# -- lines and columns ----------------------------------------------------------------------------------------------

PLAN = Plan(
    16,
    (
        *(sum_of(4 * r, range(4 * r + 1, 4 * r + 4)) for r in range(4)),
        *(sum_of(c, [4 + c, 8 + c, 12 + c]) for c in range(4)),
    ),
)
TABLE = [17, 5, 9, 3, 6, 1, 3, 2, 4, 1, 2, 1, 7, 3, 4, 0]


def _table(values: list[int]) -> System:
    return system(PLAN, [Known(v, v, v) for v in values])


def test_the_table_is_consistent() -> None:
    assert decide(_table(TABLE)).certificate is None


def test_a_shifted_row() -> None:
    values = [*TABLE[:4], 0, *TABLE[4:7], *TABLE[8:]]  # all figures of the first line stand one column to the right
    rows = [[4 * r + c for c in range(4)] for r in range(4)]
    given_system = _table(values)
    found = supported(given_system, [moved(given_system, row, by=by) for row in rows for by in (1, -1)])
    assert [sorted(event.changes) for event in found] == [[4, 5, 6, 7]]
    assert found[0].changes[4] == Known(6, 6, 6)


def test_swapped_columns() -> None:
    values = TABLE.copy()
    for r in (1, 2, 3):
        values[4 * r + 1], values[4 * r + 2] = values[4 * r + 2], values[4 * r + 1]
    given_system = _table(values)
    columns = [[4 * r + c for r in (1, 2, 3)] for c in range(4)]
    events = [exchanged(given_system, columns[a], columns[b]) for a in range(1, 4) for b in range(a + 1, 4)]
    assert [sorted(event.changes) for event in supported(given_system, events)] == [[5, 6, 9, 10, 13, 14]]


def _lines(figures: int, width: int) -> list[Cell]:
    return [Cell(0, i // width, i % width) for i in range(figures)]


def _best(given_system: System, width: int) -> tuple[EventKind, tuple[int, ...]]:
    """What comes first when every figure, line, pair of columns and gap is suspected alike."""
    found = localise(given_system, each_part(given_system, _lines(given_system.plan.size, width)))
    texts = {i: Printed(str(v)) for i, v in enumerate(given_system.values)}
    best = explain(given_system, found, texts)[0]
    (event,) = best.events
    return event.kind, found.figures(best.chosen) or found.relations(best.chosen)


COLUMNS = Plan(8, tuple(sum_of(c, [2 + c, 4 + c, 6 + c]) for c in range(2)))


def test_a_doubled_and_a_missing_line() -> None:
    twice = system(COLUMNS, [Known(v, v, v) for v in (11, 13, 4, 5, 7, 8, 7, 8)])
    assert _best(twice, 2) == (EventKind.TWICE, (4, 5))
    short = system(COLUMNS, [Known(v, v, v) for v in (20, 30, 4, 5, 7, 8, 1, 1)])
    assert _best(short, 2) == (EventKind.MISSING, (0, 1))


def test_a_line_that_would_have_to_be_negative_is_not_missing() -> None:
    surplus = system(COLUMNS, [Known(v, v, v) for v in (11, 13, 4, 5, 7, 8, 70, 80)])
    assert missing(surplus, [0, 1]) is None
    assert missing(system(COLUMNS, [Known(v, v, v) for v in (-11, -13, 4, 5, 7, 8, 1, 1)]), [0, 1]) is not None


def test_a_line_that_no_event_explains_is_less_likely_than_any_slip() -> None:
    # Two figures of one line are wrong in ways that have nothing to do with each other.
    values = TABLE.copy()
    values[5], values[6] = 25, 40
    given_system = _table(values)
    found = localise(given_system, each_part(given_system, _lines(16, 4)))
    texts = {i: Printed(str(v)) for i, v in enumerate(values)}
    explained = explain(given_system, found, texts)
    assert all(e.cost >= 9 for e in explained)
    assert not any(event.kind in (EventKind.SHIFTED, EventKind.TWICE) for e in explained for event in e.events)


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(100, 99999)] * 3), min_size=3, max_size=6), st.data())
def test_every_doubled_line_is_told_first(lines: list[tuple[int, int, int]], data: st.DataObject) -> None:
    twin = data.draw(st.integers(0, len(lines) - 1))
    shown = [*lines, lines[twin]]
    totals = [sum(column) for column in zip(*lines, strict=True)]
    width, count = 3, len(shown) + 1
    plan = Plan(3 * count, tuple(sum_of(c, [width * r + c for r in range(1, count)]) for c in range(3)))
    values = [*totals, *(v for line in shown for v in line)]
    kind, figures = _best(system(plan, [Known(v, v, v) for v in values]), width)
    assert kind is EventKind.TWICE
    assert figures[0] // width in {r + 1 for r, line in enumerate(shown) if line == lines[twin]}
