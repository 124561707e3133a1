"""How numbers and texts are written in reports."""

from __future__ import annotations


def line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def percent(share: float, digits: int = 1) -> str:
    """A share of 1 in percent."""
    return f"{100 * share:.{digits}f} %"


def of_100(total: float) -> str:
    """A total (0..1) in points of 100."""
    return f"{100 * total:.1f}"
