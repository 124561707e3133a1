"""What a spreadsheet would change, for people to read before anything is written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from partnerselect.analysis.evidence import Performance, performance
from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.words import listed
from partnerselect.kernels.value_functions import piecewise
from partnerselect.model import Candidate, Criterion, Decision, Evidence
from partnerselect.model.imports import Change, Import

_KEYS = {"as_of": "as of", "judged_on": "judged on", "status": "answer", "by": "who judges"}
_NOTHING = "Nothing would change: the file says what stands already."
_STAYS = (
    "what is known stays the same: the statement says what is known already, or does not count because newer "
    "evidence stands, or because of its date, unit or basis"
)
_VERBS = {"new": ("comes", "come"), "changed": ("changes", "change"), "removed": ("goes", "go")}
_NAMED = 3


@dataclass(frozen=True, eq=False)
class ImportPreview:
    """An import in words.

    Attributes
    ----------
    after : Decision
        As it would be.
    changes : DataFrame
        What `change_table` says of it.
    newcomers : DataFrame
        Indexed by candidate. Columns: name, kind, country, region, cells (how many the file fills).
    points : DataFrame
        Indexed by goal and criterion ids. Columns: title, before (NaN where the file does not say), after; only where
        they differ. Empty without new points.
    sentences : tuple of str
    """

    after: Decision
    changes: pd.DataFrame
    newcomers: pd.DataFrame
    points: pd.DataFrame
    sentences: tuple[str, ...]


def import_preview(decision: Decision, found: Import) -> ImportPreview:
    """Label what an import would change.

    Parameters
    ----------
    decision : Decision
        The one that the file was held against.
    found : Import
        All of it, or the part that somebody agreed to.
    """
    after = found.applied_to(decision)
    changes = change_table(decision, after, found)
    newcomers, points = _newcomers(found), _points(decision, found)
    sentences = (*_about_cells(changes, newcomers), *_about_points(decision, found, points), *_about_problems(found))
    return ImportPreview(after, changes, newcomers, points, sentences if sentences else (_NOTHING,))


def change_table(decision: Decision, after: Decision, found: Import) -> pd.DataFrame:
    """Every statement of an import, and what is known of its cell before and after.

    Parameters
    ----------
    decision : Decision
        The one that the file was held against.
    after : Decision
        As it would be with the import, or with a part of it.
    found : Import

    Returns
    -------
    DataFrame
        One row per statement, in the order of `Import.changes`. Columns: candidate, name, criterion, title, kind (new,
        changed, removed, newcomer), place (sheet and cell), differs (what of the statement changes), before and after
        (what is known of the cell, in words), value_before, value_after and change (of the cell's value from 0 to 1;
        NaN where it is not known), moves (whether what is known changes).
    """
    criteria = {one.id: one for one in decision.criteria}
    now, then = _everyone(decision), _everyone(after)
    new = {one.id: one for one in found.newcomers}
    everyone = {**new, **then}
    rows = []
    for one in found.changes:
        who, criterion = everyone[one.candidate], criteria[one.criterion]
        before = performance(decision, now[who.id], criterion) if who.id in now else Performance("unknown")
        later = performance(after, who, criterion) if who.id in then else before
        values = _value(before, criterion), _value(later, criterion)
        rows.append(
            (
                who.id,
                who.name,
                criterion.id,
                criterion.title,
                "newcomer" if who.id in new else one.kind,
                one.place,
                _differs(one),
                in_words(before, criterion),
                in_words(later, criterion),
                *values,
                values[1] - values[0],
                _known(before) != _known(later),
            )
        )
    columns = ["candidate", "name", "criterion", "title", "kind", "place", "differs", "before", "after"]
    return pd.DataFrame(rows, columns=[*columns, "value_before", "value_after", "change", "moves"])


def _known(cell: Performance) -> tuple[object, ...]:
    """What a cell comes to, whoever says it."""
    return cell.status, cell.low, cell.best, cell.high


def _value(cell: Performance, criterion: Criterion) -> float:
    return math.nan if cell.best is None else float(piecewise(cell.best, criterion.scale.breakpoints))


def _differs(change: Change) -> str:
    """What of a statement changes, such as ``value, as of``; empty where it comes or goes."""
    if change.before is None or change.after is None:
        return ""
    keys = [one for one in Evidence.model_fields if getattr(change.before, one) != getattr(change.after, one)]
    return ", ".join(_KEYS.get(one, one) for one in keys)


def _newcomers(found: Import) -> pd.DataFrame:
    cells = pd.Series([one.candidate for one in found.changes], dtype=object).value_counts()
    return pd.DataFrame(
        [(one.name, one.kind, one.country, one.region, int(cells.get(one.id, 0))) for one in found.newcomers],
        columns=["name", "kind", "country", "region", "cells"],
        index=pd.Index([one.id for one in found.newcomers], name="candidate", dtype=object),
    )


def _points(decision: Decision, found: Import) -> pd.DataFrame:
    points: Mapping[str, float] = found.points or {}
    before: Mapping[str, float] = found.points_before or {}
    titles = {goal.id: goal.title for goal in decision.goals} | {one.id: one.title for one in decision.criteria}
    moved = [one for one in points if points[one] != before.get(one)]
    return pd.DataFrame(
        [(titles[one], before.get(one, math.nan), points[one]) for one in moved],
        columns=["title", "before", "after"],
        index=pd.Index(moved, name="id", dtype=object),
    )


def _about_cells(changes: pd.DataFrame, newcomers: pd.DataFrame) -> list[str]:
    told = []
    cells = changes.drop_duplicates(["candidate", "criterion"])
    moving = cells[cells["moves"]]
    if len(moving):
        who = moving["name"].drop_duplicates().to_list()
        of = listed(who) if len(who) <= _NAMED else f"{len(who)} organisations"
        told.append(f"{_count(len(moving), 'cell')} would change, of {of}.")
    elif len(cells):
        told.append("No cell would change.")
    if len(newcomers):
        is_new = "is a new candidate" if len(newcomers) == 1 else "are new candidates"
        own = int((cells["kind"] == "newcomer").sum())
        told.append(f"{listed(newcomers['name'].to_list())} {is_new}, with {_count(own, 'cell')}.")
    kinds = Counter(changes["kind"].replace("newcomer", "new").to_list())
    parts = [
        f"{_count(kinds[kind], 'statement')} {words[kinds[kind] > 1]}" for kind, words in _VERBS.items() if kinds[kind]
    ]
    if parts:
        told.append(f"{listed(parts)}.")
    if still := len(cells) - len(moving):
        told.append(f"In {_count(still, 'cell')} {_STAYS}.")
    return told


def _about_points(decision: Decision, found: Import, points: pd.DataFrame) -> list[str]:
    if found.points is None:
        return []
    if found.points_before is None:
        return ["The points of the sheet are in no viewpoint yet; they would become a new one."]
    moved = f"{len(points)} of {len(list(decision.ids()))} points {'has' if len(points) == 1 else 'have'} been moved"
    return [f"{moved} since the workbook was made; all of them would become a new viewpoint."]


def _about_problems(found: Import) -> list[str]:
    if not found.problems:
        return []
    stand = "1 problem stands" if len(found.problems) == 1 else f"{len(found.problems)} problems stand"
    return [f"{stand} in the way: nothing can be written before the file is mended."]


def _everyone(decision: Decision) -> dict[str, Candidate]:
    return {one.id: one for one in (*decision.candidates, *decision.members)}


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
