"""Single sums beside Arelle's XBRL Calculations 1.1, where Arelle is installed: every disagreement is explained.

Rounding to the nearest of that specification takes both halves in, half-up takes one of them; under truncation Arelle
takes the end of a range as reached where either operand reaches it, and does not exchange what it knows of the two ends
where a negative weight exchanges the ends. So Arelle lets pass some sums that only just touch, and it never objects to
one that stands here.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.consistency.xbrl import Sum, objections, write_instance

from govbudget.consistency import Known, Mode, Verdict, bounds, grade_sum

STEP = 100
CASES = 300
Case = tuple[int, list[int], list[int]]
OPTION = {Mode.HALF_UP: "round-to-nearest", Mode.TRUNCATION: "truncation"}


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
    facts: dict[str, int] = {}
    sums: list[Sum] = []
    for number, (total, parts, signs) in enumerate(every):
        names = [f"P{number}_{i}" for i in range(len(parts))]
        facts |= {name: value * STEP for name, value in zip([f"T{number}", *names], [total, *parts], strict=True)}
        sums.append((f"T{number}", list(zip(names, signs, strict=True))))
    instance = write_instance(folder, facts, sums, decimals=-2)
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(instance), "--validate"]
    command += ["--calc", OPTION[mode], "--internetConnectivity", "offline", "--logFile", str(folder / "log.txt")]
    env = {**os.environ, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, env=env, cwd=folder)
    log = (folder / "log.txt").read_text(encoding="utf-8")
    return {int(found["number"]) for found in objections(log, r"T(?P<number>\d+)")}


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
