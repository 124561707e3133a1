"""Organisations that a table names and the decision does not know yet."""

from __future__ import annotations

import re

from pydantic import ValidationError

from partnerselect.errors import Issue
from partnerselect.files.cells import Table
from partnerselect.files.document import Document, Plain, shortened
from partnerselect.files.ids import id_of
from partnerselect.files.imports.names import CellError, Names, key
from partnerselect.files.messages import issues_of
from partnerselect.files.read import MOST_CANDIDATES
from partnerselect.model import Candidate

ATTRIBUTES = ("kind", "country", "region")
_COMPARED = 100
_HOW = "for a newcomer, fill in the columns kind, country and region"
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that show nothing, and turn the direction in which the text around them is shown."""


class Newcomers:
    """Makes candidates out of rows; each gets an id of its own."""

    def __init__(self, known: Names, file: str, notes: list[str]) -> None:
        """The names in use, the name of the file, and where to tell what is worth knowing."""
        self._known, self._file, self._notes = known, file, notes
        self._taken = set(known)
        self._by_key: dict[str, Candidate] = {}

    def read(
        self, table: Table, row: int, attributes: dict[str, int], name: str, issues: list[Issue]
    ) -> Candidate | None:
        """The organisation of a row; None where its problems have been told.

        Raises
        ------
        CellError
            Where the row does not say that it is new: then its name is one that nobody knows.
        """
        if (known := self._by_key.get(key(name))) is not None:
            return known
        if turning := _TURNING.search(name):
            found = f"U+{ord(turning[0]):04X} stands in the name, which turns the direction of the text"
            raise CellError(found, "delete it, or type the name anew")
        if not key(name):
            raise CellError("the name holds only characters that show nothing", "type the name")
        given = {one: self._text(table, row, column) for one, column in attributes.items()}
        given = {one: text for one, text in given.items() if text}
        if not given:
            error = self._known.unknown(name)
            raise CellError(error.found, f"{error.mend}; {_HOW}")
        if missing := [one for one in ATTRIBUTES if one not in given]:
            raise CellError(f"'{shortened(name)}' is new, but has no {' and no '.join(missing)}", _HOW)
        if len(self._taken) >= MOST_CANDIDATES:
            raise CellError(f"there are more than {MOST_CANDIDATES:,} organisations", "screen the longlist first")
        id_ = id_of(name, self._taken, "candidate")
        data: dict[str, Plain] = {"schema_version": 1, "id": id_, "name": name, **given}
        data |= {"kind": key(given["kind"]), "country": _country(given["country"])}
        try:
            who = Candidate.model_validate(data)
        except ValidationError as error:
            for issue in issues_of(error, Document(self._file, data, {}), Candidate):
                place = table.place(row, attributes.get(issue.place, 0))
                issues.append(Issue(self._file, None, place, issue.found, issue.mend))
            return None
        self._taken.add(id_)
        self._by_key[key(name)] = who
        if len(self._by_key) <= _COMPARED and (near := self._known.near(name)) is not None:
            self._notes.append(f"{name} is new, and its name resembles that of {near}: is it somebody else?")
        return who

    def compare(self, table: Table, row: int, attributes: dict[str, int], who: Candidate) -> None:
        """Tell where a row has another kind, country or region than the file: that is not changed."""
        for one, column in attributes.items():
            given, stands = self._text(table, row, column), str(getattr(who, one))
            if given and key(given) != key(stands):
                place = table.place(row, column)
                self._notes.append(
                    f"{place}: {who.name} has the {one} {stands} in its file, not {shortened(given)}; that stays."
                )

    @staticmethod
    def _text(table: Table, row: int, column: int) -> str:
        cell = table.at(row, column)
        return "" if cell is None else str(cell)


def _country(text: str) -> str:
    """Codes such as fr or de/pl in capitals; anything else as it is."""
    return text.upper() if all(len(part) == 2 for part in text.split("/")) else text
