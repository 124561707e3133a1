"""What a spreadsheet would change, cell by cell, with a tick for everything that may be left out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from partnerselect.analysis.import_effect import ImportEffect, import_effect
from partnerselect.analysis.import_preview import ImportPreview, change_table, import_preview
from partnerselect.model.imports import Import
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.spreadsheet_reading import Reading
from partnerselect.ui.state import View

_KINDS = {
    "new": "a statement comes",
    "changed": "a statement changes",
    "removed": "a statement goes",
    "newcomer": "a newcomer's statement",
}
_POINTS, _NONE = "%.1f", "–"


def accepted(reading: Reading) -> Import:
    """The part of the file that is ticked now; the statements of a newcomer that is left out are left out, too."""
    found = reading.found
    newcomers = _ticked(reading, "newcomers", [True] * len(found.newcomers))
    changes = _ticked(reading, "changes", [one.kind != "removed" for one in found.changes])
    left_out = {one.id for one, taken in zip(found.newcomers, newcomers, strict=True) if not taken}
    return found.accepted(
        [at for at, taken in enumerate(changes) if taken and found.changes[at].candidate not in left_out],
        [one.id for one in found.newcomers if one.id not in left_out],
        points=bool(st.session_state.get(reading.key("points"), True)),
    )


def _ticked(reading: Reading, what: str, usual: list[bool]) -> list[bool]:
    """The ticks of one table as they stand in the browser now."""
    edited = st.session_state.get(reading.key(what), {}).get("edited_rows", {})
    changed = {int(at): row["take"] for at, row in edited.items() if "take" in row}
    return [bool(changed.get(at, one)) for at, one in enumerate(usual)]


def show_preview(view: View, reading: Reading) -> Import:
    """Sentences, tables with ticks, and what it does to the ranking; what is ticked."""
    found = reading.found
    taken = accepted(reading)
    preview = import_preview(reading.decision, taken)
    told = preview.sentences
    if taken.is_empty and not found.is_empty:
        told = ("Nothing is ticked, so nothing would be written.",)
    st.markdown(f"**{plain(told[0])}** {plain(' '.join(told[1:]))}")
    for note in found.notes:
        st.caption(plain(note))
    if found.newcomers:
        _show_newcomers(reading)
    if found.changes:
        _show_changes(reading, preview)
    if found.points is not None:
        _show_points(reading)
    if taken.changes or taken.newcomers:
        _show_effect(view, import_effect(reading.decision, preview.after, view.points))
    return taken


def _show_newcomers(reading: Reading) -> None:
    rows = import_preview(reading.decision, reading.found).newcomers.reset_index(drop=True)
    rows.insert(0, "take", True)
    st.markdown("**New candidates.** Each gets a file of its own.")
    st.data_editor(
        rows,
        hide_index=True,
        placeholder=_NONE,
        disabled=list(rows.columns[1:]),
        key=reading.key("newcomers"),
        alt="New candidates with kind, country and region, each with a tick: take it in, or leave it out.",
        column_config={
            "take": st.column_config.CheckboxColumn("Take in", width=100, pinned=True),
            "name": "Organisation",
            "kind": "Kind",
            "country": "Country",
            "region": "Region",
            "cells": st.column_config.NumberColumn("Statements"),
        },
    )


def _show_changes(reading: Reading, preview: ImportPreview) -> None:
    found = reading.found
    rows = change_table(reading.decision, preview.after, found)
    rows["kind"] = rows["kind"].map(_KINDS)
    rows.insert(0, "take", [one.kind != "removed" for one in found.changes])
    shown = ["take", "name", "title", "kind", "before", "after", "change", "place"]
    shown += ["differs"] if (rows["differs"] != "").any() else []
    st.markdown("**Cell by cell.** Take away the tick from what you do not agree to.")
    st.data_editor(
        rows[shown],
        hide_index=True,
        placeholder=_NONE,
        disabled=shown[1:],
        key=reading.key("changes"),
        alt="Every statement that would come, change or go, with what is known of its cell now and then, and a tick.",
        column_config={
            "take": st.column_config.CheckboxColumn("Take in", width=100, pinned=True),
            "name": "Organisation",
            "title": "Criterion",
            "kind": "What happens",
            "before": "Known now",
            "after": "Known then",
            "change": st.column_config.NumberColumn("Change of value", format="%+.2f"),
            "place": "Sheet and cell",
            "differs": "What differs",
        },
    )
    going = sum(one.kind == "removed" for one in found.changes)
    st.caption("Known then: with all that is ticked. A value runs from 0 to 1.")
    if going:
        those = "1 statement has" if going == 1 else f"{going} statements have"
        st.caption(f"{those} no row in the sheet any more. What goes is not ticked unless you tick it.")


def _show_points(reading: Reading) -> None:
    st.checkbox("Keep the points as a new viewpoint", value=True, key=reading.key("points"))
    if not st.session_state[reading.key("points")]:
        return
    rows = import_preview(reading.decision, reading.found).points
    st.dataframe(
        rows,
        hide_index=True,
        placeholder=_NONE,
        key=reading.key("points_table"),
        alt="Points of goals and criteria that were moved in the sheet, before and after.",
        column_config={
            "title": st.column_config.TextColumn("Goal or criterion", pinned=True),
            "before": st.column_config.NumberColumn("Points when it was made", format=_POINTS),
            "after": st.column_config.NumberColumn("Points now", format=_POINTS),
        },
    )
    with st.grid(2, min_column_width=260):
        st.text_input(
            "Title of the viewpoint", key=reading.key("title"), max_chars=120, placeholder="Whose view is it?"
        )
        st.text_input("Reason why (optional)", key=reading.key("why"), max_chars=2_000)


def _show_effect(view: View, effect: ImportEffect) -> None:
    st.markdown(
        f"**What it would do to the ranking**, with the weights in force ({plain(view.viewpoint_title)}): "
        f"{plain(' '.join(effect.sentences))}"
    )
    if effect.ranking.empty:
        return
    rows = effect.ranking.copy()
    rows[["total_before", "total_after", "change"]] *= 100
    st.dataframe(
        rows.astype({"rank_before": pd.Int64Dtype()}),
        hide_index=True,
        placeholder=_NONE,
        key="spreadsheet_effect",
        alt=f"Totals and ranks before and after. {' '.join(effect.sentences)}",
        column_config={
            "name": st.column_config.TextColumn("Candidate", pinned=True),
            "total_before": st.column_config.NumberColumn("Total now, of 100", format=_POINTS),
            "total_after": st.column_config.NumberColumn("Total then", format=_POINTS),
            "change": st.column_config.NumberColumn("Change", format="%+.1f"),
            "rank_before": "Rank now",
            "rank_after": "Rank then",
        },
    )
