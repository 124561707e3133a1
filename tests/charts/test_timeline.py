"""The timeline of rounds: what it draws, and what it says to those who hear it."""

from __future__ import annotations

import pandas as pd

from partnerselect.charts.timeline import timeline_alt, timeline_chart

CHOICES = pd.DataFrame(
    [
        ("First", pd.Timestamp("2017-05-31"), "Alpha"),
        ("First", pd.Timestamp("2017-05-31"), "Beta"),
        ("Second", pd.Timestamp("2026-05-31"), "Beta"),
    ],
    columns=["round", "as_of", "name"],
)


def test_each_choice_is_a_dot_on_the_day_of_its_round() -> None:
    chart = timeline_chart(CHOICES).to_dict()
    rules, dots = (chart["datasets"][layer["data"]["name"]] for layer in chart["layer"])
    assert [(row["name"], row["as_of"][:10]) for row in dots] == [
        ("Alpha", "2017-05-31"),
        ("Beta", "2017-05-31"),
        ("Beta", "2026-05-31"),
    ]
    assert [row["round"] for row in rules] == ["First", "Second"]


def test_the_axis_names_the_days_of_the_rounds() -> None:
    axis = timeline_chart(CHOICES).to_dict()["layer"][1]["encoding"]["x"]["axis"]
    assert axis["values"] == [{"year": 2017, "month": 5, "date": 31}, {"year": 2026, "month": 5, "date": 31}]


def test_the_timeline_in_words() -> None:
    assert timeline_alt(CHOICES) == (
        "Dots for who was chosen in each round. First (evidence up to 31 May 2017): Alpha, Beta; "
        "Second (evidence up to 31 May 2026): Beta."
    )
