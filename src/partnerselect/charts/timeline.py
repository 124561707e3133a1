"""Rounds along the years, and who was chosen in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from partnerselect.analysis.words import sentence
from partnerselect.charts.theme import GOALS_LIGHT, labels
from partnerselect.partial_dates import in_full

if TYPE_CHECKING:
    from partnerselect.rounds.glance import Glance


def choices_of(rounds: Iterable[Glance]) -> pd.DataFrame:
    """One row for each round and chosen candidate: round (title), as_of (datetime), name."""
    rows = [(one.title, pd.Timestamp(one.as_of), name) for one in rounds for name in one.chosen]
    return pd.DataFrame(rows, columns=["round", "as_of", "name"])


def timeline_chart(choices: pd.DataFrame) -> alt.LayerChart:
    """A dot for each choice, on the day up to which the evidence of its round counted.

    Parameters
    ----------
    choices : DataFrame
        As `choices_of` gives it.
    """
    rows = choices[["round", "as_of", "name"]].copy()
    names = list(dict.fromkeys(rows["name"]))
    short = dict(zip(names, labels(names), strict=True))
    rows["name"] = rows["name"].map(short)
    days = rows.drop_duplicates(["round", "as_of"])[["round", "as_of"]]
    across = (
        alt.X("as_of:T")
        .title("evidence up to")
        .scale(padding=30)
        .axis(format="%b %Y", values=_values(days), labelOverlap="parity")
    )
    down = (
        alt.Y("name:N")
        .sort(list(short.values()))
        .scale(domain=list(short.values()))
        .title(None)
        .axis(labelLimit=260, labelOverlap=False)
    )
    tooltip = [
        alt.Tooltip("name:N", title="candidate"),
        alt.Tooltip("round:N", title="chosen in"),
        alt.Tooltip("as_of:T", title="evidence up to", format="%d %B %Y"),
    ]
    rules = alt.Chart(days).mark_rule(strokeDash=[3, 3], color="#8b949e").encode(across)
    dots = (
        alt.Chart(rows)
        .mark_point(filled=True, size=130, opacity=1, color=GOALS_LIGHT[0])
        .encode(across, down, tooltip=tooltip)
    )
    return alt.LayerChart(layer=[rules, dots], title="Who was chosen, round by round", height=alt.Step(26))


def timeline_alt(choices: pd.DataFrame) -> str:
    """Who was chosen in which round, in words."""
    told = "; ".join(
        f"{own['round'].iloc[0]} (evidence up to {in_full(own['as_of'].iloc[0])}): {', '.join(own['name'])}"
        for _, own in choices.groupby(["round", "as_of"], sort=False)
    )
    return sentence(f"Dots for who was chosen in each round. {told}")


def _values(days: pd.DataFrame) -> list[dict[str, int]]:
    """The days of the rounds, as the axis wants them."""
    return [{"year": day.year, "month": day.month, "date": day.day} for day in days["as_of"]]
