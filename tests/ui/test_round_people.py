"""Participants and conflicts as lines: what is read, what is refused, and that nothing is lost between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerselect.errors import PartnerSelectError
from partnerselect.model import Decision
from partnerselect.rounds.record import Conflict, Participant
from partnerselect.ui.components.round_people import conflicts_in, conflicts_text, people_in, people_text
from tests.builders import criteria, decision, measured, organisation, table

DECISION = table({"alpha": {"a": 1}, "alphabet": {"a": 2}, "beta": {"a": 3}})


def named(*organisations: tuple[str, str]) -> Decision:
    """A decision with organisations of these ids and names."""
    who = [organisation(one, {"criterion": "a", "value": 1}, name=name) for one, name in organisations]
    return decision(criteria(("goal", [measured("a")])), *who)


words = st.text(st.characters(whitelist_categories=["L", "Nd"]), min_size=1, max_size=20)
people = st.lists(st.builds(Participant, name=words, organisation=st.none() | words, role=st.none() | words))


@given(people)
def test_people_written_are_the_people_read(found: list[Participant]) -> None:
    assert people_in(people_text(found)) == tuple(found)


def test_empty_lines_and_spaces_say_nothing() -> None:
    assert people_in("\n  Ann ;; chair \n\n") == (Participant(name="Ann", role="chair"),)


def test_a_semicolon_in_a_role_stays_in_the_role() -> None:
    assert people_in("Ann; Biocat; chair; host") == (
        Participant(name="Ann", organisation="Biocat", role="chair; host"),
    )


def test_a_line_without_a_name_is_told() -> None:
    with pytest.raises(PartnerSelectError, match="Who took part, line 2: it begins with no name"):
        people_in("Ann\n; Biocat")


def test_a_candidate_is_named_by_id_by_name_or_by_how_its_name_begins() -> None:
    found = conflicts_in("Ann; beta; board\nBo; Alphab\nCy; ALPHA", DECISION)
    assert [(one.person, one.candidate, one.note) for one in found] == [
        ("Ann", "beta", "board"),
        ("Bo", "alphabet", None),
        ("Cy", "alpha", None),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ann", "Conflicts, line 1: write the candidate after the person"),
        ("Ann; gamma", "Conflicts, line 1: there is no candidate 'gamma'"),
    ],
)
def test_a_conflict_with_nobody_is_told(line: str, told: str) -> None:
    with pytest.raises(PartnerSelectError, match=told):
        conflicts_in(line, DECISION)


def test_conflicts_are_written_with_the_name_of_the_candidate() -> None:
    conflicts = (Conflict(person="Ann", candidate="beta", note="board; and\nfriend"),)
    assert conflicts_text(conflicts, DECISION) == "Ann; Beta; board; and friend"
    assert conflicts_in(conflicts_text(conflicts, DECISION), DECISION)[0].candidate == "beta"


def test_what_is_written_exactly_comes_before_what_a_name_begins_with() -> None:
    alike = named(("photon", "Alpha Hub"), ("val", "Photon Valley"))
    assert [one.candidate for one in conflicts_in("Ann; photon\nAnn; Photon V", alike)] == ["photon", "val"]
    with pytest.raises(PartnerSelectError, match="there is no candidate 'Ph'"):
        conflicts_in("Ann; Ph", alike)


def test_a_name_that_could_not_be_read_again_is_written_as_its_id() -> None:
    odd = named(("one", "Hub"), ("two", "Hub"), ("three", "Ost; West"))
    conflicts = tuple(Conflict(person="Ann", candidate=one) for one in ("one", "two", "three"))
    assert conflicts_text(conflicts, odd) == "Ann; one\nAnn; two\nAnn; three"
    assert conflicts_in(conflicts_text(conflicts, odd), odd) == conflicts
