"""The base of the enumerations that the keys of dictionaries are made of."""

from __future__ import annotations

import enum


class Choice(enum.Enum):
    """One of a few values.

    Enumerations hash by the name of a member, in Python; members are the only objects of their kind, so they may as
    well hash by identity, in C. Coordinates, units and verdicts are looked up a hundred thousand times in one audit.
    """

    __hash__ = object.__hash__
