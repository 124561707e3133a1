"""Tables of a comparison of rounds, with their headings and units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from partnerselect.analysis.round_side import within
from partnerselect.analysis.rounds_compared import FACTORS, RoundComparison

_POINTS, _SIGNED, _PLACES, _PLACE = "%.1f", "%+.1f", "%+d", "%d"
_FACTORS = {"weights": "Weights", "evidence": "Evidence", "candidates": "Who is on the list", "criteria": "Criteria"}


def places_table(found: RoundComparison) -> None:
    """One row for each candidate, with its rank in each round."""
    ranks = {
        which: found.places[found.places["round"] == title].set_index("candidate")["rank"]
        for which, title in found.titles.items()
    }
    names = found.places.drop_duplicates("candidate").set_index("candidate")["name"]
    rows = pd.DataFrame({"name": names, "before": ranks["before"], "after": ranks["after"]})
    _shown(
        rows.astype({"before": "Int64", "after": "Int64"}).sort_values(["after", "before"], kind="stable"),
        "places",
        f"Ranks {_both(found)}.",
        {"name": _pinned("Candidate"), **_sides(found, _PLACE)},
    )


def split_table(found: RoundComparison) -> None:
    """The change of every rank, split by cause."""
    _shown(
        found.ranks.drop(columns="sentence"),
        "split",
        "Changes of ranks, split by cause, in places upwards.",
        {
            "name": _pinned("Candidate"),
            **_sides(found, _PLACE),
            "change": st.column_config.NumberColumn("Places up", format=_PLACES),
            **{factor: st.column_config.NumberColumn(_FACTORS[factor], format=_SIGNED) for factor in FACTORS},
        },
    )
    st.caption("Under the causes: places upwards. They sum to the change of the rank.")


def weights_table(found: RoundComparison) -> None:
    """Every criterion's weight in both, in percent."""
    shares = ["before", "after", "difference"]
    _shown(
        found.criteria.assign(**{one: 100 * found.criteria[one] for one in shares}),
        "criteria",
        f"Weights {_both(found)}, in percent.",
        {
            "title": _pinned("Criterion"),
            "goal": "Goal",
            **_sides(found, _POINTS, ", %"),
            "difference": st.column_config.NumberColumn("Difference", format=_SIGNED),
            "change": "What became of it",
        },
    )


def evidence_table(found: RoundComparison) -> None:
    """Cells of which something else is said, with the sources of what is new."""
    _shown(
        found.evidence[["name", "title", "change", "before", "after", "age", "stale", "sources"]],
        "evidence_changed",
        "Evidence that changed.",
        {
            "name": _pinned("Organisation"),
            "title": "Criterion",
            "change": "Change",
            "before": found.titles["before"],
            "after": found.titles["after"],
            "age": st.column_config.NumberColumn("Age, years", format=_POINTS),
            "stale": "Stale",
            "sources": st.column_config.ListColumn("Sources of what is new"),
        },
    )


def aged_table(found: RoundComparison) -> None:
    """Cells whose evidence is the same, and older."""
    _shown(
        found.aged[["name", "title", "after", "age", "stale"]],
        "aged",
        "Evidence that has become older.",
        {
            "name": _pinned("Organisation"),
            "title": "Criterion",
            "after": "Says",
            "age": st.column_config.NumberColumn("Age, years", format=_POINTS),
            "stale": "Stale",
        },
    )
    if found.stale_after is not None:
        st.caption(f"Stale: {found.stale_after:g} years old or older.")


def choices_table(found: RoundComparison) -> None:
    """Each choice under the weights of each, in both rounds."""
    rows = found.choices[["choice", "round", "weights", "names", "total", "place", "behind", "wins"]]
    told = {one: rows[one].map(dict(found.titles)) for one in ("choice", "round", "weights")}
    numbers = {one: 100 * rows[one] for one in ("total", "behind")}
    _shown(
        rows.assign(**told, **numbers, place=rows["place"].astype("Int64")),
        "choices",
        "Each choice with the evidence and rules of each, under the weights of each.",
        {
            "choice": "Choice of",
            "round": "Evidence and rules of",
            "weights": "Weights of",
            "total": st.column_config.NumberColumn("Total, of 100", format=_POINTS),
            "place": st.column_config.NumberColumn("Place", format=_PLACE),
            "behind": st.column_config.NumberColumn("Behind the best", format=_POINTS),
            "wins": st.column_config.CheckboxColumn("None is better"),
            "names": "Partners",
        },
    )


def _both(found: RoundComparison) -> str:
    return f"{within(found.titles['before'])} and {within(found.titles['after'])}"


def _sides(found: RoundComparison, form: str, unit: str = "") -> dict[str, Any]:
    """Columns before and after, under the titles of the two rounds."""
    return {
        which: st.column_config.NumberColumn(f"{title}{unit}", format=form) for which, title in found.titles.items()
    }


def _pinned(heading: str) -> Any:
    return st.column_config.TextColumn(heading, pinned=True)


def _shown(rows: pd.DataFrame, name: str, alt: str, columns: Mapping[str, Any]) -> None:
    """The columns that have a heading, in the order of the headings."""
    st.dataframe(
        rows, hide_index=True, key=f"{name}_table", alt=alt, column_order=list(columns), column_config=dict(columns)
    )
