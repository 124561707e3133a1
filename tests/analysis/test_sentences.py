"""Standing, head to head, gates and the evidence table, in the words that the screen shows."""

from __future__ import annotations

import pytest

import partnerselect as ps
from partnerselect.analysis.evidence_table import evidence_table
from partnerselect.analysis.gates import gate_counts, outcomes
from partnerselect.analysis.head_to_head import head_to_head
from partnerselect.analysis.standing import standing
from tests.builders import criteria, decision, measured, organisation, table


def test_a_lead_that_nobody_can_take() -> None:
    made = table({"alpha": {"a": 90}, "beta": {"a": 40}})
    told = standing(made, ps.evaluate(made, "equal"))
    assert told.sentence == "Alpha leads with 90.0 of 100, and within what is likely nobody else comes first."
    assert told.contenders == ("alpha",)
    assert told.unknown_sentence == "Evidence stands behind 100 % of all cells (2 candidates)."


def test_a_lead_that_the_unknown_could_take() -> None:
    made = table({"alpha": {"a": 60, "b": None}, "beta": {"a": None, "b": None}})
    told = standing(made, ps.evaluate(made, "equal"))
    assert told.sentence == (
        "Alpha leads with 55.0 of 100, but the evidence leaves room: one other candidate could likely be first."
    )
    assert (
        told.unknown_sentence
        == "Evidence stands behind 25 % of all cells (2 candidates). Nobody has any evidence on b."
    )
    assert (told.by_criterion["known"]["b"], told.by_criterion["unknown"]["b"]) == (0, 2)


def test_nothing_known_tells_nobody_apart() -> None:
    made = table({name: {"a": None} for name in ("alpha", "beta", "gamma", "delta")})
    told = standing(made, ps.evaluate(made, "equal"))
    assert told.sentence == "Nothing tells the 4 candidates apart: all have 50.0 of 100."


def test_many_share_the_lead() -> None:
    made = table({**{name: {"a": 60} for name in ("alpha", "beta", "gamma", "delta")}, "last": {"a": 10}})
    told = standing(made, ps.evaluate(made, "equal"))
    assert told.sentence.startswith("4 candidates share the lead with 60.0 of 100, and")


def test_a_shared_lead() -> None:
    made = table({"alpha": {"a": 60}, "beta": {"a": 60}, "gamma": {"a": 10}})
    told = standing(made, ps.evaluate(made, "equal"))
    assert told.sentence.startswith("Alpha and Beta share the lead with 60.0 of 100")


def test_nobody_passes() -> None:
    gate = {"id": "eu", "title": "EU", "rule": "In the EU.", "attribute": "country", "one_of": ["DE"]}
    made = decision(criteria(("goal", [measured("a")]), gates=[gate]), organisation("alpha"))
    told = standing(made, ps.evaluate(made, "equal"))
    assert told.sentence == "No candidate passes the gates."


def test_the_difference_is_told_criterion_by_criterion() -> None:
    made = table({"alpha": {"a": 100, "b": 20}, "beta": {"a": 40, "b": 80}})
    duel = head_to_head(made, ps.evaluate(made, {"a": 70, "b": 30}), "beta", "alpha")
    assert duel.differences["difference"].tolist() == pytest.approx([-42, 18])
    assert duel.sentence == (
        "Alpha is ahead of Beta by 24.0 points of 100, most of all through a (+42.0); Beta is better in b (+18.0)."
    )


def test_level_candidates_and_unknowns_are_said() -> None:
    made = table({"alpha": {"a": 50, "b": None}, "beta": {"a": 50, "b": 50}})
    evaluation = ps.evaluate(made, "equal")
    assert head_to_head(made, evaluation, "alpha", "beta").sentence.startswith("Alpha and Beta are level")
    made = table({"alpha": {"a": 90, "b": None}, "beta": {"a": 50, "b": 50}})
    told = head_to_head(made, ps.evaluate(made, "equal"), "alpha", "beta").sentence
    assert told.endswith("In 1 of 2 criteria at least one of them is unknown.")


def test_gates_check_themselves_or_wait_for_a_person() -> None:
    gates = [
        {"id": "eu", "title": "EU", "rule": "In the EU.", "attribute": "country", "one_of": ["FR"]},
        {"id": "listed", "title": "Listed", "rule": "On the list."},
    ]
    checked = [
        {"gate": "listed", "passed": True, "as_of": "2016"},
        {"gate": "listed", "passed": False, "as_of": "2017-03"},
        {"gate": "listed", "passed": True, "as_of": "2018"},
    ]
    made = decision(
        criteria(("goal", [measured("a")]), gates=gates),
        organisation("alpha", gates=checked),
        organisation("beta", country="CH"),
    )
    assert [one.outcome for one in outcomes(made, made.candidates[0])] == ["passed", "failed"]
    assert gate_counts(made) == (
        {"passed": 1, "failed": 1, "unchecked": 0},
        {"passed": 0, "failed": 1, "unchecked": 1},
    )


def test_cells_in_words() -> None:
    levels = {"kind": "levels", "levels": [{"level": n, "text": f"text {n}"} for n in range(4)]}
    items = {"kind": "items", "items": [{"id": one, "title": one} for one in ("us", "ca")]}
    made = decision(
        criteria(
            (
                "goal",
                [
                    measured("reach"),
                    {**measured("depth"), "scale": levels},
                    {**measured("links"), "scale": items},
                    measured("team"),
                    measured("label"),
                    {**measured("areas"), "scale": items},
                ],
            )
        ),
        organisation(
            "alpha",
            {"criterion": "reach", "value": 247, "low": 217, "high": 276},
            {"criterion": "depth", "value": 2},
            {"criterion": "links", "items": ["us"]},
            {"criterion": "team", "status": "refused"},
            {"criterion": "label", "status": "not_applicable"},
            {"criterion": "areas", "items": [], "possible": ["ca"]},
        ),
    )
    assert evidence_table(made)["statement"].tolist() == [
        "247 companies (217 to 276)",
        "level 2",
        "1 of 2",
        "refused to say",
        "does not apply",
        "unknown; hints only",
    ]
