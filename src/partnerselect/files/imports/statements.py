"""A sheet of evidence, edited away from PartnerSelect: one row for each statement, held against those in the files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from partnerselect.errors import Issue
from partnerselect.files.cell_words import NOTHING
from partnerselect.files.cells import Table
from partnerselect.files.document import Document, Plain, shortened
from partnerselect.files.imports.drafts import Draft
from partnerselect.files.imports.headed import Headed, headed, repeated_headings
from partnerselect.files.imports.names import CellError, Names, key
from partnerselect.files.imports.numbers import number, partial_date
from partnerselect.files.imports.pairs import Standing, paired
from partnerselect.files.imports.said import item_lists, tidy
from partnerselect.files.imports.same import KEYS, agrees, as_plain, same
from partnerselect.files.messages import MOST_ISSUES, issues_of
from partnerselect.model import Candidate, Decision, Evidence, ItemsScale

_COLUMNS = {
    **{one.replace("_", " "): one for one in KEYS if one != "criterion"},
    "candidate": "candidate",
    "candidate id": "candidate_id",
    "criterion": "criterion_title",
    "criterion id": "criterion",
    "possible items": "possible",
    "answer": "status",
    "where it comes from": "where",
}
_NEEDED = (("grade",), ("candidate", "candidate_id"), ("criterion", "criterion_title"), ("value", "items"))
_STATUS = {"refused": "refused", "n/a": "not_applicable", "not applicable": "not_applicable"}
_MOST_ROWS = 500
_OF_ITS_CRITERION = ("items", "possible")
_WAYS = {"value", "low", "high", "items", "status"}
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_NEWCOMERS = "; newcomers come with a table of candidates and criteria, with columns kind, country and region"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: whose it is, what it says, and where."""

    candidate: str
    criterion: str
    data: dict[str, Plain]
    cells: dict[str, str]
    place: str
    number: int
    where: str | None


