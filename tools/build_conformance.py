"""Write the conformance cases (tests/conformance/*.json) from a seed; run it after a change of rules on purpose.

What a case expects is what its maker meant: amounts, claims and facts come from the generator, and a case is kept only
where reading gives the same. What is violated in a faulty document is what the catalogue says at the time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from govbudget.errors import AmountError
from govbudget.invariants import CATALOGUE, audit
from govbudget.layouts import table_layout_ids
from govbudget.model import Disclosure, Narrative, Passage, is_empty
from govbudget.money import Amount, MoneyUnit, parse_cell, printed
from govbudget.place import Place
from govbudget.reading import read
from govbudget.testing import FaultKind, faults, make, render_text, without_places
from govbudget.testing.choices import Seeded
from govbudget.testing.conformance import claims_of, facts_of, number_case, violations_of

OUT = Path(__file__).parents[1] / "tests" / "conformance"
SEED = "2026"
WHOLE = ("completeness.tables", "completeness.sections")  # cases are parts of disclosures
RULES = [rule.id for rule in CATALOGUE if rule.id not in WHOLE]
SAID = (
    FaultKind.WRONG_AMOUNT,
    FaultKind.WRONG_RATE,
    FaultKind.WRONG_DIRECTION,
    FaultKind.WRONG_SUBJECT,
    FaultKind.LAST_YEARS_NUMBER,
    FaultKind.MISSING_SECTION,
    FaultKind.MISSING_TABLE,
)
ODD = (
    "", " ", "　", "—", "——", "-", "/", "无", "0", "0.00", "-0.00", "(1.20)", "（1.20）", "－1.20", "−1.20",
    "+1.20", ".50", "5.", "1O5.00", "1,14.95", "1.147,95", "1.2.3", "12 345.00", "1\u2009147.95", "¥2.40", "2.40万元",
    "12元", "3亿元", "1e5", "NaN", "合计", "(-1)", "１，１４７．９５", "1.0000000001",
)  # fmt: skip


def numbers() -> Iterator[dict[str, object]]:
    """Cells as they are printed, generated ones and odd ones."""
    for text in ODD:
        for unit in (MoneyUnit.WAN_YUAN, MoneyUnit.YUAN):
            yield _number(text, unit)
    choices = Seeded(f"{SEED} numbers")
    wide = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")
    for _ in range(110):
        unit = choices.pick(tuple(MoneyUnit))
        places = choices.number(0, len(str(unit.fen)) - 1)
        step = max(1, unit.fen // 10**places)
        amount = Amount(
            choices.number(-(10 ** choices.number(1, 14)), 10 ** choices.number(1, 14)) // step * step, unit, places
        )
        text = printed(amount, grouping=choices.maybe())
        if amount.fen < 0 and choices.maybe():
            text = f"({text.removeprefix('-')})"
        yield _number(text.translate(wide) if choices.maybe() else text, unit)


def _number(text: str, unit: MoneyUnit) -> dict[str, object]:
    try:
        return number_case(text, unit, parse_cell(text, unit))
    except AmountError:
        return number_case(text, unit, None)


def sentences() -> Iterator[dict[str, object]]:
    """Sections of narratives with the claims that they make."""
    for number in range(3):
        for layout_id in table_layout_ids():
            made = make(layout_id, seed=f"{SEED} {number}", narrative=True, leaves=4)
            for section in made.narrative.sections:
                claims = claims_of(section.claims, made.year, made.stage)
                if not claims or len(section.passages) > 4:
                    continue
                alone = _only(made, (), section.id)
                if _claims_read(alone) != claims:
                    continue  # it leans on the tables
                yield {
                    "id": f"{layout_id}-{number}-{section.id}",
                    "layout": layout_id,
                    "year": made.year,
                    "body": made.organization.name,
                    "section": section.id,
                    "heading": section.heading,
                    "paragraphs": [passage.text for passage in section.passages],
                    "claims": claims,
                }


def _claims_read(disclosure: Disclosure) -> list[dict[str, object]]:
    reading = read(render_text(disclosure).encode(), name="case.txt", layout=disclosure.layout)
    found = [claim for section in reading.disclosure.narrative.sections for claim in section.claims]
    return claims_of(found, disclosure.year, disclosure.stage)


def _only(made: Disclosure, tables: Sequence[int], section_id: str = "") -> Disclosure:
    """A part of a disclosure: some tables, or one section under its heading and the name of the body."""
    cover = made.narrative.cover or (Passage(text=f"{made.organization.name}{made.year}年度预算", place=Place()),)
    sections = tuple(section for section in made.narrative.sections if section.id == section_id)
    return attrs.evolve(
        made,
        tables=tuple(made.tables[i] for i in tables),
        narrative=Narrative(cover=cover, sections=sections) if section_id else Narrative(),
    )


def documents() -> Iterator[dict[str, object]]:
    """Small documents: the facts of those that hold together, and what is violated in those that do not."""
    for number in range(6):
        for layout_id in table_layout_ids():
            made = make(layout_id, seed=f"{SEED} {number}", narrative=False, leaves=2 + number % 2)
            whole = attrs.evolve(made, organization=attrs.evolve(made.organization, members=(), divisions=()))
            full = [
                i for i, table in enumerate(whole.tables) if not is_empty(table) and len(table.lanes[0].columns) < 12
            ]
            chosen = full[number % 3 : number % 3 + 3]
            part = _only(whole, chosen)
            case = _document(part, f"{layout_id}-{number}")
            if case is None:
                continue
            yield case | {"facts": facts_of(_read(part))}
            for fault in faults(part, kinds=[k for k in FaultKind if k not in SAID], each=1, seed=number):
                if hash_of(fault.kind.value, number) % 4 == 0:
                    found = _document(fault.disclosure, f"{layout_id}-{number}-{fault.kind.value.replace(' ', '-')}")
                    if found is not None:
                        yield found | {"fault": fault.kind.value}


def hash_of(word: str, number: int) -> int:
    """A number that is the same in every run, to choose some of many."""
    return sum(map(ord, word)) + number


def _read(disclosure: Disclosure) -> Disclosure:
    return read(render_text(disclosure).encode(), name="case.txt", layout=disclosure.layout).disclosure


def _document(disclosure: Disclosure, id: str) -> dict[str, object] | None:
    text = render_text(disclosure)
    reading = read(text.encode(), name="case.txt", layout=disclosure.layout)
    if reading.findings or without_places(reading.disclosure).tables != without_places(disclosure).tables:
        return None  # what is printed no longer says which fault it was
    violated = violations_of(audit(reading.disclosure, diagnosis=False), RULES)
    return {"id": id, "layout": disclosure.layout, "year": disclosure.year, "text": text, "violated": violated}


def write(name: str, about: str, cases: Iterator[dict[str, object]], **more: object) -> None:
    """Write a file, one case a line, so that a diff shows which cases changed."""
    lines = [json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases]
    head = json.dumps({"about": about, "seed": SEED, **more}, ensure_ascii=False, separators=(",", ":"))
    path = OUT / f"{name}.json"
    path.write_text(head[:-1] + ',"cases":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    print(f"{path.name}: {len(lines)} cases, {path.stat().st_size // 1024} KB")


def main() -> None:
    """Write all files."""
    OUT.mkdir(exist_ok=True)
    write("numbers", "cells of tables", numbers())
    write("sentences", "sections of narratives", sentences())
    write("documents", "documents as text with cells set apart by tabs", documents(), rules=RULES)


if __name__ == "__main__":
    main()
