"""What a caller may have meant by a code or a name that an edition does not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from govbudget.classification.scheme import Scheme
from govbudget.classification.subject import Subject
from govbudget.text import fold

_FIRST = {"1": Scheme.REVENUE, "2": Scheme.FUNCTIONAL, "3": Scheme.DEPARTMENT_ECONOMIC, "5": Scheme.GOVERNMENT_ECONOMIC}
_SHOWN = 8


def hint_for_code(scheme: Scheme, year: int, codes: Mapping[str, Subject], code: object) -> str:
    """Say what to try for a code that is not among ``codes``.

    >>> from govbudget.classification import tree
    >>> hint_for_code(Scheme.FUNCTIONAL, 2024, tree(Scheme.FUNCTIONAL, 2024).codes, "201-29-50")
    "codes are digits only: write '2012950', or give printed forms to lookup()"
    >>> hint_for_code(Scheme.FUNCTIONAL, 2024, {}, "30101")
    '3… is a code of Scheme.DEPARTMENT_ECONOMIC (部门预算支出经济分类科目)'
    """
    if not isinstance(code, str):
        return f"codes are text: write {str(code)!r}" if str(code) in codes else "codes are text, such as '20129'"
    digits = re.sub(r"\D", "", fold(code))
    if digits != code and digits in codes:
        return f"codes are digits only: write {digits!r}, or give printed forms to lookup()"
    if not digits or not (code.isascii() or code.isdecimal()):
        return "codes are digits only; for a name ask find(), for a printed path lookup()"
    owner = _FIRST.get(digits[0])
    if owner not in {None, scheme}:
        return f"{digits[0]}… is a code of {owner} ({owner.title})" if owner else ""
    for length in range(len(digits) - 1, 2, -1):
        above = codes.get(digits[:length])
        if above is not None:
            below = [c for c, s in codes.items() if s.parent == above.code]
            more = f" and {len(below) - _SHOWN} more" if len(below) > _SHOWN else ""
            return f"the nearest code above it is {above.label}" + (
                f", with {', '.join(below[:_SHOWN])}{more}" if below else ""
            )
    return f"the {scheme.title} of {year} at hand may lack rows; spells() tells in which years a code stands"


def close_names(names: Mapping[str, Sequence[Subject]], name: str) -> str:
    """Say which names look like ``name``, as a hint.

    >>> from govbudget.classification import tree
    >>> close_names(tree(Scheme.FUNCTIONAL, 2024).names, "群众团休事务")
    'did you mean 群众团体事务 (20129), 其他群众团体事务支出 (2012999)?'
    """
    text = fold(name)
    found = [other for other in names if len(text) > 1 and text in other][:3] or like_names(names, text)
    if not found:
        return "no name is like it; search() looks into parts of names, resolve_names() into other years too"
    shown = ", ".join(f"{other} ({_codes(names[other])})" for other in found)
    return f"did you mean {shown}?"


def like_names(names: Mapping[str, Sequence[Subject]], text: str) -> list[str]:
    """Return up to three folded names that share most of their characters, in order, with a folded text."""
    from difflib import SequenceMatcher

    found = []
    matcher = SequenceMatcher(b=text, autojunk=False)
    for name in names:
        if not set(name) & set(text):
            continue
        matcher.set_seq1(name)
        shared = sum(block.size for block in matcher.get_matching_blocks())
        if 10 * shared >= 3 * (len(name) + len(text)):
            found.append((-1000 * shared // (len(name) + len(text)), name))
    return [name for _, name in sorted(found)[:3]]


def _codes(subjects: Sequence[Subject]) -> str:
    shown = ", ".join(subject.code for subject in subjects[:3])
    return f"{shown}, …" if len(subjects) > 3 else shown
