"""How many generated disclosures, faults and documents a second, beside reading or auditing the same ones.

What a test builds on should cost less than what it tests: the peer is the audit of this library, in the same run.
"""

from __future__ import annotations

import time
from itertools import count

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from timing import interleaved

from govbudget.invariants import audit
from govbudget.layouts import table_layout_ids
from govbudget.testing import Noise, consistent_disclosures, faults, make, print_document, shapes


def drawn(examples: int, *, narrative: bool) -> float:
    """Seconds that Hypothesis takes to draw one disclosure, of any layout."""
    took = [0.0, 0]
    quiet = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @quiet
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        begin = time.process_time()
        shape = data.draw(shapes(narrative=narrative))
        data.draw(consistent_disclosures(shape=shape))
        took[0] += time.process_time() - begin
        took[1] += 1

    draw()
    return took[0] / took[1]


def main() -> None:
    """Print examples a second, and the ratio to the audit of one of them."""
    seeds, layouts = count(), table_layout_ids()

    def built(*, narrative: bool) -> object:
        number = next(seeds)
        return make(layouts[number % len(layouts)], seed=number, narrative=narrative, leaves=8)

    made = [make(layout, seed=1, narrative=True, leaves=8) for layout in layouts]
    turn = count()
    work = {
        "audit of one with sentences": lambda: audit(made[next(turn) % len(made)], diagnosis=False),
        "tables": lambda: built(narrative=False),
        "tables and sentences": lambda: built(narrative=True),
        "a fault of every kind": lambda: list(faults(made[next(turn) % len(made)])),
        "Markdown with noise": lambda: print_document(made[next(turn) % len(made)], "md", noise=tuple(Noise)),
        "a workbook with noise": lambda: print_document(made[next(turn) % len(made)], "xlsx", noise=tuple(Noise)),
    }
    took = interleaved(work, rounds=12, clock=time.process_time)
    took["drawn by Hypothesis, tables"] = drawn(60, narrative=False)
    took["drawn by Hypothesis, tables and sentences"] = drawn(60, narrative=True)
    peer = took["audit of one with sentences"]
    for name, seconds in took.items():
        print(f"{name:45} {1 / seconds:7.1f} a second   {peer / seconds:5.2f} × as fast as the audit")


if __name__ == "__main__":
    main()
