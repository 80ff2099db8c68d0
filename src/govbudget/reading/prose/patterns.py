"""The forms that clauses of a budget narrative take, as regular expressions over folded text.

All are anchored at both ends of a clause and free of nested repetition, so that no input makes them slow.
"""

from __future__ import annotations

import re

NUMBER = r"-?\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|-?\d{1,20}(?:\.\d{1,12})?"
NUM = rf"(?P<number>{NUMBER})"
UNIT = r"(?P<unit>亿元|万元|千元|元|[亿万](?=$|\())"
"""万 and 亿 without their 元 are money only where nothing but a bracket follows: 5万人 is none."""
_YEAR = r"(?P<year>上一?年度?|去年|\d{4}年度?)"
_WHAT = r"(?P<what>预算执行数|执行数|年初预算数|年初预算|预算数|预算|决算数|决算|数)?"
BASE = rf"(?P<base>(?:比|较|与|同|和){_YEAR}{_WHAT}(?:相比)?|同比)"
DIRECTION = r"(?P<direction>增加|增长|上升|提高|减少|下降|降低|压减|增幅|降幅)(?P=direction)?(?:了|为|达)?"
"""Which way a figure went; 增加增加 goes up once, and the rules tell that a word stands twice."""
_SAME_BASIS = r"(?P<comparable>(?:按)?同口径(?:相比|比较)?)?"

_TAIL = r"(?P<tail>\([^()]*\))?"

CHANGE = re.compile(rf"{_SAME_BASIS}{BASE}?(?P<subject>[^\d()]{{0,60}}?)(?:各|均|分别)?{DIRECTION}{NUM}{UNIT}{_TAIL}")
COMPARES = ("比", "较", "与", "同", "和")
"""What a clause holds one of that compares: sooner looked for than the form that may begin anywhere."""
CHANGE_OF = re.compile(rf"(?P<subject>[^,;:()]{{2,60}}?){BASE}{DIRECTION}{NUM}{UNIT}{_TAIL}")
MORE_THAN = re.compile(
    rf"(?:本年数|本年预算数|今年)?(?P<direction>小于|低于|少于|大于|高于|多于)(?P<base>{_YEAR}{_WHAT}){NUM}{UNIT}{_TAIL}"
)
GROWTH = re.compile(rf"{_SAME_BASIS}{BASE}?(?:同比)?{DIRECTION}{NUM}(?P<sign>%|倍|)(?:\(或与.{{2,16}}持平\))?")
CHANGE_FROM = re.compile(
    rf"(?P<base>(?:比|较){_YEAR}{_WHAT})的?(?P<before>{NUMBER})(?P<before_unit>亿元|万元|千元|元|){DIRECTION}{NUM}{UNIT}{_TAIL}"
)
FLAT = re.compile(
    rf"{BASE}(?P<rough>基本)?(?:增加|减少)?(?:持平|一致|相同|相等|无变化|没有变化)"
    r"(?:(?P<number>0(?:\.0{1,6})?)(?:亿元|万元|千元|元))?"
)
COMPARED = re.compile(rf"{BASE}")
SHARE = re.compile(rf"约?占(?P<whole>[^\d]{{0,40}}?)的?(?:比重|比例)?为?{NUM}%")
AMOUNT = re.compile(rf"(?P<subject>.{{0,120}}?)(?P<before>(?<![\d.,])){NUM}{UNIT}{_TAIL}")
ZERO = re.compile(r'(?P<subject>.{1,80}?)(?:均|全部)?为"?(?P<number>0)"?')
YEAR_FIGURE = re.compile(
    r"(?P<year>\d{4})年度?(?:当年)?(?P<what>预算执行数|执行数|预算安排|安排预算|预算数|预算|决算数|决算)(?:为|是)?"
)
COMPOSITION = re.compile(r"(?P<subject>.{0,60}?)(?P<main>主要)?(?:包括|包含):?(?P<list>[^\d]+)")
ABSENCE = re.compile(r"(?P<before>.{0,60}?)(?:没有|无|未)(?:使用|安排)?(?P<subject>.{2,60})")

NOTHING_BEFORE = re.compile(
    r"(?P<year>上一?年度?|去年|\d{4}年度?)(?:无|没有|未安排)(?:该项?|此项?)(?:目)?(?:预算|支出|经费|资金)(?:安排)?"
)
NO_RATE = re.compile(r"(?:增长率|增减率|增幅)?(?:无|没有|不具有?)可比性")
WHOLLY = re.compile(r"(?:全部|均)(?:是|为)(?P<subject>[^\d]{2,20})")

