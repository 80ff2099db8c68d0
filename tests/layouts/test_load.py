"""Layouts: what they may say, and errors that name the path in the file."""

from __future__ import annotations

import pytest

from govbudget.errors import LayoutError
from govbudget.layouts import Role, layout, layout_ids, parse_layout
from govbudget.model import Fund, TableKind

BASE = 'id = "x"\ntitle = "试"\nscope = "unit"\nstage = "budget"\n'


def test_the_layouts_of_the_library_load() -> None:
    for id in layout_ids():
        form = layout(id)
        assert form.id == id
        assert form.tables or any(section.phrases for section in form.sections)
        for spec in form.tables:
            for lane in spec.lanes:
                assert any(column.role is Role.AMOUNT for column in lane.columns)
                headers = [column.header for column in lane.columns if column.role is Role.AMOUNT]
                assert len(set(headers)) == len(headers)


def test_a_layout_of_sections_alone_leaves_out_the_tables_of_its_base() -> None:
    form = parse_layout('id = "y"\nextends = "hangzhou-unit-budget"\ntitle = "某地"\ntables = []\n')
    assert form.tables == ()
    assert form.sections == layout("hangzhou-unit-budget").sections


def test_hangzhou_has_eleven_tables_in_order() -> None:
    form = layout("hangzhou-unit-budget")
    assert [spec.kind for spec in form.tables] == list(TableKind)[:11]
    assert [spec.number for spec in form.tables] == list(range(1, 12))


def test_extends_states_only_differences() -> None:
    form = parse_layout(
        'id = "y"\nextends = "hangzhou-unit-budget"\ntitle = "区级"\n[[tables]]\nkind = "revenue"\ntitles = ["收入表"]'
        "\n"
        '[[sections]]\nid = "extra"\nheadings = ["另外"]\n'
    )
    base = layout("hangzhou-unit-budget")
    assert (form.id, form.title, form.scope) == ("y", "区级", base.scope)
    changed = {a.kind for a, b in zip(base.tables, form.tables, strict=True) if a != b}
    assert changed == {TableKind.REVENUE}
    assert form.tables[1].lanes == base.tables[1].lanes
    assert form.sections[:-1] == base.sections
    assert form.sections[-1].id == "extra"


@pytest.mark.parametrize(
    ("text", "says", "path"),
    [
        ("id =", "no TOML", "x.toml"),
        ('id = "x"', "required field missing", "x.toml: title"),
        (BASE + 'tables = ["a"]', "expected an object", "tables[0]"),
        (BASE + "tables = 5", "expected a list", "tables"),
        (BASE + "colour = 1", "extra fields found (colour)", "x.toml"),
        (BASE + '[[tables]]\nkind = "revenue"\nnumber = 2', "required field missing", "tables[0].titles"),
        (BASE + '[[tables]]\nkind = "revenu"\nnumber = 2\ntitles = []', "revenu", "tables[0].kind"),
        (BASE + '[[tables]]\nkind = "revenue"\nnumber = "2"\ntitles = []', "expected int", "tables[0].number"),
        (
            BASE + '[[tables]]\nkind = "revenue"\nnumber = 2\ntitles = ["a"]\nlanes = [{ at = { fund = "genral" } }]',
            "genral",
            "tables[0].lanes[0].at.fund",
        ),
        (
            BASE + '[[tables]]\nkind = "revenue"\nnumber = 2\ntitles = ["a"]\nlanes = [{ axis = "colour" }]',
            "no axis 'colour'",
            "tables[0].lanes[0].axis",
        ),
        (
            BASE
            + '[[tables]]\nkind = "revenue"\nnumber = 2\ntitles = ["a"]\n'
            + '[[tables]]\nkind = "project"\nnumber = 3\ntitles = ["a"]',
            "share the title",
            "tables[0].titles",
        ),
        (BASE + 'extends = "atlantis"', "no layout 'atlantis'", ""),
    ],
)
def test_errors_name_the_path(text: str, says: str, path: str) -> None:
    with pytest.raises(LayoutError) as error:
        parse_layout(text, name="x.toml")
    assert says in str(error.value)
    assert path in str(error.value)


def test_a_users_layout_reads_another_city(tmp_path: object) -> None:
    """A new city is a data file: other titles, other header words."""
    from govbudget.reading import read

    form = parse_layout(
        'id = "elsewhere"\nextends = "hangzhou-unit-budget"\ntitle = "别处"\n[[tables]]\nkind = "expenditure"\n'
        'titles = ["部门支出一览表"]\n[[tables.lanes]]\naxis = "functional"\ntotals = ["总计"]\n'
        'at = { flow = "expenditure", period = "current", fund = "general" }\n'
        'columns = [{ header = "名称", role = "label" }, { header = "金额" }]\n'
    )
    text = "表3：2024年部门支出一览表\n单位：元\n\n名称\t金额\n总计\t12\n教育支出\t12\n普通教育\t12\n小学教育\t12\n"
    reading = read(text.encode(), layout=form, name="a.txt")
    lines = reading.disclosure.tables[0].lanes[0].lines
    assert [line.at.functional for line in lines] == ["", "205", "20502", "2050202"]
    assert reading.disclosure.tables[0].lanes[0].at.fund is Fund.GENERAL
