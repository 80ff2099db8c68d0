"""What must stand in a cell that prints nothing, where the sums leave no choice."""

from __future__ import annotations

import attrs

from govbudget.consistency import fill
from govbudget.invariants.audit import AuditReport
from govbudget.invariants.joint import joint
from govbudget.invariants.rule import Operand


@attrs.frozen(kw_only=True)
class ForcedBlank:
    """A blank cell that cannot be zero.

    Attributes:
        operand: the cell.
        low: the least amount that could stand there, in 分.
        high: the largest.
        comparisons: the comparisons it follows from, in order, as indexes into the report.
    """

    operand: Operand
    low: int | None
    high: int | None
    comparisons: tuple[int, ...]


def forced_blanks(report: AuditReport) -> tuple[ForcedBlank, ...]:
    r"""Return the blank cells that the sums around them say are not zero, with what they could be.

    A blank counts as zero everywhere else, as publishers mean it. This asks what follows if it may be anything.

    >>> from govbudget.invariants import audit
    >>> from govbudget.reading import read
    >>> head = "表3：2024年支出预算总表\n单位名称：某中心\n单位：元\n\n科目\t合计\t项目支出\t事业单位经营支出\n"
    >>> report = audit(read((head + "支出合计\t9.00\t4.00\t\n").encode(), name="a.txt").disclosure)
    >>> [(blank.low, blank.high) for blank in forced_blanks(report)]
    [(500, 500)]
    """
    made = joint(report.comparisons)
    found = []
    for blank in fill(made.system):
        zero = (blank.low is None or blank.low <= 0) and (blank.high is None or blank.high >= 0)
        if zero:
            continue
        steps = dict.fromkeys(i for step in blank.derivation for i in made.sources[step.relation])
        operand = made.operands[blank.figure]
        found.append(ForcedBlank(operand=operand, low=blank.low, high=blank.high, comparisons=tuple(steps)))
    return tuple(found)
