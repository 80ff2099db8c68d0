"""What a rule is: a function that yields what it compared, with the words that let an auditor cite it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import attrs

from govbudget.consistency import Grade, Known, Verdict
from govbudget.errors import GovBudgetError
from govbudget.invariants.context import ZERO, Context, idle, known
from govbudget.invariants.many import Many
from govbudget.model import Certainty, Coordinate, Severity
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
Across = Callable[[Many], Iterator[Outcome]]

SAYS = (
    "{subject}：{relation}[，相差 {difference}][（{why}）][；可能有误的数字：{candidates}]",
    "{subject}: {relation}[, off by {difference}][ ({why})][; one of these may be wrong: {candidates}]",
)
"""What a violated comparison says where its rule has no words of its own, in Chinese and English."""

STATES = ("{subject}：{relation}", "{subject}: {relation}")
"""The same for rules that compare no amounts."""


@attrs.frozen(kw_only=True)
class Rule:
    """A rule of the catalogue.

    Attributes:
        id: stable id, ``group.name``.
        severity: how much a violation matters.
        certainty: how far a violation proves that something printed is wrong.
        title_zh: its title in Chinese.
        title_en: its title in English.
        message_zh: what a violation says in Chinese: a template over the data of the finding, rendered late.
        message_en: the same in English.
        basis: legal or practical basis, with the article.
        doc: what it tests and why.
        since: the version of the library, or of the pack, that first had it.
        holds: sketches of disclosures that it finds right, see :mod:`govbudget.invariants.sketch`.
        breaks: sketches of disclosures that it finds wrong.
        untested: sketches that it cannot look at or cannot decide.
        reasons: words of its own for reasons, ``(key, zh, en)``; those that many rules share are in the library.
        check: the function, of a rule over one disclosure.
        across: the function, of a rule over several disclosures.
        applies: returns the reason why the rule has nothing to say about a disclosure, or ``""`` where it has.
        source: the file it was loaded from, of a rule of a pack.
    """

    id: str
    severity: Severity
    certainty: Certainty = Certainty.PROVED
    title_zh: str
    title_en: str
    message_zh: str = SAYS[0]
    message_en: str = SAYS[1]
    basis: str
    doc: str
    since: str = "0.1"
    holds: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str, str], ...] = ()
    check: Check | None = None
    across: Across | None = None
    applies: Callable[[Context], str] | None = None
    source: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be cited, selected or run."""
        if not re.fullmatch(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*", self.id):
            raise GovBudgetError(f"{self.id!r} is no id of a rule", hint="write group.name in small letters")
        if (self.check is None) is (self.across is None):
            raise GovBudgetError(f"rule {self.id} needs a function over one disclosure or over several, one of them")

    @property
    def group(self) -> str:
        """The group the rule belongs to."""
        return self.id.partition(".")[0]


def rule(
    id: str,
    *,
    zh: str,
    en: str,
    basis: str,
    severity: Severity = Severity.ERROR,
    certainty: Certainty = Certainty.PROVED,
    says: tuple[str, str] = SAYS,
    since: str = "0.1",
    holds: str | Sequence[str] = (),
    breaks: str | Sequence[str] = (),
    untested: str | Sequence[str] = (),
    reasons: Sequence[tuple[str, str, str]] = (),
    applies: Callable[[Context], str] | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function over one disclosure; its docstring says what the rule tests and why.

    Args:
        id: stable id, ``group.name``.
        zh: title in Chinese.
        en: title in English.
        basis: legal or practical basis, with the article.
        severity: how much a violation matters.
        certainty: how far a violation is a proof.
        says: what a violation says, in Chinese and English; ``{name}`` is a detail of the finding, a part in
            ``[brackets]`` is left out where its detail is empty.
        since: the version that first had it.
        holds: one or more sketches that it finds right.
        breaks: one or more sketches that it finds wrong.
        untested: sketches that it says it cannot test or decide.
        reasons: words for reasons that only this rule has: key, Chinese, English.
        applies: returns the key of the reason why a disclosure is none of its business, else ``""``.

    Raises:
        GovBudgetError: the function has no docstring, or the id is none.
    """

    def wrap(check: Check) -> Rule:
        return Rule(
            id=id,
            severity=severity,
            certainty=certainty,
            title_zh=zh,
            title_en=en,
            message_zh=says[0],
            message_en=says[1],
            basis=basis,
            doc=_doc(id, check),
            since=since,
            holds=_several(holds),
            breaks=_several(breaks),
            untested=_several(untested),
            reasons=tuple(reasons),
            check=check,
            applies=applies,
        )

    return wrap


def rule_across(
    id: str,
    *,
    zh: str,
    en: str,
    basis: str,
    severity: Severity = Severity.ERROR,
    certainty: Certainty = Certainty.PROVED,
    says: tuple[str, str] = SAYS,
    since: str = "0.1",
    holds: str | Sequence[str] = (),
    breaks: str | Sequence[str] = (),
    untested: str | Sequence[str] = (),
    reasons: Sequence[tuple[str, str, str]] = (),
) -> Callable[[Across], Rule]:
    """Make a rule of a function over several disclosures; as :func:`rule`, its sketches are parted by ``===``.

    Raises:
        GovBudgetError: the function has no docstring, or the id is none.
    """

    def wrap(across: Across) -> Rule:
        return Rule(
            id=id,
            severity=severity,
            certainty=certainty,
            title_zh=zh,
            title_en=en,
            message_zh=says[0],
            message_en=says[1],
            basis=basis,
            doc=_doc(id, across),
            since=since,
            holds=_several(holds),
            breaks=_several(breaks),
            untested=_several(untested),
            reasons=tuple(reasons),
            across=across,
        )

    return wrap


def _doc(id: str, function: object) -> str:
    doc = inspect.getdoc(function)
    if not doc:
        raise GovBudgetError(f"rule {id} has no docstring", hint="say what it tests and why")
    return doc


def _several(sketches: str | Sequence[str]) -> tuple[str, ...]:
    found = (sketches,) if isinstance(sketches, str) else tuple(sketches)
    return tuple(inspect.cleandoc(sketch) for sketch in found)


def compared_by(rule: Rule, outcome: Outcome) -> Comparison:
    """Return what a rule yielded as a comparison of that rule.

    What is only plausible proves nothing about a figure, so it takes no part in what all sums together say.
    """
    return Comparison(
        rule=rule.id,
        verdict=outcome.grade.verdict,
        subject=outcome.subject,
        operands=outcome.operands,
        relation=outcome.relation,
        gap=outcome.gap,
        difference=outcome.difference,
        reason=outcome.reason,
        linear=() if rule.certainty is Certainty.PLAUSIBLE else outcome.linear,
    )


def compared(rule: Rule, ctx: Context) -> Iterator[Comparison]:
    """Yield what a rule compares in a disclosure; one that does not apply is not tested, and says why.

    Where the context is :attr:`~Context.brief`, what is violated is all there is.
    """
    if rule.check is None:
        return  # a rule across documents
    reason = rule.applies(ctx) if rule.applies is not None else ""
    if rule.group == "completeness" and any(page > 1 for page in ctx.disclosure.pages_unread):
        reason = "pages-unread"  # what it misses may stand there; the first page is a cover, and often a picture
    for outcome in [not_tested(rule.title_zh, reason)] if reason else rule.check(ctx):
        if not idle(ctx, outcome.grade):
            yield compared_by(rule, outcome)


def not_tested(subject: str, reason: str, *operands: Operand) -> Outcome:
    """Make the outcome of a rule that could not look."""
    return Outcome(grade=Grade(Verdict.NOT_TESTED), subject=subject, operands=operands, reason=reason)


@lru_cache(maxsize=64)
def total_of(parts: int) -> tuple[Linear, ...]:
    """The first operand is the sum of the next ``parts``."""
    return (Linear((-1, *([1] * parts))),)


@lru_cache(maxsize=64)
def all_same(count: int) -> tuple[Linear, ...]:
    """All ``count`` operands are one amount: each is the first."""
    return tuple(Linear(tuple(-1 if j == 0 else int(i == j) for j in range(count))) for i in range(1, count))


def no_more_than() -> tuple[Linear, ...]:
    """The first operand is at most the second."""
    return (Linear((1, -1), at_most=True),)


def nothing() -> tuple[Linear, ...]:
    """The first operand is zero."""
    return (Linear((1,)),)
