"""From the text of a sketch to a disclosure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from govbudget.errors import GovBudgetError
from govbudget.invariants.sketch.claims import Sentence, claim, term_of
from govbudget.invariants.sketch.goals import HEAD, goals
from govbudget.invariants.sketch.tables import Numbered, table
from govbudget.model import (
    Coordinate,
    Disclosure,
    Member,
    Narrative,
    Organization,
    Passage,
    Scope,
    Section,
    Stage,
    Term,
)
from govbudget.money import MoneyUnit
from govbudget.place import Place
from govbudget.text import fold

_SECTION = re.compile(r"## *(?P<heading>[^{]*?) *(?:\{(?P<id>[a-z_.-]+)\})?")
_NAME = "某市某中心"


def sketch(text: str, name: str = "sketch") -> Disclosure:
    r"""Return the disclosure that a text sketches.

    Raises:
        GovBudgetError: a line does not fit; the error names it.

    >>> made = sketch('''
    ... unit budget 2024 万元
    ... [3 expenditure]
    ... 科目 | 合计 | 项目支出 = project
    ... 合计 | 3.00 | 1.00
    ... ## 支出预算情况说明 {expenditure}
    ... 2024年支出预算3.00万元。 => amount expenditure current: 3.00万元
    ... ''')
    >>> [table.number for table in made.tables], made.narrative.sections[0].claims[0].amount.fen
    ([3], 3000000)
    """
    numbered = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1)]
    lines = [(n, line) for n, line in numbered if line and not line.startswith("//")]
    blocks = list(_blocks(lines))
    head: dict[str, Any] = {"scope": Scope.UNIT, "stage": Stage.BUDGET, "year": 2024, "unit": MoneyUnit.WAN_YUAN}
    if blocks and not blocks[0][0][1].startswith(("[", "## ")):
        for number, line in blocks.pop(0):
            _told(head, line, number)
    organization = Organization(
        name=head.get("of", _NAME),
        parent=head.get("parent"),
        members=head.get("members", ()),
        nature=head.get("nature"),
    )
    base = Coordinate(year=head["year"], stage=head["stage"])
    tables, forms, narrative = [], [], _Narrative(base, name)
    for block in blocks:
        try:
            if HEAD.fullmatch(block[0][1]):
                forms.append(goals(block, head["unit"], name))
            elif block[0][1].startswith("["):
                tables.append(table(block, base, head["unit"], organization.name, name))
            else:
                narrative.add(block)
        except GovBudgetError as error:
            raise GovBudgetError(
                error.what, place=error.place or f"{name}, line {block[0][0]} and below", hint=error.hint
            ) from error
    return Disclosure(
        organization=organization,
        year=head["year"],
        stage=head["stage"],
        scope=head["scope"],
        tables=tuple(tables),
        goals=tuple(forms),
        narrative=narrative.made(),
        layout=head.get("layout", ""),
        source=name,
    )


def sketches(text: str) -> tuple[Disclosure, ...]:
    r"""Return the disclosures of a text in which lines of ``===`` stand between them.

    >>> [made.year for made in sketches("unit budget 2023\n===\nunit budget 2024")]
    [2023, 2024]
    """
    parts = re.split(r"^ *={3,} *$", text, flags=re.MULTILINE)
    if len(parts) == 1:
        return (sketch(text),)
    return tuple(sketch(part, f"sketch-{number}") for number, part in enumerate(parts, 1))


def _blocks(lines: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    block: list[Numbered] = []
    for line in lines:
        if line[1].startswith(("[", "## ")) and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _joined(lines: Sequence[Numbered]) -> list[Numbered]:
    """Claims on lines of their own go to the sentence above them."""
    found: list[Numbered] = []
    for number, line in lines:
        if line.startswith("=>") and found:
            above, text = found.pop()
            between = " ; " if "=>" in text else " => "
            found.append((above, text + between + line.removeprefix("=>")))
        else:
            found.append((number, line))
    return found


def _told(head: dict[str, Any], line: str, number: int) -> None:
    """What the lines before the first table say of the disclosure."""
    key, _, rest = line.partition(" ")
    if key in {"of", "parent", "nature", "layout"}:
        head[key] = rest
        return
    if key == "members":
        names = [(m.removesuffix("(本级)"), m.endswith("(本级)")) for m in rest.split("、")]
        head["members"] = tuple(Member(name=name, itself=itself) for name, itself in names)
        return
    for word in line.split():
        if word in {s.value for s in Scope}:
            head["scope"] = Scope(word)
        elif word in {s.value for s in Stage}:
            head["stage"] = Stage(word)
        elif word in {u.value for u in MoneyUnit}:
            head["unit"] = MoneyUnit(word)
        elif word.isdecimal():
            head["year"] = int(word)
        else:
            raise GovBudgetError(
                f"{word!r} says nothing of a disclosure",
                place=f"line {number}",
                hint="unit, department, budget, final, a year, 元, 万元; of NAME, parent, members, nature, layout",
            )


class _Narrative:
    """Gathers the sections of a sketch."""

    def __init__(self, base: Coordinate, document: str) -> None:
        self._base, self._document = base, document
        self._sections: list[Section] = []
        self._texts: dict[str, list[Passage]] = {"cover": [], "functions": []}
        self._terms: list[Term] = []

    def add(self, block: Sequence[Numbered]) -> None:
        number, first = block[0]
        match = _SECTION.fullmatch(first)
        if match is None:
            raise GovBudgetError(f"{first!r} is no heading", hint="such as ## 支出预算情况说明 {expenditure}")
        heading, id = match["heading"] or match["id"] or "", match["id"] or ""
        said = [(n, *line.partition("=>")) for n, line in _joined(block[1:])]
        places = [Place(document=self._document, section=heading, line=n, span=(0, len(t))) for n, t, _, _ in said]
        passages = [Passage(text=t.strip(), place=p) for (_, t, _, _), p in zip(said, places, strict=True)]
        if id in self._texts:
            self._texts[id] += passages
            return
        if id == "glossary":
            pairs = [(p, *p.text.partition("：")) for p in passages]
            self._terms += [Term(name=name, definition=text, place=p.place) for p, name, _, text in pairs]
            return
        claims = [
            claim(words, self._sentence(text, attrs.evolve(place, span=(index, index + len(text)))))
            for (_, text, _, written), place in zip(said, places, strict=True)
            for index, words in enumerate(written.split(";"))
            if words.strip()
        ]
        place = Place(document=self._document, section=heading, line=number)
        self._sections.append(
            Section(id=id, heading=heading, passages=tuple(passages), claims=tuple(claims), place=place)
        )

    def _sentence(self, text: str, place: Place) -> Sentence:
        folded = fold(text).strip().rstrip("。")
        return Sentence(term=term_of(folded), text=folded, place=place, base=self._base)

    def made(self) -> Narrative:
        return Narrative(
            cover=tuple(self._texts["cover"]),
            functions=tuple(self._texts["functions"]),
            sections=tuple(self._sections),
            glossary=tuple(self._terms),
        )
