"""One slip that several tables repeat is one finding: who copies a table copies what is wrong in it.

Figures probably wrong in different tables belong together where lines of one name print the same wrong figure, and the
same correction mends both. The finding of the first of them names the places of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from govbudget.invariants.diagnosis import Diagnosis, Standing, Suspect
from govbudget.invariants.findings import JOINT
from govbudget.invariants.identity import order
from govbudget.model import Finding
from govbudget.place import Place


def together(findings: Sequence[Finding], diagnosis: Diagnosis | None) -> tuple[Finding, ...]:
    """Return the findings, those of one slip in several tables as one, in the place of the first.

    So is what two sentences say in the same words of the same figures: the second only repeats the first.

    Sums that hold one by one and not together are told only where no figure is known to be the wrong one among them:
    with it the proof falls.
    """
    wrong = {
        place for suspect in (diagnosis.suspects if diagnosis else ()) if _sure(suspect) for place in _own(suspect)
    }
    told = [finding for finding in findings if finding.code != JOINT or wrong.isdisjoint(finding.places)]
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(told):
        groups.setdefault(_slip(finding) or _said(finding) or number, []).append(finding)
    return tuple(_one(sorted(group, key=lambda f: [order(p) for p in f.places[:1]])) for group in groups.values())


def _sure(suspect: Suspect) -> bool:
    return suspect.standing is not Standing.POSSIBLE and bool(suspect.comparisons)


def _own(suspect: Suspect) -> Iterable[Place]:
    return (operand.place for operand in suspect.operands or (suspect.operand,))


def _slip(finding: Finding) -> tuple[str, str, str] | None:
    """The name of the line, what it prints and the correction, where the finding has them and names a table."""
    data = dict(finding.data)
    proposal, subject = data.get("proposal", ""), data.get("subject", "")
    table, _, line = subject.partition(" / ")[0].partition(" ")
    if "suspect" not in data or not proposal or not line or not table.startswith("表"):
        return None
    return line, data.get("printed", ""), proposal


def _said(finding: Finding) -> tuple[object, ...] | None:
    """What a sentence says of figures that stand elsewhere."""
    return (finding.code, finding.data, finding.places[1:]) if finding.places[1:] else None


def _one(group: Sequence[Finding]) -> Finding:
    first, *others = group
    if not others:
        return first
    data = [dict(finding.data) for finding in group]
    joined = {
        **data[0],
        "subject": "、".join(dict.fromkeys(d["subject"] for d in data)),
        "relations": "；".join(
            dict.fromkeys(part for d in data for part in d.get("relations", "").split("；") if part)
        ),
        "rules": " ".join(dict.fromkeys(id for d in data for id in d.get("rules", "").split())),
    }
    places = dict.fromkeys((*(f.places[0] for f in group if f.places), *(p for f in group for p in f.places)))
    return attrs.evolve(first, places=tuple(places), data=tuple((key, value) for key, value in joined.items() if value))


def _each(lists: Iterable[Iterable[str]]) -> dict[str, None]:
    """Every text that is not empty, once, in order."""
    return dict.fromkeys(text for texts in lists for text in texts if text)
