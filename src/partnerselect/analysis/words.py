"""Words that sentences share."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """Names in a row: “A, B and C”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(words: str) -> str:
    """Words that end with a full stop, and with one only, such as those that end with “e.V.”."""
    return words if words.endswith(".") else f"{words}."


def points(gap: float) -> str:
    """A distance of totals (0..1) in points of 100; one that is not nothing is never told as 0.0."""
    return "less than 0.1 points" if 0 < gap < 0.00095 else f"{100 * gap:.1f} points"
