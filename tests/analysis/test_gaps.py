"""What members and partners cover together, by hand."""

from __future__ import annotations

from typing import Any

import pytest

import partnerselect as ps
from partnerselect.analysis.set_question import set_question
from partnerselect.model import Decision
from tests.builders import criteria, decision, items, measured, organisation

AREAS = {"criterion": "areas"}


def _areas(*more: dict[str, Any], member: list[str] | None = None) -> Decision:
    """Areas p, q and r: the member has p, A has q and is hinted to have r, B has r; nothing is known of C."""
    return decision(
        criteria(("fit", [items("areas", "p", "q", "r")]), ("reach", [measured("companies")])),
        organisation("a", {**AREAS, "items": ["q"], "possible": ["r"]}, {"criterion": "companies", "value": 49}),
        organisation("b", {**AREAS, "items": ["r"]}, {"criterion": "companies", "value": 50}),
        organisation("c"),
        organisation(
            "m",
            {**AREAS, "items": ["p"] if member is None else member},
            {"criterion": "companies", "value": 10},
            role="member",
        ),
        *more,
    )


def test_items_and_criteria_are_covered_by_somebody_perhaps_or_not() -> None:
    found = ps.gaps(set_question(_areas(), "equal"), ["a"])
    rows = found.rows.set_index("title")
    assert rows.index.tolist() == ["areas: P", "areas: Q", "areas: R", "companies"]
    assert rows["covered"].tolist() == ["yes", "yes", "perhaps", "no"]
    assert rows["goal"].tolist() == ["fit", "fit", "fit", "reach"]
    assert rows["item"].tolist() == ["p", "q", "r", ""]
    # Half of the scale is 50 companies: A is just below, B just there.
    assert rows["others"].tolist() == [(), (), ("B",), ("B",)]
    assert rows["together"].tolist() == [
        "covered by 1",
        "covered by 1",
        "perhaps by 1; B would bring it",
        "nobody; B would bring it",
    ]
    assert found.sentence == (
        "Of 4 things that the partnership wants, 2 are covered, 1 perhaps, and nobody brings companies. Candidates "
        "outside the set would bring areas: R and companies."
    )


def test_cells_say_who_has_what_and_on_what_word() -> None:
    found = ps.gaps(set_question(_areas(), "equal"), ["c", "a"]).cells
    about = found[found["row"] == 2].set_index("organisation")
    assert about.index.tolist() == ["m", "a", "c"]
    assert about["joins"].tolist() == [False, True, True]
    assert about["state"].tolist() == ["lacks", "perhaps", "perhaps"]
    assert about["statement"].tolist() == ["not found", "perhaps: hinted at, or readers disagree", "unknown"]
    companies = found[found["row"] == 3].set_index("organisation")
    assert companies["statement"].tolist() == ["10 companies", "49 companies", "unknown"]
    assert companies["state"].tolist() == ["lacks", "lacks", "perhaps"]


@pytest.mark.parametrize(
    ("low", "value", "high", "state"),
    [(50, 50, 50, "has"), (20, 50, 60, "has"), (20, 40, 50, "perhaps"), (20, 30, 49, "lacks")],
)
def test_half_of_the_value_is_reached_perhaps_or_not(low: float, value: float, high: float, state: str) -> None:
    given = decision(
        criteria(("goal", [measured("x")])),
        organisation("a", {"criterion": "x", "value": value, "low": low, "high": high}),
    )
    assert ps.gaps(set_question(given, "equal"), ["a"]).cells["state"].tolist() == [state]


def test_what_does_not_apply_or_was_refused_is_told_so() -> None:
    given = decision(
        criteria(("goal", [items("areas", "p"), measured("x")])),
        organisation("a", {**AREAS, "status": "not_applicable"}, {"criterion": "x", "status": "not_applicable"}),
        organisation("b", {**AREAS, "status": "refused"}, {"criterion": "x", "status": "refused"}),
    )
    found = ps.gaps(set_question(given, "equal"), ["a", "b"]).cells
    assert found["state"].tolist() == ["lacks", "perhaps", "lacks", "perhaps"]
    assert found["statement"].tolist() == ["does not apply", "refused to say"] * 2


@pytest.mark.parametrize(
    ("member", "chosen", "sentence"),
    [
        (["p", "q", "r"], ["b"], "Of 4 things that the partnership wants, 4 are covered, and none is missing."),
        (
            ["p"],
            [],
            (
                "Of 4 things that the partnership wants, 1 is covered, and nobody brings areas: Q, areas: R "
                "and companies. "
                "Candidates outside the set would bring areas: Q, areas: R and companies."
            ),
        ),
        (
            [],
            [],
            (
                "Of 4 things that the partnership wants, 0 are covered, and nobody brings areas: P, areas: Q, "
                "areas: R and "
                "1 more. Candidates outside the set would bring areas: Q, areas: R and companies."
            ),
        ),
    ],
    ids=["all", "one", "none"],
)
def test_the_sentence(member: list[str], chosen: list[str], sentence: str) -> None:
    assert ps.gaps(set_question(_areas(member=member), "equal"), chosen).sentence == sentence


def test_one_thing_is_told_in_the_singular_and_nobody_leaves_an_empty_table() -> None:
    given = decision(criteria(("goal", [measured("x")])), organisation("a", {"criterion": "x", "value": 90}))
    found = ps.gaps(set_question(given, "equal"), [])
    assert found.sentence == (
        "Of one thing that the partnership wants, 0 are covered, and nobody brings x. Candidates outside the set would "
        "bring x."
    )
    assert found.cells.columns.tolist() == ["row", "organisation", "name", "joins", "state", "statement"]
    assert found.cells.empty


def test_many_who_would_bring_it_are_told_as_a_number() -> None:
    more = [organisation(one, {"criterion": "companies", "value": 90}) for one in ("d", "e", "f")]
    found = ps.gaps(set_question(_areas(*more), "equal"), ["a"])
    assert found.rows["together"].tolist()[-1] == "nobody; B, D, E and 1 more would bring it"
    assert ps.gaps(set_question(_areas(), "equal"), ["b", "c"]).rows["together"].tolist() == [
        "covered by 1, perhaps by 1 more",
        "perhaps by 1; A would bring it",
        "covered by 1, perhaps by 1 more",
        "covered by 1, perhaps by 1 more",
    ]


def test_who_cannot_join_is_refused() -> None:
    with pytest.raises(ps.RulesError, match=r"^M cannot join: it is a member already\.$"):
        ps.gaps(set_question(_areas(), "equal"), ["m"])
