"""The forms that clauses of a budget narrative take, as regular expressions over folded text.

All are anchored at both ends of a clause and free of nested repetition, so that no input makes them slow.
"""

from __future__ import annotations

import re

NUMBER = r"-?\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|-?\d{1,20}(?:\.\d{1,12})?"
_NUM = rf"(?P<number>{NUMBER})"
_UNIT = r"(?P<unit>亿元|万元|千元|元)"
_YEAR = r"(?P<year>上年度?|去年|\d{4}年度?)"
_WHAT = r"(?P<what>预算执行数|执行数|年初预算数|年初预算|预算数|预算|决算数|决算|数)?"
_BASE = rf"(?P<base>(?:比|较|与|同|和){_YEAR}{_WHAT}(?:相比)?)"
_DIRECTION = r"(?P<direction>增加|增长|上升|提高|减少|下降|降低|压减|增幅|降幅)(?:了|为|达)?"
_SAME_BASIS = r"(?P<comparable>(?:按)?同口径(?:相比|比较)?)?"

_TAIL = r"(?P<tail>\([^()]*\))?"

CHANGE = re.compile(
    rf"{_SAME_BASIS}{_BASE}?(?P<subject>[^\d()]{{0,60}}?)(?:各|均|分别)?{_DIRECTION}{_NUM}{_UNIT}{_TAIL}"
)
MORE_THAN = re.compile(
    rf"(?:本年数|本年预算数|今年)?(?P<direction>小于|低于|少于|大于|高于|多于)(?P<base>{_YEAR}{_WHAT}){_NUM}{_UNIT}{_TAIL}"
)
GROWTH = re.compile(rf"{_SAME_BASIS}{_BASE}?(?:同比)?{_DIRECTION}{_NUM}(?P<sign>%|倍|)")
FLAT = re.compile(rf"{_BASE}(?P<rough>基本)?(?:持平|一致|相同|相等|无变化|没有变化)")
COMPARED = re.compile(rf"{_BASE}")
SHARE = re.compile(rf"约?占(?P<whole>[^\d]{{0,40}}?)的?(?:比重|比例)?为?{_NUM}%")
AMOUNT = re.compile(rf"(?P<subject>.{{0,120}}?)(?P<before>(?<![\d.,])){_NUM}{_UNIT}{_TAIL}")
ZERO = re.compile(r'(?P<subject>.{1,80}?)(?:均|全部)?为"?(?P<number>0)"?')
YEAR_FIGURE = re.compile(
    r"(?P<year>\d{4})年度?(?:当年)?(?P<what>预算执行数|执行数|预算安排|安排预算|预算数|预算|决算数|决算)(?:为|是)?"
)
COUNT = re.compile(r"(?P<subject>.{1,60}?)(?P<number>\d{1,9})(?P<piece>辆|台\(套\)|台/套|台|套|个|项)")
COMPOSITION = re.compile(r"(?P<subject>.{0,60}?)(?P<main>主要)?(?:包括|包含):?(?P<list>[^\d]+)")
ABSENCE = re.compile(r"(?P<before>.{0,60}?)(?:没有|无|未)(?:使用|安排)?(?P<subject>.{2,60})")
THRESHOLD = re.compile(
    r"单(?:位?价值|价)(?P<number>\d{1,6})(?P<unit>万元|元)(?:\(含\))?以上的?(?P<what>通用|专用)?设备(?:\(不含车辆\))?"
)

PROJECTS = re.compile(r"(?P<subject>.{0,40}?)共?(?P<number>\d{1,9})个项目(?:实行|纳入)绩效目标管理")

REASON = re.compile(r"(?:其|增加|减少|增长|下降|变动|增减)?的?(?:主要)?(?:原因|理由)(?:是|为|:)?|主要是(?!用于)|主要系")
PURPOSE = re.compile(r"主要(?:用于|反映|是用于)|用于")
COVERAGE = re.compile(r"纳入(?:部门|单位|综合)?预算管理|按照综合预算的原则")
POLICY = re.compile(
    r"管理方式|不编制|年度执行中|根据实际|相应调增|实行绩效|绩效目标管理|绩效自评|绩效评价|厉行节约|中央八项规定|相关制度"
)
BASIS = re.compile(r"根据.{1,120}填列")
NO_PURCHASE = re.compile(r"未安排购置|没有安排购置|无购置|不购置")
LEAD = re.compile(
    r"其中|此外|(?:具体)?包括:?|本表反映.{1,60}情况|具体如下|具体情况如下|同时|详见附件|详见附表|详见表\d*|截至\d{4}年\d{1,2}月(?:\d{1,2}日|底)|"
    r"按.{1,20}(?:分类|划分|分)|具体使用情况|不含.{1,30}|\d{4}年度?|当年"
)
SET_ASIDE = re.compile(r"(?:剔除|扣除).{1,60}(?:因素)?(?:影响)?后")
NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|[①-⑳])"
)

COUNTED = {
    "vehicles": re.compile(r"(?:共有|共|有)?(?:公务用?车|车辆|机动车)$"),
    "general_vehicles": re.compile(r"一般公务用车$"),
    "enforcement_vehicles": re.compile(r"执法执勤用车$"),
    "special_vehicles": re.compile(r"特种专业技术用车$"),
    "other_vehicles": re.compile(r"其他用车$"),
    "performance_projects": re.compile(r"(?:一级)?项目共?$"),
}
