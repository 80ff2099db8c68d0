"""The forms that clauses of a budget narrative take, as regular expressions over folded text.

All are anchored at both ends of a clause and free of nested repetition, so that no input makes them slow.
"""

from __future__ import annotations

import re

NUMBER = r"-?\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|-?\d{1,20}(?:\.\d{1,12})?"
NUM = rf"(?P<number>{NUMBER})"
UNIT = r"(?P<unit>亿元|万元|千元|元)"
_YEAR = r"(?P<year>上年度?|去年|\d{4}年度?)"
_WHAT = r"(?P<what>预算执行数|执行数|年初预算数|年初预算|预算数|预算|决算数|决算|数)?"
BASE = rf"(?P<base>(?:比|较|与|同|和){_YEAR}{_WHAT}(?:相比)?)"
DIRECTION = r"(?P<direction>增加|增长|上升|提高|减少|下降|降低|压减|增幅|降幅)(?:了|为|达)?"
_SAME_BASIS = r"(?P<comparable>(?:按)?同口径(?:相比|比较)?)?"

_TAIL = r"(?P<tail>\([^()]*\))?"

CHANGE = re.compile(rf"{_SAME_BASIS}{BASE}?(?P<subject>[^\d()]{{0,60}}?)(?:各|均|分别)?{DIRECTION}{NUM}{UNIT}{_TAIL}")
MORE_THAN = re.compile(
    rf"(?:本年数|本年预算数|今年)?(?P<direction>小于|低于|少于|大于|高于|多于)(?P<base>{_YEAR}{_WHAT}){NUM}{UNIT}{_TAIL}"
)
GROWTH = re.compile(rf"{_SAME_BASIS}{BASE}?(?:同比)?{DIRECTION}{NUM}(?P<sign>%|倍|)")
FLAT = re.compile(rf"{BASE}(?P<rough>基本)?(?:持平|一致|相同|相等|无变化|没有变化)")
COMPARED = re.compile(rf"{BASE}")
SHARE = re.compile(rf"约?占(?P<whole>[^\d]{{0,40}}?)的?(?:比重|比例)?为?{NUM}%")
AMOUNT = re.compile(rf"(?P<subject>.{{0,120}}?)(?P<before>(?<![\d.,])){NUM}{UNIT}{_TAIL}")
ZERO = re.compile(r'(?P<subject>.{1,80}?)(?:均|全部)?为"?(?P<number>0)"?')
YEAR_FIGURE = re.compile(
    r"(?P<year>\d{4})年度?(?:当年)?(?P<what>预算执行数|执行数|预算安排|安排预算|预算数|预算|决算数|决算)(?:为|是)?"
)
COUNT = re.compile(r"(?P<subject>.{1,60}?)(?P<number>\d{1,9})(?P<piece>辆|台\(套\)|台/套|台|套|个|项|批次|批|人次|人)")
COMPOSITION = re.compile(r"(?P<subject>.{0,60}?)(?P<main>主要)?(?:包括|包含):?(?P<list>[^\d]+)")
ABSENCE = re.compile(r"(?P<before>.{0,60}?)(?:没有|无|未)(?:使用|安排)?(?P<subject>.{2,60})")
THRESHOLD = re.compile(
    r"(?:单位?价值|单价)(?P<number>\d{1,6})(?P<unit>万元|元)(?:\(含\))?以上的?(?P<what>通用|专用)?设备(?:\(不含车辆\))?"
)

PROJECTS = re.compile(r"(?P<subject>.{0,40}?)共?(?P<number>\d{1,9})个项目(?:实行|纳入)绩效目标管理")

REASON = re.compile(r"(?:其|增加|减少|增长|下降|变动|增减)?的?(?:主要)?(?:原因|理由)(?:是|为|:)?|主要是(?!用于)|主要系")
PURPOSE = re.compile(r"主要(?:用于|反映|是用于)|用于")
COVERAGE = re.compile(r"纳入(?:部门|单位|综合)?预算管理|按照综合预算的原则")
POLICY = re.compile(
    r"管理方式|不编制|年度执行中|根据实际|相应调增|实行绩效|绩效目标管理|绩效自评|绩效评价|厉行节约|绩效管理|中央八项规定|相关制度"
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
    "minister_vehicles": re.compile(r"(?:部级领导干部|副部\(省\)级(?:及)?以上领导)用车$"),
    "leader_vehicles": re.compile(r"(?:主要领导干部|主要负责人)用车$"),
    "messenger_vehicles": re.compile(r"机要通信(?:应急)?用车$"),
    "emergency_vehicles": re.compile(r"应急保障用车$"),
    "retired_vehicles": re.compile(r"离退休干部(?:服务)?用车$"),
    "vehicles_kept": re.compile(r"公务用车保有量为?$"),
    "vehicles_bought": re.compile(r"(?:购置公务用车|公务用车购置数量?为?)$"),
    "trips_abroad": re.compile(r"因公出国\(境\)团组(?:共?计?)$"),
    "travellers_abroad": re.compile(r"(?:累计|出国\(境\)人次数?为?)$"),
    "receptions": re.compile(r"(?:国内)?公务接待(?:批次为?|累计)?$"),
    "guests": re.compile(r"(?:国内)?公务接待人次为?$"),
    "performance_projects": re.compile(r"(?:一级)?项目共?$"),
    "monitored_projects": re.compile(r"绩效跟踪.{0,20}项目共?$"),
    "evaluated_projects": re.compile(r"绩效自评.{0,20}项目共?$"),
    "rated_excellent": re.compile(r"绩效评级为\"优\"的?项目$"),
    "rated_good": re.compile(r"绩效评级为\"良\"的?项目$"),
    "rated_pass": re.compile(r"绩效评级为\"合格\"的?项目$"),
    "rated_fail": re.compile(r"绩效评级为\"不合格\"的?项目$"),
    "problems": re.compile(r"发现问题$"),
    "problems_mended": re.compile(r"完成整改的?$"),
    "problems_pending": re.compile(r"正在整改的?$"),
}
