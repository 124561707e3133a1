"""What an import would change, in words and tables of plain text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from partnerselect.cli.output import print_table, print_words

if TYPE_CHECKING:
    import pandas as pd

    from partnerselect.analysis.import_effect import ImportEffect
    from partnerselect.analysis.import_preview import ImportPreview
    from partnerselect.model.imports import Import

_KINDS = {"new": "comes", "changed": "changes", "removed": "goes", "newcomer": "comes (newcomer)"}


def print_preview(
    found: Import,
    taken: Import,
    preview: ImportPreview,
    table: pd.DataFrame,
    effect: ImportEffect | None,
    *,
    written: Sequence[str],
    wanted: bool,
) -> None:
    """Sentences first, then what changes cell by cell, what it does to the ranking, and what is left to say.

    Parameters
    ----------
    found, taken : Import
        All that the file holds, and the part that the options take in.
    preview : ImportPreview
        Of that part.
    table : DataFrame
        Every statement of the file.
    effect : ImportEffect or None
        Of that part; None where the file has problems.
    written : sequence of str
        Files that were written.
    wanted : bool
        Whether they were to be.
    """
    print_words(*_lead(found, taken, preview), *found.notes)
    if effect is not None:
        _print_newcomers(preview.newcomers)
    _print_changes(table)
    if effect is None:
        return
    _print_points(preview.points)
    if taken.changes or taken.newcomers:
        print_words("What it would do to the ranking:", *effect.sentences)
        _print_ranking(effect.ranking)
    if told := [*_left_out(found, taken), *_ending(taken, written, wanted=wanted)]:
        print_words(*told)


def _lead(found: Import, taken: Import, preview: ImportPreview) -> Sequence[str]:
    if found.problems:
        return preview.sentences[-1:]
    return ["Of this file nothing would be taken in."] if taken.is_empty and not found.is_empty else preview.sentences


def _left_out(found: Import, taken: Import) -> list[str]:
    told = []
    if left := len(found.changes) - len(taken.changes):
        have, goes = ("1 statement has", "it goes") if left == 1 else (f"{left} statements have", "they go")
        told.append(f"{have} no row in the sheet any more; {goes} only with --remove.")
    if found.points is not None and taken.points is None:
        told.append("The points are left out; --viewpoint-title keeps them as a new viewpoint.")
    return told


def _ending(taken: Import, written: Sequence[str], *, wanted: bool) -> list[str]:
    if written:
        return [f"Written: {', '.join(written)}."]
    if taken.is_empty:
        return ["Nothing is written."] if wanted else []
    return ["Nothing is written yet; --write does it."]


def _print_newcomers(newcomers: pd.DataFrame) -> None:
    if len(newcomers):
        headings = ("candidate", "kind", "country", "region")
        rows = [[str(row[name]) for name in ("name", *headings[1:])] for row in newcomers.to_dict("records")]
        print_table("New candidates", dict.fromkeys(headings, "left"), rows)


def _print_changes(table: pd.DataFrame) -> None:
    if len(table):
        rows = [
            (row["name"], row["title"], _KINDS[row["kind"]], row["before"], row["after"], row["place"], row["differs"])
            for row in table.to_dict("records")
        ]
        headings = ("organisation", "criterion", "statement", "known now", "known then", "cell", "what differs")
        print_table("Cell by cell", dict.fromkeys(headings, "left"), rows)


def _print_points(points: pd.DataFrame) -> None:
    if len(points):
        headings = {"goal or criterion": "left", "points before": "right", "points now": "right"}
        rows = [(row["title"], _number(row["before"]), _number(row["after"])) for row in points.to_dict("records")]
        print_table("Points that were moved", headings, rows)


def _print_ranking(ranking: pd.DataFrame) -> None:
    if len(ranking):
        headings = {"candidate": "left"} | dict.fromkeys(("total now", "total then", "rank now", "rank then"), "right")
        rows = [
            (
                row["name"],
                _number(100 * row["total_before"]),
                _number(100 * row["total_after"]),
                _number(row["rank_before"], 0),
                _number(row["rank_after"], 0),
            )
            for row in ranking.to_dict("records")
        ]
        print_table("Totals that move, in points of 100", headings, rows)


def _number(value: float, digits: int = 1) -> str:
    return "" if math.isnan(value) else f"{value:.{digits}f}"
