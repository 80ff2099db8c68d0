"""What one slip may have been, carried out: what the sums suspect, and what no sum names."""

from govbudget.invariants.hypotheses.codes import wrong_codes
from govbudget.invariants.hypotheses.core import Hypothesis, Mistake, Sites, sites
from govbudget.invariants.hypotheses.gaps import left_out
from govbudget.invariants.hypotheses.suspects import of_suspect
from govbudget.invariants.hypotheses.wholes import columns_mixed, sections_gone, whole_tables, wrong_ways

__all__ = [
    "Hypothesis",
    "Mistake",
    "Sites",
    "columns_mixed",
    "left_out",
    "of_suspect",
    "sections_gone",
    "sites",
    "whole_tables",
    "wrong_codes",
    "wrong_ways",
]
