"""From each earlier version of the JSON to the next; files of every version are read for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from govbudget.errors import FormatError

VERSION = 2
"""Version of the format that is written."""

Migration = Callable[[Any], Any]


def _decimals_of_a_line(body: Any) -> Any:
    """From 1 to 2: the decimals of a line are one number where all are alike.

    What does not look like version 1 is left as it is, for the reader to complain of; decimals that are one number
    already are no version 1.
    """
    for path, line in _lines(body):
        places, values = line.get("places"), line.get("values")
        if type(places) is int:
            raise FormatError(
                "expected a list, got an integer", place=f"{path}.places", hint="this file says version 1"
            )
        if isinstance(places, list) and isinstance(values, list) and len(places) == len(values):
            alike = set(map(type, places)) == {int} and len(set(places)) == 1
            line["places"] = places[0] if alike else places
    return body


def _lines(body: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of every table with its path, of data that may be anything."""
    for i, table in _objects(body, "tables"):
        for j, lane in _objects(table, "lanes"):
            for k, line in _objects(lane, "lines"):
                yield f"$.disclosure.tables[{i}].lanes[{j}].lines[{k}]", line


def _objects(holder: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    found = holder.get(key) if isinstance(holder, dict) else None
    for index, each in enumerate(found if isinstance(found, list) else ()):
        if isinstance(each, dict):
            yield index, each


MIGRATIONS: Mapping[int, Migration] = MappingProxyType({1: _decimals_of_a_line})
"""By the version they start from; each makes the data of the next version."""
