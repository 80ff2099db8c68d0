"""Text of a document as HTML: escaped whatever it holds, its numbers coloured by role, its leftovers marked."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import attrs

from govbudget.reading import NumberRole, NumberUse

MOST_SHOWN = 20_000
"""So many characters of one paragraph or cell are shown."""

Span = tuple[int, int]

# What a page must not hold, or what would turn its text around: control characters, marks of direction, halves of
# surrogate pairs, non-characters. They are shown by name. Tabs and line feeds are text.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]"
)


def escaped(text: str) -> str:
    r"""Escape a text for HTML, inside and outside of attributes; characters that do harm are shown by name.

    >>> escaped('<b onclick="x">\x1b')
    '&lt;b onclick=&quot;x&quot;&gt;[U+001B]'
    """
    return html.escape(_HARMFUL.sub(lambda match: f"[U+{ord(match[0]):04X}]", text))


@attrs.frozen
class Leftover:
    """A finding that has a span: the mark it leaves in the text."""

    span: Span
    number: int


@attrs.frozen
class Marks:
    """What is known of the characters of a document.

    Attributes:
        source: the text that all spans point into.
        units: where each paragraph and cell begins, in order.
        numbers: every number of the source, in order.
        titles: what the stretches around numbers were understood as (start, stop, words), in order.
        leftovers: the spans of findings, in order.
    """

    source: str
    units: tuple[int, ...]
    numbers: tuple[NumberUse, ...]
    titles: tuple[tuple[int, int, str], ...]
    leftovers: tuple[Leftover, ...]
    _starts: tuple[int, ...] = attrs.field(init=False)
    _unread: Mapping[Span, int] = attrs.field(init=False)

    @_starts.default
    def _starts_of_numbers(self) -> tuple[int, ...]:
        return tuple(use.span[0] for use in self.numbers)

    @_unread.default
    def _order_of_unread(self) -> Mapping[Span, int]:
        unread = (use.span for use in self.numbers if use.role is NumberRole.UNREAD)
        return {span: index for index, span in enumerate(unread, 1)}

    def within(self, start: int, stop: int) -> Sequence[NumberUse]:
        """Return the numbers that stand between ``start`` and ``stop``, whole."""
        found = self.numbers[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]
        return found if not found or found[-1].span[1] <= stop else found[:-1]

    def as_in_source(self, text: str, start: int) -> str:
        """Return how the source spells the text of a unit: in Markdown ``&#46;`` is a point.

        What is spelt otherwise goes on up to the next unit or the end of its line.
        """
        if self.source.startswith(text, start):
            return text
        index = bisect_left(self.units, start + 1)
        end = self.source.find("\n", start)
        stops = [*self.units[index : index + 1], len(self.source) if end < 0 else end]
        return self.source[start : min(stops)]

    def html(self, text: str, start: int) -> str:
        """Return ``text``, which stands at ``start`` of the source as it is, with its numbers and leftovers marked."""
        shown = text[:MOST_SHOWN]
        stop = start + len(shown)
        out: list[str] = []
        at = start
        for (begin, end), found in self._stretches(start, stop):
            out.append(self._plain(shown, start, (at, begin)))
            out.append(f"<mark>{self._plain(shown, start, (begin, end))}</mark>{backlinks(found)}")
            at = end
        out.append(self._plain(shown, start, (at, stop)))
        if len(text) > len(shown):
            out.append(f"<small>… +{len(text) - len(shown):,}</small>")
        return "".join(out)

    def _stretches(self, start: int, stop: int) -> list[tuple[Span, list[int]]]:
        """The stretches that findings cover: apart from each other, and around whole numbers."""
        first = bisect_left(self.leftovers, start, key=lambda leftover: leftover.span[0])
        last = bisect_left(self.leftovers, stop, key=lambda leftover: leftover.span[0])
        out: list[tuple[Span, list[int]]] = []
        for leftover in self.leftovers[first:last]:
            begin, end = self._whole(leftover.span[0], min(leftover.span[1], stop))
            begin, end = max(begin, start), min(end, stop)
            if out and begin < out[-1][0][1]:
                (before, until), numbers = out[-1]
                out[-1] = (before, max(end, until)), [*numbers, leftover.number]
            else:
                out.append(((begin, end), [leftover.number]))
        return out

    def _whole(self, begin: int, end: int) -> Span:
        """Widen a span so that it cuts no number in two."""
        for at in (begin, end):
            index = bisect_left(self._starts, at) - 1
            if index >= 0 and self.numbers[index].span[1] > at:
                begin, end = min(begin, self.numbers[index].span[0]), max(end, self.numbers[index].span[1])
        return begin, end

    def _plain(self, text: str, offset: int, span: Span) -> str:
        """A stretch with its numbers coloured; ``text`` stands at ``offset``."""
        out: list[str] = []
        at, end = span
        for use in self.within(at, end):
            out.append(escaped(text[at - offset : use.span[0] - offset]))
            out.append(self._number(use))
            at = use.span[1]
        out.append(escaped(text[at - offset : end - offset]))
        return "".join(out)

    def _number(self, use: NumberUse) -> str:
        index = bisect_left(self.titles, use.span[1], key=lambda title: title[0]) - 1
        start, stop, words = self.titles[index] if index >= 0 else (0, 0, "")
        title = words if start <= use.span[0] and use.span[1] <= stop else ""
        said = f' title="{escaped(title)}"' if title else ""
        order = self._unread.get(use.span)
        if order is None:
            return f'<b class="{use.role.value}"{said}>{escaped(use.text)}</b>'
        onward = order + 1 if order < len(self._unread) else 1
        return f'<a class="unread" id="u{order}" href="#u{onward}"{said}>{escaped(use.text)}</a>'


def backlinks(numbers: Iterable[int]) -> str:
    """Return the small links from a place to the findings about it.

    >>> backlinks([3, 4])
    '<sup><a href="#f3">3</a> <a href="#f4">4</a></sup>'
    """
    links = " ".join(f'<a href="#f{number}">{number}</a>' for number in dict.fromkeys(numbers))
    return f"<sup>{links}</sup>" if links else ""
