"""Exact totals over the axes of the facts, and disclosures of one year in the subjects of another."""

from govbudget.aggregation.rollup import rollup
from govbudget.aggregation.rows import Leaf, Rollup, RollupRow
from govbudget.aggregation.translated_subjects import TranslatedSubject
from govbudget.aggregation.translated_sums import BrokenSum
from govbudget.aggregation.translation import TranslatedLine, Translation, translate_disclosure

__all__ = [
    "BrokenSum",
    "Leaf",
    "Rollup",
    "RollupRow",
    "TranslatedLine",
    "TranslatedSubject",
    "Translation",
    "rollup",
    "translate_disclosure",
]
