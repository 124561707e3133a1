"""`partnerselect template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partnerselect.cli.arguments import CandidatesFolder, CriteriaFile, Force
from partnerselect.cli.output import print_words
from partnerselect.cli.reading import decision_in, misunderstood
from partnerselect.cli.writing import refuse_existing, write_file

TemplateFile = Annotated[Path, typer.Argument(help="The file to write, such as survey.xlsx.", metavar="FILE.xlsx")]


def template(
    file: TemplateFile,
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    force: Force = False,
) -> None:
    """A spreadsheet to fill in: a row for each candidate, a column for each criterion; `import` reads it back."""
    from datetime import date

    from partnerselect.files.raw import named
    from partnerselect.reports.template import template as made

    if file.suffix.lower() != ".xlsx":
        misunderstood(f"The template is an XLSX workbook: write {named(file.with_suffix('.xlsx'))}.")
    decision = decision_in(criteria_file, candidates, None)
    refuse_existing(file, force=force)
    write_file(file, made(decision, made_on=date.today()))  # noqa: DTZ011 - the day on the wall of the room
    print_words(f"{named(file)} is written: fill it in, and read it with `partnerselect import`.")
