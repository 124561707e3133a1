"""Every chart of the pages as a picture: it opens, needs no network, and is told in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

import partnerselect as ps
from partnerselect.analysis.round_side import Side
from partnerselect.model import Decision
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.report_pictures import ReportPicture, list_of_pictures, report_pictures
from tests.builders import criteria, decision, measured, organisation, table
from tests.reports.reported import HOSTILE, PAIR, contents, small

EVERY = [
    "evidence-by-criterion",
    "evidence-matrix",
    "viewpoint-weights",
    "viewpoint-ranks",
    "viewpoint-agreement",
    "ranking",
    "first-two",
    "weight-sweeps",
    "smallest-change",
    "evidence-tornado",
    "rank-acceptability",
    "possible-ranks",
    "second-opinions",
    "next-best-sets",
    "best-set-against-the-next",
    "core-index",
    "coverage",
    "map",
    "questions",
    "timeline",
    "rank-bump",
    "rank-changes",
    "total-changes",
    "weights-before-and-after",
]
OWN = {"companies": 20.0, "hospitals": 90.0, "areas": 40.0, "reach": 100.0, "offer": 30.0}


@pytest.fixture(scope="module")
def full() -> ReportContents:
    """Own points, with a round before in which others led and areas did not count."""
    own = located()
    compared = ps.compare_rounds(Side(own, {**OWN, "hospitals": 0.0, "offer": 0.0}, title="2015"), Side(own, OWN))
    rows = [(title, pd.Timestamp(title), "Alpha") for title in ("2015", "2017")]
    choices = pd.DataFrame(rows, columns=["round", "as_of", "name"])
    return contents(own, OWN, compared=compared, choices=choices)


@pytest.fixture(scope="module")
def pictures(full: ReportContents) -> tuple[ReportPicture, ...]:
    return report_pictures(full)


def located() -> Decision:
    """The small decision, in which one candidate has a place on the map."""
    first, *others = small().candidates
    place = {"place": "Vilnius", "latitude": 54.7, "longitude": 25.3}
    moved = type(first).model_validate({**first.model_dump(), "location": place})
    return small().model_copy(update={"candidates": (moved, *others)})


def names(of: ReportContents) -> set[str]:
    return {one.name for one in report_pictures(of)}


def test_every_chart_of_the_pages_is_a_picture(pictures: tuple[ReportPicture, ...]) -> None:
    assert [one.name for one in pictures] == EVERY


def test_every_picture_opens_and_asks_no_network(pictures: tuple[ReportPicture, ...]) -> None:
    for one in pictures:
        root = ElementTree.fromstring(one.file("svg"))  # noqa: S314 - drawn here
        assert root.findtext("{http://www.w3.org/2000/svg}title") == one.title
        assert root.findtext("{http://www.w3.org/2000/svg}desc") == one.alt
        addresses = [value for part in root.iter() for name, value in part.attrib.items() if name.endswith("href")]
        assert addresses == []
        assert not re.search(rb"url\((?!#)|@import|<(script|image|foreignObject)\b", one.file("svg")), one.name
        assert one.file("png").startswith(b"\x89PNG\r\n\x1a\n")


def test_the_list_says_in_words_what_each_picture_shows(pictures: tuple[ReportPicture, ...]) -> None:
    told = list_of_pictures(pictures)
    assert [line[3:] for line in told.splitlines() if line.startswith("## ")] == [
        "Overview",
        "Candidates",
        "Weights",
        "Ranking",
        "Sensitivity",
        "Shortlist",
        "Ask next",
        "Rounds",
    ]
    for one in pictures:
        assert f"### {one.title}\n\n`{one.name}.svg`, `{one.name}.png`\n\n{one.alt[:12]}" in told
    assert "Alpha" in told


def test_texts_of_the_decision_do_nothing_in_the_list() -> None:
    own = decision(
        criteria(("goal", [measured("a")]), set_rules=PAIR),
        *(organisation(f"c{at}", {"criterion": "a", "value": at}, name=f"{at} {HOSTILE}"[:120]) for at in range(3)),
    )
    told = list_of_pictures(report_pictures(contents(own)))
    assert not re.search(r"(?<!\\)(<b>|\]\(|\*bold|`raw)", told)


def test_points_of_nobody_stand_beside_the_viewpoints(full: ReportContents) -> None:
    (shown,) = [one for one in report_pictures(full) if one.name == "viewpoint-ranks"]
    assert "Points in force" in shown.alt
    (usual,) = [one for one in report_pictures(contents()) if one.name == "viewpoint-ranks"]
    assert "Points in force" not in usual.alt


@pytest.mark.parametrize(
    ("own", "there", "missing"),
    [
        (decision(criteria(("goal", [measured("a")]))), {"evidence-by-criterion"}, {"ranking", "weight-sweeps"}),
        (table({"alpha": {"a": 10}}), {"ranking", "core-index"}, {"first-two", "second-opinions", "next-best-sets"}),
        (table({"alpha": {"a": None}, "beta": {"a": None}}), {"ranking", "possible-ranks"}, {"map", "rank-bump"}),
        (
            table(
                {"alpha": {"a": 9}, "beta": {"a": 3}},
                set_rules=[{"id": "four", "kind": "size", "at_least": 4, "at_most": 4}],
            ),
            {"ranking"},
            {"core-index", "coverage", "next-best-sets"},
        ),
    ],
    ids=["no candidate", "one candidate", "nothing known", "no allowed set"],
)
def test_decisions_with_little_in_them_have_fewer_pictures(own: Decision, there: set[str], missing: set[str]) -> None:
    found = contents(own)
    assert there <= names(found)
    assert not missing & names(found)
    for one in report_pictures(found):
        assert one.alt
        assert one.svg


@pytest.mark.parametrize(("count", "there"), [(50, True), (51, False)])
def test_possible_ranks_are_searched_for_among_fifty_candidates_at_most(count: int, there: bool) -> None:
    own = table({f"c{row}": {"a": row} for row in range(count)}, set_rules=PAIR)
    assert ("possible-ranks" in names(contents(own))) is there


def test_a_round_like_the_one_before_has_nothing_that_moved() -> None:
    compared = ps.compare_rounds(Side(small(), "equal", title="2015"), Side(small(), "equal", title="2017"))
    found = names(contents(compared=compared))
    assert {"rank-bump", "weights-before-and-after"} <= found
    assert not {"rank-changes", "total-changes"} & found


def test_nothing_is_worked_out_before_a_picture_is_asked_for(
    full: ReportContents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this costs time")

    for name in ("robustness", "extremes", "second_opinions", "compare_viewpoints", "compare_sets", "evidence_table"):
        monkeypatch.setattr(f"partnerselect.reports.picture_findings.{name}", refuse)
    assert len(report_pictures(full)) == len(EVERY)
