"""What a report of this view holds: the closed round that is looked at, or a draft of today."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from partnerselect.errors import RoundsError
from partnerselect.reports.contents import ReportContents, report_contents
from partnerselect.reports.on_record import on_record
from partnerselect.rounds.record import RoundRecord
from partnerselect.ui.round_state import rounds_store
from partnerselect.ui.state import View


def contents_of(view: View) -> ReportContents:
    """Ask every analysis once; the round before is compared where there is one."""
    from partnerselect.analysis.rounds_compared import Side, compare_rounds

    before, record = _before(view), view.record
    compared = None
    if before is not None:
        now = Side(view.decision, view.points, view.rules, "Today" if record is None else record.title)
        compared = compare_rounds(
            Side(before.decision, before.points, before.rules, before.title, before.chosen or None), now
        )
    return report_contents(
        view.decision,
        view.points,
        view.rules,
        software=version("partnerselect"),
        made_on=date.today(),  # noqa: DTZ011 - the day on the wall of the room
        chosen=None if record is None else record.chosen,
        on_record=None if record is None else on_record(record.model_dump(mode="json")),
        compared=compared,
    )


def _before(view: View) -> RoundRecord | None:
    """The round before the one that is looked at; of today, the last one."""
    try:
        store = rounds_store()
        rounds = store.rounds(view.decision.id)
        if view.record is not None:
            return None if view.record.previous is None else store.round_(view.record.previous)
        return store.round_(rounds[-1].sha256) if rounds else None
    except RoundsError:
        return None  # the Rounds page says what is wrong with the store
