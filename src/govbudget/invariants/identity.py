"""Names for findings that stay: made of what is wrong, and of nothing that moves when something else changes.

An id is a hash of who publishes, of which year and stage, which table or section, what the finding is about and what is
printed there. Rows, columns, lines and pages are left out, so a line added elsewhere changes no id; so are the order of
rules and of findings, the language, and the name of the file. A slip that the sums name is known by what is printed,
whichever rules it breaks; so no rule that is added, left out or put elsewhere changes the id of a finding still made.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from govbudget.model import Disclosure, Finding
from govbudget.place import Place
from govbudget.text import fold

_SAYS = ("subject", "printed", "relation", "scope")
_SLIP = ("printed", "scope", "cells")


def finding_ids(findings: Iterable[Finding], disclosure: Disclosure | None) -> tuple[str, ...]:
    r"""Return the ids of findings in their order, of a disclosure or, with ``None``, across several.

    Two findings that say the same of one table are told apart by their order on the page.

    >>> from govbudget.invariants import audit, sketch
    >>> text = "[6 general_basic]\n科目 | 合计\n302 商品和服务支出 | 5.00\n30201 办公费 | 3.00\n30202 印刷费 | 4.00"
    >>> one = audit(sketch(text))
    >>> other = audit(sketch("// moved\n\n" + text))
    >>> finding_ids(one.findings, one.disclosure) == finding_ids(other.findings, other.disclosure)
    True
    """
    given = list(findings)
    names = [_name(finding, disclosure) for finding in given]
    seen: Counter[str] = Counter()
    found = [""] * len(given)
    for number in sorted(range(len(given)), key=lambda n: [order(place) for place in given[n].places]):
        name = names[number]
        seen[name] += 1
        text = name if seen[name] == 1 else f"{name}\n{seen[name]}"
        found[number] = hashlib.sha256(text.encode()).hexdigest()[:12]
    return tuple(found)


def order(place: Place) -> tuple[object, ...]:
    """Return what places are ordered by, as they follow each other in a document."""
    numbers = (place.page, place.table, place.row, place.column, place.line)
    return (
        place.document,
        *(-1 if number is None else number for number in numbers),
        place.section or "",
        *(place.span or ()),
    )


def _bare(text: str) -> str:
    """A text as it is compared: the same number with and without its unit is one."""
    return re.sub(r"(?<=\d)(?:亿|万|千)?元|(?<=\d),(?=\d)", "", fold(text))


def _who(disclosure: Disclosure | None) -> list[str]:
    if disclosure is None:
        return []
    own = disclosure
    return [fold(own.organization.name), str(own.year), own.stage.value, own.scope.value]


def _name(finding: Finding, disclosure: Disclosure | None) -> str:
    data = dict(finding.data)
    first = finding.places[0] if finding.places else None
    if "suspect" in data:  # its subject says table or section; one slip may stand in several
        subjects = sorted(_bare(text) for text in data.get("subject", "").split("、"))
        return "\n".join([*_who(disclosure), "suspect", *subjects, *(_bare(data.get(k, "")) for k in _SLIP)])
    parts = [*_who(disclosure), finding.code]
    parts += [
        f"{first.table or ''}" if first else "",
        fold(first.section or "") if first else "",
        *(_bare(data.get(key, "")) for key in _SAYS),
    ]
    if not any(data.get(key) for key in _SAYS):
        parts += [f"{key}={value}" for key, value in finding.data]
    return "\n".join(parts)
