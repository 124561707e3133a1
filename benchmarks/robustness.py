"""Simulation, switch points and outranking against widely used peers and against compiled or vectorised yardsticks."""

from __future__ import annotations

import ctypes
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from measure import in_turn, report, seconds

from partnerselect.kernels import crosscheck, regions, smaa, sweeps
from partnerselect.kernels.arrays import FloatArray

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-peers/bin/python"

Peer = Callable[..., dict[str, float]]


def main() -> None:
    """All figures of this file."""
    with _peer() as peer, _fused() as fused:
        _acceptability(peer, fused)
        _switch_points(peer)
        _promethee(peer)
    _growth()
    _memory()


def _acceptability(peer: Peer, fused: Callable[[FloatArray, FloatArray], tuple[np.ndarray, np.ndarray]]) -> None:
    for shape, samples, wanted, runs in (((12, 10), 10_000, 14, 15), ((100, 12), 100_000, 15, 3)):
        values = np.random.default_rng(0).random(shape)

        def ours(values: FloatArray = values, samples: int = samples) -> smaa.Acceptabilities:
            found = smaa.smaa(values, values, samples=samples, rng=np.random.default_rng(1))
            found.pairwise_winning  # noqa: B018 - counted when asked for
            return found

        ours()
        theirs = [peer("acceptability", shape, samples)["seconds"] for _ in range(3)]
        mine = [seconds(ours) for _ in range(runs)]
        what = f"SMAA, all indices, {shape[0]} x {shape[1]}, {samples:,} samples"
        _times_faster(f"{what}, than the peer", mine, theirs, wanted)

        def compiled(values: FloatArray = values, samples: int = samples) -> object:
            weights = regions.simplex(values.shape[1]).sample(samples, np.random.default_rng(1))
            return fused(values, weights)

        report(f"{what}, against a fused kernel", *in_turn(ours, compiled, runs), 3)
        weights = regions.simplex(shape[1]).sample(samples, np.random.default_rng(1))
        gaps = np.diff(np.sort(weights @ values.T, axis=1), axis=1)
        weights = np.ascontiguousarray(weights[(gaps > 2e-9).all(axis=1)])  # the yardstick knows no ties
        samples = len(weights)
        places, wins = fused(values, weights)
        same = smaa.from_samples(values, weights)
        assert (np.rint(same.rank_acceptability * samples) == places).all(), "counts differ from the fused kernel"
        assert (np.rint(same.pairwise_winning * samples - np.eye(shape[0]) * samples / 2) == wins).all()


def _switch_points(peer: Peer) -> None:
    values = np.random.default_rng(0).random((12, 10))
    weights = np.full(10, 0.1)
    theirs = [peer("stepping", (12, 10), 0)["seconds"] for _ in range(5)]

    def exact() -> None:
        for criterion in range(10):
            sweeps.switch_points(values, weights, criterion).orders  # noqa: B018 - made when first asked for

    exact()
    _times_faster(
        "all switch points of 12 x 10, exactly, than stepping", [seconds(exact) for _ in range(30)], theirs, 150
    )
    many = np.random.default_rng(0).random((1000, 12))
    equal = np.full(12, 1 / 12)
    steps = np.linspace(0, 1, 101)

    def leading() -> None:
        sweeps.leading_sweeps(many, equal)

    def in_steps() -> None:
        for criterion in range(12):
            others = np.delete(equal, criterion) / (1 - equal[criterion])
            rest = np.delete(many, criterion, axis=1) @ others
            totals = steps[:, None] * many[:, criterion] + (1 - steps)[:, None] * rest
            totals.argmax(axis=1)

    report("switch points of the leader, 1000 x 12, against 1 % steps", *in_turn(leading, in_steps, 30), 0.25)


