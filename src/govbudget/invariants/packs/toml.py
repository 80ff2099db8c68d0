"""A pack of rules as a TOML file: relations between coordinates, with the same words and examples as any rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

import attrs

from govbudget.errors import GovBudgetError, RuleError
from govbudget.invariants.context import Context
from govbudget.invariants.packs.relation import Relation, Term, compare
from govbudget.invariants.rule import SAYS, Outcome, Rule
from govbudget.invariants.sketch import at
from govbudget.model import AXES, Certainty, Coordinate, Scope, Severity, Stage

_TEXTS = ("id", "zh", "en", "why", "basis")
_RELATIONS = ("sum", "equal", "at_most", "ratio")
_KEYS = (
    *_TEXTS,
    *_RELATIONS,
    "each",
    "severity",
    "certainty",
    "message_zh",
    "message_en",
    "since",
    "holds",
    "breaks",
    "untested",
    "applies",
)


@attrs.frozen
class _Where:
    """Where in a file something stands: errors name it."""

    path: str

    def __truediv__(self, key: str | int) -> _Where:
        return _Where(self.path + (f"[{key}]" if isinstance(key, int) else f"{self._dot}{key}"))

    @property
    def _dot(self) -> str:
        return " " if self.path.endswith(":") else "."

    def wrong(self, what: str, hint: str = "") -> RuleError:
        return RuleError(what, place=self.path, hint=hint)


def parse_pack(text: str, name: str = "pack") -> tuple[Rule, ...]:
    """Return the rules of a TOML pack.

    Args:
        text: the text of the file.
        name: its name, for errors.

    Raises:
        RuleError: something does not fit; the error names file and key.
    """
    root = _Where(f"{name}:")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise root.wrong(f"the file is no TOML: {error}") from error
    _known(data, ("rules",), root)
    entries = _typed(data.get("rules", []), list, root / "rules")
    if not entries:
        raise (root / "rules").wrong("the pack has no rules", "write [[rules]]")
    return tuple(_rule(_typed(e, dict, root / "rules" / i), root / "rules" / i, name) for i, e in enumerate(entries))


def _rule(entry: dict[str, Any], where: _Where, name: str) -> Rule:
    _known(entry, _KEYS, where)
    for key in _TEXTS:
        if not _typed(entry.get(key, ""), str, where / key).strip():
            raise (where / key).wrong("required key missing")
    relation = _relation(entry, where)
    applies = _applies(entry.get("applies"), where / "applies")
    try:
        return Rule(
            id=entry["id"],
            severity=_member(Severity, entry.get("severity", "error"), where / "severity"),
            certainty=_member(Certainty, entry.get("certainty", "likely"), where / "certainty"),
            title_zh=entry["zh"],
            title_en=entry["en"],
            message_zh=_typed(entry.get("message_zh", SAYS[0]), str, where / "message_zh"),
            message_en=_typed(entry.get("message_en", SAYS[1]), str, where / "message_en"),
            basis=entry["basis"],
            doc=entry["why"],
            since=_typed(entry.get("since", "1"), str, where / "since"),
            holds=_sketches(entry.get("holds", []), where / "holds"),
            breaks=_sketches(entry.get("breaks", []), where / "breaks"),
            untested=_sketches(entry.get("untested", []), where / "untested"),
            check=partial(_check, relation=relation),
            applies=applies,
            source=name,
        )
    except RuleError:
        raise
    except GovBudgetError as error:
        raise (where / "id").wrong(error.what, error.hint) from error


def _check(ctx: Context, relation: Relation) -> Iterator[Outcome]:
    return compare(ctx, relation)


# -- the relation -----------------------------------------------------------------------------------------------------


def _relation(entry: dict[str, Any], where: _Where) -> Relation:
    said = [kind for kind in _RELATIONS if kind in entry]
    if len(said) != 1:
        raise where.wrong(
            "a rule says one relation" + (f", not {' and '.join(said)}" if said else ""),
            f"one of {', '.join(_RELATIONS)}",
        )
    (kind,) = said
    each = _typed(entry.get("each", ""), str, where / "each")
    if each and each not in AXES:
        raise (where / "each").wrong(f"there is no axis {each!r}", f"axes are {', '.join(AXES)}")
    made = _MAKE[kind](entry[kind], where / kind)
    return attrs.evolve(made, kind=kind, each=each)


def _sum(value: Any, where: _Where) -> Relation:
    _known(_typed(value, dict, where), ("total", "parts"), where)
    total = _term(value.get("total"), where / "total")
    parts = _typed(value.get("parts"), list, where / "parts")
    if not parts:
        raise (where / "parts").wrong("a sum has parts")
    return Relation(kind="sum", terms=(total, *(_term(p, where / "parts" / i) for i, p in enumerate(parts))))


def _equal(value: Any, where: _Where) -> Relation:
    terms = tuple(_term(t, where / i) for i, t in enumerate(_typed(value, list, where)))
    if len(terms) < 2:
        raise where.wrong("two facts at least are compared")
    return Relation(kind="equal", terms=terms)


def _at_most(value: Any, where: _Where) -> Relation:
    terms = tuple(_term(t, where / i) for i, t in enumerate(_typed(value, list, where)))
    if len(terms) != 2:
        raise where.wrong(f"a part and its whole are two facts, not {len(terms)}")
    return Relation(kind="at_most", terms=terms)


def _ratio(value: Any, where: _Where) -> Relation:
    _known(_typed(value, dict, where), ("of", "to", "least", "most"), where)
    terms = (_term(value.get("of"), where / "of"), _term(value.get("to"), where / "to"))
    least, most = (_fraction(value[k], where / k) if k in value else None for k in ("least", "most"))
    if least is None and most is None:
        raise where.wrong("a ratio has a bound", "give least, most or both")
    return Relation(kind="ratio", terms=terms, least=least, most=most)


_MAKE: Mapping[str, Callable[[Any, _Where], Relation]] = {
    "sum": _sum,
    "equal": _equal,
    "at_most": _at_most,
    "ratio": _ratio,
}


def _term(value: Any, where: _Where) -> Term:
    words = _typed(value, str, where).strip()
    sign = -1 if words.startswith("- ") else 1
    try:
        found: Coordinate = at(words.removeprefix("- ").removeprefix("+ "))
    except GovBudgetError as error:
        raise where.wrong(error.what, error.hint) from error
    if found == Coordinate():
        raise where.wrong("a coordinate says what is meant", "such as expenditure current general")
    return Term(found, sign)


def _fraction(value: Any, where: _Where) -> Fraction:
    text = _typed(value, str, where)
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)(%?)|(\d{1,9})/(\d{1,9})", text.strip(), re.ASCII)
    if match is None or match[4] == "0" * len(match[4] or "x"):
        raise where.wrong(f"{text!r} is no ratio", 'such as "2%", "0.5" or "1/3"')
    if match[3]:
        return Fraction(int(match[3]), int(match[4]))
    return Fraction(match[1]) / (100 if match[2] else 1)


# -- the rest ---------------------------------------------------------------------------------------------------------


def _applies(value: Any, where: _Where) -> Callable[[Context], str] | None:
    if value is None:
        return None
    _known(_typed(value, dict, where), ("stage", "scope", "layouts", "years"), where)
    stage = _member(Stage, value["stage"], where / "stage") if "stage" in value else None
    scope = _member(Scope, value["scope"], where / "scope") if "scope" in value else None
    layouts = tuple(_typed(x, str, where / "layouts" / i) for i, x in enumerate(value.get("layouts", ())))
    years = tuple(_typed(x, int, where / "years" / i) for i, x in enumerate(value.get("years", ())))
    if years and len(years) != 2:
        raise (where / "years").wrong("years are the first and the last", "such as years = [2020, 2026]")
    return partial(_reason, stage=stage, scope=scope, layouts=layouts, years=years)


def _reason(
    ctx: Context, stage: Stage | None, scope: Scope | None, layouts: tuple[str, ...], years: tuple[int, ...]
) -> str:
    own = ctx.disclosure
    if stage is not None and own.stage is not stage:
        return "other-stage"
    if scope is not None and own.scope is not scope:
        return "other-body"
    if layouts and own.layout not in layouts:
        return "other-layout"
    return "other-year" if years and not years[0] <= own.year <= years[1] else ""


def _sketches(value: Any, where: _Where) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else _typed(value, list, where)
    return tuple(_typed(text, str, where / i) for i, text in enumerate(given))


def _member(kind: Any, value: Any, where: _Where) -> Any:
    words = [member.value for member in kind]
    if _typed(value, str, where) not in words:
        raise where.wrong(f"there is no {kind.__name__.lower()} {value!r}", f"one of {', '.join(words)}")
    return kind(value)


def _known(data: Mapping[str, Any], keys: tuple[str, ...], where: _Where) -> None:
    for key in data:
        if key not in keys:
            raise (where / key).wrong(f"unknown key {key!r}", f"keys are {', '.join(keys)}")


def _typed(value: Any, kind: type, where: _Where) -> Any:
    if type(value) is not kind:
        if value is None:
            raise where.wrong("required key missing")
        names = {str: "a text", list: "a list", dict: "a table", int: "a whole number"}
        raise where.wrong(f"expected {names[kind]}, got {str(value)[:40]!r}")
    return value
