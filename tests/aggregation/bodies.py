"""Small budgets made by hand: revenue by fund, expenditure by function and use, each figure rounded by itself."""

from __future__ import annotations

from collections.abc import Mapping

from govbudget.consistency import printed_value
from govbudget.model import (
    Column,
    Coordinate,
    Disclosure,
    Entry,
    Flow,
    Fund,
    Lane,
    Line,
    Member,
    Organization,
    Period,
    Resolved,
    Scope,
    Stage,
    SubjectHead,
    Table,
    TableKind,
    Total,
    Use,
    is_below,
    key_depth,
    key_parent,
)
from govbudget.money import Mark, MoneyUnit


def budget(
    name: str,
    *,
    spent: Mapping[tuple[str, Use], int],
    received: Mapping[Fund, int] | None = None,
    parent: str | None = None,
    members: tuple[str, ...] = (),
    scope: Scope = Scope.UNIT,
    year: int = 2024,
    stage: Stage = Stage.BUDGET,
    unit: MoneyUnit = MoneyUnit.YUAN,
    places: int = 2,
) -> Disclosure:
    """A disclosure of two tables in exact money (分), printed in ``unit`` with ``places`` decimals."""
    step = unit.fen // 10**places

    def line(label: str, head: Entry | SubjectHead | Total, at: Coordinate, exact: list[int]) -> Line:
        values = tuple(Mark.BLANK if fen == 0 else printed_value(fen, step) for fen in exact)
        return Line(
            label=label,
            head=head,
            at=at,
            values=values,
            places=tuple(0 if isinstance(v, Mark) else places for v in values),
        )

    funds = received or {}
    whole = sum(funds.values())
    revenue = Lane(
        at=Coordinate(year=year, stage=stage, flow=Flow.REVENUE, period=Period.CURRENT),
        columns=(Column(header=("预算数",), at=Coordinate(), index=2),),
        lines=(
            line("收入合计", Entry(), Coordinate(), [whole]),
            *(line(fund.value, Entry(), Coordinate(fund=fund), [fen]) for fund, fen in funds.items()),
        ),
    )
    uses = [Use.ALL, *dict.fromkeys(use for _, use in spent)]
    codes: dict[str, None] = {}
    for lowest, _ in spent:
        code = lowest
        while code:
            codes[code] = None
            code = key_parent(code)

    def exact(code: str, use: Use) -> int:
        return sum(
            fen
            for (at, by), fen in spent.items()
            if (at == code or is_below(at, code)) and (use is Use.ALL or by is use)
        )

    expenditure = Lane(
        axis="functional",
        at=Coordinate(year=year, stage=stage, flow=Flow.EXPENDITURE, period=Period.CURRENT),
        columns=tuple(Column(header=(use.value,), at=Coordinate(use=use), index=i) for i, use in enumerate(uses, 2)),
        lines=(
            line("合计", Total(), Coordinate(), [exact("", use) for use in uses]),
            *(
                line(
                    f"科目{code}",
                    SubjectHead(key=code, level=key_depth(code), resolved=Resolved.YES),
                    Coordinate(functional=code),
                    [exact(code, use) for use in uses],
                )
                for code in sorted(codes)
            ),
        ),
    )
    return Disclosure(
        organization=Organization(name=name, parent=parent, members=tuple(Member(name=one) for one in members)),
        year=year,
        stage=stage,
        scope=scope,
        source=f"{name}-{year}-{stage.value}.md",
        tables=(
            Table(kind=TableKind.REVENUE, number=2, title="收入", organization=name, unit=unit, lanes=(revenue,)),
            Table(
                kind=TableKind.EXPENDITURE, number=3, title="支出", organization=name, unit=unit, lanes=(expenditure,)
            ),
        ),
    )
