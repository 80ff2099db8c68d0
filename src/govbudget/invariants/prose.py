"""The sentences of a disclosure as one text that patterns can be looked for in, with the way back to the passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

import attrs

from govbudget.consistency import Grade, Verdict
from govbudget.invariants.context import Context
from govbudget.invariants.gathered import gathered
from govbudget.invariants.rule import Operand, Outcome
from govbudget.model import Passage, Section, is_form
from govbudget.place import Place
from govbudget.text import fold

_AROUND = 12


@attrs.frozen(kw_only=True)
class Spoken:
    """A passage of a section that explains the budget.

    Attributes:
        section: the section it stands in.
        passage: the passage.
        text: its text, folded.
        start: where it begins in the whole text.
    """

    section: Section
    passage: Passage
    text: str
    start: int


@attrs.frozen(kw_only=True)
class Prose:
    """All passages of the sections, one a line.

    Attributes:
        text: the folded text; no passage holds a line break.
        spoken: the passages in printed order.
        starts: where each of them begins.
    """

    text: str
    spoken: tuple[Spoken, ...]
    starts: tuple[int, ...]

    def at(self, index: int) -> Spoken:
        """Return the passage that the character at ``index`` stands in."""
        return self.spoken[bisect_right(self.starts, index) - 1]


@gathered
def prose(ctx: Context) -> Prose:
    """Return the sentences of the sections; cover, duties and glossary are no statements about the budget."""
    spoken: list[Spoken] = []
    start = 0
    for section in ctx.disclosure.narrative.sections:
        for passage in section.passages:
            text = fold(passage.text)
            spoken.append(Spoken(section=section, passage=passage, text=text, start=start))
            start += len(text) + 1
    return Prose(
        text="\n".join(each.text for each in spoken),
        spoken=tuple(spoken),
        starts=tuple(each.start for each in spoken),
    )


@gathered
def _blank(ctx: Context) -> bool:
    return is_form(ctx.disclosure)


def filled_in(ctx: Context) -> str:
    """A reason why wording cannot be tested: nobody has filled in the form."""
    return "blank-form" if _blank(ctx) else ""


def filled_in_for_a_year(ctx: Context) -> str:
    """A reason why years cannot be tested: nobody has filled in the form, or it is not known which year it is for."""
    return filled_in(ctx) or ("" if ctx.disclosure.year else "no-year")


def held(subject: str, place: Place, printed: str, relation: str = "") -> Outcome:
    """Make the outcome of words that are as they should be."""
    operand = Operand(role="present", place=place, printed=printed)
    return Outcome(grade=Grade(Verdict.EXACT), subject=subject, operands=(operand,), relation=relation or printed)


def broken(subject: str, place: Place, printed: str, relation: str, *others: Operand) -> Outcome:
    """Make the outcome of words that are not."""
    operand = Operand(role="claim", place=place, printed=printed)
    return Outcome(
        grade=Grade(Verdict.VIOLATED), subject=subject, operands=(operand, *others), relation=relation or printed
    )


def around(text: str, match: re.Match[str]) -> str:
    """Return what is matched with the words before it, within its line."""
    start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _AROUND)
    return text[start : match.end()]


Judge = Callable[[re.Match[str]], str]
"""What is wrong with a match, ``""`` where nothing is."""


def looked_for(
    ctx: Context,
    pattern: re.Pattern[str],
    subject: str,
    judge: Judge | None = None,
    *,
    once: bool = False,
    marks: Sequence[str] = (),
) -> Iterator[Outcome]:
    """Yield an outcome for everything wrong that a pattern finds; one for the whole text where nothing is.

    Args:
        ctx: the disclosure.
        pattern: what to look for, in the folded text.
        subject: what was looked at, where all is well.
        judge: tells what is wrong with a match; without it every match is wrong.
        once: whether one outcome is enough for a passage.
        marks: what every match holds one of, where most texts hold none and the pattern is slow.
    """
    found = prose(ctx)
    if not found.spoken:
        return
    said: set[int] = set()
    clean = True
    may_be = not marks or any(mark in found.text for mark in marks)
    for match in pattern.finditer(found.text) if may_be else ():
        spoken = found.at(match.start())
        wrong = judge(match) if judge is not None else around(found.text, match)
        if not wrong:
            continue
        clean = False
        if once and spoken.start in said:
            continue
        said.add(spoken.start)
        yield broken(spoken.section.heading, spoken.passage.place, match[0], wrong)
    if clean:
        first = found.spoken[0]
        yield held(subject, first.section.place, first.section.heading, f"{len(found.spoken)} 段")
