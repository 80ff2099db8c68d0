"""Rules over a disclosure, and the audit that runs them. This room knows no file: any model can be audited."""

from govbudget.invariants.audit import TRUNCATION, AuditReport, audit, rule_counts, verdict_counts
from govbudget.invariants.blanks import ForcedBlank, forced_blanks
from govbudget.invariants.catalogue import CATALOGUE, select
from govbudget.invariants.coverage import Coverage, Covered, coverage, tied_figures
from govbudget.invariants.diagnosis import Diagnosis, Proof, Standing, Suspect
from govbudget.invariants.examples import example_faults
from govbudget.invariants.findings import JOINT
from govbudget.invariants.identity import finding_ids
from govbudget.invariants.lint import Fault, Matrix, example_cases, fault_matrix, lint
from govbudget.invariants.many import Many
from govbudget.invariants.modes import CutOff
from govbudget.invariants.packs import load_pack, pack_names, parse_pack
from govbudget.invariants.rule import Comparison, Operand, Rule, rule, rule_across
from govbudget.invariants.sketch import sketch, sketches
from govbudget.invariants.waivers import Waived, Waiver, baseline, load_waivers, parse_waivers

__all__ = [
    "CATALOGUE",
    "JOINT",
    "TRUNCATION",
    "AuditReport",
    "Comparison",
    "Coverage",
    "Covered",
    "CutOff",
    "Diagnosis",
    "Fault",
    "ForcedBlank",
    "Many",
    "Matrix",
    "Operand",
    "Proof",
    "Rule",
    "Standing",
    "Suspect",
    "Waived",
    "Waiver",
    "audit",
    "baseline",
    "coverage",
    "example_cases",
    "example_faults",
    "fault_matrix",
    "finding_ids",
    "forced_blanks",
    "lint",
    "load_pack",
    "load_waivers",
    "pack_names",
    "parse_pack",
    "parse_waivers",
    "rule",
    "rule_across",
    "rule_counts",
    "select",
    "sketch",
    "sketches",
    "tied_figures",
    "verdict_counts",
]
