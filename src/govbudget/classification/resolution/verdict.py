"""What may be said of each row once the cheapest readings are known."""

from __future__ import annotations

from collections.abc import Iterable

from govbudget.classification.resolution.candidates import Meaning
from govbudget.classification.resolution.search import Choice, Found, stands_for
from govbudget.classification.resolution.values import ResolvedName, Status
from govbudget.classification.trees import Tree

_Meanings = tuple[Meaning, ...]


def verdict(
    tree: Tree, names: tuple[str, ...], found: tuple[_Meanings, ...], best: Found, rival: Found | None
) -> tuple[ResolvedName, ...]:
    """Say for each row what it is, what else it may be, and why."""
    level = _common_level(best.best)
    rows: list[ResolvedName] = []
    for choice in best.best:
        options = best.options[choice.row]
        if choice.meaning is None:
            rows.append(_unknown(names, choice, options, level))
            continue
        open_ = _open_meanings(best, choice, found, depth=tree.depth)
        reason = ""
        if not best.complete and len(found[choice.row]) > 1:
            open_ = {m.subject.code: m for m in found[choice.row]}
            reason = "the search was cut off before other readings were ruled out"
        elif rival is not None:
            other = rival.best[choice.row]
            if (choice.printed and not other.printed) or _code(other) != _code(choice):
                open_ |= {m.subject.code: m for m in stands_for(rival, other, found[choice.row], tree.depth)}
                reason = "with its parent printed above it sums or order fail; they hold in another reading"
        ordered = sorted(
            open_.values(),
            key=lambda m: (m is not choice.meaning, m.distance, m.subject.standing.rank, m.subject.code),
        )
        sure = len(ordered) == 1 and choice.meaning.sure
        status = Status.RESOLVED if sure else Status.AMBIGUOUS
        rows.append(
            ResolvedName(
                name=names[choice.row],
                level=choice.level,
                parent_row=choice.parent,
                subject=choice.meaning.subject,
                candidates=tuple(m.candidate(*_why(tree, m, choice)) for m in ordered),
                status=status,
                reason=reason or _reason(choice, found[choice.row], options, len(ordered), rows),
            )
        )
    return tuple(rows)


def _open_meanings(best: Found, choice: Choice, found: tuple[_Meanings, ...], *, depth: int) -> dict[str, Meaning]:
    """The meanings of a row that nothing rules out."""
    assert choice.meaning is not None
    whole = not (best.cost.detached or best.cost.gaps)
    all_of_name = found[choice.row]
    if len(all_of_name) == 1:
        return {choice.meaning.subject.code: choice.meaning}
    tied: dict[str, Meaning] = {}
    for option in best.options[choice.row]:
        tied |= {m.subject.code: m for m in stands_for(best, option, all_of_name, depth)}
    if any(other.parent == choice.row for other in best.best):
        return tied
    if choice.level < max(other.level for other in best.best):
        # A row without rows below it, where others have some, may as well be its own namesake further down.
        prefix = choice.meaning.subject.code if choice.level > 1 else ""
        tied |= {m.subject.code: m for m in all_of_name if m.subject.code.startswith(prefix)}
    if whole:
        return tied
    # Some parents are not printed, so that a missing parent says little against a meaning.
    prefix = best.known_above(choice)
    if choice.printed:
        rest = all_of_name if choice.level == 2 else ()
    elif choice.parent is not None:
        rest = all_of_name
    elif best.cost.detached:
        return _between(best, choice, found) or {m.subject.code: m for m in all_of_name}
    else:
        rest = ()
    below = {m.subject.code: m for m in rest if m.subject.code.startswith(prefix) and m.subject.code != prefix}
    return tied | below


def _code(choice: Choice) -> str | None:
    return choice.meaning.subject.code if choice.meaning is not None else None


def _between(best: Found, choice: Choice, found: tuple[_Meanings, ...]) -> dict[str, Meaning]:
    """The meanings whose code lies between two sure siblings around the row, if the whole column is in order."""
    if best.cost.disorder or best.cost.repeats:
        return {}
    sure = [c for c in best.best if c.meaning is not None and len(found[c.row]) == 1]
    before = next((c.meaning for c in reversed(sure) if c.row < choice.row), None)
    after = next((c.meaning for c in sure if c.row > choice.row), None)
    if before is None or after is None or before.subject.parent != after.subject.parent:
        return {}
    low, high = before.subject, after.subject
    return {
        m.subject.code: m
        for m in found[choice.row]
        if low.code < m.subject.code < high.code and m.subject.parent == low.parent
    }


def _unknown(names: tuple[str, ...], choice: Choice, options: Iterable[Choice], level: int | None) -> ResolvedName:
    places = {(option.level, option.parent) for option in options}
    reason = "no edition at hand holds the name"
    shown = level if choice.parent is None and level is not None else choice.level
    if len(places) > 1:
        levels = ", ".join(map(str, sorted({place[0] for place in places})))
        reason += f"; neither sums nor order decide where it stands (levels {levels})"
    elif level is not None and choice.parent is None:
        reason += "; its level is taken from the rows around it"
    else:
        reason += "; its place follows from sums and order" if choice.parent is not None else ""
    return ResolvedName(
        name=names[choice.row],
        level=shown,
        parent_row=choice.parent,
        subject=None,
        candidates=(),
        status=Status.UNKNOWN,
        reason=reason,
    )


def _common_level(path: tuple[Choice, ...]) -> int | None:
    """The level of all known rows without a printed parent, if it is one level below 类."""
    levels = {choice.level for choice in path if choice.parent is None and choice.meaning is not None}
    return levels.pop() if len(levels) == 1 and levels != {1} else None


def _why(tree: Tree, meaning: Meaning, choice: Choice) -> tuple[str, ...]:
    subject = meaning.subject
    if choice.meaning is meaning and choice.printed:
        return (f"its parent {subject.parent} is printed above it in row {choice.parent}",)
    parent = tree.get(subject.parent) if subject.parent is not None else None
    return (f"stands under {parent.label}",) if parent is not None else ()


def _reason(choice: Choice, found: _Meanings, options: tuple[Choice, ...], count: int, rows: list[ResolvedName]) -> str:
    assert choice.meaning is not None
    if not choice.meaning.sure:
        return f"no edition at hand holds the name; {choice.meaning.reason}"
    if count > 1:
        return f"{count} subjects of this name fit equally well"
    text = choice.meaning.reason
    if len(found) == 1:
        text += "; no other subject has the name"
    elif choice.printed and choice.parent is not None:
        text += f"; the only one under {rows[choice.parent].name}, printed above it"
    elif choice.level == 1 and choice.parent is None:
        text += "; the only reading in which every row has its parent above it"
    else:
        text += "; the only one that parents, sums and order leave"
    if len({option.parent for option in options}) > 1:
        text += "; where it stands among rows of unknown name is not decided"
    return text
