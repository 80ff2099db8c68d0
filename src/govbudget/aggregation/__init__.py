"""Exact totals over the axes of the facts, and disclosures of one year in the subjects of another."""

from govbudget.aggregation.rollup import Rollup, RollupRow, rollup
from govbudget.aggregation.translated_subjects import TranslatedSubject
from govbudget.aggregation.translated_sums import BrokenSum
from govbudget.aggregation.translation import TranslatedLine, Translation, translate_disclosure

__all__ = [
    "BrokenSum",
    "Rollup",
    "RollupRow",
    "TranslatedLine",
    "TranslatedSubject",
    "Translation",
    "rollup",
    "translate_disclosure",
]
