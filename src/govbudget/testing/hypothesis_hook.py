"""Tell Hypothesis how to make our types, when it is imported and not before.

``@given(st.builds(f))`` and ``st.from_type(Disclosure)`` then work without importing this package; the strategies
themselves are loaded when the first example is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Register the strategies; Hypothesis calls this through its entry point."""
    from hypothesis import strategies as st

    from govbudget.model import Coordinate, Disclosure
    from govbudget.money import Amount

    def named(name: str) -> SearchStrategy[object]:
        def load() -> SearchStrategy[object]:
            from govbudget.testing import strategies

            found: SearchStrategy[object] = getattr(strategies, name)()
            return found

        return st.deferred(load)

    st.register_type_strategy(Amount, named("amounts"))
    st.register_type_strategy(Coordinate, named("coordinates"))
    st.register_type_strategy(Disclosure, named("consistent_disclosures"))
