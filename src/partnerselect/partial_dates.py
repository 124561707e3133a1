"""Dates as sources give them: a year, a month, or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

_PATTERN = r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$"


def first_day(text: str) -> date:
    """First day that a partial date can mean: 2016 -> 2016-01-01."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Last day that a partial date can mean: 2016-10 -> 2016-10-31."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def years_before(text: str, day: date) -> float:
    """Years from the middle of a partial date to a day, never negative."""
    first, last = first_day(text), last_day(text)
    return max(0.0, (day.toordinal() - (first.toordinal() + last.toordinal()) / 2) / 365.25)


def in_full(day: date) -> str:
    """A day as people write it: 31 May 2017."""
    return f"{day.day} {day:%B %Y}"


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = re.match(_PATTERN, text)
    if match is None:
        raise ValueError("write the date as 2016, 2016-10 or 2016-10-05")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    return year, month, day


def _checked(text: str) -> str:
    try:
        first_day(text)
    except ValueError:
        raise ValueError("write the date as 2016, 2016-10 or 2016-10-05") from None
    return text


PartialDate = Annotated[
    str, AfterValidator(_checked), WithJsonSchema({"type": ["string", "integer"], "pattern": _PATTERN})
]
