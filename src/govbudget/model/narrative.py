"""The narrative of a disclosure: sections with the claims read from them; glossary and functions as text."""

from __future__ import annotations

import attrs

from govbudget.model.claims import Claim
from govbudget.place import Place


@attrs.frozen(kw_only=True)
class Passage:
    """A paragraph as printed, page breaks inside it mended.

    Attributes:
        text: the text.
        place: where it stands.
    """

    text: str
    place: Place


@attrs.frozen(kw_only=True)
class Section:
    """A section of the narrative.

    Attributes:
        id: which section it is in the layout ("revenue", "three_public"), empty where the layout has no such heading.
        heading: the heading as printed.
        passages: its paragraphs.
        claims: what they claim, in the order of the text.
        place: where the heading stands.
    """

    id: str
    heading: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...] = ()
    place: Place = attrs.field(factory=Place)


@attrs.frozen(kw_only=True)
class Term:
    """An entry of the glossary (名词解释)."""

    name: str
    definition: str
    place: Place


@attrs.frozen(kw_only=True)
class Narrative:
    """Everything a disclosure says in sentences.

    Attributes:
        cover: lines of the cover and the table of contents.
        functions: duties and make-up of the body (主要职能, 机构设置), as text.
        sections: the sections that explain the budget.
        glossary: the terms it explains.
    """

    cover: tuple[Passage, ...] = ()
    functions: tuple[Passage, ...] = ()
    sections: tuple[Section, ...] = ()
    glossary: tuple[Term, ...] = ()
