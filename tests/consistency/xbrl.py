"""Sums as an XBRL instance with a calculation linkbase (XBRL Calculations 1.1), for Arelle to judge.

Every figure is an element of its own. A figure that several sums add up to has each of them in a link role of its own,
for the arcs of one role are one sum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

_ROLE = "http://www.xbrl.org/2003/role/link"
_MORE = "http://example.com/role/{0}"

_SCHEMA = """<?xml version="1.0"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 targetNamespace="http://example.com/t" elementFormDefault="qualified">
<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="t-calc.xml"
 xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"
 xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"/>
{roles}
</appinfo></annotation>
<import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
{elements}
</schema>"""
_ROLE_TYPE = '<link:roleType id="r{1}" roleURI="{0}"><link:usedOn>link:calculationLink</link:usedOn></link:roleType>'
_LINKBASE = """<?xml version="1.0"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
{roles}
<link:arcroleRef arcroleURI="https://xbrl.org/2023/arcrole/summation-item" xlink:type="simple"
 xlink:href="http://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>
{links}
</link:linkbase>"""
_ROLE_REF = '<link:roleRef roleURI="{0}" xlink:type="simple" xlink:href="t.xsd#r{1}"/>'
_LINK = """<link:calculationLink xlink:type="extended" xlink:role="{role}">
{arcs}
</link:calculationLink>"""
_INSTANCE = """<?xml version="1.0"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:t="http://example.com/t">
<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://example.com">e</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:CNY</xbrli:measure></xbrli:unit>
{facts}
</xbrli:xbrl>"""
_ELEMENT = (
    '<element name="{0}" id="t_{0}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"'
    ' xbrli:periodType="instant" nillable="true"/>'
)
_LOC = '<link:loc xlink:type="locator" xlink:href="t.xsd#t_{0}" xlink:label="{0}"/>'
_ARC = (
    '<link:calculationArc xlink:type="arc" xlink:arcrole="https://xbrl.org/2023/arcrole/summation-item"'
    ' xlink:from="{0}" xlink:to="{1}" order="{2}" weight="{3}"/>'
)

Sum = tuple[str, Sequence[tuple[str, int]]]
"""The total, and its parts each with a sign."""


def write_instance(folder: Path, facts: Mapping[str, int], sums: Sequence[Sum], *, decimals: int) -> Path:
    """Write schema, linkbase and instance into a folder.

    Args:
        folder: where to.
        facts: the figures by the names of their elements.
        sums: the sums; the same total may occur several times.
        decimals: how far the figures are exact, as XBRL says it: -2 is to the hundred.
    """
    by_role: list[list[Sum]] = []
    seen: dict[str, int] = {}
    for one in sums:
        role = seen.get(one[0], 0)
        seen[one[0]] = role + 1
        if role == len(by_role):
            by_role.append([])
        by_role[role].append(one)
    uris = [_MORE.format(number) if number else _ROLE for number in range(len(by_role))]
    own = [(uri, number) for number, uri in enumerate(uris) if number]
    links = [_LINK.format(role=uri, arcs="\n".join(_arcs(group))) for uri, group in zip(uris, by_role, strict=True)]
    schema = _SCHEMA.format(
        roles="\n".join(_ROLE_TYPE.format(*pair) for pair in own), elements="\n".join(map(_ELEMENT.format, facts))
    )
    linkbase = _LINKBASE.format(roles="\n".join(_ROLE_REF.format(*pair) for pair in own), links="\n".join(links))
    figures = (
        f'<t:{name} contextRef="c" unitRef="u" decimals="{decimals}">{value}</t:{name}>'
        for name, value in facts.items()
    )
    (folder / "t.xsd").write_text(schema, encoding="utf-8")
    (folder / "t-calc.xml").write_text(linkbase, encoding="utf-8")
    instance = folder / "t.xml"
    instance.write_text(_INSTANCE.format(facts="\n".join(figures)), encoding="utf-8")
    return instance


def _arcs(sums: Sequence[Sum]) -> list[str]:
    names = dict.fromkeys(name for total, parts in sums for name in (total, *(part for part, _ in parts)))
    arcs = [_LOC.format(name) for name in names]
    for total, parts in sums:
        arcs += [_ARC.format(total, part, order, sign) for order, (part, sign) in enumerate(parts)]
    return arcs


def objections(log: str, total: str) -> list[re.Match[str]]:
    """What Arelle says about sums that do not hold; anything else that it objects to is a mistake of ours.

    Args:
        log: the log, a message a line.
        total: a pattern for the name of a total.
    """
    other = re.findall(r"^\[(?:xmlSchema|xbrl\.|IOerror|FileNotLoadable|exception).*", log, re.MULTILINE)
    assert not other, other[:3]
    return list(re.finditer(rf"inconsistent from {total} (?:in link role (?P<role>\S+))?", log))
