"""The page of a reading: nothing is missing from it, nothing of the document acts in it, its links lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.errors import SourceError
from govbudget.reading import NumberRole, Reading, read_document
from govbudget.reports.reading_page import reading_page, save_reading_page
from govbudget.source import Document, open_document, open_documents

HTML: Any = pytest.importorskip("lxml.html")
EXAMPLE = Path(__file__).parents[2] / "examples" / "hangzhou-2024.md"
HEAD = "表3：2024年支出预算总表\n单位名称：某中心\n单位：万元\n\n科目\t合计\t项目支出\n"

# What a page may be made of; a script, an image, a form, an event handler or a style of the document's own is not.
_TAGS = """html head meta title style body header h1 h2 h3 p ul ol li b a details summary small nav main section figure
figcaption strong code div table thead tbody tr th td i br sup mark"""
TAGS = frozenset(_TAGS.split())
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "id", "class", "href", "title", "open"}
SPANS = {"rowspan", "colspan"}


def page_of(document: Document, reading: Reading | None = None, **options: object) -> Any:
    page = reading_page(document, reading or read_document(document), **options)  # type: ignore[arg-type]
    page.encode()
    return HTML.document_fromstring(page)


def from_text(text: str, name: str = "a.txt") -> Document:
    return open_document(text.encode(), name=name)


def numbers_shown(root: Any) -> Counter[tuple[str, str]]:
    roles = {role.value for role in NumberRole}
    found = (e for e in root.iterfind(".//main//*") if e.tag in {"a", "b"} and e.get("class") in roles)
    return Counter((e.text, e.get("class")) for e in found)


def check(root: Any, reading: Reading) -> None:
    """The laws of every page."""
    assert numbers_shown(root) == Counter((use.text, use.role.value) for use in reading.numbers)
    assert not root.xpath("//header/p[@class='warning']")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        assert element.tag in TAGS
        assert set(element.keys()) <= ATTRIBUTES | (SPANS if element.tag == "td" else set())
    for link in root.iter("a"):
        assert link.get("href")[0] == "#"
        assert link.get("href")[1:] in ids
    assert len(root.xpath("//ol/li")) == min(len(reading.findings), 500)


def test_the_example(example: Reading) -> None:
    root = page_of(open_document(EXAMPLE), example)
    check(root, example)
    assert root.findtext(".//h1") == "杭州市职工服务中心（杭州市职工技术协作中心） 2024"
    known = root.xpath("//figure[@class='known']")
    assert len(known) == 11
    third = known[2]
    assert third.findtext("figcaption/strong") == "表3 2024年市级单位支出预算总表"
    assert third.findtext("figcaption/code") == "kind=expenditure flow=expenditure period=current"
    columns = [th.text_content() for th in third.xpath(".//tr[@class='at']/th")]
    assert columns[1:5] == ["名称", "合计✓", "基本支出 › 人员支出use=personnel", "基本支出 › 公用经费use=running"]
    row = next(tr for tr in third.iter("tr") if "事业运行" in tr.text_content())
    assert row.get("class") == "line"
    assert row.xpath("td[@class='read']")[0].text == "functional=2012950"
    figure = row.xpath(".//b[@class='figure']")[0]
    assert figure.get("title") == "flow=expenditure period=current functional=2012950"
    claim = root.xpath("//main//b[@class='claim']")[0]
    assert claim.get("title").startswith("amount: ")
    assert "全部读懂，没有遗留" in root.text_content()
    assert "nothing was left over" in page_of(open_document(EXAMPLE), example, lang="en").text_content()


@pytest.mark.parametrize(
    "case",
    [
        "js-gy-2018-dept-budget/省法院2018年度部门预算公开.pdf",
        "sh-putuo-czj-2024-final-accounts/上海市普陀区财政局2024年度部门决算.pdf",
        "sh-putuo-czj-2025-dept-budget/上海市普陀区财政局部门25年预算.pdf",
        "sh-putuo-wanli-2024-dept-budget/上海市普陀区人民政府万里街道办事处24年预算.pdf",
    ],
)
def test_page_by_page(case: str, case_file: Callable[[str], Path]) -> None:
    document = open_document(case_file(case))
    reading = read_document(document)
    root = page_of(document, reading)
    check(root, reading)
    pages = {block.page for block in (*document.blocks, *document.margins)}
    assert {int(e.get("id").partition("-")[2]) for e in root.iter("section")} == pages
    going_on = [row for row in root.iter("tr") if row.findtext("th", "").startswith("第")]
    assert going_on
    linked = {a.get("href")[1:] for a in root.findall(".//nav/a")}
    assert {row.get("id") for row in going_on} <= linked


def test_several_files_stand_one_after_the_other() -> None:
    document = open_documents([HEAD.encode() + "支出合计\t1.20\t1.20\n".encode(), "第二部分 说明\n12 辆".encode()])
    reading = read_document(document)
    root = page_of(document, reading)
    check(root, reading)
    assert [h.text for h in root.iter("h2")] == [name for name, _ in document.parts]


def test_what_was_left_over_leads_to_its_place_and_back() -> None:
    document = from_text(HEAD + "支出合计\t1.20\t1.2O\n没有的科目\t4.00\t4.00\n\n一、别的\n还有 77 个。\n")
    reading = read_document(document)
    root = page_of(document, reading)
    check(root, reading)
    item = next(li for li in root.iter("li") if "read.cell" in li.text_content())
    assert item.get("class") == "error"
    cell = root.get_element_by_id(item.find(".//a").get("href")[1:])
    assert cell.tag == "td"
    assert cell.find("mark").text_content() == "1.2O"
    assert cell.find("sup/a").get("href") == f"#{item.get('id')}"
    unread = root.xpath("//main//a[@class='unread']")
    assert "77" in [a.text for a in unread]
    assert [a.get("href") for a in unread] == [f"#u{n}" for n in (*range(2, len(unread) + 1), 1)]


def test_a_table_that_was_not_read_and_a_row_that_gave_no_line() -> None:
    document = from_text(HEAD + "支出合计\t1.20\t1.20\n\t3.00\t\n\n表99：没有的表\n\n甲\t乙\n丙\t5.00\n")
    root = page_of(document)
    (row,) = root.xpath("//tr[@class='rest']")
    assert [cell.text_content().strip() for cell in row.iter("td")] == [
        "",
        "3.007",
        "",
        "",
    ]  # and the number of its finding
    unknown = root.xpath("//figure[@class='unknown']")
    assert len(unknown) == 1
    assert unknown[0].find("figcaption").text == "未读作公开表"
    assert unknown[0].find("figcaption/sup/a") is not None


def test_markdown_is_shown_as_its_source_spells_it() -> None:
    document = from_text("| 科目 | 合计 |\n| --- | --- |\n| &#65; 甲 | 2&#46;00 \\| 5 | \n| 乙 | 1.00 |\n", name="a.md")
    reading = read_document(document)
    root = page_of(document, reading)
    check(root, reading)
    texts = ["".join(cell.xpath(".//text()[not(ancestor::sup)]")) for cell in root.xpath("//figure//tr[2]/td")]
    assert texts == [" &#65; 甲 |", " 2&#46;00 \\| 5 | "]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title></textarea><svg/onload=1>",
    "&lt;b&gt; &#60;i&#62; &amp",
    "<!-- ]]> -->",
    "javascript:alert(1) 12.00",
    "\x1b[31m\x07\x7f\x85\u202e1.00\u2066\ufffe",
    "9,999.99",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    table = HEAD.replace("某中心", text).replace("科目", text).replace("支出预算总表", f"支出预算总表{text}")
    document = from_text(
        f"{text}\n\n{table}支出合计\t1.20\t1.20\n{text}\t{text}\t2.00\n\n一、{text}\n{text}\n", name=text
    )
    reading = read_document(document)
    root = page_of(document, reading)
    check(root, reading)
    assert not any(c in root.text_content() for c in "\x00\x07\x1b\x7f\x85\u202e\u2066\ufffe")
    shown = text.partition("\x1b")[0] or "[U+001B]"
    assert shown in root.text_content()


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *HOSTILE,
                    HEAD,
                    "支出合计\t1\t2",
                    "一、收支情况",
                    "合计 12.3 万元，增长 4.5%。",
                    "表3：",
                    "目录",
                    "| 科目 | 合计 |\n| --- | --- |\n| <b>1</b> | 2.00 |",
                ]
            ),
            st.text(st.sampled_from("<>&\"'/=12.3,\t 元年表一、。科目\u202e\u00ad"), max_size=20),
        ),
        min_size=1,
        max_size=12,
    ).filter(lambda lines: any(line.strip() for line in lines))
)
def test_every_page_keeps_the_laws(lines: list[str]) -> None:
    document = from_text("\n".join(lines))
    reading = read_document(document)
    check(page_of(document, reading), reading)


def test_a_huge_document_makes_a_page_of_bounded_size() -> None:
    rows = "".join(f"甲\t{n}.00\t1.00\n" for n in range(20_000))
    document = from_text(f"{HEAD}支出合计\t1.00\t1.00\n\n表99：没有的表\n\n{rows}\n\n{'12 ' * 60_000}\n")
    reading = read_document(document)
    page = reading_page(document, reading, limit=300_000)
    assert len(page) < 700_000
    root = HTML.document_fromstring(page)
    shown = numbers_shown(root).total()
    assert 0 < shown < len(reading.numbers)
    assert (
        root.xpath("//header/p[@class='warning']")[0].text == f"另有 {len(reading.numbers) - shown} 个数字未在本页显示"
    )


def test_a_long_paragraph_is_cut_and_says_so() -> None:
    document = from_text("一、" + "甲12" * 10_000 + "\n")
    root = page_of(document)
    assert "… +" in root.text_content()
    assert "个数字未在本页显示" in root.text_content()


def test_the_file_is_whole_or_not_there(tmp_path: Path, example: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    document = open_document(EXAMPLE)
    target = tmp_path / "out.html"
    save_reading_page(document, example, target)
    assert target.read_text(encoding="utf-8") == reading_page(document, example)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SourceError, match="No space left"):
        save_reading_page(document, example, target, lang="en")
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]
    assert target.read_bytes() == before
    with pytest.raises(SourceError, match="cannot be written"):
        save_reading_page(document, example, tmp_path / "none" / "out.html")
