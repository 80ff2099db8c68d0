"""What a rule is: a function that yields what it compared, with the words that let an auditor cite it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import attrs

from govbudget.consistency import Grade, Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants.context import Context
from govbudget.model import Coordinate, Severity
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class Operand:
    """One printed thing that took part in a comparison.

    Attributes:
        role: what it is there: "total", "part", "witness", "amount", "change", "percent", "whole", "name" …
        place: where it is printed.
        printed: how it is printed.
        at: the fact it speaks of, where it speaks of one.
    """

    role: str
    place: Place
    printed: str
    at: Coordinate | None = None


@attrs.frozen(kw_only=True)
class Comparison:
    """What a rule compared, and what came of it.

    Attributes:
        rule: id of the rule.
        verdict: the verdict.
        subject: what the comparison is about, in words of the document.
        operands: the printed things compared, the chief one first.
        relation: the comparison written out: ``1,147.95 = 934.74 + 144.13 + 69.08``.
        gap: least distance to consistency, printed with its unit; empty unless violated.
        reason: key of the reason where the verdict is undecided or not tested.
    """

    rule: str
    verdict: Verdict
    subject: str
    operands: tuple[Operand, ...] = ()
    relation: str = ""
    gap: str = ""
    reason: str = ""


@attrs.frozen(kw_only=True)
class Outcome:
    """What the function of a rule yields: a comparison without the id of its rule."""

    grade: Grade
    subject: str
    operands: tuple[Operand, ...] = ()
    relation: str = ""
    gap: str = ""
    reason: str = ""


Check = Callable[[Context], Iterator[Outcome]]


@attrs.frozen(kw_only=True)
class Rule:
    """A rule of the catalogue.

    Attributes:
        id: stable id, ``group.name``.
        severity: how much a violation matters.
        title_zh: its title in Chinese.
        title_en: its title in English.
        basis: legal or practical basis.
        check: the function.
        doc: what it tests and why.
    """

    id: str
    severity: Severity
    title_zh: str
    title_en: str
    basis: str
    check: Check
    doc: str

    @property
    def group(self) -> str:
        """The group the rule belongs to."""
        return self.id.partition(".")[0]


def rule(id: str, *, zh: str, en: str, basis: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Rule]:
    """Make a rule of a function; its docstring says what the rule tests and why.

    Raises:
        GovBudgetError: the function has no docstring.
    """

    def wrap(check: Check) -> Rule:
        doc = inspect.getdoc(check)
        if not doc:
            raise GovBudgetError(f"rule {id} has no docstring", hint="say what it tests and why")
        return Rule(id=id, severity=severity, title_zh=zh, title_en=en, basis=basis, check=check, doc=doc)

    return wrap


def not_tested(subject: str, reason: str, *operands: Operand) -> Outcome:
    """Make the outcome of a rule that could not look."""
    return Outcome(grade=Grade(Verdict.NOT_TESTED), subject=subject, operands=operands, reason=reason)
