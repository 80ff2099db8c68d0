"""Text beyond the edges of a page: what is drawn twice is read once, and what nobody sees is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.source.test_pdf import pdf, words

from govbudget.reading import read
from govbudget.source import Paragraph, open_document
from govbudget.source.pdf_lines import Line
from govbudget.source.pdf_outside import within_pages

HEIGHT = 80_000


def line(text: str, base: int, page: int) -> Line:
    return Line(text, 5_000, 30_000, base, 1_000, page)


def texts(data: bytes) -> list[str]:
    return [block.text for block in open_document(data).blocks if isinstance(block, Paragraph)]


def test_a_text_box_drawn_on_two_pages_is_read_once() -> None:
    """The second page holds the whole box again, moved up: its upper part is above the page."""
    pytest.importorskip("pypdfium2")
    box = [(100, 700 - 40 * i, f"{i}. Sentence {i}.") for i in range(16)]
    first = words(*box)
    second = words(*((x, y + 400, text) for x, y, text in box))
    document = open_document(pdf(first, second))
    said = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert [said.count(f"Sentence {i}.") for i in range(16)] == [1] * 16
    assert document.remarks == ()


def test_the_same_words_on_two_pages_stay_where_nothing_is_beyond_an_edge() -> None:
    pytest.importorskip("pypdfium2")
    page = words((100, 700, "The same words."), (100, 600, "And these."))
    assert " ".join(texts(pdf(page, page))).count("The same words.") == 2


def test_what_no_page_shows_is_told() -> None:
    pytest.importorskip("pypdfium2")
    data = pdf(words((100, 700, "Seen."), (100, 900, "Unseen 5.00.")))
    assert texts(data) == ["Seen."]
    reading = read(data, name="a.pdf")
    (finding,) = [f for f in reading.findings if f.code == "read.outside"]
    assert (finding.places[0].page, dict(finding.data)["text"]) == (1, "Unseen 5.00.")


@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=12),
    st.integers(1, 12),
    st.integers(0, 300),
)
def test_every_line_of_a_box_is_shown_once(kinds: list[int], cut: int, shift: int) -> None:
    """Wherever the box is cut, and however alike its lines are, each of them is left once."""
    cut = min(cut, len(kinds))
    lines = [(str(kind), 30_000 + 3_000 * place) for place, kind in enumerate(kinds)]
    down = 30_000 + 3_000 * cut - 1_500 + shift  # what is above the cut stands above the next page
    first = [line(text, base, 1) for text, base in lines]
    second = [line(text, base - down, 2) for text, base in lines]
    shown, lost = within_pages({1: first, 2: second}, {1: HEIGHT, 2: HEIGHT})
    assert lost == []
    assert [each.text for page in (1, 2) for each in shown[page]] == [text for text, _ in lines]


def test_a_page_that_holds_something_else_above_leaves_the_page_before_alone() -> None:
    before = [line("a", 70_000, 1), line("b", 73_000, 1)]
    after = [line("c", -3_000, 2), line("a", 5_000, 2), line("b", 8_000, 2)]
    shown, lost = within_pages({1: before, 2: after}, {1: HEIGHT, 2: HEIGHT})
    assert [each.text for each in shown[1]] == ["a", "b"]
    assert lost == [(2, "c")]
