"""From lines to paragraphs, as far as the layout of the page says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import attrs

from govbudget.source.pdf_lines import Line, is_wide, join_lines
from govbudget.source.pieces import TextPiece

_STOPS = ("。", "；", "：", "！", "？", ";", ":", "”", ".")
_CLOSING = re.compile(r"[。，、；：！？）》」』】〕”’%％]")
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[、.．](?:(?!\d)|(?=20\d\d年))"
)
_STARTS_NEW = re.compile(rf"(?:第[一二三四五六七八九十百\d]+[条章节部]|{_ITEM.pattern}|(?:注|说明|备注)[:：])")
_UNFINISHED = ("，", "、", "（", "(", "“", "《", "和", "及", "与")
_TABLE_OF_CONTENTS = re.compile(r"目\s*[录次]")
_CONTENTS = re.compile(r"[.…·．]\s*(?:[.…·．]\s*){3,}[\s\d（()）]*$")
_TOKEN = re.compile(r"[\d,.，％%A-Za-z]+")
_MAX_CAPTION = 60


@attrs.frozen(kw_only=True)
class Frame:
    """The text block of a page: where full lines begin and end, the usual size of the letters, is it of 目录."""

    left: int
    right: int
    size: int
    contents: bool = False


def frames(pages: Mapping[int, Sequence[Line]], widths: Mapping[int, int]) -> dict[int, Frame]:
    """Return the text block of each page; a page of few lines takes it from the pages as wide as itself."""
    sizes: Counter[int] = Counter()
    for lines in pages.values():
        for line in lines:
            sizes[(line.size + 25) // 50 * 50] += len(line.text)
    usual = max(sizes, key=lambda size: (sizes[size], size), default=1000)
    out = {}
    for page, lines in pages.items():
        own = [line for line in lines if len(line.text) >= 12]
        if len(own) < 5:
            alike = (ls for other, ls in pages.items() if abs(widths[other] - widths[page]) < 500)
            own = [line for ls in alike for line in ls if len(line.text) >= 12] or list(lines)
        left = min((line.x0 for line in own), default=0)
        right = max((line.x1 for line in own), default=widths[page])
        contents = any(_TABLE_OF_CONTENTS.fullmatch(line.text) for line in lines)
        out[page] = Frame(left=left, right=right, size=usual, contents=contents)
    return out


def paragraphs(lines: Sequence[Line], by_page: Mapping[int, Frame], *, before_table: bool) -> list[TextPiece]:
    """Put lines that follow each other into paragraphs.

    Args:
        lines: the lines between two tables, page after page.
        by_page: the text block of each page.
        before_table: a table follows, so that the last short lines are its captions.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, by_page):
            groups[-1].append(line)
        else:
            groups.append([line])
    pieces = _lists([_piece(group, by_page[group[0].page]) for group in groups])
    return _captions(pieces) if before_table else pieces


def _goes_on(group: Sequence[Line], line: Line, by_page: Mapping[int, Frame]) -> bool:
    last = group[-1]
    here, there = by_page[last.page], by_page[line.page]
    size = max(last.size, line.size)
    if last.page == line.page and line.base - last.base > 3 * size:
        return False
    if _CONTENTS.search(last.text) or abs(last.size - line.size) * 3 > size:
        return False
    if _CLOSING.match(line.text):
        return True
    if (line.x0 - there.left) * 10 > 8 * line.size:  # indented: new, but for the second line of a centred title
        return _same_title(group, line, here, there)
    ended = last.text.endswith(_STOPS)
    room = here.right - last.x1
    if _ITEM.match(line.text) and not last.text.endswith(_UNFINISHED):
        return False
    if _STARTS_NEW.match(line.text) and (ended or there.contents or room > 2 * size):
        return False
    if abs(last.size - line.size) * 12 > size and (len(group) == 1 and last.size * 10 > here.size * 11):
        return False  # a heading and the text under it
    if room < _first_token(line) + size:
        return True
    long = (last.x1 - last.x0) * 10 > 6 * (here.right - here.left) and len(last.text) > 10
    return not ended and long and abs(last.size - line.size) * 12 <= size


def _first_token(line: Line) -> int:
    token = _TOKEN.match(line.text)
    return len(token[0]) * line.size * 6 // 10 if token else line.size


def _same_title(group: Sequence[Line], line: Line, here: Frame, there: Frame) -> bool:
    last = group[-1]
    large = last.size * 10 >= here.size * 11 and abs(last.size - line.size) * 12 <= line.size
    long = (last.x1 - last.x0) * 100 >= 55 * (here.right - here.left)
    centred = _balanced(last, here) and _balanced(line, there)
    return last.page == line.page and large and long and centred and not _STARTS_NEW.match(line.text)


def _balanced(line: Line, frame: Frame) -> bool:
    return abs((line.x0 - frame.left) - (frame.right - line.x1)) < 4 * line.size


def _centred(line: Line, frame: Frame) -> bool:
    return line.x0 - frame.left > 3 * line.size and _balanced(line, frame)


def _piece(group: Sequence[Line], frame: Frame) -> TextPiece:
    text = join_lines([line.text for line in group])
    return TextPiece(text=text, heading=_heading(group, text, frame), page=group[0].page)


def _heading(group: Sequence[Line], text: str, frame: Frame) -> int:
    first = group[0]
    if len(text) > _MAX_CAPTION or text.endswith(("。", "；", "，", "、")) or not any(map(is_wide, text)):
        return 0
    if first.parted or _CONTENTS.search(text):
        return 0
    if first.size * 100 >= frame.size * 135:
        return 1
    if first.size * 100 >= frame.size * 112:
        return 2
    return 2 if len(group) == 1 and _centred(first, frame) else 0


def _lists(pieces: list[TextPiece]) -> list[TextPiece]:
    """Four headings of one level in a row are a list in large type, and so is what follows 目录 on its page."""
    contents = {piece.page for piece in pieces if _TABLE_OF_CONTENTS.fullmatch(piece.text)}
    pieces = [
        attrs.evolve(p, heading=0) if p.page in contents and not _TABLE_OF_CONTENTS.fullmatch(p.text) else p
        for p in pieces
    ]
    out: list[TextPiece] = []
    for level, run in groupby(pieces, lambda piece: piece.heading):
        group = list(run)
        out.extend(attrs.evolve(p, heading=0) if level and len(group) >= 4 else p for p in group)
    return out


def _captions(pieces: list[TextPiece]) -> list[TextPiece]:
    """Make the last short lines above a table headings; 部门：… and 单位：… stay what they are."""
    out = list(pieces)
    for index in range(len(out) - 1, max(len(out) - 4, -1), -1):
        text = out[index].text
        if len(text) > _MAX_CAPTION or text.endswith((*_STOPS, "，", "、")):
            break
        if ("：" in text or ":" in text) and not re.match(r"(?:附|公开)?\s*表?\s*\d+\s*表?\s*[:：]", text):
            continue
        if not out[index].heading:
            out[index] = attrs.evolve(out[index], heading=3)
        break
    return out


def plain_pieces(lines: Iterable[Line]) -> list[TextPiece]:
    """Return the lines as they are, each a piece: for margins."""
    return [TextPiece(text=line.text, page=line.page) for line in lines]
