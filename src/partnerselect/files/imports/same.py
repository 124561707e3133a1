"""Whether a statement in a spreadsheet says what a statement in a file says."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping

from partnerselect.files.document import Plain
from partnerselect.model import Evidence

KEYS = tuple(Evidence.model_fields)
_NUMBERS = ("value", "low", "high")
_LISTS = ("possible", "facts")
_DIGITS = 1e-14
"""Spreadsheets keep sixteen digits of a number, files seventeen."""


def same(data: Mapping[str, Plain], stands: Evidence, keys: Collection[str] = KEYS) -> bool:
    """Whether the keys say the same; a number may differ by what a spreadsheet cannot keep."""
    return all(agrees(data, stands, one) for one in keys)


def agrees(data: Mapping[str, Plain], stands: Evidence, one: str) -> bool:
    """Whether one key says the same; left out is the same as empty."""
    said, held = data.get(one), as_plain(stands, one)
    if one in _NUMBERS and isinstance(said, int | float) and isinstance(held, int | float):
        return math.isclose(said, held, rel_tol=_DIGITS)
    if isinstance(said, str) and isinstance(held, str):
        return _lines(said) == _lines(held)
    if one in _LISTS:
        return (said or []) == (held or [])
    if one == "undated":
        return bool(said) == bool(held)
    return said == held


def as_plain(stands: Evidence, one: str) -> Plain:
    """One key of a statement as files have it."""
    value = getattr(stands, one)
    if one == "judged_on":
        return None if value is None else str(value)
    plain: Plain = list(value) if isinstance(value, tuple) else value
    return plain


def _lines(text: str) -> str:
    """The text with one kind of line end."""
    return re.sub("\r\n?", "\n", text)
