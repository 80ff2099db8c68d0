"""A whole narrative in the order of a layout: the body, the sections with their claims, the glossary."""

from __future__ import annotations

from govbudget.layouts import Layout, SectionSpec
from govbudget.model import (
    Coordinate,
    Item,
    Member,
    Narrative,
    Organization,
    Passage,
    Said,
    Scope,
    Section,
    Stage,
    Term,
    combine,
)
from govbudget.place import Place
from govbudget.testing.choices import Choices
from govbudget.testing.money import is_procurement
from govbudget.testing.narrative import accounts, changes, matters
from govbudget.testing.narrative import phrases as p
from govbudget.testing.narrative.books import Books
from govbudget.testing.narrative.page import Named, Page, groups, in_year, is_money
from govbudget.testing.narrative.writer import Writer
from govbudget.text import fold

_NUMERALS = "一二三四五六七八九十"
_TERMS = (
    ("财政拨款收入", "财政部门在本年度拨给的资金"),
    ("基本支出", "为维持机构运转和完成日常任务而发生的开支"),
    ("项目支出", "基本支出以外为完成特定任务而发生的开支"),
)


def narrate(choices: Choices, form: Layout, books: Books, body: Organization) -> Narrative:
    """Write the narrative of a disclosure.

    Args:
        choices: where the choice of phrases comes from.
        form: the layout whose sections it has.
        books: the exact amounts.
        body: who publishes; its parts are listed in the first section.
    """
    scope = "部门" if form.scope is Scope.DEPARTMENT else "单位"
    base = Coordinate(year=books.year, stage=form.stage)
    plans = [stage for stage in (Stage.BUDGET, Stage.ADJUSTED) if (books.year, stage) in books.ledgers]
    plan = choices.pick(plans or [Stage.BUDGET])
    tops: list[tuple[SectionSpec, Writer]] = []
    for spec in form.sections:
        if spec.id in {"functions", "glossary", "tables"} or not (spec.prose or spec.required):
            continue
        writer = Writer(section=_heading(spec, scope), choices=choices)
        owed = not any(changes.is_compared(earlier.claims, books.year) for _, earlier in tops)
        page = Page(
            choices=choices,
            spec=spec,
            writer=writer,
            books=books,
            base=base,
            unit=f"本{scope}",
            owed=owed,
            plan=plan,
            bodies=len(body.members),
        )
        _section(page)
        if writer.paragraphs or _is_parent(spec):
            tops.append((spec, writer))
    return Narrative(
        cover=(_passage(f"{body.name}{books.year}年度{scope}{'决算' if form.stage is Stage.FINAL else '预算'}"),),
        functions=tuple(map(_passage, _functions(form, body, scope))),
        sections=tuple(_numbered(tops)),
        glossary=tuple(Term(name=name, definition=text, place=Place()) for name, text in _TERMS),
    )


def _heading(spec: SectionSpec, scope: str) -> str:
    """A heading of the section that does not call the body what it is not."""
    other = "单位" if scope == "部门" else "部门"
    return next((heading for heading in spec.headings if other not in heading), spec.headings[0])


def _is_parent(spec: SectionSpec) -> bool:
    return not spec.terms and spec.id == "explanation"


def _numbered(tops: list[tuple[SectionSpec, Writer]]) -> list[Section]:
    """The sections with their headings: those behind a section without words of its own stand under it."""
    found = []
    top, under = 1, 0
    inside = False
    for spec, writer in tops:
        if inside:
            under += 1
            number = f"（{_numeral(under)}）"
        else:
            top += 1
            number = f"{_numeral(top)}、"
        inside = inside or _is_parent(spec)
        found.append(
            Section(
                id=spec.id,
                heading=f"{number}{writer.section}",
                passages=tuple(
                    Passage(text=text, place=Place(section=writer.section, line=number))
                    for number, text in enumerate(writer.paragraphs, 1)
                ),
                claims=tuple(writer.claims),
                place=Place(section=writer.section),
            )
        )
    return found


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def _passage(text: str) -> Passage:
    return Passage(text=text, place=Place())


def _functions(form: Layout, body: Organization, scope: str) -> list[str]:
    spec = next(spec for spec in form.sections if spec.id == "functions")
    about = [f"一、{_heading(spec, scope)}"]
    of = f"本{scope}为{body.parent}所属单位，" if body.parent else ""
    about.append(f"{of}性质为{body.nature}。" if body.nature else f"{of}负责辖区内的有关工作。")
    if body.divisions:
        about.append(f"本{scope}内设机构包括：{'、'.join(body.divisions)}。")
    elif not body.members:
        about.append(f"本{scope}未下设机构。")
    if body.members:
        names = "、".join(member.name for member in body.members)
        about.append(f"纳入本部门预算编制范围的预算单位共{len(body.members)}家，包括：{names}。")
    return about


