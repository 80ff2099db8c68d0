"""The columns of names of the Hangzhou budget (表3, 表6), with the codes that a person put beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from govbudget.classification import Resolution, Scheme, resolve_names
from govbudget.model import Disclosure, SubjectHead
from govbudget.money import Amount, Mark

Bounds = tuple[int, int]

FUNCTIONAL_COLUMN = """\
一般公共服务支出,201,1015.73,802.52,144.13,69.08
群众团体事务,20129,1015.73,802.52,144.13,69.08
事业运行,2012950,946.65,802.52,144.13,
其他群众团体事务支出,2012999,69.08,,,69.08
社会保障和就业支出,208,104.20,104.20,,
行政事业单位养老支出,20805,104.20,104.20,,
事业单位离退休,2080502,33.42,33.42,,
机关事业单位基本养老保险缴费支出,2080505,47.19,47.19,,
机关事业单位职业年金缴费支出,2080506,23.59,23.59,,
卫生健康支出,210,28.02,28.02,,
行政事业单位医疗,21011,28.02,28.02,,
事业单位医疗,2101102,28.02,28.02,,
"""
ECONOMIC_COLUMN = """\
工资福利支出,301,899.32,899.32,
基本工资,30101,125.98,125.98,
津贴补贴,30102,105.35,105.35,
奖金,30103,74.91,74.91,
绩效工资,30107,266.05,266.05,
机关事业单位基本养老保险缴费,30108,47.19,47.19,
职业年金缴费,30109,23.59,23.59,
职工基本医疗保险缴费,30110,28.02,28.02,
其他社会保障缴费,30112,12.00,12.00,
住房公积金,30113,68.21,68.21,
医疗费,30114,3.10,3.10,
其他工资福利支出,30199,144.92,144.92,
商品和服务支出,302,144.13,,144.13
办公费,30201,23.00,,23.00
印刷费,30202,2.50,,2.50
咨询费,30203,4.00,,4.00
手续费,30204,0.30,,0.30
邮电费,30207,13.00,,13.00
物业管理费,30209,6.30,,6.30
差旅费,30211,1.90,,1.90
维修(护)费,30213,5.00,,5.00
租赁费,30214,1.50,,1.50
会议费,30215,1.90,,1.90
培训费,30216,2.40,,2.40
公务接待费,30217,2.40,,2.40
劳务费,30226,1.00,,1.00
工会经费,30228,12.77,,12.77
福利费,30229,39.45,,39.45
其他交通费用,30239,15.00,,15.00
其他商品和服务支出,30299,11.71,,11.71
对个人和家庭的补助,303,35.42,35.42,
退休费,30302,33.42,33.42,
其他对个人和家庭的补助,30399,2.00,2.00,
"""


def bounds(text: str) -> Bounds | None:
    """What 万元 with two digits stand for, in 分."""
    if not text:
        return None
    cents = int(text.replace(".", "")) * 10_000
    return (cents - 5_000, cents + 4_999)


def column(text: str) -> tuple[list[str], list[str], list[list[Bounds | None]]]:
    rows = list(csv.reader(text.splitlines()))
    return [row[0] for row in rows], [row[1] for row in rows], [[bounds(cell) for cell in row[2:]] for row in rows]


def true_codes() -> dict[tuple[Scheme, str], str]:
    """Every subject that the eleven tables name, and its code."""
    found: dict[tuple[Scheme, str], str] = {}
    for scheme, text in ((Scheme.FUNCTIONAL, FUNCTIONAL_COLUMN), (Scheme.DEPARTMENT_ECONOMIC, ECONOMIC_COLUMN)):
        names, codes, _ = column(text)
        found |= {
            (scheme, name.replace("(", "（").replace(")", "）")): code for name, code in zip(names, codes, strict=True)
        }
    return found


def name_columns(disclosure: Disclosure, *, sums: bool) -> Iterator[tuple[str, list[str], Resolution]]:
    """Yield table, true codes and reading of every column of subject names in a disclosure read from that document."""
    truth = true_codes()
    for table in disclosure.tables:
        for lane in table.lanes:
            lines = [line for line in lane.lines if isinstance(line.head, SubjectHead)]
            if not lines:
                continue
            scheme = Scheme.FUNCTIONAL if lane.axis == "functional" else Scheme.DEPARTMENT_ECONOMIC
            amounts = [
                [
                    None if isinstance(value, Mark) else Amount(value, table.unit, places).bounds
                    for value, places in zip(line.values, line.places, strict=True)
                ]
                for line in lines
            ]
            names = [line.label for line in lines]
            known = [truth[scheme, name.replace("(", "（").replace(")", "）")] for name in names]
            found = resolve_names(names, scheme=scheme, year=disclosure.year, amounts=amounts if sums else None)
            yield table.kind.value, known, found
