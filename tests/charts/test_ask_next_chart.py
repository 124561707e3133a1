"""The chart of questions shows those worth most, and tells them apart."""

from __future__ import annotations

from partnerselect.analysis.ask_next import AskNext, ask_next
from partnerselect.charts.ask_next import worth_alt, worth_chart
from partnerselect.charts.pictures import svg
from tests.builders import table


def made() -> AskNext:
    values: dict[str, dict[str, float | None]] = {"alpha": {"a": 60.0, "b": 60.0}, "beta": {"a": None, "b": None}}
    return ask_next(table(values), {"a": 60, "b": 40})


def test_bars_are_in_the_order_of_their_worth_with_candidate_and_criterion() -> None:
    drawn = worth_chart(made()).to_dict()
    (rows,) = drawn["datasets"].values()
    assert [row["label"] for row in rows] == ["1. Beta\na", "2. Beta\nb"]
    assert drawn["encoding"]["y"]["sort"] == ["1. Beta\na", "2. Beta\nb"]
    assert drawn["encoding"]["color"]["scale"]["domain"] == ["unknown"]
    assert set(rows[0]) == {"name", "title", "status", "gain", "change_probability", "label"}


def test_at_most_twelve_bars_each_with_a_label_of_its_own() -> None:
    name = "Cluster of photonics and health of the region "
    many = table({f"c{n}": {"a": None} for n in range(20)})
    longer = many.model_copy(
        update={"candidates": tuple(one.model_copy(update={"name": name + one.id}) for one in many.candidates)}
    )
    (rows,) = worth_chart(ask_next(longer, "equal")).to_dict()["datasets"].values()
    assert len({row["label"] for row in rows}) == len(rows) == 12


def test_the_chart_in_words() -> None:
    # a (0.6): Beta needs U > 0.5 + 0.1 / 0.6 = 0.667: chance 1/3, gain 60 * (1/3)^2 / 2 = 3.3.
    # b (0.4): U > 0.5 + 0.1 / 0.4 = 0.75: chance 1/4, gain 40 * (1/4)^2 / 2 = 1.25.
    assert worth_alt(made()) == (
        "Bar chart of what the answers are worth in points of 100, with the chance that they change who leads: "
        "Beta, a (unknown) 3.3, 33 %; Beta, b (unknown) 1.2, 25 %."
    )


def test_it_can_be_taken_away() -> None:
    assert svg(worth_chart(made())).startswith(b"<svg")