def _promethee(peer: Peer) -> None:
    values = np.random.default_rng(0).random((5000, 10))
    equal, more = np.full(10, 0.1), np.ones(10)

    def ours() -> None:
        crosscheck.promethee_ii(values, equal, more)

    ours()
    theirs = [peer("promethee", (5000, 10), 0)["seconds"]]
    _times_faster("PROMETHEE II, 5000 x 10, than the peer", [seconds(ours) for _ in range(9)], theirs, 300)
    tracemalloc.start()
    ours()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    _line("PROMETHEE II, 5000 x 10, peak of memory", f"{peak:.1f} MB", "< 20 MB", peak < 20)
    sizes = np.array([1_000, 10_000, 100_000])
    took = []
    for size in sizes:
        table = np.random.default_rng(0).random((size, 10))
        took.append(min(seconds(lambda table=table: crosscheck.promethee_ii(table, equal, more)) for _ in range(3)))  # type: ignore[misc]
    slope = float(np.polyfit(np.log(sizes), np.log(took), 1)[0])
    _line("PROMETHEE II, growth from 1,000 to 100,000: exponent", f"{slope:.2f}", "<= 1.2", slope <= 1.2)


def _growth() -> None:
    """Time per sample x candidates x (criteria + log candidates), without the pairs: it should not grow."""
    units = []
    for candidates in (150, 300, 600, 1200):
        values = np.random.default_rng(0).random((candidates, 12))
        took = min(seconds(lambda values=values: smaa.smaa(values, values, samples=20_000)) for _ in range(3))  # type: ignore[misc]
        units.append(took / (20_000 * candidates * (12 + math.log2(candidates))))
    grows = units[-1] / units[0]
    _line("SMAA without pairs, time per unit of work, 1200 to 150 candidates", f"{grows:.2f}", "<= 1.2", grows <= 1.2)


def _memory() -> None:
    """The whole process of a simulation of 1000 candidates with a million samples, in a process of its own."""
    code = (
        "import numpy as np, resource; from partnerselect.kernels import smaa\n"
        "values = np.random.default_rng(0).random((1000, 10))\n"
        "smaa.smaa(values, values, samples=1_000_000)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    peak = int(done.stdout) / 1000
    took = time.perf_counter() - start
    _line(f"SMAA, 1000 x 10, a million samples ({took:.0f} s), whole process", f"{peak:.0f} MB", "< 500 MB", peak < 500)


def _times_faster(what: str, ours: list[float], theirs: list[float], wanted: float) -> None:
    mine, other = statistics.median(ours), statistics.median(theirs)
    found = f"{other / mine:7.1f} times ({1000 * mine:.2f} ms, peer {1000 * other:.1f} ms)"
    _line(what, found, f">= {wanted:g}", other >= wanted * mine)


def _line(what: str, found: str, wanted: str, reached: bool) -> None:
    print(f"{what:<66} {found}  wanted {wanted}  {'ok' if reached else 'MISSED'}", flush=True)


@contextmanager
def _peer() -> Iterator[Peer]:
    """The peers, waiting for tasks in a process of their own."""
    process = subprocess.Popen([PEERS, HERE / "peer.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    to, back = process.stdin, process.stdout

    def ask(name: str, shape: tuple[int, int], samples: int, memory: bool = False) -> dict[str, float]:
        print(json.dumps({"name": name, "shape": shape, "samples": samples, "memory": memory}), file=to, flush=True)
        answer: dict[str, float] = json.loads(back.readline())
        return answer

    try:
        yield ask
    finally:
        to.close()
        process.wait()


@contextmanager
def _fused() -> Iterator[Callable[[FloatArray, FloatArray], tuple[np.ndarray, np.ndarray]]]:
    """The compiled yardstick; needs a C compiler called cc."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("The compiled yardstick needs a C compiler called cc.")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "fused.so"
        flags = ["-O3", "-march=native", "-ffast-math", "-shared", "-fPIC"]
        subprocess.run([compiler, *flags, HERE / "fused.c", "-o", library], check=True)
        function = ctypes.CDLL(str(library)).fused
        double, whole = np.ctypeslib.ndpointer(np.float64), np.ctypeslib.ndpointer(np.int64)
        size = ctypes.c_ssize_t
        function.argtypes = [double, double, size, size, size, double, whole, whole, whole, double, double]
        function.restype = None

        def run(values: FloatArray, weights: FloatArray) -> tuple[np.ndarray, np.ndarray]:
            n, m = values.shape
            places, wins = np.zeros((n, n), dtype=np.int64), np.zeros((n, n), dtype=np.int64)
            sums, squares = np.zeros((n, m)), np.zeros((n, m))
            order = np.zeros(n, dtype=np.int64)
            function(values, weights, len(weights), n, m, np.zeros(n), order, places, wins, sums, squares)
            return places, wins

        yield run


if __name__ == "__main__":
    main()
