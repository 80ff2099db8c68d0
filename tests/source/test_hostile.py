"""Files made to hurt, and files that are broken: refused or read, within bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from govbudget.errors import MissingExtra, SourceError
from govbudget.source import Grid, Paragraph, open_document
from govbudget.source.extras import need

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def tiny(sheet: str | bytes) -> bytes:
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="r"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": sheet,
        }
    )


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 30


BILLION = (
    "<!DOCTYPE x ["
    '<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


WORDS = f"<w:document {WORD}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"


@pytest.mark.parametrize(
    "data",
    [
        tiny(f"{BILLION}<worksheet {MAIN}><sheetData><row><c t='str'><v>&j;</v></c></row></sheetData></worksheet>"),
        zipped({"word/document.xml": BILLION + WORDS}),
        zipped({"word/document.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}),
    ],
)
def test_entities_do_not_expand(data: bytes) -> None:
    with pytest.raises(SourceError, match="document type"):
        open_document(data, name="a")


def test_zip_bomb() -> None:
    blanks = b" " * (200 * 1024 * 1024)
    for data in (tiny(blanks), zipped({"word/document.xml": blanks})):
        assert len(data) < 1_000_000
        with pytest.raises(SourceError, match="unpacks to more"):
            open_document(data, name="a")


def test_a_zip_that_lies_about_its_sizes() -> None:
    data = bytearray(tiny(f"<worksheet {MAIN}/>"))
    at = data.rfind(b"PK\x01\x02")
    for size in (2**31 - 1, 10):
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
        try:
            assert not any(isinstance(block, Grid) for block in open_document(bytes(data), name="a").blocks)
        except SourceError as error:
            assert error.hint


def test_too_many_members() -> None:
    with pytest.raises(SourceError):
        open_document(zipped({f"xl/m{i}": "" for i in range(6_000)} | {"xl/workbook.xml": "<w/>"}), name="a")


def test_deep_nesting() -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    with pytest.raises(SourceError, match="nests too deeply"):
        open_document(tiny(f"<worksheet {MAIN}>{deep}</worksheet>"), name="a")
    with pytest.raises(SourceError, match="nests too deeply"):
        open_document(zipped({"word/document.xml": f"<w:document {WORD}>{deep}</w:document>"}), name="a")


def test_a_long_tag_is_not_read_over_and_over() -> None:
    long = "a" * 16_000_000
    rows = f'<row r="1" x="{long}"><c r="A1"><v>1</v></c></row>'
    assert open_document(tiny(f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"), name="a").blocks
    paragraph = f'<w:p x="{long}"><w:r><w:t>甲</w:t></w:r></w:p>'
    word = f"<w:document {WORD}><w:body>{paragraph}</w:body></w:document>"
    assert open_document(zipped({"word/document.xml": word}), name="a").blocks


def test_merged_cells_over_merged_cells() -> None:
    """They cover no more than there is: the first that reaches over everything leaves no room for another."""
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}"><v>2</v></c></row>' for i in range(1, 400))
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 19_000
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
    grid = open_document(tiny(sheet), name="a").blocks[-1]
    assert isinstance(grid, Grid)
    assert grid.merged == ((0, 0, 399, 2),)


def test_a_million_empty_rows() -> None:
    rows = "".join(f'<row r="{i}"/>' for i in range(1, 1_000_001))
    sheet = f'<worksheet {MAIN}><dimension ref="A1:IV1000000"/><sheetData>{rows}</sheetData></worksheet>'
    document = open_document(tiny(sheet), name="a")
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph"]


def test_cells_far_apart_cost_no_memory() -> None:
    row = '<row r="{0}"><c r="A{0}" t="str"><v>甲</v></c><c r="XFD{0}"><v>1</v></c></row>'
    sheet = f"<worksheet {MAIN}><sheetData>{row.format(1)}{row.format(1048576)}</sheetData></worksheet>"
    (grid,) = (block for block in open_document(tiny(sheet), name="a").blocks if isinstance(block, Grid))
    assert [[cell.text for cell in line] for line in grid.rows] == [["甲", "1"], ["甲", "1"]]


def test_too_many_cells() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 1_000 + "</row>"
    with pytest.raises(SourceError, match=r"too large|more than"):
        open_document(tiny(f"<worksheet {MAIN}><sheetData>{row * 600}</sheetData></worksheet>"), name="a")


def test_spans_of_nonsense() -> None:
    pytest.importorskip("lxml")
    page = "<table>" + "<tr><td rowspan=65000 colspan=99999999>x<td>y</tr>" * 1_000 + "</table>"
    with pytest.raises(SourceError, match="too large"):
        open_document(page.encode(), name="a")
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{"9" * 30}"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'
    rows = f"<w:tr>{cell * 50}</w:tr>" * 50
    with pytest.raises(SourceError, match="too large"):
        open_document(zipped({"word/document.xml": f"<w:document {WORD}><w:tbl>{rows}</w:tbl></w:document>"}), name="a")
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B9:A1"/><mergeCell ref="?"/></mergeCells>'
    sheet = f"<worksheet {MAIN}><sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>{merge}</worksheet>"
    assert open_document(tiny(sheet), name="a").blocks


def test_a_deep_web_page() -> None:
    pytest.importorskip("lxml")
    for tag in ("div", "b", "table><tr><td"):
        page = "<html>" + f"<{tag}>" * 20_000 + "甲"
        try:
            open_document(page.encode(), name="a")
        except SourceError as error:
            assert "nests too deeply" in error.what or "empty" in error.what


def test_a_web_page_fetches_nothing_and_runs_nothing() -> None:
    pytest.importorskip("lxml")
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><head><title>题</title>'
        "<script>document.write('坏')</script></head><body><style>p{}</style><p>甲&x;<!-- 乙 --></p>"
        '<p style="display:none">丙</p><iframe src="http://127.0.0.1:1/"></iframe></body></html>'
    )
    document = open_document(page.encode(), name="a")
    assert "root:" not in document.text
    assert not set("坏乙丙题") & set(document.text)
    assert "甲" in document.text


def test_pdf_that_is_none() -> None:
    pytest.importorskip("pypdfium2")
    for data in (b"%PDF-1.7\nnothing", b"%PDF-1.4\n" + bytes(range(256)) * 50):
        with pytest.raises(SourceError, match="damaged"):
            open_document(data, name="a")


def test_a_pdf_cut_short_is_refused_or_read(shared: Callable[[str], Path]) -> None:
    pytest.importorskip("pypdfium2")
    data = shared("sh-putuo-fly-2024-unit-budget/*.pdf").read_bytes()
    for part in (2, 3, 10):
        try:
            open_document(data[: len(data) * (part - 1) // part], name="a")
        except SourceError as error:
            assert error.hint


def test_an_encrypted_pdf() -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(SourceError, match="encrypted"):
        open_document(encrypted_pdf(), name="a")


def encrypted_pdf() -> bytes:
    """An empty page behind a password (the standard handler, with keys that no password fits)."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % xref
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word"),
        (b"PK\x03\x04 cut", "damaged"),
        (zipped({"a.txt": "x"}), "ZIP archive"),
        (zipped({"content.xml": "x"}), "not read"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1", "RTF"),
        (b"", "empty"),
        (b"\x00\x01\x02", "no text"),
        (zipped({"xl/workbook.xml": "<workbook>"}), "damaged"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "no part"),
        (zipped({"word/document.xml": "<a>"}), "damaged"),
    ],
)
def test_each_refusal_says_why_and_what_to_try(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        open_document(data, name="名.pdf")
    assert "名.pdf" in str(caught.value)


def test_an_old_workbook_cut_short(shared: Callable[[str], Path]) -> None:
    pytest.importorskip("xlrd")
    data = shared("sh-template-2026-budget-xlsx/budget_template.xls").read_bytes()
    for size in (2_000, 50_000, 400_000):
        with pytest.raises(SourceError):
            open_document(data[:size], name="a")


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    path.write_text("甲\t乙\n丙\t1\n", encoding="utf-8")
    assert isinstance(open_document(path).blocks[0], Grid)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(MissingExtra, match=r"pip install 'govbudget\[pdf\]'"):
        need("no_such_package_anywhere", "pdf", "reading PDF")


@pytest.mark.parametrize(
    ("module", "data", "extra"),
    [
        ("pypdfium2", b"%PDF-1.7", "pdf"),
        ("lxml.etree", b"<html><p>x", "html"),
        ("xlrd", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "excel"),
    ],
)
def test_without_the_extra(module: str, data: bytes, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        open_document(data, name="a")
    assert f"govbudget[{extra}]" in caught.value.hint


def test_office_files_cut_short() -> None:
    """Wherever they end: refused, never read in part and never a traceback."""
    row = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1"><v>1</v></c></row>'
    for data in (
        tiny(f"<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>"),
        zipped({"word/document.xml": WORDS.replace("&j;", "甲")}),
    ):
        assert open_document(data, name="a").blocks
        for size in range(2, len(data) - 1, 23):
            with pytest.raises(SourceError):
                open_document(data[:size], name="a")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1">' * 50_000,
        "<c>" * 100_000,
        '<row r="1"><c r="A1">' + "<v>" * 100_000,
        '<row r="1" ' + 'a="b" ' * 100_000,
        '<row r="1"><c r="A1" ' + "s" * 200_000 + "/></row>",
        '<row r="1"><c r="A1"><v>1</v></c>' + " " * 200_000 + "x</row>",
        "</" * 200_000,
        '<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>' * 2,
    ],
)
def test_rows_that_are_none_are_refused_or_read_by_the_parser(rows: str) -> None:
    """What the tokens do not fit goes to the reader of XML; neither looks at a row more than once or twice."""
    try:
        document = open_document(tiny(f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"), name="a")
    except SourceError as error:
        assert "damaged" in error.what or "nests too deeply" in error.what
    else:
        assert [block.text for block in document.blocks if isinstance(block, Paragraph)][1:] in ([], ["1"])


@pytest.mark.parametrize("line", ["- " * 90_000, "|" * 150_000, "| " * 90_000 + "\n" + "|-" * 90_000, "*" * 190_000])
def test_long_lines_of_markdown_are_bounded(line: str) -> None:
    try:
        document = open_document(f"# 题\n\n|甲|\n|---|\n|1|\n\n{line}\n".encode(), name="a.md")
    except SourceError as error:
        assert error.hint or "cell" in error.what
    else:
        assert document.blocks
