"""What lets a chart hold on a phone: legends below each other, titles in lines."""

from __future__ import annotations

import textwrap

import altair as alt

from partnerselect.charts.theme import fitting

ON_A_PHONE = "windowSize()[0] < 600"
"""True, as an expression of a chart, on a narrow page; a picture to take away has no window, and is drawn wide."""


def legend_columns(on_a_phone: int = 1) -> alt.ExprRef:
    """Entries of a legend side by side, on a phone in so many columns."""
    return alt.ExprRef(f"{ON_A_PHONE} ? {on_a_phone} : 0")


def wrapped(text: str, length: int = 22, most: int = 3) -> list[str]:
    """A text in lines of at most `length` letters; what does not fit into `most` lines is cut."""
    lines = textwrap.wrap(text, length)
    return lines if len(lines) <= most else [*lines[: most - 1], fitting(" ".join(lines[most - 1 :]), length)]
