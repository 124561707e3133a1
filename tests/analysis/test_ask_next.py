"""What to ask next: worth and chance by hand, outcomes by evaluating again, and every empty case."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

import partnerselect as ps
from partnerselect.analysis.ask_next import ask_next
from partnerselect.analysis.value_ranges import value_ranges
from tests.builders import criteria, decision, measured, organisation, table

# Alpha has 60 of 100 for certain, nobody knows Beta: U is uniform on 0..1, expected 0.5, so Alpha is chosen.
# Learning U changes that when U > 0.6: chance 0.4; gain E[max(U, 0.6)] - 0.6 = (1 - 0.6)^2 / 2 = 0.08.
KNOWN_AND_UNKNOWN = table({"alpha": {"a": 60}, "beta": {"a": None}})


def unsure(one: str, **evidence: object) -> ps.Decision:
    """Alpha with 60 on a, Beta with this evidence."""
    return decision(
        criteria(("goal", [measured("a")])),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation(one, {"criterion": "a", **evidence}),
    )


def test_an_unknown_value_is_worth_what_it_can_gain() -> None:
    result = ask_next(KNOWN_AND_UNKNOWN, "equal")
    (row,) = result.cells.to_dict("records")
    assert row["gain"] == pytest.approx(8)
    assert row["change_probability"] == pytest.approx(0.4)
    assert (row["total"], row["total_from"], row["total_to"]) == pytest.approx((50, 0, 100))
    assert (row["best_rank"], row["worst_rank"]) == (1, 2)
    assert (row["name"], row["title"], row["question"]) == ("Beta", "a", "How much a?")
    assert (row["status"], row["statement"], row["chosen"]) == ("unknown", "unknown", False)
    assert (result.top, result.chosen, result.idle, result.note) == (1, ("alpha",), 0, "")
    assert result.sentence == (
        "First ask Beta about a: the chance that the answer changes who leads is 40 %, and choosing by it is worth "
        "8.0 points of 100 on average."
    )
    assert result.count_sentence == "1 cell is unknown or in doubt; 1 can change the choice alone."


def test_evidence_with_a_range_is_triangular_and_says_what_is_known() -> None:
    # Beta: 50, between 40 and 80; expected (40 + 50 + 80) / 3 = 56.7 < 60. Above 60: (80-60)^2 / (40 * 30) = 1/3;
    # gain (80-60)^3 / (3 * 40 * 30) = 20/9.
    (row,) = ask_next(unsure("beta", value=50, low=40, high=80), "equal").cells.to_dict("records")
    assert row["change_probability"] == pytest.approx(1 / 3)
    assert row["gain"] == pytest.approx(20 / 9)
    assert (row["total"], row["total_from"], row["total_to"]) == pytest.approx((170 / 3, 40, 80))
    assert (row["status"], row["statement"]) == ("in doubt", "50 companies (40 to 80)")


def test_a_refusal_is_asked_again_and_said_so() -> None:
    (row,) = ask_next(unsure("beta", status="refused"), "equal").cells.to_dict("records")
    assert (row["status"], row["statement"], row["gain"]) == ("refused", "refused to say", pytest.approx(8))


def test_the_leader_itself_may_be_worth_asking() -> None:
    # Alpha 40 for certain, Beta unknown and expected to have 50: chosen. It falls below 0.4 with chance 0.4.
    made = table({"alpha": {"a": 40}, "beta": {"a": None}})
    (row,) = ask_next(made, "equal").cells.to_dict("records")
    assert (row["chosen"], row["change_probability"]) == (True, pytest.approx(0.4))
    assert (row["best_rank"], row["worst_rank"]) == (1, 2)


def test_with_two_to_choose_the_third_has_to_pass_the_second() -> None:
    made = table({"alpha": {"a": 90}, "beta": {"a": 60}, "gamma": {"a": None}})
    (row,) = ask_next(made, "equal", top=2).cells.to_dict("records")
    assert row["gain"] == pytest.approx(8)
    assert (row["best_rank"], row["worst_rank"]) == (1, 3)
    (row,) = ask_next(made, "equal", top=1).cells.to_dict("records")
    assert row["change_probability"] == pytest.approx(0.1)


def test_the_number_of_the_chosen_comes_from_the_rules_for_sets() -> None:
    made = table(
        {"alpha": {"a": 90}, "beta": {"a": 60}, "gamma": {"a": None}},
        set_rules=[{"id": "two", "kind": "size", "at_least": 2, "at_most": 2}],
    )
    result = ask_next(made, "equal")
    assert (result.top, result.chosen) == (2, ("alpha", "beta"))
    assert "changes who is among the first 2 is 40 %" in result.sentence


def test_what_does_not_apply_is_not_asked_and_leaves_its_weight_to_the_others() -> None:
    # Beta's b does not apply, so a carries all of Beta's weight: the same 8 points as with one criterion.
    made = decision(
        criteria(("goal", [measured("a"), measured("b")])),
        organisation("alpha", {"criterion": "a", "value": 60}, {"criterion": "b", "value": 60}),
        organisation("beta", {"criterion": "b", "status": "not_applicable"}),
    )
    result = ask_next(made, "equal")
    (row,) = result.cells.to_dict("records")
    assert (row["criterion"], row["gain"], result.idle) == ("a", pytest.approx(8), 0)
    assert result.candidates["open"]["beta"] == 1


def test_a_candidate_to_whom_nothing_applies_stays_at_half() -> None:
    made = decision(
        criteria(("goal", [measured("a")])),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation("beta", {"criterion": "a", "status": "not_applicable"}),
        organisation("gamma"),
    )
    result = ask_next(made, "equal")
    assert list(result.cells["candidate"]) == ["gamma"]
    assert result.candidates["gain"]["beta"] == 0


def test_cells_that_can_change_nothing_are_counted() -> None:
    made = table({"alpha": {"a": 95, "b": 100}, "beta": {"a": None, "b": 0}})
    result = ask_next(made, {"a": 40, "b": 60})
    assert result.cells.empty
    assert result.idle == 1
    assert result.sentence == "No single answer can change who leads."
    assert result.candidates_sentence == ""
    assert result.count_sentence == "1 cell is unknown or in doubt; none can change the choice alone."


def test_several_answers_together_may_do_what_none_does_alone() -> None:
    # Beta has three unknown thirds. One alone gives at most (1 + 0.5 + 0.5) / 3 = 0.67 < 0.8. All three give more
    # than 0.8 when their sum is above 2.4: chance 0.6^3 / 6 = 0.036, gain 0.6^4 / 24 / 3 = 0.0018.
    made = table({"alpha": dict.fromkeys("abc", 80), "beta": dict.fromkeys("abc")})
    result = ask_next(made, "equal")
    beta = result.candidates.iloc[0]
    assert result.cells.empty
    assert beta.name == "beta"
    assert beta["change_probability"] == pytest.approx(0.036, abs=4 * beta["change_probability_error"])
    assert beta["gain"] == pytest.approx(0.18, abs=4 * beta["gain_error"])
    assert 0 < beta["gain_error"] < 0.03
    assert (beta["questions"], beta["open"]) == (0, 3)
    assert result.candidates_sentence.startswith("Several answers together can: everything about Beta would, with")


def test_everything_about_a_candidate_is_worth_what_its_only_cell_is_worth() -> None:
    result = ask_next(KNOWN_AND_UNKNOWN, "equal", samples=40_000)
    beta = result.candidates.to_dict("index")["beta"]
    assert list(result.candidates.index) == ["beta", "alpha"]
    assert beta["gain"] == pytest.approx(8, abs=4 * beta["gain_error"])
    assert beta["change_probability"] == pytest.approx(0.4, abs=4 * beta["change_probability_error"])
    assert (result.candidates["gain"]["alpha"], result.candidates["open"]["alpha"]) == (0, 0)
    assert result.candidates_sentence.startswith("If only one candidate can be asked everything, ask Beta:")


def test_draws_repeat_with_their_seed_and_a_newcomer_changes_nobodys() -> None:
    values: dict[str, dict[str, float | None]] = {"alpha": {"a": 60, "b": 50}, "beta": {"a": None, "b": None}}
    first, again, other = (ask_next(table(values), "equal", seed=seed).candidates for seed in (7, 7, 8))
    pd.testing.assert_frame_equal(first, again)
    assert first["gain"]["beta"] != other["gain"]["beta"]
    joined = ask_next(table({**values, "zeta": {"a": 10, "b": 10}}), "equal", seed=7).candidates
    pd.testing.assert_frame_equal(joined.loc[["beta", "alpha"]], first)


def test_draws_do_not_depend_on_how_many_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = table({name: dict.fromkeys("abc") for name in ("alpha", "beta", "gamma")})
    whole = ask_next(made, "equal", samples=50).candidates
    monkeypatch.setattr("partnerselect.analysis.ask_next._DRAWN_AT_ONCE", 100)
    pd.testing.assert_frame_equal(ask_next(made, "equal", samples=50).candidates, whole)


def test_outcomes_are_those_of_the_decision_with_the_answer_in_it() -> None:
    rng = np.random.default_rng(3)
    names, titles = ("alpha", "beta", "gamma", "delta"), ("a", "b", "c")
    values = {name: {one: float(v) if v < 70 else None for one, v in zip(titles, rng.integers(0, 100, 3), strict=True)}
              for name in names}  # fmt: skip
    result = ask_next(table(values), "equal", top=2)
    assert len(result.cells) > 2
    for row in result.cells.to_dict("records"):
        for answer, total, rank in ((0.0, "total_from", "worst_rank"), (100.0, "total_to", "best_rank")):
            told = {**values, row["candidate"]: {**values[row["candidate"]], row["criterion"]: answer}}
            after = ps.evaluate(table(told), "equal").ranking.loc[row["candidate"]]
            assert 100 * after["total"] == pytest.approx(row[total])
            assert after["rank"] == row[rank]


def test_the_choice_by_expected_totals_is_told_where_the_ranking_says_otherwise() -> None:
    # Best values: Alpha 60, Beta 50. Expected: Beta (50 + 50 + 95) / 3 = 65. Beta is chosen, Alpha leads the ranking.
    result = ask_next(unsure("beta", value=50, low=50, high=95), "equal")
    assert result.chosen == ("beta",)
    assert result.note.endswith("They differ: Beta in and Alpha out.")


def test_a_policy_for_unknowns_moves_the_ranking_and_not_what_is_expected() -> None:
    made = table({"alpha": {"a": 40}, "beta": {"a": None}}, unknowns="worst")
    result = ask_next(made, "equal")
    assert result.chosen == ("beta",)
    assert "Beta in and Alpha out" in result.note


def test_equal_worth_is_said() -> None:
    made = table({name: {"a": None} for name in ("alpha", "beta", "gamma")})
    result = ask_next(made, "equal")
    # Everybody is expected at 0.5; each answer changes the choice with chance 1/2 and gains 0.5^2 / 2 = 0.125.
    assert result.cells["gain"].tolist() == pytest.approx([12.5] * 3)
    assert result.sentence.endswith("2 other questions are worth as much.")
    assert result.note == ""


def test_nobody_to_ask() -> None:
    gate = {"id": "eu", "title": "EU", "rule": "In the EU.", "attribute": "country", "one_of": ["DE"]}
    made = decision(criteria(("goal", [measured("a")]), gates=[gate]), organisation("alpha"))
    result = ask_next(made, "equal")
    assert result.sentence == "No candidate passes the gates: there is nobody to ask about."
    assert (len(result.cells), len(result.candidates), result.chosen, result.idle) == (0, 0, (), 0)
    assert result.count_sentence == "No cell is in doubt."


@pytest.mark.parametrize(
    ("names", "who"), [(["alpha"], "the only candidate is"), (["alpha", "beta"], "all 2 candidates are")]
)
def test_nothing_to_choose(names: list[str], who: str) -> None:
    result = ask_next(table({name: {"a": None} for name in names}), "equal", top=5)
    assert result.sentence == f"No answer can change the choice: {who} chosen."
    assert result.top == len(names)
    assert result.cells.empty


def test_chances_are_never_rounded_to_none_or_all() -> None:
    made = table({"alpha": {"a": 99.8}, "beta": {"a": None}})
    assert "is less than 1 %, and choosing by it is worth less than 0.1 points" in ask_next(made, "equal").sentence


def test_what_cannot_be_used_is_refused() -> None:
    with pytest.raises(ps.WeightsError, match="no goal or criterion 'raech'"):
        ask_next(KNOWN_AND_UNKNOWN, {"raech": 3})
    with pytest.raises(ValueError, match="top is 0"):
        ask_next(KNOWN_AND_UNKNOWN, "equal", top=0)
    with pytest.raises(ValueError, match="samples is 0"):
        ask_next(KNOWN_AND_UNKNOWN, "equal", samples=0)


def test_the_first_draws_are_those_of_the_likely_ranks() -> None:
    from partnerselect.analysis.ask_next import _drawn, _parts

    made = table({"alpha": {"a": 60, "b": None}, "beta": {"a": None, "b": None}})
    ranges = value_ranges(made)
    leaves = np.array([0.25, 0.75])
    drawn = _drawn(ranges, _parts(ranges, leaves), 200, seed=0)
    np.testing.assert_allclose(drawn, ranges.drawn @ leaves, atol=1e-12)


def test_a_result_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ask_next(KNOWN_AND_UNKNOWN, "equal").top = 2  # type: ignore[misc]
