"""Write clauses and keep beside each the claim that it makes, as a reader should understand it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from govbudget.model import (
    AXES,
    AbsenceClaim,
    AmountClaim,
    Base,
    ChangeClaim,
    Claim,
    CompletionClaim,
    CompositionClaim,
    Coordinate,
    CountClaim,
    Counted,
    Direction,
    FlatClaim,
    GrowthClaim,
    MovementClaim,
    Said,
    ScoreClaim,
    ShareClaim,
    Stage,
    Statement,
    along,
    is_below,
)
from govbudget.money import Amount, MoneyUnit, Percent, printed, printed_percent
from govbudget.place import Place
from govbudget.testing.choices import Choices, Plain
from govbudget.text import fold

STAGE_WORDS = {Stage.EXECUTION: "执行数", Stage.BUDGET: "预算数", Stage.FINAL: "决算数", None: ""}
PLAN_WORDS = {Stage.BUDGET: "年初预算", Stage.ADJUSTED: "全年预算", None: ""}
BY = {Direction.UP: ("增加", "增长"), Direction.DOWN: ("减少", "压减")}
"""Words for a change by an amount, the usual one first."""
AT = {Direction.UP: ("增长", "上升", "提高"), Direction.DOWN: ("下降", "降低")}
"""Words for a change at a rate."""
THAN = {Direction.UP: ("大于", "高于", "多于"), Direction.DOWN: ("小于", "低于", "少于")}
"""Words for being larger or smaller than something."""
EQUAL = ("持平", "一致", "相同")


def words_of(amount: Amount) -> str:
    """Write an amount as sentences do."""
    return printed(amount) + amount.unit.value


@attrs.define
class Writer:
    """A section as it is written: its paragraphs, its claims, and what the last sentence was about.

    A clause ends with a comma unless it is told otherwise; :meth:`stop` ends a sentence, :meth:`end` a paragraph.
    """

    section: str = ""
    choices: Choices = attrs.field(factory=Plain)
    paragraphs: list[str] = attrs.field(factory=list)
    claims: list[Claim] = attrs.field(factory=list)
    of: tuple[Coordinate, ...] = ()
    term: str = ""
    base: Base | None = None
    comparable: bool = False
    planned: bool = False
    named: list[tuple[Coordinate, ...]] = attrs.field(factory=list)
    _text: str = ""

    # -- the text -----------------------------------------------------------------------------------------------------

    def put(self, words: str, after: str = "，") -> dict[str, Any]:
        """Write a clause, and return what any claim says of itself."""
        start = len(self._text)
        self._text += words + after
        place = self.place(start, start + len(words))
        return {"of": self.of, "term": self.term, "text": fold(words), "place": place}

    def place(self, start: int, stop: int) -> Place:
        """Return where words of the paragraph at hand stand: section, number of the paragraph, span in it."""
        return Place(section=self.section, line=len(self.paragraphs) + 1, span=(start, stop))

    def number(self, numbering: str) -> None:
        """Begin a paragraph with a number."""
        self._text += numbering

    def after(self, mark: str) -> None:
        """Replace the mark behind the last clause."""
        self._text = self._text[:-1] + mark

    def stop(self) -> None:
        """End the sentence."""
        self.after("。")

    def go_on(self) -> None:
        """Go on behind a comma, or behind the stop that is there."""
        if not self._text.endswith("。"):
            self.after("，")

    def end(self) -> None:
        """End the paragraph."""
        if self._text:
            self.stop()
            self.close()

    def close(self) -> None:
        """End the paragraph without a stop."""
        self.paragraphs.append(self._text)
        self._text = ""
        self.comparable = self.planned = False

    # -- statements ---------------------------------------------------------------------------------------------------

    def say(self, kind: Said, *clauses: str, after: str = "，") -> None:
        """Write clauses that make one statement without a figure."""
        said = [self.put(clause) for clause in clauses]
        said[0]["text"] = ",".join(each["text"] for each in said)
        self.claims.append(Statement(**said[0], kind=kind))
        self.after(after)

    def lead(self, words: str, after: str = "：") -> None:
        """Write words that introduce what follows."""
        self.say(Said.LEAD, words, after=after)

    def about(self, words: str, of: tuple[Coordinate, ...], term: str, after: str = "。") -> None:
        """Name what the next clauses are about."""
        self.of, self.term = of, term
        self.lead(words, after)

    # -- claims -------------------------------------------------------------------------------------------------------

    def amount(self, before: str, of: tuple[Coordinate, ...], term: str, amount: Amount, behind: str = "") -> None:
        """Write what a fact amounts to; it is what the next clauses are about."""
        self.of, self.term, self.base = of, term, None
        self.named.append(of)
        self.claims.append(AmountClaim(**self.put(before + words_of(amount) + behind), amount=amount))
        if behind:
            self.claims.append(
                Statement(of=of, term=term, text=fold(behind), place=self.place(0, len(self._text)), kind=Said.ASIDE)
            )  # a remark in brackets

    def amount_of_bodies(
        self,
        before: str,
        bodies: Sequence[tuple[Counted, int, str]],
        name: str,
        of: tuple[Coordinate, ...],
        term: str,
        amount: Amount,
    ) -> None:
        """Write what a fact of several bodies amounts to, which are counted by the way: 下属1家机关和1家…."""
        listed = "和".join(f"{count}家{body}" for _, count, body in bodies)
        first = len(self.claims)
        self.amount(f"{before}{listed}{name}", of, term, amount)
        said = self.claims[first]
        counted = [
            CountClaim(of=(), term=body, text=said.text, place=said.place, what=what, count=count, planned=False)
            for what, count, body in bodies
        ]
        self.claims[first:first] = counted

    def zero(self, before: str, of: tuple[Coordinate, ...], term: str, unit: MoneyUnit) -> None:
        """Write that something is “0”."""
        self.of, self.term, self.base = of, term, None
        self.named.append(of)
        self.claims.append(AmountClaim(**self.put(f"{before}为“0”"), amount=Amount(0, unit, 0)))

    def figure_of(self, before: str, of: tuple[Coordinate, ...], amount: Amount) -> None:
        """Write another figure of what was named: of another year, or of its budget; it stays the subject."""
        said = self.put(before + words_of(amount)) | {"of": of}
        self.claims.append(AmountClaim(**said, amount=amount))

    def outcome(self, before: str, amount: Amount) -> None:
        """Write what came of a budget that was just stated."""
        self.named.append(self.of)
        self.claims.append(AmountClaim(**self.put(before + words_of(amount)), amount=amount))

    def against(self, base: Base, *, alone: bool = False) -> str:
        """Return the words for a base, or write them as a clause of their own."""
        self.base = attrs.evolve(base, comparable=self.comparable)
        words = self._before(base)
        if not alone:
            return f"{self.choices.pick('比较')}{words}"
        self.lead(f"与{words}相比", "，")
        return ""

    def _before(self, base: Base) -> str:
        """Return the words for what a year before is compared by."""
        return f"{self.choices.pick(['上年', f'{base.year}年'])}{STAGE_WORDS[base.stage]}"

    def change(self, before: str, direction: Direction, amount: Amount) -> None:
        """Write by how much a fact changed against the base at hand."""
        verb = self.choices.pick(BY[direction])
        said = self.put(f"{before}{verb}{words_of(amount)}")
        assert self.base is not None
        self.claims.append(ChangeClaim(**said, base=self.base, direction=direction, amount=amount))

    def differs(self, base: Base, direction: Direction, amount: Amount) -> None:
        """Write 小于上年预算数…."""
        self.base = attrs.evolve(base, comparable=self.comparable)
        said = self.put(f"{self.choices.pick(THAN[direction])}{self._before(base)}{words_of(amount)}")
        self.claims.append(ChangeClaim(**said, base=self.base, direction=direction, amount=amount))

    def growth(self, before: str, direction: Direction, percent: Percent) -> None:
        """Write by what percentage a fact changed against the base at hand."""
        said = self.put(f"{before}{self.choices.pick(AT[direction])}{printed_percent(percent)}")
        assert self.base is not None
        self.claims.append(GrowthClaim(**said, base=self.base, direction=direction, percent=percent))

    def multiplied(self, before: str, percent: Percent) -> None:
        """Write how many times itself (倍) a fact grew by against the base at hand; the digits are those of a rate."""
        shown = decimal(percent.digits, percent.places + 2)
        said = self.put(f"{before}{self.choices.pick(AT[Direction.UP])}{shown}倍")
        assert self.base is not None
        self.claims.append(GrowthClaim(**said, base=self.base, direction=Direction.UP, percent=percent))

    def flat(self, base: Base, verb: str = "持平") -> None:
        """Write that nothing changed."""
        self.base = attrs.evolve(base, comparable=self.comparable)
        said = self.put(f"与{self._before(base)}{verb}")
        self.claims.append(FlatClaim(**said, base=self.base, roughly=verb.startswith("基本")))

    def nothing_before(self) -> None:
        """Write that there was none of it last year, so that there is no rate."""
        of = tuple(attrs.evolve(at, year=(at.year or 0) - 1) for at in self.of)
        words = self.choices.pick(["上年没有该项资金安排", "上年度未安排该项支出", "去年无此项预算"])
        self.claims.append(AbsenceClaim(**(self.put(words) | {"of": of})))
        self.say(Said.NO_RATE, "增长率无可比性")

    def same_basis(self, reason: str) -> None:
        """Set something aside, so that what follows is on the same basis (同口径)."""
        self.comparable = True
        self.lead(f"{self.choices.pick(['扣除', '剔除'])}{reason}影响后", "，")

    def share(self, percent: Percent, words: str = "", of: tuple[Coordinate, ...] = ()) -> None:
        """Write what share a fact is of the nearest thing named before that it is part of, or of what is named."""
        whole = of or self.whole()
        self.claims.append(ShareClaim(**self.put(f"占{words}{printed_percent(percent)}"), whole=whole, percent=percent))

    def whole(self) -> tuple[Coordinate, ...]:
        """Return the nearest thing named before that the subject is part of."""
        for earlier in reversed(self.named):
            if earlier != self.of and self.of and all(is_part(at, earlier[0]) for at in self.of):
                return earlier[:1]
        return ()

    def composition(
        self, before: str, parts: tuple[str, ...], parts_of: tuple[Coordinate | None, ...], axis: str, *, main: bool
    ) -> None:
        """Write what a fact consists of."""
        said = self.put(f"{before}{'主要' if main else ''}包括：{'、'.join(parts)}")
        names = tuple(map(fold, parts))
        self.claims.append(CompositionClaim(**said, parts=names, parts_of=parts_of, axis=axis, main=main))

    def absence(self, before: str, of: tuple[Coordinate, ...], term: str) -> None:
        """Write that there is none of some money."""
        self.of, self.term, self.base = of, term, None
        self.named.append(of)
        self.claims.append(AbsenceClaim(**self.put(before)))

    def bodies(self, before: str, what: Counted, count: int, name: str, behind: str) -> None:
        """Write how many bodies do something, in words that are a statement of their own."""
        said = self.put(f"{before}{count}个{name}{behind}")
        counted = said | {"of": (), "term": name}
        self.claims.append(CountClaim(**counted, what=what, count=count, planned=False))
        self.claims.append(Statement(**said, kind=Said.POLICY))

    def labels(self, shares: Sequence[tuple[str, tuple[Coordinate, ...], Percent]]) -> None:
        """Write the labels of a pie chart, a paragraph without a stop: names, and what share each has of the whole."""
        for name, of, percent in shares:
            self.of, self.term = of, name
            said = self.put(f"{name}，{printed_percent(percent)}", after="")
            self.claims.append(ShareClaim(**said, whole=self.whole(), percent=percent))
        self.close()

    def count(
        self,
        words: str,
        what: Counted,
        count: int,
        piece: str,
        threshold: Amount | None = None,
        planned: bool | None = None,  # noqa: FBT001 - three states, as a value
    ) -> None:
        """Write how many pieces of something there are, or are to be bought."""
        if planned is not None:
            self.planned = planned
        said = self.put(f"{words}{count}{piece}") | {"of": (), "term": fold(words)}
        self.claims.append(CountClaim(**said, what=what, count=count, threshold=threshold, planned=self.planned))

    def completion(self, base: Base, percent: Percent) -> None:
        """Write what percentage of its budget an outcome is."""
        said = self.put(f"完成{PLAN_WORDS[base.stage]}的{printed_percent(percent)}")
        self.claims.append(CompletionClaim(**said, base=base, percent=percent))

    def movement(self, base: Base, direction: Direction, reason: str) -> None:
        """Write that an outcome is larger or smaller than its budget, and why."""
        stated = f"决算数{self.choices.pick(THAN[direction])}预算数的主要原因是"
        said = self.put(f"{stated}{reason}")
        self.claims.append(MovementClaim(**(said | {"text": fold(stated)}), base=base, direction=direction))
        self.claims.append(Statement(**(said | {"text": fold(reason)}), kind=Said.REASON))

    def as_planned(self, base: Base, *, roughly: bool = False) -> None:
        """Write that an outcome is what was planned, or nearly so."""
        said = self.put(f"决算数与预算数{'基本' if roughly else ''}{self.choices.pick(EQUAL)}")
        self.claims.append(FlatClaim(**said, base=base, roughly=roughly))

    def score(self, digits: int, places: int) -> None:
        """Write how many points projects were given."""
        said = self.put(f"平均得分{decimal(digits, places)}分")
        self.claims.append(ScoreClaim(**said, digits=digits, places=places))


def decimal(digits: int, places: int) -> str:
    """Write a number that is given as its digits and how many of them stand behind the point."""
    text = str(digits).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}" if places else text


def is_part(of: Coordinate, whole: Coordinate) -> bool:
    """Tell whether one fact is part of another: below it on every axis on which they differ."""
    if (of.flow, of.year, of.stage) != (whole.flow, whole.year, whole.stage):
        return False
    pairs = [(along(of, axis), along(whole, axis)) for axis in AXES]
    return any(a != b for a, b in pairs) and all(a == b or is_below(a, b) for a, b in pairs)
