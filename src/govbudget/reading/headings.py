"""What a line of a document is by its words: a heading, the title of a table, a line that stands above a grid.

Every line is asked by every layout that may be meant, so what does not depend on the layout is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import attrs

from govbudget.layouts import Layout, SectionSpec, TableSpec, heading_id, is_title_of, title_spec
from govbudget.reading.parts import Part, Run
from govbudget.text import fold

MAX_HEADING = 60
"""A heading or title is no longer than this."""
_NUMBERING = re.compile(r"(?:第?[一二三四五六七八九十]+[、章节部]分?|\([一二三四五六七八九十]+\))")
_REFERENCE = re.compile(r"\(?(?:详见|见)(?:附)?表[\d一二三四五六七八九十、,至到~-]*\)?$")
_NUMBERED = re.compile(
    r"^(?:附?表|(?:部门|单位)?公开表?)(\d{1,2}(?:-\d{1,2})?(?!\d|表$)|[二三四五六七八九十]{1,3}|十?一(?!般))表?[.:、]?"
)
TABLE_CODE = re.compile(r"^(?:公开|财决|(?:部门|单位)?预算(?:公开)?)附?(\d{1,2})(?:-\d{1,2})?表$")
_REMARK = re.compile(r"\([^()]*\)$")
_TITLE_WORDS = re.compile(r"(?!(?:具体|可)?详?见)[^,。;:!?…]{2,}表(?:\([^()]*\))?(?<!公开表)")
_FORM_OF_GOALS = re.compile(r"项目.*绩效目标(?:申报)?表$")
_STARTS_NEW = re.compile(
    r"^(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|其中:|注:|表\d|[-•·])"
)
ORGANIZATION = re.compile(r"(?:单位名称|编制单位|编制部门|部门名称|部门(?:[/(]单位\)?)?|单位[/(]部门\)?)[:]")
UNIT = re.compile(r"(?<!编制)(?<!预算)(?<!填报)(?<!公开)(?:金额)?单位:(?:人民币)?([\u4e00-\u9fff]{1,4})(?=$|[)])")
YEAR_LINE = re.compile(r"\(?(20\d\d)年度?\)?")
"""A line under a title that says the year and nothing else."""
_ON_MATTERS = re.compile(r"(?:情况|说明|事项)$")
_CHAPTER = re.compile(r"[一二三四五六七八九十]+、")
_ITEM = re.compile(r"\([一二三四五六七八九十]+\)")
_MAX_SECTION = MAX_HEADING + 30
_MAX_PLAIN, _LEAST_PLAIN = 40, 4
_STOPS = re.compile(r"[,。;:、!?\t]|\d(?!\d{0,3}年)")
"""What no heading holds that nothing marks as one: stops, and numbers other than years."""


@attrs.frozen(kw_only=True)
class Said:
    """What the words of a line say by themselves, whichever layout is asked.

    Attributes:
        text: its folded text.
        marked: whether the source marks it as a heading.
        name: the name that it may give to what follows, empty where it cannot be a heading that a layout knows.
        bare: the same without a remark in brackets.
        numbered: whether it bears the number of a chapter or of a section.
        chapter: whether it has the form of a chapter (一、…) that no layout needs to know.
        item: whether it has the form of a section ((一)…) that stands in prose.
        leads: whether it stands above a grid.
        perhaps: whether it may be a heading only because the source marks none.
        plain: whether it is none of these, so that only a layout with a title of these very words makes more of it.
    """

    text: str
    marked: bool
    name: str
    bare: str
    numbered: bool
    chapter: bool
    item: bool
    leads: bool
    perhaps: bool
    plain: bool

    @classmethod
    def of(cls, run: Run, *, unmarked: bool = False) -> Said:
        """Return what a line says; where the source marks no heading at all, any short line may be one."""
        text = run.folded.text
        short, numbered = len(text) <= _MAX_SECTION, is_numbered(text)
        perhaps = unmarked and not numbered and len(text) <= _MAX_PLAIN and not _STOPS.search(text)
        may_head = short and (run.heading or numbered or perhaps or text.endswith(":"))
        name, bare = _heading(text) if may_head else ("", "")
        heads = len(text) <= MAX_HEADING and not text.endswith(("。", ";", ",", "、")) and not numbered_title(text)
        said = "," in text or "。" in text or text.endswith(("(类)", "(款)"))  # sentences, and subjects of the section
        marked, above = bool(run.heading), leads(text)
        chapter, item = heads and bool(_CHAPTER.match(text)), heads and not said and bool(_ITEM.match(text))
        return cls(
            text=text,
            marked=marked,
            name=name,
            bare=bare,
            numbered=numbered,
            chapter=chapter,
            item=item,
            leads=above,
            perhaps=perhaps,
            plain=not (marked or name or numbered or chapter or item or above),
        )


@attrs.frozen
class Wording:
    """The headings and titles of a layout, folded, with what they stand for."""

    sections: Mapping[str, SectionSpec]
    titles: tuple[tuple[str, TableSpec], ...]
    section_ends: tuple[str, ...]
    title_ends: tuple[str, ...]
    whole_titles: frozenset[str]
    by_id: Mapping[str, SectionSpec]

    @classmethod
    def of(cls, layout: Layout) -> Wording:
        """Return the wording of a layout."""
        sections: dict[str, SectionSpec] = {}
        for spec in layout.sections:
            for heading in _folded(spec.headings):
                sections.setdefault(heading, spec)
        titles = tuple([(title, spec) for spec in layout.tables for title in _folded(spec.titles)])
        title_ends = tuple([title for title, _ in titles])
        by_id = {spec.id: spec for spec in layout.sections}
        return cls(sections, titles, tuple(sections), title_ends, frozenset(title_ends), by_id)

    def section(self, said: Said) -> SectionSpec | None:
        """Return the section that a line heads."""
        name, bare = said.name, said.bare
        if not name:
            return None
        if not name.endswith(self.section_ends) and (bare == name or not bare.endswith(self.section_ends)):
            return None
        if said.text.endswith("。") or not (said.marked or said.numbered):
            exact = self.sections.get(name)  # nothing may stand before the heading, but where nothing marks any
            if exact is not None or not said.perhaps:
                return exact
            long_enough = (name[start:] for start in range(1, len(name) - _LEAST_PLAIN + 1))
            return next((self.sections[end] for end in long_enough if end in self.sections), None)
        if bare == name:  # a line has fewer ends than a layout has headings
            ends = (name[start:] for start in range(len(name) + 1))
            longest = next(end for end in ends if end in self.sections)
        else:
            longest = max((end for end in self.sections if name.endswith(end) or bare.endswith(end)), key=len)
        return self._narrower(name, longest) or self.sections[longest]

    def _narrower(self, name: str, heading: str) -> SectionSpec | None:
        """What words before a heading make of it: 国有资本经营预算财政拨款 + 支出决算情况 is not all spending."""
        id = heading_id(name)
        if name == heading or heading_id(heading) in ("", id):
            return None
        return self.by_id.get(id)

    def named(self, lines: Iterable[Said | None]) -> frozenset[str]:
        """Return the sections that lines head in the words of the layout."""
        return frozenset(spec.id for said in lines if said is not None and (spec := self.section(said)))

    def by_words(self, said: Said, known: Collection[str]) -> SectionSpec | None:
        """Return the section that a line heads by its words, of those that no heading of the document names plainly."""
        if len(said.text) > MAX_HEADING or not _ON_MATTERS.search(said.bare or said.name):
            return None
        id = heading_id(said.text)
        return self.by_id.get(id) if id not in known else None

    def table(self, title: str) -> TableSpec | None:
        """Return the table that a title names."""
        if not title.endswith(self.title_ends):
            return None
        ends = [(known, spec) for known, spec in self.titles if title.endswith(known)]
        fitting = [(len(known), spec) for known, spec in ends if is_title_of(title, known, spec.kind)]
        return max(fitting, key=lambda pair: pair[0])[1] if fitting else None

    def stands_above_a_grid(self, said: Said) -> bool:
        """Tell whether a line may belong to the grid below it: its title, its number, its unit, who publishes it."""
        # A line that is the title of a table and nothing else needs no mark.
        return said.leads or said.text in self.whole_titles or bool(said.marked and self.table(said.text))

    def is_text(self, said: Said) -> bool:
        """Tell whether a line can be neither a heading nor above a grid."""
        return said.plain and said.text not in self.whole_titles


@lru_cache(maxsize=512)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, names))


def strip_numbering(folded: str) -> str:
    """Return a heading without its number and without its reference to tables.

    >>> strip_numbering("(五)一般公共预算当年拨款情况说明(详见表5)")
    '一般公共预算当年拨款情况说明'
    """
    numbering = _NUMBERING.match(folded)
    return _REFERENCE.sub("", folded[numbering.end() :] if numbering else folded)


@lru_cache(maxsize=4096)
def _heading(text: str) -> tuple[str, str]:
    """The name that a line gives to what follows, with and without a remark in brackets; empty for a sentence."""
    if "。" in text.removesuffix("。"):
        return "", ""
    name = strip_numbering(text.removesuffix("。")).removesuffix(":")
    return name, _REMARK.sub("", name)


def is_heading(said: Said, parts: Sequence[Part]) -> bool:
    """Tell a heading that the layout does not know from a numbered sentence."""
    if not (said.chapter or said.item):
        return False
    above = parts[-1].heading if parts else None
    if above is not None and (above.heading or not is_numbered(above.folded.text)) and not said.marked:
        return False  # where the source marks headings, a numbered line without the mark is no section
    return said.chapter or (bool(parts) and parts[-1].spec is not None and parts[-1].spec.prose)


def is_numbered(text: str) -> bool:
    """Tell whether a line bears the number of a chapter or of a section."""
    return bool(_NUMBERING.match(text))


def numbered_title(text: str) -> re.Match[str] | None:
    """Return the number of a table (表3, 公开05表, 附表二) that a line begins with."""
    return _NUMBERED.match(text)


def starts_new(text: str) -> bool:
    """Tell whether a line starts something of its own: an item, a note, a table."""
    return bool(_STARTS_NEW.match(text))


def is_title(text: str) -> bool:
    """Tell whether a line reads like the title of a table, whichever layout it is of: no item, no sentence."""
    return len(text) <= MAX_HEADING and _reads_like_a_title(text)


@lru_cache(maxsize=4096)
def _reads_like_a_title(text: str) -> bool:
    if not _TITLE_WORDS.fullmatch(text) or starts_new(text):
        return False
    return title_spec(text) is not None or bool(_FORM_OF_GOALS.search(text))


def leads(text: str) -> bool:
    """Tell whether a line stands above a grid, whichever layout it is of."""
    return _leads(text) if len(text) <= _MAX_SECTION else _speaks_of_a_grid(text)


def _speaks_of_a_grid(text: str) -> bool:
    if _NUMBERED.match(text) or TABLE_CODE.match(text) or ORGANIZATION.match(text):
        return True
    return "单位:" in text and UNIT.search(text) is not None


@lru_cache(maxsize=4096)
def _leads(text: str) -> bool:
    return _speaks_of_a_grid(text) or is_title(text)
