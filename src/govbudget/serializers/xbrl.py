"""xBRL: every printed amount as a fact, every sum as an arc of a calculation linkbase (Calculations 1.1).

Each figure is a concept of its own, named by where it is printed (``t3_l0_r12_c2``: table 3, lane 0, line 12, column 2;
``n4_1``: the second amount of the fourth section), labelled in the words of the document. So what an audit compares
(sums within a table, one amount printed in two places) is a sum that any XBRL processor checks with the tolerance that
``decimals`` gives: the same that follows here from unit and digits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import attrs

from govbudget.invariants import audit
from govbudget.invariants.joint import joint
from govbudget.model import AmountClaim, Coordinate, Disclosure, cell, combine, place_of
from govbudget.money import Amount
from govbudget.money.digits import decimal_of
from govbudget.place import Place
from govbudget.serializers import xbrl_text as text
from govbudget.serializers.printed.blocks import clean

Spot = tuple[Place, Coordinate | None]


@attrs.frozen(kw_only=True)
class Fact:
    """A printed amount.

    Attributes:
        name: name of its concept.
        label: its words in the document.
        year: the year it is of.
        amount: what is printed.
    """

    name: str
    label: str
    year: int
    amount: Amount

    @property
    def decimals(self) -> int | None:
        """To how many decimals of 元 it is exact, ``None`` where it is exact to the 分."""
        step = self.amount.unit.fen // 10**self.amount.places if self.amount.places < 11 else 0
        return None if step <= 1 else 3 - len(str(step))

    @property
    def value(self) -> str:
        """Its value in 元."""
        return str(decimal_of(self.amount.fen, 2))


@attrs.frozen
class Sum:
    """A total and its parts, each with weight 1 or -1, by the names of their concepts."""

    total: str
    parts: tuple[tuple[str, int], ...]


def facts_by_spot(disclosure: Disclosure) -> dict[Spot, Fact]:
    """Return the facts in printed order, by what an audit knows a figure by."""
    found: dict[Spot, Fact] = {}
    for number, table in enumerate(disclosure.tables, 1):
        title = f"表{table.number} {table.title}" if table.number is not None else table.title
        for i, lane in enumerate(table.lanes):
            for j, line in enumerate(lane.lines):
                for k, column in enumerate(lane.columns):
                    amount = cell(table, line, k)
                    if isinstance(amount, Amount):
                        at = combine(lane.at, line.at, column.at)
                        label = " > ".join([title, line.label, *column.header])
                        name = f"t{number}_l{i}_r{j}_c{k}"
                        fact = Fact(name=name, label=label, year=at.year or disclosure.year, amount=amount)
                        found.setdefault((place_of(table, lane, line, k), at), fact)
    for number, section in enumerate(disclosure.narrative.sections, 1):
        for index, claim in enumerate(c for c in section.claims if isinstance(c, AmountClaim)):
            year = next((at.year for at in claim.of if at.year), disclosure.year)
            label = f"{section.heading} > {claim.text}"
            name = f"n{number}_{index}"
            found.setdefault((claim.place, None), Fact(name=name, label=label, year=year, amount=claim.amount))
    return found


def sums_between(disclosure: Disclosure, facts: Mapping[Spot, Fact]) -> list[Sum]:
    """Return the sums that an audit tests, as far as a calculation linkbase can say them.

    It cannot say that one figure is at most another, nor anything about figures of two years; a part that is blank
    has no fact and counts as nothing, as it does in an audit.
    """
    sums = joint(audit(disclosure, diagnosis=False).comparisons)
    by_index = [facts.get((o.place, o.at if o.place.table is not None else None)) for o in sums.operands]
    blank = sums.system.blanks
    found: list[Sum] = []
    for relation in sums.system.plan.relations:
        if relation.at_most or not relation.minus:
            continue
        total, *others = (*relation.minus, *relation.plus)
        weights = [-1] * (len(relation.minus) - 1) + [1] * len(relation.plus)
        named = [(by_index[i], w) for i, w in zip(others, weights, strict=True) if i not in blank]
        head = by_index[total]
        parts = [(fact, w) for fact, w in named if fact is not None]
        if head is None or not parts or len(parts) < len(named) or {f.year for f, _ in parts} != {head.year}:
            continue
        found.append(Sum(head.name, tuple((fact.name, w) for fact, w in parts)))
    return found


def in_roles(sums: Sequence[Sum]) -> list[list[Sum]]:
    """Return the sums by link role.

    In one role a total has one sum, for all arcs of a role are one sum, and no figure is part of itself: two figures
    that must be the same may each be the part of the other.
    """
    roles: list[dict[str, Sum]] = []
    for one in sums:
        role = next((role for role in roles if one.total not in role and not _leads_to(role, one)), None)
        if role is None:
            roles.append(role := {})
        role[one.total] = one
    return [list(role.values()) for role in roles]


def _leads_to(role: Mapping[str, Sum], one: Sum) -> bool:
    """Whether a total is a part of its parts."""
    waiting, seen = [part for part, _ in one.parts], set[str]()
    while waiting:
        name = waiting.pop()
        if name == one.total:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(part for part, _ in (role[name].parts if name in role else ()))
    return False


def xbrl_files(disclosure: Disclosure) -> dict[str, bytes]:
    """Return taxonomy schema, calculation and label linkbases, and the facts as xBRL-XML and as xBRL-JSON."""
    found = facts_by_spot(disclosure)
    facts = list(found.values())
    roles = in_roles(sums_between(disclosure, found))
    uris = [text.STANDARD if not number else text.ROLE.format(number) for number in range(len(roles))]
    return {
        text.SCHEMA: _lines(text.schema([fact.name for fact in facts], uris[1:])),
        text.CALCULATION: _lines(text.calculation([(u, _arcs(s)) for u, s in zip(uris, roles, strict=True)], uris[1:])),
        text.LABELS: _lines(text.labels([(fact.name, escape(clean(fact.label))) for fact in facts])),
        text.INSTANCE: _lines(_instance(disclosure, facts)),
        text.JSON: _json(disclosure, facts),
    }


def _arcs(sums: Iterable[Sum]) -> list[tuple[str, str, int]]:
    return [(one.total, part, weight) for one in sums for part, weight in one.parts]


def _instance(disclosure: Disclosure, facts: Sequence[Fact]) -> Iterator[str]:
    yield from text.INSTANCE_HEAD
    body = escape(_body(disclosure))
    for year in sorted({fact.year for fact in facts}):
        yield text.CONTEXT.format(year=year, scheme=text.ENTITY, body=body)
    for fact in facts:
        exact = "INF" if fact.decimals is None else str(fact.decimals)
        yield (
            f'<b:{fact.name} contextRef="y{fact.year}" unitRef="cny" decimals={quoteattr(exact)}>'
            f"{fact.value}</b:{fact.name}>"
        )
    yield "</xbrli:xbrl>"


def _json(disclosure: Disclosure, facts: Sequence[Fact]) -> bytes:
    made: dict[str, object] = {}
    for fact in facts:
        year = fact.year
        said: dict[str, object] = {"value": fact.value}
        if fact.decimals is not None:
            said["decimals"] = fact.decimals
        said["dimensions"] = {
            "concept": f"b:{fact.name}",
            "entity": f"o:{_body(disclosure)}",
            "period": f"{year}-01-01T00:00:00/{year + 1}-01-01T00:00:00",
            "unit": "iso4217:CNY",
        }
        made[f"f-{fact.name}"] = said
    document = {"documentInfo": text.JSON_INFO, "facts": made}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _body(disclosure: Disclosure) -> str:
    return "".join(clean(disclosure.organization.name).split()) or "unknown"


def _lines(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
