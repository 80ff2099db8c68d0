"""The words of forms: what stands before a value, and which value that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from govbudget.model import Fund
from govbudget.source import GridCell

Cells = Sequence[tuple[int, GridCell, str]]
"""Of a row, the cells that show something: column, cell, folded text."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "项目名称": "project",
        "主管部门": "department",
        "主管部门及代码": "department",
        "主管部门名称": "department",
        "预算部门": "department",
        "实施单位": "organization",
        "项目单位": "organization",
        "预算单位": "organization",
        "项目实施单位": "organization",
        "项目性质": "nature",
        "项目属性": "nature",
        "项目类别": "category",
        "项目类型": "category",
        "项目分类": "category",
        "计划开始日期": "start",
        "开始日期": "start",
        "项目开始时间": "start",
        "计划完成日期": "finish",
        "完成日期": "finish",
        "项目结束时间": "finish",
    }
)
"""What is a field of the model, by its label."""
_FURTHER = re.compile(
    r"(?:项目)?(?:负责人(?:及电话)?|联系人|编码|代码|期限?|实施期限?|起止时间|概况|总投资)|主管部门编码|填报人|填报单位|"
    r"填报日期|联系电话|(?:预算)?年度|(?:项目)?立项的?依据|备注|其他(?:需要)?说明(?:的问题|事项)?"
)
_HEADS = frozenset(
    {"项目绩效目标", "绩效目标", "年度绩效目标", "指标", "项目资金", "资金情况", "项目资金申请", "项目立项情况"}
)
OF_A_LIST = re.compile(r"(?:项目|年度|本年度?|当年|长期|中期|实施期|总目标)*绩效(?:目标衡量)?指标")
"""What stands beside a list of indicators and says what they are for."""
MONEY_UNIT = re.compile(r"\((?:单位:)?(元|千元|万元|亿元)\):?$")
_PART = r"(?:其中:)?(?:当年|本年|年度)?"
_CARRIED = re.compile(r"(?:其中:)?(?:上年|以前年度)?(?:结转结余|结转|结余)(?:资金|收入)?")
_FUNDS = tuple(
    (fund, re.compile(words))
    for fund, words in (
        (Fund.ALL, r"(?:(?:项目|年度|本年|当年|实施期)?资金(?:申请)?|年度预算)(?:总额|总计|合计)"),
        (Fund.FISCAL, rf"{_PART}财政(?:性?资金|拨款)"),
        (Fund.GENERAL, rf"{_PART}一般公共预算(?:财政)?(?:拨款|资金)"),
        (Fund.GOVERNMENT_FUND, rf"{_PART}政府性基金(?:预算)?(?:财政)?(?:拨款|资金)"),
        (Fund.STATE_CAPITAL, rf"{_PART}国有资本经营预算(?:财政)?(?:拨款|资金)"),
        (Fund.SPECIAL_ACCOUNT, rf"{_PART}(?:财政专户管理(?:的)?(?:资金|收入)|纳入财政专户管理的(?:资金|收入))"),
        (Fund.UNIT, rf"{_PART}(?:单位资金|自有资金|(?:单位)?自筹资金)"),
        (Fund.BUSINESS, rf"{_PART}事业收入"),
        (Fund.OPERATING, rf"{_PART}(?:事业单位)?经营(?:性)?收入"),
        (Fund.SUPERIOR, rf"{_PART}上级补助(?:收入|资金)"),
        (Fund.OTHER, rf"{_PART}其他(?:资金|收入)"),
    )
)
OF_THE_YEAR, OF_ALL = re.compile("年度|当年|本年"), re.compile("项目|实施期|长期|中期|总目标")
AIM = re.compile(r"(?:项目|年度|实施期|中期|长期|当年)?(?:总体)?(?:绩效)?(?:总)?目标(?:\([^()]*\))?")
TITLE = re.compile(r"[^,。;]{2,40}表")


def money_of(text: str) -> tuple[Fund, bool] | None:
    """Return which money a label speaks of, and whether it is left from the year before.

    >>> money_of("其中:当年财政拨款"), money_of("上年结转资金")
    ((<Fund.FISCAL: 'fiscal'>, False), (<Fund.ALL: 'all'>, True))
    """
    bare = MONEY_UNIT.sub("", text).rstrip(":")
    if _CARRIED.fullmatch(bare):
        return Fund.ALL, True
    return next(((fund, False) for fund, words in _FUNDS if words.fullmatch(bare)), None)


def is_label(text: str) -> bool:
    """Tell whether a cell says what the next one is."""
    bare = text.rstrip(":")
    known = bare in FIELDS or _FURTHER.fullmatch(bare) or AIM.fullmatch(bare)
    return bool(known) or money_of(text) is not None


def is_head(text: str) -> bool:
    """Tell whether a cell stands beside several rows and says what they are; it has no value of its own."""
    return text in _HEADS or bool(OF_A_LIST.fullmatch(text))


def annual(text: str) -> bool | None:
    """Tell whether words speak of the year, or of as long as a project lasts; ``None`` where they do not say."""
    return True if OF_THE_YEAR.search(text) else False if OF_ALL.search(text) else None


def shown(cell: GridCell) -> str:
    """Return the text of a cell as the model keeps it."""
    return " ".join(cell.text.split())
