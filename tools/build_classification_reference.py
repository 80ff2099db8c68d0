"""Write the reference pages of the classification: one per scheme, one per edition, sources and correspondences.

    python tools/build_classification_reference.py [FOLDER]

FOLDER is ``docs/reference/classification`` by default. The pages follow from the package data alone: the same data
gives the same bytes, and a test compares them with what is committed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from govbudget.classification import Change, Scheme, Spell, Standing, Subject, changes, spells, tree, years
from govbudget.classification.edition_file import write_years
from govbudget.classification.history import SEEN
from govbudget.classification.provenance import sources
from govbudget.classification.table import head_of, read_table

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference" / "classification"
MARKS = {Standing.ATTESTED: "", Standing.UNVERIFIED: " ?", Standing.HISTORICAL: " †"}
FIRST = 2017
MADE = "<!-- made by tools/build_classification_reference.py; edit the data, not this page -->"
LEGEND = (
    "Behind a name: a number in brackets is a [source](README.md) that printed the row in a document of the year, "
    "or of years before and after it (attested); **?** no such document is at hand (unverified); **†** known from "
    "an edition before 2017 only (historical). A printed code is never wrong only because its row here is ?, † or "
    "missing."
)


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    every = sorted({year for scheme in Scheme for year in years(scheme)})
    return {
        "README.md": _page(_overview(every)),
        "correspondence.md": _page(_correspondence()),
        **{f"{scheme.value}.md": _page(_scheme(scheme)) for scheme in Scheme},
        **{f"edition-{year}.md": _page(_edition(year)) for year in every},
    }


def main(folder: Path) -> None:
    """Write the pages, and take away those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in folder.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{folder}: {len(made)} pages, {sum(len(text.encode()) for text in made.values()):,} bytes")


def _page(lines: Iterable[str]) -> str:
    return "\n".join((MADE, "", *lines)) + "\n"


def _table(*header: str) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', '／') for cell in cells)} |".replace("|  |", "| |")


# -- overview ---------------------------------------------------------------------------------------------------------


def _overview(every: list[int]) -> Iterator[str]:
    yield from (
        "# Classification: editions and sources",
        "",
        "The 政府收支分类科目 are revised every year. No complete official edition is at hand, so every row of every",
        "edition says what stands behind it:",
        "",
        "- **attested** (numbers in brackets): printed with this code and name in a document of the year, or in",
        "  documents of years before and after it. The numbers are those of the table of sources below.",
        "- **unverified** (?): no such document is at hand; the row is believed to belong to the edition. Most of a",
        "  current edition is of this kind.",
        "- **historical** (†): known from an edition before 2017 only, and believed to live on.",
        "",
        "A printed code is never wrong only because its row is unverified, historical or missing here.",
        "What corresponds across lists and to COFOG and GFSM 2014 is on a [page of its own](correspondence.md).",
        "",
        "## Rows of each edition",
        "",
    )
    yield from _table("edition", *(f"[{scheme.title}]({scheme.value}.md)" for scheme in Scheme))
    for year in every:
        cells = [_counts(scheme, year) if year in years(scheme) else "—" for scheme in Scheme]
        yield _row(f"[{year}](edition-{year}.md)", *cells)
    yield from ("", "Each cell: attested, ? unverified, † historical.", "", "## Sources", "")
    yield from _table("no.", "id", "document", "year", "kind")
    for number, source in enumerate(sources().values(), start=1):
        yield _row(number, source.id, source.document, source.year, source.kind)


def _counts(scheme: Scheme, year: int) -> str:
    counts = Counter(subject.standing for subject in tree(scheme, year))
    return ", ".join(f"{counts[s]}{MARKS[s]}" for s in Standing if counts[s])


def _numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(sources(), start=1)}


def _mark(subject: Subject, numbers: dict[str, int]) -> str:
    if subject.standing is not Standing.ATTESTED:
        return MARKS[subject.standing]
    return f" [{' '.join(str(numbers[source]) for source in subject.sources)}]"


# -- one scheme -------------------------------------------------------------------------------------------------------


