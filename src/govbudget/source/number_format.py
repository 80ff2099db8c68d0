"""Numbers of a spreadsheet as people see them: the number format applied to the exact decimal text, without floats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

import attrs

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)  # a spreadsheet keeps and shows no more digits
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_MAX_EXPONENT = 40
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(.)', re.DOTALL)
_PLAIN = re.compile(r"(-)?(0|[1-9]\d*)(?:\.(\d*[1-9]))?")
_DATE_PART = re.compile(r"yyyy|yy|y|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|上午/下午", re.IGNORECASE)
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "yyyy/m/d",
    16: "m/d", 17: "yyyy/m", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "yyyy/m/d", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '"¥"#,##0.00;"¥"-#,##0.00;"-"', 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
    49: "@", 50: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


def shown(raw: str, code: str, *, from_1904: bool = False) -> str:
    """Return a number as its cell shows it.

    Args:
        raw: the number as the file has it (``"1147.9500000000001"``, ``"2E-3"``).
        code: the number format, ``""`` for General.
        from_1904: days count from 1904, not from 1900.

    >>> shown("1147.95", "#,##0.00"), shown("1147.9500000000001", ""), shown("-3", "0;(0)"), shown("0", '0;0;"-"')
    ('1,147.95', '1147.95', '(3)', '-')
    >>> shown("0.982", "0.00%"), shown("45292", 'yyyy"年"m"月"d"日"'), shown("1434.894", '#,##0.0"万元"')
    ('98.20%', '2024年1月1日', '1,434.9万元')
    """
    plain = len(raw) < 16 and _PLAIN.fullmatch(raw)
    if plain and not code:
        return raw
    if plain and raw.isascii() and (text := _unrounded(raw, plain, code)) is not None:
        return text
    try:
        number = _FIFTEEN.create_decimal(raw)
    except InvalidOperation:
        return raw
    if not number.is_finite() or abs(number.adjusted()) > _MAX_EXPONENT:
        return raw
    sections = _sections(code)
    section = sections[0]
    if len(sections) > 2 and not number:
        section = sections[2]
    elif len(sections) > 1 and number < 0:
        section, number = sections[1], number.copy_abs()
    if section.kind == "general":
        return section.before + _general(number) + section.after
    if section.kind == "date":
        return _date(number, section, from_1904=from_1904)
    if section.kind == "text":
        return section.before
    return _number(number, section)


@attrs.frozen(kw_only=True)
class _Section:
    kind: str  # general, date, number, text (nothing but words)
    before: str = ""
    after: str = ""
    whole: int = 0  # least digits before the point
    least: int = 0  # least digits after it
    most: int = 0
    grouped: bool = False
    shift: int = 0  # powers of ten: 2 for a percent sign, -3 for a comma at the end
    parts: tuple[str, ...] = ()  # of a date


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    tokens: list[tuple[str, bool]] = []  # text, literal
    sections: list[_Section] = []
    for match in _TOKEN.finditer(code[:400]):
        quoted, escaped, _, _, bracket, char = match.groups()
        if quoted is not None or escaped is not None:
            tokens.append((quoted if quoted is not None else escaped, True))
        elif bracket is not None:
            if bracket.startswith("$"):
                tokens.append((bracket[1:].partition("-")[0], True))
            elif bracket.lower() in {"h", "hh", "m", "mm", "s", "ss"}:
                tokens.append((bracket, False))
        elif char == ";":
            sections.append(_section(tokens))
            tokens = []
        elif char is not None:
            tokens.append((char, False))
    sections.append(_section(tokens))
    return tuple(sections)


def _section(tokens: Sequence[tuple[str, bool]]) -> _Section:
    bare = "".join(text for text, literal in tokens if not literal)
    if "general" in bare.lower() or "@" in bare or (not bare.strip() and not tokens):
        return _Section(kind="general")
    if not re.search(r"[0#?]", bare):
        if re.search(r"[ymdhs]", bare, re.IGNORECASE):
            return _Section(kind="date", parts=_date_parts(tokens))
        return _Section(kind="text", before="".join(text for text, _ in tokens).strip())
    if "/" in bare or re.search(r"E[+-]", bare, re.IGNORECASE):
        return _Section(kind="general")  # fractions and powers of ten: the plain number says the same
    places = [i for i, (text, literal) in enumerate(tokens) if not literal and text in "0#?"]
    first, last = places[0], places[-1]
    middle = "".join(text for text, literal in tokens[first : last + 1] if not literal)
    tail = tokens[last + 1 :]
    whole, _, decimals = middle.partition(".")
    if tokens[first - 1 : first] == [(".", False)]:
        whole, decimals = "", middle
    scale = next((i for i, token in enumerate(tail) if token != (",", False)), len(tail))
    return _Section(
        kind="number",
        before=_words(tokens[:first]),
        after=_words(tail[scale:]),
        whole=whole.count("0"),
        least=decimals.count("0"),
        most=sum(decimals.count(mark) for mark in "0#?"),
        grouped="," in whole,
        shift=2 * bare.count("%") - 3 * scale,
    )


def _words(tokens: Sequence[tuple[str, bool]]) -> str:
    return "".join(text for text, literal in tokens if literal or text not in "., ").strip()


def _general(number: Decimal) -> str:
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _unrounded(raw: str, plain: re.Match[str], code: str) -> str | None:
    """A plain number of which the format leaves out no digit, as most figures are; ``None`` for any other."""
    sections = _sections(code)
    sign, whole, decimals = plain.groups("")
    section = sections[0]
    if len(sections) > 1:
        if raw in {"0", "-0"}:
            return None
        if sign:
            section, sign = sections[1], ""
    elif raw == "-0":
        return None
    if section.kind != "number" or section.shift or len(decimals) > section.most:
        return None
    return _laid_out(sign, whole, decimals, section)


def _number(number: Decimal, section: _Section) -> str:
    scaled = number.scaleb(section.shift, _WIDE)
    rounded = scaled.quantize(Decimal(1).scaleb(-section.most), ROUND_HALF_UP, _WIDE)
    sign = "-" if rounded < 0 else ""
    whole, _, decimals = format(rounded.copy_abs(), "f").partition(".")
    while len(decimals) > section.least and decimals.endswith("0"):
        decimals = decimals[:-1]
    return _laid_out(sign, whole, decimals, section)


def _laid_out(sign: str, whole: str, decimals: str, section: _Section) -> str:
    whole = whole.lstrip("0").rjust(section.whole, "0")
    decimals = decimals.ljust(section.least, "0")
    if section.grouped:
        whole = f"{int(whole):,}".rjust(len(whole), "0") if whole else ""
    return sign + section.before + whole + ("." + decimals if decimals else "") + section.after


def _date_parts(tokens: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    parts: list[str] = []
    bare = ""
    for text, literal in (*tokens, ("", True)):
        if not literal:
            bare += text
            continue
        at = 0
        for match in _DATE_PART.finditer(bare):
            parts.extend(["=" + bare[at : match.start()], match[0].lower()])
            at = match.end()
        parts.extend(["=" + bare[at:], "=" + text])
        bare = ""
    return tuple(part for part in parts if part != "=")


def _date(number: Decimal, section: _Section, *, from_1904: bool) -> str:
    if not 0 <= number < 2_958_466:
        return _general(number)
    # 1900 has a 29 February in spreadsheets, so that days after it are counted from 30 December 1899
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if number >= 61 else 31)  # noqa: DTZ001
    seconds = int((number * 86_400).to_integral_value(ROUND_HALF_UP, _WIDE))
    moment = start + timedelta(seconds=seconds)
    out: list[str] = []
    hours = False
    for index, part in enumerate(section.parts):
        coming = next((p for p in section.parts[index + 1 :] if not p.startswith("=")), "")
        minutes = part in {"m", "mm"} and (hours or coming in {"s", "ss"})
        hours = part in {"h", "hh"} if not part.startswith("=") else hours
        out.append(_date_word(part, moment, minutes=minutes))
    return "".join(out)


def _date_word(part: str, moment: datetime, *, minutes: bool) -> str:
    if part.startswith("="):
        return part[1:]
    values = {"y": moment.year, "d": moment.day, "h": moment.hour, "s": moment.second}
    value = moment.minute if minutes else values.get(part[0], moment.month)
    if part in {"y", "yy"}:
        return f"{value % 100:02}"
    if part in {"am/pm", "上午/下午"}:
        return "AM" if moment.hour < 12 else "PM"
    return f"{value:02}" if len(part) == 2 else str(value)
