"""The chart of five methods shows every rank, and how far it is from the rank by total."""

from __future__ import annotations

from partnerselect.analysis.second_opinions import SecondOpinions, second_opinions
from partnerselect.charts.pictures import svg
from partnerselect.charts.second_opinions import places_alt, places_chart
from tests.builders import table


def made() -> SecondOpinions:
    return second_opinions(table({"alpha": {"a": 100, "b": 0}, "beta": {"a": 45, "b": 45}}), "equal")


def test_every_rank_is_a_cell_and_its_colour_the_move() -> None:
    drawn = places_chart(made()).to_dict()
    cells, numbers = (drawn["datasets"][layer["data"]["name"]] for layer in drawn["layer"])
    assert len(cells) == len(numbers) == 10
    moves = {(row["name"], row["method"]): (row["rank"], row["move"]) for row in cells}
    assert moves["Alpha", "Additive total"] == (1, "as by total")
    assert moves["Alpha", "Weighted product"] == (2, "1 or 2 worse")
    assert moves["Beta", "TOPSIS"] == (1, "1 or 2 better")
    assert {row["ink"] for row in numbers} == {"#10161c"}


def test_far_moves_have_colours_of_their_own() -> None:
    # By the product Alpha, with a zero, falls from first to last of six; the others gain one place each.
    others = {f"c{n}": {"a": 48 - n, "b": 48 - n} for n in range(5)}
    result = second_opinions(table({"alpha": {"a": 100, "b": 0}, **others}), "equal")
    drawn = places_chart(result).to_dict()
    cells = drawn["datasets"][drawn["layer"][0]["data"]["name"]]
    by_product = {row["name"]: row["move"] for row in cells if row["method"] == "Weighted product"}
    assert by_product["Alpha"] == "3 or more worse"
    assert by_product["C0"] == "1 or 2 better"


def test_the_chart_in_words() -> None:
    assert places_alt(made()) == (
        "Table of ranks of 2 candidates by five methods. Who comes first depends on the method: Alpha by the additive "
        "total; Beta by the weighted product and TOPSIS; Alpha and Beta by VIKOR and PROMETHEE II. Agreement with the "
        "order by total, 1 being the same order: Weighted product -1.00, TOPSIS -1.00. Widest moves: Alpha is 2 by "
        "Weighted product, 1 by total; Beta is 1 by Weighted product, 2 by total."
    )


def test_full_agreement_has_no_moves_to_tell() -> None:
    told = places_alt(second_opinions(table({"alpha": {"a": 90}, "beta": {"a": 50}}), "equal"))
    assert "Widest" not in told
    assert told.endswith("PROMETHEE II 1.00.")


def test_it_can_be_taken_away() -> None:
    assert svg(places_chart(made())).startswith(b"<svg")
