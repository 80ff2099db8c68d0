"""Exact totals over the axes of the facts, of one budget or many, and disclosures of one year in another's subjects.

:func:`rollup` and :func:`pivot` total disclosures, :func:`cube` whatever holds money, :func:`consolidate` adds units up
to departments, :func:`compare` and :func:`decompose` say what changed, :func:`peers` and :mod:`.stats` who is how
large. :mod:`.long` is the long table of all figures, :mod:`.bulk` the same for Arrow, Parquet, pandas, Polars, DuckDB
and SQLite.
"""

from govbudget.aggregation.compare import Became, ComparedRow, Comparison, compare
from govbudget.aggregation.consolidate import ConsolidatedRow, Consolidation, consolidate, regional
from govbudget.aggregation.cube import cube
from govbudget.aggregation.cubes import Cube, cube_of
from govbudget.aggregation.decompose import Contribution, decompose
from govbudget.aggregation.peers import Measure, PeerRow, peers, per_head
from govbudget.aggregation.pivots import Pivot, pivot
from govbudget.aggregation.ranking import Ranked, ranking
from govbudget.aggregation.reproduce import Reproduced, reproduce
from govbudget.aggregation.rollup import rollup
from govbudget.aggregation.rows import Leaf, Rollup, RollupRow
from govbudget.aggregation.transfers import Elimination
from govbudget.aggregation.translated_subjects import TranslatedSubject
from govbudget.aggregation.translated_sums import BrokenSum
from govbudget.aggregation.translation import TranslatedLine, Translation, translate_disclosure

__all__ = [
    "Became",
    "BrokenSum",
    "ComparedRow",
    "Comparison",
    "ConsolidatedRow",
    "Consolidation",
    "Contribution",
    "Cube",
    "Elimination",
    "Leaf",
    "Measure",
    "PeerRow",
    "Pivot",
    "Ranked",
    "Reproduced",
    "Rollup",
    "RollupRow",
    "TranslatedLine",
    "TranslatedSubject",
    "Translation",
    "compare",
    "consolidate",
    "cube",
    "cube_of",
    "decompose",
    "peers",
    "per_head",
    "pivot",
    "ranking",
    "regional",
    "reproduce",
    "rollup",
    "translate_disclosure",
]
