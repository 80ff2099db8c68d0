"""Labelled faults: disclosures made wrong on purpose, with the truth beside them."""

from govbudget.testing.spoil.figures import Fault, figure_faults
from govbudget.testing.spoil.lines import LineFault, line_faults

__all__ = ["Fault", "LineFault", "figure_faults", "line_faults"]
