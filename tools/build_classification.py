"""Build the edition files of ``govbudget.classification`` from tables of attested, unverified and historical rows.

    python tools/build_classification.py [FOLDER]

FOLDER (default ``../shared/classification`` beside the checkout) holds the CSV files. What is known about one code
is a set of claims (a name, for some years, with some standing); for each edition the best claim is taken:
attested in that year, attested before and after, unverified, historical. Rules that need a word:

- A code that only unverified or historical claims hold stands only where its parent stands; an attested one brings
  its parents along, under the nearest name known.
- A historical name fills a year before 2017's successors where the same code is known to stand later on, or where
  the unverified rows do not reach the branch at all, or before the reform of the economic subjects in 2018.
- Of two siblings with one name in one year the better attested stays, and the loss is printed.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from govbudget.classification.edition_file import write_years
from govbudget.classification.scheme import Scheme, Standing
from govbudget.text import fold

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "govbudget" / "classification" / "data"
FIRST, LAST = 2017, 2026
#: file stem of each scheme, and the first edition its unverified rows speak of
STEMS = {
    Scheme.FUNCTIONAL: ("functional", FIRST),
    Scheme.DEPARTMENT_ECONOMIC: ("economic_department", 2018),
    Scheme.GOVERNMENT_ECONOMIC: ("economic_government", 2018),
    Scheme.REVENUE: ("revenue", FIRST),
}
#: documents that the list names by a path
TITLES = {
    "SH-2025-zongbiao": "收入支出决算总表 of several 2025 final accounts",
    "jackjet-2009": "subject dictionary of a fiscal system, 2009 edition",
    "tytool-2019": "one county budget of 2019",
}
NOTE = {
    Standing.ATTESTED: "printed with this name in a document of the year, or in documents before and after it",
    Standing.UNVERIFIED: "compiled without a document of the year at hand",
    Standing.HISTORICAL: "known from an edition before 2017 only",
}


@attrs.frozen
class Claim:
    """A name for a code, in the years from ``since`` to ``until``, attested in ``years``."""

    name: str
    standing: Standing
    since: int
    until: int
    years: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()


@attrs.frozen
class Row:
    """One line of an edition file before since and until are known."""

    name: str
    standing: Standing
    years: tuple[int, ...]
    sources: tuple[str, ...]


Claims = dict[str, list[Claim]]
Edition = dict[str, Row]


def main(folder: Path) -> None:
    """Write every edition file, and the tables of sources and of the correspondence 政府/部门 经济分类."""
    source_years = write_sources(folder)
    out = DATA / "editions"
    out.mkdir(parents=True, exist_ok=True)
    for stale in out.glob("*.tsv"):
        stale.unlink()
    for scheme in Scheme:
        claims = gather(folder, scheme)
        editions = {year: edition(scheme, claims, year) for year in wanted_years(scheme, claims)}
        for year, rows in editions.items():
            text = "\n".join(lines(scheme, year, editions, source_years)) + "\n"
            (out / f"{scheme.value}-{year}.tsv").write_text(text, encoding="utf-8")
            counts = [sum(row.standing is standing for row in rows.values()) for standing in Standing]
            print(scheme.value, year, len(rows), dict(zip([s.value for s in Standing], counts, strict=True)))
    write_economic_map(folder)


def read(path: Path) -> list[dict[str, str]]:
    """Read one CSV file; names may hold commas in quotes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)) if path.exists() else []


