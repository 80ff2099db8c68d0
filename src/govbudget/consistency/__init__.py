"""Pure mathematics over integers: what printed figures allow, and whether they can stand together.

This room knows no budget. A printed figure is a :class:`Known`: the printed value and the closed range of exact
values that print so. Relations between figures make a :class:`Plan`, a plan with the numbers of a document a
:class:`System`. :func:`check` grades and proves, :func:`localise` finds the fewest figures that must be wrong,
:func:`explain` says what they probably were, :func:`fill` what must stand in a blank. There is no tolerance to choose
anywhere.
"""

from govbudget.consistency.balance import balancing
from govbudget.consistency.certificate import Certificate, Combination, Kind, Split, verify
from govbudget.consistency.checked import Checked
from govbudget.consistency.decide import Check, Decision, check, decide, verdict_on, witness
from govbudget.consistency.events import (
    Event,
    EventKind,
    events_of,
    exchanged,
    missing,
    moved,
    repeated,
    supported,
)
from govbudget.consistency.explain import explain
from govbudget.consistency.fill import Filled, fill
from govbudget.consistency.grade import Grade, Verdict
from govbudget.consistency.infer import Evidence, Inference, evidence_for, infer_modes, violated_by
from govbudget.consistency.likely import likeliest
from govbudget.consistency.localise import Localisation, localise
from govbudget.consistency.propagate import Propagated, Step, propagate
from govbudget.consistency.ratio import grade_growth, grade_rate, grade_share
from govbudget.consistency.reasons import Explanation, Proposal
from govbudget.consistency.relations import Known, added, grade_at_most, grade_same, grade_sum, meet
from govbudget.consistency.rounding import excess_digits, printed_value, ranges
from govbudget.consistency.slips import Printed, Slip, SlipKind, explaining, slips
from govbudget.consistency.suspects import Cell, Scope, Suspect, each_figure, each_part
from govbudget.consistency.system import Plan, Relation, System, at_most, opened, replaced, same, sum_of, system
from govbudget.money.rounding import Mode, bounds

__all__ = [
    "Cell",
    "Certificate",
    "Check",
    "Checked",
    "Combination",
    "Decision",
    "Event",
    "EventKind",
    "Evidence",
    "Explanation",
    "Filled",
    "Grade",
    "Inference",
    "Kind",
    "Known",
    "Localisation",
    "Mode",
    "Plan",
    "Printed",
    "Propagated",
    "Proposal",
    "Relation",
    "Scope",
    "Slip",
    "SlipKind",
    "Split",
    "Step",
    "Suspect",
    "System",
    "Verdict",
    "added",
    "at_most",
    "balancing",
    "bounds",
    "check",
    "decide",
    "each_figure",
    "each_part",
    "events_of",
    "evidence_for",
    "excess_digits",
    "exchanged",
    "explain",
    "explaining",
    "fill",
    "grade_at_most",
    "grade_growth",
    "grade_rate",
    "grade_same",
    "grade_share",
    "grade_sum",
    "infer_modes",
    "likeliest",
    "localise",
    "meet",
    "missing",
    "moved",
    "opened",
    "printed_value",
    "propagate",
    "ranges",
    "repeated",
    "replaced",
    "same",
    "slips",
    "sum_of",
    "supported",
    "system",
    "verdict_on",
    "verify",
    "violated_by",
    "witness",
]
