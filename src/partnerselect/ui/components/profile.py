"""One organisation: what is said of it criterion by criterion, on which facts, and what was set aside."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from partnerselect.analysis.evidence import Performance, is_stale
from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.gates import outcomes
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Candidate, Criterion, Decision, Evidence, Fact
from partnerselect.partial_dates import first_day
from partnerselect.ui.components.plain import plain, web_address


def show_profile(decision: Decision, candidate: Candidate) -> None:
    """Who it is, its gates, each criterion with its statements, and every fact with its source."""
    role = "member" if candidate.role == "member" else "candidate"
    st.markdown(
        f"**{plain(candidate.name)}** · {plain(candidate.kind)} · {plain(candidate.region)}, "
        f"{plain(candidate.country)} · {role}"
    )
    st.markdown(
        "Gates: " + " · ".join(f"{plain(one.gate.title)} **{one.outcome}**" for one in outcomes(decision, candidate))
    )
    performances = value_ranges(decision).performances
    for goal in decision.goals:
        st.subheader(plain(goal.title), anchor=False)
        for criterion in goal.criteria:
            cell = performances[candidate.id, criterion.id]
            _show_cell(candidate, criterion, cell, stale=is_stale(cell, decision.doubt))
    st.subheader("Every fact, with its source", anchor=False)
    show_facts(decision, candidate)


def _show_cell(candidate: Candidate, criterion: Criterion, cell: Performance, *, stale: bool) -> None:
    told = [in_words(cell, criterion)]
    if cell.grade is not None:
        told.append(f"grade {cell.grade}")
    if cell.undated:
        told.append("partly undated")
    if cell.age is not None:
        told.append(f"{cell.age:.1f} years old{', stale' if stale else ''}")
    heading = f"**{plain(criterion.title)}**: {plain(', '.join(told))}"
    if not cell.counted and not cell.set_aside:
        st.markdown(heading)
        st.caption(f"To ask: {plain(criterion.question)}")
        return
    with st.expander(heading):
        for statement in cell.counted:
            st.markdown(f"- {_statement(statement)}")
        for aside in cell.set_aside:
            st.markdown(f"- *Not scored, {plain(aside.reason)}:* {_statement(aside.evidence)}")
        _show_sources(candidate, [*cell.counted, *(aside.evidence for aside in cell.set_aside)])
        _show_meaning(criterion, cell)


def _statement(statement: Evidence) -> str:
    """One statement of evidence in words, as Markdown."""
    if statement.status is not None:
        said = statement.status.replace("_", " ")
    elif statement.items is not None:
        said = ", ".join(statement.items) or "nothing documented"
        said += f" (hinted at: {', '.join(statement.possible)})" if statement.possible else ""
    elif statement.value is not None:
        said = f"{statement.value:g}"
        said += f" ({statement.low:g} to {statement.high:g})" if statement.low is not None else ""
    else:
        said = f"{statement.low:g} to {statement.high:g}"
    details = [
        said + (f" {statement.unit}" if statement.unit else ""),
        f"counts {statement.basis}" if statement.basis and statement.basis != "organisation" else "",
        f"of {statement.as_of}" if statement.as_of else "",
        "undated" if statement.is_undated else "",
        f"grade {statement.grade}",
        f"{statement.by}, {statement.judged_on}" if statement.by else "",
    ]
    told = plain(" · ".join(detail for detail in details if detail))
    why = " ".join(filter(None, (statement.reason, statement.note)))
    link = web_address(statement.source)
    source = f" [source]({_escaped(link)})" if link else f" {plain(statement.source)}" if statement.source else ""
    return f"{told}. {plain(why)}{source}"


def _show_sources(candidate: Candidate, statements: list[Evidence]) -> None:
    named = {fact for statement in statements for fact in statement.facts}
    facts = [fact for fact in candidate.facts if fact.id in named]
    if not facts:
        return
    st.caption("It rests on:")
    for fact in facts:
        link = web_address(fact.source)
        source = f"[{plain(fact.id)}]({_escaped(link)})" if link else f"{plain(fact.id)} ({plain(fact.source)})"
        told = f"{fact.field.replace('_', ' ')}: {_value(fact)} ({fact.unit}), {fact.as_of or 'undated'}"
        st.markdown(f"- {source} {plain(told)}{'. ' + plain(fact.note) if fact.note else ''}")


def _show_meaning(criterion: Criterion, cell: Performance) -> None:
    scale = criterion.scale
    if scale.kind == "levels" and cell.low is not None and cell.high is not None:
        for level in scale.levels:
            if cell.low <= level.level <= cell.high:
                st.caption(f"Level {level.level}: {plain(level.text)}")


def show_facts(decision: Decision, candidate: Candidate) -> None:
    """Every fact of one organisation; what is dated after the as-of date says so."""
    titles = {criterion.id: criterion.title for criterion in decision.criteria}
    rows = pd.DataFrame(
        [
            {
                "id": fact.id,
                "field": fact.field.replace("_", " "),
                "value": _value(fact),
                "unit": fact.unit,
                "as_of": fact.as_of or "undated",
                "basis": fact.basis,
                "use": _use(decision, fact.as_of),
                "criteria": ", ".join(titles[one] for one in fact.criteria) or "context",
                "link": web_address(fact.source),
                "source": fact.source,
                "note": fact.note,
            }
            for fact in candidate.facts
        ],
        columns=["id", "field", "value", "unit", "as_of", "basis", "use", "criteria", "link", "source", "note"],
    )
    st.dataframe(
        rows,
        hide_index=True,
        key="facts",
        alt=f"{len(rows)} facts about {candidate.name}, each with value, unit, date, basis and source.",
        column_config={
            "id": st.column_config.TextColumn("Fact", width="small"),
            "field": "What",
            "value": "Value",
            "unit": "Unit",
            "as_of": "Of",
            "basis": "Basis",
            "use": "On the as-of date",
            "criteria": "Speaks to",
            "link": st.column_config.LinkColumn("Open", display_text="open"),
            "source": "Source",
            "note": "Note",
        },
    )


def _value(fact: Fact) -> str:
    if fact.value is None:
        return "not found"
    return f"{fact.value:.15g}" if isinstance(fact.value, float) else fact.value


def _use(decision: Decision, as_of: str | None) -> str:
    if as_of is None:
        return "undated"
    return "known by then" if first_day(as_of) <= decision.as_of else "later: not used"


def _escaped(link: str) -> str:
    """An address that cannot end its Markdown link early."""
    return link.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
