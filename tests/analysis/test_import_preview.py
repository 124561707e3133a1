"""What a spreadsheet would change, in words."""

from __future__ import annotations

import math

import pytest

from partnerselect.analysis.import_preview import change_table, import_preview
from partnerselect.errors import Issue
from partnerselect.model import Candidate, Evidence
from partnerselect.model.imports import Change, Import
from tests.builders import criteria, decision, measured, organisation

OWN = decision(
    criteria(("goal", [measured("reach"), measured("depth")])),
    organisation("alpha", {"criterion": "reach", "value": 40, "as_of": "2016"}, name="Alpha Cluster"),
    organisation("beta", name="Beta"),
    organisation("gamma", {"criterion": "reach", "value": 10}, role="member"),
)
STANDS = OWN.candidates[0].evidence[0]
NOVA = Candidate(schema_version=1, id="nova", name="Nova", kind="x", country="FR", region="R")


def said(criterion: str, value: float, as_of: str = "2017-01") -> Evidence:
    return Evidence(criterion=criterion, value=value, grade="a", as_of=as_of, source="s")


def coming(candidate: str, one: Evidence, place: str = "B2") -> Change:
    return Change(candidate, one.criterion, None, one, None, place)


def test_an_import_of_nothing_says_so() -> None:
    preview = import_preview(OWN, Import("f"))
    assert preview.sentences == ("Nothing would change: the file says what stands already.",)
    assert (len(preview.changes), len(preview.newcomers), len(preview.points)) == (0, 0, 0)
    assert preview.after == OWN


def test_a_cell_is_told_before_and_after_with_its_value() -> None:
    preview = import_preview(OWN, Import("f", changes=(coming("alpha", said("reach", 60)),)))
    (row,) = preview.changes.to_dict("records")
    assert (row["name"], row["title"], row["kind"], row["place"]) == ("Alpha Cluster", "reach", "new", "B2")
    assert (row["before"], row["after"]) == ("40 companies", "60 companies")
    # from 0 to 100 in a straight line: 40 has the value 0.4, and 60 has 0.6
    assert (row["value_before"], row["value_after"], row["change"]) == pytest.approx((0.4, 0.6, 0.2))
    assert row["moves"]
    assert preview.sentences == ("1 cell would change, of Alpha Cluster.", "1 statement comes.")
    assert [one.value for one in preview.after.candidates[0].evidence] == [40, 60]


def test_what_nobody_knew_has_no_value_before() -> None:
    (row,) = import_preview(OWN, Import("f", changes=(coming("beta", said("depth", 30)),))).changes.to_dict("records")
    assert (row["before"], row["after"]) == ("unknown", "30 companies")
    assert math.isnan(row["value_before"])
    assert math.isnan(row["change"])
    assert row["value_after"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    "one",
    [said("reach", 60, "2015"), said("reach", 60, "2018"), said("reach", 40)],
    ids=["older", "later than the decision's day", "the same"],
)
def test_a_statement_that_moves_nothing_is_told(one: Evidence) -> None:
    preview = import_preview(OWN, Import("f", changes=(coming("alpha", one),)))
    assert not preview.changes["moves"].any()
    assert preview.sentences[-1].startswith("In 1 cell what is known stays the same: ")


def test_a_newcomer_is_named_with_its_cells() -> None:
    changes = (coming("nova", said("reach", 5)), coming("nova", said("depth", 6)), coming("gamma", said("depth", 7)))
    preview = import_preview(OWN, Import("f", changes=changes, newcomers=(NOVA,)))
    assert preview.changes["kind"].to_list() == ["newcomer", "newcomer", "new"]
    assert preview.newcomers.loc["nova"].to_dict() == {
        "name": "Nova", "kind": "x", "country": "FR", "region": "R", "cells": 2,
    }  # fmt: skip
    assert preview.sentences == (
        "3 cells would change, of Nova and Gamma.",
        "Nova is a new candidate, with 2 cells.",
        "3 statements come.",
    )
    assert [one.id for one in preview.after.candidates] == ["alpha", "beta", "nova"]


def test_statements_that_change_and_go_are_counted_and_said() -> None:
    own = decision(
        criteria(("goal", [measured("reach"), measured("depth")])),
        organisation("alpha", {"criterion": "reach", "value": 40}, {"criterion": "depth", "value": 2}, name="Alpha"),
    )
    first, second = own.candidates[0].evidence
    other = first.model_copy(update={"value": 50.0, "as_of": "2016-10"})
    changes = (
        Change("alpha", "reach", first, other, 0, "Evidence!E5"),
        Change("alpha", "depth", second, None, 1, ""),
        coming("alpha", said("reach", 70)),
    )
    preview = import_preview(own, Import("f", changes=changes))
    assert preview.changes["kind"].to_list() == ["changed", "removed", "new"]
    assert preview.changes["differs"].to_list() == ["value, as of", "", ""]
    assert preview.changes["after"].to_list() == ["70 companies", "unknown", "70 companies"]
    assert preview.sentences == (
        "2 cells would change, of Alpha.",
        "1 statement comes, 1 statement changes and 1 statement goes.",
    )


def test_points_are_told_against_those_of_the_workbook() -> None:
    before = dict.fromkeys(OWN.ids(), 50.0)
    found = Import("f", points={**before, "reach": 80.0}, points_before=before)
    preview = import_preview(OWN, found)
    assert preview.points.to_dict("index") == {"reach": {"title": "reach", "before": 50.0, "after": 80.0}}
    assert preview.sentences == (
        "1 of 3 points has been moved since the workbook was made; all of them would become a new viewpoint.",
    )
    preview = import_preview(OWN, Import("f", points=before))
    assert preview.sentences == ("The points of the sheet are in no viewpoint yet; they would become a new one.",)
    assert preview.points["before"].isna().all()


def test_problems_stand_in_the_way() -> None:
    issue = Issue("f", None, "B2", "wrong", "mend it")
    told = import_preview(OWN, Import("f", problems=(issue,))).sentences
    assert told == ("1 problem stands in the way: nothing can be written before the file is mended.",)
    told = import_preview(
        OWN, Import("f", changes=(coming("beta", said("reach", 1)),), problems=(issue,) * 2)
    ).sentences
    assert told[-1].startswith("2 problems stand in the way")


def test_what_is_left_out_leaves_what_is_known_as_it_is() -> None:
    found = Import(
        "f",
        changes=(
            coming("alpha", said("reach", 60)),
            coming("nova", said("reach", 20)),
            coming("beta", said("depth", 1)),
        ),
        newcomers=(NOVA,),
    )
    taken = found.accepted([2])
    rows = change_table(OWN, taken.applied_to(OWN), found)
    assert rows["name"].to_list() == ["Alpha Cluster", "Nova", "Beta"]
    assert rows["before"].to_list() == ["40 companies", "unknown", "unknown"]
    assert rows["after"].to_list() == ["40 companies", "unknown", "1 companies"]
    assert rows["moves"].to_list() == [False, False, True]