def _scheme(scheme: Scheme) -> Iterator[str]:
    known = years(scheme)
    numbers = _numbers()
    yield from (
        f"# {scheme.title}",
        "",
        f"Every code of the editions {write_years(known)}, with each name it bore and the editions in which it did.",
        LEGEND,
        "",
    )
    yield from _table("code", "name", "editions", "attested", "sources")
    for code in sorted({subject.code for year in known for subject in tree(scheme, year)}):
        for spell in spells(scheme, code):
            yield _spell(scheme, spell, numbers)
    yield from ("", "## Changes", "")
    told = [change for change in changes(scheme, max(FIRST, known[0]), known[-1]) if change.note != SEEN]
    if not told:
        yield "None is told; what the editions show by themselves is in the table above."
        return
    yield "What is told of the editions; what they show by themselves is in the table above."
    yield ""
    yield from _table("year", "kind", "before", "after", "sources", "note")
    for change in told:
        yield _row(
            change.year,
            f"{change.kind.value}{MARKS[change.standing]}",
            _end(change.old, change.old_name),
            _end(change.new, change.new_name),
            _ids(change, numbers),
            change.note,
        )


def _end(code: str | None, name: str) -> str:
    return f"{code} {name}" if code else ""


def _ids(change: Change, numbers: dict[str, int]) -> str:
    return " ".join(str(numbers.get(source, source)) for source in change.sources)


def _spell(scheme: Scheme, spell: Spell, numbers: dict[str, int]) -> str:
    editions = [year for year in years(scheme) if spell.first <= year <= spell.last]
    rows = {year: tree(scheme, year)[spell.code] for year in editions}
    attested = [year for year, row in rows.items() if row.standing is Standing.ATTESTED]
    behind = sorted({numbers[source] for row in rows.values() for source in row.sources if source in numbers})
    mark = MARKS[spell.standing]
    return _row(
        spell.code, f"{spell.name}{mark}", write_years(editions), write_years(attested), " ".join(map(str, behind))
    )


# -- one edition ------------------------------------------------------------------------------------------------------


def _edition(year: int) -> Iterator[str]:
    numbers = _numbers()
    yield from (f"# Edition {year}", "", LEGEND)
    for scheme in Scheme:
        if year not in years(scheme):
            continue
        edition = tree(scheme, year)
        yield from ("", f"## {scheme.title}", "", f"{_counts(scheme, year)}. {edition.provenance}.")
        for root in edition.roots:
            yield from ("", f"**{root.label}**{_mark(root, numbers)}", "")
            for child in edition.children(root.code):
                below = " · ".join(f"{s.label}{_mark(s, numbers)}" for s in list(edition.walk(child.code))[1:])
                yield f"- {child.label}{_mark(child, numbers)}" + (f": {below}" if below else "")


# -- correspondences --------------------------------------------------------------------------------------------------

_TABLES = ("economic_map.tsv", "same_money.tsv", "budgets.tsv", "cofog.tsv", "gfsm.tsv")


def _correspondence() -> Iterator[str]:
    yield from ("# Correspondences", "", "Each table says where it comes from; the code with most digits holds.")
    numbers = _numbers()
    for name in _TABLES:
        head = head_of(name)
        yield from ("", f"## {head['title'][0].upper()}{head['title'][1:]}", "", f"{head['provenance']}.", "")
        columns = head["columns"].split()
        yield from _table(*columns)
        for row in read_table(name):
            cells = dict(row)
            if "sources" in cells:
                cells["sources"] = " ".join(str(numbers.get(source, source)) for source in cells["sources"].split())
            yield _row(*(_named(column, cells) for column in columns))


_LISTS = {
    "government_code": Scheme.GOVERNMENT_ECONOMIC,
    "department_code": Scheme.DEPARTMENT_ECONOMIC,
    "functional": Scheme.FUNCTIONAL,
    "economic": Scheme.DEPARTMENT_ECONOMIC,
}


def _named(column: str, cells: dict[str, str]) -> str:
    """The cell, with the name of its code in the newest edition behind it where it is one."""
    scheme = Scheme(cells["scheme"]) if column == "code" else _LISTS.get(column)
    subject = tree(scheme, years(scheme)[-1]).get(cells[column]) if scheme is not None else None
    return cells[column] if subject is None else subject.label


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
