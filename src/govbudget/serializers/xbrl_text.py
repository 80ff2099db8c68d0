"""The fixed text of XBRL: namespaces, schema, linkbases; element names and label texts come in escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SCHEMA, CALCULATION, LABELS = "budget.xsd", "budget-calculation.xml", "budget-label.xml"
INSTANCE, JSON = "budget.xbrl", "budget.json"

STANDARD = "http://www.xbrl.org/2003/role/link"
ROLE = "urn:govbudget:role:sums-{0}"
"""Totals that are several sums have a role for each from the second on."""

FIGURES, ENTITY = "urn:govbudget:figures", "urn:govbudget:organization"

_SUMMATION = "https://xbrl.org/2023/arcrole/summation-item"
_LABEL_ROLE = "http://www.xbrl.org/2003/role/label"
_CONCEPT_LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
_LINKBASE = '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

INSTANCE_HEAD = (
    _HEAD,
    '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"',
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"',
    f' xmlns:b="{FIGURES}">',
    f'<link:schemaRef xlink:type="simple" xlink:href="{SCHEMA}"/>',
    '<xbrli:unit id="cny"><xbrli:measure>iso4217:CNY</xbrli:measure></xbrli:unit>',
)

CONTEXT = (
    '<xbrli:context id="y{year}"><xbrli:entity><xbrli:identifier scheme="{scheme}">{body}</xbrli:identifier>'
    "</xbrli:entity><xbrli:period><xbrli:startDate>{year}-01-01</xbrli:startDate>"
    "<xbrli:endDate>{year}-12-31</xbrli:endDate></xbrli:period></xbrli:context>"
)

JSON_INFO = {
    "documentType": "https://xbrl.org/2021/xbrl-json",
    "namespaces": {
        "b": FIGURES,
        "iso4217": "http://www.xbrl.org/2003/iso4217",
        "o": ENTITY,
        "xbrl": "https://xbrl.org/2021",
    },
    "taxonomy": [SCHEMA],
}


def schema(names: Sequence[str], roles: Sequence[str]) -> Iterator[str]:
    """Yield the taxonomy schema: an element for each figure, and the roles of sums."""
    yield _HEAD
    yield (
        '<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
        ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' targetNamespace="{FIGURES}" elementFormDefault="qualified">'
    )
    yield "<annotation><appinfo>"
    for kind, href in (("calculation", CALCULATION), ("label", LABELS)):
        yield (
            f'<link:linkbaseRef xlink:type="simple" xlink:href="{href}"'
            ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"'
            f' xlink:role="http://www.xbrl.org/2003/role/{kind}LinkbaseRef"/>'
        )
    for number, uri in enumerate(roles, 1):
        used = "<link:usedOn>link:calculationLink</link:usedOn>"
        yield f'<link:roleType id="r{number}" roleURI="{uri}">{used}</link:roleType>'
    yield "</appinfo></annotation>"
    yield (
        '<import namespace="http://www.xbrl.org/2003/instance"'
        ' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
    )
    for name in names:
        yield (
            f'<element name="{name}" id="b_{name}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"'
            ' xbrli:periodType="duration" nillable="true"/>'
        )
    yield "</schema>"


def calculation(links: Sequence[tuple[str, Sequence[tuple[str, str, int]]]], roles: Sequence[str]) -> Iterator[str]:
    """Yield the calculation linkbase: for each role its arcs from totals to parts, with their weights."""
    yield _HEAD
    yield _LINKBASE
    for number, uri in enumerate(roles, 1):
        yield f'<link:roleRef roleURI="{uri}" xlink:type="simple" xlink:href="{SCHEMA}#r{number}"/>'
    yield (
        f'<link:arcroleRef arcroleURI="{_SUMMATION}" xlink:type="simple"'
        ' xlink:href="http://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>'
    )
    for uri, arcs in links:
        yield f'<link:calculationLink xlink:type="extended" xlink:role="{uri}">'
        yield from (_locator(name) for name in dict.fromkeys(name for arc in arcs for name in arc[:2]))
        for order, (total, part, weight) in enumerate(arcs, 1):
            yield (
                f'<link:calculationArc xlink:type="arc" xlink:arcrole="{_SUMMATION}"'
                f' xlink:from="{total}" xlink:to="{part}" order="{order}" weight="{weight}"/>'
            )
        yield "</link:calculationLink>"
    yield "</link:linkbase>"


def labels(said: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the label linkbase: the words of each figure in Chinese."""
    yield _HEAD
    yield _LINKBASE
    if said:
        yield f'<link:labelLink xlink:type="extended" xlink:role="{STANDARD}">'
        for name, words in said:
            yield _locator(name)
            yield (
                f'<link:label xlink:type="resource" xlink:label="l_{name}" xlink:role="{_LABEL_ROLE}"'
                f' xml:lang="zh">{words}</link:label>'
            )
            yield (
                f'<link:labelArc xlink:type="arc" xlink:arcrole="{_CONCEPT_LABEL}"'
                f' xlink:from="{name}" xlink:to="l_{name}"/>'
            )
        yield "</link:labelLink>"
    yield "</link:linkbase>"


def _locator(name: str) -> str:
    return f'<link:loc xlink:type="locator" xlink:href="{SCHEMA}#b_{name}" xlink:label="{name}"/>'
