"""Receptions and journeys in the narrative: their numbers, and the persons they were for."""

from __future__ import annotations

from collections.abc import Iterator

from govbudget.invariants.context import Context
from govbudget.invariants.counted import at_least
from govbudget.invariants.rule import Outcome, Rule, rule
from govbudget.model import Counted, Severity


@rule(
    "narrative.guests",
    zh="公务接待人次不少于批次",
    en="No fewer guests than receptions",
    basis="财预〔2016〕143号：公务接待费说明批次和人次",
    severity=Severity.WARNING,
    holds="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        国内公务接待12批次、96人次。
        => count receptions: 12
        => count guests: 96
        """,
    breaks="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        国内公务接待96批次、12人次。
        => count receptions: 96
        => count guests: 12
        """,
    untested="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        国内公务接待96批次。 => count receptions: 96
        """,
)
def guests(ctx: Context) -> Iterator[Outcome]:
    """Each reception (批次) has a guest at least, so the guests (人次) are no fewer than the receptions.

    The two numbers stand beside each other and change places easily.
    """
    yield from at_least(ctx, Counted.GUESTS, Counted.RECEPTIONS, "公务接待人次")


@rule(
    "narrative.foreign-guests",
    zh="接待外宾的批次、人次不超过公务接待的批次、人次",
    en="No more foreign receptions and guests than receptions and guests",
    basis="财预〔2016〕143号：公务接待费说明批次和人次，含外宾接待",
    severity=Severity.WARNING,
    holds="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        公务接待2批次、26人次，其中：接待外宾0批次、0人次。
        => count receptions: 2
        => count guests: 26
        => count foreign_receptions: 0
        => count foreign_guests: 0
        """,
    breaks="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        公务接待2批次、26人次，其中：接待外宾3批次、12人次。
        => count receptions: 2
        => count guests: 26
        => count foreign_receptions: 3
        => count foreign_guests: 12
        """,
    untested="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        公务接待2批次。 => count receptions: 2
        """,
)
def foreign_guests(ctx: Context) -> Iterator[Outcome]:
    """Receptions of foreign guests (外宾) are part of all official receptions, in number and in guests.

    The form asks for both behind 其中, so that a part that is larger than the whole is a slip in one of them.
    """
    yield from at_least(ctx, Counted.RECEPTIONS, Counted.FOREIGN_RECEPTIONS, "外宾接待批次")
    yield from at_least(ctx, Counted.GUESTS, Counted.FOREIGN_GUESTS, "外宾接待人次")


@rule(
    "narrative.travellers",
    zh="因公出国（境）人次不少于团组数",
    en="No fewer travellers than trips abroad",
    basis="财预〔2016〕143号：因公出国（境）费说明团组数和人次",
    severity=Severity.WARNING,
    holds="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        因公出国（境）团组2个、5人次。
        => count trips_abroad: 2
        => count travellers_abroad: 5
        """,
    breaks="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        因公出国（境）团组5个、2人次。
        => count trips_abroad: 5
        => count travellers_abroad: 2
        """,
    untested="""
        unit final 2024
        ## “三公”经费决算说明 {three_public}
        因公出国（境）团组5个。 => count trips_abroad: 5
        """,
)
def travellers(ctx: Context) -> Iterator[Outcome]:
    """Each group (团组) that goes abroad has a member of the body at least, so travellers are no fewer than groups.

    A body also sends people with groups of others, so there may be more travellers than its own groups explain, never
    fewer.
    """
    yield from at_least(ctx, Counted.TRAVELLERS_ABROAD, Counted.TRIPS_ABROAD, "因公出国（境）人次")


RULES: tuple[Rule, ...] = (guests, foreign_guests, travellers)
