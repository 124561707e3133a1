"""One sheet of a workbook, read element by element before any library sees it: within bounds, and written anew.

The library that turns cells into values lays a sheet out as a rectangle, and a cell in the last row and column of a
sheet makes it ask for more memory than there is, which ends the program. So it gets only what was found here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from partnerselect.errors import InputError
from partnerselect.files.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, At, cell_at, column_letters, refused

MOST_ELEMENTS = 4_000_000
MOST_MERGED = 10_000
_OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_CLOSE = "</sheetData></worksheet>"
_DAMAGED = "open it in a spreadsheet program, and save it again as .xlsx"
_NOT_COMPUTED = (
    "holds a formula that has not been computed",
    "open the file, let it compute, save it; or write the value",
)
_TYPES = ("b", "d", "e", "inlineStr", "n", "s", "str")


@dataclass(slots=True)
class Sheet:
    """What a sheet holds.

    Attributes
    ----------
    cells : dict of (row, column) to str
        Each filled cell, as the element that goes to the library.
    broken : dict of (row, column) to (found, mend)
        Cells without a content to read: errors, and formulas that have not been computed.
    merged : list of ((row, column), (row, column))
        First and last cell of what is merged.
    spanned, hidden : int
        How many cells there are from A1 to the last one, and how many of them are merged.
    """

    cells: dict[At, str] = field(default_factory=dict)
    broken: dict[At, tuple[str, str]] = field(default_factory=dict)
    merged: list[tuple[At, At]] = field(default_factory=list)
    spanned: int = 0
    hidden: int = 0

    def size(self) -> int:
        """How many cells it keeps, whatever is in them."""
        return len(self.cells) + len(self.broken) + self.hidden

    def written(self) -> bytes:
        """The sheet as the library gets it, row by row."""
        parts, current = [_OPEN], -1
        for (row, _), element in sorted(self.cells.items()):
            if row != current:
                parts.append(f'{"</row>" if current >= 0 else ""}<row r="{row + 1}">')
                current = row
            parts.append(element)
        parts += ["</row>"] if current >= 0 else []
        return "".join([*parts, _CLOSE]).encode()


@dataclass(slots=True)
class Budget:
    """How many characters of text may still come: one text can stand in a million cells."""

    left: int


def read_sheet(
    content: bytes, file: str, name: str, texts: Sequence[str], percents: Collection[int], budget: Budget
) -> Sheet:
    """Find the filled cells of a sheet; InputError where it is damaged or too large.

    `texts` are those that cells refer to by number, `percents` the numbers of the formats that show a percentage;
    `budget` is what all sheets together may hold.
    """
    found = _Reader(file, name, texts, percents, budget)
    parse(content, file, found.start, found.end, found.text)
    found.count()
    return found.sheet


def parse(
    content: bytes,
    file: str,
    start: Callable[[str, dict[str, str]], None] | None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML element by element; declarations of entities are refused, and so is what is no XML.

    `start` is called with the local name and the attributes of each element, `end` with the local name.
    """
    parser = expat.ParserCreate("UTF-8")  # as every spreadsheet program writes, whatever the file says of itself
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise refused(file, "the workbook declares a document type, which no spreadsheet program writes", _DAMAGED)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise refused(file, f"a part of the workbook is damaged: {expat.ErrorString(error.code)}", _DAMAGED) from None


def local(name: str) -> str:
    """Name of an element without its prefix."""
    return name.rpartition(":")[2]


