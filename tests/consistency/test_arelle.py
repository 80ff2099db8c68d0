"""Single sums beside Arelle's XBRL Calculations 1.1, where Arelle is installed: every disagreement is explained.

Rounding to the nearest of that specification takes both halves in, half-up takes one of them; under truncation Arelle
takes the end of a range as reached where either operand reaches it, and does not exchange what it knows of the two ends
where a negative weight exchanges the ends. So Arelle lets pass some sums that only just touch, and it never objects to
one that stands here.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from govbudget.consistency import Known, Mode, Verdict, bounds, grade_sum

STEP = 100
CASES = 300
Case = tuple[int, list[int], list[int]]
OPTION = {Mode.HALF_UP: "round-to-nearest", Mode.TRUNCATION: "truncation"}

_SCHEMA = """<?xml version="1.0"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 targetNamespace="http://example.com/t" elementFormDefault="qualified">
<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="t-calc.xml"
 xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"
 xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"/></appinfo></annotation>
<import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
{elements}
</schema>"""
_LINKS = """<?xml version="1.0"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<link:arcroleRef arcroleURI="https://xbrl.org/2023/arcrole/summation-item" xlink:type="simple"
 xlink:href="http://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>
<link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
{arcs}
</link:calculationLink></link:linkbase>"""
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


def cases(mode: Mode) -> list[Case]:
    rng = random.Random(mode.value)
    found: list[Case] = [(-1, [0, 1], [1, -1]), (1, [0, 1], [1, -1])]  # the known case: T = A - B, truncated
    while len(found) < CASES:
        parts = [rng.randint(-4, 6) for _ in range(rng.randint(2, 4))]
        signs = [rng.choice([1, 1, -1]) for _ in parts]
        total = sum(s * p for s, p in zip(signs, parts, strict=True)) + rng.randint(-3, 3)
        found.append((total, parts, signs))
    return found


def arelle(folder: Path, mode: Mode, every: list[Case]) -> set[int]:
    """The sums that Arelle finds inconsistent."""
    elements, arcs, facts = [], [], []
    for number, (total, parts, signs) in enumerate(every):
        names = [f"T{number}", *(f"P{number}_{i}" for i in range(len(parts)))]
        elements += [_ELEMENT.format(name) for name in names]
        arcs += [_LOC.format(name) for name in names]
        arcs += [
            _ARC.format(names[0], name, i, sign) for i, (name, sign) in enumerate(zip(names[1:], signs, strict=True))
        ]
        facts += [
            f'<t:{name} contextRef="c" unitRef="u" decimals="-2">{value * STEP}</t:{name}>'
            for name, value in zip(names, [total, *parts], strict=True)
        ]
    (folder / "t.xsd").write_text(_SCHEMA.format(elements="\n".join(elements)), encoding="utf-8")
    (folder / "t-calc.xml").write_text(_LINKS.format(arcs="\n".join(arcs)), encoding="utf-8")
    (folder / "t.xml").write_text(_INSTANCE.format(facts="\n".join(facts)), encoding="utf-8")
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(folder / "t.xml"), "--validate"]
    command += ["--calc", OPTION[mode], "--internetConnectivity", "offline", "--logFile", str(folder / "log.txt")]
    env = {**os.environ, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, env=env, cwd=folder)
    log = (folder / "log.txt").read_text(encoding="utf-8")
    other = [
        line for line in log.splitlines() if re.match(r"\[(xmlSchema|xbrl\.|IOerror|FileNotLoadable|exception)", line)
    ]
    assert not other, other[:3]
    return {int(number) for number in re.findall(r"inconsistent from T(\d+) ", log)}


@pytest.mark.parametrize("mode", Mode)
def test_every_disagreement_is_explained(mode: Mode, tmp_path: Path) -> None:
    pytest.importorskip("arelle")
    every = cases(mode)
    theirs = arelle(tmp_path, mode, every)
    assert theirs
    agreed = explained = 0
    for number, (total, parts, signs) in enumerate(every):
        figures = [Known(v * STEP, *bounds(v * STEP, STEP, mode)) for v in (total, *parts)]
        ours = grade_sum(figures[0], figures[1:], signs).verdict is Verdict.VIOLATED
        if ours == (number in theirs):
            agreed += 1
            continue
        # With every end taken in, the ranges must just touch: that one point is all the two disagree about.
        closed = [Known(k.value, *_closed(k.value, mode)) for k in figures]
        low = sum(s * (p.low if s > 0 else p.high) for s, p in zip(signs, closed[1:], strict=True))
        high = sum(s * (p.high if s > 0 else p.low) for s, p in zip(signs, closed[1:], strict=True))
        assert ours, (total, parts, signs)
        assert low == closed[0].high or high == closed[0].low, (total, parts, signs)
        explained += 1
    assert agreed + explained == CASES
    assert agreed > CASES // 2


def _closed(value: int, mode: Mode) -> tuple[int, int]:
    if mode is Mode.HALF_UP:
        return value - STEP // 2, value + STEP // 2
    return (value if value > 0 else value - STEP), (value if value < 0 else value + STEP)
