"""Strategies for any valid model, consistent or not: what serializers and views must bear."""

from __future__ import annotations

from hypothesis import strategies as st

from govbudget.model import (
    AbsenceClaim,
    Aim,
    AmountClaim,
    Base,
    BodyHead,
    Buying,
    ChangeClaim,
    ChangeColumn,
    Claim,
    Column,
    CompletionClaim,
    CompositionClaim,
    Coordinate,
    CountClaim,
    Counted,
    Direction,
    Disclosure,
    Entry,
    FlatClaim,
    Flow,
    Fund,
    GoalMoney,
    GrowthClaim,
    Indicator,
    Item,
    Lane,
    Line,
    Member,
    MovementClaim,
    Narrative,
    Note,
    Organization,
    Passage,
    Period,
    ProjectGoals,
    ProjectHead,
    PurchaseHead,
    Resolved,
    Said,
    Scope,
    ScoreClaim,
    Section,
    ShareClaim,
    Stage,
    Statement,
    SubjectHead,
    Table,
    TableKind,
    Term,
    Total,
    Use,
)
from govbudget.money import Mark, MoneyUnit, Percent
from govbudget.place import Place
from govbudget.testing.strategies.numbers import amounts

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_name = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), min_size=1, max_size=8)
_span = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
_spans = st.lists(_span, max_size=3).map(tuple)
_maybe = st.none()


def _places() -> st.SearchStrategy[Place]:
    number = st.one_of(_maybe, st.integers(1, 999))
    return st.builds(
        Place,
        document=_text,
        page=number,
        section=st.one_of(_maybe, _text),
        table=number,
        row=number,
        column=number,
        line=number,
        span=st.one_of(_maybe, _span),
    )


def coordinates() -> st.SearchStrategy[Coordinate]:
    """Coordinates anywhere on the axes."""
    subject = st.sampled_from(["", "201", "20129", "2012950", "201~新设款/新设项"])
    return st.builds(
        Coordinate,
        year=st.one_of(_maybe, st.integers(2000, 2100)),
        stage=st.one_of(_maybe, st.sampled_from(Stage)),
        flow=st.one_of(_maybe, st.sampled_from(Flow)),
        period=st.sampled_from(Period),
        fund=st.sampled_from(Fund),
        use=st.sampled_from(Use),
        functional=subject,
        economic=st.sampled_from(["", "301", "30101"]),
        item=st.sampled_from(Item),
        entity=_text,
        project=_text,
        purchase=_text,
    )


def _claims() -> st.SearchStrategy[Claim]:
    said = {
        "of": st.lists(coordinates(), max_size=2).map(tuple),
        "term": _text,
        "text": _text,
        "place": _places(),
        "numbers": _spans,
    }
    base = st.builds(
        Base, year=st.integers(2000, 2100), stage=st.one_of(_maybe, st.sampled_from(Stage)), comparable=st.booleans()
    )
    percent = st.builds(Percent, st.integers(-(10**6), 10**6), st.integers(0, 4))
    direction = st.sampled_from(Direction)
    parts = st.lists(st.tuples(_name, st.one_of(_maybe, coordinates())), max_size=3)
    return st.one_of(
        st.builds(AmountClaim, **said, amount=amounts()),
        st.builds(ChangeClaim, **said, base=base, direction=direction, amount=amounts()),
        st.builds(GrowthClaim, **said, base=base, direction=direction, percent=percent),
        st.builds(FlatClaim, **said, base=base, roughly=st.booleans()),
        st.builds(ShareClaim, **said, whole=said["of"], percent=percent),
        st.builds(CompletionClaim, **said, base=base, percent=percent),
        st.builds(MovementClaim, **said, base=base, direction=direction),
        st.builds(ScoreClaim, **said, digits=st.integers(0, 10**4), places=st.integers(0, 2)),
        parts.flatmap(
            lambda found: st.builds(
                CompositionClaim,
                **said,
                parts=st.just(tuple(name for name, _ in found)),
                parts_of=st.just(tuple(of for _, of in found)),
                axis=st.sampled_from(["economic", "functional", "fund"]),
                main=st.booleans(),
            )
        ),
        st.builds(AbsenceClaim, **said),
        st.builds(
            CountClaim,
            **said,
            what=st.sampled_from(Counted),
            count=st.integers(0, 10**6),
            threshold=st.one_of(_maybe, amounts()),
            planned=st.booleans(),
        ),
        st.builds(Statement, **said, kind=st.sampled_from(Said)),
    )