def organization(
    name: str,
    *,
    parent: str | None = None,
    nature: str | None = None,
    divisions: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
) -> Organization:
    """Make a body; a member whose name ends in 本级 is the department itself."""
    return Organization(
        name=name,
        parent=parent,
        nature=nature,
        divisions=divisions,
        members=tuple(Member(name=member, itself=member.endswith("本级")) for member in members),
    )


# -- what a section says ----------------------------------------------------------------------------------------------


def _section(page: Page) -> None:
    """Write a section: its terms in groups, then what only some sections have."""
    spec, w = page.spec, page.writer
    if _is_parent(spec):
        return
    terms = [named for named in page.terms() if named.of[0].item not in _ELSEWHERE]
    if spec.id in {"explanation", "totals"} and page.choices.maybe():
        w.say(Said.COVERAGE, "所有收支按照综合预算的原则编制", "纳入预算管理")
        w.end()
    for top, parts in groups(terms):
        _group(page, top, parts)
    final = page.base.stage is Stage.FINAL
    performed = [named for named in page.terms() if named.of[0].item is Item.PERFORMANCE]
    if performed and not final:
        matters.performance(page, performed[0])
    if spec.id == "performance" and final:
        matters.followed(page, page.terms())
    if spec.id in {"other_matters", "state_assets"}:
        matters.assets(page)
    if not w.paragraphs and spec.required:
        w.say(Said.BASIS, "根据批复的预算填列")
        w.end()
    drawn = [(top, parts) for top, parts in groups(terms) if is_money(top) and top.exact and len(parts) > 1]
    if drawn and w.paragraphs and page.choices.pick([False, False, True]):
        p.chart(page, *page.choices.pick(drawn))


_ELSEWHERE = {Item.PERFORMANCE, Item.MONITORED, Item.EVALUATED}


def _group(page: Page, top: Named, parts: list[Named]) -> None:
    w, choices = page.writer, page.choices
    final = page.base.stage is Stage.FINAL
    procurement = is_procurement(top.of[0].item)
    if procurement and not top.exact:
        # that nothing is bought is said too, and in accounts that small and medium firms were awarded nothing
        if top.of[0].item is Item.PROCUREMENT or (final and top.of[0].item is Item.SME_AWARDED):
            w.amount(top.spec.names[0], top.of, fold(top.spec.names[0]), page.books.printed(0))
            w.end()
        return
    asked = final and page.spec.id == "general_budget"  # accounts hold it against its budget, even nothing
    none = not top.exact and not asked and is_money(top) and len(top.of) == 1 and top.of[0].flow is not None
    if none and choices.maybe():
        name = top.spec.names[0]
        w.absence(
            f"{page.unit}{page.books.year}年{choices.pick(['没有使用', '没有安排', '未安排', '无'])}{name}",
            top.of,
            fold(name),
        )
        w.end()
        return
    subjects = page.spec.subjects != Coordinate() and top.of[0] == combine(page.base, page.spec.subjects)
    if final and not procurement and page.spec.id in {"general_budget", "three_public"} and len(top.of) == 1:
        accounts.whole(page, top)
        if subjects and top.exact:
            accounts.details(page)
        for part in parts:
            if part.exact or part.of[0].item in p.EACH or choices.maybe():
                p.state(page, part)
                w.end()
            if part.exact:
                accounts.pieces(page, part)
        return
    name = choices.pick(top.spec.names)
    if top.of[0].item is Item.AGENCY_RUNNING and top.exact and page.bodies > 1 and choices.maybe():
        matters.agency(page, top, in_year(page), name)
    else:
        p.state(page, top, in_year(page), name)
    if not procurement and top.of[0].item is Item.ALL:
        if changes.owes_comparison(page) or (top.exact and choices.pick([True, True, True, False])):
            changes.compare(page, top.of, name)
        elif top.exact:
            changes.of_last_year(page, top)
    if page.spec.lists and parts:
        w.end()
        p.economic(page, parts)
        return
    if parts:
        p.parts(page, parts, shares=not procurement and bool(top.exact))
    w.end()
    if subjects and top.exact:
        p.classes(page, shares=choices.maybe())
        if not final:
            p.details(page)


__all__ = ["narrate", "organization"]
