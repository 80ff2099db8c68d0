"""The small tables of the package: tab-separated text with a head that says where the rows come from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from govbudget.errors import GovBudgetError


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one table, each by column name.

    >>> read_table("changes.tsv")[0]["kind"] in {"new", "renamed", "moved", "split", "merged", "withdrawn"}
    True
    """
    text = (files("govbudget.classification") / "data" / name).read_text(encoding="utf-8")
    columns: list[str] = []
    rows: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("# columns:"):
            columns = line.partition(":")[2].split()
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) > len(columns):
                raise GovBudgetError(f"{len(cells)} cells for {len(columns)} columns", place=f"{name}:{number}")
            cells += [""] * (len(columns) - len(cells))
            rows.append(dict(zip(columns, cells, strict=True)))
    return tuple(rows)


def head_of(name: str) -> dict[str, str]:
    """Return the head of one table: title, provenance and columns.

    >>> head_of("changes.tsv")["title"][:12]
    'what changed'
    """
    text = (files("govbudget.classification") / "data" / name).read_text(encoding="utf-8")
    lines = [line[1:].partition(":") for line in text.splitlines() if line.startswith("#")]
    return {key.strip(): value.strip() for key, colon, value in lines if colon}
