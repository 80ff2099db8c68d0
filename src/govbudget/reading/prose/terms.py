"""What the words of a sentence speak of: terms of the layout, subjects by path, subjects by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import attrs

from govbudget.classification import Scheme, Tree, edition_year, tree
from govbudget.classification.former import elsewhere
from govbudget.classification.wording import same_name
from govbudget.layouts import SectionSpec
from govbudget.model import Coordinate, SubjectHead, Table, combine, key_parent
from govbudget.reading.codes import joined_code
from govbudget.text import fold

_STEP = re.compile(r"(.+?)\((?:\d+)?(类|款|项)\)-?")
_DEPTHS = {"类": 0, "款": 3, "项": 5}
_CODED = re.compile(r"\((\d{1,3})(?:类|款|项)\)")
_PATH = re.compile(r"(?:.+?\((?:\d+)?(?:类|款|项)\)-?)+")
_DASHED = re.compile(r"[^-—]{2,40}(?:[-—]{1,2}[^-—]{2,40}){1,2}")
_QUOTES = re.compile("[\"']")
_TAILS = (
    "科目",
    "共计",
    "合计",
    "总计",
    "预算数",
    "年初预算",
    "决算数",
    "决算总额",
    "决算",
    "情况",
    "预算安排",
    "预算",
    "支出",
    "数",
    "中",
    "为",
    "是",
    "约",
    "均",
    "共",
    "计",
    "中",
)
_TAILS_BY_END = {end: tuple(tail for tail in _TAILS if tail[-1] == end) for end in {tail[-1] for tail in _TAILS}}
_MAX_NAME = 100
_MAX_CLASS = 16  # characters of the name of a 类
_NOTHING = Coordinate()
_FILLER = (
    r"其中|另外|同时|以及|包括|收入包括|支出包括|主要包括|本年度?|当年|年初|全年|本单位|本部门|我单位|我部门|"
    r"\((?:部门|单位|本级)\)|下属|(?:\d{1,4}|[一二两三四五六七八九十]{1,3})(?:家|个)(?:机关|行政(?:单位|机构|执法机构)|"
    r"(?:参公(?:管理)?的?)?事业单位|预算单位)|和|"
    r"单位|部门|安排|涉及|共|的|为|:|,|\d{4}年度?|各单位|\d{1,2}[.、]|\(\d{1,2}\)|[一二三四五六七八九十]是"
)
_PLACE = re.compile(r"[^\W\d年的和]{2,4}(?:省|自治区|市)$")  # before a body that calls itself without it


@attrs.frozen(kw_only=True)
class Lexicon:
    """Everything a document's sentences may name.

    Attributes:
        base: year and stage of the document.
        bodies: folded names of the body that publishes.
        subjects: (parent key, folded name) to key, from the printed tables.
        names: folded name to key, for the names that stand once in the printed tables.
        editions: the classification for names that no table prints, by axis.
        known: folded name to key of those of the functional classification, for the 类 whose name it has once; where
            the document has no table, for all its subjects.
        filler: what may stand before a name: words that name nothing, the bodies, and short forms of their names.
    """

    base: Coordinate
    bodies: tuple[str, ...]
    subjects: Mapping[tuple[str, str, str], str]
    names: Mapping[tuple[str, str], str]
    editions: Mapping[str, Tree]
    known: Mapping[str, str]
    filler: re.Pattern[str]


def lexicon(base: Coordinate, year: int, bodies: Sequence[str], tables: Sequence[Table]) -> Lexicon:
    """Gather the names a document may use from its own tables and the edition of its year."""
    subjects: dict[tuple[str, str, str], str] = {}
    found: dict[tuple[str, str], set[str]] = {}
    for table in tables:
        for lane in table.lanes:
            for line in lane.lines:
                if isinstance(line.head, SubjectHead):
                    name = _usual(fold(line.label))
                    subjects[lane.axis, key_parent(line.head.key), name] = line.head.key
                    found.setdefault((lane.axis, name), set()).add(line.head.key)
    dated = year or date.max.year  # a document that does not say its year is rather of these years than of the first
    known = tuple(sorted({fold(b) for b in bodies if b}, key=len, reverse=True))
    return Lexicon(
        base=base,
        bodies=known,
        filler=_fillers(known),
        subjects=subjects,
        names={at: next(iter(keys)) for at, keys in found.items() if len(keys) == 1},
        editions={
            "functional": tree(Scheme.FUNCTIONAL, edition_year(Scheme.FUNCTIONAL, dated)),
            "economic": tree(Scheme.DEPARTMENT_ECONOMIC, edition_year(Scheme.DEPARTMENT_ECONOMIC, dated)),
        },
        known=_known(edition_year(Scheme.FUNCTIONAL, dated), 1 if subjects else 3),
    )


@lru_cache(maxsize=64)
def _known(year: int, depth: int) -> Mapping[str, str]:
    """The names that stand once in an edition of the functional classification, down to a level, with their codes."""
    names = tree(Scheme.FUNCTIONAL, year).names
    codes = {name: {s.code for s in named if s.level <= depth} for name, named in names.items()}
    return MappingProxyType({name: own.pop() for name, own in codes.items() if len(own) == 1})


def _fillers(bodies: Sequence[str]) -> re.Pattern[str]:
    """Fillers and short names of bodies: a short name keeps the order of the characters (省检察院 is 江苏省人民检察院).

    In a list, names may leave their common ending to the last one: 南京、徐州铁路检察院.
    """
    forms = [_FILLER]
    for body in dict.fromkeys(b for b in bodies if len(b) >= 4):
        start = "".join(f"{re.escape(char)}?" for char in body[:-2])
        forms += [rf"(?=.{{3}}){start}{re.escape(body[-2:])}(?:机关|本级)*[及和、]?", rf"{re.escape(body[:2])}[及和、]"]
    return re.compile(f"(?>{'|'.join(forms)})*+")  # no way back: names that share their ending would try every split


def find_subject(
    words: str, section: SectionSpec, lexicon: Lexicon, above: str = ""
) -> tuple[tuple[Coordinate, ...], str] | None:
    """Return what ``words`` (folded) speak of, and the part of them that names it.

    The name must end the words, but for 预算, 支出, 为 and the like, and only fillers may stand before it: a longer
    name that merely ends in a known one is not that one.

    Args:
        words: the words.
        section: whose terms they may be.
        lexicon: what else they may name.
        above: key of the subject that the lines before were about: a path may leave out what is above it.
    """
    quoted = '"' in words or "'" in words
    for said in dict.fromkeys((words.strip("\"'"), words, _QUOTES.sub("", words))) if quoted else (words,):
        found = _find(said, section, lexicon, above)
        if found is not None:
            return found
    return None


def is_nothing(words: str, lexicon: Lexicon) -> bool:
    """Tell whether words name nothing by themselves: 2018年预算支出合计."""
    return is_filler(_trimmed("#" + words, lexicon)[-1][1:], lexicon)


def _find(words: str, section: SectionSpec, lexicon: Lexicon, above: str) -> tuple[tuple[Coordinate, ...], str] | None:
    ends, terms = _terms(tuple([term.names for term in section.terms]))
    by_subject = section.subjects != _NOTHING
    for text in _trimmed(words, lexicon):
        said = [name for name in ends if text.endswith(name)] if text.endswith(ends) else []
        fitting = [name for name in said if is_filler(text[: -len(name)], lexicon)]
        if fitting:
            name = max(fitting, key=len)
            return tuple(combine(lexicon.base, of) for of in section.terms[terms[name]].of), name
        if by_subject and (key := _subject_key(text, lexicon, above)) is not None:
            return (combine(lexicon.base, section.subjects, Coordinate(functional=key[0])),), key[1]
    return None


@lru_cache(maxsize=512)
def _terms(names: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """Every folded name, and which term bears it; the last one, where several do."""
    found = {fold(name): index for index, term in enumerate(names) for name in term}
    return tuple(found), MappingProxyType(found)


def find_name(name: str, axis: str, lexicon: Lexicon) -> str | None:
    """Return the key of a folded name on ``axis``: as the tables print it, else where the edition has it once."""
    name = _usual(name)
    if (axis, name) in lexicon.names:
        return lexicon.names[axis, name]
    printed = {other: key for (on, other), key in lexicon.names.items() if on == axis}
    if (alike := same_name(name, printed)) is not None:
        return printed[alike]
    known = lexicon.editions[axis].named(name) if axis in lexicon.editions else ()
    codes = {subject.code for subject in known}
    return codes.pop() if len(codes) == 1 else None


def _subject_key(text: str, lexicon: Lexicon, above: str) -> tuple[str, str] | None:
    if is_path(text):
        steps = _STEP.findall(text)
        names = [name for name, _ in steps]
        key = above[: _DEPTHS[steps[0][1]]]
        if len(key) < _DEPTHS[steps[0][1]]:
            return (lexicon.names["functional", names[0]], text) if ("functional", names[0]) in lexicon.names else None
        found = _down(key, names, lexicon)
        return (found, text) if found else _by_code(text) or _by_end(names, text, lexicon)
    if _DASHED.fullmatch(text) and (found := _down("", re.split("[-—]+", text), lexicon)):
        return found, text  # 一般公共服务支出-财政事务-行政运行
    printed, known, unusual, spaced = lexicon.names, lexicon.known, "其它" in text, " " in text
    for start in range(len(text)):
        if len(text) - start > _MAX_NAME and not is_filler(text[:start], lexicon):
            continue  # what is short is sooner looked up
        name = _usual(text[start:]) if unusual else text[start:]
        found = printed.get(("functional", name)) or known.get(name)
        if found is None and spaced:
            found = known.get(fold(name))
        if found and is_filler(text[:start], lexicon):
            return found, name
    return _by_other_years(text, lexicon)


def _by_other_years(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A 类 that the tables print, by its name in another year or without 支出: 文化体育与传媒支出, 一般公共服务."""
    name = text.lstrip(".、")
    if not 2 <= len(name) <= _MAX_CLASS or not lexicon.subjects:
        return None
    for said in (name, f"{name}支出"):
        codes = [code for code in elsewhere(Scheme.FUNCTIONAL, said) if len(code) == 3]
        if len(codes) == 1 and codes[0] in lexicon.subjects.values():
            return codes[0], name
    return None


