"""Strategies for printed documents: files of every format with the noise of real ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from govbudget.model import Disclosure
from govbudget.testing.choices import Drawn
from govbudget.testing.paper import DOCUMENT_FORMATS, Noise, print_document
from govbudget.testing.strategies.budgets import consistent_disclosures


@attrs.frozen(kw_only=True, repr=False)
class PrintedDocument:
    """A file and what it should be read as.

    Attributes:
        disclosure: what was printed.
        format: the extension of the file.
        noise: the kinds of noise in it.
        data: its bytes.
    """

    disclosure: Disclosure
    format: str
    noise: tuple[Noise, ...]
    data: bytes

    def __repr__(self) -> str:
        noise = ", ".join(kind.value for kind in self.noise) or "no noise"
        return f"<{self.format} of {self.disclosure!r}, {noise}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002, FBT001 - as Hypothesis calls it
        """Say the same in a failing test: nobody reads bytes."""
        printer.text(repr(self))


@st.composite
def documents(
    draw: st.DrawFn,
    disclosures: st.SearchStrategy[Disclosure] | None = None,
    *,
    formats: Sequence[str] = DOCUMENT_FORMATS[:-1],
    noise: Sequence[Noise] = tuple(Noise),
) -> PrintedDocument:
    """Files of disclosures.

    Args:
        draw: given by Hypothesis.
        disclosures: what to print, by default :func:`consistent_disclosures`.
        formats: the extensions to choose from; pdf must be asked for.
        noise: the kinds of noise to choose from.
    """
    disclosure = draw(disclosures if disclosures is not None else consistent_disclosures(max_leaves=6))
    format = draw(st.sampled_from(formats))
    chosen = tuple(kind for kind in noise if draw(st.booleans()))
    data = print_document(disclosure, format, noise=chosen, choices=Drawn(draw))
    return PrintedDocument(disclosure=disclosure, format=format, noise=chosen, data=data)
