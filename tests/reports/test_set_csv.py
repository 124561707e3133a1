"""A shortlist as CSV: complete, recomputable and harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

import partnerselect as ps
from partnerselect.analysis.proposed_set import proposed_set
from partnerselect.model import Decision, SetRule
from partnerselect.reports.on_record import OnRecord
from partnerselect.reports.set_csv import set_csv
from tests.builders import criteria, decision, measured, organisation, table

RULES = [
    {"id": "pair", "title": "A pair", "kind": "size", "at_least": 2, "at_most": 2},
    {"id": "with_beta", "kind": "must", "candidates": ["beta"], "active": False, "why": "Somebody asked"},
]


@pytest.fixture
def made() -> Decision:
    """Three candidates, of whom two join; on each criterion the mean of the two counts."""
    return table(
        {"alpha": {"a": 100, "b": 0}, "beta": {"a": 40, "b": 30}, "gamma": {"a": 60, "b": 20}}, set_rules=RULES
    )


def text(
    made: Decision,
    points: Mapping[str, float],
    rules: tuple[SetRule, ...] | None = None,
    robust: bool = True,
    top: int = 10,
) -> str:
    found = ps.best_sets(made, points, rules, top)
    question = ps.set_question(made, points, rules)
    robustness = ps.set_robustness(made, points, rules, samples=50) if robust else None
    return set_csv(made, found, robustness, points, ps.partners(question, found.best), ps.rule_prices(question))


def sections(written: str) -> dict[str, list[list[str]]]:
    """Rows of each section, without its name and without the empty cells at the end."""
    found: dict[str, list[list[str]]] = {}
    for name, *row in csv.reader(io.StringIO(written, newline="")):
        kept = max((place for place, cell in enumerate(row, start=1) if cell), default=0)
        found.setdefault(name, []).append(row[:kept])
    return found


def records(rows: list[list[str]]) -> list[dict[str, str]]:
    heading, *others = rows
    return [dict(zip(heading, row + [""] * len(heading), strict=False)) for row in others]


def test_the_numbers_are_those_worked_out_by_hand(made: Decision) -> None:
    found = sections(text(made, {"a": 70, "b": 30}))
    about = {row[0]: row[1] for row in found["decision"]}
    # alpha 70, beta 37, gamma 48; the mean of alpha and gamma is 59.
    assert (about["decision"], about["evidence as of"], about["its total"]) == ("Small", "2017-05-31", "59")
    assert (about["the set"], about["allowed sets"], about["just as good"]) == ("Alpha, Gamma", "3", "0")
    assert about["points"] == "of nobody's viewpoint"
    partners = records(found["partners"])
    assert [(row["partner"], row["id"], row["adds"]) for row in partners] == [
        ("Alpha", "alpha", "35"),
        ("Gamma", "gamma", "24"),
    ]
    # beta in the place of gamma: 53.5; in the place of alpha: 42.5.
    assert [(row["next in line"], row["then less by"]) for row in partners] == [("Beta", "16.5"), ("Beta", "5.5")]
    ladder = records(found["best sets"])
    assert [(row["place"], row["partners"], row["total"], row["behind the best"]) for row in ladder] == [
        ("1", "Alpha and Gamma", "59", "0"),
        ("2", "Alpha and Beta", "53.5", "5.5"),
        ("3", "Beta and Gamma", "42.5", "16.5"),
    ]
    assert [(row["who joins"], row["who leaves"]) for row in ladder] == [
        ("", ""),
        ("Beta", "Gamma"),
        ("Beta", "Alpha"),
    ]
    # Without the pair alpha alone has 70. With beta the best pair has 53.5.
    assert [(row["id"], row["rule"], row["in force"], row["price"], row["why"]) for row in records(found["rules"])] == [
        ("pair", "A pair", "yes", "11", ""),
        ("with_beta", "Beta joins", "no", "5.5", "Somebody asked"),
    ]
    assert records(found["weights"]) == [
        {
            "goal": "goal", "points of the goal": "50", "criterion": one, "points of the criterion": points,
            "normalised weight": weight,
        }
        for one, points, weight in (("a", "70", "0.7"), ("b", "30", "0.3"))
    ]  # fmt: skip


def test_how_sure_it_is_stands_in_sections_of_its_own(made: Decision) -> None:
    points = {"a": 70, "b": 30}
    found = sections(text(made, points))
    numbers = {row["what"]: row["number"] for row in records(found["robustness"])}
    assert (numbers["draws"], numbers["seed"]) == ("50", "0")
    assert numbers["share of draws in which no set is better"] == "1"
    core = records(found["core index"])
    assert sorted((row["id"], row["core index"], row["standing"], row["in the set"]) for row in core) == [
        ("alpha", "1", "in", "yes"),
        ("beta", "0", "out", "no"),
        ("gamma", "1", "in", "yes"),
    ]
    assert list(sections(text(made, points, robust=False))) == ["decision", "partners", "best sets", "rules", "weights"]


def test_every_row_has_as_many_cells_and_ends_as_spreadsheets_expect(made: Decision) -> None:
    written = text(made, {"a": 1, "b": 1}, top=1)
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert written.count("\r\n") == written.count("\n") == len(rows)
    assert [row[0] for row in rows].count("best sets") == 2


def test_points_of_a_viewpoint_have_its_name(made: Decision) -> None:
    about = {row[0]: row[1] for row in sections(text(made, made.viewpoints[0].points))["decision"]}
    assert about["points"] == "Equal"


def test_sets_that_tie_are_counted() -> None:
    made = table({"alpha": {"a": 60}, "beta": {"a": 60}}, set_rules=[{**RULES[0], "at_least": 1, "at_most": 1}])
    about = {row[0]: row[1] for row in sections(text(made, {"a": 1}))["decision"]}
    assert (about["the set"], about["just as good"], about["allowed sets"]) == ("Alpha", "1", "2")


def test_the_empty_set_and_numbers_that_nobody_knows_leave_cells_empty(made: Decision) -> None:
    from partnerselect.files.rule_text import read_rule

    found = sections(text(made, {"a": 1}, (read_rule("size=0"),)))
    assert next(row for row in found["decision"] if row[0] == "the set") == ["the set"]
    assert len(found["partners"]) == 1
    alone = sections(text(made, {"a": 1}, tuple(read_rule(one) for one in ("size=1", "must=beta"))))
    assert records(alone["partners"])[0]["next in line"] == records(alone["partners"])[0]["then less by"] == ""


def test_of_a_closed_round_it_says_which_one_and_who_was_chosen_there(made: Decision) -> None:
    points = {"a": 70, "b": 30}
    question, best = ps.set_question(made, points), ps.best_sets(made, points)
    partners, prices = ps.partners(question, ("alpha", "beta")), ps.rule_prices(question)
    place = proposed_set(question, ("alpha", "beta"))
    record = OnRecord(round_id="2017-05", sha256="f" * 64)
    found = sections(set_csv(made, best, None, points, partners, prices, place=place, on_record=record))
    about = {row[0]: row[1] for row in found["decision"]}
    assert (about["the set"], about["chosen"]) == ("Alpha, Gamma", "Alpha, Beta")
    assert (
        about["its place"]
        == "Alpha and Beta have 53.5 of 100: place 2 among the allowed sets, 5.5 points behind the best."
    )
    assert (about["round"], about["hash of the round"]) == ("2017-05", "f" * 64)
    without = sections(set_csv(made, best, None, points, partners, prices, place=proposed_set(question, best.best)))
    assert {"round", "chosen"}.isdisjoint(row[0] for row in without["decision"])


def test_no_cell_starts_a_formula() -> None:
    hostile: dict[str, Any] = {**measured("a"), "title": "=cmd|' /C calc'!A0"}
    content = criteria(
        ("goal", [hostile]),
        title='@SUM(1,"2")',
        question="+1\n=2",
        set_rules=[{**RULES[0], "title": "-1+2", "why": "=1"}, {**RULES[1], "title": "＝1", "candidates": ["beta"]}],
    )
    content["goals"][0]["title"] = "=goal"
    content["viewpoints"][0]["title"] = "@equal"
    names = {"alpha": "=alpha", "beta": "+beta", "gamma": "-gamma"}
    made = decision(
        content,
        *(
            organisation(one, {"criterion": "a", "value": value}, name=name, region="@x")
            for (one, name), value in zip(names.items(), (10, 20, 30), strict=True)
        ),
    )
    written = text(made, made.viewpoints[0].points)
    cells = [cell for row in csv.reader(io.StringIO(written, newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n"))] == []
    for led in ("=goal", "@equal", "=alpha", "+beta", "-gamma", "@x", "-1+2", "=1", "＝1", "+1 =2"):
        assert any(cell.startswith(f"'{led}") for cell in cells), led
