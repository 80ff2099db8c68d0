"""Rules over a disclosure, and the audit that runs them. This room knows no file: any model can be audited."""

from govbudget.invariants.audit import TRUNCATION, AuditReport, audit, tied_figures, verdict_counts
from govbudget.invariants.blanks import ForcedBlank, forced_blanks
from govbudget.invariants.catalogue import CATALOGUE, select
from govbudget.invariants.diagnosis import Diagnosis, Proof, Standing, Suspect
from govbudget.invariants.findings import JOINT
from govbudget.invariants.modes import CutOff
from govbudget.invariants.rule import Comparison, Operand, Rule, rule

__all__ = [
    "CATALOGUE",
    "JOINT",
    "TRUNCATION",
    "AuditReport",
    "Comparison",
    "CutOff",
    "Diagnosis",
    "ForcedBlank",
    "Operand",
    "Proof",
    "Rule",
    "Standing",
    "Suspect",
    "audit",
    "forced_blanks",
    "rule",
    "select",
    "tied_figures",
    "verdict_counts",
]
