"""Parts of the Sensitivity page that are exact: verdict, sweeps, entering, evidence, leaving out."""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.entry import entry
from partnerselect.analysis.filled_ranges import leading_count
from partnerselect.analysis.sensitivity import Sensitivity
from partnerselect.analysis.sensitivity_words import evidence_sentence, switch_sentence, without_sentence
from partnerselect.ui.components import sensitivity_tables as tables
from partnerselect.ui.components.plain import plain
from partnerselect.ui.state import View

_SIGNS = {"robust": ":material/verified:", "fragile": ":material/warning:", "tie": ":material/balance:"}


def choose_top(view: View) -> int:
    """How many candidates lead; the choice stands in the address."""
    ranked = max(1, len(view.evaluation.ranking))
    usual = leading_count(view.decision, ranked, None)
    chosen = st.number_input(
        "Leading candidates",
        1,
        ranked,
        usual,
        key="leading",
        width=220,
        bind="query-params",
        help="How many candidates count as the outcome. It starts with as many as may join.",
    )
    return int(chosen or usual)


def show_verdict(result: Sensitivity) -> None:
    """The verdict in one sentence; what speaks against the lead, folded."""
    st.markdown(f"**{_SIGNS[result.verdict.kind]} {plain(result.verdict.sentence)}**")
    others = result.verdict.reasons[1:]
    if others:
        st.markdown("\n".join(f"- {plain(_capital(reason))}" for reason in others))


@st.fragment
def show_sweeps(result: Sensitivity) -> None:
    """One small chart per criterion, and every switch point as a table."""
    from partnerselect.charts.sweeps import sweeps_alt, sweeps_chart
    from partnerselect.ui.components.chart import show_chart

    st.header("One weight at a time", anchor=False)
    st.markdown(plain(switch_sentence(result)))
    table = partial(tables.sweeps_table, result)
    show_chart(sweeps_chart(result), sweeps_alt(result), name="weight_sweeps", table=table, own_width=True)


@st.fragment
def show_entry(view: View, top: int) -> None:
    """What it would take for one candidate to enter the leading ones."""
    st.header("What would it take?", anchor=False)
    names = {candidate.id: candidate.name for candidate in view.decision.candidates}
    ranked = list(view.evaluation.ranking.index)
    place = "the first place" if top == 1 else f"the top {top}"
    chosen = st.selectbox(
        f"For this candidate to enter {place}",
        ranked,
        index=min(top, len(ranked) - 1),
        format_func=names.__getitem__,
        key="entering",
        bind="query-params",
    )
    result = entry(view.decision, view.points, chosen, top)
    st.markdown(plain(result.sentence))
    if result.leads:
        return
    st.markdown(plain(result.cell_sentence))
    if not result.moved.empty:
        from partnerselect.charts.entry import entry_alt, entry_chart
        from partnerselect.ui.components.chart import show_chart

        table = partial(tables.entry_table, result)
        show_chart(entry_chart(result), entry_alt(result), name="smallest_change", table=table)
    if not result.cells.empty:
        tables.cells_table(result)


@st.fragment
def show_evidence(result: Sensitivity) -> None:
    """Which cells in doubt move the lead how far."""
    st.header("One cell of evidence at a time", anchor=False)
    if result.evidence.empty:
        st.markdown("No cell is in doubt that could move the lead.")
        return
    from partnerselect.charts.sweeps import tornado_alt, tornado_chart
    from partnerselect.ui.components.chart import show_chart

    st.markdown(plain(evidence_sentence(result)))
    table = partial(tables.evidence_table, result)
    show_chart(tornado_chart(result), tornado_alt(result), name="evidence_tornado", table=table)


@st.fragment
def show_without(result: Sensitivity) -> None:
    """What happens when one criterion is left out."""
    st.header("One criterion left out", anchor=False)
    if result.without.empty:
        st.markdown("There is only one criterion; without it nothing is left to judge by.")
        return
    st.markdown(plain(without_sentence(result)))
    tables.without_table(result)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
