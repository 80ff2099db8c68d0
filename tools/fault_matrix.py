"""Print the fault × rule matrix: which rule finds which fault, and whether any rule calls a clean document wrong.

Usage: ``python tools/fault_matrix.py [--pack PACK] [--only GROUP]``; the faults are the examples of the rules that
break, and the documents of ``tests/catalogue/faults.py``. Exit status 1 where a rule is idle or cries wolf.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from govbudget.invariants import CATALOGUE, Matrix, example_cases, fault_matrix, load_pack, select
from govbudget.model import Severity

ROOT = Path(__file__).resolve().parent.parent


def documents() -> ModuleType:
    """Return the module of faulty and clean documents."""
    sys.path.insert(0, str(ROOT))
    spec = importlib.util.spec_from_file_location("faults", ROOT / "tests" / "catalogue" / "faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(matrix: Matrix) -> str:
    r"""Write a matrix: a line for each rule with the faults it finds, then the faults with the most rules, then alarms.

    >>> table(Matrix(rules=("a.b", "a.c"), kills={"x": ("a.b",)}, alarms={"clean": ()}))
    'a.b                                1 faults: x\na.c                             IDLE\n\nclean: no rule fires'
    """
    lines = []
    for rule in matrix.rules:
        found = [name for name, ids in matrix.kills.items() if rule in ids]
        shown = ", ".join(found[:3]) + (f" … +{len(found) - 3}" if len(found) > 3 else "")
        lines.append(f"{rule:32}" + (f"{len(found):4} faults: {shown}" if found else "IDLE"))
    lines.append("")
    for name, ids in matrix.alarms.items():
        lines.append(f"{name}: " + (f"FIRES {', '.join(ids)}" if ids else "no rule fires"))
    return "\n".join(lines)


def main() -> int:
    """Print the matrix."""
    parser = argparse.ArgumentParser(description="Print the fault × rule matrix.")
    parser.add_argument("--pack", action="append", default=[], help="a pack of rules to add")
    parser.add_argument("--only", action="append", default=[], help="only these rules and groups")
    parser.add_argument("--examples", action="store_true", help="only the examples of rules, no whole documents")
    arguments = parser.parse_args()
    every = (*CATALOGUE, *(rule for pack in arguments.pack for rule in load_pack(pack)))
    rules = select(*arguments.only, rules=every)
    faults, clean = list(example_cases(rules, broken=True)), list(example_cases(rules, broken=False))
    if not arguments.examples:
        whole = documents()
        faults += whole.faulty()
        clean += whole.clean()
    matrix = fault_matrix(rules, faults, clean)
    print(table(matrix))
    sound = {rule.id for rule in rules if rule.severity in (Severity.ERROR, Severity.WARNING)}
    return 1 if matrix.idle or any(sound.intersection(ids) for ids in matrix.alarms.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