def gather(folder: Path, scheme: Scheme) -> Claims:
    """Collect what the rows and the list of changes claim about each code."""
    stem, start = STEMS[scheme]
    claims: Claims = defaultdict(list)
    for row in read(folder / f"{stem}.csv"):
        years = tuple(
            int(year)
            for year in row["editions"].split("|")
            if re.fullmatch(r"\d{4}\+?", year[:5])
            for year in [year[:4]]
        )
        recent = tuple(year for year in years if year >= FIRST)
        standing = Standing.ATTESTED if recent or not years else Standing.HISTORICAL
        known = recent or years
        since, until = (min(known), max(known)) if known else (start, LAST)
        if not known:
            standing = Standing.UNVERIFIED  # printed, but in a document without a year
        claims[row["code"]].append(Claim(row["name"], standing, since, until, years, tuple(row["sources"].split("|"))))
    for change in changes(scheme):
        year = int(change["year"])
        if change["kind"] == "renamed":
            claims[change["from_code"]].append(Claim(change["from_name"], Standing.UNVERIFIED, start, year - 1))
            claims[change["from_code"]] = [
                attrs.evolve(claim, since=max(claim.since, year))
                if claim.name == change["to_name"] and not claim.years
                else claim
                for claim in claims[change["from_code"]]
            ]
            claims[change["to_code"]].append(
                Claim(change["to_name"], Standing.UNVERIFIED, year, last_year(scheme, change["to_code"], year))
            )
        elif change["to_code"] and change["standing"] == "attested":
            claims[change["to_code"]].append(Claim(change["to_name"], Standing.UNVERIFIED, year, LAST))
    renamed = {change["to_code"]: int(change["year"]) for change in changes(scheme) if change["kind"] == "renamed"}
    old = folder / f"{stem}_2009_historical.csv"
    past = {row["code"]: row for row in read(old)} if old.exists() else {}
    for row in read(folder / f"{stem}_recalled.csv"):
        since_text, _, until_text = row["editions"].partition("-")
        since, until = int(since_text or start), int(until_text or LAST)
        printed = [
            year for claim in claims[row["code"]] if claim.name == row["name"] for year in claim.years if year >= FIRST
        ]
        if printed and min(printed) < since:
            since = start  # a document refutes the year
        if start > FIRST and not since_text and past.get(row["code"], {}).get("name") == row["name"]:
            since = FIRST  # the same in 2009: it did not wait for the reform
        if row["code"] in renamed:
            since = max(since, renamed[row["code"]]) if not printed else since
        claims[row["code"]].append(Claim(row["name"], Standing.UNVERIFIED, since, until))
    for row in past.values():
        claims[row["code"]].append(Claim(row["name"], Standing.HISTORICAL, 2009, 2009, (2009,), (row["sources"],)))
    return dict(claims)


def last_year(scheme: Scheme, code: str, since: int) -> int:
    """The last year of a name that came in ``since``, as far as the changes kept by hand tell."""
    ends = [int(c["year"]) - 1 for c in changes(scheme) if c["from_code"] == code and int(c["year"]) > since]
    return min(ends, default=LAST)


