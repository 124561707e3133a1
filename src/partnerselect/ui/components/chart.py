"""One way to show a chart: readable ink for the appearance in force, and its content in words."""

from __future__ import annotations

import altair as alt
import streamlit as st

from partnerselect.charts.theme import INK_DARK, INK_LIGHT


def show_chart(chart: alt.Chart | alt.LayerChart, words: str, *, own_width: bool = False) -> None:
    """Show a chart with its alt text; as wide as the page unless it has a width of its own."""
    ink = INK_DARK if st.context.theme.type == "dark" else INK_LIGHT
    inked = chart.configure_axis(labelColor=ink, titleColor=ink).configure_legend(labelColor=ink)
    st.altair_chart(inked, width="content" if own_width else "stretch", alt=words)
