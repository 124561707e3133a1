"""Timing side by side: two things in turn, and the ratio of their medians, since machines are noisy."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(action: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turn(ours: Callable[[], object], yardstick: Callable[[], object], runs: int) -> tuple[list[float], list[float]]:
    """Seconds of both, run alternately after one warm-up of each."""
    ours()
    yardstick()
    pairs = [(seconds(ours), seconds(yardstick)) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def percentile(times: Sequence[float], share: float) -> float:
    """The sample at this share, rounded up: no interpolation."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(what: str, ours: Sequence[float], yardstick: Sequence[float], limit: float, share: float = 0.5) -> None:
    """One line: ours, the yardstick, their ratio, and the ratio wanted."""
    mine, theirs = (statistics.median(t) if share == 0.5 else percentile(t, share) for t in (ours, yardstick))
    kind = "median" if share == 0.5 else f"{100 * share:.0f} %"
    verdict = "ok" if mine <= limit * theirs else "ABOVE"
    print(
        f"{what:<58} {kind:>6}  {1000 * mine:9.2f} ms  yardstick {1000 * theirs:9.2f} ms  "
        f"ratio {mine / theirs:5.2f}  wanted <= {limit:g}  {verdict}",
        flush=True,
    )
