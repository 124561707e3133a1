"""`partnerselect report`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerselect.cli.arguments import AsOf, CandidatesFolder, CriteriaFile, Force, PointsText, ViewpointName
from partnerselect.cli.output import print_words, progress_bar
from partnerselect.cli.reading import decision_in, failed, misunderstood, points_of
from partnerselect.cli.writing import refuse_existing, write_file

if TYPE_CHECKING:
    from partnerselect.reports.contents import ReportContents

RoundName = Annotated[
    str | None, typer.Option("--round", help="Report on a closed round (id or hash); without it, a draft of today.")
]
Pdf = Annotated[Path | None, typer.Option(help="Write the report to read and sign.", metavar="FILE")]
Xlsx = Annotated[Path | None, typer.Option(help="Write the workbook that recomputes.", metavar="FILE")]
Minutes = Annotated[Path | None, typer.Option("--md", help="Write the minutes as Markdown.", metavar="FILE")]
Findings = Annotated[
    Path | None,
    typer.Option("--json", help="Write everything that was looked at and found, for programs.", metavar="FILE"),
]
Everything = Annotated[Path | None, typer.Option("--zip", help="Write all of it, with pictures.", metavar="FILE")]
Section = Annotated[
    list[str] | None, typer.Option(help="A section of the PDF; repeat it for more. Without it, all.", metavar="NAME")
]


def report(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    round_name: RoundName = None,
    pdf: Pdf = None,
    xlsx: Xlsx = None,
    md: Minutes = None,
    json: Findings = None,
    zip_: Everything = None,
    section: Section = None,
    force: Force = False,
) -> None:
    """The decision as files to take away: PDF, XLSX, Markdown, JSON, or all of it in one archive."""
    wanted = {"pdf": pdf, "xlsx": xlsx, "minutes.md": md, "findings.json": json, "zip": zip_}
    if not any(wanted.values()):
        misunderstood("Say what to write: --pdf, --xlsx, --md, --json or --zip, each with a file.")
    from partnerselect.reports.document import ALL, SECTIONS

    sections = tuple(section or ALL)
    if strangers := [one for one in sections if one not in SECTIONS]:
        misunderstood(f"There is no section '{strangers[0]}'; sections are {', '.join(SECTIONS)}.")
    if round_name is not None:
        _refuse_beside_round(
            {
                "the criteria file": criteria_file or candidates,
                "--viewpoint": viewpoint,
                "--weights": weights,
                "--as-of": as_of,
            }
        )
    for wish in filter(None, wanted.values()):
        refuse_existing(wish, force=force)
    record = None
    with progress_bar("gathering") as progress:
        if round_name is None:
            contents = _of_today(criteria_file, candidates, viewpoint, weights, as_of, progress)
        else:
            contents, record = _of_round(round_name, progress)

    from partnerselect.reports.bundle import report_files

    files = report_files(contents, sections, record=record)
    for end, path in wanted.items():
        if path is not None:
            made = (
                _archive(files) if end == "zip" else next(make() for name, make in files.items() if name.endswith(end))
            )
            _write(path, made)


def _refuse_beside_round(given: Mapping[str, object]) -> None:
    """Exit code 2 where something was given that the report of a closed round would not heed."""
    if told := [name for name, value in given.items() if value is not None]:
        misunderstood(
            f"--round reports a round as it was closed, with its own files, weights and day: leave out {told[0]}."
        )


def _of_today(
    criteria_file: Path | None,
    candidates: Path | None,
    viewpoint: str | None,
    weights: str | None,
    as_of: str | None,
    progress: Callable[[float], None],
) -> ReportContents:
    from datetime import date
    from importlib.metadata import version

    from partnerselect.reports.contents import report_contents

    decision = decision_in(criteria_file, candidates, as_of)
    return report_contents(
        decision,
        points_of(decision, viewpoint, weights),
        software=version("partnerselect"),
        made_on=date.today(),  # noqa: DTZ011 - the day on the wall of the room
        progress=progress,
    )


def _of_round(name: str, progress: Callable[[float], None]) -> tuple[ReportContents, bytes]:
    """Of a closed round, and the round itself as a file."""
    from datetime import date
    from importlib.metadata import version

    from partnerselect.analysis.rounds_compared import Side, compare_rounds
    from partnerselect.charts.timeline import choices_of
    from partnerselect.errors import RoundsError
    from partnerselect.reports.contents import report_contents
    from partnerselect.reports.on_record import on_record
    from partnerselect.rounds.store import open_store

    try:
        with open_store() as store:
            record = store.round_(name)
            before = None if record.previous is None else store.round_(record.previous)
            seen = store.timeline(record.decision.id, record.sha256)
            exported = store.export(record.sha256)
    except RoundsError as problem:
        failed(str(problem))
    sides = [
        Side(one.decision, one.points, one.rules, one.title, one.chosen or None)
        for one in (before, record)
        if one is not None
    ]
    contents = report_contents(
        record.decision,
        record.points,
        record.rules,
        software=version("partnerselect"),
        made_on=date.today(),  # noqa: DTZ011 - the day on the wall of the room
        chosen=record.chosen,
        on_record=on_record(record.model_dump(mode="json")),
        compared=compare_rounds(*sides) if len(sides) == 2 else None,
        choices=choices_of(seen),
        progress=progress,
    )
    return contents, exported


def _archive(files: Mapping[str, Callable[[], bytes]]) -> bytes:
    from partnerselect.reports.bundle import archive

    with progress_bar("making the archive") as progress:
        return archive(files, lambda share, _: progress(share))


def _write(path: Path, content: bytes) -> None:
    from partnerselect.files.raw import named

    write_file(path, content)
    print_words(f"{named(path)} is written ({len(content):,} bytes).")
