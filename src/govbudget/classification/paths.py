"""The forms in which documents print where a subject stands, and the subject they mean.

Codes come whole (``2012950``), in parts (``201-29-50``, ``201|29|50``, three cells, ``301|2`` with its zero lost) and
glued to a name (``2013802一般行政管理事务``); names come as paths
(``一般公共服务支出（类）群众团体事务（款）事业运行（项）``), with pieces of code in the brackets
(``公共安全支出（204类）司法（06款）行政运行（01项）``), or with strokes between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from govbudget.classification.edition_file import write_years
from govbudget.classification.former import elsewhere
from govbudget.classification.near import close_names
from govbudget.classification.numbering import without_number
from govbudget.classification.scheme import LEVELS
from govbudget.classification.subject import Subject
from govbudget.classification.trees import Tree
from govbudget.errors import AmbiguousName, UnknownCode
from govbudget.text import fold

_MARKED = re.compile(r"(.+?)\((\d{0,9})([类款项目])\)[-—>/|、,]*")
_LABEL = re.compile(r"^(\d[\d\-./|_·]*)(.*)$")
_STROKES = re.compile(r"[-—>/|、·]+")


@attrs.frozen
class PrintedPath:
    """A place in the tree as a document prints it.

    Attributes:
        code: the code, in full, as far as it is printed.
        names: the names, the outermost first.
        marks: for each name its level where 类, 款, 项 or 目 says so, else None.
    """

    code: str = ""
    names: tuple[str, ...] = ()
    marks: tuple[int | None, ...] = ()


def parse_path(printed: str | Sequence[str]) -> PrintedPath:
    """Take a printed path apart, without asking whether it exists.

    Args:
        printed: the text, or the cells it is spread over.

    >>> parse_path("201-29-50").code, parse_path(["301", "2", "津贴补贴"]).code
    ('2012950', '30102')
    >>> parse_path("公共安全支出（204类）司法（06款）行政运行（01项）")
    PrintedPath(code='2040601', names=('公共安全支出', '司法', '行政运行'), marks=(1, 2, 3))
    """
    if not isinstance(printed, str | Sequence):
        raise UnknownCode(f"{printed!r} is no text", hint=f"write {str(printed)!r}")
    cells = [printed] if isinstance(printed, str) else [cell for cell in printed if cell]
    text = without_number("|".join(fold(cell) for cell in cells)).lstrip("、,.;:")
    code, rest = "", text
    label = _LABEL.match(text)
    if label is not None:
        code, rest = join_code(re.split(r"\D+", label[1].strip("-./|_·"))), label[2].lstrip("-./|_·:")
    marked = _marked(rest)
    if marked is not None:
        pieces = [piece for _, piece, _ in marked if piece]
        return PrintedPath(
            code or join_code(pieces),
            tuple(name for name, _, _ in marked),
            tuple(LEVELS.index(level) + 1 if level else None for _, _, level in marked),
        )
    labels = [part for part in re.split(r"(?<=\D)[-—>/|]+(?=\d)", rest) if part]
    if code and len(labels) > 1:  # 201一般公共服务支出-20129群众团体事务: the last label is the place
        last = parse_path(labels[-1])
        names = (labels[0], *(re.sub(r"^\d+", "", part) for part in labels[1:]))
        return PrintedPath(join_code([code, last.code]), names, (None,) * len(names))
    names = tuple(part for part in re.split(r"[>/|]+|--+|—+", rest) if part)
    return PrintedPath(code, names, (None,) * len(names))


def join_code(parts: Sequence[str]) -> str:
    """Put the parts of a code together; a part that holds the whole code so far replaces it.

    >>> join_code(["201", "29", "50"]), join_code(["201", "20129", "2012950"]), join_code(["301", "2"])
    ('2012950', '2012950', '30102')
    """
    code = ""
    for part in parts:
        if not part:
            continue
        if code and (not part.startswith(code) or len(part) <= len(code)):
            code += part.zfill(2)
        else:
            code = part
    return f"{code[:3]}0{code[3]}" if len(code) == 4 else code  # 3012 can only be 301|2


def lookup(tree: Tree, printed: str | Sequence[str]) -> Subject:
    """Return the subject that a printed path means.

    Args:
        tree: the edition to look in.
        printed: the text, or the cells it is spread over.

    Raises:
        UnknownCode: there is no such place; where code and name disagree the hint says what the code is called.
        AmbiguousName: the names alone stand at several places.

    >>> from govbudget.classification import Scheme, tree
    >>> functional = tree(Scheme.FUNCTIONAL, 2024)
    >>> lookup(functional, "一般公共服务支出（类）群众团体事务（款）事业运行（项）").code
    '2012950'
    >>> lookup(functional, "2013802一般行政管理事务").label
    '2013802 一般行政管理事务'
    """
    path = parse_path(printed)
    shown = printed if isinstance(printed, str) else " ".join(printed)
    if path.code:
        subject = tree[path.code]
        if path.names and not _agrees(tree, subject, path):
            raise UnknownCode(
                f"{shown!r} does not fit {tree!r}",
                hint=f"{subject.code} is {'/'.join(part.name for part in tree.path(subject.code))}"
                + _other_years(tree, path.names),
            )
        return subject
    if not path.names:
        raise UnknownCode(f"{shown!r} holds neither a code nor a name", hint="print it as 201-29-50 or as names")
    bearers = tree.named(path.names[-1])
    found = [subject for subject in bearers if _agrees(tree, subject, path)]
    if not found and len(path.names) == 1 and path.marks == (None,):
        found = _by_strokes(tree, path.names[0])
    if len(found) > 1:
        places = "; ".join(subject.label for subject in found[:12])
        raise AmbiguousName(f"{shown!r} stands at {len(found)} places of {tree!r}", hint=f"one of: {places}")
    if not found:
        places = "; ".join("/".join(s.name for s in tree.path(bearer.code)) for bearer in bearers[:4])
        hint = f"{path.names[-1]} stands at {places}{' …' if len(bearers) > 4 else ''}"
        raise UnknownCode(
            f"no place {shown!r} in {tree!r}",
            hint=(hint if bearers else close_names(tree.names, path.names[-1])) + _other_years(tree, path.names),
        )
    return found[0]


def _agrees(tree: Tree, subject: Subject, path: PrintedPath) -> bool:
    """Every printed name is that of the subject or of an ancestor, in order, on the printed level."""
    chain = list(tree.path(subject.code))
    if fold(chain[-1].name) != path.names[-1] or path.marks[-1] not in {None, subject.level}:
        return False
    at = 0
    for name, mark in zip(path.names[:-1], path.marks[:-1], strict=True):
        while at < len(chain) - 1 and not (fold(chain[at].name) == name and mark in {None, chain[at].level}):
            at += 1
        if at >= len(chain) - 1:
            return False
        at += 1
    return True


def _other_years(tree: Tree, names: Sequence[str]) -> str:
    """What a hint adds about names that only other editions hold."""
    said = ""
    for name in names:
        bearers = {} if name in tree.names else elsewhere(tree.scheme, name)
        for code, when in bearers.items():
            said += f"; {name} is the name of {code} in {write_years(when)}"
    return said


def _by_strokes(tree: Tree, text: str) -> list[Subject]:
    """Names with strokes between them, where names themselves may hold such strokes."""
    parts = tuple(part for part in _STROKES.split(text) if part)
    if len(parts) < 2:
        return []
    path = PrintedPath("", parts, (None,) * len(parts))
    return [subject for subject in tree.named(parts[-1]) if _agrees(tree, subject, path)]


def _marked(text: str) -> list[tuple[str, str, str]] | None:
    """Names with their levels in brackets, if the text is made of such; the last one may go without."""
    found: list[tuple[str, str, str]] = []
    at = 0
    while at < len(text):
        match = _MARKED.match(text, at)
        if match is None:
            return [*found, (text[at:], "", "")] if found and not re.search(r"[\d()]", text[at:]) else None
        found.append((match[1], match[2], match[3]))
        at = match.end()
    return found or None
