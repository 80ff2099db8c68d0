"""Fixtures for pytest; loaded with pytest through its entry point, and light until one of them is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from govbudget.model import Disclosure
    from govbudget.testing.spoil import LabelledFault


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the seed."""
    group = parser.getgroup("govbudget", "government budget disclosures")
    group.addoption(
        "--govbudget-seed", type=int, default=0, help="seed of the disclosures and faults that fixtures make"
    )


@pytest.fixture
def assert_consistent() -> Callable[..., None]:
    """The function :func:`govbudget.testing.assert_consistent`."""
    from govbudget.testing import assert_consistent

    return assert_consistent


@pytest.fixture
def assert_same_disclosure() -> Callable[..., None]:
    """The function :func:`govbudget.testing.assert_same`."""
    from govbudget.testing import assert_same

    return assert_same


@pytest.fixture
def make_disclosure(request: pytest.FixtureRequest) -> Callable[..., Disclosure]:
    """Make a disclosure that holds together: ``make_disclosure("hangzhou-unit-budget", narrative=True)``.

    What is not said is chosen by ``--govbudget-seed``; a number makes another one.
    """
    from govbudget.testing import make

    seed = request.config.getoption("--govbudget-seed")

    def build(layout: str = "hangzhou-unit-budget", number: int = 0, **options: Any) -> Disclosure:
        return make(layout, seed=f"{seed} {number}", **options)

    return build


@pytest.fixture
def disclosure_faults(request: pytest.FixtureRequest) -> Callable[..., Iterator[LabelledFault]]:
    """Yield labelled faults of a disclosure, as :func:`govbudget.testing.faults` does, from ``--govbudget-seed``."""
    from govbudget.testing import faults

    seed = request.config.getoption("--govbudget-seed")

    def build(disclosure: Disclosure, **options: Any) -> Iterator[LabelledFault]:
        return faults(disclosure, **{"seed": seed, **options})

    return build
