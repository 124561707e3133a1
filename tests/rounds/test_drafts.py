"""Drafts collect changes; nobody overwrites what somebody else saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from partnerselect.errors import RoundsError
from partnerselect.model import SizeRule
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.failures import DraftClosedError, NotThereError, StaleDraftError
from partnerselect.rounds.record import now
from partnerselect.rounds.store import Store
from tests.rounds.contents import closed, content, draft

EVERYTHING = {
    "viewpoint": "equal",
    "rules": [{"id": "size", "kind": "size", "at_most": 2}, "at most 1 of region Łódź"],
    "chosen": ["ada"],
    "rationale": {"text": "a\u0000b \U0001f600", "criteria": {"cost": "c"}, "candidates": {"bob": "b"}},
    "participants": [{"name": "Zoë"}],
    "conflicts": [{"person": "Zoë", "candidate": "bob"}],
}


def test_a_draft_comes_back_as_it_was_stored_in_another_session(
    store: Store, url: str, opened: Callable[..., Store]
) -> None:
    new = store.create_draft(draft(**EVERYTHING), "Ann")
    assert (new.revision, new.updated_by) == (1, "Ann")
    assert new.updated_at is not None
    assert abs((new.updated_at - datetime.now(UTC)).total_seconds()) < 60
    there = opened(url)
    assert there.draft(new.id) == new
    assert there.drafts("small") == (new,)
    assert there.drafts("other") == ()
    assert new.rules is not None
    assert [type(rule) for rule in new.rules] == [SizeRule, str]


def test_saving_makes_a_new_revision(store: Store) -> None:
    first = store.create_draft(draft(), "Ann")
    second = store.save_draft(first.model_copy(update={"title": "June", "chosen": ["bob"]}), "Bob")
    assert (second.revision, second.title, second.chosen, second.updated_by) == (2, "June", ("bob",), "Bob")
    assert second.opened_at == first.opened_at
    assert store.draft(first.id) == second


def test_who_saves_an_older_revision_is_told_who_saved_the_newer_one_and_when(store: Store) -> None:
    first = store.create_draft(draft(), "Ann")
    second = store.save_draft(first.model_copy(update={"title": "June"}), "Bob")
    with pytest.raises(
        StaleDraftError, match=r"Bob saved the draft “June” on \d{4}-\d\d-\d\d at \d\d:\d\d UTC"
    ) as told:
        store.save_draft(first.model_copy(update={"title": "July"}), "Ann")
    assert (told.value.by, told.value.at) == ("Bob", second.updated_at)
    assert store.draft(first.id) == second
    with pytest.raises(StaleDraftError, match="Bob saved"):
        store.discard_draft(first.id, first.revision)
    with pytest.raises(StaleDraftError, match="Bob saved"):
        store.close(first.id, first.revision, content(), "Ann")
    assert store.rounds() == ()


def test_a_discarded_draft_is_gone(store: Store) -> None:
    new = store.create_draft(draft(), "Ann")
    store.discard_draft(new.id, new.revision)
    assert store.drafts("small") == ()
    for step in (
        lambda: store.draft(new.id),
        lambda: store.save_draft(new, "Ann"),
        lambda: store.discard_draft(new.id, new.revision),
        lambda: store.close(new.id, new.revision, content(), "Ann"),
    ):
        with pytest.raises(NotThereError, match="no such draft any more"):
            step()


def test_a_closed_draft_stays_and_takes_no_change(store: Store) -> None:
    new = store.create_draft(draft(), "Ann")
    record = store.close(new.id, new.revision, content(), "Zoë")
    assert store.drafts("small") == ()
    assert store.draft(new.id) == new
    for step in (
        lambda: store.save_draft(new, "Ann"),
        lambda: store.discard_draft(new.id, new.revision),
        lambda: store.close(new.id, new.revision, content("2017-06"), "Ann"),
    ):
        with pytest.raises(DraftClosedError, match=r"Zoë closed the draft “May” on .* UTC, as round 2017-05\.") as told:
            step()
        assert (told.value.by, told.value.at) == ("Zoë", record.closed_at)
        assert (told.value.round_id, told.value.sha256) == ("2017-05", record.sha256)


def test_a_draft_can_begin_from_a_round_that_is_there(store: Store) -> None:
    base = closed(store).sha256
    assert store.create_draft(draft(base=base), "Ann").base == base
    with pytest.raises(NotThereError, match=r"no round with the hash 000000000000…"):
        store.create_draft(draft(base="0" * 64), "Ann")


def test_drafts_are_listed_with_the_one_saved_last_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    older, newer = store.create_draft(draft(), "Ann"), store.create_draft(draft(), "Ann")
    later = now().replace(year=2100)
    monkeypatch.setattr("partnerselect.rounds.draft_rows.now", lambda: later)
    store.save_draft(older, "Ann")
    assert [one.id for one in store.drafts("small")] == [older.id, newer.id]


def test_a_draft_that_could_not_be_read_again_is_not_stored(store: Store) -> None:
    first = store.create_draft(draft(), "Ann")
    with pytest.raises(RoundsError, match=r"cannot be kept or read: title: String should have at least 1 character"):
        store.save_draft(first.model_copy(update={"title": ""}), "Ann")
    with pytest.raises(RoundsError, match="half of a character"):
        store.save_draft(first.model_copy(update={"title": "\ud800"}), "Ann")
    with pytest.raises(RoundsError, match="Say who does this"):
        store.save_draft(first, " ")
    assert store.draft(first.id) == first


def test_a_new_draft_has_an_id_of_its_own() -> None:
    assert draft().id != draft().id
    assert draft().revision == 0
    assert Draft.stored(draft().content(), id="d", decision="small", revision=3).revision == 3
