"""Final accounts printed from exact figures in the central order: 公开01表 to 公开09表 with 行次 and 栏次."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import attrs

from govbudget.classification import Scheme, tree

_FUNDS = ("general", "government_fund", "state_capital", "other")
_CLASSES = tree(Scheme.FUNCTIONAL, 2024)
_ECONOMIC = tree(Scheme.DEPARTMENT_ECONOMIC, 2024)
_PERSONNEL = ("30101", "30102", "30302")
_RUNNING_LEFT = ("30201", "30217", "30231")
_RUNNING_RIGHT = ("31002", "31003")

Row = Sequence[str]


@attrs.frozen(kw_only=True)
class Spent:
    """What was spent on a subject (项), in 分.

    Attributes:
        code: its code.
        fund: the money it came from: general, government_fund, state_capital or other.
        basic: basic spending.
        project: spending on projects.
        plan: its budget at the beginning of the year.
    """

    code: str
    fund: str = "general"
    basic: int = 0
    project: int = 0
    plan: int = 0


@attrs.frozen(kw_only=True)
class Accounts:
    """The exact figures of a year.

    Attributes:
        spent: what was spent, by subject and money.
        opening: what each money opened the year with; it closes with ``saved`` more.
        saved: income that was not spent, by money.
        trips: the “三公” items planned and spent: abroad, reception, vehicles bought, vehicles run.
        places: decimals of the tables, which are in 万元.
    """

    spent: tuple[Spent, ...]
    opening: dict[str, int] = attrs.field(factory=dict)
    saved: dict[str, int] = attrs.field(factory=dict)
    trips: tuple[tuple[int, int], ...] = ((0, 0),) * 4
    places: int = 2


def page(accounts: Accounts) -> str:
    """Print the nine tables and the sentences that explain them."""
    return _Page(accounts).html()


class _Page:
    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.codes = sorted({s.code for s in accounts.spent})

    def total(self, what: Callable[[Spent], int], fund: str = "", below: str = "") -> int:
        return sum(what(s) for s in self.accounts.spent if fund in ("", s.fund) and s.code.startswith(below))

    def opening(self, fund: str) -> int:
        return self.accounts.opening.get(fund, 0)

    def closing(self, fund: str) -> int:
        return self.opening(fund) + self.accounts.saved.get(fund, 0)

    def income(self, fund: str, below: str = "") -> int:
        """Income of a money; what is saved of it stands with the first subject that spends it."""
        first = next((c for c in self.codes if self.total(_both, fund, c)), "")
        saved = self.accounts.saved.get(fund, 0) if first.startswith(below) else 0
        return self.total(_both, fund, below) + saved

    def yuan(self, fen: int) -> str:
        """Print 分 as 万元, halves up."""
        scale = 10**self.accounts.places
        digits = str((2 * fen * scale + 1_000_000) // 2_000_000).rjust(self.accounts.places + 1, "0")
        return f"{int(digits[: -self.accounts.places]):,}.{digits[-self.accounts.places :]}"

    def subjects(self, cells: Callable[[str], list[int]], fund: str = "") -> list[Row]:
        """Lines by subject, 类 above 款 above 项, each code in one cell; the total first."""
        codes = [c for c in self.codes if not fund or self.total(_both, fund, c)]
        keys = sorted({code[:n] for code in codes for n in (3, 5, 7)})
        total: Row = ["合计", "", *map(self.yuan, cells(""))]
        return [total, *([key, _CLASSES[key].name, *map(self.yuan, cells(key))] for key in keys)]

    def html(self) -> str:
        total = self.total
        sides = [self.summary(), self.fiscal_summary()]
        spending = self.subjects(lambda k: [total(_both, "", k), total(_basic, "", k), total(_project, "", k), 0, 0, 0])
        general = self.subjects(
            lambda k: [total(_both, "general", k), total(_basic, "general", k), total(_project, "general", k)],
            "general",
        )
        capital = self.subjects(
            lambda k: [total(f, "state_capital", k) for f in (_both, _basic, _project)], "state_capital"
        )
        fund = self.subjects(self.fund_line, "government_fund")
        income = self.subjects(self.income_line)
        subject = [["项目", ""], ["科目编码", "科目名称"]]
        titles = (
            ("收入支出决算总表", sides[0]),
            ("收入决算表", _under(subject, ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入",
                                      "附属单位上缴收入", "其他收入"], income)),
            ("支出决算表", _under(subject, ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出",
                                      "对附属单位补助支出"], spending)),
            ("财政拨款收入支出决算总表", sides[1]),
            ("一般公共预算财政拨款支出决算表", _under(subject, ["本年支出", "", ""], general,
                                               second=["小计", "基本支出", "项目支出"])),
            ("一般公共预算财政拨款基本支出决算明细表", self.basic()),
            ("政府性基金预算财政拨款收入支出决算表",
             _under(subject, ["年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"], fund,
                    second=["", "", "小计", "基本支出", "项目支出", ""])),
            ("国有资本经营预算财政拨款支出决算表", _under(subject, ["本年支出", "", ""], capital,
                                                 second=["合计", "基本支出", "项目支出"])),
            ("财政拨款“三公”经费支出决算表", self.trips()),
        )  # fmt: skip
        parts = ["<h1>某县某局</h1>", "<p>2024年度部门决算</p>", "<h2>第一部分 某县某局概况</h2>"]
        parts += [
            "<p>某县某局主管全县某项工作，内设办公室，决算包括本级和下属某中心。</p>",
            "<h2>第二部分 2024年度部门决算表</h2>",
        ]
        for number, (title, rows) in enumerate(titles, 1):
            parts.append(f"<h3>{title}</h3><p>公开{number:02}表</p><p>部门：某县某局</p><p>金额单位：万元</p>")
            parts.append("<table>" + "".join(_tr(row) for row in rows) + "</table>")
            if all(self.zero(row[2:]) for row in rows[3:]):
                parts.append("<p>注：某县某局2024年度没有此项收入和支出，故本表无数据。</p>")
        return "\n".join([*parts, *self.sentences()]) + "\n"

    def zero(self, cells: Row) -> bool:
        return not any(c in "123456789" for cell in cells for c in cell)

    def summary(self) -> list[Row]:
        names = ("一、一般公共预算财政拨款收入", "二、政府性基金预算财政拨款收入", "三、国有资本经营预算财政拨款收入")
        left = [(name, self.income(f)) for name, f in zip(names, _FUNDS, strict=False)]
        left += [("四、其他收入", self.income("other")), ("本年收入合计", sum(map(self.income, _FUNDS)))]
        left += [("使用非财政拨款结余（含专用结余）", 0), ("年初结转和结余", sum(map(self.opening, _FUNDS)))]
        left += [("总计", left[4][1] + left[6][1])]
        right = [(name, [self.total(_both, "", key)]) for key, name in self.classes()]
        spent, closing = self.total(_both), sum(map(self.closing, _FUNDS))
        right += [
            ("本年支出合计", [spent]),
            ("结余分配", [0]),
            ("年末结转和结余", [closing]),
            ("总计", [spent + closing]),
        ]
        return self.sides(["金额"], left, right)

    def fiscal_summary(self) -> list[Row]:
        names = ("一、一般公共预算财政拨款", "二、政府性基金预算财政拨款", "三、国有资本经营预算财政拨款")
        funds = _FUNDS[:3]
        left = [(name, self.income(f)) for name, f in zip(names, funds, strict=True)]
        left += [("本年收入合计", sum(map(self.income, funds)))]
        left += [("年初财政拨款结转和结余", sum(map(self.opening, funds)))]
        left += [(name[2:], self.opening(f)) for name, f in zip(names, funds, strict=True)]
        left += [("总计", left[3][1] + left[4][1])]

        def row(of: Callable[[str], int]) -> list[int]:
            return [sum(map(of, funds)), *map(of, funds)]

        right = [(name, row(partial(self.total, _both, below=key))) for key, name in self.classes()]
        spent, closing = row(lambda f: self.total(_both, f)), row(self.closing)
        right += [("本年支出合计", spent), ("年末财政拨款结转和结余", closing)]
        right += [("总计", [a + b for a, b in zip(spent, closing, strict=True)])]
        return self.sides(["合计", *(f"{name[2:]}" for name in names)], left, right)

    def classes(self) -> list[tuple[str, str]]:
        used = {code[:3] for code in self.codes} | {"202", "205"}
        return [(key, _CLASSES[key].name) for key in sorted(used)]

    def sides(self, heads: Row, left: list[tuple[str, int]], right: list[tuple[str, list[int]]]) -> list[Row]:
        """Two lists side by side, each line with its number."""
        rows: list[Row] = [
            ["收入", "", "", "支出", *[""] * (len(heads) + 1)],
            ["项目", "行次", "金额", "项目", "行次", *heads],
        ]
        rows.append(["栏次", "", "1", "栏次", "", *[str(i) for i in range(2, 2 + len(heads))]])
        for index in range(max(len(left), len(right))):
            a = (
                [left[index][0], str(index + 1), self.yuan(left[index][1])]
                if index < len(left)
                else ["", str(index + 1), ""]
            )
            number = str(index + 31)
            b = (
                [right[index][0], number, *map(self.yuan, right[index][1])]
                if index < len(right)
                else ["", number] + [""] * len(heads)
            )
            rows.append([*a, *b])
        return rows

    def income_line(self, key: str) -> list[int]:
        fiscal = sum(self.income(f, key) for f in _FUNDS[:3])
        other = self.income("other", key)
        return [fiscal + other, fiscal, 0, 0, 0, 0, other]

    def fund_line(self, key: str) -> list[int]:
        f = "government_fund"
        first = next((c for c in self.codes if self.total(_both, f, c)), "")
        opening, saved = (self.opening(f), self.accounts.saved.get(f, 0)) if first.startswith(key) else (0, 0)
        spent = [self.total(what, f, key) for what in (_both, _basic, _project)]
        return [opening, self.income(f, key), *spent, opening + saved]

    def shares(self) -> dict[str, int]:
        """Basic spending from the general budget, by economic subject: every one but the last an eighth."""
        codes = (*_PERSONNEL, *_RUNNING_LEFT, *_RUNNING_RIGHT)
        whole = self.total(_basic, "general")
        small = {code: 0 if code in ("30217", "30231") else whole // 8 for code in codes[1:]}
        return {codes[0]: whole - sum(small.values()), **small}

    def basic(self) -> list[Row]:
        shares = self.shares()

        def block(codes: Sequence[str]) -> list[list[str]]:
            keys = sorted({c[:3] for c in codes} | set(codes))
            return [
                [k, _ECONOMIC[k].name, self.yuan(sum(v for c, v in shares.items() if c.startswith(k)))] for k in keys
            ]

        blocks = [block(_PERSONNEL), block(_RUNNING_LEFT), block(_RUNNING_RIGHT)]
        rows: list[Row] = [["人员经费", "", "", "公用经费", "", "", "", "", ""], ["科目编码", "科目名称", "金额"] * 3]
        for index in range(max(map(len, blocks))):
            rows.append([cell for b in blocks for cell in (b[index] if index < len(b) else ["", "", ""])])
        people = sum(v for c, v in shares.items() if c in _PERSONNEL)
        running = sum(shares.values()) - people
        return [*rows, ["人员经费合计", "", self.yuan(people), "公用经费合计", "", "", "", "", self.yuan(running)]]

    def trips(self) -> list[Row]:
        heads = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"]
        low = ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""]
        figures: list[str] = []
        for side in (0, 1):
            abroad, reception, bought, run = (item[side] for item in self.accounts.trips)
            amounts = [abroad + reception + bought + run, abroad, bought + run, bought, run, reception]
            figures += map(self.yuan, amounts)
        return [["预算数", *[""] * 5, "决算数", *[""] * 5], heads * 2, low * 2, [str(i) for i in range(1, 13)], figures]

    def sentences(self) -> list[str]:
        income, spent = sum(map(self.income, _FUNDS)), self.total(_both)
        whole = income + sum(map(self.opening, _FUNDS))
        fiscal = sum(self.income(f) + self.opening(f) for f in _FUNDS[:3])
        general, plan = self.total(_both, "general"), self.total(lambda s: s.plan, "general")
        people = sum(v for c, v in self.shares().items() if c in _PERSONNEL)
        basic = self.total(_basic, "general")
        trips = [sum(item[side] for item in self.accounts.trips) for side in (0, 1)]
        w = self.yuan
        fiscal_income = sum(map(self.income, _FUNDS[:3]))
        out = [
            "<h2>第三部分 2024年度部门决算情况说明</h2>",
            "<h3>一、收入支出决算总体情况说明</h3>",
            f"<p>2024年度收、支总计{w(whole)}万元。与2023年度相比，收、支总计各增加0.00万元。</p>",
            "<h3>二、收入决算情况说明</h3>",
            (
                f"<p>本年收入合计{w(income)}万元，其中：财政拨款收入{w(fiscal_income)}万元，"
                f"占{_rate(fiscal_income, income)}%；"
                f"其他收入{w(income - fiscal_income)}万元，占{_rate(income - fiscal_income, income)}%。</p>"
            ),
            "<h3>三、支出决算情况说明</h3>",
            (
                f"<p>本年支出合计{w(spent)}万元，其中：基本支出{w(self.total(_basic))}万元，"
                f"占{_rate(self.total(_basic), spent)}%；项目支出{w(self.total(_project))}万元。</p>"
            ),
            "<h3>四、财政拨款收入支出决算总体情况说明</h3>",
            f"<p>2024年度财政拨款收、支总计{w(fiscal)}万元。</p>",
            "<h3>五、一般公共预算财政拨款支出决算情况说明</h3>",
            (
                f"<p>一般公共预算财政拨款支出年初预算为{w(plan)}万元，支出决算为{w(general)}万元，"
                f"完成年初预算的{_rate(general, plan)}%。{_stand(general, plan)}</p>"
            ),
        ]
        for number, s in enumerate((s for s in self.accounts.spent if s.fund == "general"), 1):
            path = "".join(f"{_CLASSES[s.code[:n]].name}（{w_}）" for n, w_ in ((3, "类"), (5, "款"), (7, "项")))
            had = s.basic + s.project
            out.append(
                f"<p>{number}、{path}。主要用于：日常工作。年初预算为{w(s.plan)}万元，支出决算为{w(had)}万元，"
                f"完成年初预算的{_rate(had, s.plan)}%。{_stand(had, s.plan)}</p>"
            )
        out += [
            "<h3>六、一般公共预算财政拨款基本支出决算情况说明</h3>",
            (
                f"<p>一般公共预算财政拨款基本支出{w(basic)}万元，其中：人员经费{w(people)}万元，"
                f"公用经费{w(basic - people)}万元。</p>"
            ),
            "<h3>七、财政拨款“三公”经费支出决算情况说明</h3>",
            (
                f"<p>“三公”经费财政拨款支出年初预算为{w(trips[0])}万元，支出决算为{w(trips[1])}万元，"
                f"完成年初预算的{_rate(trips[1], trips[0])}%。</p>"
            ),
            "<p>因公出国（境）团组1个，累计2人次。公务用车保有量为2辆。公务接待批次为3批次，公务接待人次为20人次。</p>",
            "<h3>八、政府性基金预算财政拨款收入支出决算情况说明</h3>",
            f"<p>政府性基金预算财政拨款支出{w(self.total(_both, 'government_fund'))}万元。</p>",
            "<h3>九、国有资本经营预算财政拨款支出决算情况说明</h3>",
            f"<p>国有资本经营预算财政拨款支出{w(self.total(_both, 'state_capital'))}万元。</p>",
            "<h3>十、预算绩效情况说明</h3>",
            (
                "<p>绩效自评的2024年度项目3个，涉及预算金额12.00万元，平均得分96.50分（其中，绩效评级为“优”的项目2个；"
                "绩效评级为“良”的项目1个）。</p>"
            ),
            "<h3>十一、其他重要事项的情况说明</h3>",
            "<h3>（一）机关运行经费支出情况</h3>",
            f"<p>机关运行经费支出{w(basic - people)}万元，比2023年度增加0.00万元。</p>",
            "<h3>（二）政府采购支出情况</h3>",
            (
                "<p>政府采购支出总额9.00万元，其中：政府采购货物支出2.00万元、政府采购工程支出3.00万元、"
                "政府采购服务支出4.00万元。授予中小企业合同金额6.00万元，其中：授予小微企业合同金额5.00万元。</p>"
            ),
            "<h3>（三）国有资产占用情况说明</h3>",
            (
                "<p>截至2024年12月31日，本部门共有车辆2辆，其中：机要通信用车1辆、其他用车1辆。"
                "单价100万元（含）以上设备（不含车辆）1台（套）。</p>"
            ),
            "<h2>第四部分 名词解释</h2>",
            "<p>一、财政拨款收入：指从本级财政取得的拨款。</p>",
        ]
        return out


def _basic(s: Spent) -> int:
    return s.basic


def _project(s: Spent) -> int:
    return s.project


def _both(s: Spent) -> int:
    return s.basic + s.project


def _rate(part: int, whole: int) -> str:
    """Print a share as a percentage with two digits, halves up; of nothing, nothing."""
    hundredths = (2 * 10_000 * part + whole) // (2 * whole) if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _stand(outcome: int, plan: int) -> str:
    if outcome == plan:
        return "决算数与预算数基本持平。"
    return f"决算数{'大于' if outcome > plan else '小于'}预算数的主要原因：工作安排有变化。"


def _under(left: Sequence[Row], heads: Row, lines: list[Row], second: Row | None = None) -> list[Row]:
    """A table by subject: two rows of headers, the numbers of the columns, the lines."""
    return [
        [*left[0], *heads],
        [*left[1], *(second or [""] * len(heads))],
        ["栏次", "", *[str(i) for i in range(1, len(heads) + 1)]],
        *lines,
    ]


def _tr(row: Row) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"


EXAMPLE = Accounts(
    spent=(
        Spent(code="2010601", basic=123_456_789, project=1_000_001, plan=125_000_000),
        Spent(code="2010602", project=45_678_905, plan=50_000_000),
        Spent(code="2080505", basic=16_075_333, plan=16_075_333),
        Spent(code="2101101", basic=6_099_444, plan=6_000_000),
        Spent(code="2120801", fund="government_fund", project=30_000_004),
        Spent(code="2010602", fund="other", project=7_000_009),
    ),
    opening={"general": 21_630_007, "government_fund": 5_000_000, "other": 12_345_678},
    saved={"government_fund": 1_234_567, "other": 250_005},
    trips=((0, 0), (950_000, 420_000), (0, 0), (3_000_000, 2_750_001)),
)
"""Accounts with money of three kinds, balances on both sides and spending above and below its budget."""
