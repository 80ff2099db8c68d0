"""Serializers beside bare peers, in one run.

JSON: a disclosure of 1,500 figures, read from a document, every figure with its place. The peers are msgspec structs
and pydantic models generated field for field from the same types: they know no checks, no migrations, no canon. A bare
struct spells out its defaults; the lean one leaves them out as we do.

Excel: the same workbook by our writer, and its very cells, formats and merges by bare XlsxWriter and openpyxl.
"""

from __future__ import annotations

import io
import sys
import time
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import pydantic
from timing import interleaved

from govbudget.classification import Scheme, tree
from govbudget.layouts import layout
from govbudget.model import Disclosure, Use, figures
from govbudget.money import Mark
from govbudget.reading import read
from govbudget.serializers import dumps, format_of, loads
from govbudget.serializers.shapes import classes, members, tag
from govbudget.testing import Leaf, publish

FIGURES = 1_500
ROUNDS = 15


def disclosure() -> Disclosure:
    """A unit's budget of so many figures, printed as Markdown and read, so that it has places."""
    year, of = 2024, "hangzhou-unit-budget"
    functions = [s.code for s in tree(Scheme.FUNCTIONAL, year) if s.level == 3]
    economic = [s.code for s in tree(Scheme.DEPARTMENT_ECONOMIC, year) if s.level == 2]
    people = [code for code in economic if code[:3] in ("301", "303")]
    goods = [code for code in economic if code[:3] == "302"]
    leaves: list[Leaf] = []
    while True:
        i = len(leaves)
        leaves += [
            Leaf(functional=functions[i * 7], economic=people[i % len(people)], use=Use.PERSONNEL, fen=100 + i * 7_310),
            Leaf(functional=functions[i * 7], economic=goods[i % len(goods)], use=Use.RUNNING, fen=100 + i * 1_310),
            Leaf(functional=functions[i * 7 + 3], use=Use.PROJECT, project=f"项目{i}", fen=100 + i * 3_310),
        ]
        made = publish(leaves, form=layout(of))
        if sum(1 for table in made.tables for _ in figures(table)) >= FIGURES:
            return read(format_of("a.md").write(made), name="a.md", layout=of).disclosure


# -- peers ------------------------------------------------------------------------------------------------------------


def _structs(**options: Any) -> dict[type, Any]:
    made: dict[type, Any] = {}
    unions = _in_unions()
    for cls in classes():
        fields = [(m.name, _swapped(m.type, made), *_default(m.default, made)) for m in members(cls)]
        tagged = {"tag_field": "type", "tag": tag(cls)} if cls in unions else {}
        made[cls] = msgspec.defstruct(f"{cls.__name__}Peer", fields, kw_only=True, frozen=True, **tagged, **options)
    return made


def _models() -> dict[type, Any]:
    made: dict[type, Any] = {}
    unions = _in_unions()
    for cls in classes():
        fields: dict[str, Any] = {"type": (Literal[tag(cls)], tag(cls))} if cls in unions else {}
        for m in members(cls):
            kind = _swapped(m.type, made)
            fields[m.name] = (kind, *(_default(m.default, made) or (...,)))
        made[cls] = pydantic.create_model(f"{cls.__name__}Peer", **fields)
    return made


def _in_unions() -> set[type]:
    found: set[type] = set()
    for cls in classes():
        for m in members(cls):
            for inner in (m.type, *get_args(m.type)):
                parts = [a for a in get_args(inner) if a in classes()]
                if len(parts) > 1:
                    found |= set(parts)
    return found


def _default(value: Any, made: dict[type, Any]) -> tuple[Any, ...]:
    import attrs

    if value is attrs.NOTHING:
        return ()
    return (made[type(value)](),) if type(value) in made else (value,)


