"""What the sentences of a disclosure say in all, and whether they explain something, whatever the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govbudget.invariants.context import Context
from govbudget.invariants.forms import form_of
from govbudget.invariants.gathered import gathered
from govbudget.invariants.prose import broken, filled_in, held, prose
from govbudget.invariants.rule import Outcome, not_tested
from govbudget.place import Place
from govbudget.text import fold

SAYS = ("没有说明：{subject}", "not explained: {subject}")
BY_RULE = frozenset(
    {"functions", "glossary", "totals", "general_budget", "three_public", "procurement", "performance", "state_assets"}
    | {"agency_running"}
)
"""Sections that rules of their own ask for, by their ids or by their words."""

REASON = re.compile(r"原因|理由|主要是|主要系|主要因|由于|系因|是因|因为|为了")


@gathered
def all_said(ctx: Context) -> str:
    """All that the sections say, headings included."""
    headings = "\n".join(fold(section.heading) for section in ctx.disclosure.narrative.sections)
    return headings + "\n" + prose(ctx).text


def the_document(ctx: Context) -> Place:
    """Where something stands that the document does not say anywhere."""
    return Place(document=ctx.disclosure.source)


def unexplainable(ctx: Context) -> str:
    """A reason why statements cannot be asked for: a form without words, or tables alone."""
    return filled_in(ctx) or ("" if ctx.disclosure.narrative.sections else "no-text")


def stated(ctx: Context, subject: str, pattern: re.Pattern[str], ids: Sequence[str] = ()) -> Iterator[Outcome]:
    """Say whether something is explained: in the section that its form has for it, else anywhere in these words."""
    form = form_of(ctx)
    sections = ctx.disclosure.narrative.sections
    own = next((section for section in sections if section.id in ids and section.passages), None)
    if own is not None:
        yield held(subject, own.place, own.heading)
        return
    if form is not None and any(spec.required and spec.id in ids for spec in form.sections):
        yield broken(subject, the_document(ctx), subject, subject)
        return
    match = pattern.search(all_said(ctx))
    if match is not None:
        yield held(subject, sections[0].place, match[0])
    elif form is None:
        yield not_tested(subject, "no-layout")
    else:
        yield broken(subject, the_document(ctx), subject, subject)
