"""Where a table of candidates and criteria comes from: its grade, date and source, asked for once."""

from __future__ import annotations

from datetime import date

import streamlit as st

from partnerselect.files.imports.origin import Origin
from partnerselect.model import Decision
from partnerselect.ui.components.plain import plain

_GIVEN = "spreadsheet_origin"
_GRADES = {"a": "a dated document", "b": "an own page", "c": "second hand, or undated", "d": "said in an interview"}
_LONGEST = 2_000
_FIRST_DAY = date(1990, 1, 1)


def given_origin(file: str) -> Origin | None:
    """What was said of the origin of this file (id); None where nobody has said it yet."""
    given: tuple[str, Origin] | None = st.session_state.get(_GIVEN)
    return given[1] if given is not None and given[0] == file else None


def show_origin(decision: Decision, file: str) -> None:
    """The form; what was said of the file before stands in it, and counts once it has been sent again."""
    given: tuple[str, Origin] | None = st.session_state.get(_GIVEN)
    before = given[1] if given is not None else Origin(grade="")
    with st.form("spreadsheet_origin_form"):
        st.markdown("**Where does this table come from?** It holds for every cell, so it is asked once.")
        st.radio(
            "Grade: how far can it be trusted?",
            list(_GRADES),
            index=list(_GRADES).index(before.grade) if before.grade in _GRADES else None,
            format_func=lambda grade: f"{grade}: {_GRADES[grade]}{_doubt(decision, grade)}",
            key=_key("grade"),
            horizontal=True,
        )
        with st.grid(2, min_column_width=260):
            _text("Date it speaks of", "as_of", before.as_of, "2017, 2017-05 or 2017-05-31", 10)
            _text("Source", "source", before.source, "Document, or address on the web")
        st.caption("Where there is no source, somebody signs for it, and says why:")
        with st.grid(3, min_column_width=260):
            _text("Judged by", "by", before.by, "Who", 200)
            st.date_input("Judged on", before.judged_on, _FIRST_DAY, format="YYYY-MM-DD", key=_key("judged_on"))
            _text("Reason", "reason", before.reason, "On what ground")
        _text("Note (optional)", "note", before.note, "")
        st.form_submit_button(
            "Show what it would change",
            key="spreadsheet_origin_submit",
            on_click=_take,
            args=(file,),
            icon=":material/difference:",
        )


def _doubt(decision: Decision, grade: str) -> str:
    share = {str(one): share for one, share in decision.doubt.grades.items()}[grade]
    return f" {plain(f'(± {100 * share:g} % of the scale)')}" if share else ""


def _text(label: str, name: str, before: str | None, placeholder: str, longest: int = _LONGEST) -> None:
    st.text_input(label, before or "", key=_key(name), max_chars=longest, placeholder=placeholder)


def _take(file: str) -> None:
    said = {name: str(st.session_state.get(_key(name)) or "").strip() for name in ("grade", "as_of", "source")}
    more = {name: str(st.session_state.get(_key(name)) or "").strip() or None for name in ("by", "reason", "note")}
    judged_on: date | None = st.session_state.get(_key("judged_on"))
    origin = Origin(said["grade"], said["as_of"] or None, said["source"] or None, judged_on=judged_on, **more)
    st.session_state[_GIVEN] = (file, origin)


def _key(name: str) -> str:
    return f"spreadsheet_{name}"
