"""Everything that reports tell, asked once."""

from __future__ import annotations

import pytest

import partnerselect as ps
from partnerselect.analysis.set_verdict import SetVerdict
from partnerselect.errors import RulesError
from partnerselect.reports.tipping import tipping_points
from tests.builders import table
from tests.reports.reported import MADE_ON, contents, on_record, small

ONE = [{"id": "one", "kind": "size", "at_least": 1, "at_most": 1}]


def test_contents_are_what_the_analyses_say() -> None:
    found = contents()
    assert found.evaluation.ranking.equals(ps.evaluate(small(), "equal").ranking)
    assert found.sets is not None
    assert found.sets.best.sentence == ps.best_sets(small(), "equal").sentence
    assert found.sets.robustness.samples == 50
    assert found.sensitivity.verdict == ps.sensitivity(small(), "equal").verdict
    assert found.questions.sentence == ps.ask_next(small(), "equal", samples=50).sentence
    assert (found.software, found.made_on, found.is_draft) == ("0.1.0", MADE_ON, True)


def test_without_a_choice_of_its_own_the_best_set_is_chosen() -> None:
    found = contents()
    assert found.chosen == ps.best_sets(small(), "equal").best == ("alpha", "beta")
    assert found.chosen_names == "Alpha and Beta"


def test_a_choice_of_its_own_is_looked_at_as_it_is() -> None:
    found = contents(chosen=("gamma", "alpha"), on_record=on_record())
    assert found.sets is not None
    assert found.chosen == ("alpha", "gamma")
    assert list(found.sets.partners.index) == ["alpha", "gamma"]
    assert found.sets.robustness.proposed == ("alpha", "gamma")
    assert found.sets.place.behind > 0
    assert not found.is_draft


def test_files_of_a_draft_and_of_a_round_on_the_same_day_have_names_of_their_own() -> None:
    assert contents().name == "small-2017-05-31-draft"
    assert contents(on_record=on_record()).name == "small-2017-05"
    assert contents(on_record=on_record(round_id=None)).name == "small-8ab38ab38ab3"


def test_nobody_may_be_chosen() -> None:
    found = contents(chosen=())
    assert (found.chosen, found.chosen_names) == ((), "nobody")


def test_a_chosen_stranger_is_refused() -> None:
    with pytest.raises(RulesError, match="There is no candidate 'delta'"):
        contents(chosen=("delta",))
    with pytest.raises(RulesError, match="Founder cannot join: it is a member already"):
        contents(chosen=("founder",))


def test_rules_that_no_set_keeps_leave_the_rest() -> None:
    own = table({"alpha": {"a": 50}, "beta": {"a": 40}}, set_rules=[{"id": "three", "kind": "size", "at_least": 3}])
    found = contents(own)
    assert found.sets is None
    assert found.chosen == ()
    assert any(told.startswith("Allow ") for told in found.no_set)
    assert len(found.evaluation.ranking) == 2


def test_points_are_named_by_the_viewpoint_that_has_them() -> None:
    assert contents().viewpoint == "Equal"
    assert contents(points={"companies": 1}).viewpoint is None


def test_tipping_points_come_nearest_first_with_both_ends_of_a_weight() -> None:
    # One goal, a and b weigh 50 %. Totals: Alpha .9a + .4b = 65, Beta .3a + .8b = 55, Gamma .2a + .85b = 52.5.
    # Alpha and Beta are level where .9a + .4(1 - a) = .3a + .8(1 - a), at a = 40 %, and b is then at 60 %.
    own = table({"alpha": {"a": 90, "b": 40}, "beta": {"a": 30, "b": 80}, "gamma": {"a": 20, "b": 85}}, set_rules=ONE)
    judged: SetVerdict = ps.set_verdict(ps.set_question(own, "equal"))
    moves = tipping_points(judged)
    assert [(move.criterion, move.enters) for move in moves] == [("a", "Beta"), ("b", "Beta")]
    assert [move.today for move in moves] == pytest.approx([0.5, 0.5])
    assert [move.needed for move in moves] == pytest.approx([0.4, 0.6])
