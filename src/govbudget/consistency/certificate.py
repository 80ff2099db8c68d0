"""Proofs that figures cannot all be right, and the few lines that check such a proof.

A certificate names figures and carries a proof. The proof multiplies relations by integers and adds them up: what
comes out must be zero (or at most zero), but over the ranges of the named figures it is always above zero. Where only
whole numbers refute (never so on one tree), the proof splits a figure into two halves and refutes each, or shows that
the sum can never be divisible as it must be. The check trusts nothing that found the proof.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from math import gcd

import attrs

from govbudget.consistency.system import Bound, Relation, System


class Kind(enum.Enum):
    """How a certificate refutes."""

    LINEAR = "linear"
    """One sum of relations is out of reach: no exact values at all, whole or broken, fit."""
    INTEGER = "integer"
    """Broken values would fit, whole ones do not."""


@attrs.frozen
class Combination:
    """A sum of relations that cannot be what it must be.

    Attributes:
        multipliers: relations with integer multipliers, not negative for inequalities.
        modulus: 0 where the sum is always above zero; otherwise the divisor that leaves a remainder.
    """

    multipliers: tuple[tuple[int, int], ...]
    modulus: int = 0


@attrs.frozen
class Split:
    """Two refutations: one where a figure is at most ``at``, one where it is at least ``at + 1``."""

    figure: int
    at: int
    below: Proof
    above: Proof


Proof = Combination | Split


@attrs.frozen
class Certificate:
    """Figures that cannot all be right, and why.

    Attributes:
        kind: whether broken values would do.
        figures: the figures; without any one of them the rest could stand, unless ``irreducible`` is false.
        relations: the relations the proof uses.
        proof: the proof.
        gap: by how much the combined sum misses zero at the least; over one relation the gap of its grade.
        irreducible: whether it was shown that no figure can be left out.
    """

    kind: Kind
    figures: tuple[int, ...]
    relations: tuple[int, ...]
    proof: Proof
    gap: int
    irreducible: bool = False

    @property
    def multipliers(self) -> dict[int, int]:
        """The multiplier of each relation; empty where the proof is not a single sum."""
        return dict(self.proof.multipliers) if isinstance(self.proof, Combination) else {}


def verify(certificate: Certificate, system: System) -> bool:
    """Check a certificate from nothing but the system itself.

    >>> from govbudget.consistency.system import Plan, sum_of
    >>> given = System(Plan(3, (sum_of(0, [1, 2]),)), (4, 1, 1), (4, 1, 1), (4, 1, 1))
    >>> proof = Combination(((0, -1),))
    >>> verify(Certificate(Kind.LINEAR, (0, 1, 2), (0,), proof, 2), given)
    True
    >>> verify(Certificate(Kind.LINEAR, (0, 1), (0,), proof, 2), given)
    False
    """
    lows = {i: system.lows[i] for i in certificate.figures}
    highs = {i: system.highs[i] for i in certificate.figures}
    return certificate.gap == gap_of(certificate.proof, system.plan.relations, lows, highs) > 0


def gap_of(proof: Proof, relations: Sequence[Relation], lows: Mapping[int, Bound], highs: Mapping[int, Bound]) -> int:
    """Return by how much a proof refutes, over the ranges given; 0 where it proves nothing."""
    if isinstance(proof, Split):
        low, high = lows.get(proof.figure), highs.get(proof.figure)
        most = proof.at if high is None else min(high, proof.at)
        least = proof.at + 1 if low is None else max(low, proof.at + 1)
        below = gap_of(proof.below, relations, lows, {**highs, proof.figure: most})
        return min(below, gap_of(proof.above, relations, {**lows, proof.figure: least}, highs))
    if any(times < 0 and relations[number].at_most for number, times in proof.multipliers):
        return 0
    sums = combined(proof.multipliers, relations)
    if proof.modulus:
        return _remainder(proof, sums, relations, lows, highs)
    total = 0
    for figure, times in sums.items():
        end = lows.get(figure) if times > 0 else highs.get(figure)
        if end is None:
            return 0
        total += times * end
    return max(total, 0)


def combined(multipliers: Iterable[tuple[int, int]], relations: Sequence[Relation]) -> dict[int, int]:
    """Return the coefficients of Σ multiplier × relation, without those that cancel."""
    sums: dict[int, int] = {}
    for number, times in multipliers:
        for figure in relations[number].plus:
            sums[figure] = sums.get(figure, 0) + times
        for figure in relations[number].minus:
            sums[figure] = sums.get(figure, 0) - times
    return {figure: times for figure, times in sums.items() if times}


def _remainder(
    proof: Combination,
    sums: Mapping[int, int],
    relations: Sequence[Relation],
    lows: Mapping[int, Bound],
    highs: Mapping[int, Bound],
) -> int:
    if any(relations[number].at_most for number, _ in proof.multipliers):
        return 0
    fixed = 0
    for figure, times in sums.items():
        low = lows.get(figure)
        if low is not None and low == highs.get(figure):
            fixed += times * low
        elif times % proof.modulus:
            return 0
    rest = fixed % proof.modulus
    return min(rest, proof.modulus - rest)


def linear(multipliers: Mapping[int, int], system: System) -> Certificate:
    """Return the certificate that a sum of relations gives, its multipliers without a common divisor.

    The sign is chosen so that the sum is above zero; a sum that refutes nothing gives a certificate that does not
    verify.
    """
    shared = gcd(*multipliers.values()) or 1
    for sign in (1, -1):
        proof = Combination(tuple(sorted((n, sign * t // shared) for n, t in multipliers.items() if t)))
        figures = tuple(sorted(combined(proof.multipliers, system.plan.relations)))
        gap = gap_of(proof, system.plan.relations, dict(enumerate(system.lows)), dict(enumerate(system.highs)))
        if gap:
            break
    return Certificate(Kind.LINEAR, figures, tuple(n for n, _ in proof.multipliers), proof, gap)


def relations_of(proof: Proof) -> frozenset[int]:
    """Return the relations a proof uses."""
    if isinstance(proof, Split):
        return relations_of(proof.below) | relations_of(proof.above)
    return frozenset(number for number, _ in proof.multipliers)
