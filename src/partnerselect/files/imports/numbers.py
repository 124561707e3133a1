"""Numbers, ranges and dates as people write them into cells."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from partnerselect.files.cells import Cell
from partnerselect.files.document import shortened
from partnerselect.files.imports.names import CellError
from partnerselect.partial_dates import first_day

_N = r"[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?"
_NUMBER = re.compile(_N, re.ASCII)
_BETWEEN = r"\s*(?:-|–|—|\.\.\.?|…|to)\s*"
_RANGE = re.compile(rf"({_N}){_BETWEEN}({_N})", re.ASCII | re.IGNORECASE)
_WITH_RANGE = re.compile(rf"({_N})\s*[(\[]\s*({_N}){_BETWEEN}({_N})\s*[)\]]", re.ASCII | re.IGNORECASE)
_COMMA = re.compile(r"[-+]?\d+,\d+", re.ASCII)
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}([., '’\u00a0\u202f])\d{3}(\1\d{3})*([.,]\d+)?", re.ASCII)
_LONGEST = 200


def has_decimal_comma(cell: Cell) -> bool:
    """Whether a cell is a text that can only be a number with a decimal comma."""
    return isinstance(cell, str) and bool(_COMMA.fullmatch(cell)) and not _GROUPED.fullmatch(cell)


def number(cell: Cell, *, commas: bool = False) -> float | None:
    """The number in a cell; None where the cell holds another text.

    Parameters
    ----------
    cell : Cell
        A number, or a text such as ``12.5``, ``12,5`` or ``1e3``.
    commas : bool
        Whether numbers of this table have decimal commas, so that ``1.234`` may be a thousand and more.

    Raises
    ------
    CellError
        For a number that can be read in two ways, or has separators of thousands; for a date, a time, true or false.
    """
    if isinstance(cell, bool):
        raise CellError(f"{'true' if cell else 'false'} stands here", "write a number")
    if isinstance(cell, date | time | timedelta):
        raise _dated(cell)
    if not isinstance(cell, str):
        if cell is None or not math.isfinite(cell):
            return None
        return cell
    text = _plain(cell)
    if len(text) > _LONGEST:
        return None
    if not _NUMBER.fullmatch(text):
        if _THOUSANDS.fullmatch(text):
            raise CellError(f"'{shortened(cell)}' has separators of thousands", "write the number without them")
        return None
    _refuse_two_ways(text, commas=commas)
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


def interval(text: str, *, commas: bool = False) -> tuple[float | None, float, float] | None:
    """Value, low and high of ``30-40``, ``30 to 40``, ``30..40`` or ``35 (30 to 40)``; None for another text."""
    text = _plain(text)
    if len(text) > _LONGEST:
        return None
    if match := _WITH_RANGE.fullmatch(text) or _RANGE.fullmatch(text):
        ends = [number(part, commas=commas) for part in match.groups()]
        if None in ends:
            return None
        value = ends[0] if len(ends) == 3 else None
        low, high = ends[-2:]
        assert low is not None
        assert high is not None
        return value, low, high
    return None


def partial_date(cell: Cell) -> str | None:
    """A year, month or day as files have it; None for an empty cell, CellError for what is no date."""
    match cell:
        case None:
            return None
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case bool() | time() | timedelta():
            raise CellError("this is not a date", _DATE)
        case str():
            text = cell
        case _:
            text = f"{cell:.15g}"
    try:
        first_day(text)
    except ValueError:
        if re.fullmatch(r"\d{5}", text) and not isinstance(cell, str):
            raise CellError(f"{text} is the number by which spreadsheets keep a date", _DATE) from None
        raise CellError(f"'{shortened(text)}' is not a date", _DATE) from None
    return text


_DATE = "write the date as 2016, 2016-10 or 2016-10-05, in a cell formatted as text"


def _dated(cell: date | time | timedelta) -> CellError:
    if isinstance(cell, datetime):
        shown = cell.date().isoformat()
    else:
        shown = cell.isoformat() if isinstance(cell, date | time) else str(cell)
    mend = "write the number; spreadsheets make 3-4 into a date: write 3 to 4, or format the cell as text"
    return CellError(f"a date or time stands here ({shown})", mend)


def _plain(text: str) -> str:
    return text.strip().replace("\u2212", "-").replace("\u00a0", " ")


def _refuse_two_ways(text: str, *, commas: bool) -> None:
    match = _GROUPED.fullmatch(text)
    if match and (match[1] == "," or commas):
        together = re.sub("[.,]", "", text)
        apart = text.replace(",", ".")
        raise CellError(f"'{text}' can mean {together} or {apart}", f"write {together}, or {apart}0")
