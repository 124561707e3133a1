"""What the app holds for one visitor: the decision read from the files, and the points in force.

The points live in the session and in the address; the address is what survives a reload or a restart.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from partnerselect.analysis.evaluation import Evaluation, evaluate
from partnerselect.analysis.weights import normalised
from partnerselect.errors import InputError, Issue, WeightsError
from partnerselect.files.locate import candidates_folder, criteria_files
from partnerselect.files.read import read_decision
from partnerselect.model import Decision, SetRule
from partnerselect.ui import link
from partnerselect.ui.live_ranking import read_commit
from partnerselect.ui.round_state import opened_round, refused_round
from partnerselect.ui.rule_link import RuleChoices
from partnerselect.ui.rule_state import rules_of_visitor

if TYPE_CHECKING:
    from partnerselect.rounds.record import RoundRecord

RANKING_KEY, DECISION_KEY, AS_OF_KEY = "live_ranking", "decision", "as_of"
_HELD, _WRITTEN = "points_in_force", "address_written"
_GATED = "decision_with_gates"
_LINK_NAME = "weights"
_ADDRESS_LAG = 3.0
"""Seconds for which a browser may still report the address before ours."""


@dataclass(frozen=True)
class Held:
    """The points in force for one decision, how many commits made them, and the viewpoint they started from."""

    decision: str
    points: Mapping[str, float]
    viewpoint: str | None
    revision: int
    base: str
    complaint: str = ""


@dataclass(frozen=True)
class Written:
    """The address that was written last, for which revision, and when (seconds of a monotonic clock)."""

    address: str
    revision: int
    at: float


@dataclass(frozen=True)
class View:
    """What a page shows: one decision under one set of points, and the rules for sets of partners."""

    decision: Decision
    points: Mapping[str, float]
    viewpoint: str | None
    revision: int
    base: str
    complaint: str
    choices: RuleChoices
    rules: tuple[SetRule, ...]
    record: RoundRecord | None = None

    @property
    def locked(self) -> bool:
        """Whether this is a closed round, in which nothing can be changed."""
        return self.record is not None

    @cached_property
    def evaluation(self) -> Evaluation:
        """The ranking under these points."""
        return evaluate(self.decision, self.points)

    @property
    def viewpoint_title(self) -> str:
        """Title of the viewpoint, or “own points”."""
        titles = {viewpoint.id: viewpoint.title for viewpoint in self.decision.viewpoints}
        return titles.get(self.viewpoint or "", "own points")


def home() -> Path:
    """Folder that holds criteria/ and candidates/."""
    return Path(os.environ.get("PARTNERSELECT_HOME", ".")).absolute()


def current() -> View:
    """The view of this run; writes the address that reproduces it.

    Raises
    ------
    InputError
        When the files of the decision have problems; nothing is shown half.
    """
    record = opened_round()
    if record is not None:
        return _of_round(record)
    decision = _decision()
    rules = rules_of_visitor(decision)
    st.session_state[_HELD] = _in_force(decision)
    take_commit()  # a browser that outlived the server brings its last commit along
    held: Held = st.session_state[_HELD]
    st.session_state[_HELD] = replace(held, complaint="")
    _write_address(link.written(decision, held.points, held.viewpoint), held.revision)
    complaint = " ".join(filter(None, [refused_round(), held.complaint, rules.complaint]))
    return View(
        decision=_gated(decision, rules.choices),
        points=held.points,
        viewpoint=held.viewpoint,
        revision=held.revision,
        base=held.base,
        complaint=complaint,
        choices=rules.choices,
        rules=rules.choices.rules(decision),
    )


def _of_round(record: RoundRecord) -> View:
    """A closed round as it was decided on."""
    return View(
        decision=record.decision,
        points=record.points,
        viewpoint=record.viewpoint,
        revision=0,
        base=record.viewpoint or record.decision.viewpoints[0].id,
        complaint="",
        choices=RuleChoices(),
        rules=record.rules,
        record=record,
    )


def take_commit() -> None:
    """Take over what the live ranking committed, unless something newer is in force or it cannot be weights."""
    commit, held = read_commit(RANKING_KEY), st.session_state.get(_HELD)
    if commit is None or held is None or commit.revision <= held.revision:
        return
    try:
        decision = _decision()
        points = normalised(decision, commit.points).points
    except InputError:
        return  # the page that runs next shows what is wrong with the files
    except WeightsError as problem:
        st.session_state[_HELD] = replace(held, complaint=f"These points were not taken over: {problem}")
        return
    known = {viewpoint.id for viewpoint in decision.viewpoints}
    viewpoint = commit.viewpoint if commit.viewpoint in known else None
    st.session_state[_HELD] = Held(decision.id, points, viewpoint, commit.revision, viewpoint or held.base)


def use_points(points: Mapping[str, float], viewpoint: str | None = None) -> None:
    """Put points in force on every page, as a commit of the live ranking does; to be called in a callback.

    Parameters
    ----------
    points : Mapping
        By goal and criterion id.
    viewpoint : str or None
        Id of the viewpoint whose points these are; None where they are the visitor's own.

    Raises
    ------
    InputError
        When the files of the decision have problems.
    WeightsError
        When the points cannot be weights.
    """
    decision = _decision()
    held = _in_force(decision)
    full = normalised(decision, points).points
    st.session_state[_HELD] = Held(decision.id, full, viewpoint, held.revision + 1, viewpoint or held.base)


def decision_files() -> list[Path]:
    """Criteria files to choose from, by name."""
    return criteria_files(home())


def chosen_file() -> Path:
    """The criteria file in force: the one chosen, else the first; InputError where there is none."""
    files = decision_files()
    if not files:
        raise InputError(
            [
                Issue(
                    file="criteria",
                    line=None,
                    place="",
                    found=f"there is no criteria file in {home().name}/criteria",
                    mend="put one .yaml file per decision there; docs/file-format.md shows how it is written",
                )
            ]
        )
    return next((path for path in files if path.stem == st.session_state.get(DECISION_KEY)), files[0])


def read(criteria_file: Path, as_of: date | None = None) -> Decision:
    """The decision in a criteria file, read again only when one of its files changed."""
    folder = candidates_folder(criteria_file)
    return _read(criteria_file, folder, _stamps(criteria_file, folder), as_of)


def _decision() -> Decision:
    return read(chosen_file(), st.session_state.get(AS_OF_KEY))


@st.cache_resource(max_entries=16, show_spinner=False)
def _read(
    criteria_file: Path,
    folder: Path,
    stamps: tuple[tuple[str, int, int], ...],  # noqa: ARG001 - part of the key: a changed file is read again
    as_of: date | None,
) -> Decision:
    return read_decision(criteria_file, folder, as_of)


def _stamps(criteria_file: Path, folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file of a decision: what tells that one changed."""
    try:
        entries = [criteria_file, *sorted(folder.iterdir())]
        return tuple((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in entries)
    except OSError:
        return ()


def _gated(decision: Decision, choices: RuleChoices) -> Decision:
    """The decision with its gates as they are switched; the same object as long as nothing changes."""
    gated, _ = choices.applied(decision)
    held: Decision | None = st.session_state.get(_GATED)
    if gated is not decision and held is not None and held == gated:
        return held
    st.session_state[_GATED] = gated
    return gated


def _in_force(decision: Decision) -> Held:
    """The points held for this visitor, or those of the address where it was opened or gone back to."""
    held: Held | None = st.session_state.get(_HELD)
    address = st.query_params.get(_LINK_NAME)
    usable = held is not None and held.decision == decision.id and set(held.points) == set(decision.ids())
    if held is not None and usable and not _went_elsewhere(held, address):
        return held if _is_still(decision, held) else replace(held, viewpoint=None)
    followed = link.followed(decision, address)
    revision = 0 if held is None else held.revision + 1
    base = followed.viewpoint or decision.viewpoints[0].id
    return Held(decision.id, followed.points, followed.viewpoint, revision, base, followed.complaint)


def _is_still(decision: Decision, held: Held) -> bool:
    """Whether the viewpoint held, if any, still stands in the files with these points."""
    return held.viewpoint is None or any(
        one.id == held.viewpoint and dict(one.points) == dict(held.points) for one in decision.viewpoints
    )


def _went_elsewhere(held: Held, address: str | None) -> bool:
    """Whether the visitor went back, forward or to another link; a browser that lags behind us did not."""
    written: Written | None = st.session_state.get(_WRITTEN)
    if not address or written is None or address == written.address:
        return False
    lags = held.revision != written.revision or time.monotonic() - written.at < _ADDRESS_LAG
    return not lags


def _write_address(address: str, revision: int) -> None:
    """Let the address say what is shown; remember when it changed."""
    if st.query_params.get(_LINK_NAME) != address:
        st.query_params[_LINK_NAME] = address
    written: Written | None = st.session_state.get(_WRITTEN)
    if written is None or (written.address, written.revision) != (address, revision):
        st.session_state[_WRITTEN] = Written(address, revision, time.monotonic())
