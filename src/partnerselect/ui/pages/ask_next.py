"""Ask next: which fact is worth collecting before the vote?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from partnerselect.analysis.ask_next import ask_next
from partnerselect.analysis.filled_ranges import leading_count
from partnerselect.ui import state
from partnerselect.ui.components.heading import show_heading
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.questions import questions_table, show_candidates, show_downloads, show_questions

view = state.current()
show_heading(view, "Which fact is worth collecting before the vote?")


@st.fragment
def questions() -> None:
    """The answer for a number of leading candidates; the number stands in the address."""
    told, ranked = st.container(), len(view.evaluation.ranking)
    most = max(1, ranked - 1)
    top = st.number_input(
        "Candidates to be chosen",
        1,
        most,
        min(most, leading_count(view.decision, ranked, None)),
        key="ask_top",
        width=220,
        bind="query-params",
        help="The first so many by total. Which of them fit together is not asked here.",
    )
    result = ask_next(view.decision, view.points, int(top))
    told.markdown(f"**{plain(result.sentence)}** {plain(result.count_sentence)}")
    if result.note:
        told.markdown(plain(result.note))
    if not result.cells.empty:
        from partnerselect.charts.ask_next import worth_alt, worth_chart
        from partnerselect.ui.components.chart import show_chart

        show_questions(result)
        show_downloads(view, result)
        show_chart(worth_chart(result), worth_alt(result), name="questions", table=partial(questions_table, result))
    show_candidates(result)


questions()