_MOVED = r"(?:增加|减少|增长|下降|增减|变动|变化)"
REASON = re.compile(
    rf"(?:(?P<subject>[^\d]{{0,30}}?){_MOVED}(?:\({_MOVED}\))?的?)?(?:其?主要)?(?:原因|理由)(?:是|为|:)?|"
    r"(?:其)?的?(?:主要)?(?:原因|理由)(?:是|为|:)?|主要是(?!用于)|主要系"
)
PURPOSE = re.compile(r"主要(?:用于|反映|是用于)|用于")
OPENINGS = re.compile("原因|理由|主要|用于")
"""What a clause holds that begins with a reason or a purpose: sooner looked for, and most hold none of it."""
COVERAGE = re.compile(r"纳入(?:部门|单位|综合)?预算管理|按照综合预算的原则")
POLICY = re.compile(
    r"管理方式|不编制|年度执行中|根据实际|相应调增|实行绩效|绩效目标(?:管理|编报)|绩效管理|绩效自评|绩效评价|"
    r"厉行节约|中央八项规定|相关制度|统筹安排|事前绩效评估|编制了绩效目标|(?:预算编制|预算执行)(?:阶段|过程中)|绩效(?:运行)?监控|"
    r"其他用车主要是?用于"
)
OF_A_TYPE = re.compile(
    r"(?:其中:)?(?:轿车|越野车|载客汽车|小型客车|大中型客车|其他车型)\d{1,4}辆|金额0(?:\.0{1,6})?万?元"
)
"""Vehicles by what they look like, a second division of those counted already; and that none of them cost anything."""
BASIS = re.compile(r"根据.{1,120}填列")
UNFILLED = re.compile(
    r"(?<![A-Za-z0-9])[XxＸ×]{2,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[Xx](?=$|万?元|个|家|辆|%)|^[^\d]*…[^\d]*$|增加\(减少\)|减少\(增加\)|(?:增长|上升)\(下降\)|下降\((?:增长|上升)\)|"
    r"(?:大于\(小于|小于\(大于)\)|\(若无|作下述说明|\(如持平作持平表述|\(或与.{2,16}持平\)的"
)
MARKS = re.compile(r"[\W_]+")
NO_PURCHASE = re.compile(r"未安排购置|没有安排购置|无购置|不购置")
LEAD = re.compile(
    r"其中|此外|(?:具体)?包括:?|本表反映.{1,60}情况|具体(?:支出)?(?:预算)?如下|具体情况如下|同时|详见附件|详见附表|详见表\d*|截至\d{4}年\d{1,2}月(?:\d{1,2}日|底)|"
    r"按.{1,20}(?:分类|划分|分)|具体使用情况|不含.{1,30}|\d{4}年度?|当年"
)
SET_ASIDE = re.compile(r"(?:剔除|扣除).{1,60}(?:因素)?(?:影响)?后")
NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:[.、](?!\d)|(?=\"))|\(\d{1,2}\)|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|[①-⑳])"
)

_MONEY_ENDS = ("元", ")", "万", "亿")
_BLANKS = frozenset("XxＸ×…")
_ADVICE = (
    "(减少)",
    "(增加)",
    "(下降)",
    "(增长)",
    "(上升)",
    "(小于)",
    "(大于)",
    "(若无",
    "作下述说明",
    "(如持平",
    "(或与",
)
_BEGINS_A_BLANK = re.compile("[XxＸ×…(作]")


def ends_in_money(text: str) -> bool:
    """Tell whether a clause may end in an amount: most do not, and need not be asked for a whole form."""
    return text.endswith(_MONEY_ENDS)


def money_form(text: str) -> re.Pattern[str] | None:
    """Return the form that a clause that states money would be of, by its end; ``None`` where it states none."""
    if ends_in_money(text):
        return AMOUNT
    return ZERO if text.endswith(("0", '0"')) else None


def is_unfilled(text: str) -> bool:
    """Tell whether a clause holds a blank of the template, or a word on how to fill one in.

    >>> is_unfilled("预算为XX万元"), is_unfilled("预算为1万元")
    (True, False)
    """
    if _BEGINS_A_BLANK.search(text) is None:
        return False
    may_be = not _BLANKS.isdisjoint(text) or any(word in text for word in _ADVICE)
    return may_be and UNFILLED.search(text) is not None
