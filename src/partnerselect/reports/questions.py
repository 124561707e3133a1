"""The questions worth asking, to be sent out: a table to keep track of them, and plain text for a letter."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd

from partnerselect.analysis.ask_next import AskNext
from partnerselect.reports.shortlist_csv import harmless

_HEADING = ["candidate", "criterion", "question", "known today", "chance of changing the choice, %"]
_HEADING += ["worth, points of 100", "answer", "source", "date"]


def questions_csv(result: AskNext) -> str:
    """Comma-separated text, candidate by candidate, with empty columns for answer, source and date.

    Candidates come in the order in which asking them everything is worth most, each one's questions in the order
    of their own worth. Text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADING)
    for row in _by_candidate(result).to_dict("records"):
        told = (row["name"], row["title"], _line(row["question"]), row["statement"])
        chance, worth = f"{100 * row['change_probability']:.1f}", f"{row['gain']:.2f}"
        writer.writerow([*(harmless(str(cell)) for cell in told), chance, worth, "", "", ""])
    return text.getvalue()


def questions_text(result: AskNext) -> str:
    """Plain text, one heading per candidate and its questions below, without what the answers are worth."""
    letters = []
    for _, rows in _by_candidate(result).groupby("candidate", sort=False):
        name = rows["name"].iloc[0]
        questions = [_numbered(number, row) for number, row in enumerate(rows.to_dict("records"), start=1)]
        letters.append("\n".join([name, "-" * len(name), *questions]) + "\n")
    return "\n".join(letters)


def _numbered(number: int, row: dict[Any, Any]) -> str:
    known = f"\n   Known so far: {row['statement']}." if row["status"] == "in doubt" else ""
    return f"{number}. {_line(row['question'])}{known}"


def _by_candidate(result: AskNext) -> pd.DataFrame:
    """The questions, those of one candidate together."""
    place = {candidate: place for place, candidate in enumerate(result.candidates.index)}
    order = result.cells["candidate"].map(place).sort_values(kind="stable").index
    return result.cells.loc[order]


def _line(text: str) -> str:
    return " ".join(text.split())
