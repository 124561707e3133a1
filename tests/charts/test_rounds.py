"""Charts of two rounds: what they draw, and what they say to those who hear them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import partnerselect as ps
from partnerselect.charts import rounds as charts
from partnerselect.charts.narrow import ON_A_PHONE
from partnerselect.charts.pictures import svg
from tests.builders import criteria, decision, measured, table


@pytest.fixture(scope="module")
def compared() -> ps.RoundComparison:
    """Weights and evidence change, a criterion goes and one comes, Gamma leaves."""
    before = table({"alpha": {"a": 90, "b": 20}, "beta": {"a": 70, "b": 60}, "gamma": {"a": 10, "b": 10}})
    after = table({"alpha": {"a": 60, "c": 10}, "beta": {"a": 70, "c": 50}})
    return ps.compare_rounds(
        ps.Side(before, {"a": 75, "b": 25}, title="spring"), ps.Side(after, {"a": 50, "c": 50}, title="autumn")
    )


@pytest.fixture(scope="module")
def three() -> pd.DataFrame:
    """Three rounds: Alpha falls, Beta comes back to where it was, Gamma is ranked in the first one only."""
    rows = [
        ("one", "alpha", "Alpha", 1),
        ("one", "beta", "Beta", 2),
        ("one", "gamma", "Gamma", 2),
        ("two", "alpha", "Alpha", 2),
        ("two", "beta", "Beta", 1),
        ("three", "delta", 'The "Delta" \\ cluster', 1),
        ("three", "beta", "Beta", 2),
        ("three", "alpha", "Alpha", 3),
    ]
    return pd.DataFrame(rows, columns=["round", "candidate", "name", "rank"])


def drawn(chart: Any) -> list[dict[str, Any]]:
    """The rows that a chart carries, of all layers."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_ties_are_drawn_below_each_other_with_the_rank_they_share(three: pd.DataFrame) -> None:
    rows = {(row["round"], row["candidate"]): row for row in drawn(charts.bump_chart(three))}
    assert [(rows["one", name]["rank"], rows["one", name]["slot"]) for name in ("alpha", "beta", "gamma")] == [
        (1, 1),
        (2, 2),
        (2, 3),
    ]


def test_a_line_is_coloured_by_its_first_and_its_last_rank(three: pd.DataFrame) -> None:
    moves = {row["candidate"]: row["move"] for row in drawn(charts.bump_chart(three))}
    assert moves == {
        "alpha": "down",
        "beta": "same rank",
        "gamma": "in one only",
        "delta": "in one only",
    }


def test_names_stand_at_both_ends_whatever_signs_they_have(three: pd.DataFrame) -> None:
    left, right = (layer["encoding"]["y"]["axis"]["labelExpr"] for layer in charts.bump_chart(three).to_dict()["layer"])
    assert '["Alpha  1", "Beta  2", "Gamma  2"])[datum.value - 1]' in left
    assert '["1  The \\"Delta\\" \\\\ cluster", "2  Beta", "3  Alpha"])[datum.value - 1]' in right
    assert 'The "Delta" \\ cluster' in svg(charts.bump_chart(three)).decode()


def test_titles_of_rounds_stand_in_short_lines_away_from_each_other(three: pd.DataFrame) -> None:
    two = three.assign(round=three["round"].map({"one": "The enlargement of 2026 (demonstration)", "two": "Today"}))
    chart = charts.bump_chart(two.dropna()).to_dict()
    axis = chart["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelExpr"] == (
        '{"The enlargement of 2026 (demonstration)": ["The enlargement of", "2026 (demonstration)"], '
        '"Today": ["Today"]}[datum.value]'
    )
    assert axis["labelPadding"] > axis["labelLineHeight"]
    assert [one["value"] for one in axis["labelAlign"]["condition"]] == ["right", "left"]
    assert charts.bump_chart(three[:1]).to_dict()["layer"][0]["encoding"]["x"]["axis"]["labelAlign"] == "center"


def test_on_a_phone_names_are_shorter_and_ranks_are_never_cut_off(three: pd.DataFrame) -> None:
    long = three.assign(name=[f"{name} of the Northern Regions" for name in three["name"]])
    left, right = (layer["encoding"]["y"]["axis"]["labelExpr"] for layer in charts.bump_chart(long).to_dict()["layer"])
    assert left.startswith(f'({ON_A_PHONE} ? ["Alpha of the No…  1", ')
    assert '"2  Beta of the Nor…"' in right


def legends(chart: Any) -> dict[str, dict[str, Any]]:
    """The legends of a chart by what they explain."""
    layers = [layer["encoding"] for layer in chart.to_dict()["layer"]]
    found = {name: said["legend"] for one in layers for name, said in one.items() if "legend" in said}
    assert found
    return found


