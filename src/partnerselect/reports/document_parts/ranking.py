"""The ranking: who stands where, how surely, and where the totals come from."""

from __future__ import annotations

import math
from collections.abc import Iterator

from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.analysis.words import listed, sentence
from partnerselect.charts.ranking import ranking_alt, ranking_chart
from partnerselect.charts.theme import fitting
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document_parts.blocks import Block, Column, Picture, Row, Table, Words
from partnerselect.reports.words import of_100, percent

_BARS = 30
"""Candidates in one picture: as many as a page holds."""

_ROOM, _WIDEST, _TWO_LINES = 92.0, 14.0, 12.0
"""Millimetres for the goals of the table of contributions: for all, for one at most, and for two lines of its title."""


def ranking_section(contents: ReportContents) -> list[Block]:
    """All candidates that pass the gates, best first."""
    blocks: list[Block] = [Words(contents.standing.sentence, "lead"), *_screened_out(contents)]
    if not contents.evaluation.ranking.empty:
        blocks += [*_pictures(contents), *_ranks(contents), *_contributions(contents)]
    return blocks


def _screened_out(contents: ReportContents) -> Iterator[Words]:
    out = value_ranges(contents.decision).screened_out
    if out:
        yield Words(sentence(f"Not ranked, since a gate was failed: {listed([one.name for one in out])}"))


def _pictures(contents: ReportContents) -> Iterator[Picture]:
    """Bars of the totals, thirty candidates in each picture."""
    decision, evaluation = contents.decision, contents.evaluation
    for first in range(0, len(evaluation.ranking), _BARS):
        chart = ranking_chart(decision, evaluation, first, _BARS)
        yield Picture(chart, ranking_alt(decision, evaluation, first, _BARS))


def _ranks(contents: ReportContents) -> Iterator[Block]:
    yield Words(
        "Totals are in points of 100. Likely is where nine tenths of the draws from the ranges of the evidence lie; "
        "possible, the most that the ranges allow. Known is the share of a candidate's weight with evidence behind it."
    )
    columns = (
        Column("Rank", 12, align="right"),
        Column("Candidate", share=1),
        Column("Total", 14, align="right"),
        Column("Likely total", 25, align="right"),
        Column("Likely rank", 21, align="right"),
        Column("Possible rank", 24, align="right"),
        Column("Known", 15, align="right"),
    )
    rows = [
        Row(
            (
                f"{row['rank']}",
                contents.names[str(one)],
                of_100(row["total"]),
                f"{of_100(row['likely_low'])} – {of_100(row['likely_high'])}",
                _span(row["likely_best_rank"], row["likely_worst_rank"]),
                _span(row["best_rank"], row["worst_rank"]),
                percent(row["known"], 0),
            ),
            "strong" if one in contents.chosen else "plain",
        )
        for one, row in contents.evaluation.ranking.to_dict("index").items()
    ]
    yield Table(columns, tuple(rows))
    if contents.chosen:
        yield Words("Bold: chosen.", "quiet")


def _contributions(contents: ReportContents) -> Iterator[Block]:
    """Weight times value, summed by goal."""
    goals, evaluation = contents.decision.goals, contents.evaluation
    width = min(_WIDEST, _ROOM / len(goals))
    roomy = width >= _TWO_LINES
    columns = (
        Column("Rank", 12, align="right"),
        Column("Candidate", share=1),
        *(Column(fitting(goal.title, 44 if roomy else 16), width, align="right", turned=True) for goal in goals),
        Column("Total", 14, align="right"),
    )
    by_goal = {
        goal.id: evaluation.contributions[[one.id for one in goal.criteria]].sum(axis=1, min_count=1) for goal in goals
    }
    rows = [
        Row(
            (
                f"{row['rank']}",
                contents.names[str(one)],
                *(_points(float(by_goal[goal.id][str(one)])) for goal in goals),
                of_100(row["total"]),
            )
        )
        for one, row in evaluation.ranking.to_dict("index").items()
    ]
    yield Words("Where the totals come from: weight times value, summed by goal, in points of 100.")
    yield Table(columns, tuple(rows), size=9.0 if roomy else 7.0)


def _points(contribution: float) -> str:
    return "n/a" if math.isnan(contribution) else of_100(contribution)


def _span(first: float, last: float) -> str:
    return f"{first:.0f}" if first == last else f"{first:.0f} – {last:.0f}"
