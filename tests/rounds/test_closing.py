"""Closing makes the next round of a chain; of two who close, one wins and the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from partnerselect.errors import RoundsError
from partnerselect.rounds.failures import DraftClosedError, NotThereError
from partnerselect.rounds.record import RoundRecord, checked
from partnerselect.rounds.store import Store
from tests.rounds.contents import closed, content, draft, small


def test_a_closed_round_holds_what_was_decided_by_whom_and_when(store: Store) -> None:
    new = store.create_draft(draft(), "Ann")
    record = store.close(new.id, new.revision, content(), "Zoë")
    assert checked(store.round_("2017-05")) == record == store.round_(record.sha256)
    assert (record.closed_by, record.opened_at, record.previous) == ("Zoë", new.opened_at, None)
    assert record.closed_at >= record.opened_at
    assert record.software == "0.1.0"
    assert record.decision == small()
    assert record.results["totals"]["ada"] == 0.1 + 0.2


def test_each_round_carries_the_hash_of_the_round_before_of_its_decision(store: Store) -> None:
    one, other, two = closed(store, "2017-05"), closed(store, "2017-05", "other"), closed(store, "2017-11")
    assert (one.previous, two.previous, other.previous) == (None, one.sha256, None)
    listed = store.rounds("small")
    assert [(each.number, each.id, each.sha256, each.previous) for each in listed] == [
        (1, "2017-05", one.sha256, None),
        (2, "2017-11", two.sha256, one.sha256),
    ]
    assert (listed[0].title, listed[0].closed_by, listed[0].closed_at) == (one.title, "Ann", one.closed_at)
    assert {each.decision for each in store.rounds()} == {"small", "other"}
    assert str(store.verify()) == "All 3 rounds are as they were closed."


def test_a_round_is_found_by_its_id_where_that_says_which_one(store: Store) -> None:
    closed(store), closed(store, decision_id="other")
    with pytest.raises(NotThereError, match=r"Several decisions have a round 2017-05 \(other, small\): say which"):
        store.round_("2017-05")
    assert store.round_("2017-05", "other").decision.id == "other"
    with pytest.raises(NotThereError, match=r"There is no round 2016\."):
        store.round_("2016")


def test_a_round_is_found_by_the_first_signs_of_its_hash(store: Store) -> None:
    record = closed(store)
    assert store.round_(record.sha256[:12]).sha256 == record.sha256
    with pytest.raises(NotThereError, match="There is no round"):
        store.round_(record.sha256[:11])


def test_listing_rounds_reads_no_record(store: Store) -> None:
    closed(store)
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(store._database.engine, "before_cursor_execute", note)
    assert len(store.rounds()) == len(store.rounds("small")) == 1
    assert [statement for statement in asked if "FROM rounds" in statement]
    assert [statement for statement in asked if "record" in statement] == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param(
            {"points": {"goal": 0.0, "cost": 20.0, "reach": 80.0}}, "No criterion has any weight", id="points"
        ),
        pytest.param(
            {"rules": [{"id": "who", "kind": "must", "candidates": ["eve"]}]}, "The rule who names eve, whom", id="rule"
        ),
    ],
)
def test_a_round_that_no_page_could_show_is_not_closed(store: Store, more: dict[str, Any], told: str) -> None:
    new = store.create_draft(draft(), "Ann")
    with pytest.raises(RoundsError, match=told):
        store.close(new.id, new.revision, content(**more), "Ann")
    assert store.rounds() == ()


def test_a_round_whose_ids_are_ambiguous_is_not_closed(store: Store) -> None:
    twice = small().model_copy(update={"candidates": (*small().candidates, small().candidates[0])})
    new = store.create_draft(draft(), "Ann")
    with pytest.raises(RoundsError, match="Two organisations of the decision have the id ada"):
        store.close(new.id, new.revision, content(of=twice), "Ann")


def test_a_glance_says_who_was_chosen_on_which_day(store: Store) -> None:
    one, two = closed(store, "2017-05"), closed(store, "2017-11")
    seen = store.glances([two.sha256, "f" * 64])
    assert set(seen) == {two.sha256}
    assert (seen[two.sha256].title, seen[two.sha256].as_of) == (two.title, two.decision.as_of)
    assert seen[two.sha256].chosen == tuple(each.name for each in two.decision.candidates if each.id in two.chosen)
    assert set(store.glances([one.sha256, two.sha256])) == {one.sha256, two.sha256}


def test_a_timeline_goes_from_the_oldest_to_the_round_that_is_asked_for(store: Store) -> None:
    made = [closed(store, name) for name in ("r1", "r2", "r3")]
    closed(store, "r1", "other")
    assert [one.sha256 for one in store.timeline("small")] == [one.sha256 for one in made]
    assert [one.sha256 for one in store.timeline("small", made[1].sha256)] == [one.sha256 for one in made[:2]]
    assert store.timeline("nobody") == ()


@pytest.mark.parametrize(
    ("more", "found"),
    [
        pytest.param({"of": small("other")}, "The draft is about small, and the content about other", id="decision"),
        pytest.param({"round_id": "taken"}, "There is a round taken of small already: give this one another", id="id"),
    ],
)
def test_what_cannot_be_closed_leaves_the_draft_open(store: Store, more: dict[str, Any], found: str) -> None:
    closed(store, "taken")
    new = store.create_draft(draft(), "Ann")
    with pytest.raises(RoundsError, match=found):
        store.close(new.id, new.revision, content(**more), "Ann")
    assert store.drafts("small") == (new,)
    assert len(store.rounds()) == 1


def test_a_round_that_is_too_large_to_be_taken_elsewhere_is_not_closed(store: Store) -> None:
    new = store.create_draft(draft(), "Ann")
    with pytest.raises(RoundsError, match="larger than 20 MB, and cannot be kept"):
        store.close(new.id, new.revision, content(results={"text": "x" * 20_000_000}), "Ann")
    assert store.drafts("small") == (new,)


def together(*steps: Callable[[], RoundRecord]) -> list[RoundRecord | RoundsError]:
    """Results of steps that begin at the same moment."""
    barrier, results = threading.Barrier(len(steps)), [RoundsError("not run")] * len(steps)
    ended: list[RoundRecord | RoundsError] = list(results)

    def run(place: int, step: Callable[[], RoundRecord]) -> None:
        barrier.wait()
        try:
            ended[place] = step()
        except RoundsError as error:
            ended[place] = error

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_of_those_who_close_the_same_draft_one_wins_and_the_others_are_told(
    store: Store, url: str, opened: Callable[..., Store]
) -> None:
    new = store.create_draft(draft(), "Ann")
    people = {name: opened(url, wait=30) for name in ("Ann", "Bob", "Eve")}

    def closing(name: str) -> Callable[[], RoundRecord]:
        return lambda: people[name].close(new.id, new.revision, content(f"by-{name.lower()}"), name)

    ended = together(*map(closing, people))
    records = [one for one in ended if isinstance(one, RoundRecord)]
    told = [one for one in ended if isinstance(one, DraftClosedError)]
    assert (len(records), len(told)) == (1, 2)
    winner = records[0].closed_by
    assert {(one.by, one.round_id, one.at) for one in told} == {(winner, f"by-{winner.lower()}", records[0].closed_at)}
    assert [each.sha256 for each in store.rounds()] == [records[0].sha256]
    assert store.verify().fault is None


def test_drafts_that_are_closed_at_the_same_moment_follow_each_other(
    store: Store, url: str, opened: Callable[..., Store]
) -> None:
    drafts = [store.create_draft(draft(), "Ann") for _ in range(4)]
    stores = [opened(url, wait=30) for _ in drafts]

    def closing(place: int) -> Callable[[], RoundRecord]:
        return lambda: stores[place].close(drafts[place].id, 1, content(f"r{place}"), "Ann")

    ended = together(*map(closing, range(4)))
    assert [one for one in ended if isinstance(one, RoundsError)] == []
    assert [each.number for each in store.rounds()] == [1, 2, 3, 4]
    assert str(store.verify()) == "All 4 rounds are as they were closed."
