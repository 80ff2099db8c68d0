"""Rules over a disclosure, and the audit that runs them. This room knows no file: any model can be audited."""

from govbudget.invariants.audit import TRUNCATION, AuditReport, audit, tied_figures, verdict_counts
from govbudget.invariants.blanks import ForcedBlank, forced_blanks
from govbudget.invariants.catalogue import CATALOGUE, select
from govbudget.invariants.diagnosis import Diagnosis, Proof, Standing, Suspect
from govbudget.invariants.examples import example_faults
from govbudget.invariants.findings import JOINT
from govbudget.invariants.many import Many
from govbudget.invariants.modes import CutOff
from govbudget.invariants.rule import Comparison, Operand, Rule, rule, rule_across
from govbudget.invariants.sketch import sketch, sketches

__all__ = [
    "CATALOGUE",
    "JOINT",
    "TRUNCATION",
    "AuditReport",
    "Comparison",
    "CutOff",
    "Diagnosis",
    "ForcedBlank",
    "Many",
    "Operand",
    "Proof",
    "Rule",
    "Standing",
    "Suspect",
    "audit",
    "example_faults",
    "forced_blanks",
    "rule",
    "rule_across",
    "select",
    "sketch",
    "sketches",
    "tied_figures",
    "verdict_counts",
]
