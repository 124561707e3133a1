"""A round goes from store to store as one file, and arrives as it left, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from partnerselect.errors import RoundsError
from partnerselect.rounds.plain_json import digest
from partnerselect.rounds.store import Store
from tests.rounds.contents import closed, draft

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/rounds.md"


@pytest.fixture
def there(opened: Callable[..., Store], tmp_path: Path) -> Store:
    """Another store, with three rounds."""
    store = opened(f"sqlite:///{tmp_path / 'there' / 'rounds.sqlite3'}")
    for round_id in ("r1", "r2", "r3"):
        closed(store, round_id)
    return store


def test_a_chain_arrives_byte_for_byte(store: Store, there: Store) -> None:
    for number, round_id in enumerate(("r1", "r2", "r3"), start=1):
        exported = there.export(round_id)
        arrived = store.import_(exported, "Bob")
        assert not arrived.was_there
        assert (arrived.round_.id, arrived.round_.number, arrived.round_.imported_by) == (round_id, number, "Bob")
        assert store.export(round_id) == exported
        assert store.round_(round_id) == there.round_(round_id)
    assert str(store.verify()) == "All 3 rounds are as they were closed."
    assert closed(store, "r4").previous == there.round_("r3").sha256


def test_a_file_that_was_laid_out_otherwise_arrives_the_same(store: Store, there: Store) -> None:
    exported = there.export("r1")
    store.import_(json.dumps(json.loads(exported), indent=2).encode(), "Bob")
    assert store.export("r1") == exported


def test_a_round_that_is_here_already_is_left_alone(store: Store, there: Store) -> None:
    first = store.import_(there.export("r1"), "Bob")
    store.import_(there.export("r2"), "Bob")
    again = store.import_(there.export("r1"), "Eve")
    assert again.was_there
    assert again.round_ == first.round_
    assert len(store.rounds()) == 2


def test_a_round_is_not_taken_before_the_one_it_follows(store: Store, there: Store) -> None:
    with pytest.raises(RoundsError, match=r"r2 was not imported: it follows a round that is not here \(hash .{12}…\)"):
        store.import_(there.export("r2"), "Bob")
    assert store.rounds() == ()


def test_a_first_round_is_not_taken_where_there_is_another(store: Store, there: Store) -> None:
    closed(store, "mine")
    with pytest.raises(
        RoundsError, match="r1 was not imported: it is a first round, and small has rounds here already"
    ):
        store.import_(there.export("r1"), "Bob")
    assert [each.id for each in store.rounds()] == ["mine"]


def test_a_chain_takes_no_branches(store: Store, there: Store) -> None:
    store.import_(there.export("r1"), "Bob")
    closed(store, "mine")
    with pytest.raises(RoundsError, match="r2 was not imported: another round follows r1 here already"):
        store.import_(there.export("r2"), "Bob")
    assert [each.id for each in store.rounds()] == ["r1", "mine"]


def test_an_id_that_is_taken_is_refused(store: Store, there: Store) -> None:
    store.import_(there.export("r1"), "Bob")
    plain = json.loads(there.export("r2"))
    plain["id"] = "r1"
    plain["sha256"] = digest(plain)
    with pytest.raises(RoundsError, match="There is a round r1 of small already"):
        store.import_(json.dumps(plain).encode(), "Bob")


@pytest.mark.parametrize(
    ("place", "value", "found"),
    [
        pytest.param("title", "x", "does not match its hash", id="changed"),
        pytest.param("schema_version", 9, "open it with a newer PartnerSelect", id="newer"),
    ],
)
def test_a_changed_or_newer_round_is_not_taken(
    store: Store, there: Store, place: str, value: object, found: str
) -> None:
    plain = {**json.loads(there.export("r1")), place: value}
    with pytest.raises(RoundsError, match=found):
        store.import_(json.dumps(plain).encode(), "Bob")
    assert store.rounds() == ()


@pytest.mark.parametrize(
    ("place", "value"), [("title", " padded "), ("closed_at", "2017-05-31T12:00:00.5Z")], ids=["title", "moment"]
)
def test_a_record_in_another_hand_is_not_taken(store: Store, there: Store, place: str, value: str) -> None:
    plain = {**json.loads(there.export("r1")), place: value}
    plain["sha256"] = digest(plain)
    with pytest.raises(RoundsError, match="not written as PartnerSelect writes it"):
        store.import_(json.dumps(plain).encode(), "Bob")
    assert store.rounds() == ()


def test_a_record_without_later_fields_is_kept_as_it_came(store: Store, there: Store) -> None:
    plain = json.loads(there.export("r1"))
    del plain["conflicts"], plain["decision"]["verdict"]
    plain["sha256"] = digest(plain)
    store.import_(json.dumps(plain).encode(), "Bob")
    assert json.loads(store.export("r1")) == plain
    assert store.round_("r1").conflicts == ()
    assert store.verify().fault is None


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"schema_version":1}', b"\x00" * 100, b"{" * 1000], ids=range(6)
)
def test_anything_else_is_refused_in_plain_words(store: Store, content: bytes) -> None:
    with pytest.raises(RoundsError, match=r"^(The|This is no) record .*\."):
        store.import_(content, "Bob")


def test_an_import_is_signed_and_open_drafts_stay_as_they_are(store: Store, there: Store) -> None:
    new = store.create_draft(draft(), "Ann")
    with pytest.raises(RoundsError, match="Say who does this"):
        store.import_(there.export("r1"), "")
    store.import_(there.export("r1"), "Bob")
    assert store.drafts("small") == (new,)


def test_nobody_needs_the_program_to_check_a_hash(
    there: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines of docs/rounds.md do it."""
    lines, _ = re.findall(r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), flags=re.M | re.S)
    monkeypatch.chdir(tmp_path)
    exported = there.export("r2").decode()
    for text in (exported, exported.replace("We need reach", "We need Reach")):
        Path("2017-05.json").write_text(text, encoding="utf-8")
        exec(lines, {})  # noqa: S102
    assert capsys.readouterr().out.split() == ["True", "False"]
