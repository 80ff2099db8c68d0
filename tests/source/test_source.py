"""Formats: paragraphs and grids with the way back to the source."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.errors import MissingExtra, SourceError
from govbudget.source import Document, Grid, Paragraph, open_document, open_documents
from govbudget.source.pieces import TextPiece, assemble, table
from govbudget.text import fold, fold_spans, squeeze


def blocks(text: str, name: str = "a") -> tuple[object, ...]:
    return open_document(text.encode(), name=name).blocks


def test_text_with_tabs() -> None:
    head, grid, foot = blocks("题\n\n甲\t乙\n丙\t1.00\n\n注：完\n")
    assert isinstance(head, Paragraph)
    assert isinstance(grid, Grid)
    assert isinstance(foot, Paragraph)
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "乙"], ["丙", "1.00"]]
    assert grid.lines == (3, 4)


def test_a_line_that_lost_its_tabs_is_still_a_row() -> None:
    (grid,) = blocks("甲\t乙\n丙\n丁\t1\n")
    assert isinstance(grid, Grid)
    assert [row[0].text for row in grid.rows] == ["甲", "丙", "丁"]
    assert grid.ragged == (1,)


def test_lines_around_a_grid_are_paragraphs() -> None:
    found = blocks("题目\n甲\t乙\n丙\t1\n落款\n")
    assert [type(b).__name__ for b in found] == ["Paragraph", "Grid", "Paragraph"]


MARKDOWN = """# 题 *重* 要

正文一
正文二

- 条一
- 条二

| 甲 | 乙 |
|---|---:|
| 丙 | 1.00 |
| a\\|b | 2<br>3 |

> 引文
"""


def test_markdown() -> None:
    found = blocks(MARKDOWN)
    paragraphs = [b for b in found if isinstance(b, Paragraph)]
    assert [(p.text, p.heading) for p in paragraphs] == [
        ("题 *重* 要", 1),
        ("正文一", 0),
        ("正文二", 0),
        ("条一", 0),
        ("条二", 0),
        ("引文", 0),
    ]
    grid = next(b for b in found if isinstance(b, Grid))
    assert [[c.text.strip() for c in row] for row in grid.rows] == [["甲", "乙"], ["丙", "1.00"], ["a|b", "2 3"]]
    assert grid.lines == (9, 11, 12)


@pytest.mark.parametrize("text", ["甲\t乙\r\n丙\t1,000.00\r\n", MARKDOWN, "\ufeff一\n\n甲\t 乙 \n丙\t\u3000２\n"])
def test_offsets_lead_back(text: str) -> None:
    document = open_document(text.encode(), name="a")
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert document.text[block.start :].startswith(block.text)
            continue
        for row in block.rows:
            for cell in row:
                start, stop = cell.span
                if "|" not in cell.text and "2 3" not in cell.text:
                    assert document.text[start:stop] == cell.text.strip()


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(SourceError, match="too large"):
        blocks("甲" + "\t" * 60_000 + "\n" + "1\t2\n" * 10)


def test_remarks_say_which_encoding() -> None:
    document = open_document("单位预算 支出".encode("gb18030"), name="a")
    assert document.remarks == (("source-encoding", "gb18030"),)


@given(st.text())
def test_folding_is_idempotent_and_keeps_the_way_back(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    folded = fold_spans(text, 5)
    assert len(folded.text) == len(folded.origin)
    assert fold(folded.text) == fold(text)
    for index, origin in enumerate(folded.origin):
        start, stop = folded.span(index, index + 1)
        assert start == origin
        assert fold(text[start - 5 : stop - 5]) in (folded.text[index], "")
    assert list(folded.origin) == sorted(folded.origin)


@given(st.text())
def test_squeezing_only_takes_blanks_out(text: str) -> None:
    assert fold(squeeze(text)) == fold(text)


def test_two_numbers_do_not_grow_together() -> None:
    assert fold_spans("12 34 万元").text == "12 34万元"
    assert fold_spans("2024 年 12 月").text == "2024年12月"


MAGIC = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html>",
    b"\xff\xfe",
    "预算,".encode(),
]


@given(st.sampled_from(MAGIC), st.binary(max_size=400))
def test_any_bytes_are_a_document_or_a_refusal(magic: bytes, rest: bytes) -> None:
    try:
        assert isinstance(open_document(magic + rest), Document)
    except (SourceError, MissingExtra) as error:
        assert str(error)


@given(
    st.lists(st.lists(st.text(alphabet='甲1,." \t\n<&', max_size=6), min_size=1, max_size=5), min_size=1, max_size=6)
)
def test_cells_lead_back_whatever_is_in_them(rows: list[list[str]]) -> None:
    document = assemble("a", [table(rows), TextPiece(text="后")])
    for block in document.blocks:
        if isinstance(block, Grid):
            for row, line in zip(block.rows, block.lines, strict=True):
                assert document.text.count("\n", 0, row[0].start) == line - 1
                for cell in row:
                    assert document.text[cell.start : cell.start + len(cell.text)] == cell.text
        else:
            assert document.text[block.start :].startswith("后")


def test_what_may_be_opened(tmp_path: Path) -> None:
    data = "甲\t乙\n丙\t1\n".encode()
    path = tmp_path / "表.txt"
    path.write_bytes(data)
    with path.open("rb") as file:
        assert open_document(file).name == "表.txt"
    wanted = open_document(data, name="名").blocks
    for source in (path, str(path), bytearray(data), memoryview(data), io.BytesIO(data)):
        assert open_document(source, name="名").blocks == wanted  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="open for text"):
        open_document(io.StringIO("甲"))  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="0 files"):
        open_documents([])
    with pytest.raises(SourceError, match="no such file"):
        open_document(tmp_path / "无")
