"""Labelled faults: disclosures made wrong on purpose, with the truth beside them."""

from govbudget.testing.spoil.every import faults
from govbudget.testing.spoil.figures import Fault, figure_faults
from govbudget.testing.spoil.lines import LineFault, line_faults
from govbudget.testing.spoil.truth import Change, FaultKind, LabelledFault

__all__ = ["Change", "Fault", "FaultKind", "LabelledFault", "LineFault", "faults", "figure_faults", "line_faults"]
