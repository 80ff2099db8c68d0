"""How the benchmarks measure: pieces of work taken in turn, medians; the peak of memory of one of them."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping

Work = Callable[[], object]
_LEAST = 0.005  # seconds


def interleaved(
    work: Mapping[str, Work], rounds: int = 15, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Medians in seconds; each is run once to warm up, then every round runs each of them in turn.

    What takes less than some milliseconds is run several times in its turn, or it would pay for the caches that the
    others left full. ``time.process_time`` for a clock leaves out what else the machine does; it is right for work of
    one thread in this process, and for no other.
    """
    loops: dict[str, int] = {}
    for name, run in work.items():
        run()
        loops[name] = max(1, int(_LEAST / max(_seconds(run, clock), 1e-9)))
    took: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, run in work.items():
            took[name].append(_seconds(run, clock, loops[name]))
    return {name: statistics.median(found) for name, found in took.items()}


def _seconds(run: Work, clock: Callable[[], float], loops: int = 1) -> float:
    gc.collect()  # nobody pays for what another left behind
    begin = clock()
    for _ in range(loops):
        run()
    return (clock() - begin) / loops


def peak(run: Work) -> int:
    """The most bytes that Python objects took during a piece of work, beyond what was there before.

    What a library in C takes for itself is not in it.
    """
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    try:
        run()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