def test_legends_stand_below_each_other_on_a_phone(three: pd.DataFrame, compared: ps.RoundComparison) -> None:
    all_three = charts.bump_chart(three), charts.split_chart(compared), charts.weights_chart(compared)
    for chart in all_three:
        for legend in legends(chart).values():
            assert legend["columns"]["expr"].startswith(f"{ON_A_PHONE} ? ")
    of_weights = legends(charts.weights_chart(compared))
    assert (of_weights["color"]["orient"], of_weights["shape"]["orient"]) == ("top", "bottom")
    assert of_weights["shape"]["labelLimit"] == {"expr": f"{ON_A_PHONE} ? 150 : 260"}


def test_ranks_in_words(three: pd.DataFrame) -> None:
    assert charts.bump_alt(three) == (
        "Lines of ranks in one, in two, in three. Ranks in this order: Alpha 1, 2, 3; Beta 2, 1, 2; "
        'Gamma 2, not ranked, not ranked; The "Delta" \\ cluster not ranked, not ranked, 1.'
    )


def test_today_is_no_round_in_words(three: pd.DataFrame) -> None:
    before = three.assign(round=three["round"].map({"one": "spring", "two": "Today"})).dropna()
    assert charts.bump_alt(before).startswith("Lines of ranks in spring, today. Ranks in this order: Alpha 1, 2; ")
    same = table({"alpha": {"a": 90}})
    found = ps.compare_rounds(ps.Side(same, "equal", title="spring"), ps.Side(same, "equal", title="Today"))
    assert charts.weights_alt(found).startswith("Dots of each criterion's weight in spring and today. ")
    assert charts.split_chart(found).to_dict()["title"]["subtitle"][0] == "from spring to today"


def test_no_round_and_one_round_are_drawn_as_well(three: pd.DataFrame) -> None:
    for some in (three[:0], three[:1]):
        assert svg(charts.bump_chart(some)).startswith(b"<svg")
    assert charts.bump_alt(three[:0]) == "Lines of ranks: nobody is ranked in any round."


def test_the_parts_of_a_bar_sum_to_the_change(compared: ps.RoundComparison) -> None:
    for of, shown, scale in (("ranks", compared.ranks, 1), ("totals", compared.totals, 100)):
        rows = [row for row in drawn(charts.split_chart(compared, of)) if "share" in row]  # type: ignore[arg-type]
        for name, change in zip(shown["name"], shown["change"], strict=True):
            parts = [row["share"] for row in rows if row["name"] == name]
            assert sum(parts) == pytest.approx(scale * change, abs=0.15)
        assert all(row["factor"] != "who is on the list" for row in rows if of == "totals")


def test_each_factor_has_a_colour_of_its_own_and_keeps_it() -> None:
    assert len(set(charts.COLORS.values())) == len(charts.COLORS) == 4


def test_the_split_in_words(compared: ps.RoundComparison) -> None:
    assert charts.split_alt(compared).startswith(
        "Bars of what moved the ranks. Alpha led in spring, Beta leads in autumn."
    )
    assert "The total of Alpha goes from 72.5 to 35.0 of 100" in charts.split_alt(compared, "totals")


def test_weights_are_two_dots_and_a_line_where_both_rounds_have_the_criterion(compared: ps.RoundComparison) -> None:
    rows = drawn(charts.weights_chart(compared))
    assert [(row["title"], row["before"], row["after"]) for row in rows if "before" in row] == [("a", 75.0, 50.0)]
    dots = {(row["title"], row["round"]): row["weight"] for row in rows if "weight" in row}
    assert dots == {
        ("a", "spring"): 75.0,
        ("a", "autumn"): 50.0,
        ("c (new)", "autumn"): 50.0,
        ("b (dropped)", "spring"): 25.0,
    }


def test_weights_in_words(compared: ps.RoundComparison) -> None:
    assert charts.weights_alt(compared) == (
        "Dots of each criterion's weight in spring and in autumn. Less weight on a (75.0 to 50.0 %). New: c (50.0 %). "
        "Dropped: b (25.0 %). a 75.0 % to 50.0 %; c no such criterion to 50.0 %; b 25.0 % to no such criterion."
    )


def test_every_chart_becomes_a_picture_without_a_network(compared: ps.RoundComparison) -> None:
    nobody = ps.Side(decision(criteria(("goal", [measured("a")]))), "equal")
    for found in (compared, ps.compare_rounds(nobody, nobody)):
        for chart in (
            charts.bump_chart(found.places),
            charts.split_chart(found),
            charts.split_chart(found, "totals"),
            charts.weights_chart(found),
        ):
            assert svg(chart).startswith(b"<svg")
