"""How many examples the expensive laws get."""

from __future__ import annotations

from hypothesis import settings


def examples(quick: int) -> int:
    """So many by default, fifty times as many in the thorough profile: 200 and 10,000 disclosures in all."""
    thorough = settings.get_current_profile_name() == "thorough"
    return quick * 50 if thorough else quick
