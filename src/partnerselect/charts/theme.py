"""Colours that hold in light and dark and for colour-blind eyes, and the words that charts share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

GOALS_LIGHT = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7A68A6", "#8C7A00")
"""One colour per goal, Okabe-Ito first; on a light ground."""

GOALS_DARK = ("#4AA3DF", "#F0B540", "#35BD92", "#DD9CC0", "#8FD0F5", "#F0965A", "#B5A6DD", "#D6C650")
"""The same hues, lifted for a dark ground."""

GRADES = {"a": "#0b5d8f", "b": "#3f8fc4", "c": "#8fbfe0", "d": "#cfe2f1"}
"""Evidence grades, strong to weak; each carries its letter as well."""

GRADE_INK = {"a": "#ffffff", "b": "#10161c", "c": "#10161c", "d": "#10161c"}
"""Ink on a grade's colour, at least 4.5 to 1."""

INK_LIGHT, INK_DARK = "#4a535d", "#b9c2cb"
"""Axis and legend text, at least 7 to 1 on the page's ground."""

AHEAD, BEHIND = "#0072B2", "#D55E00"


def goal_colors(count: int, dark: bool = False) -> list[str]:
    """One colour per goal; they repeat after eight, where the order and the labels tell goals apart."""
    palette: Sequence[str] = GOALS_DARK if dark else GOALS_LIGHT
    return [palette[index % len(palette)] for index in range(count)]


def fitting(text: str, length: int = 34) -> str:
    """Text cut to a length that an axis can hold."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def labels(texts: Iterable[str], length: int = 34) -> list[str]:
    """Texts cut to a length that an axis can hold; equal ones are numbered, since an axis draws them as one."""
    seen: Counter[str] = Counter()
    found = []
    for text in texts:
        short = fitting(text, length)
        seen[short] += 1
        found.append(short if seen[short] == 1 else f"{short} ({seen[short]})")
    return found
