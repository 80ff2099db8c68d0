"""The documents behind attested and historical rows."""

from __future__ import annotations

from functools import cache

import attrs

from govbudget.classification.subject import Subject
from govbudget.classification.table import read_table


@attrs.frozen
class Source:
    """One document.

    Attributes:
        id: what subjects call it.
        document: its title.
        year: the year it speaks of, as far as that is known.
        kind: what sort of document it is.
    """

    id: str
    document: str
    year: str
    kind: str


def sources_of(subject: Subject) -> tuple[Source, ...]:
    """Return the documents that printed a subject.

    >>> from govbudget.classification import Scheme, tree
    >>> sources_of(tree(Scheme.FUNCTIONAL, 2024)["22006"])[0].document
    '财预〔2024〕22号（2024-03-29）'
    """
    return tuple(sources()[source] for source in subject.sources if source in sources())


@cache
def sources() -> dict[str, Source]:
    """Return every document by its id."""
    return {
        row["id"]: Source(row["id"], row["document"], row["year"], row["kind"]) for row in read_table("sources.tsv")
    }
