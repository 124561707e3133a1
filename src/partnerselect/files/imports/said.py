"""What one cell of a table says about a candidate, by the scale of its criterion."""

from __future__ import annotations

import re

from partnerselect.files.cell_words import NOTHING, STATUSES, UNKNOWN
from partnerselect.files.cells import Cell
from partnerselect.files.document import Plain, shortened
from partnerselect.files.imports.names import CellError, Names, key
from partnerselect.files.imports.numbers import interval, number
from partnerselect.model import Criterion, ItemsScale

Said = dict[str, Plain]


def said(cell: Cell, criterion: Criterion, *, commas: bool = False) -> Said | None:
    """What a cell says, as the keys of a statement; None where it says nothing (which is never a zero).

    Parameters
    ----------
    cell : Cell
    criterion : Criterion
        Its scale says what the cell may hold: a number or a range of numbers, in its unit or levels, or items.
    commas : bool
        As in `number`.

    Raises
    ------
    CellError
        Where the cell cannot be taken.
    """
    if cell is None or (isinstance(cell, str) and key(cell) in UNKNOWN):
        return None
    if isinstance(cell, str) and (status := STATUSES.get(key(cell))) is not None:
        return {"status": status}
    measured = _measured(cell, criterion, commas=commas)
    if measured is not None:
        return measured
    if isinstance(criterion.scale, ItemsScale) and isinstance(cell, str):
        return item_lists(cell, criterion.scale)
    if isinstance(cell, str) and cell.startswith("="):
        raise CellError(f"'{shortened(cell)}' is a formula as text, and not what it comes to", wanted(criterion))
    raise CellError(f"'{shortened(str(cell))}' is not a number", wanted(criterion))


def wanted(criterion: Criterion) -> str:
    """What may stand in a cell of a criterion, in words."""
    scale = criterion.scale
    if scale.kind == "items":
        listed = "; ".join(item.id for item in scale.items[:3])
        return f"write items with ; between them ({listed}), none, n/a or refused, or leave it empty"
    what = f"a number in {scale.unit}" if scale.kind == "measured" else f"a level from 0 to {len(scale.levels) - 1}"
    return f"write {what}, a range such as 3 to 4, n/a or refused, or leave it empty"


def item_lists(text: str, scale: ItemsScale) -> Said:
    """Items by id or title, with ; between them; one with ? behind it is possible only, `none` means none."""
    if key(text) in NOTHING:
        return {"items": []}
    names = Names(((item.id, item.title) for item in scale.items), "items", "item")
    lists: dict[str, list[Plain]] = {"items": [], "possible": []}
    parts = _parts(text, names)
    if not parts:
        raise CellError(f"'{shortened(text)}' names no item", "write none where there is none, or leave it empty")
    for part in parts:
        kind, name = "items", part
        if names.find(part) is None and part.endswith("?"):
            kind, name = "possible", part.rstrip("? ")
        lists[kind].append(names.found(name))
    return {"items": lists["items"], **({"possible": lists["possible"]} if lists["possible"] else {})}


def _parts(text: str, names: Names) -> list[str]:
    """The items that a text names; commas part them only where no title has one."""
    parts: list[str] = []
    for part in filter(None, (one.strip() for one in re.split("[;\n]", text))):
        smaller = [one.strip() for one in part.split(",")]
        whole = names.find(part) is not None
        if not whole and len(smaller) > 1 and all(_known(one, names) for one in smaller):
            parts += smaller
        else:
            parts.append(part)
    return parts


def _known(name: str, names: Names) -> bool:
    return names.find(name) is not None or names.find(name.rstrip("? ")) is not None


def _measured(cell: Cell, criterion: Criterion, *, commas: bool) -> Said | None:
    value = number(cell, commas=commas)
    if value is not None:
        return {"value": tidy(value)}
    if not isinstance(cell, str):
        return None
    for text in (cell, *_without_unit(cell, criterion)):
        value = number(text, commas=commas)
        if value is not None:
            return {"value": tidy(value)}
        if (found := interval(text, commas=commas)) is not None:
            best, low, high = found
            given: Said = {} if best is None else {"value": tidy(best)}
            return {**given, "low": tidy(low), "high": tidy(high)}
    return None


def _without_unit(text: str, criterion: Criterion) -> list[str]:
    scale = criterion.scale
    unit = {"measured": getattr(scale, "unit", ""), "levels": "level", "items": f"of {_items(criterion)}"}[scale.kind]
    shorter = re.sub(rf"(?<![^\W\d_]){re.escape(unit)}(?!\w)", "", text, count=1, flags=re.IGNORECASE)
    return [shorter.strip()] if shorter != text else []


def _items(criterion: Criterion) -> int:
    return len(criterion.scale.items) if isinstance(criterion.scale, ItemsScale) else 0


def tidy(value: float) -> float:
    """A whole number without its decimal point."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value
