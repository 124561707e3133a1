"""`partnerselect import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerselect.cli.arguments import AsJson, AsOf, CandidatesFolder, CriteriaFile, PointsText, ViewpointName
from partnerselect.cli.import_words import print_preview
from partnerselect.cli.output import print_plain
from partnerselect.cli.reading import decision_in, failed, files_in, misunderstood, points_of

if TYPE_CHECKING:
    from partnerselect.files.imports.origin import Origin
    from partnerselect.model import Decision
    from partnerselect.model.imports import Import

Spreadsheet = Annotated[Path, typer.Argument(help="A table of candidates and criteria, or an edited workbook.")]
GradeText = Annotated[str | None, typer.Option(help="Of a table: how far it can be trusted, a (best) to d.")]
DateText = Annotated[str | None, typer.Option("--date", help="Of a table: what it speaks of, such as 2017-05.")]
Source = Annotated[str | None, typer.Option(help="Of a table: the document or address that it comes from.")]
By = Annotated[str | None, typer.Option(help="Of a table without a source: who judged; with --reason.")]
Reason = Annotated[str | None, typer.Option(help="Of a judged table: on what ground.")]
JudgedOn = Annotated[str | None, typer.Option(help="Of a judged table: the day, such as 2017-05-31.")]
Note = Annotated[str | None, typer.Option(help="Of a table: anything else worth knowing.")]
Write = Annotated[bool, typer.Option("--write", help="Write it into the files; without it, only show it.")]
Remove = Annotated[bool, typer.Option("--remove", help="Also take away statements whose row has gone.")]
Title = Annotated[
    str | None, typer.Option("--viewpoint-title", help="Keep changed points as a viewpoint of this name.")
]


def import_file(
    file: Spreadsheet,
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    as_of: AsOf = None,
    grade: GradeText = None,
    date: DateText = None,
    source: Source = None,
    by: By = None,
    reason: Reason = None,
    judged_on: JudgedOn = None,
    note: Note = None,
    write: Write = False,
    remove: Remove = False,
    viewpoint_title: Title = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_json: AsJson = False,
) -> None:
    """Evidence and weights from an XLSX or CSV file: what would change, cell by cell; with --write, it is written."""
    from partnerselect.analysis.import_effect import import_effect
    from partnerselect.analysis.import_preview import change_table, import_preview
    from partnerselect.errors import InputError

    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    origin = _origin(grade, date, source, by, reason, judged_on, note)
    found = _read(file, decision, origin)
    wanted = [remove or one.kind != "removed" for one in found.changes]
    taken = found.accepted(
        [at for at, is_wanted in enumerate(wanted) if is_wanted],
        [one.id for one in found.newcomers],
        points=viewpoint_title is not None,
    )
    preview = import_preview(decision, taken)
    table = change_table(decision, preview.after, found).assign(taken=wanted)
    effect = None if found.problems else import_effect(decision, preview.after, points)
    written = _written(taken, decision, files_in(criteria_file, candidates), viewpoint_title) if write else ()
    if as_json:
        about = {"decision": decision.id, "as_of": decision.as_of.isoformat(), "file": found.file}
        told = {"sentences": preview.sentences, "notes": found.notes, "problems": found.problems}
        rows = {"changes": table, "newcomers": preview.newcomers, "points": preview.points}
        print_plain(about | told | rows | {"effect": effect, "written": list(written)})
    else:
        print_preview(found, taken, preview, table, effect, written=written, wanted=write)
    if found.problems:
        failed(str(InputError(found.problems)))


def _origin(
    grade: str | None,
    as_of: str | None,
    source: str | None,
    by: str | None,
    reason: str | None,
    judged_on: str | None,
    note: str | None,
) -> Origin | None:
    """What was said of a table's origin; None where nothing was."""
    from datetime import date

    from partnerselect.files.imports.origin import Origin

    if not any((grade, as_of, source, by, reason, judged_on, note)):
        return None
    try:
        day = None if judged_on is None else date.fromisoformat(judged_on)
    except ValueError:
        misunderstood(f"--judged-on takes a day, such as 2017-05-31; found '{judged_on}'.")
    return Origin(grade or "", as_of, source, by, reason, day, note)


def _read(file: Path, decision: Decision, origin: Origin | None) -> Import:
    """The file held against the decision; one that cannot be read ends with exit code 1."""
    from partnerselect.errors import InputError
    from partnerselect.files import raw
    from partnerselect.files.imports.read import read_import

    if not file.is_file():
        failed(f"{raw.named(file)}: there is no such file.")
    try:
        with file.open("rb") as stream:
            content = stream.read(raw.LARGEST + 1)
        return read_import(content, raw.named(file), decision, origin)
    except OSError as problem:
        failed(f"{raw.named(file)} cannot be read: {problem.strerror}.")
    except InputError as problems:
        failed(str(problems))


def _written(taken: Import, decision: Decision, files: tuple[Path, Path], title: str | None) -> Sequence[str]:
    """Write what is wanted; the files that were written. Problems of the file are told later."""
    from partnerselect.errors import InputError
    from partnerselect.files.imports.write import plan_import
    from partnerselect.files.imports.written import WrittenError
    from partnerselect.files.raw import named

    if taken.problems or taken.is_empty:
        return ()
    if taken.points is not None and not (title or "").strip():
        misunderstood("--viewpoint-title takes the title of a viewpoint; found nothing.")
    try:
        plan = plan_import(taken, decision, *files, title)
        plan.write()
    except OSError as problem:
        failed(f"{named(problem.filename or 'A file')} cannot be written: {problem.strerror}.")
    except InputError as problems:
        failed(f"Nothing is written.\n\n{problems}")
    except WrittenError as problems:
        failed(str(problems))
    return [named(path) for path in plan.files]
