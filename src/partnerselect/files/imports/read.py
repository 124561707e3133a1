"""A spreadsheet held against a decision: what it would change, cell by cell. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.errors import InputError, Issue
from partnerselect.files.cells import Table, Tables, cell_at, refused
from partnerselect.files.document import shortened
from partnerselect.files.imports.drafts import Draft, checked
from partnerselect.files.imports.matrix import Matrix, heading_row
from partnerselect.files.imports.origin import Origin, origin_issues
from partnerselect.files.imports.points import read_points, weights_sheet
from partnerselect.files.imports.statements import Statements, evidence_sheet
from partnerselect.files.messages import MOST_ISSUES
from partnerselect.files.tables import read_tables
from partnerselect.model import Candidate, Decision
from partnerselect.model.imports import Change, Import, Shape

_RESULTS = "results and explanations, not evidence"
_UNREAD = dict.fromkeys(
    ("about", "ranking", "contributions", "values", "ranges", "facts", "rules and set", "how to fill it in"), _RESULTS
)
_MOST_NOTES = 30
_PLACEHOLDER = Origin(grade="d", as_of="2000", source="none yet")
_NOTHING = "no sheet names a criterion of this decision, and none holds evidence or weights of a workbook"
_MEND = "write candidates into the first column and criteria into the first row: the template shows how"


def read_import(content: bytes, file: str, decision: Decision, origin: Origin | None = None) -> Import:
    """What an XLSX or CSV file would change in a decision.

    It may hold a table of candidates x criteria, or the sheets Evidence and Weights of a workbook that PartnerSelect
    made. Where a workbook has one of those two, its other sheets are not read. An empty cell says nothing: it takes
    nothing away, and is never a zero.

    Parameters
    ----------
    content : bytes
        At most 10 MB.
    file : str
        Its name, for errors.
    decision : Decision
        As it stands.
    origin : Origin, optional
        Source, grade and date of a table of candidates x criteria; a sheet of evidence has its own.

    Returns
    -------
    Import
        With every problem of every cell in `problems`.

    Raises
    ------
    InputError
        Where the file cannot be read at all, or holds nothing of this decision.
    """
    read = read_tables(content, file, _UNREAD)
    evidence = [found for table in read.tables if (found := evidence_sheet(table)) is not None]
    weights = [found for table in read.tables if (found := weights_sheet(table)) is not None]
    if len(weights) > 1:
        places = " and ".join(found.table.place(found.heading, 0) for found in weights)
        raise refused(file, f"there are two tables of points, at {places}", "keep one of them")
    if not evidence and not weights:
        return _matrices(read, file, decision, origin)
    shapes: list[Shape] = []
    notes = [*read.notes, *_others(read.tables, [found.table for found in (*evidence, *weights)])]
    changes: list[Change] = []
    problems: list[Issue] = []
    if evidence:
        shapes.append("evidence")
        statements = Statements(decision, file)
        for found in evidence:
            statements.read(found)
        changes, issues = checked(decision, (), statements.drafts(), file)
        problems += [*statements.issues, *issues]
        notes += statements.notes
    points = points_before = None
    if weights:
        shapes.append("weights")
        told = read_points(weights[0], decision, file)
        points, points_before = told.points, told.before
        problems += told.issues
    notes += _later(changes, decision)
    return Import(
        file, tuple(shapes), tuple(changes), (), points, points_before, _some(notes), _at_most(problems, file)
    )


def _matrices(read: Tables, file: str, decision: Decision, origin: Origin | None) -> Import:
    """Every table of candidates x criteria in a file."""
    headings = [(table, row) for table in read.tables if (row := heading_row(table, decision)) is not None]
    if not headings and len(read.tables) == 1 and read.tables[0].columns() > 1:
        table = read.tables[0]
        headings = [(table, row) for row in list(table.filled(0))[:1]]
    if not headings:
        raise InputError([Issue(file, None, "", ". ".join([_NOTHING, *read.notes]).removesuffix("."), _MEND)])
    problems = origin_issues(origin, file)
    matrix = Matrix(decision, file, (origin if origin is not None and not problems else _PLACEHOLDER).data())
    for table, row in headings:
        matrix.read(table, row)
    found = matrix.found
    drafts: Sequence[Draft] = found.drafts
    newcomers: Sequence[Candidate] = found.newcomers
    changes, issues = checked(decision, newcomers, drafts, file)
    if problems:
        changes = []
    problems = [*problems, *found.issues, *issues]
    others = _others(read.tables, [table for table, _ in headings])
    notes = (*read.notes, *others, *found.notes, *_later(changes, decision))
    return Import(
        file, ("table",), tuple(changes), tuple(newcomers), None, None, _some(notes), _at_most(problems, file)
    )


def _others(tables: Sequence[Table], used: Sequence[Table]) -> list[str]:
    left = [shortened(table.sheet) for table in tables if table.sheet and not any(table is one for one in used)]
    return [f"Not read (nothing of this decision that can be taken in): {', '.join(left)}."] if left else []


def _later(changes: Sequence[Change], decision: Decision) -> list[str]:
    """That statements made after the decision's day are kept, and do not count before theirs."""
    later = [one.after for one in changes if one.after and one.after.made_on and one.after.made_on > decision.as_of]
    if not later:
        return []
    count = "1 statement is" if len(later) == 1 else f"{len(later)} statements are"
    day = decision.as_of.isoformat()
    return [f"{count} dated after {day}, the day of this decision: kept and shown, but not counted on that day."]


def _some(notes: Sequence[str]) -> tuple[str, ...]:
    """The first notes, and how many more there are."""
    more = len(notes) - _MOST_NOTES
    return tuple(notes) if more <= 0 else (*notes[:_MOST_NOTES], f"There are {more:,} more notes of this kind.")


def _at_most(problems: Sequence[Issue], file: str) -> tuple[Issue, ...]:
    """The first problems, and that there are more: nobody reads ten thousand."""
    problems = sorted(problems, key=_position)
    if len(problems) <= MOST_ISSUES:
        return tuple(problems)
    more = Issue(file, None, "", "there are more problems", "mend those above, then read it again")
    return (*problems[:MOST_ISSUES], more)


def _position(issue: Issue) -> tuple[str, int, int]:
    """Sheet, row and column of a problem; what is about the file as a whole comes first."""
    sheet, _, cell = issue.place.rpartition("!")
    row, column = cell_at(cell) or (-1, -1)
    return sheet, row, column