@st.composite
def _lanes(draw: st.DrawFn, unit: MoneyUnit) -> Lane:
    width = draw(st.integers(0, 3))
    header = st.lists(_name, max_size=3).map(tuple)
    column = st.builds(Column, header=header, at=coordinates(), index=st.integers(1, 9))
    head = st.one_of(
        st.just(Total()),
        st.just(Entry()),
        st.builds(
            SubjectHead,
            key=_name,
            level=st.integers(1, 3),
            resolved=st.sampled_from(Resolved),
            candidates=st.lists(_name, max_size=2).map(tuple),
        ),
        st.builds(BodyHead, _name),
        st.builds(
            ProjectHead,
            organization=_name,
            name=_name,
            goal=st.one_of(_maybe, _text),
            goal_span=st.one_of(_maybe, _span),
        ),
        st.builds(
            PurchaseHead,
            programme=_name,
            subject=_name,
            economic=_name,
            thing=_name,
            form=_name,
            buying=st.one_of(_maybe, st.sampled_from(Buying)),
        ),
    )
    rates = draw(st.lists(st.booleans(), max_size=2))
    changes = tuple(
        draw(st.builds(ChangeColumn, header=header, base=coordinates(), index=st.integers(1, 9), rate=st.just(rate)))
        for rate in rates
    )
    lines = []
    for _ in range(draw(st.integers(0, 3))):
        compared = [draw(_changed(unit, rate=rate)) for rate in rates]
        cells = draw(st.lists(st.one_of(st.sampled_from(Mark), amounts(unit=unit)), min_size=width, max_size=width))
        spans = st.lists(st.one_of(_maybe, _span), min_size=width, max_size=width).map(tuple)
        lines.append(
            Line(
                label=draw(_text),
                head=draw(head),
                at=draw(coordinates()),
                values=tuple(c if isinstance(c, Mark) else c.fen for c in cells),
                places=tuple(0 if isinstance(c, Mark) else c.places for c in cells),
                row=draw(st.integers(0, 99)),
                line=draw(st.integers(0, 99)),
                spans=draw(spans) if draw(st.booleans()) else (),
                label_spans=draw(_spans),
                changes=tuple(value for value, _ in compared),
                change_places=tuple(places for _, places in compared),
                change_spans=tuple(draw(st.one_of(_maybe, _span)) for _ in rates) if draw(st.booleans()) else (),
            )
        )
    return Lane(
        title=draw(_text),
        axis=draw(st.sampled_from(["", "functional", "economic"])),
        at=draw(coordinates()),
        columns=tuple(draw(st.lists(column, min_size=width, max_size=width))),
        changes=changes,
        lines=tuple(lines),
        inferred=draw(st.booleans()),
        columns_unread=draw(st.booleans()),
        lines_unread=draw(st.booleans()),
    )


@st.composite
def _changed(draw: st.DrawFn, unit: MoneyUnit, *, rate: bool) -> tuple[int | Mark, int]:
    """What a column of changes may say of a line: a number with its decimals, or a mark."""
    if draw(st.booleans()):
        return draw(st.sampled_from(Mark)), 0
    if rate:
        return draw(st.integers(-(10**6), 10**6)), draw(st.integers(0, 4))
    amount = draw(amounts(unit=unit))
    return amount.fen, amount.places


@st.composite
def _tables(draw: st.DrawFn, kind: TableKind) -> Table:
    unit = draw(st.sampled_from(MoneyUnit))
    return Table(
        kind=kind,
        number=draw(st.one_of(_maybe, st.integers(1, 20))),
        title=draw(_text),
        organization=draw(_text),
        unit=unit,
        lanes=tuple(draw(st.lists(_lanes(unit), max_size=2))),
        notes=tuple(draw(st.lists(st.builds(Note, text=_text, place=_places()), max_size=1))),
        place=draw(_places()),
    )


def _goals() -> st.SearchStrategy[ProjectGoals]:
    pairs = st.lists(st.tuples(_text, _text), max_size=2).map(tuple)
    money = st.builds(
        GoalMoney,
        fund=st.sampled_from(Fund),
        carried=st.booleans(),
        annual=st.booleans(),
        label=_text,
        amount=st.one_of(_maybe, amounts()),
        said=_text,
        place=_places(),
    )
    indicator = st.builds(
        Indicator,
        group=_text,
        kind=_text,
        name=_text,
        target=_text,
        annual=st.one_of(_maybe, st.booleans()),
        more=pairs,
        place=_places(),
    )
    aim = st.builds(Aim, label=_text, text=_text, annual=st.booleans())
    return st.builds(
        ProjectGoals,
        title=_text,
        project=_text,
        year=st.one_of(_maybe, st.integers(1990, 2100)),
        department=_text,
        organization=_text,
        nature=_text,
        category=_text,
        start=_text,
        finish=_text,
        more=pairs,
        money=st.lists(money, max_size=3).map(tuple),
        aims=st.lists(aim, max_size=2).map(tuple),
        indicators=st.lists(indicator, max_size=2).map(tuple),
        place=_places(),
    )


@st.composite
def disclosures(draw: st.DrawFn) -> Disclosure:
    """Any valid disclosure, whether or not its figures make sense."""
    passages = st.lists(st.builds(Passage, text=_text, place=_places()), max_size=2).map(tuple)
    section = st.builds(
        Section,
        id=_text,
        heading=_text,
        passages=passages,
        claims=st.lists(_claims(), max_size=3).map(tuple),
        place=_places(),
    )
    term = st.builds(Term, name=_text, definition=_text, place=_places())
    kinds = draw(st.lists(st.sampled_from(TableKind), unique=True, max_size=3))
    return Disclosure(
        organization=draw(
            st.builds(
                Organization,
                name=_text,
                parent=st.one_of(_maybe, _text),
                nature=st.one_of(_maybe, _text),
                divisions=st.lists(_text, max_size=2).map(tuple),
                members=st.lists(st.builds(Member, name=_text, itself=st.booleans(), place=_places()), max_size=2).map(
                    tuple
                ),
            )
        ),
        year=draw(st.integers(0, 3000)),
        stage=draw(st.sampled_from(Stage)),
        scope=draw(st.sampled_from(Scope)),
        tables=tuple(draw(_tables(kind)) for kind in kinds),
        narrative=draw(
            st.builds(
                Narrative,
                cover=passages,
                functions=passages,
                sections=st.lists(section, max_size=2).map(tuple),
                glossary=st.lists(term, max_size=2).map(tuple),
            )
        ),
        goals=tuple(draw(st.lists(_goals(), max_size=1))),
        layout=draw(_text),
        source=draw(_text),
        pages_unread=draw(st.lists(st.integers(1, 99), max_size=2).map(tuple)),
        tables_unread=tuple(draw(st.lists(_text, max_size=2))),
    )
