"""Assertions about disclosures, with failures that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from govbudget.invariants import CATALOGUE, Rule, audit
from govbudget.model import Disclosure, Finding, Severity
from govbudget.place import Place
from govbudget.testing.places import without_places
from govbudget.testing.spoil.truth import where

_MOST = 12


def assert_consistent(
    disclosure: Disclosure,
    *,
    rules: Sequence[Rule] = CATALOGUE,
    allow: Sequence[str] = (),
    least: Severity = Severity.WARNING,
) -> None:
    """Fail where an audit finds something wrong.

    Args:
        disclosure: the disclosure.
        rules: the rules to run.
        allow: ids or groups of rules whose findings are known and let pass.
        least: the least severity that fails.

    Raises:
        AssertionError: something was found; it says what, where, and what the figures probably were.
    """
    __tracebackhide__ = True
    order = list(Severity)
    report = audit(disclosure, rules=rules)
    found = [
        f
        for f in report.findings
        if order.index(f.severity) <= order.index(least)
        and f.code not in allow
        and f.code.partition(".")[0] not in allow
    ]
    if found:
        name = f"{disclosure.organization.name} {disclosure.year}".strip()
        lines = [f"{name}: {len(found)} finding{'s' if len(found) > 1 else ''}"]
        for finding in found[:_MOST]:
            lines += _told(finding)
        if len(found) > _MOST:
            lines.append(f"  … and {len(found) - _MOST} more")
        raise AssertionError("\n".join(lines))


def _told(finding: Finding) -> Iterator[str]:
    data = dict(finding.data)
    yield f"  {finding.severity.value} {finding.code}: {data.get('subject', '')}".rstrip(": ")
    relation = data.get("relations") or data.get("relation") or data.get("printed")
    if relation:
        yield f"      {relation}" + (f"   (off by {data['difference']})" if data.get("difference") else "")
    if data.get("proposal"):
        yield f"      probably {data['proposal']}, printed {data.get('printed', '')}"
    if data.get("candidates"):
        yield f"      one of these may be wrong: {data['candidates']}"
    if finding.places:
        yield f"      at {', '.join(dict.fromkeys(_place(place) for place in finding.places[:4]))}"


def _place(place: Place) -> str:
    shown = where(place)
    return f"{place.document} {shown}" if place.document else shown


def assert_same(found: Disclosure, wanted: Disclosure) -> None:
    """Fail where two disclosures differ in anything but places; for what a converter gives back.

    Raises:
        AssertionError: they differ; it says in which field, line by line.
    """
    __tracebackhide__ = True
    different = list(_differences(without_places(found), without_places(wanted), ""))
    if different:
        lines = [f"the disclosure differs in {len(different)} place{'s' if len(different) > 1 else ''}"]
        lines += [
            f"  {path}\n      wanted {wanted_}\n      found  {found_}" for path, found_, wanted_ in different[:_MOST]
        ]
        if len(different) > _MOST:
            lines.append(f"  … and {len(different) - _MOST} more")
        raise AssertionError("\n".join(lines))


def _differences(found: Any, wanted: Any, path: str) -> Iterator[tuple[str, str, str]]:
    if found == wanted:
        return
    if type(found) is type(wanted) and attrs.has(type(found)):
        for field in attrs.fields(type(found)):
            name = f"{path}.{field.name}" if path else field.name
            yield from _differences(getattr(found, field.name), getattr(wanted, field.name), name)
    elif isinstance(found, tuple) and isinstance(wanted, tuple) and len(found) == len(wanted):
        for index, (one, other) in enumerate(zip(found, wanted, strict=True)):
            yield from _differences(one, other, f"{path}[{_name(other, index)}]")
    elif isinstance(found, tuple) and isinstance(wanted, tuple):
        yield path, f"{len(found)}: {_list(found)}", f"{len(wanted)}: {_list(wanted)}"
    else:
        yield path, _short(found), _short(wanted)


def _name(value: Any, index: int) -> str:
    """An item by what it is called, where it is called something."""
    for field in ("kind", "label", "id", "name"):
        found = getattr(value, field, None)
        if found:
            return f"{index} {getattr(found, 'value', found)}"
    return str(index)


def _list(values: tuple[Any, ...]) -> str:
    return _short(", ".join(_name(value, index) for index, value in enumerate(values)))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 160 else text[:157] + "…"
