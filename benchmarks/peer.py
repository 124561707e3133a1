"""Widely used peers on the same cases; runs in an environment of its own, since they need an older pandas.

Reads one task per line (JSON), answers each with the seconds it took and the peak of memory in MB.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable

import numpy as np
from pymcdm.helpers import rankdata
from pymcdm.methods import PROMETHEE_II
from pysensmcda.criteria import range_modification
from pysensmcda.robustness import pairwise_winning_indices
from pysensmcda.smaa import smaa2


def weighted_sum(matrix: np.ndarray, weights: np.ndarray, _types: np.ndarray) -> np.ndarray:
    """The additive model, as the peers call methods."""
    totals: np.ndarray = matrix @ weights
    return totals


def acceptability(values: np.ndarray, samples: int) -> None:
    """SMAA-2 with all indices."""
    found = smaa2(weighted_sum, values, np.ones(values.shape[1]), num_samples=samples, reverse_ranking=True, seed=0)
    pairwise_winning_indices(found.simulation.rankings)


def stepping(values: np.ndarray, _samples: int) -> None:
    """Each weight in steps of 1 %, ranked at every step."""
    count = values.shape[1]
    for _, _, weights in range_modification(np.full(count, 1 / count), np.array([[0.0, 1.0]] * count), step=0.01):
        rankdata(weighted_sum(values, weights, np.ones(count)), True)


def promethee(values: np.ndarray, _samples: int) -> None:
    """PROMETHEE II with the usual preference function."""
    count = values.shape[1]
    PROMETHEE_II("usual")(values, np.full(count, 1 / count), np.ones(count))


TASKS: dict[str, Callable[[np.ndarray, int], None]] = {
    "acceptability": acceptability,
    "stepping": stepping,
    "promethee": promethee,
}


def main() -> None:
    """Answer tasks until there are no more."""
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        task = json.loads(line)
        values = np.random.default_rng(0).random(task["shape"])
        if task["memory"]:
            tracemalloc.start()
        start = time.perf_counter()
        TASKS[task["name"]](values, task["samples"])
        seconds = time.perf_counter() - start
        peak = tracemalloc.get_traced_memory()[1] / 1e6 if task["memory"] else 0.0
        tracemalloc.stop()
        print(json.dumps({"seconds": seconds, "peak": peak}), flush=True)


if __name__ == "__main__":
    main()
