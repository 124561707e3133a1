"""What an import would do to the ranking."""

from __future__ import annotations

import math

import pytest

from partnerselect.analysis.import_effect import import_effect
from partnerselect.model import Candidate, Decision, Evidence
from partnerselect.model.imports import Change, Import
from tests.builders import criteria, decision, measured, organisation, table

OWN = table({"alpha": {"reach": 40}, "beta": {"reach": 30}, "gamma": {"reach": 10}, "delta": {}})
NOVA = Candidate(schema_version=1, id="nova", name="Nova", kind="x", country="FR", region="R")


def changed(own: Decision, *newcomers: Candidate, **values: float) -> Decision:
    said = {
        one: Evidence(criterion="reach", value=value, grade="a", as_of="2017-05", source="s")
        for one, value in values.items()
    }
    changes = tuple(Change(one, "reach", None, statement, None, "B2") for one, statement in said.items())
    return Import("f", changes=changes, newcomers=newcomers).applied_to(own)


def test_totals_and_ranks_stand_beside_each_other() -> None:
    # from 0 to 100 in a straight line, one criterion: totals are value / 100, unknown counts as 0.5
    effect = import_effect(OWN, changed(OWN, beta=60), "equal")
    (row,) = effect.ranking.to_dict("records")
    assert list(effect.ranking.index) == ["beta"]
    assert (row["total_before"], row["total_after"], row["change"]) == pytest.approx((0.3, 0.6, 0.3))
    assert (row["rank_before"], row["rank_after"]) == (3, 1)
    assert effect.sentences == (
        "The total of Beta moves.",
        "Beta leads instead of Delta.",
        "Beta rises from rank 3 to 1, Delta falls from rank 1 to 2 and Alpha falls from rank 2 to 3.",
    )


def test_where_no_total_moves_that_is_all_there_is_to_say() -> None:
    effect = import_effect(OWN, OWN, "equal")
    assert effect.ranking.empty
    assert effect.sentences == ("No total moves, so the ranking stays as it is.",)
    # delta is unknown and counts as 50 of 100: saying so moves nothing
    assert import_effect(OWN, changed(OWN, delta=50), "equal").ranking.empty


def test_a_total_can_move_without_a_place() -> None:
    effect = import_effect(OWN, changed(OWN, alpha=45), "equal")
    assert effect.sentences == ("The total of Alpha moves.", "Delta stays first.", "Nobody changes places.")


def test_a_newcomer_comes_in_at_its_rank_and_others_make_room() -> None:
    effect = import_effect(OWN, changed(OWN, NOVA, nova=35), "equal")
    (row,) = effect.ranking.to_dict("records")
    assert math.isnan(row["total_before"])
    assert math.isnan(row["rank_before"])
    assert row["rank_after"] == 3
    assert effect.sentences == (
        "Nova would come in at rank 3.",
        "Delta stays first.",
        "Beta falls from rank 3 to 4 and Gamma falls from rank 4 to 5.",
    )


def test_a_newcomer_at_the_end_moves_nobody() -> None:
    assert import_effect(OWN, changed(OWN, NOVA, nova=5), "equal").sentences[1:] == (
        "Delta stays first.",
        "Nobody else changes places.",
    )


def test_a_newcomer_that_fails_a_gate_is_not_ranked() -> None:
    gate = {"id": "eu", "title": "EU", "rule": "in the EU", "attribute": "country", "one_of": ["DE"]}
    own = decision(
        criteria(("goal", [measured("reach")]), gates=[gate]),
        organisation("alpha", {"criterion": "reach", "value": 40}, country="DE"),
    )
    effect = import_effect(own, changed(own, NOVA, nova=90), "equal")
    assert effect.sentences == (
        "No total moves, so the ranking stays as it is.",
        "Nova fails a gate, and would not be ranked.",
    )


def test_many_are_counted_and_the_farthest_named() -> None:
    own = table({f"c{at}": {"reach": 10.0 * at} for at in range(1, 8)})
    after = changed(own, **{f"c{at}": 100 - 10.0 * at for at in range(1, 8)})
    effect = import_effect(own, after, "equal")
    assert effect.sentences == (
        "The totals of 6 candidates move.",  # c5 has 50 before and after
        "C1 leads instead of C7.",
        "C1 rises from rank 7 to 1, C7 falls from rank 1 to 7, C2 rises from rank 6 to 2, and 3 others change places.",
    )
