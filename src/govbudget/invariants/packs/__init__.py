"""Packs of rules from outside: a Python module or a TOML file, by path or by entry point.

How to write one: ``docs/how-to/write-a-rule-pack.md``.
"""

from govbudget.invariants.packs.load import ENTRY_POINTS, load_pack, pack_names
from govbudget.invariants.packs.toml import parse_pack

__all__ = ["ENTRY_POINTS", "load_pack", "pack_names", "parse_pack"]
