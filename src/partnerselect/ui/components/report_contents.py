"""What a report of this view holds: the closed round that is looked at, or a draft of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version

import pandas as pd
import streamlit as st

from partnerselect.analysis.round_side import TODAY
from partnerselect.analysis.rounds_compared import RoundComparison, Side, compare_rounds
from partnerselect.charts.timeline import choices_of
from partnerselect.errors import RoundsError
from partnerselect.reports.contents import ReportContents, report_contents
from partnerselect.reports.on_record import on_record
from partnerselect.reports.report_pictures import ReportPicture, report_pictures
from partnerselect.ui.round_state import rounds_store
from partnerselect.ui.state import View

_HELD = "report_held"


@dataclass(frozen=True, eq=False)
class Report:
    """What is taken away from a view; its pictures are drawn when they are wanted.

    Attributes
    ----------
    contents : ReportContents
    record : bytes or None
        The closed round itself, as it is exported; None of a draft.
    """

    contents: ReportContents
    record: bytes | None = None

    @property
    def name(self) -> str:
        """What the names of its files begin with."""
        return self.contents.name

    @cached_property
    def pictures(self) -> tuple[ReportPicture, ...]:
        """Every picture."""
        return report_pictures(self.contents)

    def files(self, sections: tuple[str, ...]) -> Mapping[str, Callable[[], bytes]]:
        """What makes each file, by its name, where the PDF has these sections."""
        from partnerselect.reports.bundle import report_files

        return report_files(self.contents, sections, self.pictures, self.record)


def report_of(view: View) -> Report:
    """The report of a view: every analysis is asked once, and again only when the view shows something else.

    The round before is compared where there is one. A visitor's session holds one report.
    """
    today = date.today()  # noqa: DTZ011 - the day on the wall of the room
    before = _before(view)
    record = None if view.record is None else view.record.sha256
    told = (dict(view.points), view.rules, record, before, today)
    held: tuple[object, object, Report] | None = st.session_state.get(_HELD)
    if held is not None and held[0] is view.decision and held[1] == told:
        return held[2]
    with st.spinner("Gathering what every page says …"):
        report = Report(_contents(view, before, today), _exported(view))
    st.session_state[_HELD] = (view.decision, told, report)
    return report


def _contents(view: View, before: str | None, today: date) -> ReportContents:
    record = view.record
    return report_contents(
        view.decision,
        view.points,
        view.rules,
        software=version("partnerselect"),
        made_on=today,
        chosen=None if record is None else record.chosen,
        on_record=None if record is None else on_record(record.model_dump(mode="json")),
        compared=_compared(view, before),
        choices=_choices(view),
    )


def _exported(view: View) -> bytes | None:
    """The closed round that is looked at, as a file that is complete in itself."""
    if view.record is None:
        return None
    try:
        return rounds_store().export(view.record.sha256)
    except RoundsError:
        return None  # the Rounds page says what is wrong with the store


def _choices(view: View) -> pd.DataFrame | None:
    """Who was chosen in the closed rounds, up to the one that is looked at."""
    try:
        seen = rounds_store().timeline(view.decision.id, None if view.record is None else view.record.sha256)
    except RoundsError:
        return None  # the Rounds page says what is wrong with the store
    return choices_of(seen)


def _compared(view: View, before: str | None) -> RoundComparison | None:
    """The round before (its hash) against what is looked at."""
    if before is None:
        return None
    try:
        old = rounds_store().round_(before)
    except RoundsError:
        return None
    record = view.record
    now = Side(
        view.decision,
        view.points,
        view.rules,
        TODAY if record is None else record.title,
        None if record is None else record.chosen or None,
    )
    return compare_rounds(Side(old.decision, old.points, old.rules, old.title, old.chosen or None), now)


def _before(view: View) -> str | None:
    """Hash of the round before the one that is looked at; of today, of the last one whose day is not a later one."""
    if view.record is not None:
        return view.record.previous
    try:
        store = rounds_store()
        for one in reversed(store.rounds(view.decision.id)):
            if store.glances([one.sha256])[one.sha256].as_of <= view.decision.as_of:
                return one.sha256
    except RoundsError:
        pass  # the Rounds page says what is wrong with the store
    return None
