"""Parts of the Sensitivity page that simulate or solve: how often each rank comes, and which ranks are possible."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnerselect.analysis.extremes import Extremes, extremes
from partnerselect.analysis.plausible import RegionName
from partnerselect.analysis.robustness import Robustness, robustness
from partnerselect.ui.components import robustness_tables as tables
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.regions import choose_region
from partnerselect.ui.state import View

_SAMPLES = (1_000, 10_000, 100_000)


@st.fragment
def show_plausible(view: View, top: int) -> None:
    """How often each rank comes, and which ranks are possible, over a region of weights that the visitor chooses."""
    st.header("All weights and all evidence at once", anchor=False)
    region, plus_minus = choose_region(view, "any", "region")
    _show_robustness(view, top, region, plus_minus)
    _show_extremes(view, region, plus_minus)


@st.fragment
def _show_robustness(view: View, top: int, region: RegionName, plus_minus: float) -> None:
    """Rank acceptability."""
    samples = st.select_slider(
        "Draws",
        _SAMPLES,
        10_000,
        format_func=lambda count: f"{count:,}",
        key="samples",
        help="More draws take longer and make the shares more exact; every share says how exact it is.",
    )
    doubt = st.toggle(
        "Draw the evidence from its ranges as well",
        value=True,
        key="doubt",
        help="Off: only the weights vary, and every value stays at its best estimate.",
    )
    result = _simulated(view, top, region, plus_minus, int(samples), doubt)
    st.markdown(plain(result.sentence))
    if result.note:
        st.caption(plain(result.note))
    from partnerselect.charts.robustness import acceptability_alt, acceptability_chart
    from partnerselect.ui.components.chart import show_chart

    table = partial(tables.acceptability_table, result)
    show_chart(acceptability_chart(result), acceptability_alt(result), name="rank_acceptability", table=table)
    tables.candidates_table(result)


@st.fragment
def _show_extremes(view: View, region: RegionName, plus_minus: float) -> None:
    """Exact rank intervals; worked out when asked for, since each is a search of its own."""
    part = st.expander("Which ranks are possible at all?", key="extremes", on_change="rerun")
    if not part.open:
        return
    with part:
        words = "Looking for the best and the worst rank of every candidate …"
        bar = st.progress(0.0, words)
        result: Extremes = extremes(
            view.decision, view.points, region, plus_minus, lambda share: _show(bar, share, words)
        )
        bar.empty()
        st.markdown(plain(result.sentence))
        from partnerselect.charts.robustness import intervals_alt, intervals_chart
        from partnerselect.ui.components.chart import show_chart

        table = partial(tables.extremes_table, result)
        show_chart(intervals_chart(result), intervals_alt(result), name="rank_intervals", table=table)


def _simulated(view: View, top: int, region: RegionName, plus_minus: float, samples: int, doubt: bool) -> Robustness:
    """The simulation, with a progress bar where it takes a while."""
    if samples <= 10_000:
        return robustness(view.decision, view.points, region, plus_minus, samples, top=top, doubt=doubt)
    words = f"Drawing {samples:,} times …"
    bar = st.progress(0.0, words)
    result = robustness(
        view.decision,
        view.points,
        region,
        plus_minus,
        samples,
        top=top,
        doubt=doubt,
        progress=lambda share: _show(bar, share, words),
    )
    bar.empty()
    return result


def _show(bar: DeltaGenerator, share: float, words: str) -> None:
    bar.progress(min(share, 1.0), words)