class Statements:
    """Reads the sheets of evidence of one file."""

    def __init__(self, decision: Decision, file: str) -> None:
        """The decision as it stands, and the name of the file."""
        self.notes: list[str] = []
        self.issues: list[Issue] = []
        self._file, self._everyone = file, (*decision.candidates, *decision.members)
        self._criteria = {one.id: one for one in decision.criteria}
        self._candidate_names = Names(((one.id, one.name) for one in self._everyone), "candidates", "candidate")
        self._criterion_names = Names(((one.id, one.title) for one in decision.criteria), "criteria", "criterion")
        self._rows: list[Row] = []
        self._spoilt: set[tuple[str, str]] = set()
        self._lost = False

    def read(self, found: Headed) -> None:
        """Take in the rows of one sheet."""
        self.issues += repeated_headings(found, _COLUMNS, self._file)
        for row in found.rows():
            if len(self.issues) > MOST_ISSUES:
                self._lost = True
                return
            self._row(found, row)

    def drafts(self) -> list[Draft]:
        """What the rows would change; a statement without a row goes, if rows repeat others of its candidate."""
        made: list[Draft] = []
        of: dict[tuple[str, str], list[Row]] = {}
        for row in self._rows:
            of.setdefault((row.candidate, row.criterion), []).append(row)
        seen = {row.candidate for row in self._rows}
        silent = []
        for who in self._everyone:
            own: list[Draft] = []
            gone: list[Draft] = []
            stand = 0
            for criterion in self._criteria:
                cell = who.id, criterion
                standing = [(at, one) for at, one in enumerate(who.evidence) if one.criterion == criterion]
                drafts, left = self._cell(who, of.get(cell, []), standing)
                own += drafts
                stand += len(standing) - len(left)
                if cell not in self._spoilt and not self._lost:
                    gone += [Draft(who.id, one.criterion, None, at) for at, one in left]
            made += own + (gone if stand else [])
            if who.id not in seen and who.evidence:
                silent.append(who.name)
        if silent and not self._lost:
            listed = ", ".join(silent[:10]) + (", …" if len(silent) > 10 else "")
            self.notes.append(f"No row speaks of {listed}: what the files say of them stays.")
        order = {row.place: at for at, row in enumerate(self._rows)}
        return sorted(made, key=lambda draft: order.get(draft.place, len(order)))

    def _row(self, found: Headed, row: int) -> None:
        candidate = self._named(found, row, "candidate_id", "candidate", self._candidate_names, _NEWCOMERS)
        criterion = self._named(found, row, "criterion", "criterion_title", self._criterion_names, "")
        cells = {one: found.place(row, one) for one in found.columns}
        data, is_whole = self._data(found, row, cells, criterion)
        where = _safe_text(found, row, "where")
        if where and "source" not in data and "by" not in data and not data.get("facts"):
            data["source"] = where
        if candidate is None or criterion is None:
            self._lost = True
            self._homeless(data, cells)
            return
        if not is_whole:
            self._spoilt.add((candidate, criterion))
        if (candidate, criterion) in self._spoilt:
            return
        place = found.table.place(row, found.columns.get("value", found.columns.get("items", 0)))
        first = next((cells[one] for one in ("value", "low", "items", "status") if one in data and one in cells), place)
        self._rows.append(Row(candidate, criterion, data, cells, first, row + 1, where))

    def _data(
        self, found: Headed, row: int, cells: Mapping[str, str], criterion: str | None
    ) -> tuple[dict[str, Plain], bool]:
        """What the cells of a row say, and whether all of them could be read; items only of a known criterion."""
        data: dict[str, Plain] = {"criterion": criterion or "unnamed"}
        is_whole = True
        for one in KEYS:
            if one == "criterion" or one not in found.columns or (criterion is None and one in _OF_ITS_CRITERION):
                continue
            try:
                data |= self._value(found, row, one, criterion or "")
            except CellError as error:
                is_whole = False
                self._issue(cells[one], error)
        return data, is_whole

    def _homeless(self, data: dict[str, Plain], cells: Mapping[str, str]) -> None:
        """What else is wrong with a row of which nobody knows whose it is, so that all is mended in one go."""
        try:
            Evidence.model_validate({"status": "refused", **data} if not _WAYS & set(data) else data)
        except ValidationError as error:
            for issue in issues_of(error, Document(self._file, data, {}), Evidence):
                if issue.place in cells and issue.place in data:
                    self.issues.append(replace(issue, place=cells[issue.place]))

    def _named(self, found: Headed, row: int, id_: str, title: str, names: Names, more: str) -> str | None:
        """The id that a row names by id, or by title where it has no id."""
        try:
            by_id, by_title = found.text(row, id_), found.text(row, title)
            if by_id:
                named = names.found(by_id)
                other = names.find(by_title) if by_title and key(by_title) not in names.keys_of(named) else named
                if other is not None and other != named:
                    found_ = f"the row is about '{shortened(by_id)}', and about '{shortened(by_title or '')}'"
                    raise CellError(found_, "write the same into both, or empty the id")
                return named
            if not by_title:
                raise CellError("nothing is named here", "write the id, or the name")
            return names.found(by_title)
        except CellError as error:
            place = found.place(row, id_ if id_ in found.columns else title)
            self._issue(place, CellError(error.found, error.mend + more))
            return None

    def _value(self, found: Headed, row: int, one: str, criterion: str) -> dict[str, Plain]:
        """One key as files have it; nothing where the cell is empty."""
        cell = found.cell(row, one)
        if cell is None:
            return {}
        text = found.text(row, one) or ""
        match one:
            case "value" | "low" | "high":
                if (value := number(cell, commas=found.table.commas)) is None:
                    mend = "write the number; its doubt goes into Low and High"
                    raise CellError(f"'{shortened(text)}' is not a number", mend)
                return {one: tidy(value)}
            case "items" | "possible":
                return self._items(text, one, criterion)
            case "as_of" | "judged_on":
                return {one: partial_date(cell)}
            case "status":
                if (status := _STATUS.get(key(text))) is None:
                    raise CellError(f"'{shortened(text)}' is no such answer", "write refused or n/a, or leave it empty")
                return {one: status}
            case "undated":
                if key(text) not in (*_YES, *_NO):
                    raise CellError(f"'{shortened(text)}' is neither yes nor no", "write yes, or leave it empty")
                return {one: True} if key(text) in _YES else {}
            case "facts":
                return {one: [part for part in re.split(r"[\s,;]+", text) if part]}
            case "grade" | "basis":
                return {one: key(text)}
            case _:
                return {one: text}

    def _items(self, text: str, one: str, criterion: str) -> dict[str, Plain]:
        scale = self._criteria[criterion].scale
        if not isinstance(scale, ItemsScale):
            raise CellError("the criterion counts no items", "write a number into Value, or Low and High")
        if one == "possible":
            return {} if key(text) in NOTHING else {one: item_lists(text, scale)["items"]}
        return item_lists(text, scale)

    def _cell(
        self, who: Candidate, rows: Sequence[Row], standing: Sequence[Standing]
    ) -> tuple[list[Draft], Sequence[Standing]]:
        """What one cell's rows change about its statements, and the statements that have no row."""
        if len(rows) > _MOST_ROWS:
            told = f"more than {_MOST_ROWS} rows speak of {who.name} on {rows[0].criterion}"
            self._issue(rows[0].place, CellError(told, "keep those that count"))
            return [], ()
        pairs, new, gone = paired([row.data for row in rows], [set(row.cells) for row in rows], standing)
        made = []
        for position, (at, stands) in pairs.items():
            row = rows[position]
            if not same(row.data, stands, [one for one in KEYS if one in row.cells]):
                kept = {one: _kept(row, stands, one) for one in KEYS}
                data = {one: value for one, value in kept.items() if _says(one, value)}
                made.append(Draft(who.id, row.criterion, data, at, row.place, row.number, row.cells))
                self._where(row, who, stands)
        for position in new:
            row = rows[position]
            if twin := next((each for each in rows[:position] if each.data == row.data), None):
                self._issue(row.place, CellError(f"says the same as row {twin.number}", "keep one of the two rows"))
                continue
            made.append(Draft(who.id, row.criterion, row.data, None, row.place, row.number, row.cells))
            self._where(row, who, None)
        return made, gone

    def _where(self, row: Row, who: Candidate, stands: Evidence | None) -> None:
        """Tell where somebody wrote sources into the column that only repeats them."""
        told = {_sources(who, row.data.get("source"), row.data.get("facts"))}
        if stands is not None:
            told.add(_sources(who, stands.source, list(stands.facts)))
        if row.where and row.where not in told:
            self.notes.append(
                f"{row.cells['where']} was not read: sources are taken from the columns Source and Facts."
            )

    def _issue(self, place: str, error: CellError) -> None:
        self.issues.append(Issue(self._file, None, place, error.found, error.mend))


def evidence_sheet(table: Table) -> Headed | None:
    """The table under its headings, if it is a sheet of evidence."""
    return headed(table, _COLUMNS, _NEEDED)


def _kept(row: Row, stands: Evidence, one: str) -> Plain:
    """One key of a changed statement: as it stands where the sheet has no such column or says the same."""
    if one != "criterion" and (one not in row.cells or agrees(row.data, stands, one)):
        return as_plain(stands, one)
    return row.data.get(one)


def _says(one: str, value: Plain) -> bool:
    """Whether a key says something: an empty list of items does (there are none), a zero does."""
    return value is not None and value is not False and (value != [] or one == "items")


def _sources(who: Candidate, source: Plain, facts: Plain) -> str:
    named = facts if isinstance(facts, list) else []
    own = [fact.source for fact in who.facts if fact.id in named]
    return "\n".join(dict.fromkeys([*([source] if isinstance(source, str) else []), *own]))


def _safe_text(found: Headed, row: int, name: str) -> str | None:
    try:
        return found.text(row, name)
    except CellError:
        return None
