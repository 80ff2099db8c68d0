"""What look-ups, names, loading and importing the classification cost, and how many hidden codes are found.

Look-ups stand beside a plain dict and, where they are installed, the look-ups of pysdmx (``Codelist[id]``) and
bigtree (``find_name``) over the same subjects, in the same run and taken in turn; medians are shown. Those two search
all rows for each code, so they get a sample, and their line is scaled up to the whole number.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.classification import coded_tables, hangzhou_columns  # noqa: E402
from timing import interleaved  # noqa: E402

from govbudget.classification import Scheme, Tree, resolve_in, tree  # noqa: E402
from govbudget.classification.editions import _tree  # noqa: E402
from govbudget.reading import read  # noqa: E402

CODES, NAMES, RUNS = 1_000_000, 100_000, 7
YEAR = 2024

Pair = tuple[str, str | None]


def looking_up(table: object, codes: Iterable[str]) -> Callable[[], None]:
    """A loop of its own for each table, so that the interpreter can fit itself to each."""
    space: dict[str, Callable[..., None]] = {}
    exec("def loop(table, codes):\n    for code in codes:\n        table[code]\n", space)
    return lambda: space["loop"](table, codes)


def show(title: str, times: dict[str, float], scale: dict[str, int]) -> None:
    """Print one line for each contender, as ratios to the first."""
    print(f"\n{title}")
    floor = next(iter(times.values()))
    for name, seconds in times.items():
        whole = seconds * scale.get(name, 1)
        note = f"   (a sample of 1 in {scale[name]:,}, scaled)" if name in scale else ""
        print(f"  {name:44}{whole * 1000:12,.1f} ms {whole / floor:14,.2f} ×{note}")


def code_lookups(edition: Tree) -> None:
    """A million codes, in the order of the edition again and again."""
    every = [subject.code for subject in edition]
    codes = (every * (CODES // len(every) + 1))[:CODES]
    bare = {subject.code: subject for subject in edition}
    jobs = {"a bare dict": looking_up(bare, codes), "govbudget: tree[code]": looking_up(edition, codes)}
    scale: dict[str, int] = {}
    for name, share, job in (*pysdmx_lookup(edition, codes), *bigtree_lookup(edition, codes)):
        jobs[name], scale[name] = job, share
    show(f"{CODES:,} look-ups by code, {len(edition):,} subjects", interleaved(jobs, RUNS), scale)


def pysdmx_lookup(edition: Tree, codes: list[str]) -> Iterable[tuple[str, int, Callable[[], object]]]:
    """The codelist of pysdmx, where it is installed."""
    try:
        from pysdmx.model import Code, Codelist
    except ImportError:
        print("  pysdmx is not installed: left out")
        return
    items = [Code(id=s.code, name=s.name) for s in edition]
    peer = Codelist(id="CL", name="CL", agency="XX", items=items)
    assert peer["2012950"].name == edition["2012950"].name
    share = 1000
    yield "pysdmx: Codelist[id]", share, looking_up(peer, codes[:: max(1, share)])


def bigtree_lookup(edition: Tree, codes: list[str]) -> Iterable[tuple[str, int, Callable[[], object]]]:
    """A tree of bigtree, where it is installed."""
    try:
        from bigtree import find_name
    except ImportError:
        print("  bigtree is not installed: left out")
        return
    root = bigtree_of(edition)
    assert find_name(root, "2012950").label == edition["2012950"].name
    share = 10_000
    sample = codes[::share]
    yield "bigtree: find_name", share, lambda: [find_name(root, code) for code in sample]


def bigtree_of(edition: Tree) -> object:
    """The edition as a tree of bigtree."""
    from bigtree import Node

    root = Node("all")
    nodes: dict[str | None, object] = {}
    for s in edition:
        nodes[s.code] = Node(s.code, label=s.name, parent=nodes.get(s.parent, root))
    return root


def name_lookups(edition: Tree) -> None:
    """A hundred thousand names: one at a time under a known parent, and in columns without codes."""
    every = [(subject.name, subject.parent) for subject in edition]
    pairs = (every * (NAMES // len(every) + 1))[:NAMES]
    bare = {(subject.name, subject.parent): subject for subject in edition}
    unique = [s.name for s in edition if len(edition.named(s.name)) == 1]
    alone = (unique * (NAMES // len(unique) + 1))[:NAMES]
    names, codes, amounts = hangzhou_columns.column(hangzhou_columns.FUNCTIONAL_COLUMN)
    rounds = NAMES // len(names) // 10
    assert [row.subject.code for row in resolve_in(edition, names).rows if row.subject] == codes

    def by_dict() -> None:
        for pair in pairs:
            bare[pair]

    def by_parent() -> None:
        for name, parent in pairs:
            if parent is not None:
                edition.find(name, parent)

    def by_name() -> None:
        for name in alone:
            edition.find(name)

    def columns(given: object) -> Callable[[], None]:
        def job() -> None:
            for _ in range(rounds):
                resolve_in(edition, names, amounts=given)  # type: ignore[arg-type]

        return job

    peers = (*pysdmx_names(edition, pairs), *bigtree_names(edition, pairs))
    jobs: dict[str, Callable[[], object]] = {
        "a bare dict of (name, parent)": by_dict,
        "govbudget: find(name, parent)": by_parent,
        "govbudget: find(name)": by_name,
        "govbudget: resolve_names, names alone": columns(None),
        "govbudget: resolve_names, with sums": columns(amounts),
    }
    scale = dict.fromkeys(list(jobs)[3:], 10)
    for name, share, job in peers:
        jobs[name], scale[name] = job, share
    show(f"{NAMES:,} names (columns of {len(names)} rows for resolve_names)", interleaved(jobs, 3), scale)


def pysdmx_names(edition: Tree, pairs: list[Pair]) -> Iterable[tuple[str, int, Callable[[], object]]]:
    """Codes of a name in pysdmx: there is no look-up by name, so a pass over the codelist."""
    try:
        from pysdmx.model import Code, Codelist
    except ImportError:
        return
    peer = Codelist(id="CL", name="CL", agency="XX", items=[Code(id=s.code, name=s.name) for s in edition])
    sample = pairs[::1000]
    yield "pysdmx: a pass over the Codelist", 1000, lambda: [[c for c in peer if c.name == n] for n, _ in sample]


def bigtree_names(edition: Tree, pairs: list[Pair]) -> Iterable[tuple[str, int, Callable[[], object]]]:
    """Nodes of a name in bigtree."""
    try:
        from bigtree import find_attrs
    except ImportError:
        return
    root = bigtree_of(edition)
    sample = pairs[::5000]
    yield "bigtree: find_attrs", 5000, lambda: [find_attrs(root, "label", n) for n, _ in sample]


def loading() -> None:
    """The time to read one edition, fresh from its file."""
    print("\nloading one edition (limit 15 ms)")
    for scheme in Scheme:

        def job(scheme: Scheme = scheme) -> Tree:
            _tree.cache_clear()
            return tree(scheme, YEAR)

        seconds = interleaved({"load": job}, 15)["load"]
        print(f"  {scheme.value:24}{len(tree(scheme, YEAR)):6,} subjects {seconds * 1000:8.2f} ms")


def importing() -> None:
    """What ``import govbudget.classification`` costs beyond attrs, and that no edition is read."""
    code = (
        "import time, attrs; t = time.perf_counter(); import govbudget.classification as c; "
        "t = time.perf_counter() - t; from govbudget.classification.editions import _tree; "
        "from govbudget.classification.table import read_table; "
        "print(t, _tree.cache_info().currsize + read_table.cache_info().currsize)"
    )
    found = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(RUNS)
    ]
    seconds = statistics.median(float(one[0]) for one in found)
    print(f"\nimport of govbudget.classification, attrs loaded: {seconds * 1000:.1f} ms, files read: {found[0][1]}")


def hidden_codes() -> None:
    """The coded tables of published documents with their codes hidden, and names that never had codes."""
    print("\nhidden codes              rows  found  right  ambiguous  unknown  wrong")

    def line(name: str, seen: list[coded_tables.Seen]) -> None:
        t = coded_tables.tally(seen)
        share = f"{t['found'] / t['rows']:8.2%}" if t["rows"] else ""
        counts = f"{t['rows']:6}{t['found']:7}{t['right']:7}{t['ambiguous']:11}{t['unknown']:9}{t['wrong']:7}"
        print(f"  {name:22}{counts} {share}")

    if coded_tables.CASES.exists():
        for sums in (True, False):
            seen = [one for column in coded_tables.columns() for one in coded_tables.hide_codes(column, sums=sums)]
            words = "with sums" if sums else "names alone"
            line(words, [one for one in seen if not one.misprinted])
            line("  codes misprinted", [one for one in seen if one.misprinted])
    else:
        print("  the documents are not beside the project: left out")
    budget = read(ROOT / "examples" / "hangzhou-2024.md").disclosure
    for sums in (True, False):
        rows = right = 0
        for _, known, found in hangzhou_columns.name_columns(budget, sums=sums):
            rows += len(known)
            right += sum(
                row.status.value == "resolved" and row.subject is not None and row.subject.code == code
                for row, code in zip(found.rows, known, strict=True)
            )
        print(f"  Hangzhou, {'with sums' if sums else 'names alone':12} {rows:5}{right:7}{right:7}")


def main() -> None:
    """Run all parts."""
    edition = tree(Scheme.FUNCTIONAL, YEAR)
    code_lookups(edition)
    name_lookups(edition)
    loading()
    importing()
    hidden_codes()


if __name__ == "__main__":
    main()
