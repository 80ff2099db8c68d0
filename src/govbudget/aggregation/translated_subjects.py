"""The subjects of a disclosure in another edition: which key each gets, and how well it fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import attrs

from govbudget.classification import Change, Exactness, Kind, Scheme, Standing, changes, edition_year, translate, tree
from govbudget.model import key_depth, key_parent

_SCHEMES = {
    "1": Scheme.REVENUE,
    "2": Scheme.FUNCTIONAL,
    "3": Scheme.DEPARTMENT_ECONOMIC,
    "5": Scheme.GOVERNMENT_ECONOMIC,
}


@attrs.frozen(kw_only=True)
class TranslatedSubject:
    """One subject of the old edition in the new one.

    Attributes:
        source: its key in the old edition.
        target: its key in the new one; where no single subject answers to it, a key of its own (``303~医疗费``).
        name: the name of the target in the new edition, empty where no single subject answers to it.
        exactness: how much of the money of the old subject is under the new one.
        standing: what stands behind the correspondence.
        candidates: codes of the new edition that hold parts of it.
        why: the reason, in words.
    """

    source: str
    target: str
    name: str
    exactness: Exactness
    standing: Standing
    candidates: tuple[str, ...] = ()
    why: str


def scheme_of(key: str) -> Scheme | None:
    """Return the list that a key belongs to, by its first digit; None for keys of unknown 类.

    >>> scheme_of("30101"), scheme_of("201~新设款"), scheme_of("~新设类")
    (<Scheme.DEPARTMENT_ECONOMIC: 'department_economic'>, <Scheme.FUNCTIONAL: 'functional'>, None)
    """
    return _SCHEMES.get(key[:1])


def translated(keys: Mapping[str, str], from_year: int, to_year: int) -> dict[str, TranslatedSubject]:
    """Translate every key of a disclosure.

    Two old subjects never get one key: where several become one, it is the key of the one that bore the code already,
    and the others stand below it with their own names.

    Args:
        keys: key to printed name.
        from_year: the year of the disclosure.
        to_year: the edition to go to.

    >>> found = translated({"303": "对个人和家庭的补助", "30311": "住房公积金"}, 2017, 2018)
    >>> found["30311"].target, found["30311"].exactness.value
    ('30113', 'moved')
    """
    found: dict[str, TranslatedSubject] = {}
    for key in sorted(keys, key=key_depth):
        found[key] = _one(key, keys[key], from_year, to_year, found)
    claimed = Counter(one.target for one in found.values())
    for key, one in found.items():
        if claimed[one.target] > 1 and one.target != key:
            found[key] = _apart(one, keys[key])
    return found


def _one(
    key: str, name: str, from_year: int, to_year: int, found: Mapping[str, TranslatedSubject]
) -> TranslatedSubject:
    scheme = scheme_of(key)
    head, tilde, tail = key.partition("~")
    if scheme is None or tilde:
        above = found[head].target if head in found else head
        target = f"{above}~{tail}" if tilde and "~" not in above else key
        why = "the name was not found in its own edition"
        return _unsure(key, target, Exactness.NONE, why)
    before = edition_year(scheme, from_year)
    old, new = tree(scheme, before), tree(scheme, to_year)
    if key not in old:
        why = f"the edition of {before} does not hold the code"
        target = _own_key(key, name, found) if key in new and to_year != before else key
        return _unsure(key, target, Exactness.NONE, why)
    there = translate(key, before, to_year, scheme=scheme)
    codes = tuple(subject.code for subject in there.targets)
    why = _why(there.exactness, there.steps) or _taken_in(scheme, key, before, to_year)
    if there.exactness.exact or codes == (key,):
        only = there.targets[0]
        return TranslatedSubject(
            source=key,
            target=only.code,
            name=only.name,
            exactness=there.exactness,
            standing=there.standing,
            candidates=() if there.exactness.exact else codes,
            why=why,
        )
    if len(codes) == 1:
        target = codes[0]
    elif codes:
        shared = new.common_ancestor(new[c].parent or c for c in codes)
        target = f"{shared.code if shared else ''}~{_safe(name)}"
    else:
        target = _own_key(key, name, found)
    return _unsure(key, target, there.exactness, why, codes, there.standing)


def _unsure(
    key: str,
    target: str,
    exactness: Exactness,
    why: str,
    candidates: tuple[str, ...] = (),
    standing: Standing = Standing.UNVERIFIED,
) -> TranslatedSubject:
    return TranslatedSubject(
        source=key, target=target, name="", exactness=exactness, standing=standing, candidates=candidates, why=why
    )


def _apart(one: TranslatedSubject, name: str) -> TranslatedSubject:
    """A subject whose new code another one has too: below it, under its own name."""
    exactness = one.exactness if not one.exactness.exact else Exactness.PARTIAL
    mark = "/" if "~" in one.target else "~"
    return attrs.evolve(
        one,
        target=f"{one.target}{mark}{_safe(name)}",
        name="",
        exactness=exactness,
        candidates=one.candidates or (one.target,),
        why=f"{one.why}; other subjects of the disclosure become {one.target} too",
    )


def _own_key(key: str, name: str, found: Mapping[str, TranslatedSubject]) -> str:
    """A key that no code of the new edition is: the name below what its parent became."""
    parent = key_parent(key)
    above = found[parent].target if parent in found else parent
    return f"{above}{'/' if '~' in above else '~'}{_safe(name)}"


def _safe(name: str) -> str:
    return name.replace("/", "／").replace("~", "～")


def _why(exactness: Exactness, steps: Iterable[Change]) -> str:
    said = "; ".join(_told(step) for step in steps)
    if exactness is Exactness.SAME:
        return said or "the same code and name in both editions"
    if exactness is Exactness.NONE:
        return said or "nothing says what it is in the other edition"
    return said


def _taken_in(scheme: Scheme, key: str, from_year: int, to_year: int) -> str:
    others = [code for code, targets in movers(scheme, from_year, to_year) if key in targets]
    return f"money of {', '.join(others) or 'other subjects'} is under it or no longer under it"


def _told(step: Change) -> str:
    ends = " → ".join(f"{code} {name}" for code, name in ((step.old, step.old_name), (step.new, step.new_name)) if code)
    return f"{step.year} {step.kind.value}: {ends}"


@cache
def movers(scheme: Scheme, from_year: int, to_year: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the old codes whose money is elsewhere in the new edition, with the new codes.

    >>> ("30311", ("30113",)) in movers(Scheme.DEPARTMENT_ECONOMIC, 2017, 2018)
    True
    """
    if from_year == to_year:
        return ()
    old = tree(scheme, from_year)
    moving = {Kind.MOVED, Kind.SPLIT, Kind.MERGED}
    known = changes(scheme, *sorted((from_year, to_year)))
    forward = from_year < to_year
    codes = {(c.old if forward else c.new) for c in known if c.kind in moving}
    found = []
    for code in sorted(c for c in codes if c is not None and c in old):
        targets = tuple(s.code for s in translate(code, from_year, to_year, scheme=scheme).targets)
        if targets and targets != (code,):
            found.append((code, targets))
    return tuple(found)
