"""The best set: its partners as cards, the sets that come next, what is covered, and the file to take away."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.gaps import gaps
from partnerselect.analysis.partners import redundant_pairs
from partnerselect.analysis.proposed_set import proposed_set
from partnerselect.analysis.set_question import SetQuestion
from partnerselect.analysis.set_verdict import SetVerdict
from partnerselect.analysis.words import listed, points
from partnerselect.errors import RulesError
from partnerselect.model import Decision
from partnerselect.ui.components import shortlist_tables as tables
from partnerselect.ui.components.plain import plain

SIGNS = {"robust": ":material/verified:", "fragile": ":material/warning:", "tie": ":material/balance:"}
_PAIRS, _MAP_WIDTH = 5, 840


def show_answer(found: BestSets) -> None:
    """The best set in a sentence."""
    st.markdown(f"**{plain(found.sentence)}**")
    if found.note:
        st.caption(plain(found.note))


def show_chosen(question: SetQuestion, chosen: Sequence[str]) -> None:
    """What was chosen in a closed round, and where that set stands; the best set is what the numbers say."""
    try:
        told = proposed_set(question, chosen).sentence if chosen else "Nobody."
    except RulesError as problem:
        told = str(problem)
    st.markdown(f"**Chosen in this round.** {plain(told)}")


def show_verdict(judged: SetVerdict) -> None:
    """How far one may rely on it."""
    st.markdown(f"{SIGNS[judged.kind]} {plain(judged.sentence)}")
    for reason in judged.reasons[1:]:
        st.markdown(f"- {plain(reason[:1].upper() + reason[1:])}")


def show_cards(table: pd.DataFrame, tie_within: float) -> None:
    """One card for each partner: why it is in, what the set loses without it, and who is next in line."""
    with st.grid(max(1, min(3, len(table))), min_column_width=230):
        for row in table.to_dict("records"):
            with st.container(border=True):
                st.markdown(f"#### {plain(row['name'])}")
                st.caption(plain(f"{row['kind']} · {row['region']}, {row['country']}"))
                st.markdown(f"{plain(row['why'])} {plain(_adds(row))}")
                st.caption(plain(_next(row, tie_within)))


def show_ladder(found: BestSets) -> None:
    """The next best sets, as bars of what they are behind."""
    from partnerselect.charts.sets import ladder_alt, ladder_chart
    from partnerselect.ui.components.chart import show_chart

    st.header("What comes next", anchor=False)
    if len(found.tied) > 1:
        st.markdown(
            f"{len(found.tied)} sets share the first place; the order of the candidates decides which is shown."
        )
    if len(found.sets) == 1:
        st.markdown("No other set is allowed.")
        return
    show_chart(ladder_chart(found), ladder_alt(found), name="ladder", table=partial(tables.ladder_table, found))


def show_gaps(question: SetQuestion, members: Sequence[str]) -> None:
    """What members and partners cover together, and what nobody brings."""
    from partnerselect.charts.sets import gaps_alt, gaps_chart
    from partnerselect.ui.components.chart import show_chart

    st.header("What we would cover, and what nobody brings", anchor=False)
    result = gaps(question, members)
    st.markdown(plain(result.sentence))
    table = partial(tables.gaps_table, result)
    show_chart(gaps_chart(result), gaps_alt(result), name="gaps", table=table, own_width=True)
    _show_redundant(redundant_pairs(question), members)


def show_map(decision: Decision, members: Sequence[str]) -> None:
    """Members, partners and other candidates on a map that needs no network."""
    from partnerselect.charts.map import partners_map, partners_map_alt, without_location
    from partnerselect.ui.components.chart import show_chart

    st.header("Where they are", anchor=False)
    if told := without_location(decision):
        st.caption(plain(told))
    table = partial(tables.map_table, decision, members)
    with st.container(width=_MAP_WIDTH):
        show_chart(partners_map(decision, members), partners_map_alt(decision, members), name="map", table=table)


def _show_redundant(pairs: pd.DataFrame, members: Sequence[str]) -> None:
    """Candidates that add the same: whoever is in makes the other one worth less."""
    own = pairs[pairs["one"].isin(members) & pairs["other"].isin(members)]
    for row in own.to_dict("records"):
        st.markdown(f"- {plain(_twice(row))}")
    others = pairs[~pairs.index.isin(own.index)].head(_PAIRS)
    if others.empty:
        return
    with st.expander("Candidates that bring the same", key="redundant"):
        for row in others.to_dict("records"):
            st.markdown(f"- {plain(_twice(row))}")


def _twice(row: dict[Hashable, Any]) -> str:
    both = f": both bring {listed(row['both'])}" if row["both"] else ""
    return f"{row['one_name']} and {row['other_name']} together add {points(row['twice'])} less than each alone{both}."


def _adds(row: dict[Hashable, Any]) -> str:
    lost = f"If its place stayed empty, the set would lose {points(row['adds'])}"
    return f"{lost}; beside the members alone it would add {points(row['alone'])}."


def _next(row: dict[Hashable, Any], tie_within: float) -> str:
    if row["next_name"] is None or math.isnan(row["next_behind"]):
        return "Nobody else may take its place beside the others."
    close = ": too close to call" if row["next_behind"] <= tie_within else ""
    return f"Next in line: {row['next_name']}, {points(row['next_behind'])} behind{close}."
