"""Two rounds side by side: every change split among its causes, by numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.analysis.round_mixes import FACTORS, Mixes
from tests.builders import criteria, decision, items, measured, organisation, table

ROOT = Path(__file__).resolve().parents[2]
OLD = {"alpha": {"a": 80, "b": 20}, "beta": {"a": 40, "b": 90}}


def side(values: Mapping[str, Mapping[str, float | None]], title: str = "", **points: float) -> ps.Side:
    return ps.Side(table(values), points, title=title)


def totals_of(found: ps.RoundComparison, candidate: str) -> dict[str, float]:
    return {factor: float(found.totals[factor][candidate]) for factor in FACTORS}


def places_of(found: ps.RoundComparison, candidate: str) -> dict[str, float]:
    return {factor: float(found.ranks[factor][candidate]) for factor in FACTORS}


def only(factor: str, share: float) -> Any:
    return pytest.approx({one: share if one == factor else 0.0 for one in FACTORS}, abs=1e-12)


# One factor at a time: it gets the whole change.


def test_other_weights_alone_get_all() -> None:
    # alpha: .75 * .8 + .25 * .2 = .65, then .25 * .8 + .75 * .2 = .35; beta: .525, then .775
    found = ps.compare_rounds(side(OLD, a=75, b=25), side(OLD, a=25, b=75))
    assert [found.totals[end]["alpha"] for end in ("before", "after")] == pytest.approx([0.65, 0.35])
    assert totals_of(found, "alpha") == only("weights", -0.30)
    assert totals_of(found, "beta") == only("weights", 0.25)
    assert found.ranks[["before", "after", "change"]].to_dict("index") == {
        "beta": {"before": 2, "after": 1, "change": 1},
        "alpha": {"before": 1, "after": 2, "change": -1},
    }
    assert places_of(found, "beta") == only("weights", 1)
    assert found.ranks.loc["beta", "sentence"] == "Beta rises from 2 to 1, through the weights alone."


def test_other_evidence_alone_gets_all() -> None:
    # alpha: (.8 + .2) / 2 = .5, then (.8 + .9) / 2 = .85; beta stays at .65
    found = ps.compare_rounds(side(OLD), side({**OLD, "alpha": {"a": 80, "b": 90}}))
    assert totals_of(found, "alpha") == only("evidence", 0.35)
    assert totals_of(found, "beta") == only("evidence", 0)
    assert places_of(found, "alpha") == only("evidence", 1)
    assert places_of(found, "beta") == only("evidence", -1)
    assert found.ranks.loc["alpha", "sentence"] == "Alpha rises from 2 to 1, through the evidence alone."
    assert found.ranks.loc["beta", "sentence"] == "Beta falls from 1 to 2, through the evidence on others alone."


def test_a_rank_moved_by_what_is_assumed_of_own_unknowns_is_not_moved_by_others() -> None:
    # alpha: (.8 + .5) / 2 = .65, with the worst .4; beta stays at .5, and nothing of its own is unknown
    values: dict[str, dict[str, float | None]] = {"alpha": {"a": 80, "b": None}, "beta": {"a": 50, "b": 50}}
    ranks = ps.compare_rounds(ps.Side(table(values), "equal"), ps.Side(table(values, unknowns="worst"), "equal")).ranks[
        "sentence"
    ]
    assert ranks["alpha"] == "Alpha falls from 1 to 2, through the evidence alone."
    assert ranks["beta"] == "Beta rises from 2 to 1, through the evidence on others alone."


def test_what_is_assumed_of_unknowns_is_part_of_the_evidence() -> None:
    values = {"alpha": {"a": 80, "b": None}}
    found = ps.compare_rounds(ps.Side(table(values), "equal"), ps.Side(table(values, unknowns="worst"), "equal"))
    assert totals_of(found, "alpha") == only("evidence", -0.25)
    assert found.evidence_sentence == (
        "All evidence says the same as before. What is unknown counts as the worst now, as the middle before."
    )


def test_a_newcomer_moves_ranks_and_no_total() -> None:
    # alpha .5, beta .65; gamma .7 comes first
    found = ps.compare_rounds(side(OLD), side({**OLD, "gamma": {"a": 70, "b": 70}}))
    assert totals_of(found, "beta") == only("candidates", 0)
    assert places_of(found, "beta") == only("candidates", -1)
    assert found.came.to_dict("index") == {
        "gamma": {"name": "Gamma", "rank": 1, "total": pytest.approx(0.7), "why": "new"}
    }
    assert "gamma" not in found.ranks.index
    assert found.ranks.loc["beta", "sentence"] == "Beta falls from 1 to 2, through who else is on the list alone."


def test_a_new_criterion_gets_all_with_its_points_and_its_evidence() -> None:
    # alpha: .8, then with b at the same points (.8 + .2) / 2 = .5; beta: .4, then .65
    before = {one: {"a": said["a"]} for one, said in OLD.items()}
    found = ps.compare_rounds(side(before, a=50), side(OLD, a=50, b=50))
    assert totals_of(found, "alpha") == only("criteria", -0.30)
    assert totals_of(found, "beta") == only("criteria", 0.25)
    assert places_of(found, "beta") == only("criteria", 1)
    assert found.criteria.loc["b", "change"] == "new"
    assert np.isnan(found.criteria["before"]["b"])
    assert found.weights_sentence == "Less weight on a (100.0 to 50.0 %). New: b (50.0 %)."
    dropped = ps.compare_rounds(side(OLD, a=50, b=50), side(before, a=50))
    assert totals_of(dropped, "alpha") == only("criteria", 0.30)
    assert dropped.criteria["change"].to_dict() == {"a": "", "b": "dropped"}
    assert dropped.weights_sentence == "More weight on a (50.0 to 100.0 %). Dropped: b (50.0 %)."


def test_another_value_function_belongs_to_the_criteria() -> None:
    # alpha: 40 of 100 is worth .4, 40 of 50 is worth .8
    said = {"criterion": "a", "value": 40}
    before, after = (
        ps.Side(decision(criteria(("goal", [measured("a", [(0, 0), (top, 1)])])), organisation("alpha", said)), "equal")
        for top in (100, 50)
    )
    found = ps.compare_rounds(before, after)
    assert totals_of(found, "alpha") == only("criteria", 0.4)
    assert found.weights_sentence == "Valued otherwise: a."


def test_evidence_counts_on_its_own_scale_where_a_criterion_is_measured_otherwise() -> None:
    # 40 companies of 100 = .4; 7 staff of 10 = .7: the number itself changed because the criterion did
    before, after = (
        ps.Side(
            decision(
                criteria(("goal", [measured("a", [(0, 0), (top, 1)], unit=unit)])),
                organisation("alpha", {"criterion": "a", "value": value, "unit": unit}),
            ),
            "equal",
        )
        for top, unit, value in ((100, "companies", 40), (10, "staff", 7))
    )
    found = ps.compare_rounds(before, after)
    assert totals_of(found, "alpha") == only("criteria", 0.3)
    assert found.criteria.loc["a", "change"] == "measured otherwise"


def levels(*texts: str) -> dict[str, Any]:
    scale = {"kind": "levels", "levels": [{"level": place, "text": text} for place, text in enumerate(texts)]}
    return {**measured("a"), "scale": scale}


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        pytest.param(levels("no", "yes"), levels("none", "some"), True, id="levels in other words"),
        pytest.param(levels("no", "yes"), levels("no", "some", "yes"), False, id="one more level"),
        pytest.param(items("a", "x", "y"), items("a", "y", "x"), True, id="items in another order"),
        pytest.param(items("a", "x", "y"), items("a", "x", "y", "z"), False, id="one more item"),
        pytest.param(measured("a"), levels("no", "yes"), False, id="another kind of scale"),
        pytest.param(measured("a"), measured("a", basis="members"), False, id="another basis"),
    ],
)
def test_what_is_measured_alike(old: Mapping[str, Any], new: Mapping[str, Any], alike: bool) -> None:
    before, after = (ps.Side(decision(criteria(("goal", [one])), organisation("alpha")), "equal") for one in (old, new))
    assert (ps.compare_rounds(before, after).criteria["change"]["a"] != "measured otherwise") == alike


# Two factors together.


def test_weights_and_evidence_together() -> None:
    # alpha by a only: .8; by b only: .2. New evidence: a .6, b .5.
    #   nothing new .8; weights .2; evidence .6; both .5
    #   weights:  ((.2 - .8) + (.5 - .6)) / 2 = -.35;  evidence: ((.6 - .8) + (.5 - .2)) / 2 = +.05
    # beta has a .7, b .6 throughout: alpha's rank is 1; weights 2; evidence 2; both 2: each costs half a place.
    beta = {"a": 70, "b": 60}
    found = ps.compare_rounds(
        side({"alpha": {"a": 80, "b": 20}, "beta": beta}, a=50, b=0),
        side({"alpha": {"a": 60, "b": 50}, "beta": beta}, a=0, b=50),
    )
    assert totals_of(found, "alpha") == pytest.approx(
        {"weights": -0.35, "evidence": 0.05, "candidates": 0, "criteria": 0}, abs=1e-12
    )
    assert places_of(found, "alpha") == {"weights": -0.5, "evidence": -0.5, "candidates": 0, "criteria": 0}
    assert found.ranks.loc["alpha", "sentence"] == (
        "Alpha falls from 1 to 2: −0.5 places through the weights, −0.5 through the evidence."
    )
    assert found.totals.loc["alpha", "sentence"] == (
        "The total of Alpha goes from 80.0 to 50.0 of 100: −35.0 through the weights, +5.0 through the evidence."
    )


def test_a_new_criterion_takes_its_own_points_where_the_weights_are_the_old_ones() -> None:
    # alpha: a .6, b 0. Old points a 50; new points a 30, b 10.
    #   nothing new .6; weights .6; criteria .6 * 50/60 = .5; both .6 * 30/40 = .45
    #   weights: ((.6 - .6) + (.45 - .5)) / 2 = -.025;  criteria: ((.5 - .6) + (.45 - .6)) / 2 = -.125
    found = ps.compare_rounds(side({"alpha": {"a": 60}}, a=50), side({"alpha": {"a": 60, "b": 0}}, a=30, b=10))
    assert totals_of(found, "alpha") == pytest.approx(
        {"weights": -0.025, "evidence": 0, "candidates": 0, "criteria": -0.125}, abs=1e-12
    )


def test_where_no_points_are_left_the_criteria_bring_their_own() -> None:
    # alpha: a .8, b .2. Old: only a counts. New: a is dropped, b counts; the old points of b are 0.
    #   nothing new .8; weights (a keeps 50, b 50) .5; criteria (b alone, by its own points) .2; both .2
    #   weights: ((.5 - .8) + (.2 - .2)) / 2 = -.15;  criteria: ((.2 - .8) + (.2 - .5)) / 2 = -.45
    found = ps.compare_rounds(side({"alpha": OLD["alpha"]}, a=50, b=0), side({"alpha": {"b": 20}}, b=50))
    assert totals_of(found, "alpha") == pytest.approx(
        {"weights": -0.15, "evidence": 0, "candidates": 0, "criteria": -0.45}, abs=1e-12
    )


def test_a_candidate_of_one_side_keeps_its_own_evidence_whatever_else_is_new() -> None:
    # gamma's evidence is dated after the old as-of date; beta (.6) falls behind it by its coming alone
    def dated(as_of: str, *more: Mapping[str, Any]) -> ps.Decision:
        beta = organisation("beta", {"criterion": "a", "value": 60})
        return decision(criteria(("goal", [measured("a")]), as_of=as_of), beta, *more)

    gamma = organisation("gamma", {"criterion": "a", "value": 90, "as_of": "2020"})
    found = ps.compare_rounds(ps.Side(dated("2017-05-31"), "equal"), ps.Side(dated("2021-01-01", gamma), "equal"))
    assert places_of(found, "beta") == only("candidates", -1)


def test_a_criterion_that_comes_to_be_not_applicable() -> None:
    # alpha: (.8 + .2) / 2 = .5; without b it is .8
    old = criteria(("goal", [measured("a"), measured("b")]))
    said = {"criterion": "a", "value": 80}
    before = decision(old, organisation("alpha", said, {"criterion": "b", "value": 20}))
    after = decision(old, organisation("alpha", said, {"criterion": "b", "status": "not_applicable"}))
    found = ps.compare_rounds(ps.Side(before, "equal"), ps.Side(after, "equal"))
    assert totals_of(found, "alpha") == only("evidence", 0.3)
    assert found.evidence[["change", "before", "after"]].to_numpy().tolist() == [
        ["does not apply now", "20 companies", "does not apply"]
    ]


def test_nothing_with_weight_that_applies_is_the_middle_on_both_sides() -> None:
    made = decision(
        criteria(("goal", [measured("a")])), organisation("alpha", {"criterion": "a", "status": "not_applicable"})
    )
    found = ps.compare_rounds(ps.Side(made, "equal"), ps.Side(made, "equal"))
    assert [found.totals[end]["alpha"] for end in ("before", "after", "change")] == [0.5, 0.5, 0]


def test_ties_share_a_rank_on_either_side() -> None:
    # before all at .5; after alpha at .5, the others at .4: nobody's rank is worse than 2
    before = {one: {"a": 50} for one in ("alpha", "beta", "gamma")}
    after = {one: {"a": 50 if one == "alpha" else 40} for one in before}
    found = ps.compare_rounds(side(before), side(after))
    assert found.ranks["before"].tolist() == [1, 1, 1]
    assert found.ranks["after"].to_dict() == {"alpha": 1, "beta": 2, "gamma": 2}
    assert places_of(found, "gamma") == only("evidence", -1)


# What holds for all rounds.

few = settings(max_examples=25, deadline=None)


@st.composite
def sides(draw: st.DrawFn) -> ps.Side:
    """Some of four candidates on some of three criteria, with unknown and not applicable cells and any points."""
    rows = draw(st.lists(st.sampled_from(["org_a", "org_b", "org_c", "org_d"]), unique=True, max_size=4))
    columns = sorted(draw(st.sets(st.sampled_from(["one", "two", "three"]), min_size=1)))
    cells = st.one_of(st.none(), st.just("na"), st.integers(0, 4).map(lambda quarters: 25 * quarters))
    said = {row: {column: draw(cells) for column in columns} for row in rows}
    points = draw(st.lists(st.integers(0, 3), min_size=len(columns), max_size=len(columns)).filter(any))
    made = decision(
        criteria(
            ("goal", [measured(column, [(0, 0), (draw(st.sampled_from([50, 100])), 1)]) for column in columns]),
            unknowns=draw(st.sampled_from(["midpoint", "worst"])),
        ),
        *(organisation(row, *_statements(cells)) for row, cells in said.items()),
    )
    return ps.Side(made, dict(zip(columns, points, strict=True)))


def _statements(cells: Mapping[str, int | str | None]) -> list[dict[str, Any]]:
    return [
        {"criterion": one, "status": "not_applicable"} if said == "na" else {"criterion": one, "value": said}
        for one, said in cells.items()
        if said is not None
    ]


@few
@given(sides(), sides())
def test_shares_sum_to_the_change_and_the_ends_are_the_evaluations(before: ps.Side, after: ps.Side) -> None:
    found = ps.compare_rounds(before, after)
    sums = found.totals[list(FACTORS)].sum(axis=1)
    np.testing.assert_allclose(sums, found.totals["change"], rtol=0, atol=1e-12)
    twelfths = (12 * found.ranks[list(FACTORS)]).round().astype(int)
    np.testing.assert_allclose(twelfths / 12, found.ranks[list(FACTORS)], rtol=0, atol=1e-14)
    assert (twelfths.sum(axis=1) == 12 * found.ranks["change"]).all()
    assert (found.totals["candidates"] == 0).all()
    for end, made in (("before", before), ("after", after)):
        ranking = ps.evaluate(made.decision, made.points).ranking.loc[found.totals.index]
        np.testing.assert_allclose(found.totals[end], ranking["total"], rtol=0, atol=1e-12)
        assert found.ranks[end].tolist() == ranking["rank"].tolist()


@few
@given(sides(), sides())
def test_exchanged_sides_turn_every_sign(before: ps.Side, after: ps.Side) -> None:
    there, back = ps.compare_rounds(before, after), ps.compare_rounds(after, before)
    columns = ["change", *FACTORS]
    for one, other in ((there.totals, back.totals), (there.ranks, back.ranks)):
        np.testing.assert_allclose(one[columns], -other.loc[one.index, columns], rtol=0, atol=1e-12)
    assert sorted(there.came.index) == sorted(back.left.index)


@few
@given(sides())
def test_the_same_round_twice_has_no_change_at_all(made: ps.Side) -> None:
    found = ps.compare_rounds(made, made)
    assert (found.totals[["change", *FACTORS]] == 0).all(axis=None)
    assert (found.ranks[["change", *FACTORS]] == 0).all(axis=None)
    assert (found.criteria["difference"] == 0).all()
    assert all(one.empty for one in (found.came, found.left, found.gates, found.evidence, found.aged))
    assert found.weights_sentence == "Weights and criteria are the same in both."
    assert found.list_sentence == "The same candidates are ranked in both."
    assert found.rules_sentence == "The rules are the same in both."
    assert found.evidence_sentence == "The evidence is the same, and counts the same."


def test_a_comparison_evaluates_sixteen_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    outcome = Mixes.outcome

    def counted(self: Mixes, new: frozenset[Any]) -> Any:
        asked.append(new)
        return outcome(self, new)

    monkeypatch.setattr(Mixes, "outcome", counted)
    monkeypatch.setattr("partnerselect.analysis.evaluation.evaluate_with", lambda *_: pytest.fail("one more"))
    ps.compare_rounds(side(OLD, a=1), side(OLD, b=1))
    assert len(asked) == len(set(asked)) == 16


# Who came and left, and the gates.

GATES: list[dict[str, Any]] = [
    {"id": "eu", "title": "In the EU", "rule": "In the EU.", "attribute": "country", "one_of": ["FR", "DE"]},
    {"id": "listed", "title": "Listed", "rule": "Listed somewhere."},
]


def gated(*organisations: Mapping[str, Any], as_of: str = "2017-05-31", gates: Sequence[Any] = GATES) -> ps.Side:
    return ps.Side(decision(criteria(("goal", [measured("a")]), gates=gates, as_of=as_of), *organisations), "equal")


def result(passed: bool, as_of: str, **more: Any) -> list[dict[str, Any]]:
    return [{"gate": "listed", "passed": passed, "as_of": as_of, **more}]


def test_why_somebody_came_or_left() -> None:
    said = {"criterion": "a", "value": 50}
    before = gated(
        organisation("alpha", said),
        organisation("beta", said, gates=result(True, "2016")),
        organisation("gamma", said),
        organisation("delta", said, country="US"),
        organisation("founder", said, role="member"),
    )
    after = gated(
        organisation("alpha", said, role="member"),
        organisation("beta", said, gates=[*result(True, "2016"), *result(False, "2019", source="https://list.org")]),
        organisation("delta", said),
        organisation("founder", said),
        organisation("echo", said),
        as_of="2020-01-01",
    )
    found = ps.compare_rounds(before, after)
    assert found.left["why"].to_dict() == {"beta": "fails “Listed” now", "alpha": "joined", "gamma": "off the list"}
    assert found.came["why"].to_dict() == {
        "delta": "no longer kept out by “In the EU”",
        "founder": "a member before",
        "echo": "new",
    }
    assert found.gates[["candidate", "gate", "before", "after", "source"]].to_numpy().tolist() == [
        ["beta", "Listed", "passed", "failed", "https://list.org"],
        ["delta", "In the EU", "failed", "passed", ""],
    ]
    assert found.ranks.empty
    assert found.sentence.endswith("No candidate is ranked in both.")
    assert found.list_sentence == (
        "Came: Delta (no longer kept out by “In the EU”); Founder (a member before); Echo (new). "
        "Left: Alpha (joined); Beta (fails “Listed” now); Gamma (off the list). 2 gate results have changed."
    )


def test_a_new_gate_is_told_where_somebody_fails_it() -> None:
    said = {"criterion": "a", "value": 50}
    swiss, french = organisation("alpha", said, country="CH"), organisation("beta", said)
    found = ps.compare_rounds(gated(swiss, french, gates=()), gated(swiss, french))
    assert found.gates[["candidate", "gate", "before", "after"]].to_numpy().tolist() == [
        ["alpha", "In the EU", "no such gate", "failed"]
    ]
    assert places_of(found, "beta") == only("candidates", 0)
    assert found.list_sentence == "Left: Alpha (fails “In the EU” now). 1 gate result has changed."


def test_a_gate_that_is_switched_off_keeps_nobody_out() -> None:
    said = {"criterion": "a", "value": 50}
    swiss, french = organisation("alpha", said, country="CH"), organisation("beta", said)
    off = [{**gate, "active": False} for gate in GATES]
    found = ps.compare_rounds(gated(swiss, french), gated(swiss, french, gates=off))
    assert found.gates[["candidate", "gate", "before", "after"]].to_numpy().tolist() == [
        ["alpha", "In the EU", "failed", "switched off"]
    ]
    assert found.list_sentence == "Came: Alpha (no longer kept out by “In the EU”). 1 gate result has changed."


def test_nobody_is_ranked_in_one_round_or_in_both() -> None:
    nobody, somebody = gated(), gated(organisation("alpha", {"criterion": "a", "value": 50}))
    assert ps.compare_rounds(nobody, nobody).sentence == ("Nobody is ranked in either. No candidate is ranked in both.")
    came = ps.compare_rounds(nobody, ps.Side(somebody.decision, "equal", title="now"))
    assert came.sentence.startswith("Nobody was ranked in 2017-05-31, Alpha leads in now.")
    assert ps.compare_rounds(somebody, nobody).choice_sentences[0] == (
        "No set of partners keeps the rules of 2017-05-31 (after)."
    )


# The evidence.

GRADES = {"a": 0, "b": 0, "c": 0.1, "d": 0.2}
DOUBT = {"grades": GRADES, "per_year": 0.02, "free_years": 1, "at_most": 0.1}


def dated(
    as_of: str, *statements: Mapping[str, Any], facts: Sequence[Any] = (), doubt: Mapping[str, Any] = DOUBT
) -> ps.Side:
    made = criteria(("goal", [measured("a"), measured("b")]), as_of=as_of, doubt=doubt)
    return ps.Side(decision(made, organisation("alpha", *statements, facts=facts)), "equal", title=as_of[:4])


def test_evidence_that_only_ages_widens_its_range_and_becomes_stale() -> None:
    # Dated 2016-07-02 (the middle of 2016): 0.9 years in May 2017, free; 4.5 in 2021: 3.5 years too many, 2 points
    # each; from 6 years on at the most, 10 points.
    said = {"criterion": "a", "value": 50, "as_of": "2016"}
    young, old = dated("2021-01-01", said), dated("2026-05-31", said)
    found = ps.compare_rounds(dated("2017-05-31", said), young)
    assert found.stale_after == 6
    row = found.aged.iloc[0]
    assert (row["before"], row["after"], row["stale"]) == ("50 companies", "50 companies (43 to 57)", False)
    assert (row["widened_before"], row["widened"]) == pytest.approx((0, 2 * (row["age"] - 1)))
    assert found.evidence_sentence == (
        "No cell says anything else than before. 1 cell rests on the same evidence, and age has widened its range."
    )
    aged = ps.compare_rounds(young, old).aged.iloc[0]
    assert (aged["widened"], aged["stale"]) == (pytest.approx(10), True)
    assert ps.compare_rounds(young, old).evidence_sentence.endswith("; it is stale: 6 years old or older.")
    assert ps.compare_rounds(old, dated("2027-05-31", said)).aged.empty
    assert (found.totals["change"] == 0).all()


def test_where_age_widens_nothing_nothing_becomes_stale() -> None:
    said = {"criterion": "a", "value": 50, "as_of": "2016"}
    doubt = {**DOUBT, "per_year": 0}
    found = ps.compare_rounds(dated("2017-05-31", said, doubt=doubt), dated("2026-05-31", said, doubt=doubt))
    assert found.stale_after is None
    assert found.aged.empty
    assert found.evidence.empty


def test_what_is_said_anew_comes_with_its_sources() -> None:
    facts = [{"id": "f1", "field": "size", "value": 80, "unit": "companies", "source": "https://fact.org"}]
    first = {"criterion": "a", "value": 50, "as_of": "2016"}
    judged = {
        "criterion": "a",
        "value": 80,
        "as_of": "2020",
        "by": "a reader",
        "reason": "counted",
        "judged_on": date(2020, 5, 1),
        "facts": ["f1"],
    }
    reading = {"criterion": "b", "value": 30, "by": "a reader", "reason": "guessed", "judged_on": date(2020, 5, 1)}
    found = ps.compare_rounds(
        dated("2017-05-31", first), dated("2021-01-01", first, judged, reading, facts=facts)
    ).evidence
    assert found[["criterion", "change", "before", "after", "sources"]].to_numpy().tolist() == [
        ["a", "newer evidence", "50 companies", "80 companies", ("https://fact.org",)],
        ["b", "known now", "unknown", "30 companies (25 to 35)", ("a reader: guessed",)],
    ]
    row = found.iloc[0]
    assert (row["best_before"], row["best_after"], row["stale"]) == (50, 80, False)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        pytest.param({"as_of": "2016"}, {"as_of": "2016"}, "changed evidence", id="edited, of the same date"),
        pytest.param({"as_of": "2016"}, {"as_of": "2015"}, "changed evidence", id="edited, of an earlier date"),
        pytest.param({"as_of": "2016"}, {"as_of": "2017-01"}, "newer evidence", id="of a later date"),
        pytest.param({"as_of": None}, {"as_of": None}, "changed evidence", id="edited, without a date"),
        pytest.param({"as_of": None}, {"as_of": "2016"}, "newer evidence", id="dated after one without a date"),
    ],
)
def test_only_evidence_of_a_later_date_is_newer(old: dict[str, Any], new: dict[str, Any], change: str) -> None:
    before, after = (
        dated("2017-05-31", {"criterion": "a", "value": value, **said, "undated": said["as_of"] is None})
        for value, said in ((50, old), (60, new))
    )
    found = ps.compare_rounds(before, after)
    assert found.evidence["change"].tolist() == [change]
    assert found.evidence_sentence == f"1 cell of 1 organisation has changed: 1 {change}."


def test_what_is_gone_refused_or_counted_otherwise() -> None:
    said = [{"criterion": "a", "value": 50, "grade": "c"}, {"criterion": "b", "value": 30}]
    before = dated("2017-05-31", *said)
    gone = ps.compare_rounds(before, dated("2017-05-31", {"criterion": "b", "status": "refused"})).evidence
    assert gone["change"].tolist() == ["unknown now", "refused now"]
    strict = {**DOUBT, "grades": {**GRADES, "c": 0.3}}
    stricter = ps.compare_rounds(before, dated("2017-05-31", *said, doubt=strict))
    assert stricter.evidence[["criterion", "change"]].to_numpy().tolist() == [["a", "counted otherwise"]]
    assert stricter.evidence_sentence == (
        "1 cell of 1 organisation has changed: 1 counted otherwise. The rules of doubt are others."
    )
    both = [{**said[0], "by": name, "reason": "read"} for name in ("one", "two")]
    fewer = ps.compare_rounds(dated("2017-05-31", *both), dated("2017-05-31", both[0])).evidence
    assert fewer["change"].tolist() == ["less evidence"]


# The choices.

TWO = [{"id": "two", "kind": "size", "at_least": 2, "at_most": 2}]


def trio(title: str, rules: Sequence[Any] = TWO, **points: float) -> ps.Side:
    values = {"alpha": {"a": 80, "b": 10}, "beta": {"a": 60, "b": 50}, "gamma": {"a": 0, "b": 90}}
    return ps.Side(table(values, set_rules=rules), points, title=title)


def choice_of(found: ps.RoundComparison, choice: str, round_: str, weights: str) -> dict[Any, Any]:
    """The row of one choice in one round under the weights of one."""
    rows = found.choices.to_dict("records")
    return next(row for row in rows if (row["choice"], row["round"], row["weights"]) == (choice, round_, weights))


def test_each_choice_under_the_weights_of_the_other() -> None:
    # By a: alpha .8, beta .6, gamma 0: alpha and beta .7, alpha and gamma .4, beta and gamma .3.
    # By b: alpha .1, beta .5, gamma .9: beta and gamma .7, alpha and gamma .5, alpha and beta .3.
    found = ps.compare_rounds(trio("old", a=1), trio("new", b=1))
    own = choice_of(found, "before", "before", "before")
    assert (own["names"], own["total"], own["place"], own["wins"]) == ("Alpha and Beta", pytest.approx(0.7), 1, True)
    told = choice_of(found, "before", "before", "after")
    assert (told["total"], told["place"], told["behind"], told["wins"]) == (
        pytest.approx(0.3),
        3,
        pytest.approx(0.4),
        False,
    )
    assert told["sentence"] == (
        "Under the weights of new, on the evidence and rules of old, the choice of old (Alpha and Beta) would be at "
        "place 3 of the allowed sets, 40.0 points of 100 behind the best set, which has Gamma in place of Alpha."
    )
    assert found.choice_sentences[0] == (
        "Under the weights of new, and in new as a whole, the choice of old (Alpha and Beta) would be at place 3 of "
        "the allowed sets, 40.0 points of 100 behind the best set, which has Gamma in place of Alpha."
    )
    assert found.choice_sentences[1] == (
        "Under the weights of old, and in old as a whole, the choice of new (Beta and Gamma) would be at place 3 of "
        "the allowed sets, 40.0 points of 100 behind the best set, which has Alpha in place of Gamma."
    )


def test_the_weights_of_the_other_round_alone_are_told_with_whose_evidence_and_rules_they_meet() -> None:
    # by b and on the old evidence beta and gamma are at .7, alpha and beta at .3; with the new evidence alpha has 90 of
    # b instead of 10: alpha and beta .7, alpha and gamma .9
    old = trio("old", a=1)
    lifted = {"alpha": {"a": 80, "b": 90}, "beta": {"a": 60, "b": 50}, "gamma": {"a": 0, "b": 90}}
    found = ps.compare_rounds(old, ps.Side(table(lifted, set_rules=TWO), {"b": 1}, title="Today"))
    assert found.choice_sentences[0] == (
        "Under today's weights, on the evidence and rules of old, the choice of old (Alpha and Beta) would be at place "
        "3 of the allowed sets, 40.0 points of 100 behind the best set, which has Gamma in place of Alpha. Today as a "
        "whole it would be at place 2 of the allowed sets, 20.0 points of 100 behind the best set, which has Gamma in "
        "place of Beta."
    )
    assert choice_of(found, "after", "after", "before")["sentence"].startswith(
        "Under the weights of old, on today's evidence and rules, today's choice (Alpha and Gamma) would be "
    )


def test_a_name_that_ends_with_a_full_stop_ends_the_sentence() -> None:
    said = [organisation("alpha", {"criterion": "a", "value": 90}, name="Alpha e.V."), organisation("beta")]
    one = [{"id": "one", "kind": "size", "at_least": 1, "at_most": 1}]
    best = decision(criteria(("goal", [measured("a")]), set_rules=one), *said)
    found = ps.compare_rounds(
        ps.Side(best, "equal", title="old", chosen=("beta",)), ps.Side(best, "equal", title="new")
    )
    assert found.choice_sentences[0].endswith("behind Alpha e.V.")


def test_a_choice_that_is_told_by_what_the_best_set_has_more_or_less() -> None:
    # alpha .8, beta .6, gamma 0 by a: alpha alone is the best; by hand alpha and beta, or two that tie
    free = [{"id": "any", "kind": "size", "at_least": 1, "at_most": 3}]
    old, new = trio("old", free, a=1), trio("new", free, a=1)
    more = ps.compare_rounds(ps.Side(old.decision, old.points, title="old", chosen=("alpha", "beta")), new)
    assert more.choice_sentences[0] == (
        "In new, the choice of old (Alpha and Beta) would be at place 2 of the allowed sets, 10.0 points of 100 behind "
        "the best set, which does without Beta."
    )
    best = [{"id": "any", "kind": "size", "at_least": 1, "at_most": 2}]
    tree = criteria(("goal", [{**measured("a"), "combine": "sum"}]), set_rules=best)
    adding = decision(tree, *(organisation(one, {"criterion": "a", "value": 30}) for one in ("alpha", "beta", "gamma")))
    less = ps.compare_rounds(
        ps.Side(adding, "equal", title="old", chosen=("alpha",)), ps.Side(adding, "equal", title="new")
    )
    assert less.choice_sentences[0] == (
        "In new, the choice of old (Alpha) would be at place 4 of the allowed sets, 30.0 points behind the best set, "
        "which adds Beta."
    )
    assert less.choice_sentences[1] == "In old, the choice of new (Alpha and Beta) would be one of the best sets."


def test_a_choice_that_wins_everywhere_is_told_once() -> None:
    found = ps.compare_rounds(trio("old", a=9, b=1), trio("new", a=8, b=1))
    assert found.choice_sentences == ("Both choose Alpha and Beta, and would do so under the weights of either.",)
    assert found.choices["wins"].all()
    assert len(found.choices) == 8


def test_a_choice_made_by_hand_is_the_choice_and_may_break_rules() -> None:
    by_hand = ps.Side(trio("old").decision, {"a": 1}, title="old", chosen=("alpha",))
    found = ps.compare_rounds(by_hand, trio("new", a=1))
    assert found.choices["sentence"][0] == (
        "In old, the choice of old (Alpha) is 10.0 points of 100 better than the best allowed set, but does not keep "
        "“Exactly 2 partners join”."
    )
    assert not found.choices["wins"][0]


def test_partners_that_are_not_on_the_other_list() -> None:
    after = table({"beta": {"a": 60, "b": 50}, "gamma": {"a": 0, "b": 90}}, set_rules=TWO)
    gone = ps.compare_rounds(trio("old", a=1), ps.Side(after, {"a": 1}, title="new"))
    assert gone.choice_sentences[0] == (
        "In new, the choice of old (Alpha and Beta) cannot be made: Alpha is not on the list."
    )
    members = tuple(one.model_copy(update={"role": "member"}) for one in trio("").decision.candidates[:2])
    three = table({"gamma": {"a": 0}, "delta": {"a": 10}}, set_rules=TWO).model_copy(update={"members": members})
    joined = ps.compare_rounds(trio("old", a=1), ps.Side(three, {"a": 1}, title="new"))
    assert joined.choice_sentences[0] == (
        "In new, the choice of old (Alpha and Beta) cannot be made: Alpha and Beta are members already."
    )
    assert joined.choices["place"].isna()[joined.choices["round"] != joined.choices["choice"]].all()


def test_partners_that_fail_a_gate_of_the_other_round() -> None:
    said = {"criterion": "a", "value": 50}
    abroad, here = organisation("alpha", said, country="US"), organisation("beta", {"criterion": "a", "value": 40})
    found = ps.compare_rounds(gated(abroad, here, gates=()), gated(abroad, here))
    assert found.choice_sentences[0] == (
        "In 2017-05-31 (after), the choice of 2017-05-31 (before) (Alpha) cannot be made: Alpha fails “In the EU”."
    )


def test_rules_that_nobody_can_keep_are_told() -> None:
    five = [{"id": "five", "kind": "size", "at_least": 5, "at_most": 5}]
    found = ps.compare_rounds(trio("old", a=1), trio("new", five, a=1))
    assert found.choice_sentences == (
        "No set of partners keeps the rules of new.",
        "In new, the choice of old (Alpha and Beta) cannot be compared: no set keeps the rules.",
    )
    assert set(found.choices["choice"]) == {"before"}


def test_a_comparison_tells_which_rules_are_others() -> None:
    # of three candidates: 3 pairs, 3 alone
    found = ps.compare_rounds(trio("old"), trio("new", [{"id": "two", "kind": "size", "at_least": 1, "at_most": 2}]))
    assert found.rules_sentence == (
        "Rule changed: “1 to 2 partners join” (before: “Exactly 2 partners join”). "
        "3 sets of partners were allowed, 6 are now."
    )


def test_the_rules_of_a_side_count_in_its_round() -> None:
    one = ps.rules_in_force(trio("", [{"id": "one", "kind": "size", "at_least": 1, "at_most": 1}]).decision)
    alone = ps.Side(trio("").decision, {"a": 1}, rules=one, title="new")
    found = ps.compare_rounds(trio("old", a=1), alone)
    assert choice_of(found, "after", "after", "after")["names"] == "Alpha"
    assert "does not keep “Exactly 1 partner joins”" in choice_of(found, "before", "after", "after")["sentence"]


# In words.


def test_the_comparison_in_one_sentence() -> None:
    found = ps.compare_rounds(side(OLD, "spring", a=75, b=25), side(OLD, "autumn", a=25, b=75))
    assert found.sentence == (
        "Alpha led in spring, Beta leads in autumn. All 2 candidates ranked in both have changed places, through the "
        "weights alone."
    )
    assert found.weights_sentence == "More weight on b (25.0 to 75.0 %); less on a (75.0 to 25.0 %)."
    same = ps.compare_rounds(side(OLD, "spring", a=1), side(OLD, "autumn", a=9, b=1))
    assert same.sentence == (
        "Alpha leads in spring and in autumn. No rank of the 2 candidates ranked in both has changed; totals have, "
        "through the weights alone."
    )
    nothing = ps.compare_rounds(side(OLD, "spring"), side(OLD, "Today"))
    assert nothing.sentence == (
        "Beta leads in spring and today. No total and no rank of the 2 candidates ranked in both has changed."
    )


def test_many_leaders_are_counted_and_one_candidate_is_the_only_one() -> None:
    many = {f"c{place}": {"a": 50} for place in range(6)}
    found = ps.compare_rounds(side(many, "old"), side({"c0": {"a": 90}}, "new"))
    assert found.sentence == (
        "6 candidates together led in old, C0 leads in new. No rank of the only candidate ranked in both has changed; "
        "totals have, through the evidence alone."
    )
    behind = {"c0": {"a": 90}, "c1": {"a": 95}}
    told = ps.compare_rounds(side({"c0": {"a": 90}}, "old"), side(behind, "new")).sentence
    assert told.endswith("The only candidate ranked in both has changed places, through who is on the list alone.")


def test_a_rank_that_stays_for_opposite_reasons_says_so() -> None:
    # alpha by a .8 against .7; new evidence .6 would cost a place, the newcomer costs none, beta's leaving wins it back
    before = {"alpha": {"a": 80}, "beta": {"a": 70}}
    after = {"alpha": {"a": 60}, "gamma": {"a": 10}}
    found = ps.compare_rounds(side(before), side(after))
    assert found.ranks.loc["alpha", "sentence"] == (
        "Alpha stays at 1: −0.5 places through the evidence, +0.5 through who else is on the list."
    )


def test_two_rounds_of_one_title_are_told_apart() -> None:
    found = ps.compare_rounds(side(OLD, "spring"), side(OLD, "spring"))
    assert dict(found.titles) == {"before": "spring (before)", "after": "spring (after)"}
    assert found.places[["round", "candidate", "rank"]].to_numpy().tolist() == [
        ["spring (before)", "beta", 1],
        ["spring (before)", "alpha", 2],
        ["spring (after)", "beta", 1],
        ["spring (after)", "alpha", 2],
    ]


def test_points_that_cannot_be_weights_are_refused() -> None:
    with pytest.raises(ps.WeightsError, match="at zero"):
        ps.compare_rounds(side(OLD), side(OLD, a=0, b=0))


def test_a_criterion_that_moves_or_combines_otherwise_is_named() -> None:
    def tree(*goals: tuple[str, list[Any]]) -> ps.Side:
        return ps.Side(decision(criteria(*goals), organisation("alpha", {"criterion": "a", "value": 50})), "equal")

    found = ps.compare_rounds(
        tree(("reach", [measured("a")]), ("fit", [measured("b")])),
        tree(("reach", [measured("b")]), ("fit", [{**measured("a"), "combine": "sum"}])),
    )
    assert found.criteria["change"].to_dict() == {
        "b": "moved from fit",
        "a": "moved from reach, partners combine otherwise",
    }
    assert "Moved from fit: b." in found.weights_sentence


def test_the_real_case_of_2017_seen_in_2026() -> None:
    files = ROOT / "criteria/photonics-for-health.yaml", ROOT / "candidates/photonics-for-health"
    old, new = (ps.read_decision(*files, as_of=date(year, 5, 31)) for year in (2017, 2026))
    found = ps.compare_rounds(
        ps.Side(old, "health_first", title="2017-05"), ps.Side(new, "third_markets_first", title="2026-05")
    )
    assert (len(found.ranks), len(found.criteria)) == (24, 14)
    for table_ in (found.totals, found.ranks):
        np.testing.assert_allclose(table_[list(FACTORS)].sum(axis=1), table_["change"], rtol=0, atol=1e-12)
    assert isinstance(found.aged, pd.DataFrame)
    assert (found.aged["age"] > found.aged["age_before"]).all()
    assert (found.aged["high_after"] >= found.aged["high_before"]).all()
    assert found.stale_after == 6
    assert len(found.choices) == 8


def test_today_is_no_round_in_sentences() -> None:
    before, after = side(OLD, "spring", a=75, b=25), side(OLD, "Today", a=25, b=75)
    found = ps.compare_rounds(before, after)
    assert found.sentence.startswith("Alpha led in spring, Beta leads today.")
    told = " ".join(found.choice_sentences)
    assert " in Today" not in told
    assert "of Today" not in told
    assert "oday, the choice of spring" in told or "Under today's weights, " in told


def test_where_one_side_is_today_nobody_speaks_of_two_rounds() -> None:
    found = ps.compare_rounds(side(OLD, "spring"), side(OLD, "Today"))
    told = [found.sentence, found.weights_sentence, found.list_sentence, found.rules_sentence, *found.choice_sentences]
    assert "round" not in " ".join(told).lower()
    assert "Beta leads in spring and today." in found.sentence
