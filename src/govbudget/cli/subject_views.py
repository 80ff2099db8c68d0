"""What ``govbudget subjects`` shows: lines of styled text for people, plain data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from govbudget.classification import (
    Change,
    Exactness,
    Hit,
    Link,
    Scheme,
    Standing,
    Subject,
    Translation,
    Tree,
    budget_of,
    changes,
    cofog,
    department_economic_of,
    draw,
    economic_of,
    functional_of,
    gfsm,
    government_economic_of,
    sources_of,
    spells,
    translate,
    years,
)
from govbudget.classification.history import SEEN
from govbudget.classification.render import MARKS
from govbudget.errors import GovBudgetError

if TYPE_CHECKING:
    from govbudget.reports.words import Lang

_WORDS = {
    "attested": ("有据", "attested"),
    "unverified": ("未核实", "unverified"),
    "historical": ("仅见于旧版", "historical"),
    "renamed": ("更名", "renamed"),
    "moved": ("移码", "moved"),
    "split": ("拆分", "split"),
    "merged": ("并入", "merged"),
    "new": ("新增", "new"),
    "withdrawn": ("取消", "withdrawn"),
    "same": ("不变", "the same"),
    "partial": ("部分对应", "in part"),
    "none": ("没有去向", "nothing known"),
    "exact": ("完全对应", "exact"),
    "the code": ("编码", "the code"),
    "code begins so": ("编码开头", "code begins so"),
    "the name": ("名称", "the name"),
    "name begins so": ("名称开头", "name begins so"),
    "part of the name": ("名称的一部分", "part of the name"),
    "name looks like it": ("名称相近", "name looks like it"),
}
_REFORM = 2017  # the first of the editions in a row
_STYLES = {Standing.ATTESTED: "", Standing.UNVERIFIED: "dim", Standing.HISTORICAL: "dim italic"}
_KINDS = {
    "new": "green",
    "withdrawn": "red",
    "renamed": "cyan",
    "moved": "magenta",
    "split": "yellow",
    "merged": "yellow",
}


def _word(key: str, lang: Lang) -> str:
    pair = _WORDS.get(key)
    return key if pair is None else pair[lang == "en"]


def _subject(subject: Subject) -> Text:
    return Text.assemble(
        (subject.code, "cyan"), " ", (subject.name, _STYLES[subject.standing]), (MARKS[subject.standing], "yellow")
    )


def tree_view(tree: Tree, top: str | None, depth: int | None, lang: Lang) -> Iterator[Text]:
    """Yield an edition, what its rows stand on, and its branches."""
    counts = Counter(subject.standing for subject in tree)
    parts = [f"{_word(s.value, lang)}{MARKS[s]} {counts[s]}" for s in Standing if counts[s]]
    number = f"{len(tree)} 个科目" if lang == "zh" else f"{len(tree)} subjects"
    yield Text(f"{tree.scheme.title} {tree.year}  {number}：{'，'.join(parts)}", style="bold")
    for line in draw(tree, top, depth=depth).splitlines():
        text = Text(line)
        text.highlight_regex(r"\d{3,}", "cyan")
        text.highlight_regex(r" [?†]$", "yellow")
        yield text


def hits_view(found: Sequence[tuple[Tree, Hit]], limit: int, lang: Lang) -> Iterator[Text]:
    """Yield hits, each with its path and why it was found."""
    for tree, hit in found[:limit]:
        above = " > ".join(s.name for s in tree.path(hit.subject.code)[:-1])
        yield Text.assemble(_subject(hit.subject), (f"  {above}", "dim") if above else "")
        yield Text(f"    {tree.scheme.title} {tree.year}，{_word(hit.why, lang)}", style="dim")
    if len(found) > limit:
        rest = len(found) - limit
        yield Text(f"… 还有 {rest} 个（--limit）" if lang == "zh" else f"… {rest} more (--limit)", style="dim")


def path_view(tree: Tree, subject: Subject, lang: Lang) -> Iterator[Text]:
    """Yield a subject and the subjects above it, one below the other."""
    yield Text(f"{tree.scheme.title} {tree.year}", style="bold")
    for step in tree.path(subject.code):
        yield Text.assemble(
            "  " * step.level, _subject(step), (f"  {step.level_name}，{_word(step.standing.value, lang)}", "dim")
        )


def changes_view(
    found: Sequence[tuple[Scheme, tuple[Change, ...] | None]], first: int, last: int, lang: Lang
) -> Iterator[Text]:
    """Yield what changed, list by list and year by year, with the count of each kind."""
    for index, (scheme, known) in enumerate(found):
        if index:
            yield Text()
        yield Text(f"{scheme.title} {first} → {last}", style="bold")
        if known is None:
            yield Text(f"  {first} 年没有这一版" if lang == "zh" else f"  no edition of {first}", style="dim")
            continue
        counts = Counter(change.kind.value for change in known)
        parts = [f"{_word(kind, lang)} {counts[kind]}" for kind in _KINDS if counts[kind]]
        yield Text("  " + ("，".join(parts) or ("没有变化" if lang == "zh" else "nothing changed")), style="dim")
        for change in known:
            yield _change(change, lang)


def _change(change: Change, lang: Lang) -> Text:
    kind = change.kind.value
    line = Text.assemble(f"  {change.year} ", (_word(kind, lang), _KINDS[kind]), "  ")
    line.append(" → ".join(_ends(change)))
    line.append(MARKS[change.standing], style="yellow")
    note = "" if change.note == SEEN else change.note
    said = "；".join(part for part in (" ".join(change.sources), note) if part)
    return line.append(f"  （{said}）", style="dim") if said else line


def _ends(change: Change) -> list[str]:
    old = f"{change.old} {change.old_name}" if change.old else ""
    new = f"{change.new} {change.new_name}" if change.new else ""
    return [end for end in (old, new) if end]


# -- all that is known about a code -----------------------------------------------------------------------------------


def explain_view(tree: Tree, code: str, lang: Lang) -> Iterator[Text]:
    """Yield all that is known about a code, one topic after the other."""
    zh = lang == "zh"
    subject = tree[code]
    budget = budget_of(subject)
    yield Text.assemble((subject.label, "bold"), (MARKS[subject.standing], "yellow"))
    about = [f"{tree.scheme.title} {tree.year}", subject.level_name, budget.title if budget else ""]
    yield Text("  " + " · ".join(part for part in about if part), style="dim")
    yield _topic("路径" if zh else "path", " > ".join(s.label for s in tree.path(code)))
    below = tree.children(code)
    if below:
        names = "、".join(s.label for s in below[:6]) + ("……" if len(below) > 6 else "")
        yield _topic("下级" if zh else "below", f"{len(below)}：{names}")
    bare = subject.standing is Standing.UNVERIFIED and subject.sources
    other = ("，其他年份见于" if zh else ", in other years printed in") if bare else ""
    yield _topic("依据" if zh else "standing", _word(subject.standing.value, lang) + other)
    for source in sources_of(subject):
        yield Text(f"      {source.id}  {source.document}", style="dim")
    for life in spells(tree.scheme, code):
        span = f"{life.first}–{life.last}" if life.last > life.first else str(life.first)
        yield _topic("历年名称" if zh else "names", f"{span}  {life.name}{MARKS[life.standing]}")
    for change in _changes_of(tree.scheme, code):
        yield Text("  ") + _change(change, lang)
    for found in _elsewhen(tree, code):
        year = found[0]
        ends = "、".join(s.label for s in found[1].targets) or "—"
        how = _word(found[1].exactness.value, lang)
        yield _topic(f"{year} 年" if zh else str(year), f"{ends}（{how}，{_word(found[1].standing.value, lang)}）")
    for name, link in _links(tree, code):
        how = _word("exact" if link.exact else "partial", lang)
        said = "，".join(part for part in (how, _word(link.standing.value, lang), link.note) if part)
        yield _topic(_LINKS[name][not zh], f"{link.subject.label}（{said}）")
    for name, where in _international(subject).items():
        how = _word("exact" if where["exact"] else "partial", lang)
        said = "，".join(part for part in (how, _word(where["standing"], lang), where["note"]) if part)
        yield _topic(name, f"{where['code'] or '—'} {where['name']}（{said}）".replace("— （", "—（"))


_LINKS = {
    "government": ("政府经济分类", "government economic"),
    "department": ("部门经济分类", "department economic"),
    "economic": ("同一笔钱（经济）", "same money (economic)"),
    "functional": ("同一笔钱（功能）", "same money (functional)"),
}


def _topic(name: str, text: str) -> Text:
    return Text.assemble("  ", (name, "bold"), "  ", text)


def _changes_of(scheme: Scheme, code: str) -> list[Change]:
    known = [year for year in years(scheme) if year >= _REFORM]
    return [change for change in changes(scheme, known[0], known[-1]) if code in {change.old, change.new}]


def _elsewhen(tree: Tree, code: str) -> list[tuple[int, Translation]]:
    """The code in the newest edition, and in the oldest of the reformed ones, where it is another subject there."""
    found = []
    for year in (years(tree.scheme)[-1], _REFORM):
        if year != tree.year and year in years(tree.scheme):
            there = translate(code, tree.year, year, scheme=tree.scheme)
            if there.exactness is not Exactness.SAME:
                found.append((year, there))
    return found


def _links(tree: Tree, code: str) -> list[tuple[str, Link]]:
    found: list[tuple[str, Link]] = []
    if tree.year not in years(Scheme.GOVERNMENT_ECONOMIC) or tree.scheme is Scheme.REVENUE:
        economic = tree.scheme is Scheme.FUNCTIONAL and tree.year in years(Scheme.DEPARTMENT_ECONOMIC)
        return [("economic", link) for link in economic_of(code, tree.year)] if economic else []
    if tree.scheme is Scheme.FUNCTIONAL:
        found += [("economic", link) for link in economic_of(code, tree.year)]
    elif tree.scheme is Scheme.DEPARTMENT_ECONOMIC:
        found += [("functional", link) for link in functional_of(code, tree.year)]
        found += [("government", link) for link in government_economic_of(code, tree.year)]
    else:
        found += [("department", link) for link in department_economic_of(code, tree.year)]
    return found


def _international(subject: Subject) -> dict[str, dict[str, Any]]:
    found = {}
    for name, ask in (("COFOG", cofog), ("GFSM 2014", gfsm)):
        try:
            where = ask(subject)
        except GovBudgetError:
            continue  # the other kind of subject, or one of the list before 2018
        found[name] = {
            "code": where.code,
            "name": where.name,
            "exact": where.exact,
            "note": where.note,
            "standing": where.standing.value,
        }
    return found


# -- data -------------------------------------------------------------------------------------------------------------


def subject_data(subject: Subject, tree: Tree | None = None) -> dict[str, Any]:
    """Return a subject as plain data; with its edition and path where ``tree`` is given."""
    data: dict[str, Any] = {
        "scheme": subject.scheme.value,
        "code": subject.code,
        "name": subject.name,
        "level": subject.level,
        "parent": subject.parent,
        "standing": subject.standing.value,
        "since": subject.since,
        "until": subject.until,
        "years": list(subject.years),
        "sources": list(subject.sources),
    }
    if tree is not None:
        data["edition"] = tree.year
        data["path"] = [{"code": s.code, "name": s.name} for s in tree.path(subject.code)]
    return data


def change_data(change: Change) -> dict[str, Any]:
    """Return a change as plain data."""
    return {
        "scheme": change.scheme.value,
        "year": change.year,
        "kind": change.kind.value,
        "old": {"code": change.old, "name": change.old_name} if change.old else None,
        "new": {"code": change.new, "name": change.new_name} if change.new else None,
        "standing": change.standing.value,
        "sources": list(change.sources),
        "note": change.note,
    }


def explain_data(tree: Tree, code: str) -> dict[str, Any]:
    """Return all that is known about a code as plain data."""
    subject = tree[code]
    budget = budget_of(subject)
    links: dict[str, list[dict[str, Any]]] = {}
    for name, link in _links(tree, code):
        entry = {
            "code": link.subject.code,
            "name": link.subject.name,
            "exact": link.exact,
            "standing": link.standing.value,
            "note": link.note,
        }
        links.setdefault(name, []).append(entry)
    return {
        **subject_data(subject, tree),
        "budget": budget.value if budget else None,
        "children": [child.code for child in tree.children(code)],
        "documents": [{"id": s.id, "document": s.document, "year": s.year} for s in sources_of(subject)],
        "names": [
            {"name": s.name, "parent": s.parent, "first": s.first, "last": s.last, "standing": s.standing.value}
            for s in spells(tree.scheme, code)
        ],
        "changes": [change_data(change) for change in _changes_of(tree.scheme, code)],
        "in_other_editions": [
            {
                "year": year,
                "subjects": [{"code": s.code, "name": s.name} for s in there.targets],
                "exactness": there.exactness.value,
                "standing": there.standing.value,
            }
            for year, there in _elsewhen(tree, code)
        ],
        "corresponds": links,
        "international": _international(subject),
    }
