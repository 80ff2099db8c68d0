"""Score a converter: what becomes of documents whose model is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from govbudget.model import Disclosure
from govbudget.money import Mark
from govbudget.testing.places import without_places
from govbudget.testing.score.table import text_table
from govbudget.testing.strategies.printouts import PrintedDocument
from govbudget.text import fold

Converter = Callable[[bytes, str], Disclosure]
"""Takes the bytes of a document and its name, and returns the model."""


@attrs.define
class _Tally:
    documents: int = 0
    equal: int = 0
    crashed: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    extra: int = 0


@attrs.frozen(kw_only=True)
class ConverterScore:
    """What came of it.

    Attributes:
        tallies: for each format the counts that :meth:`table` prints.
        errors: what the converter raised, with how often.
    """

    tallies: Mapping[str, _Tally]
    errors: Mapping[str, int]

    @property
    def figures(self) -> tuple[int, int]:
        """How many figures were read right, and how many are printed."""
        right = sum(t.right for t in self.tallies.values())
        return right, right + sum(t.wrong + t.missed for t in self.tallies.values())

    def table(self) -> str:
        """Return a table for people: a line for each format."""
        rows = [["format", "documents", "equal", "crashed", "figures right", "wrong", "missed", "made up"]]
        for name, t in self.tallies.items():
            rows.append([name, *map(str, (t.documents, t.equal, t.crashed, t.right, t.wrong, t.missed, t.extra))])
        return "\n".join([text_table(rows), *(f"  {error}: {count}" for error, count in self.errors.items())])


def score_converter(converter: Converter, documents: Iterable[PrintedDocument]) -> ConverterScore:
    """Run a converter over documents and compare what it makes of them with what was printed.

    A figure is known by its table, the subject or name of its line and the header of its column; places do not count.
    A converter that raises is counted, not stopped for.
    """
    tallies: dict[str, _Tally] = {}
    errors: Counter[str] = Counter()
    for document in documents:
        tally = tallies.setdefault(document.format, _Tally())
        tally.documents += 1
        wanted = figures_of(document.disclosure)
        try:
            found = converter(document.data, f"printed.{document.format}")
        except Exception as error:  # noqa: BLE001 - any failure of another's converter is a result
            tally.crashed += 1
            tally.missed += len(wanted)
            errors[f"{type(error).__name__}: {str(error)[:80]}"] += 1
            continue
        tally.equal += without_places(found) == without_places(document.disclosure)
        compare(tally, wanted, figures_of(found))
    return ConverterScore(tallies=tallies, errors=dict(errors))


Address = tuple[object, ...]


def compare(tally: _Tally, wanted: Mapping[Address, object], found: Mapping[Address, object]) -> None:
    """Count what was read right, wrong and not at all."""
    for at, value in wanted.items():
        if at not in found:
            tally.missed += 1
        elif found[at] == value:
            tally.right += 1
        else:
            tally.wrong += 1
    tally.extra += len(found.keys() - wanted.keys())


def figures_of(disclosure: Disclosure) -> dict[Address, object]:
    """Return the printed figures of a disclosure by table, line and column; equal addresses are numbered."""
    found: dict[Address, object] = {}
    for at, value in _figures(disclosure):
        number = 0
        while (*at, number) in found:
            number += 1
        found[*at, number] = value
    return found


def _figures(disclosure: Disclosure) -> Iterator[tuple[Address, object]]:
    for table in disclosure.tables:
        for lane in table.lanes:
            for line in lane.lines:
                for column, value in zip(lane.columns, line.values, strict=True):
                    if not isinstance(value, Mark):
                        key = (table.kind, lane.title, fold(line.label), fold("".join(column.header)))
                        yield key, value