def _swapped(kind: Any, made: dict[type, Any]) -> Any:
    """The same type made of the peer's classes."""
    if kind in made:
        return made[kind]
    arguments = get_args(kind)
    if not arguments or kind is Mark:
        return kind
    inner = tuple(a if a is Ellipsis else _swapped(a, made) for a in arguments)
    if get_origin(kind) is tuple:
        return tuple[inner]
    union = Union[inner]  # noqa: UP007 - made at run time
    many = [a for a in arguments if a in made]
    if len(many) > 1 and issubclass(inner[0], pydantic.BaseModel):
        return Annotated[union, pydantic.Field(discriminator="type")]
    return union


def as_peer(value: Any, made: dict[type, Any]) -> Any:
    """The same values in the peer's classes."""
    if isinstance(value, tuple):
        return tuple(as_peer(item, made) for item in value)
    if type(value) in made:
        return made[type(value)](**{m.name: as_peer(getattr(value, m.name), made) for m in members(type(value))})
    return value


# -- tables -----------------------------------------------------------------------------------------------------------


def _ratios(title: str, took: dict[str, float], ours: str) -> None:
    print(f"{title}")
    for name, seconds in took.items():
        print(f"  {name:34} {seconds * 1000:8.2f} ms   ours is {took[ours] / seconds:6.2f} × this")


def json_speed(made: Disclosure) -> None:
    """Write and read."""
    bare, lean, models = _structs(), _structs(omit_defaults=True, gc=False), _models()
    ours = dumps(made)
    values = {"bare": as_peer(made, bare), "lean": as_peer(made, lean)}
    texts = {name: msgspec.json.encode(value) for name, value in values.items()}
    readers = {"bare": msgspec.json.Decoder(bare[Disclosure]), "lean": msgspec.json.Decoder(lean[Disclosure])}
    model = as_peer(made, models)
    adapter = pydantic.TypeAdapter(models[Disclosure])
    text = adapter.dump_json(model)
    assert loads(ours) == made
    assert all(readers[name].decode(texts[name]) == values[name] for name in values)
    assert adapter.validate_json(text) == model
    print(
        f"{FIGURES} figures: ours {len(ours):,} bytes, bare structs {len(texts['bare']):,}, lean {len(texts['lean']):,}"
    )
    encoder = msgspec.json.Encoder()
    clock = time.process_time
    write = {
        "ours": lambda: dumps(made),
        "msgspec, bare structs": lambda: encoder.encode(values["bare"]),
        "msgspec, lean structs": lambda: encoder.encode(values["lean"]),
        "pydantic": lambda: adapter.dump_json(model),
        "pydantic, lean": lambda: adapter.dump_json(model, exclude_defaults=True),
    }
    reading = {
        "ours": lambda: loads(ours),
        "msgspec, bare structs": lambda: readers["bare"].decode(texts["bare"]),
        "msgspec, lean structs": lambda: readers["lean"].decode(texts["lean"]),
        "pydantic": lambda: adapter.validate_json(text),
    }
    out, into = interleaved(write, ROUNDS, clock), interleaved(reading, ROUNDS, clock)
    _ratios("JSON, write", out, "ours")
    _ratios("JSON, read", into, "ours")
    _ratios("JSON, write and read", {name: out[name] + into[name] for name in into}, "ours")


Call = tuple[str, str, tuple[Any, ...], dict[str, Any]]


