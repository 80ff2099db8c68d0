"""The words of findings, reasons and verdicts, in Chinese and English, from ``messages.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, Literal

from govbudget.invariants import CATALOGUE, Rule
from govbudget.invariants.rule import STATES
from govbudget.model import Finding
from govbudget.place import Place

Lang = Literal["zh", "en"]

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)\}")


@cache
def texts() -> dict[str, Any]:
    """Return the message file."""
    return tomllib.loads((resources.files("govbudget.reports") / "messages.toml").read_text(encoding="utf-8"))


def message(finding: Finding, lang: Lang = "zh", rules: Iterable[Rule] = CATALOGUE) -> str:
    """Return what a finding says; ``rules`` are those that the audit ran, where they are not the library's.

    >>> from govbudget.model import Severity
    >>> data = (("subject", "表3 合计"), ("relation", "2.00 ≠ 1.00"), ("difference", "1.00万元"))
    >>> message(Finding(code="additivity.use", severity=Severity.ERROR, data=data), "en")
    '表3 合计: 2.00 ≠ 1.00, off by 1.00万元'
    """
    known = texts()["messages"]
    data = dict(finding.data)
    key = "-".join(filter(None, ("suspect", data.get("scope")))) if "suspect" in data else finding.code
    rule = None if key in known else next((rule for rule in rules if rule.id == key), None)
    if rule is not None:
        template = rule.message_zh if lang == "zh" else rule.message_en
    else:
        template = known[key][lang] if key in known else STATES[0 if lang == "zh" else 1]
    if data.get("slip"):
        data["slip"] = word("slips", data["slip"], lang)
    if data.get("why"):
        data["why"] = reason(data["why"], lang, rules)

    def optional(match: re.Match[str]) -> str:
        return match[1] if all(data.get(name) for name in _FIELD.findall(match[1])) else ""

    if data.get("also") and "suspect" not in data:
        template += word("consequences", "also", lang)
    return _FIELD.sub(lambda m: data.get(m[1], ""), _OPTIONAL.sub(optional, template))


def reason(key: str, lang: Lang = "zh", rules: Iterable[Rule] = CATALOGUE) -> str:
    """Return why something was not tested or decided; what nobody has words for is returned as it is.

    >>> reason("blank-total", "en")
    'the total is blank'
    """
    shared = texts()["reasons"].get(key)
    if shared is not None:
        return str(shared[lang])
    own = next((words for rule in rules for words in rule.reasons if words[0] == key), (key, key, key))
    return own[1] if lang == "zh" else own[2]


def title(code: str, lang: Lang = "zh", rules: Iterable[Rule] = CATALOGUE) -> str:
    """Return the title of a rule, or the code itself for a remark of the reader."""
    rule = next((rule for rule in rules if rule.id == code), None)
    if rule is None:
        return code
    return rule.title_zh if lang == "zh" else rule.title_en


def word(group: str, key: str, lang: Lang = "zh") -> str:
    """Return the word for a verdict, a severity or a reason; groups are the tables of ``messages.toml``."""
    found: str = texts()[group][key][lang]
    return found


def place_words(place: Place, lang: Lang = "zh") -> str:
    """Return a place in words.

    >>> place_words(Place(table=3, row=5, column=2))
    '表3 第5行第2列'
    """
    if lang == "en":
        return str(Place(section=place.section, table=place.table, row=place.row, column=place.column, line=place.line))
    parts = []
    if place.page is not None:
        parts.append(f"第{place.page}页")
    if place.section:
        parts.append(f"“{place.section}”")
    if place.table is not None:
        parts.append(f"表{place.table}")
    cell = (f"第{place.row}行" if place.row is not None else "") + (
        f"第{place.column}列" if place.column is not None else ""
    )
    if cell:
        parts.append(cell)
    if place.line is not None and not cell:
        parts.append(f"原文第{place.line}行")
    return " ".join(parts)
