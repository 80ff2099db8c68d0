"""What happens to tables on their way into real files, without changing what they say."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence

import attrs

from govbudget.model import Disclosure
from govbudget.money import Amount, printed
from govbudget.serializers.printed import Contents, Heading, Ruled, Span, Words, compose
from govbudget.testing.choices import Choices

_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_MOST_LETTERS = 6  # of a name in a narrow column, before it is wrapped


class Noise(enum.Enum):
    """Kinds of noise; each leaves the model as it was."""

    SPACES = "spaces"
    """Blanks inside and around names: 国有资本经 营预算."""
    WRAPPED = "wrapped"
    """Names broken over lines inside their cells, where a format has such cells."""
    SPLIT = "split"
    """Tables that go on over the page with their header again."""
    LOST_ZEROS = "lost zeros"
    """Codes that a spreadsheet took for numbers: 05 as 5."""
    SEPARATORS = "separators"
    """Figures with commas, without, with thin blanks, and in full width, side by side."""


@attrs.frozen(kw_only=True)
class Laid:
    """A table as its cells are to be written.

    Attributes:
        title: its title with its number.
        body: whose table it is.
        unit: the unit of its money.
        header: the cells of the header.
        depth: how many rows the header takes.
        figures: for each column whether it holds figures.
        rows: the cells of the body.
        breaks: the rows before which the header stands again.
        notes: what stands under it.
    """

    title: str
    body: str
    unit: str
    header: tuple[Span, ...]
    depth: int
    figures: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    breaks: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.figures)


LaidBlock = Heading | Words | Contents | Laid


def lay(
    disclosure: Disclosure, noise: Sequence[Noise], choices: Choices, *, wraps: bool = True, thin: bool = True
) -> tuple[LaidBlock, ...]:
    """Return the blocks of a disclosure with noise.

    Args:
        disclosure: the disclosure.
        noise: the kinds of noise to make.
        choices: where it is made.
        wraps: whether the format has cells of several lines; where it has not, names get blanks instead.
        thin: whether it tells a thin blank from a blank; paper does not.
    """
    found: list[LaidBlock] = []
    for block in compose(disclosure):
        found.append(
            _laid(block, frozenset(noise), choices, wraps=wraps, thin=thin) if isinstance(block, Ruled) else block
        )
    return tuple(found)


def _laid(table: Ruled, noise: frozenset[Noise], choices: Choices, *, wraps: bool, thin: bool) -> Laid:
    def name(text: str) -> str:
        if Noise.SPACES in noise and len(text) > 2 and choices.maybe():
            at = choices.number(1, len(text) - 1)
            text = f"{text[:at]} {text[at:]}" if not _between_latin(text, at) else text
        if Noise.WRAPPED in noise and len(text) > _MOST_LETTERS and not _between_latin(text, _MOST_LETTERS):
            text = text[:_MOST_LETTERS] + ("\n" if wraps else " ") + text[_MOST_LETTERS:]
        return text

    codes = _code_columns(table)
    rows = []
    for row in table.rows:
        cells = []
        for column, cell in enumerate(row):
            if isinstance(cell, Amount):
                cells.append(_figure(cell, choices, thin=thin) if Noise.SEPARATORS in noise else printed(cell))
            elif column in codes:
                lost = Noise.LOST_ZEROS in noise and len(codes) > 1 and cell.isdigit()
                cells.append(str(int(cell)) if lost else cell)
            else:
                cells.append(_quiet(cell, name))
        rows.append(tuple(cells))
    breaks: frozenset[int] = frozenset()
    if Noise.SPLIT in noise and len(rows) > 2:
        breaks = frozenset({choices.number(1, len(rows) - 1)})
    return Laid(
        title=table.title,
        body=table.body,
        unit=table.unit,
        header=tuple(attrs.evolve(span, text=_quiet(span.text, name)) for span in table.header),
        depth=table.depth,
        figures=table.figures,
        rows=tuple(rows),
        breaks=breaks,
        notes=table.notes,
    )


def _quiet(text: str, name: Callable[[str], str]) -> str:
    """Names take noise; dashes and single words do not."""
    return name(text) if len(text) > 2 else text


def _between_latin(text: str, at: int) -> bool:
    """Whether a blank would part a number or a Latin word, and so change what is said."""
    return text[at - 1].isascii() and text[at].isascii()


def _code_columns(table: Ruled) -> frozenset[int]:
    """The columns in which nothing but codes stands."""
    found = set()
    for column, figures in enumerate(table.figures):
        cells = [row[column] for row in table.rows]
        shown = [cell for cell in cells if cell]
        if not figures and shown and all(isinstance(cell, str) and cell.isdigit() for cell in shown):
            found.add(column)
    return frozenset(found)


def _figure(amount: Amount, choices: Choices, *, thin: bool) -> str:
    form = choices.pick(["commas", "plain", "wide", "thin"] if thin else ["commas", "plain", "wide"])
    text = printed(amount, grouping=form != "plain")
    if form == "thin":
        return text.replace(",", "\u2009")
    return text.translate(_FULL_WIDTH) if form == "wide" else text
