"""A tree as plain text, and as a rich tree for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govbudget.classification.scheme import Standing
from govbudget.classification.selections import Selection, with_ancestors
from govbudget.classification.subject import Subject
from govbudget.classification.trees import Tree
from govbudget.errors import MissingExtra

if TYPE_CHECKING:
    from rich.tree import Tree as RichTree

#: marks behind a name: nothing for attested rows
MARKS = {Standing.ATTESTED: "", Standing.UNVERIFIED: " ?", Standing.HISTORICAL: " †"}


def draw(tree: Tree, code: str | None = None, *, depth: int | None = None, only: Selection | None = None) -> str:
    """Draw a branch as text; ? marks unverified rows, † historical ones.

    Args:
        tree: the edition.
        code: top of the branch; the whole tree without it.
        depth: how many levels below the top.
        only: draw these subjects and what stands above them.

    >>> from govbudget.classification import Scheme, tree
    >>> print(draw(tree(Scheme.DEPARTMENT_ECONOMIC, 2018), "313"))
    313 对社会保障基金补助 ?
    ├── 31302 对社会保险基金补助 ?
    └── 31303 补充全国社会保障基金 ?
    """
    shown = with_ancestors(only) if only is not None else None
    lines: list[str] = []
    tops = [tree[code]] if code is not None else list(tree.roots)
    for top in tops:
        if shown is None or top.code in shown:
            lines.append(f"{top.label}{MARKS[top.standing]}")
            below = depth if code is not None or depth is None else depth - 1
            lines += _branches(tree, top.code, "", below, shown)
    return "\n".join(lines)


def _branches(tree: Tree, code: str, indent: str, depth: int | None, shown: Selection | None) -> Iterator[str]:
    if depth is not None and depth <= 0:
        return
    children = _children(tree, code, shown)
    for place, child in enumerate(children):
        last = place == len(children) - 1
        yield f"{indent}{'└── ' if last else '├── '}{child.label}{MARKS[child.standing]}"
        inner = indent + ("    " if last else "│   ")
        yield from _branches(tree, child.code, inner, None if depth is None else depth - 1, shown)


def _children(tree: Tree, code: str | None, shown: Selection | None) -> list[Subject]:
    return [child for child in tree.children(code) if shown is None or child.code in shown]


def rich_tree(
    tree: Tree, code: str | None = None, *, depth: int | None = None, only: Selection | None = None
) -> RichTree:
    """Build a ``rich.tree.Tree`` of a branch; the arguments are those of :func:`draw`.

    Raises:
        MissingExtra: rich is not installed.
    """
    try:
        from rich.text import Text
        from rich.tree import Tree as RichTree
    except ImportError as error:
        raise MissingExtra("rich is not installed", hint="pip install rich") from error

    styles = {Standing.ATTESTED: "", Standing.UNVERIFIED: "dim", Standing.HISTORICAL: "dim italic"}

    def label(subject: Subject) -> Text:
        return Text.assemble(
            (subject.code, "cyan"), " ", (subject.name, styles[subject.standing]), MARKS[subject.standing]
        )

    def grow(branch: RichTree, at: str | None, left: int | None) -> None:
        if left is not None and left <= 0:
            return
        for child in _children(tree, at, shown):
            grow(branch.add(label(child)), child.code, None if left is None else left - 1)

    shown = with_ancestors(only) if only is not None else None
    root = RichTree(label(tree[code]) if code is not None else f"{tree.scheme.title} {tree.year}")
    grow(root, code, depth)
    return root
