"""The cells of a sheet, by row and column, and their names as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeAlias

from partnerselect.errors import InputError, Issue
from partnerselect.files.document import shortened
from partnerselect.files.raw import control, first_control

Cell: TypeAlias = str | float | bool | date | time | timedelta | None
At: TypeAlias = tuple[int, int]

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 2_000, 1_000_000
"""Of one sheet; its cells count from A1 to the last that is filled."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. Rows and columns count from 0; rows may be of different lengths.

    Attributes
    ----------
    sheet : str
        Its name; empty for a CSV file.
    rows : sequence of sequences of Cell
        None where a cell is empty.
    broken : Mapping of (row, column) to (found, mend)
        Cells whose content cannot be known: a formula without its result, an error, a part of merged cells.
    commas : bool
        Whether numbers are likely to have decimal commas: where commas do so, semicolons separate the cells.
    """

    sheet: str
    rows: Sequence[Sequence[Cell]]
    broken: Mapping[At, tuple[str, str]] = field(default_factory=dict)
    commas: bool = False

    def at(self, row: int, column: int) -> Cell:
        """Content of a cell; None where it is empty, broken or beyond the last one."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def says_something(self, row: int, column: int) -> bool:
        """Whether a cell holds anything, be it broken."""
        return self.at(row, column) is not None or (row, column) in self.broken

    def place(self, row: int, column: int) -> str:
        """Sheet and cell as people write it: Evidence!C12."""
        cell = f"{column_letters(column)}{row + 1}"
        return f"{shortened(self.sheet)}!{cell}" if self.sheet else cell

    def columns(self) -> int:
        """Number of columns."""
        last = max((column for _, column in self.broken), default=-1)
        return max(max(map(len, self.rows), default=0), last + 1)

    def filled(self, first: int) -> Iterator[int]:
        """Rows from one on in which any cell holds something."""
        broken = {row for row, _ in self.broken}
        for row in range(first, max(len(self.rows), max(broken, default=-1) + 1)):
            if row in broken or (row < len(self.rows) and any(cell is not None for cell in self.rows[row])):
                yield row


@dataclass(frozen=True, slots=True)
class Tables:
    """The sheets of a file that can be looked at, and what is worth knowing about how it was read."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def refused(file: str, found: str, mend: str, place: str = "") -> InputError:
    """One problem with the file as a whole."""
    return InputError([Issue(file, None, place, found, mend)])


def text_cell(text: str) -> tuple[Cell, tuple[str, str] | None]:
    """Content of a cell with text, and what is wrong with it; spaces around it do not count."""
    stripped = text.strip()
    if character := first_control(stripped):
        return None, (f"{control(character)} stands in the text", "delete it, or type it anew")
    return stripped or None, None


def column_letters(column: int) -> str:
    """Letters of a column, counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_at(name: str) -> At | None:
    """Row and column of a cell's name such as C12, or None where it is none."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not letters or not digits or len(name) > 20 or not letters.isascii() or not letters.isalpha():
        return None
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(digits) - 1
    return None if row < 0 else (row, column - 1)