def changes(scheme: Scheme) -> Iterator[dict[str, str]]:
    """Read the changes kept by hand."""
    columns: list[str] = []
    for line in (DATA / "changes.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("# columns:"):
            columns = line.partition(":")[2].split()
        if not line.startswith("#"):
            row = dict(zip(columns, line.split("\t"), strict=True))
            if row["scheme"] == scheme.value:
                yield row


def wanted_years(scheme: Scheme, claims: Claims) -> list[int]:
    """The window, and every older year that a row speaks of."""
    old = {year for known in claims.values() for claim in known for year in claim.years if year < FIRST}
    return sorted(old) + list(range(STEMS[scheme][1] if scheme is Scheme.GOVERNMENT_ECONOMIC else FIRST, LAST + 1))


def edition(scheme: Scheme, claims: Claims, year: int) -> Edition:
    """Choose the claim of each code in one year, parents before children."""
    chosen = {code: row for code, known in claims.items() if (row := choose(known, year))}
    if year >= FIRST:
        unreached = unreached_branches(claims)
        for code, known in claims.items():
            if code not in chosen and (row := fill(scheme, code, known, year, unreached)):
                chosen[code] = row
    forced = {
        code[:n]
        for code, row in chosen.items()
        if row.standing is Standing.ATTESTED
        for n in (3, 5, 7)
        if n < len(code)
    }
    if year < FIRST:
        forced |= {code[:n] for code in chosen for n in (3, 5, 7) if n < len(code)}
    result: Edition = {}
    for code in sorted(set(chosen) | forced):
        row = chosen.get(code) or nearest(claims[code], year)
        parent = code[:-2] if len(code) > 3 else ""
        if parent and parent not in result:
            continue
        result[code] = row
    return unique(result, f"{scheme.value} {year}") if year >= FIRST else result


def choose(known: list[Claim], year: int) -> Row | None:
    """The best claim about a code in a year."""
    inside = [claim for claim in known if claim.since <= year <= claim.until]
    if not inside:
        return None
    best = min(inside, key=lambda claim: (claim.standing.rank, year not in claim.years))
    same = [claim for claim in known if claim.name == best.name]
    return Row(
        best.name,
        best.standing,
        tuple(sorted({y for claim in same for y in claim.years})),
        tuple(sorted({source for claim in same for source in claim.sources})),
    )


def fill(scheme: Scheme, code: str, known: list[Claim], year: int, unreached: set[str]) -> Row | None:
    """A historical row for a year of the window that no other claim covers."""
    past = [claim for claim in known if claim.standing is Standing.HISTORICAL]
    if not past:
        return None
    later = any(claim.since > year for claim in known)
    if not (later or year < STEMS[scheme][1] or code[:-2] in unreached):
        return None
    gone = [c for c in changes(scheme) if c["from_code"] == code and c["kind"] != "renamed" and int(c["year"]) <= year]
    if gone:
        return None
    best = past[-1]
    return Row(best.name, Standing.HISTORICAL, best.years, best.sources)


def unreached_branches(claims: Claims) -> set[str]:
    """Codes that stand in the window but below which only historical rows are known."""
    current = {code for code, known in claims.items() if any(claim.until >= FIRST for claim in known)}
    return current - {code[:-2] for code in current}


def nearest(known: list[Claim], year: int) -> Row:
    """The name of a parent that no claim covers in the year: the nearest earlier one, else the nearest later."""
    best = min(
        known, key=lambda c: (c.since > year, abs((c.until if c.since <= year else c.since) - year), c.standing.rank)
    )
    standing = Standing.HISTORICAL if best.standing is Standing.HISTORICAL else Standing.UNVERIFIED
    return Row(best.name, standing, best.years, best.sources)


def unique(rows: Edition, where: str) -> Edition:
    """Drop the weaker of two siblings with one name."""
    kept: dict[tuple[str, str], str] = {}
    for code, row in list(rows.items()):
        key = (code[:-2] if len(code) > 3 else "", fold(row.name))
        other = kept.get(key)
        if other is None:
            kept[key] = code
            continue
        loser = max((other, code), key=lambda c: (rows[c].standing.rank, not rows[c].years, c))
        kept[key] = code if loser == other else other
        print(f"{where}: {row.name} stands at {other} and {code}; {loser} is left out")
        for below in [c for c in rows if c.startswith(loser)]:
            del rows[below]
    return rows


def lines(scheme: Scheme, year: int, editions: dict[int, Edition], source_years: dict[str, int]) -> Iterator[str]:
    """Write one edition."""
    rows = editions[year]
    yield f"# scheme: {scheme.value}"
    yield f"# year: {year}"
    yield f"# title: {scheme.title} {year}"
    yield "# provenance: no official edition; gathered from published documents and unverified lists, see sources.tsv"
    for standing in Standing:
        count = sum(row.standing is standing for row in rows.values())
        yield f"# {standing.value}: {count} rows, {NOTE[standing]}"
    yield "# columns: code name standing since until years sources"
    for code, row in rows.items():
        span = standing_span(code, row.name, year, editions)
        here = [source for source in row.sources if source_years.get(source) == year]
        cells = [code, row.name, row.standing.value, *span, write_years(row.years), " ".join(here or row.sources)]
        yield "\t".join(cells).rstrip("\t")


def standing_span(code: str, name: str, year: int, editions: dict[int, Edition]) -> tuple[str, str]:
    """First and last year of a name in the window, blank where the window does not show an end."""
    if year < FIRST:
        return ("", "")
    window = [y for y in editions if y >= FIRST]
    same = {y for y in window if code in editions[y] and editions[y][code].name == name}
    first = last = year
    while first - 1 in same:
        first -= 1
    while last + 1 in same:
        last += 1
    return ("" if first == window[0] else str(first), "" if last == window[-1] else str(last))


def write_sources(folder: Path) -> dict[str, int]:
    """Write the table of documents; return the year of each that has one."""
    found: dict[str, int] = {}
    rows = ["# title: the documents behind attested and historical rows", "# columns: id document year kind"]
    for line in (folder / "SOURCES.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or cells[0] in {"id", "---"}:
            continue
        if cells[2].isdigit():
            found[cells[0]] = int(cells[2])
        cells[1] = TITLES.get(
            cells[0], re.sub(r"^pdf_files_[a-z]+_", "", cells[1]).removesuffix(".pdf").replace("_", " ")
        )
        rows.append("\t".join(cells))
    (DATA / "sources.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return found


def write_economic_map(folder: Path) -> None:
    """Write the correspondence between the two economic lists."""
    merged: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    for stem, standing in (("economic_map", "attested"), ("economic_map_recalled", "unverified")):
        for row in read(folder / f"{stem}.csv"):
            since, _, until = row["editions"].partition("-")
            source = row.get("sources") or ""
            merged.setdefault(
                (row["government_code"], row["department_code"]),
                (standing, since, until if standing == "unverified" else "", source.replace("|", " ")),
            )
    rows = [
        "# title: 政府预算支出经济分类科目 and the 部门预算支出经济分类科目 that each takes in",
        "# provenance: attested rows are printed in the named source, unverified rows in none at hand",
        "# columns: government_code department_code standing since until sources",
    ]
    rows += ["\t".join((*key, *value)).rstrip("\t") for key, value in sorted(merged.items())]
    (DATA / "economic_map.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _folder(arguments: Iterable[str]) -> Path:
    return Path(next(iter(arguments), ROOT.parent / "shared" / "classification"))


if __name__ == "__main__":
    main(_folder(sys.argv[1:]))
