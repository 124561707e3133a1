"""Rows under headings: a table whose columns have names of their own, such as a workbook's sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from partnerselect.errors import Issue
from partnerselect.files.cells import Cell, Table
from partnerselect.files.imports.names import CellError, key

_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Headed:
    """A table with the row of its headings, and the column of each heading that is known."""

    table: Table
    heading: int
    columns: Mapping[str, int]

    def cell(self, row: int, name: str) -> Cell:
        """Content under a heading; None where it is empty or there is no such column, CellError where it is broken."""
        column = self.columns.get(name)
        if column is None:
            return None
        if why := self.table.broken.get((row, column)):
            raise CellError(*why)
        return self.table.at(row, column)

    def text(self, row: int, name: str) -> str | None:
        """Content under a heading as text; a whole number without its decimal point."""
        cell = self.cell(row, name)
        match cell:
            case None | str():
                return cell
            case bool():
                return "yes" if cell else "no"
            case int() | float():
                return f"{cell:.15g}"
            case _:
                return str(cell)

    def place(self, row: int, name: str) -> str:
        """Sheet and cell under a heading; the first cell of the row where there is no such column."""
        return self.table.place(row, self.columns.get(name, 0))

    def rows(self) -> Iterator[int]:
        """Rows below the headings in which a known column says something."""
        for row in self.table.filled(self.heading + 1):
            if any(self.table.says_something(row, column) for column in self.columns.values()):
                yield row


def headed(table: Table, names: Mapping[str, str], needed: Collection[Collection[str]]) -> Headed | None:
    """The table under the first row with all that is needed; None where there is no such row.

    Parameters
    ----------
    table : Table
    names : mapping of heading to name
        Headings in lower case, with spaces; what each is called here.
    needed : collection of collections of str
        Of each of these, one name must be there.
    """
    for row in range(min(_SEARCHED, len(table.rows))):
        columns: dict[str, int] = {}
        for column, cell in enumerate(table.rows[row]):
            if isinstance(cell, str) and (name := names.get(key(cell).replace("_", " "))) is not None:
                columns.setdefault(name, column)
        if all(any(one in columns for one in group) for group in needed):
            return Headed(table, row, columns)
    return None


def repeated_headings(found: Headed, names: Mapping[str, str], file: str) -> list[Issue]:
    """One issue for each heading that stands there twice."""
    issues = []
    for column, cell in enumerate(found.table.rows[found.heading]):
        name = names.get(key(cell).replace("_", " ")) if isinstance(cell, str) else None
        if name is not None and found.columns[name] != column:
            place = found.table.place(found.heading, column)
            first = found.table.place(found.heading, found.columns[name])
            issues.append(Issue(file, None, place, f"'{cell}' is a heading already, {first}", "keep one of the two"))
    return issues
