"""Words of headers, titles and labels that mean the same in the disclosures of any place, from ``vocabulary.toml``.

Where no layout knows a title or a column, its words still say what it is about: a column under 一般公共预算 > 基本支出
holds basic spending from the general budget, whichever city prints it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, reduce
from importlib import resources

import attrs

from govbudget.layouts.schema import Role
from govbudget.model import Coordinate, TableKind, combine
from govbudget.strict import strict_converter
from govbudget.text import fold, unnumbered

_AROUND = re.compile(r"^其中:?|\([^()]*\)$|[:*]+$")
_BEFORE_YEAR = re.compile(r"^.*\d{4}年度?")  # the name of a body may hold any words
_TAIL = re.compile(r"(?:预算数|决算数|预算|金额|数)$")


@attrs.frozen(kw_only=True)
class TitleSpec:
    """What the words of a title say.

    Attributes:
        kind: which table it is.
        holds: words that all stand in the title.
        lacks: words none of which stands in it.
        name: what to call it where no layout has it.
        axis: the axis that its lines run along, where its headers do not say.
        at: what all its figures are about.
    """

    kind: TableKind
    holds: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    name: str = ""
    axis: str = ""
    at: Coordinate = attrs.field(factory=Coordinate)


@attrs.frozen(kw_only=True)
class WordSpec:
    """Words that say the same of a column, or of the line they label.

    Attributes:
        names: the words; ``*`` at the start of one stands for any words before it.
        role: what a column holds that ends in one of them.
        at: what its figures are about; nothing for 合计 and the like.
    """

    names: tuple[str, ...]
    role: Role = Role.AMOUNT
    at: Coordinate = attrs.field(factory=Coordinate)


@attrs.frozen(kw_only=True)
class HeadingSpec:
    """What the words of a heading of the narrative say.

    Attributes:
        id: the section it heads, in the layouts that have it.
        holds: words that all stand in the heading.
        lacks: words none of which stands in it.
    """

    id: str
    holds: tuple[str, ...]
    lacks: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Vocabulary:
    """All of it.

    Attributes:
        seen: the forms whose words they are.
        titles: what titles say, the first that fits decides.
        headings: what headings of the narrative say, the first that fits decides.
        words: what headers and labels say.
    """

    seen: tuple[str, ...] = ()
    titles: tuple[TitleSpec, ...] = ()
    headings: tuple[HeadingSpec, ...] = ()
    words: tuple[WordSpec, ...] = ()


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the library.

    >>> vocabulary().titles[0].kind.value
    'fund_three_public'
    """
    text = (resources.files("govbudget.layouts") / "vocabulary.toml").read_text(encoding="utf-8")
    found: Vocabulary = strict_converter().structure(tomllib.loads(text), Vocabulary)
    return found


def _fits(spec: TitleSpec | HeadingSpec, folded: str) -> bool:
    return all(word in folded for word in spec.holds) and not any(word in folded for word in spec.lacks)


def title_spec(folded: str) -> TitleSpec | None:
    """Return what the words of a folded title say.

    >>> title_spec("2024年部门收支总体情况表").kind.value
    'summary'
    >>> title_spec("某表") is None
    True
    """
    for spec in vocabulary().titles:
        if _fits(spec, folded):
            return spec
    return None


@lru_cache(maxsize=4096)  # every layout that may be meant asks for the same lines
def heading_id(folded: str) -> str:
    """Return the section that a folded heading names by its words, "" for none.

    >>> heading_id("2023年一般公共预算财政拨款基本支出情况"), heading_id("名词解释")
    ('general_basic', '')
    """
    for spec in vocabulary().headings:
        if _fits(spec, folded):
            return spec.id
    return ""


@cache
def is_title_of(folded: str, alias: str, kind: TableKind) -> bool:
    """Tell whether a folded title ends with ``alias``, and no word before it makes another table of it.

    >>> is_title_of("2024年度部门支出决算表", "支出决算表", TableKind.EXPENDITURE)
    True
    >>> is_title_of('"三公"经费及会议费、培训费支出决算表', "支出决算表", TableKind.EXPENDITURE)
    False
    """
    if not folded.endswith(alias):
        return False
    whole, own = title_spec(_BEFORE_YEAR.sub("", folded)), title_spec(alias)
    return whole is None or own is None or whole.kind is kind or own.kind is not kind


@cache
def _by_word() -> Mapping[str, tuple[WordSpec, ...]]:
    found: dict[str, tuple[WordSpec, ...]] = {}
    for spec in vocabulary().words:
        for name in spec.names:
            found[fold(name)] = (*found.get(fold(name), ()), spec)
    return found


@cache
def word_specs(folded: str) -> tuple[WordSpec, ...]:
    """Return what a folded word of a header or a label may say; numbering, brackets and 其中 around it say nothing.

    >>> [spec.at.use.value for spec in word_specs("其中:基本支出(万元)")]
    ['basic']
    """
    known = _by_word()
    text = unnumbered(folded)
    bare = _AROUND.sub("", _AROUND.sub("", text))
    for form in (text, bare, _TAIL.sub("", bare)):
        if form in known:
            return known[form]
    return next((specs for name, specs in known.items() if name[0] == "*" and bare.endswith(name[1:])), ())


def path_role(path: Sequence[str]) -> Role | None:
    """Return what a column of this header path holds, ``None`` where a word of it is not known.

    >>> path_role(("项目", "功能分类科目编码", "类")).value, path_role(("支出预算", "基本支出")).value
    ('code', 'amount')
    """
    if not path:
        return None
    special = [spec.role for spec in word_specs(path[-1]) if spec.role is not Role.AMOUNT]
    if special:
        return special[0]
    roles = [{spec.role for spec in word_specs(word)} for word in path]
    return Role.AMOUNT if all(said == {Role.AMOUNT} for said in roles) else None


def path_at(path: Sequence[str]) -> Coordinate:
    """Return what the figures under a header path are about: what all its words say together."""
    return reduce(combine, (spec.at for word in path for spec in word_specs(word)), Coordinate())


def is_selection(path: Sequence[str]) -> bool:
    """Tell whether a header says 其中: what stands under it need not be all of the whole."""
    return any(word.startswith("其中") for word in path)
