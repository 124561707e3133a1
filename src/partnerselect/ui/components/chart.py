"""One way to show a chart: readable ink, its content in words, its numbers as a table, and pictures to take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from partnerselect.charts.pictures import Chart, inked, png, svg
from partnerselect.charts.theme import INK_DARK, INK_LIGHT


@st.fragment
def show_chart(chart: Chart, words: str, *, name: str, table: Callable[[], None], own_width: bool = False) -> None:
    """Show a chart with its alt text, as wide as the page; one with a width of its own scrolls where it must.

    Below it, folded: `table`, which shows its numbers, and downloads as PNG and SVG. `name` names the files
    and the widgets, and is unique on a page. Nothing in the fold is computed before it is opened.
    """
    ink = INK_DARK if st.context.theme.type == "dark" else INK_LIGHT
    frame = st.container(horizontal=True, wrap=False) if own_width else st.container()  # a wide one scrolls
    frame.altair_chart(inked(chart, ink), width="content" if own_width else "stretch", alt=words)
    more = st.expander("The same as a table, and as a picture", key=f"{name}_more", on_change="rerun")
    if not more.open:
        return
    with more:
        table()
        with st.container(horizontal=True):
            for kind, mime, draw in (("PNG", "image/png", png), ("SVG", "image/svg+xml", svg)):
                st.download_button(
                    f"Picture ({kind})",
                    data=partial(draw, chart),
                    file_name=f"{name.replace('_', '-')}.{kind.lower()}",
                    mime=mime,
                    key=f"{name}_{kind.lower()}",
                    on_click="ignore",
                    icon=":material/download:",
                )
