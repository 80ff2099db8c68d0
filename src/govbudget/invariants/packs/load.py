"""Find a pack and load it: a file by its path, or what an installed distribution offers under an entry point."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from importlib.metadata import entry_points
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import attrs

from govbudget.errors import GovBudgetError, RuleError
from govbudget.invariants.packs.toml import parse_pack
from govbudget.invariants.rule import Outcome, Rule

T = TypeVar("T")

ENTRY_POINTS = "govbudget.rules"
"""The group of entry points: each is a module with ``RULES``, a tuple of rules, or the path of a TOML file."""


def pack_names() -> tuple[str, ...]:
    """Return the names of the packs that installed distributions offer."""
    return tuple(sorted({point.name for point in entry_points(group=ENTRY_POINTS)}))


def load_pack(pack: str | PathLike[str]) -> tuple[Rule, ...]:
    """Return the rules of a pack.

    A Python file is run: load only what you would also import.

    Args:
        pack: the path of a ``.toml`` or ``.py`` file, or the name of an entry point.

    Raises:
        RuleError: there is no such pack, or something in it does not fit; the error names file and key.
    """
    path = Path(pack)
    if path.suffix not in {".toml", ".py"}:
        return _offered(str(pack))
    if not path.is_file():
        raise RuleError("there is no such file", place=str(path))
    if path.suffix == ".py":
        return _rules_of(_module(path), str(path))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"the file cannot be read: {error}", place=str(path)) from error
    return parse_pack(text, str(path))


def _module(path: Path) -> ModuleType:
    name = f"govbudget_pack_{path.stem.replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # a pack may lie in a folder of somebody else
    try:
        spec.loader.exec_module(module)
    except GovBudgetError as error:
        raise RuleError(error.what, place=error.place or str(path), hint=error.hint) from error
    except Exception as error:
        raise RuleError(
            f"the module cannot be run: {type(error).__name__}: {error}", place=_line(error, path)
        ) from error
    finally:
        sys.dont_write_bytecode = before
    return module


def _line(error: BaseException, path: Path) -> str:
    """The line of the file in which it went wrong."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).resolve() == path.resolve():
            found = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        found = error.lineno
    return f"{path}, line {found}" if found else str(path)


def _offered(name: str) -> tuple[Rule, ...]:
    found = [point for point in entry_points(group=ENTRY_POINTS) if point.name == name]
    if not found:
        offered = ", ".join(pack_names()) or "none"
        raise RuleError(
            f"there is no pack {name!r}", hint=f"give the path of a .toml or .py file; installed packs: {offered}"
        )
    try:
        value = found[0].load()
    except Exception as error:
        raise RuleError(f"the pack cannot be loaded: {type(error).__name__}: {error}", place=name) from error
    if isinstance(value, str | Path) and Path(value).suffix == ".toml":
        return load_pack(value)
    return _rules_of(value, name)


def _rules_of(value: object, name: str) -> tuple[Rule, ...]:
    rules = getattr(value, "RULES", value)
    if not isinstance(rules, Iterable) or isinstance(rules, str):
        raise RuleError("the pack has no RULES", place=name, hint="end the module with RULES = (first, second)")
    given = tuple(rules)
    for index, rule in enumerate(given):
        if not isinstance(rule, Rule):
            raise RuleError(
                f"RULES[{index}] is no rule but {type(rule).__name__}", place=name, hint="make it one with @rule(…)"
            )
    return tuple(_guarded(attrs.evolve(rule, source=name)) for rule in given)


def _guarded(rule: Rule) -> Rule:
    """A rule whose failures are told as those of its pack, with file and line."""
    return attrs.evolve(
        rule,
        check=_told(rule, rule.check) if rule.check is not None else None,
        across=_told(rule, rule.across) if rule.across is not None else None,
    )


def _told(rule: Rule, function: Callable[[T], Iterator[Outcome]]) -> Callable[[T], Iterator[Outcome]]:
    @wraps(function)
    def run(looked_at: T) -> Iterator[Outcome]:
        try:
            yield from function(looked_at) or ()
        except GovBudgetError:
            raise
        except Exception as error:
            what = f"rule {rule.id} fails: {type(error).__name__}: {error}"
            raise RuleError(what, place=_line(error, Path(rule.source))) from error

    return run
