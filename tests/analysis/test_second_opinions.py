"""Second opinions: five rankings by hand, their agreement, and what a disagreement is said to mean."""

from __future__ import annotations

import numpy as np
import pytest

import partnerselect as ps
from partnerselect.analysis.second_opinions import INDIFFERENT, PREFERRED, SecondOpinions, second_opinions
from tests.builders import criteria, decision, measured, organisation, table

METHODS = ["additive", "weighted_product", "topsis", "vikor", "promethee"]

# Alpha 100 and 0, Beta 45 and 45, equal weights.
# Sum: 0.5 and 0.45. Product: sqrt(1 * 0.01) = 0.1 and 0.45.
# TOPSIS: lengths sqrt(1 + 0.45^2) = 1.097 and 0.45, columns 0.912, 0.410 and 0, 1. Alpha is 0.5 from the ideal and
# 0.251 from the worst: 0.334; Beta the other way round: 0.666.
# VIKOR: each is worst on one criterion: S = R = 0.5 for both. PROMETHEE: each beats the other by more than 0.25
# on one criterion: net flow 0 for both.
UNEVEN = {"alpha": {"a": 100, "b": 0}, "beta": {"a": 45, "b": 45}}


def places(result: SecondOpinions, candidate: str) -> list[int]:
    return list(result.ranks.to_dict("index")[candidate].values())


def test_five_rankings_by_hand() -> None:
    result = second_opinions(table(UNEVEN), "equal")
    assert list(result.ranks.columns) == METHODS
    assert places(result, "alpha") == [1, 2, 2, 1, 1]
    assert places(result, "beta") == [2, 1, 1, 1, 1]
    assert result.compromise == ("alpha", "beta")


def test_agreement_is_with_the_additive_ranks() -> None:
    agreement = second_opinions(table(UNEVEN), "equal").agreement
    # The reverse order of two: tau -1; WS 1 - (1/2 * 1/1 + 1/4 * 1/1) = 0.25. A tie of everybody has no tau;
    # WS against ranks 1, 1: 1 - 1/4 * 1/1 = 0.75.
    assert agreement["tau"].tolist() == pytest.approx([1, -1, -1, np.nan, np.nan], nan_ok=True)
    assert agreement["ws"].tolist() == pytest.approx([1, 0.25, 0.25, 0.75, 0.75])
    assert agreement["same_leader"].tolist() == [True, False, False, False, False]
    assert agreement["first"].tolist() == ["Alpha", "Beta", "Beta", "Alpha and Beta", "Alpha and Beta"]
    assert agreement["title"]["promethee"] == "PROMETHEE II"


def test_the_sentence_says_whom_each_method_puts_first() -> None:
    assert second_opinions(table(UNEVEN), "equal").sentence == (
        "Who comes first depends on the method: Alpha by the additive total; Beta by the weighted product and TOPSIS; "
        "Alpha and Beta by VIKOR and PROMETHEE II."
    )


def test_a_fall_is_told_with_its_weak_spot_and_what_to_ask() -> None:
    result = second_opinions(table(UNEVEN), "equal")
    alpha = result.differences.loc["alpha"]
    assert (alpha["rank"], alpha["method"], alpha["method_rank"], alpha["shift"]) == (1, "weighted_product", 2, 1)
    assert result.meaning == (
        "Where they agree, the order does not depend on how values are put together; where not, the total decides. "
        "The widest fall: Alpha, 1st by total, is 2nd by the weighted product: in a product hardly anything makes up "
        "for b (0 of 100). Ask whether the partnership can live with that weak spot: if not, it wants a gate, or more "
        "weight."
    )


def test_a_fall_by_topsis_alone() -> None:
    # Lengths: a sqrt(80^2 + 10^2 + 40^2) = 90, b sqrt(10^2 + 60^2 + 10^2) = 61.6. Alpha is 0.5 * 50 / 61.6 = 0.406
    # from the best and 0.5 * 70 / 90 = 0.389 from the worst; Beta the other way round, and so ahead.
    made = table({"alpha": {"a": 80, "b": 10}, "beta": {"a": 10, "b": 60}, "gamma": {"a": 40, "b": 10}})
    result = second_opinions(made, "equal")
    assert places(result, "alpha") == [1, 1, 2, 1, 1]
    assert result.differences.loc["alpha", "reason"] == (
        "it is far from today's best on b (10 of 100), and TOPSIS makes more of such a gap than a sum does"
    )


def test_a_fall_by_vikor_alone() -> None:
    # Alpha is worst on b: S = R = 0.5. Beta: 0.5 * 20 / 100 on a, 0.5 * 25 / 39 on b: S 0.42, R 0.32, and so first.
    made = table({"alpha": {"a": 100, "b": 61}, "beta": {"a": 80, "b": 75}, "gamma": {"a": 0, "b": 100}})
    result = second_opinions(made, "equal")
    assert places(result, "alpha") == [1, 1, 1, 2, 1]
    assert result.differences.loc["alpha", "reason"] == (
        "it is far from today's best on b (61 of 100), and VIKOR counts the largest shortfall twice"
    )


def test_a_weak_spot_that_nobody_knows_is_called_a_placeholder() -> None:
    made = table({"alpha": {"a": 100, "b": None}, "beta": {"a": 45, "b": 45}}, unknowns="worst")
    meaning = second_opinions(made, "equal").meaning
    assert "makes up for b (unknown, counted as 0 of 100)" in meaning
    assert meaning.endswith("That is no weakness yet, only a placeholder: ask before anybody reads it as one.")


