"""What forms of project goals declare, as rules look at it: their amounts, and what the text says of their projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.consistency import Known
from govbudget.errors import AmountError
from govbudget.invariants.context import Context, known
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import Spoken, filled_in, prose
from govbudget.invariants.rule import Operand
from govbudget.invariants.words import amount_words
from govbudget.model import Fact, Fund, GoalMoney, Item, ProjectGoals, Use, goal_money
from govbudget.model.axes import PARENT, is_below
from govbudget.money import Amount
from govbudget.text import fold, unnumbered

_MATTER = re.compile(r"(?:项目)?(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])\D")
_MONEY_WORD = re.compile("资金|收入|拨款|基金|贷款|债券|自筹|财政|结转|结余")


@attrs.frozen(kw_only=True)
class Part:
    """What an amount of a form is made of.

    Attributes:
        whole: the amount.
        parts: the amounts that are part of it, none of them part of another.
        closed: whether they are all there is: money of the body itself is among them, and no money unknown to us.
    """

    whole: GoalMoney
    parts: tuple[GoalMoney, ...]
    closed: bool


def filled_forms(ctx: Context) -> str:
    """A reason why nothing can be tested: nobody has filled in what there is of forms."""
    return filled_in(ctx) if ctx.disclosure.goals else ""


def parts_of(form: ProjectGoals) -> Iterator[Part]:
    """Yield the amounts of a form that others are part of."""
    unknown = any(_MONEY_WORD.search(label) and any(map(str.isdigit, value)) for label, value in form.more)
    for whole in form.money:
        if whole.carried:
            continue
        own = [m for m in form.money if m.annual is whole.annual and m is not whole]
        printed = {m.fund for m in own if not m.carried} | {whole.fund}
        parts = tuple(m for m in own if _above(m, printed) is whole.fund)
        of_its_own = any(m.fund is Fund.UNIT or is_below(m.fund, Fund.UNIT) for m in parts)
        if parts:
            yield Part(whole=whole, parts=parts, closed=whole.fund is Fund.ALL and of_its_own and not unknown)


def _above(money: GoalMoney, printed: set[Fund]) -> Fund | None:
    """The nearest fund printed that an amount is part of."""
    if money.carried:
        return Fund.ALL
    above = PARENT.get(money.fund)
    while above is not None and above not in printed:
        above = PARENT.get(above)
    return above if isinstance(above, Fund) else None


def money_operand(money: GoalMoney, role: str) -> Operand:
    """Make the operand for an amount of a form; what prints none counts as a blank."""
    amount = money.amount
    printed = money.said if amount is None else amount_words(amount)
    return Operand(role=role, place=money.place, printed=printed, amount=amount, blank=amount is None)


def said_amount(printed: str) -> Amount | None:
    """Return an amount that words say with its unit; ``None`` where its digits are grouped in no way that is known."""
    try:
        return Amount.parse(printed)
    except AmountError:
        return None


def of_the_year(form: ProjectGoals, fund: Fund = Fund.ALL) -> GoalMoney | None:
    """Return the amount of a form for the year, ``None`` where it prints none."""
    found = goal_money(form, fund)
    return found if found is not None and found.amount is not None else None


def without_carried(form: ProjectGoals, money: GoalMoney) -> Known | None:
    """Return what an amount for the year is known to be, with or without what is left from the year before.

    Returns:
        ``None`` where such money is printed: whether it is counted elsewhere is not known. A printed 0 may be less than
        half a unit, which may be counted or not.
    """
    assert money.amount is not None
    own = known(money.amount)
    for each in form.money:
        if each.carried and each.annual and each.amount is not None:
            left = known(each.amount)
            if left.value:
                return None
            own = Known(own.value, own.low - left.high, own.high)
    return own


_LONGEST = 12  # characters of a heading below which a section speaks of a project (实施周期, 年度预算安排)


@gathered
def _by_heading(ctx: Context) -> Mapping[str, Sequence[Sequence[Spoken]]]:
    """What sections on projects say under each such heading, without its number, each time it is printed."""
    found: dict[str, list[Sequence[Spoken]]] = {}
    below: list[Spoken] | None = None
    for each in prose(ctx).spoken:
        name = unnumbered(each.text).rstrip(":。") if len(each.text) <= 2 * _LONGEST else ""
        if name and len(name) <= _LONGEST and _MATTER.match(each.text):
            below = []
            found.setdefault(name, []).append(below)
        elif below is not None and (not below or below[-1].section is each.section):
            below.append(each)
    return found


@gathered
def facts_of_projects(ctx: Context) -> Mapping[str, Sequence[Fact]]:
    """Return what the document gives each project as a whole, in its own year and stage, by its folded name."""
    own = (ctx.disclosure.year, ctx.disclosure.stage)
    found: dict[str, list[Fact]] = {}
    for at, fact in ctx.facts.items():
        whole = not (at.functional or at.economic or at.purchase) and at.item in _ITEMS and at.use in _USES
        if at.project and whole and (at.year, at.stage) == own:
            found.setdefault(fold(at.project.rpartition("/")[2]), []).append(fact)
    return found


_ITEMS, _USES = frozenset({Item.ALL, Item.PERFORMANCE}), frozenset({Use.ALL, Use.PROJECT})


def sentences(ctx: Context, name: str, form: ProjectGoals) -> Iterator[tuple[Spoken, bool]]:
    """Yield what stands under the headings of a name, and whether it is about this project alone.

    It is where the section bears the name of the project, or where the document has one form and says the same under
    all headings of that name.
    """
    under = _by_heading(ctx).get(name, ())
    one = len(ctx.disclosure.goals) == 1
    only = one and len({tuple(each.text for each in spoken) for spoken in under}) == 1
    for spoken in under:
        for each in spoken:
            yield each, only or fold(form.project) in fold(each.section.heading)