class _Reader:
    """Called for each element, in the order of the file."""

    def __init__(self, file: str, name: str, texts: Sequence[str], percents: Collection[int], budget: Budget) -> None:
        self.sheet = Sheet()
        self._file, self._name = file, name
        self._texts, self._percents, self._budget = texts, percents, budget
        self._reasons: dict[tuple[str, str], tuple[str, str]] = {}
        self._elements = 0
        self._row = self._column = -1
        self._last_row = self._last_column = 0
        self._at: At | None = None
        self._attributes: dict[str, str] = {}
        self._has_formula = False
        self._value: list[str] = []
        self._inline: list[str] = []
        self._into: list[str] | None = None
        self._in_reading_aid = 0

    def count(self) -> None:
        """Count the cells of the table, and those that are merged: where these are more, some overlap."""
        height, width = self._last_row + 1, self._last_column + 1
        self.sheet.spanned = height * width
        self.sheet.hidden = sum(
            max(0, min(last[0] + 1, height) - first[0]) * max(0, min(last[1] + 1, width) - first[1])
            for first, last in self.sheet.merged
        )
        if self.sheet.hidden > self.sheet.spanned:
            raise refused(self._file, f"sheet {self._name} has merged cells that overlap", _DAMAGED)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self._too_large(f"has more than {MOST_ELEMENTS:,} elements")
        match local(name):
            case "row":
                self._begin_row(attributes.get("r"))
            case "c":
                self._begin_cell(attributes)
            case "f":
                self._has_formula = True
            case "v" if self._at is not None:
                self._into = self._value
            case "t" if self._at is not None and not self._in_reading_aid:
                self._into = self._inline
            case "rPh":
                self._in_reading_aid += 1
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        match local(name):
            case "v" | "t":
                self._into = None
            case "rPh":
                self._in_reading_aid -= 1
            case "c":
                self._end_cell()

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def _begin_row(self, number: str | None) -> None:
        self._row = self._row + 1 if number is None else self._number(number)
        self._column = -1

    def _number(self, number: str) -> int:
        if not (number.isascii() and number.isdigit() and len(number) <= 12 and int(number)):
            raise refused(self._file, f"sheet {self._name} has a row {number[:20]!r}", _DAMAGED)
        return int(number) - 1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r")
        at = (max(self._row, 0), self._column + 1) if name is None else cell_at(name)
        if at is None:
            raise refused(self._file, f"sheet {self._name} has a cell {name[:20] if name else ''!r}", _DAMAGED)
        self._row, self._column = at
        self._at, self._attributes = at, attributes
        self._has_formula = False
        self._value, self._inline = [], []

    def _end_cell(self) -> None:
        at, self._at, self._into = self._at, None, None
        if at is None:
            return
        kind = self._attributes.get("t", "n")
        value, inline = "".join(self._value), "".join(self._inline)
        if kind not in _TYPES:
            self._broken(at, (f"holds something of a kind {kind[:20]!r} that nobody knows", "write the value"))
        elif kind == "e":
            self._broken(at, (f"holds the error {value[:20]}", "mend the formula, or write the value"))
        elif kind in ("inlineStr", "s"):
            text = inline if kind == "inlineStr" else self._shared(at, value)
            if text:
                self._keep(at, "inlineStr", f'<is><t xml:space="preserve">{_escaped(text)}</t></is>')
        elif kind == "n" and (shown := self._percentage(value)) is not None:
            self._keep(at, "inlineStr", f"<is><t>{shown}</t></is>")
        elif value:
            self._keep(at, kind, f"<v>{_escaped(value)}</v>")
        elif self._has_formula and kind != "str":
            self._broken(at, _NOT_COMPUTED)

    def _percentage(self, value: str) -> str | None:
        """What a cell shows as a percentage: 0.5 is 50%, and not a half; None for a cell that shows none."""
        style = self._attributes.get("s", "")
        if not (style.isascii() and style.isdigit() and len(style) <= 9 and int(style) in self._percents):
            return None
        try:
            return f"{100 * float(value):.15g}%"
        except ValueError:
            return None

    def _shared(self, at: At, number: str) -> str:
        """The text of a number."""
        if number.isascii() and number.isdigit() and len(number) <= 9 and int(number) < len(self._texts):
            return self._texts[int(number)]
        raise refused(self._file, f"the cell {self._named(at)} refers to a text that is not there", _DAMAGED)

    def _broken(self, at: At, why: tuple[str, str]) -> None:
        self._within(at)
        self.sheet.broken[at] = self._reasons.setdefault(why, why)

    def _keep(self, at: At, kind: str, inner: str) -> None:
        self._within(at)
        if at in self.sheet.cells:
            raise refused(self._file, f"the cell {self._named(at)} stands there twice", _DAMAGED)
        self._budget.left -= len(inner)
        if self._budget.left < 0:
            raise self._too_large("and those before it hold too much text")
        style = self._attributes.get("s", "")
        look = f' s="{style}"' if style.isascii() and style.isdigit() else ""
        name = f"{column_letters(at[1])}{at[0] + 1}"
        self.sheet.cells[at] = f'<c r="{name}"{look} t="{kind}">{inner}</c>'

    def _within(self, at: At) -> None:
        row, column = at
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            found = f"has something in {column_letters(column)}{row + 1}"
            raise self._too_large(f"{found}; {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns are read")
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)
        if (self._last_row + 1) * (self._last_column + 1) > MOST_CELLS:
            raise self._too_large(f"spans more than {MOST_CELLS:,} cells")

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, finish = cell_at(first), cell_at(last)
        if begin is None or finish is None:
            return
        if len(self.sheet.merged) >= MOST_MERGED:
            raise self._too_large(f"has more than {MOST_MERGED:,} merged cells")
        self.sheet.merged.append((begin, finish))

    def _named(self, at: At) -> str:
        return f"{self._name}!{column_letters(at[1])}{at[0] + 1}"

    def _too_large(self, found: str) -> InputError:
        mend = "delete the rows and columns beyond the table, and save it again"
        return refused(self._file, f"sheet {self._name} {found}", mend)


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})
