"""Exact totals over the axes of the facts."""

from govbudget.aggregation.rollup import Rollup, RollupRow, rollup

__all__ = ["Rollup", "RollupRow", "rollup"]