def recorded(made: Disclosure) -> tuple[list[Call], list[dict[str, Any]]]:
    """Every call that our writer makes of XlsxWriter, formats by their number; and the properties of the formats."""
    from unittest import mock

    from xlsxwriter.format import Format as Look
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    calls: list[Call] = []
    looks: list[dict[str, Any]] = []
    numbers: dict[int, int] = {}
    depth = 0

    def wrapped(name: str, original: Any) -> Any:
        def run(self: Any, *arguments: Any, **options: Any) -> Any:
            nonlocal depth
            depth += 1
            try:
                found = original(self, *arguments, **options)
            finally:
                depth -= 1
            if depth == 0:
                given = tuple(("look", numbers[id(a)]) if isinstance(a, Look) else a for a in arguments)
                if name == "add_format" and arguments[0]["font_name"] == "Calibri":
                    return found  # one that a workbook makes for itself
                if name == "add_format":
                    numbers[id(found)] = len(looks)
                    looks.append(dict(arguments[0]))
                else:
                    calls.append((getattr(self, "name", "") or "", name, given, options))
            return found

        return run

    names = ("write_string", "write_number", "write_blank", "merge_range", "set_column", "set_row", "freeze_panes")
    names += ("repeat_rows", "set_landscape", "fit_to_pages", "set_paper", "center_horizontally", "set_footer")
    patches = [mock.patch.object(Worksheet, name, wrapped(name, getattr(Worksheet, name))) for name in names]
    patches += [
        mock.patch.object(Workbook, n, wrapped(n, getattr(Workbook, n))) for n in ("add_format", "add_worksheet")
    ]
    for patch in patches:
        patch.start()
    try:
        format_of("a.xlsx").write(made)
    finally:
        for patch in patches:
            patch.stop()
    return calls, looks


def bare_xlsxwriter(calls: list[Call], looks: list[dict[str, Any]]) -> bytes:
    """The same calls, ready made."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        formats = [book.add_format(look) for look in looks]
        sheets: dict[str, Any] = {}
        for sheet, name, arguments, options in calls:
            given = [formats[a[1]] if isinstance(a, tuple) else a for a in arguments]
            if name == "add_worksheet":
                sheets[given[0]] = book.add_worksheet(*given)
            else:
                getattr(sheets[sheet], name)(*given, **options)
    return out.getvalue()


def bare_openpyxl(calls: list[Call], looks: list[dict[str, Any]]) -> bytes:
    """The same cells, merges, widths and looks."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin")
    styles = [
        (
            Font(name=look["font_name"], size=look["font_size"], bold=bool(look.get("bold"))),
            Alignment(horizontal=look.get("align"), vertical="center", wrap_text=bool(look.get("text_wrap"))),
            Border(left=thin, right=thin, top=thin, bottom=thin) if look.get("border") else Border(),
            look.get("num_format", "General"),
        )
        for look in looks
    ]
    book = Workbook()
    book.remove(book.active)
    for sheet, name, arguments, _ in calls:
        if name == "add_worksheet":
            page = book.create_sheet(arguments[0])
        elif name in ("write_string", "write_number", "write_blank"):
            row, column, value, (_, number) = arguments
            cell = book[sheet].cell(row + 1, column + 1, value)
            cell.font, cell.alignment, cell.border, cell.number_format = styles[number]
        elif name == "merge_range":
            top, left, bottom, right = arguments[:4]
            page = book[sheet]
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        elif name == "set_column":
            book[sheet].column_dimensions[get_column_letter(arguments[0] + 1)].width = arguments[2]
        elif name == "set_row":
            book[sheet].row_dimensions[arguments[0] + 1].height = arguments[1]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def excel_speed(made: Disclosure) -> None:
    """Write."""
    calls, looks = recorded(made)
    cells = sum(name.startswith("write_") for _, name, _, _ in calls)
    write = format_of("a.xlsx").write
    assert _cells(write(made)) == _cells(bare_xlsxwriter(calls, looks))
    work = {
        "ours": lambda: write(made),
        "XlsxWriter, the same calls": lambda: bare_xlsxwriter(calls, looks),
        "openpyxl, the same cells": lambda: bare_openpyxl(calls, looks),
    }
    _ratios(f"Excel, write {cells:,} cells", interleaved(work, ROUNDS // 3, time.process_time), "ours")


def _cells(data: bytes) -> list[object]:
    from openpyxl import load_workbook

    return [cell.value for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]


def main() -> int:
    """Print the ratios."""
    made = disclosure()
    json_speed(made)
    excel_speed(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
