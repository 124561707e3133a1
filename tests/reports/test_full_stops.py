"""Sentences that end with a name such as “Alpha e.V.” have one full stop, wherever reports tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from partnerselect.analysis.words import sentence
from partnerselect.model import Decision
from partnerselect.reports.document import document
from partnerselect.reports.minutes import minutes
from partnerselect.reports.report_pictures import report_pictures
from tests.builders import criteria, decision, items, measured, organisation
from tests.reports.reported import PAIR, contents, on_record

TWO = re.compile(r"(?<!\.)\.\.(?!\.)")


def dotted() -> Decision:
    """A decision in which every name and every title ends with a full stop."""
    joins = {"kind": "must", "candidates": ["beta"], "active": False, "why": "They asked.", "title": "Beta e.V. joins."}
    gate = {"id": "eu", "title": "In the EU.", "rule": "In it.", "attribute": "country", "one_of": ["FR"]}
    content = criteria(
        ("reach", [measured("companies"), measured("hospitals")]),
        ("offer", [items("areas", "optics", "imaging"), measured("nobody_knows")]),
        set_rules=[*PAIR, {"id": "beta", **joins}],
        gates=[gate],
    )
    for goal in content["goals"]:
        goal["title"] += "."
        for criterion in goal["criteria"]:
            criterion["title"] += " etc."
            for item in criterion["scale"].get("items", ()):
                item["title"] += "."
    equal = content["viewpoints"][0]
    equal["title"] = "Equal."
    content["viewpoints"].append({"id": "other", "title": "Other.", "points": {**equal["points"], "reach": 90}})
    said: dict[str, list[dict[str, Any]]] = {
        "alpha": [
            {"criterion": "companies", "value": 80, "low": 20, "high": 90},
            {"criterion": "hospitals", "value": 20, "by": "Eve", "reason": "Counted on its list.", "grade": "b"},
            {"criterion": "areas", "items": ["imaging"]},
        ],
        "beta": [{"criterion": "companies", "value": 60}, {"criterion": "areas", "items": []}],
        "gamma": [{"criterion": "companies", "value": 50}, {"criterion": "companies", "value": 40, "unit": "p.c."}],
        "delta": [{"criterion": "companies", "value": 10}],
        "founder": [{"criterion": "areas", "items": ["optics"]}],
    }
    more: dict[str, dict[str, Any]] = {"delta": {"country": "DE"}, "founder": {"role": "member"}}
    return decision(
        content,
        *(
            organisation(one, *own, name=f"{one.title()} e.V.", region="North.", **more.get(one, {}))
            for one, own in said.items()
        ),
    )


def texts(content: object) -> Iterator[str]:
    """Every text of what the template is given; those of charts are none of sentences."""
    if isinstance(content, dict):
        yield from (told for name, one in content.items() if name != "svg" for told in texts(one))
    elif isinstance(content, list):
        yield from (told for one in content for told in texts(one))
    elif isinstance(content, str):
        yield content


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"chosen": ("alpha", "gamma"), "on_record": on_record(round_title="Jan.", rationale="Reach.")},
        {"points": {"companies": 1}},
    ],
    ids=["draft", "closed round", "one criterion"],
)
def test_names_that_end_with_a_dot_end_sentences_with_one(more: dict[str, Any]) -> None:
    found = contents(dotted(), **more)
    told = [*texts(document(found)), *minutes(found).split("\n"), *(one.alt for one in report_pictures(found))]
    assert len(told) > 100
    assert [one for one in told if TWO.search(one)] == []


def test_a_sentence_gets_the_full_stop_that_it_lacks() -> None:
    assert sentence("Chosen: Alpha") == "Chosen: Alpha."
    assert sentence("Chosen: Alpha e.V.") == "Chosen: Alpha e.V."
