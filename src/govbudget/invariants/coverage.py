"""Which figures an audit compared, with how many rules, and which with none: an error in those cannot be noticed."""

from __future__ import annotations

import enum

import attrs

from govbudget.consistency import Verdict
from govbudget.invariants.audit import AuditReport
from govbudget.invariants.context import Context, claims, context, located
from govbudget.invariants.words import fact_words, line_words
from govbudget.model import (
    AmountClaim,
    ChangeClaim,
    Claim,
    CompletionClaim,
    CountClaim,
    Figure,
    GrowthClaim,
    ScoreClaim,
    ShareClaim,
    place_of,
)
from govbudget.money import Amount, printed
from govbudget.place import Place

_COMPARED = frozenset({Verdict.EXACT, Verdict.ROUNDING, Verdict.VIOLATED})
_NUMBERS = (AmountClaim, ChangeClaim, GrowthClaim, ShareClaim, CompletionClaim, CountClaim, ScoreClaim)


class Kind(enum.Enum):
    """Where a figure is printed."""

    TABLE = "table"
    NARRATIVE = "narrative"


@attrs.frozen(kw_only=True)
class Covered:
    """A printed figure and what was compared with it.

    Attributes:
        kind: whether a table or a sentence prints it.
        name: what it is, in words of the document.
        printed: as printed; the words of the claim for a figure of the narrative.
        place: where it stands.
        rules: ids of the rules that compared it, in the order of the catalogue.
        comparisons: in how many comparisons it took part.
    """

    kind: Kind
    name: str
    printed: str
    place: Place
    rules: tuple[str, ...]
    comparisons: int


@attrs.frozen
class Coverage:
    """Every printed figure of a disclosure, tables first, in printed order."""

    figures: tuple[Covered, ...]

    @property
    def compared(self) -> tuple[Covered, ...]:
        """Those that at least one rule compared."""
        return tuple(figure for figure in self.figures if figure.comparisons)

    @property
    def uncompared(self) -> tuple[Covered, ...]:
        """Those that no rule compared."""
        return tuple(figure for figure in self.figures if not figure.comparisons)

    @property
    def per_mille(self) -> int:
        """How many in a thousand were compared, rounded down; 1000 where there are none."""
        return 1000 * len(self.compared) // len(self.figures) if self.figures else 1000


def coverage(report: AuditReport) -> Coverage:
    """Return every printed figure with the rules that compared it; of several disclosures one after another.

    Only comparisons with a verdict on the figures count: what is undecided or not tested compared nothing.
    """
    rules: dict[Place, dict[str, None]] = {}
    counts: dict[Place, int] = {}
    for comparison in report.comparisons:
        if comparison.verdict in _COMPARED:
            for place in {operand.place for operand in comparison.operands}:
                rules.setdefault(place, {})[comparison.rule] = None
                counts[place] = counts.get(place, 0) + 1

    def covered(kind: Kind, name: str, text: str, place: Place) -> Covered:
        return Covered(
            kind=kind,
            name=name,
            printed=text,
            place=place,
            rules=tuple(rules.get(place, ())),
            comparisons=counts.get(place, 0),
        )

    found = []
    for ctx in map(context, report.disclosures):
        for figures in ctx.figures.values():
            for figure in figures:
                if isinstance(figure.cell, Amount):
                    table, lane, line, _ = located(ctx, figure)
                    place = place_of(table, lane, line, figure.column)
                    found.append(covered(Kind.TABLE, line_words(ctx, figure), printed(figure.cell), place))
        for _, claim in claims(ctx):
            if isinstance(claim, _NUMBERS):
                found.append(covered(Kind.NARRATIVE, _claim_words(ctx, claim), claim.text, claim.place))
    return Coverage(tuple(found))


def _claim_words(ctx: Context, claim: Claim) -> str:
    return fact_words(ctx, claim.of[0]) if claim.of else claim.term


def tied_figures(report: AuditReport) -> tuple[tuple[Figure, Place, int], ...]:
    """Return every printed table figure with its place and the number of comparisons that tested it.

    A figure with 0 is tied to nothing: an error in it cannot be noticed.
    """
    tested = [c for c in report.comparisons if c.verdict is not Verdict.NOT_TESTED]
    counts: dict[Place, int] = {}
    for comparison in tested:
        for place in {operand.place for operand in comparison.operands}:
            counts[place] = counts.get(place, 0) + 1
    ctx: Context = context(report.disclosure)
    found = []
    for figures in ctx.figures.values():
        for figure in figures:
            if isinstance(figure.cell, Amount):
                table, lane, line, _ = located(ctx, figure)
                place = place_of(table, lane, line, figure.column)
                found.append((figure, place, counts.get(place, 0)))
    return tuple(found)
