"""What a rule is: a function that yields what it compared, with the words that let an auditor cite it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import attrs

from govbudget.consistency import Grade, Known, Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants.context import ZERO, Context, known
from govbudget.model import Coordinate, Severity
from govbudget.money import Amount
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class Operand:
    """One printed thing that took part in a comparison.

    Attributes:
        role: what it is there: "total", "part", "witness", "amount", "change", "percent", "whole", "name" …
        place: where it is printed.
        printed: how it is printed.
        at: the fact it speaks of, where it speaks of one.
        amount: the amount it prints, with its sign; ``None`` where it prints none.
        blank: whether it is a blank that counts as zero.
    """

    role: str
    place: Place
    printed: str
    at: Coordinate | None = None
    amount: Amount | None = None
    blank: bool = False

    @property
    def known(self) -> Known | None:
        """What it allows: the range of its amount, zero for a blank, ``None`` for what is no amount."""
        if self.amount is not None:
            return known(self.amount)
        return ZERO if self.blank else None


@attrs.frozen
class Linear:
    """The comparison as a relation over the amounts of its operands: Σ weight × amount = 0, or ≤ 0.

    Attributes:
        weights: one of -1, 0 and 1 for each operand.
        at_most: whether the sum may be negative.
    """

    weights: tuple[int, ...]
    at_most: bool = False


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
        difference: what the printed figures differ by, with its unit; more than the gap by what rounding explains.
        reason: key of the reason where the verdict is undecided or not tested.
        linear: the comparison as relations over the amounts of its operands; empty where it is none (a ratio, a name).
    """

    rule: str
    verdict: Verdict
    subject: str
    operands: tuple[Operand, ...] = ()
    relation: str = ""
    gap: str = ""
    difference: str = ""
    reason: str = ""
    linear: tuple[Linear, ...] = ()


@attrs.frozen(kw_only=True)
class Outcome:
    """What the function of a rule yields: a comparison without the id of its rule."""

    grade: Grade
    subject: str
    operands: tuple[Operand, ...] = ()
    relation: str = ""
    gap: str = ""
    difference: str = ""
    reason: str = ""
    linear: tuple[Linear, ...] = ()


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


def total_of(parts: int) -> tuple[Linear, ...]:
    """The first operand is the sum of the next ``parts``."""
    return (Linear((-1, *([1] * parts))),)


def all_same(count: int) -> tuple[Linear, ...]:
    """All ``count`` operands are one amount: each is the first."""
    return tuple(Linear(tuple(-1 if j == 0 else int(i == j) for j in range(count))) for i in range(1, count))


def no_more_than() -> tuple[Linear, ...]:
    """The first operand is at most the second."""
    return (Linear((1, -1), at_most=True),)


def nothing() -> tuple[Linear, ...]:
    """The first operand is zero."""
    return (Linear((1,)),)
