"""How sure a set is: by hand, and equal to the kernel on the same arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import partnerselect as ps
from partnerselect.analysis import set_robustness as module
from partnerselect.analysis.set_question import set_question, told_share
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.kernels import regions, sets
from partnerselect.model import Decision
from tests.analysis import set_cases
from tests.analysis.set_cases import rule_of
from tests.builders import criteria, decision, items, measured, organisation, table

ONE = rule_of({"id": "one", "kind": "size", "at_least": 1, "at_most": 1})
TWO = rule_of({"id": "two", "kind": "size", "at_least": 2, "at_most": 2})


def _ranges(**content: Any) -> Decision:
    """A is 0.6 for sure; B lies evenly between 0 and 1; C is 0.1 for sure."""
    return decision(
        criteria(("goal", [measured("x")]), **content),
        organisation("a", {"criterion": "x", "value": 60}),
        organisation("b"),
        organisation("c", {"criterion": "x", "value": 10}),
    )


def test_the_share_of_the_draws_and_what_is_lost() -> None:
    # B is above 0.6 in 40 % of the draws, by 0.2 on average then: 0.08 in all, and by 0.4 at most.
    found = ps.set_robustness(_ranges(), "equal", [ONE], samples=20_000)
    assert found.proposed == ("a",)
    assert found.share == pytest.approx(0.6, abs=0.015)
    assert found.share_error == pytest.approx(np.sqrt(0.24 / 20_000), rel=0.05)
    assert found.regret == pytest.approx(0.08, abs=0.005)
    assert found.regret_worst == pytest.approx(0.4, abs=0.001)
    assert found.possible_regret == pytest.approx(0.4)
    assert found.candidates.index.tolist() == ["a", "b", "c"]
    assert found.candidates["core_index"].tolist() == pytest.approx([0.6, 0.4, 0.0], abs=0.015)
    assert found.candidates["standing"].tolist() == ["borderline", "borderline", "out"]
    assert found.candidates["proposed"].tolist() == [True, False, False]
    assert found.sets["names"].tolist() == ["A", "B"]
    assert found.competing[["members", "names"]].values.tolist() == [[("b",), "B"]]
    assert (found.competitors, found.certain, found.samples, found.seed) == (1, (), 20_000, 0)


def test_the_sentence() -> None:
    found = ps.set_robustness(_ranges(), "equal", [ONE], samples=1000, seed=3)
    share, mean, worst = 100 * found.share, 100 * found.regret, 100 * found.regret_worst
    error = 200 * found.share_error
    assert found.sentence == (
        f"In {share:.0f} % (± {error:.0f}) of the draws within ±10 percentage points of today's weights, A stays the "
        f"best set. On average this set is {mean:.1f} points of 100 behind the best one, and at worst {worst:.1f} "
        "points. 1 other allowed set could be better, and nobody of this set is in it."
    )


def test_who_is_in_every_competitor_is_certain() -> None:
    # A is ahead of all; of B and C, which lie in 0..0.5, either may be the other partner.
    given = decision(
        criteria(("goal", [measured("x")])),
        organisation("a", {"criterion": "x", "value": 100}),
        organisation("b", {"criterion": "x", "value": 30, "low": 0, "high": 50}),
        organisation("c", {"criterion": "x", "value": 20, "low": 0, "high": 50}),
    )
    found = ps.set_robustness(given, "equal", [TWO], samples=500)
    assert found.certain == ("a",)
    assert found.sentence.endswith("1 other allowed set could be better; A is in it.")
    assert found.candidates.loc["a", "standing"] == "in"
    assert found.possible_regret == pytest.approx(0.25)


def test_a_set_that_nothing_can_beat() -> None:
    found = ps.set_robustness(table({"a": {"x": 90}, "b": {"x": 20}}), "equal", [ONE], samples=100)
    assert found.sentence == (
        "In 100 % (± 0) of the draws within ±10 percentage points of today's weights, A stays the best set. No other "
        "allowed set can be better, whatever these weights and the evidence turn out to be."
    )
    assert (found.share, found.regret, found.competitors, found.certain) == (1.0, 0.0, 0, ("a",))


def test_a_proposed_set_need_not_be_allowed() -> None:
    found = ps.set_robustness(_ranges(), "equal", [ONE], proposed=["c", "a"], samples=200)
    assert found.proposed == ("a", "c")
    assert "A and C stay the best set" in found.sentence
    assert found.candidates["proposed"].to_dict() == {"a": True, "b": False, "c": True}


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 % (± 0)"),
        (0.0004, "less than 0.1 %"),
        (0.004, "0.4 % (± 0.3)"),
        (0.5, "50 % (± 2)"),
        (0.997, "99.7 % (± 0.2)"),
        (0.9996, "more than 99.9 %"),
        (1.0, "100 % (± 0)"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(share: float, words: str) -> None:
    assert told_share(share, float(np.sqrt(share * (1 - share) / 2500))) == words


def test_in_borderline_and_out_go_by_the_thresholds_both_ends_included() -> None:
    # A is in the best set in 60 % of the draws, B in the others: with a threshold of 0.6 both lie at an end.
    exactly = ps.set_robustness(_ranges(), "equal", [ONE], samples=200).candidates["core_index"]["a"]
    for threshold, standing in ((exactly, ["in", "out"]), (exactly + 0.005, ["borderline", "borderline"])):
        found = ps.set_robustness(_ranges(verdict={"robust_share": threshold}), "equal", [ONE], samples=200)
        assert found.candidates["standing"].tolist()[:2] == standing


def test_errors_are_told_before_anything_is_drawn() -> None:
    with pytest.raises(NoPartnersError, match=r"No set keeps “At least 4 partners join”"):
        ps.set_robustness(_ranges(), "equal", [rule_of({"id": "four", "kind": "size", "at_least": 4})])
    with pytest.raises(ps.RulesError, match=r"^There is no candidate 'z'\.$"):
        ps.set_robustness(_ranges(), "equal", [ONE], proposed=["z"])
    with pytest.raises(ps.WeightsError, match=r"There is no region 'far'"):
        ps.set_robustness(_ranges(), "equal", [ONE], region="far")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"samples"):
        ps.set_robustness(_ranges(), "equal", [ONE], samples=0)


def test_nobody_passes_the_gates_and_nobody_need_join() -> None:
    gate = {"id": "kinds", "title": "Kinds", "rule": "Kinds", "attribute": "kind", "one_of": ["biotech"]}
    found = ps.set_robustness(_ranges(gates=[gate]), "equal", [rule_of({"id": "s", "kind": "size", "at_most": 2})])
    assert (found.share, found.proposed, found.competitors) == (1.0, (), 0)
    assert found.candidates.empty
    assert "no partner at all stays the best set" in found.sentence


def test_with_many_sets_fewer_draws_are_made_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEARCHED", 3)
    given = table({f"org_{place:02}": {"x": 4 * place, "y": (7 * place) % 24} for place in range(20)})
    done: list[float] = []
    found = ps.set_robustness(given, {"x": 1.0}, samples=1000, progress=done.append)
    assert found.samples == 3
    assert found.note == "There are many allowed sets: 3 draws were made, not 1,000."
    assert (found.competitors, found.certain) == (0, ("org_19",))
    assert found.possible_regret == 0
    assert "Org_19 stays the best set. No other allowed set can be better" in found.sentence
    assert done[-1] == 1.0


def test_what_does_not_apply_is_noted() -> None:
    given = decision(
        criteria(("goal", [measured("x"), items("areas", "p", "q")])),
        organisation("a", {"criterion": "x", "value": 60}, {"criterion": "areas", "status": "not_applicable"}),
        organisation("b", {"criterion": "x", "value": 40}),
    )
    assert ps.set_robustness(given, "equal", samples=50).note.startswith("1 cell does not apply")


@pytest.mark.parametrize("seed", range(6))
def test_the_numbers_are_the_kernels_on_the_same_arrays(seed: int) -> None:
    case = set_cases.drawn(seed)
    question = set_question(case.decision, case.points, case.rules)
    if not set_cases.allowed(case.decision, case.rules):
        with pytest.raises(NoPartnersError, match=r"\S"):
            ps.set_robustness(case.decision, case.points, case.rules, samples=10)
        return
    found = ps.set_robustness(case.decision, case.points, case.rules, samples=400, seed=seed, plus_minus=0.2)
    cells = question.what.cells
    near = regions.box(question.what.weights, 0.2)
    own = question.rows(found.proposed)
    same = (cells.low, cells.high, cells.mode, question.rules.kernel, near, question.what.doubtful)
    core = sets.core_index(*same, samples=400, rng=np.random.default_rng(seed))
    assert found.candidates["core_index"].reindex(list(cells.ids)).tolist() == pytest.approx(core.tolist())
    regret = sets.doubt(*same, 400, np.random.default_rng(seed), own).regret
    assert regret is not None
    assert (found.regret, found.regret_worst, found.share) == pytest.approx((regret.mean, regret.worst, regret.share))
    rivals = sets.rivals(cells.low, cells.high, question.rules.kernel, own, near, question.what.doubtful)
    assert (found.competitors, found.certain) == (rivals.number, question.ids(np.flatnonzero(rivals.in_all).tolist()))
    assert found.possible_regret == pytest.approx(rivals.worst_regret)
    assert found.regret_worst <= found.possible_regret + 1e-9
