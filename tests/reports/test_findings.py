"""The findings as JSON: complete, strict, and the same each time."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import numpy as np
import pandas as pd
import pytest

import partnerselect as ps
from partnerselect.model import Decision
from partnerselect.reports.findings import findings, plain
from tests.builders import criteria, decision, measured
from tests.reports.reported import HASH, contents, on_record, small


def strict(data: bytes) -> dict[str, Any]:
    def refuse(text: str) -> NoReturn:
        raise AssertionError(text)

    read: dict[str, Any] = json.loads(data, parse_constant=refuse)
    return read


def test_it_holds_the_decision_the_points_the_rules_and_every_result() -> None:
    found = strict(findings(contents(on_record=on_record())))
    assert Decision.model_validate(found["decision"]) == small()
    assert found["evaluation"]["points"] == {"reach": 50, "companies": 50, "hospitals": 50, "offer": 50, "areas": 50}
    assert [rule["id"] for rule in found["rules"]] == ["two"]
    assert found["chosen"] == ["alpha", "beta"]
    assert found["on_record"]["sha256"] == HASH
    assert found["on_record"]["closed_on"] == "2017-06-01"
    total = ps.evaluate(small(), "equal").ranking["total"]
    assert {row["candidate"]: row["total"] for row in found["evaluation"]["ranking"]} == total.to_dict()
    assert found["sets"]["verdict"]["kind"] in ("robust", "fragile", "tie")


def test_the_same_contents_give_the_same_bytes_in_one_way_of_writing() -> None:
    made = findings(contents())
    assert made == findings(contents())
    again = json.dumps(strict(made), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert made.decode() == again


def test_what_is_no_number_is_null() -> None:
    empty = decision(criteria(("goal", [measured("a")])))
    assert strict(findings(contents(empty)))["sensitivity"]["lead"] is None
    assert plain(float("nan")) is plain(np.float64("inf")) is plain(np.nan) is None


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (pd.DataFrame({"n": [1.5]}, index=pd.Index(["x"], name="id")), [{"id": "x", "n": 1.5}]),
        (pd.DataFrame({"n": [(1, 2)]}), [{"n": [1, 2]}]),
        (pd.Series({"a": np.int64(3)}), {"a": 3}),
        ({"deep": (np.bool_(True), None)}, {"deep": [True, None]}),
    ],
    ids=["table with ids", "table without", "series", "mapping"],
)
def test_results_become_plain_data(value: object, wanted: object) -> None:
    assert plain(value) == wanted
