"""Which section a paragraph is of that no heading stands over: by words that only one section says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from govbudget.layouts import Layout, SectionSpec
from govbudget.reading.parts import Part, Run
from govbudget.text import fold


def by_phrases(part: Part, layout: Layout) -> Iterator[Part]:
    """Divide paragraphs that no heading stands over by the words that only one section says.

    What stands before the first such paragraph is of its section, for a page may begin anywhere.
    """
    if part.heading is not None:
        yield part
        return
    said = [(i, spec) for i, run in enumerate(part.runs) if (spec := _saying(run, layout)) is not None]
    if not said:
        yield part
        return
    turns = [said[0], *(after for before, after in pairwise(said) if after[1] is not before[1])]
    starts = [0, *(i for i, _ in turns[1:]), len(part.runs)]
    for (_, spec), start, stop in zip(turns, starts, starts[1:], strict=False):
        yield attrs.evolve(part, spec=spec, runs=part.runs[start:stop])


def _saying(run: Run, layout: Layout) -> SectionSpec | None:
    text = run.folded.text
    return next((spec for spec in layout.sections if any(fold(phrase) in text for phrase in spec.phrases)), None)