def is_path(text: str) -> bool:
    """Tell whether words are written as a path: 教育支出(类)普通教育(款)小学教育(项)."""
    return text.endswith((")", ")-")) and _PATH.fullmatch(text) is not None


def _down(key: str, names: Sequence[str], lexicon: Lexicon) -> str | None:
    """Follow names down from a subject; ``None`` where one of them is not below the one before."""
    for depth, name in enumerate(names):
        candidates = [name] if depth else [name[i:] for i in range(len(name)) if is_filler(name[:i], lexicon)]
        step = next((k for c in candidates if (k := _below(key, c, lexicon)) is not None), None)
        if step is None:
            return None
        key = step
    return key


def _by_code(text: str) -> tuple[str, str] | None:
    """A path whose names are not those of the tables, by the codes printed in it: （210类）…（11款）…（01项）."""
    code = joined_code(_CODED.findall(text))
    return (code, text) if code is not None else None


def _by_end(names: Sequence[str], text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A path with one wrong name above its last, by the two others where the tables print them once.

    The 类 may bear the name of another year; the 款 is often the 类 written twice: 住房保障支出(款)住房公积金(项).
    """
    if len(names) < 3:
        return None
    top, middle, last = (_usual(name) for name in names[-3:])
    printed = [(over, name, key) for (axis, over, name), key in lexicon.subjects.items() if axis == "functional"]
    ends = [(over, key) for over, name, key in printed if name == last]
    for wanted in (middle, top):
        above = {key for _, name, key in printed if name == wanted}
        if wanted == top:  # a 款 that there is stands for itself, printed in the tables or not
            above = {key for key in above if _below(key, middle, lexicon) is None}
        keys = {key for over, key in ends if over in above or key_parent(over) in above}
        if keys:
            return (keys.pop(), text) if len(keys) == 1 else None
    return None


def axis_of_parts(name: str, section: SectionSpec) -> str:
    """Return the axis along which the parts of a term are listed behind 其中, empty where they are terms themselves."""
    return next((term.parts for term in section.terms if any(name.endswith(fold(n)) for n in term.names)), "")


def is_within(name: str, section: SectionSpec) -> bool:
    """Tell whether a term names the part of the subject that 其中 stands behind."""
    return any(term.within for term in section.terms if name in {fold(n) for n in term.names})


def _usual(name: str) -> str:
    """其它 is 其他: the classification writes the one, documents the other."""
    return name.replace("其它", "其他")


def _below(parent: str, name: str, lexicon: Lexicon) -> str | None:
    name = _usual(name)
    printed = lexicon.subjects.get(("functional", parent, name))
    if printed is not None:
        return printed
    below = {other: key for (on, over, other), key in lexicon.subjects.items() if (on, over) == ("functional", parent)}
    if (alike := same_name(name, below)) is not None:
        return below[alike]
    codes = {s.code for s in lexicon.editions["functional"].named(name) if (s.parent or "") == parent}
    if not codes and parent:  # by the name it had in another year, where the tables print it
        codes = {code for code in elsewhere(Scheme.FUNCTIONAL, name) if key_parent(code) == parent}
        codes &= set(below.values())
    return codes.pop() if len(codes) == 1 else None


def _trimmed(words: str, lexicon: Lexicon) -> list[str]:
    """The words, and the words without one after another of the endings that name nothing; so is the year at hand."""
    out = [words]
    while True:
        words = out[-1]
        tails = _TAILS_BY_END.get(words[-1:], ())
        if words[-1:] in {"年", "度"}:
            tails = (f"{lexicon.base.year}年", f"{lexicon.base.year}年度")
        for tail in tails:
            if words.endswith(tail) and words != tail:
                out.append(words.removesuffix(tail))
                break
        else:
            return out


def is_filler(text: str, lexicon: Lexicon) -> bool:
    """Tell whether words name nothing but the body itself, a year, or what comes next."""
    if not text:
        return True
    for body in lexicon.bodies:
        if body in text:
            *before, after = text.split(body)
            text = "".join(_PLACE.sub("", part) for part in before) + after
    return lexicon.filler.fullmatch(text) is not None
