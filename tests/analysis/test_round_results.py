"""What goes on record with a round can be computed again, to the last digit."""

from __future__ import annotations

import json

import pytest

from partnerselect.analysis.round_results import round_results
from partnerselect.model import Decision
from tests.builders import table

PAIR = [{"id": "two", "kind": "size", "at_least": 2, "at_most": 2}]


@pytest.fixture
def case() -> Decision:
    """Three candidates; gamma's b is unknown."""
    values: dict[str, dict[str, float | None]] = {
        "alpha": {"a": 90, "b": 10},
        "beta": {"a": 60, "b": 60},
        "gamma": {"a": 10, "b": None},
    }
    return table(values, set_rules=PAIR)


def test_the_record_holds_plain_numbers(case: Decision) -> None:
    # Totals: alpha 0.5, beta 0.6, gamma (0.1 + 0.5) / 2 = 0.3; the best pair is alpha and beta, (0.5 + 0.6) / 2.
    found = round_results(case, "equal", samples=50)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [(row["candidate"], row["rank"]) for row in found["ranking"]] == [("beta", 1), ("alpha", 2), ("gamma", 3)]
    assert found["contributions"]["gamma"] == {"a": pytest.approx(0.05), "b": pytest.approx(0.25)}
    assert found["sets"][0] == {"members": ["alpha", "beta"], "total": pytest.approx(0.55), "behind": 0.0}
    assert found["weights"] == {"a": 0.5, "b": 0.5}
    assert set(found["core_index"]) == {"alpha", "beta", "gamma"}


def test_a_decision_that_was_written_and_read_gives_the_same_to_the_last_digit(case: Decision) -> None:
    again = Decision.model_validate(json.loads(json.dumps(case.model_dump(mode="json"))))
    assert round_results(again, "equal", samples=200) == round_results(case, "equal", samples=200)


def test_another_seed_gives_other_draws(case: Decision) -> None:
    first, second = (round_results(case, "equal", seed=seed, samples=200)["core_index"] for seed in (0, 1))
    assert first != second


def test_rules_that_nobody_keeps_are_on_record_too(case: Decision) -> None:
    rules = case.set_rules[0].model_copy(update={"at_least": 4, "at_most": 4})
    found = round_results(case, "equal", [rules])
    assert found["sets"] == []
    assert found["no_set"] == ["No set keeps “Exactly 4 partners join”."]
