"""Faults of what is not there: a table, an explanation, the word on an empty table."""

from __future__ import annotations

import attrs

from govbudget.invariants import select
from govbudget.layouts import Layout, layout, layout_ids
from govbudget.model import Disclosure, is_empty
from govbudget.place import Place
from govbudget.testing.spoil.truth import Change, FaultKind, LabelledFault, Spot


def missing(disclosure: Disclosure, kind: FaultKind) -> list[Spot]:
    """Return what may be missing: only what the layout of the disclosure requires."""
    form = layout(disclosure.layout) if disclosure.layout in layout_ids() else None
    if form is None:
        return []
    found = {
        FaultKind.MISSING_TABLE: _tables,
        FaultKind.MISSING_SECTION: _sections,
        FaultKind.MISSING_STATEMENT: _statements,
    }[kind]
    return [_always(fault) for fault in found(disclosure, form)]


def _always(fault: LabelledFault) -> Spot:
    return lambda: fault


def _complete() -> tuple[str, ...]:
    """The rules that ask for what a disclosure must hold: which of them tells what is missing depends on the form."""
    return tuple(rule.id for rule in select("completeness"))


def _tables(disclosure: Disclosure, form: Layout) -> list[LabelledFault]:
    required = {spec.kind: spec.titles[0] for spec in form.tables if spec.required}
    return [
        LabelledFault(
            disclosure=attrs.evolve(disclosure, tables=(*disclosure.tables[:i], *disclosure.tables[i + 1 :])),
            kind=FaultKind.MISSING_TABLE,
            changes=(Change(place=Place(table=table.number), was=table.title),),
            rules=_complete(),
            certain=True,
        )
        for i, table in enumerate(disclosure.tables)
        if table.kind in required
    ]


def _sections(disclosure: Disclosure, form: Layout) -> list[LabelledFault]:
    required = {spec.id for spec in form.sections if spec.required}
    sections = disclosure.narrative.sections
    ids = [section.id for section in sections]
    return [
        LabelledFault(
            disclosure=attrs.evolve(
                disclosure,
                narrative=attrs.evolve(disclosure.narrative, sections=(*sections[:i], *sections[i + 1 :])),
            ),
            kind=FaultKind.MISSING_SECTION,
            changes=(Change(place=section.place, was=section.heading),),
            rules=_complete(),
            certain=True,
        )
        for i, section in enumerate(sections)
        if section.id in required and ids.count(section.id) == 1
    ]


def _statements(disclosure: Disclosure, form: Layout) -> list[LabelledFault]:
    del form
    found = []
    for i, table in enumerate(disclosure.tables):
        if table.notes and is_empty(table):
            tables = (*disclosure.tables[:i], attrs.evolve(table, notes=()), *disclosure.tables[i + 1 :])
            found.append(
                LabelledFault(
                    disclosure=attrs.evolve(disclosure, tables=tables),
                    kind=FaultKind.MISSING_STATEMENT,
                    changes=(Change(place=table.place, was=table.notes[0].text),),
                    rules=("completeness.empty-tables",),
                )
            )
    return found