def test_those_who_gain_have_no_reason_but_their_move() -> None:
    beta = second_opinions(table(UNEVEN), "equal").differences.loc["beta"]
    assert (beta["shift"], beta["by_method"], beta["reason"], beta["question"]) == (-1, "Weighted product", "", "")


def test_full_agreement_is_said() -> None:
    result = second_opinions(table({"alpha": {"a": 90, "b": 80}, "beta": {"a": 50, "b": 40}}), "equal")
    assert result.sentence == "All five methods put Alpha first."
    assert result.meaning == "They agree on every place: the order does not depend on how values are put together."
    assert (result.differences["shift"] == 0).all()
    assert set(result.differences["by_method"]) == {""}


def test_leads_that_are_small_or_larger_than_needed_lose_in_pairs() -> None:
    # Alpha is far ahead on a (1.0 against 0.5 and 0.4) and 0.2 behind on b and on c. Sum (a 0.4, b 0.3, c 0.3):
    # 0.4 + 0.6 * 0.4 = 0.64, Beta 0.4 * 0.5 + 0.6 * 0.6 = 0.56. In pairs a lead of 0.5 counts 1, one of 0.2
    # counts (0.2 - 0.05) / (0.25 - 0.05) = 0.75: Alpha over Beta 0.4, Beta over Alpha 0.6 * 0.75 = 0.45.
    made = table({"alpha": {"a": 100, "b": 40, "c": 40}, "beta": {"a": 50, "b": 60, "c": 60}})
    result = second_opinions(made, {"a": 40, "b": 30, "c": 30})
    assert (INDIFFERENT, PREFERRED) == (0.05, 0.25)
    assert places(result, "alpha") == [1, 1, 1, 1, 2]
    assert result.differences.loc["alpha", "method"] == "promethee"
    assert "larger than a pair can count" in result.meaning
    assert "the value function should flatten earlier" in result.meaning


def test_a_compromise_set_is_named() -> None:
    # VIKOR, equal weights: Gamma is worst on both: S 1, R 0.5, Q 1. Alpha: 0.5 * (90 - 80) / 80 = 0.0625 in S and
    # R; Beta 0.5 * (90 - 79) / 79 = 0.0696. Q: 0 and 0.012, less than DQ = 1/2 apart: both are compromises.
    made = table({"alpha": {"a": 90, "b": 80}, "beta": {"a": 79, "b": 90}, "gamma": {"a": 10, "b": 10}})
    result = second_opinions(made, "equal")
    assert result.compromise == ("alpha", "beta")
    assert result.sentence.endswith("VIKOR does not settle on one: its compromise set is Alpha and Beta.")


def test_all_tied() -> None:
    result = second_opinions(table({name: {"a": 60, "b": 20} for name in ("alpha", "beta", "gamma")}), "equal")
    assert result.sentence == "No method tells the 3 candidates apart."
    assert (result.ranks == 1).all(axis=None)
    assert result.agreement["tau"].isna().all()
    assert result.agreement["same_leader"].all()


def test_many_firsts_are_counted() -> None:
    made = table({**{name: {"a": 60} for name in ("alpha", "beta", "gamma", "delta")}, "last": {"a": 10}})
    assert second_opinions(made, "equal").sentence.startswith("All five methods put 4 candidates together first.")


def test_one_candidate() -> None:
    result = second_opinions(table({"alpha": {"a": 0, "b": None}}), "equal")
    assert (result.sentence, result.meaning) == ("Alpha is the only candidate: no method can disagree.", "")
    assert places(result, "alpha") == [1] * 5
    assert result.agreement[["tau", "ws"]].isna().all(axis=None)


def test_nobody_passes_the_gates() -> None:
    gate = {"id": "eu", "title": "EU", "rule": "In the EU.", "attribute": "country", "one_of": ["DE"]}
    made = decision(criteria(("goal", [measured("a")]), gates=[gate]), organisation("alpha"))
    result = second_opinions(made, "equal")
    assert (result.sentence, result.meaning) == ("No candidate passes the gates.", "")
    assert result.ranks.shape == (0, 5)
    assert result.differences.empty
    assert result.compromise == ()


def test_a_criterion_on_which_all_are_equal_changes_nobodys_place() -> None:
    values = {"alpha": {"a": 90.0, "b": 20.0}, "beta": {"a": 40.0, "b": 85.0}, "gamma": {"a": 55.0, "b": 50.0}}
    without = second_opinions(table(values), {"a": 50, "b": 50}).ranks
    constant = {name: {**row, "c": 0.0} for name, row in values.items()}
    assert second_opinions(table(constant), {"a": 40, "b": 40, "c": 20}).ranks.equals(without)


def test_what_does_not_apply_is_said() -> None:
    made = decision(
        criteria(("goal", [measured("a"), measured("b")])),
        organisation("alpha", {"criterion": "a", "value": 60}, {"criterion": "b", "status": "not_applicable"}),
        organisation("beta", {"criterion": "a", "value": 50}, {"criterion": "b", "value": 50}),
    )
    result = second_opinions(made, "equal")
    assert result.note.startswith("1 cell does not apply. The candidate's own total stands in there")
    assert result.sentence == "All five methods put Alpha first."


def test_rows_are_in_the_additive_order() -> None:
    made = table({"last": {"a": 10}, "first": {"a": 90}, "middle": {"a": 50}})
    result = second_opinions(made, "equal")
    assert list(result.ranks.index) == ["first", "middle", "last"]
    assert result.differences["name"].tolist() == ["First", "Middle", "Last"]
    assert result.ranks["additive"].tolist() == ps.evaluate(made, "equal").ranking["rank"].tolist()


def test_weights_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(ps.WeightsError, match="All points are at zero"):
        second_opinions(table(UNEVEN), {"goal": 0})
