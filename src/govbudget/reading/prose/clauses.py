"""Cut folded text into sentences and clauses, never inside a number or a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import attrs

_SENTENCE_ENDS = "。;!?"
_MAY_PART = re.compile("[()《》。;!?,:、和及]")
_AFTER_FIGURE = re.compile(r"(?:元|%|辆|台|套|个|项|\d批次?|\d人次?|\(套\))$")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_LISTING = re.compile(r"(?:包括|包含)$")


@attrs.frozen
class Clause:
    """A clause: its text, where it stands in the folded text, and whether it begins or ends a sentence."""

    text: str
    start: int
    stop: int
    sentence: int


@attrs.frozen
class Sentence:
    """The clauses of a sentence, and what is asked of all of them, which is found out once."""

    clauses: list[Clause]
    _last: dict[str, int] = attrs.field(factory=dict)

    def last(self, pattern: re.Pattern[str]) -> int:
        """Return the index of the last clause in which the pattern is found, -1 where it is in none."""
        if (known := self._last.get(pattern.pattern)) is None:
            found = (index for index, clause in enumerate(self.clauses) if pattern.search(clause.text))
            known = self._last[pattern.pattern] = max(found, default=-1)
        return known


def sentences(text: str, offset: int = 0) -> list[Sentence]:
    """Return the sentences of ``text``, which stands at ``offset`` in the folded text.

    >>> [[clause.text for clause in sentence.clauses] for sentence in sentences("收入1万元,占100%。其中:")]
    [['收入1万元', '占100%'], ['其中']]
    """
    return [Sentence(list(group)) for _, group in groupby(clauses(text, offset), attrgetter("sentence"))]


def clauses(text: str, offset: int = 0) -> Iterator[Clause]:
    """Yield the clauses of ``text``, which stands at ``offset`` in the folded text.

    Commas and colons part clauses; between figures also 、 and 和. A colon behind 包括 keeps its list with it.

    >>> [c.text for c in clauses("收入1,147.95万元,占100%。其中:货物2万元、服务0万元")]
    ['收入1,147.95万元', '占100%', '其中', '货物2万元', '服务0万元']
    """
    start = depth = sentence = 0
    for match in _MAY_PART.finditer(text):
        index, char = match.start(), match[0]
        inserted = (char == "(" and text.startswith("其中", index + 1)) or (char == ")" and not depth)
        if inserted:
            pass  # (其中，…；…) holds clauses of its own: its brackets part them
        elif char in "(《":
            depth += 1
        elif char in ")》":
            depth = max(0, depth - 1)
        ends = char in _SENTENCE_ENDS
        if ends:
            depth = 0
        if not inserted and (depth or not (ends or _parts(text, start, index))):
            continue
        if index > start:
            yield Clause(text[start:index], start + offset, index + offset, sentence)
        start = index + 1
        sentence += ends
    if start < len(text):
        yield Clause(text[start:], start + offset, len(text) + offset, sentence)


def _parts(text: str, start: int, index: int) -> bool:
    char = text[index]
    if char == ",":
        inside = index and text[index - 1].isdigit() and _THOUSANDS.match(text, index + 1)
        return not inside
    before = text[max(start, index - 4) : index]
    if char == ":":
        return not _LISTING.search(before)
    return char in "、和及" and bool(_AFTER_FIGURE.search(before))
