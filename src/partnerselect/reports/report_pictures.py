"""Every chart of the pages as a picture to take away, with what it says to those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import pandas as pd

from partnerselect.analysis.rounds_compared import FACTORS
from partnerselect.charts import (
    ask_next,
    contributions,
    entry,
    evidence,
    pictures,
    ranking,
    robustness,
    rounds,
    second_opinions,
    sets,
    sweeps,
    timeline,
    viewpoints,
)
from partnerselect.charts import map as maps
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.minutes import escaped
from partnerselect.reports.picture_findings import PictureFindings

KINDS = ("svg", "png")
"""Ends of the names of picture files."""

_NOTHING = 1e-9
_SEARCHED = 50
"""Candidates up to which possible ranks are searched for: with twice as many, that takes half a minute."""

_ABOUT = (
    "Each is there as SVG (lines and letters, for print and for editing) and as PNG (for slides and mails). Below each "
    "title stands what the picture shows, for those who cannot see it; the SVG file holds the same words."
)


@dataclass(frozen=True, eq=False)
class ReportPicture:
    """A picture; nothing of it is worked out or drawn before it is asked for.

    Attributes
    ----------
    name : str
        Of its file, without an end.
    page : str
        The page of the app that shows the chart.
    title : str
        What it shows.
    chart, words : callable
        What draws it and what says it in words, from the same results.
    of : callable
        Gives these results.
    """

    name: str
    page: str
    title: str
    chart: Callable[..., pictures.Chart]
    words: Callable[..., str]
    of: Callable[[], tuple[object, ...]]

    @cached_property
    def alt(self) -> str:
        """The picture in words."""
        return self.words(*self.of())

    @cached_property
    def svg(self) -> bytes:
        """The picture as lines and letters; it carries its title and its words."""
        return pictures.svg(self.chart(*self.of()), self.title, self.alt)

    def file(self, kind: str) -> bytes:
        """The picture as one of `KINDS`; PNG has twice the resolution of a screen."""
        return pictures.rasterised(self.svg) if kind == "png" else self.svg


def report_pictures(contents: ReportContents) -> tuple[ReportPicture, ...]:
    """The pictures that there are, page by page; charts in which a visitor chooses show what the page begins with."""
    found = PictureFindings(contents)
    parts = (_evidence, _weights, _ranking, _sensitivity, _rank_doubt, _shortlist, _questions, _rounds)
    return tuple(one for part in parts for one in part(contents, found))


def list_of_pictures(shown: Iterable[ReportPicture]) -> str:
    """Every picture with its title, its files and its words, in Markdown."""
    lines = ["# Pictures", "", _ABOUT]
    for page, own in groupby(shown, lambda one: one.page):
        lines += ["", f"## {page}"]
        for one in own:
            files = ", ".join(f"`{one.name}.{kind}`" for kind in KINDS)
            lines += ["", f"### {escaped(one.title)}", "", files, "", escaped(one.alt)]
    return "\n".join([*lines, ""])


def _evidence(contents: ReportContents, found: PictureFindings) -> Iterator[ReportPicture]:
    title = "On how many candidates there is evidence"
    chart, words = evidence.unknowns_chart, evidence.unknowns_alt
    yield ReportPicture("evidence-by-criterion", "Overview", title, chart, words, lambda: (contents.standing,))
    if contents.decision.candidates or contents.decision.members:
        title = "What the evidence covers, its grade and its age"
        matrix = evidence.evidence_matrix
        yield ReportPicture("evidence-matrix", "Candidates", title, matrix, evidence.matrix_alt, lambda: (found.cells,))


def _weights(contents: ReportContents, found: PictureFindings) -> Iterator[ReportPicture]:
    page = "Weights"

    def of() -> tuple[object, ...]:
        return (found.viewpoints,)

    chart, words = viewpoints.weights_chart, viewpoints.weights_alt
    yield ReportPicture("viewpoint-weights", page, "What each viewpoint weighs", chart, words, of)
    if found.ranked:
        chart, words = viewpoints.ranks_chart, viewpoints.ranks_alt
        yield ReportPicture("viewpoint-ranks", page, "How each viewpoint ranks", chart, words, of)
    if len(found.ranked) > 1 and len(contents.decision.viewpoints) + (contents.viewpoint is None) > 1:
        chart, words = viewpoints.agreement_chart, viewpoints.agreement_alt
        yield ReportPicture("viewpoint-agreement", page, "How far viewpoints agree", chart, words, of)


def _ranking(contents: ReportContents, found: PictureFindings) -> Iterator[ReportPicture]:
    page = "Ranking"
    if found.ranked:
        yield ReportPicture(
            "ranking",
            page,
            "The ranking, with what each goal adds",
            ranking.ranking_chart,
            ranking.ranking_alt,
            lambda: (contents.decision, contents.evaluation),
        )
    if len(found.ranked) > 1:
        title, chart, words = "The first two head to head", contributions.difference_chart, contributions.difference_alt
        yield ReportPicture("first-two", page, title, chart, words, lambda: (found.first_two,))


def _sensitivity(contents: ReportContents, found: PictureFindings) -> Iterator[ReportPicture]:
    page, result, change = "Sensitivity", contents.sensitivity, found.entry
    if not found.ranked:
        return
    title = "Totals against each weight"
    yield ReportPicture("weight-sweeps", page, title, sweeps.sweeps_chart, sweeps.sweeps_alt, lambda: (result,))
    if change is not None and not change.moved.empty:
        title = "The smallest change of weights that brings the next one in"
        yield ReportPicture("smallest-change", page, title, entry.entry_chart, entry.entry_alt, lambda: (change,))
    if not result.evidence.empty:
        title = "How far one cell of evidence moves the lead"
        yield ReportPicture(
            "evidence-tornado", page, title, sweeps.tornado_chart, sweeps.tornado_alt, lambda: (result,)
        )


def _rank_doubt(_: ReportContents, found: PictureFindings) -> Iterator[ReportPicture]:
    page = "Sensitivity"
    if len(found.ranked) < 2:
        return
    chart, words = robustness.acceptability_chart, robustness.acceptability_alt
    yield ReportPicture(
        "rank-acceptability", page, "How often each rank comes", chart, words, lambda: (found.robustness,)
    )
    if len(found.ranked) <= _SEARCHED:
        spans, told = robustness.intervals_chart, robustness.intervals_alt
        yield ReportPicture("possible-ranks", page, "Which ranks are possible", spans, told, lambda: (found.extremes,))
    title = "The rank that each method gives"
    yield ReportPicture(
        "second-opinions",
        page,
        title,
        second_opinions.places_chart,
        second_opinions.places_alt,
        lambda: (found.second_opinions,),
    )


def _shortlist(contents: ReportContents, found: PictureFindings) -> Iterator[ReportPicture]:
    page, partners, decision = "Shortlist", contents.sets, contents.decision
    if partners is not None:
        if len(partners.best.sets) > 1:
            title = "The next best sets"
            yield ReportPicture(
                "next-best-sets", page, title, sets.ladder_chart, sets.ladder_alt, lambda: (partners.best,)
            )
            yield ReportPicture(
                "best-set-against-the-next",
                page,
                "The best set head to head with the next one",
                lambda result: sets.comparison_chart(result, "Best set", "Next one"),
                sets.comparison_alt,
                lambda: (found.two_sets,),
            )
        title = "How often each candidate is in the best set"
        yield ReportPicture("core-index", page, title, sets.core_chart, sets.core_alt, lambda: (partners.robustness,))
        title = "What members and partners cover"
        yield ReportPicture("coverage", page, title, sets.gaps_chart, sets.gaps_alt, lambda: (partners.gaps,))
    if any(one.location is not None for one in (*decision.candidates, *decision.members)):
        yield ReportPicture(
            "map",
            page,
            "Where the organisations are",
            maps.partners_map,
            maps.partners_map_alt,
            lambda: (decision, _joining(contents)),
        )


def _questions(contents: ReportContents, _: PictureFindings) -> Iterator[ReportPicture]:
    asked, title = contents.questions, "What the answers are worth"
    if not asked.cells.empty:
        yield ReportPicture("questions", "Ask next", title, ask_next.worth_chart, ask_next.worth_alt, lambda: (asked,))


def _rounds(contents: ReportContents, _: PictureFindings) -> Iterator[ReportPicture]:
    page, compared, choices = "Rounds", contents.compared, contents.choices
    if choices is not None and len(choices.drop_duplicates(["round", "as_of"])) > 1:
        title = "Who was chosen, round by round"
        yield ReportPicture("timeline", page, title, timeline.timeline_chart, timeline.timeline_alt, lambda: (choices,))
    if compared is None:
        return
    if not compared.places.empty:
        title = "Ranks from round to round"
        yield ReportPicture("rank-bump", page, title, rounds.bump_chart, rounds.bump_alt, lambda: (compared.places,))
    chart, words = rounds.split_chart, rounds.split_alt
    if _moved(compared.ranks):
        yield ReportPicture("rank-changes", page, "What moved the ranks", chart, words, lambda: (compared, "ranks"))
    if _moved(compared.totals):
        yield ReportPicture("total-changes", page, "What moved the totals", chart, words, lambda: (compared, "totals"))
    title = "Weights before and after"
    yield ReportPicture(
        "weights-before-and-after", page, title, rounds.weights_chart, rounds.weights_alt, lambda: (compared,)
    )


def _moved(shares: pd.DataFrame) -> bool:
    """Whether anything moved anybody."""
    return bool((shares[list(FACTORS)].abs() > _NOTHING).to_numpy().any())


def _joining(contents: ReportContents) -> tuple[str, ...]:
    """Who was chosen among the candidates, for the map."""
    own = {one.id for one in contents.decision.candidates}
    return tuple(one for one in contents.chosen if one in own)
