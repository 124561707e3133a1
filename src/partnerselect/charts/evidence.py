"""What is known of whom: the evidence matrix, and what is unknown by criterion."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnerselect.analysis.standing import Standing
from partnerselect.analysis.words import sentence
from partnerselect.charts.theme import GRADE_INK, GRADES, labels

_NOTHING = {"unknown": "unknown", "refused": "refused", "not_applicable": "n/a"}
_STATUS_FILL = {"evidence": "#2f80b7", "refused": "#D55E00", "not applicable": "#8b949e", "unknown": "#8b949e40"}
_MEANING = {
    "a": "a  dated document of the year",
    "b": "b  own page, undated",
    "c": "c  second hand or undated",
    "d": "d  statement in an interview",
    "unknown": "nothing known",
    "refused": "refused to say",
    "n/a": "does not apply",
}


def evidence_matrix(cells: pd.DataFrame) -> alt.LayerChart:
    """Organisations x criteria; colour and letter are the grade of the evidence, the number its age in years.

    Parameters
    ----------
    cells : DataFrame
        As `analysis.evidence_table.evidence_table` gives it, or some of its rows.
    """
    rows = cells[
        ["candidate", "name", "role", "criterion", "title", "status", "grade", "age", "stale", "statement"]
    ].copy()
    rows["state"] = rows["grade"].where(rows["status"] == "known", rows["status"].map(_NOTHING))
    rows["meaning"] = rows["state"].map(_MEANING)
    rows["ink"] = rows["grade"].map(GRADE_INK).fillna("#000000")
    rows["name"] = _short(rows, "candidate", "name") + rows.pop("role").map({"member": " (member)"}).fillna("")
    rows["title"] = _short(rows, "criterion", "title")
    columns, names = list(dict.fromkeys(rows["title"])), list(dict.fromkeys(rows["name"]))
    shown = [state for state in _MEANING if state in set(rows["state"])]
    across = alt.X("title:N").sort(columns).title(None)
    down = alt.Y("name:N").sort(names).title(None)
    cell = (
        alt.Chart(rows[["name", "title", "statement", "meaning"]])
        .mark_rect(cornerRadius=3, stroke="#7d8894", strokeOpacity=0.45)
        .encode(
            across.axis(
                orient="top", labelAngle=-40, labelLimit=220, labelOverlap=False, domain=False, ticks=False, grid=False
            ),
            down.axis(labelLimit=280, labelOverlap=False, domain=False, ticks=False, grid=False),
            alt.Color("meaning:N")
            .scale(domain=[_MEANING[state] for state in shown], range=[_fill(state) for state in shown])
            .legend(title=None, orient="bottom", columns=4, labelLimit=260, symbolType="square", symbolSize=160),
            tooltip=[
                alt.Tooltip("name:N", title="organisation"),
                alt.Tooltip("title:N", title="criterion"),
                alt.Tooltip("statement:N", title="says"),
                alt.Tooltip("meaning:N", title="evidence"),
            ],
        )
    )
    known = rows[rows["status"] == "known"]
    known = known.assign(
        label=[
            _label(str(grade), age, old)
            for grade, age, old in zip(known["grade"], known["age"], known["stale"], strict=True)
        ]
    )[["name", "title", "label", "ink"]]
    letters = (
        alt.Chart(known)
        .mark_text(fontSize=12)
        .encode(across, down, alt.Text("label:N"), alt.Color("ink:N").scale(None))
    )
    title = alt.TitleParams(
        "What the evidence covers: its grade, and its age in years",
        subtitle=["† stale: so old that more years would add no more doubt"] if rows["stale"].any() else [],
    )
    return alt.LayerChart(layer=[cell, letters], title=title, width=alt.Step(52), height=alt.Step(25))


def matrix_alt(cells: pd.DataFrame) -> str:
    """The evidence matrix in words."""
    size = f"{cells['candidate'].nunique()} organisations by {cells['criterion'].nunique()} criteria"
    return f"Matrix of {size}. {coverage(cells)}"


def coverage(cells: pd.DataFrame) -> str:
    """How much of the evidence matrix is filled, and where it is emptiest."""
    known = cells["status"] == "known"
    thin = cells[known].groupby("name").size().reindex(cells["name"].unique(), fill_value=0).nsmallest(3)
    blank = [str(title) for title, some in known.groupby(cells["title"]).any().items() if not some]
    told = f"Evidence stands in {int(known.sum())} of {len(cells)} cells. Least is known of "
    told += ", ".join(f"{name} ({count})" for name, count in thin.items())
    told = sentence(f"{told}. Nothing is known on {', '.join(blank)}" if blank else told)
    if stale := int(cells["stale"].sum()):
        told += f" {stale} {'cell rests' if stale == 1 else 'cells rest'} on stale evidence."
    return told


def unknowns_chart(standing: Standing) -> alt.Chart:
    """How many candidates have evidence on each criterion."""
    rows = standing.by_criterion[["title", "known", "refused", "not_applicable", "unknown"]]
    rows = rows.assign(title=labels(rows["title"]))
    order = list(rows["title"])
    long = rows.melt("title", var_name="status", value_name="candidates").query("candidates > 0")
    long["status"] = long["status"].map(
        {"known": "evidence", "refused": "refused", "not_applicable": "not applicable", "unknown": "unknown"}
    )
    shown = [status for status in _STATUS_FILL if status in set(long["status"])]
    chart = alt.Chart(long, title="On how many candidates there is evidence", height=alt.Step(22))
    bars: alt.Chart = chart.mark_bar(height={"band": 0.7}).encode(
        alt.X("candidates:Q").title("number of candidates").axis(tickMinStep=1),
        alt.Y("title:N").sort(order).title(None).axis(labelLimit=260, labelOverlap=False),
        alt.Color("status:N")
        .scale(domain=shown, range=[_STATUS_FILL[status] for status in shown])
        .legend(title=None, orient="top"),
        alt.Order("status:N").sort("ascending"),
        tooltip=[alt.Tooltip("title:N"), alt.Tooltip("status:N"), alt.Tooltip("candidates:Q")],
    )
    return bars


def unknowns_alt(standing: Standing) -> str:
    """The chart of unknowns in words."""
    told = "; ".join(f"{row.title} {row.known}" for row in standing.by_criterion.itertuples())
    return f"Bar chart of the number of candidates with evidence, by criterion: {told}."


def _short(rows: pd.DataFrame, each: str, text: str) -> pd.Series[str]:
    """Short texts that stay different for different ids, row by row."""
    first = rows.drop_duplicates(each)
    return rows[each].map(dict(zip(first[each], labels(first[text]), strict=True)))


def _label(grade: str, age: float | None, stale: bool) -> str:
    return grade if age is None or pd.isna(age) else f"{grade} {age:.0f}y{'†' if stale else ''}"


def _fill(state: str) -> str:
    return GRADES.get(state, {"unknown": "#00000000", "refused": "#e7a27c", "n/a": "#b5bcc4"}.get(state, "#00000000"))
