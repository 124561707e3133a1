"""A record holds the whole decision, reads back equal, and shows every change."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pydantic import ValidationError

import partnerselect as ps
from partnerselect.errors import RoundsError
from partnerselect.model import Decision
from partnerselect.rounds.plain_json import digest
from partnerselect.rounds.record import RoundRecord, checked, read_record, sealed, signature, stamp, written
from tests.builders import criteria, decision, measured, organisation
from tests.rounds.contents import POINTS, content, rich, small

ROOT = Path(__file__).resolve().parents[2]
OLDEST = Path(__file__).with_name("round_of_schema_1.json")
NOON = datetime(2017, 5, 31, 12, 0, tzinfo=UTC)


def record(of: Decision | None = None, **more: Any) -> RoundRecord:
    about = content(of=of, **more)
    return sealed(about, opened_at=NOON, closed_at=NOON + timedelta(hours=1), closed_by="Ann", previous=None)


def kept(of: Decision) -> Decision:
    """The decision as it comes back from a record."""
    points = dict.fromkeys(of.ids(), 50.0)
    plain: dict[str, Any] = {"points": points, "chosen": [], "rationale": {}, "conflicts": []}
    return read_record(written(record(of, **plain))).decision


def test_the_real_decision_comes_back_equal_and_gives_the_same_numbers_to_the_last_digit() -> None:
    before = ps.read_decision(ROOT / "criteria/photonics-for-health.yaml", ROOT / "candidates/photonics-for-health")
    after = kept(before)
    assert after == before
    assert hash(after) == hash(before)
    for viewpoint in before.viewpoints:
        then, now = ps.evaluate(before, viewpoint.points), ps.evaluate(after, viewpoint.points)
        assert_frame_equal(then.ranking, now.ranking, check_exact=True)
        assert_frame_equal(then.contributions, now.contributions, check_exact=True)


def test_every_kind_of_scale_rule_statement_and_fact_comes_back_equal() -> None:
    before = rich()
    after = kept(before)
    assert after == before
    assert [type(rule) for rule in after.set_rules] == [type(rule) for rule in before.set_rules]
    assert [fact.value for fact in after.candidates[0].facts] == [12.0, "12", None]
    assert type(after.candidates[0].facts[1].value) is str


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(lambda text: f"x{text}x")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SHARES = st.floats(0, 1)


@settings(max_examples=40)
@given(
    texts=st.tuples(TEXTS, TEXTS, TEXTS),
    numbers=st.tuples(NUMBERS, NUMBERS, NUMBERS),
    shares=st.tuples(SHARES, SHARES, SHARES, SHARES),
    said=st.none() | NUMBERS | TEXTS,
    day=st.dates().map(str),
)
def test_any_decision_comes_back_equal(
    texts: tuple[str, ...], numbers: tuple[float, ...], shares: tuple[float, ...], said: float | str | None, day: str
) -> None:
    low, best, high = sorted(numbers)
    fact = {"id": "f", "field": "f", "value": said, "unit": texts[0], "source": texts[1], "as_of": day[:7]}
    before = decision(
        criteria(
            (
                "goal",
                [measured("one", [(low, 0), (best, shares[0]), (high, 1)] if low < best < high else [(0, 0), (1, 1)])],
            ),
            doubt={"grades": dict(zip("abcd", shares, strict=True)), "per_year": shares[0]},
            title=texts[0],
            as_of=day,
        ),
        organisation("ada", {"criterion": "one", "value": best, "low": low, "high": high}, facts=[fact], note=texts[2]),
    )
    assert kept(before) == before


def test_a_round_record_comes_back_equal_and_its_hash_can_be_checked_with_any_sha256() -> None:
    before = record()
    text = written(before)
    assert read_record(text) == before
    assert hash(read_record(text)) == hash(before)
    plain = json.loads(text)
    assert plain.pop("sha256") == before.sha256
    again = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert sha256(again).hexdigest() == before.sha256
    assert (plain["opened_at"], plain["closed_at"]) == ("2017-05-31T12:00:00Z", "2017-05-31T13:00:00Z")


def test_a_record_laid_out_otherwise_is_the_same_record() -> None:
    before = record()
    assert read_record(json.dumps(json.loads(written(before)), indent=4)) == before


def test_moments_are_kept_in_utc_to_the_second() -> None:
    there = timezone(timedelta(hours=2))
    moment = datetime(2017, 5, 31, 14, 0, 5, 999_999, tzinfo=there)
    found = sealed(content(), opened_at=moment, closed_at=moment, closed_by="Ann", previous=None)
    assert stamp(found.closed_at) == stamp(moment) == "2017-05-31T12:00:05Z"
    assert read_record(written(found)) == found


CHANGES: list[Any] = [
    pytest.param(("points", "cost"), 20.000000000000004, id="the-last-digit-of-a-weight"),
    pytest.param(("decision", "candidates", 0, "evidence", 0, "value"), 11.0, id="evidence"),
    pytest.param(("decision", "candidates", 0, "name"), "Adb", id="a-letter"),
    pytest.param(("chosen",), ["bob"], id="the-chosen"),
    pytest.param(("results", "totals", "ada"), 0.3, id="a-result"),
    pytest.param(("rationale", "text"), None, id="a-text-taken-away"),
    pytest.param(("closed_by",), "Bob", id="who-closed-it"),
    pytest.param(("closed_at",), "2017-05-31T13:00:01Z", id="when"),
    pytest.param(("previous",), "0" * 64, id="its-place"),
    pytest.param(("sha256",), "0" * 64, id="its-hash"),
    pytest.param(("sha256",), None, id="no-hash"),
    pytest.param(("more",), 1, id="something-more"),
]


@pytest.mark.parametrize(("place", "value"), CHANGES)
def test_a_changed_record_is_refused(place: tuple[Any, ...], value: object) -> None:
    plain = json.loads(written(record()))
    part = plain
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    with pytest.raises(RoundsError, match=r"^The record was changed: its content does not match its hash\.$"):
        read_record(json.dumps(plain))


def test_a_record_changed_in_memory_is_refused() -> None:
    found = record()
    assert checked(found) is found
    with pytest.raises(RoundsError, match="Round 2017-05 was changed"):
        checked(found.model_copy(update={"title": "Another"}))
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.results["totals"]["ada"] = 1.0
    with pytest.raises(ValidationError, match="frozen"):
        found.title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("schema_version", "found"),
    [
        pytest.param(2, "has schema version 2, and PartnerSelect .* reads version 1: open it with a newer", id="newer"),
        pytest.param(True, "no schema_version", id="no-number"),
        pytest.param(None, "no schema_version", id="none"),
    ],
)
def test_the_version_of_a_record_is_checked_first(schema_version: object, found: str) -> None:
    plain = {**json.loads(written(record())), "schema_version": schema_version, "new_field": 1}
    plain["sha256"] = digest(plain)
    with pytest.raises(RoundsError, match=found):
        read_record(json.dumps(plain))


def test_a_rightly_hashed_record_that_is_not_complete_is_refused_with_the_places() -> None:
    plain = json.loads(written(record()))
    del plain["decision"]["title"], plain["closed_by"]
    plain["sha256"] = digest(plain)
    with pytest.raises(
        RoundsError, match=r"cannot be kept: decision\.title: Field required; closed_by: Field required"
    ):
        read_record(json.dumps(plain))


def test_the_oldest_record_stays_readable() -> None:
    """Kept since records exist. If it cannot be read any more, a change of the model has broken old rounds."""
    found = read_record(OLDEST.read_bytes())
    assert found.sha256 == "9ddcea0a6dfe0798abf7eb29ce073d58b9643466c9a030b6e9f5db3d53a8ff43"
    assert found.decision == rich()


def test_fields_that_records_got_later_take_their_defaults() -> None:
    plain = json.loads(written(record()))
    del plain["decision"]["verdict"], plain["rationale"]["text"], plain["conflicts"]
    plain["sha256"] = digest(plain)
    found = read_record(json.dumps(plain))
    assert (found.conflicts, found.rationale.text, found.decision) == ((), None, small())


@pytest.mark.parametrize(
    ("more", "found"),
    [
        pytest.param(
            {"points": {**POINTS, "other": 1}}, "points names other, which the decision does not", id="points"
        ),
        pytest.param({"chosen": ["eve"]}, "chosen names eve", id="chosen"),
        pytest.param({"chosen": ["ada", "ada"]}, "chosen names a candidate twice", id="twice"),
        pytest.param({"rationale": {"criteria": {"no": "x"}}}, r"rationale\.criteria names no", id="criterion"),
        pytest.param({"rationale": {"candidates": {"no": "x"}}}, r"rationale\.candidates names no", id="candidate"),
        pytest.param({"conflicts": [{"person": "Eve", "candidate": "no"}]}, "conflicts names no", id="conflict"),
        pytest.param({"results": {"a": float("nan")}}, "a is not a finite number: write None", id="nan"),
        pytest.param({"round_id": "2017/05"}, "'2017/05' cannot stand in addresses: write at most 40 of a-z", id="id"),
        pytest.param({"title": "two\nlines"}, "String should match pattern", id="title"),
        pytest.param({"seed": -1}, "greater than or equal to 0", id="seed"),
    ],
)
def test_what_does_not_fit_its_decision_is_no_content_of_a_round(more: dict[str, Any], found: str) -> None:
    with pytest.raises(ValidationError, match=found):
        content(**more)


def test_a_decision_that_json_cannot_hold_is_refused_when_it_is_sealed() -> None:
    broken = small().model_copy(update={"title": "\ud800"})
    with pytest.raises(RoundsError, match=r"cannot be kept: decision\.title: .* unicode"):
        record(broken)


@pytest.mark.parametrize("by", ["", "  ", "two\nlines", "x" * 201])
def test_whoever_acts_has_a_name_of_one_line(by: str) -> None:
    with pytest.raises(RoundsError, match="Say who does this"):
        signature(by)
    assert signature("  Zoë ") == "Zoë"
