"""A table of candidates x criteria: who stands in a row, what a column asks, and what each cell says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from partnerselect.errors import Issue
from partnerselect.files.cell_words import UNKNOWN
from partnerselect.files.cells import Cell, Table
from partnerselect.files.document import Plain
from partnerselect.files.imports.drafts import Draft
from partnerselect.files.imports.names import CellError, Names, key
from partnerselect.files.imports.newcomers import ATTRIBUTES, Newcomers
from partnerselect.files.imports.numbers import has_decimal_comma
from partnerselect.files.imports.said import said
from partnerselect.files.imports.same import same
from partnerselect.files.messages import MOST_ISSUES
from partnerselect.model import Candidate, Criterion, Decision, Evidence

_SEARCHED = 30
_FIRST = ("candidate", "candidates", "organisation", "organization", "name", "id", "cluster", "partner")


@dataclass(slots=True)
class Found:
    """What a table of candidates x criteria holds, as far as it can be taken."""

    drafts: list[Draft] = field(default_factory=list)
    newcomers: list[Candidate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def heading_row(table: Table, decision: Decision) -> int | None:
    """The row that names criteria; None where none of the first rows does.

    A row that begins with a word such as candidate goes before one that does not.
    """
    names = {key(text) for one in decision.criteria for text in (one.id, one.title)}
    rows = [
        row
        for row in range(min(_SEARCHED, len(table.rows)))
        if any(isinstance(cell, str) and key(cell) in names for cell in table.rows[row][1:])
    ]
    titled = (row for row in rows if isinstance(first := table.at(row, 0), str) and key(first) in _FIRST)
    return next(titled, rows[0] if rows else None)


class Matrix:
    """Reads tables of one file: a cell may be filled once in all of them."""

    def __init__(self, decision: Decision, file: str, origin: dict[str, Plain]) -> None:
        """The decision as it stands, the name of the file, and what is true of every cell."""
        self.found = Found()
        self._decision, self._file, self._origin = decision, file, origin
        self._criteria = {one.id: one for one in decision.criteria}
        self._criterion_names = Names(((one.id, one.title) for one in decision.criteria), "criteria", "criterion")
        self._everyone = {one.id: one for one in (*decision.candidates, *decision.members)}
        self._candidate_names = Names(
            ((one.id, one.name) for one in self._everyone.values()), "candidates", "candidate"
        )
        self._newcomers = Newcomers(self._candidate_names, file, self.found.notes)
        self._rows: dict[str, str] = {}
        self._unknown: list[str] = []

    def read(self, table: Table, heading: int) -> None:
        """Take in one table, whose criteria stand in a row."""
        columns, attributes = self._columns(table, heading)
        commas = table.commas or any(
            has_decimal_comma(table.at(row, column)) for row in table.filled(heading + 1) for column in columns
        )
        left_out: list[str] = []
        for row in table.filled(heading + 1):
            if len(self.found.issues) > MOST_ISSUES:
                return
            try:
                who = self._who(table, row, columns, attributes)
            except CellError as error:
                self._issue(table.place(row, 0), error.found, error.mend)
                continue
            if who is None:
                left_out.append(table.place(row, 0))
                continue
            for column, criterion in columns.items():
                self._cell(table, row, column, who, criterion, commas=commas)
        if left_out:
            self.found.notes.append(f"Rows that name no candidate and fill no cell were left out: {_some(left_out)}.")
        if self._unknown:
            places, self._unknown = _some(self._unknown), []
            self.found.notes.append(f"Unknown takes nothing away: what the files say stays, at {places}.")

    def _columns(self, table: Table, heading: int) -> tuple[dict[int, Criterion], dict[str, int]]:
        """The criterion of each column, and where kind, country and region stand."""
        columns: dict[int, Criterion] = {}
        attributes: dict[str, int] = {}
        first: dict[str, int] = {}
        rows = list(table.filled(heading + 1))
        for column in range(1, table.columns()):
            try:
                named = self._heading(table, heading, column, any(table.says_something(row, column) for row in rows))
            except CellError as error:
                self._issue(table.place(heading, column), error.found, error.mend)
                continue
            if named is None:
                continue
            if named in first:
                found = f"{named} has a column already, {table.place(heading, first[named])}"
                self._issue(table.place(heading, column), found, "keep one of the two")
                continue
            first[named] = column
            if named in self._criteria:
                columns[column] = self._criteria[named]
            else:
                attributes[named] = column
        return columns, attributes

    def _heading(self, table: Table, row: int, column: int, is_filled: bool) -> str | None:
        """Id of the criterion, or kind, country or region; None for an empty column."""
        if why := table.broken.get((row, column)):
            if not is_filled:
                return None
            raise CellError(*why)
        text = _text(table.at(row, column))
        if not text:
            if is_filled:
                raise CellError("the column has no heading", "write the criterion's title or id above it, or empty it")
            return None
        criterion = self._criterion_names.find(text)
        if criterion is None and key(text) in ATTRIBUTES:
            return key(text)
        return criterion or self._criterion_names.found(text)

    def _who(
        self, table: Table, row: int, columns: dict[int, Criterion], attributes: dict[str, int]
    ) -> Candidate | None:
        """The candidate of a row; None for a row that names nobody and says nothing."""
        if why := table.broken.get((row, 0)):
            raise CellError(*why)
        text = _text(table.at(row, 0))
        is_filled = any(table.says_something(row, column) for column in (*columns, *attributes.values()))
        if not text:
            if not is_filled:
                return None
            raise CellError("nobody is named in this row", "write the candidate's id or name into its first cell")
        id_ = self._candidate_names.find(text)
        if id_ is None and not is_filled:
            return None
        if id_ is None:
            who = self._newcomers.read(table, row, attributes, text, self.found.issues)
        else:
            who = self._everyone[id_]
            self._newcomers.compare(table, row, attributes, who)
        if who is None:
            return None
        if who.id in self._rows:
            raise CellError(f"{who.name} has a row already, {self._rows[who.id]}", "keep one row for each candidate")
        self._rows[who.id] = table.place(row, 0)
        if id_ is None:
            self.found.newcomers.append(who)
        return who

    def _cell(self, table: Table, row: int, column: int, who: Candidate, criterion: Criterion, *, commas: bool) -> None:
        cell, place = table.at(row, column), table.place(row, column)
        try:
            if why := table.broken.get((row, column)):
                raise CellError(*why)
            told = said(cell, criterion, commas=commas)
        except CellError as error:
            self._issue(place, error.found, error.mend)
            return
        standing = [(at, one) for at, one in enumerate(who.evidence) if one.criterion == criterion.id]
        if told is None:
            if isinstance(cell, str) and key(cell) in UNKNOWN and standing:
                self._unknown.append(place)
            return
        data: dict[str, Plain] = {"criterion": criterion.id, **told}
        if criterion.scale.basis is not None and "status" not in told:
            data["basis"] = criterion.scale.basis
        data |= self._origin
        if any(same(data, one) for _, one in standing):
            return
        self.found.drafts.append(Draft(who.id, criterion.id, data, _judged_before(data, standing), place, row + 1))

    def _issue(self, place: str, found: str, mend: str) -> None:
        self.found.issues.append(Issue(self._file, None, place, found, mend))


def _judged_before(data: dict[str, Plain], standing: Sequence[tuple[int, Evidence]]) -> int | None:
    """Position of the judgement that a new one takes the place of: the same person's of the same dates."""
    if "by" not in data:
        return None
    mine = (data["by"], data.get("judged_on"), data.get("as_of"))
    for at, one in standing:
        if (one.by, None if one.judged_on is None else one.judged_on.isoformat(), one.as_of) == mine:
            return at
    return None


def _text(cell: Cell) -> str:
    """A name as text: 3.0 is 3."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _some(places: Sequence[str]) -> str:
    return ", ".join(places[:10]) + (", …" if len(places) > 10 else "")
