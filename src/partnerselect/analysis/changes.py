"""Changes on one criterion: a step that people can picture, the step that is worth a given gain, and both in words."""

from __future__ import annotations

import math
from itertools import pairwise

from partnerselect.analysis.swings import best, level_text, number, worst
from partnerselect.kernels.value_functions import piecewise
from partnerselect.model import Criterion

_WORTHWHILE = 0.2
"""A step on a measured scale has at most this value, unless that is less than one whole unit."""

_WHOLE = 0.02
"""A change this close to a whole number of levels or items is told as that number."""


def middle(criterion: Criterion) -> float:
    """Where changes start: the breakpoint, level or count with the value nearest to 0.5, else half way.

    Levels and counts from which nothing better can be reached are passed over.
    """
    if criterion.scale.kind == "measured":
        inner = [performance for performance, worth in criterion.scale.breakpoints if 0 < worth < 1]
        return _nearest_to_half(criterion, inner) if inner else (worst(criterion) + best(criterion)) / 2
    places = _places(criterion)
    top = max(value(criterion, place) for place in places)
    inner = [place for place in places if 0 < value(criterion, place) < top]
    return _nearest_to_half(criterion, inner) if inner else min(places, key=lambda place: value(criterion, place))


def step(criterion: Criterion) -> tuple[float, float]:
    """A change for the better, from the middle: to the next better level or count, or by a round amount."""
    start = middle(criterion)
    now = value(criterion, start)
    if criterion.scale.kind != "measured":
        better = [place for place in _places(criterion) if value(criterion, place) > now]
        return start, min(better, key=lambda place: abs(place - start), default=start)
    end, top = (worth_more(criterion, start, min(gain, 1 - now)) for gain in (_WORTHWHILE, 1.0))
    assert end is not None
    assert top is not None
    amount = _round_below(abs(end - start))
    if _counts_whole(criterion) and amount < 1 <= abs(top - start):
        amount = 1.0
    rounded = start + math.copysign(amount, end - start)
    return start, rounded if value(criterion, rounded) > now else end


def worth_more(criterion: Criterion, start: float, gain: float) -> float | None:
    """The performance nearest to a start that is worth more by a gain; None where nothing on the scale is."""
    target = value(criterion, start) + gain
    if target > 1 + 1e-9:
        return None
    target = min(target, 1.0)
    met = [
        left + (target - low) / (high - low) * (right - left)
        for (left, low), (right, high) in pairwise(criterion.scale.breakpoints)
        if low != high and min(low, high) <= target <= max(low, high)
    ]
    return min(met, key=lambda performance: abs(performance - start))


def value(criterion: Criterion, performance: float) -> float:
    """Value of one performance; between levels on the straight line."""
    return float(piecewise(performance, criterion.scale.breakpoints))


def in_words(criterion: Criterion, start: float, end: float) -> str:
    """A change of any size: the amount, or on levels and items between which whole steps it lies."""
    if criterion.scale.kind == "measured":
        return _measured(criterion, start, end)
    if abs(end - round(end)) <= _WHOLE and round(end) != start:
        return _whole_steps(criterion, start, round(end))
    near, far = sorted((math.floor(end), math.ceil(end)), key=lambda place: abs(place - start))
    if near == start:
        share = (value(criterion, end) - value(criterion, start)) / (value(criterion, far) - value(criterion, start))
        return f"about {100 * share:.0f} % of {_whole_steps(criterion, start, far)}"
    return (
        f"more than {abs(near - start):.0f} and less than {abs(far - start):.0f}{_levels(criterion)} "
        f"{'more' if end > start else 'fewer'} on {criterion.title} (from {start:g} to {near:g} or {far:g})"
    )


def _measured(criterion: Criterion, start: float, end: float) -> str:
    exact = abs(end - start)
    amount = float(f"{exact:.2g}") if exact < 100 else float(f"{exact:.3g}")
    about = "" if math.isclose(amount, exact, rel_tol=1e-9) else "about "
    to = start + math.copysign(amount, end - start)
    assert criterion.scale.kind == "measured"
    return (
        f"{about}{number(amount)} {'more' if end > start else 'less'} on {criterion.title} "
        f"(from {number(start)} to {number(to)} {criterion.scale.unit})"
    )


def _whole_steps(criterion: Criterion, start: float, end: float) -> str:
    count = abs(end - start)
    meant = f": {level_text(criterion, end)}"
    if criterion.scale.kind == "items":
        meant = f" of {len(criterion.scale.items)}"
    return (
        f"{'one' if count == 1 else f'{count:.0f}'}{_levels(criterion, count)} {'more' if end > start else 'fewer'} on "
        f"{criterion.title} (from {start:g} to {end:g}{meant})"
    )


def _levels(criterion: Criterion, count: float = 2) -> str:
    return "" if criterion.scale.kind == "items" else " level" if count == 1 else " levels"


def _places(criterion: Criterion) -> list[float]:
    """Every level, or every number of items."""
    scale = criterion.scale
    if scale.kind == "levels":
        return [float(one.level) for one in scale.levels]
    assert scale.kind == "items"
    return [float(count) for count in range(len(scale.items) + 1)]


def _nearest_to_half(criterion: Criterion, performances: list[float]) -> float:
    return min(performances, key=lambda one: (round(abs(value(criterion, one) - 0.5), 9), one))


def _counts_whole(criterion: Criterion) -> bool:
    return all(performance == round(performance) for performance, _ in criterion.scale.breakpoints)


def _round_below(amount: float) -> float:
    """The largest of …, 0.5, 1, 2, 5, 10, 20, … that is not above an amount."""
    power = 10.0 ** math.floor(math.log10(amount) + 1e-9)
    return next(digit * power for digit in (5, 2, 1) if digit * power <= amount * (1 + 1e-9))
