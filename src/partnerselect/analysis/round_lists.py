"""Two rounds side by side: who came and left, which gates turned, what became of criteria and weights."""

from __future__ import annotations

import numpy as np
import pandas as pd

from partnerselect.analysis.gates import GateOutcome, outcomes
from partnerselect.analysis.round_mixes import Split
from partnerselect.analysis.round_side import Side, Which, measured_alike, other_side
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed

_FOUND = {"passed", "failed", "unchecked"}
_GATES = ["candidate", "name", "gate", "before", "after", "source", "note"]


def came_and_left(before: Side, after: Side, split: Split) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who is ranked on one side only: per candidate id name, rank and total there, and why (in words)."""
    came = _only("after", after, before, split, ("no longer kept out by {}", "a member before", "new"))
    left = _only("before", before, after, split, ("fails {} now", "joined", "off the list"))
    return came, left


def _only(which: Which, here: Side, there: Side, split: Split, words: tuple[str, str, str]) -> pd.DataFrame:
    ranks, others = split.ranks[which], split.ranks[other_side(which)]
    only = np.flatnonzero(~np.isnan(ranks) & np.isnan(others))
    ids = [split.ids[row] for row in only]
    found = pd.DataFrame(
        {
            "name": [here.organisations[one].name for one in ids],
            "rank": ranks[only].astype(int),
            "total": split.totals[which][only],
            "why": [_why(one, there, words) for one in ids],
        },
        index=pd.Index(ids, name="candidate", dtype=object),
    )
    return found.sort_values("rank", kind="stable")


def _why(one: str, there: Side, words: tuple[str, str, str]) -> str:
    gates, member, stranger = words
    if one in there.members:
        return member
    if one not in there.organisations:
        return stranger
    return gates.format(listed([f"“{title}”" for title in failed_gates(there, one)]))


def failed_gates(side: Side, candidate: str) -> list[str]:
    """Titles of the gates in force that a candidate of this side failed."""
    one = side.organisations[candidate]
    return [found.gate.title for found in outcomes(side.decision, one) if _told(found) == "failed"]


def _told(found: GateOutcome | None) -> str:
    """What became of one gate, in words."""
    if found is None:
        return "no such gate"
    return found.outcome if found.gate.active else "switched off"


def gate_changes(before: Side, after: Side) -> pd.DataFrame:
    """Gates that turned for candidates of both sides, one row each.

    Columns: candidate, name, gate (title), before and after (passed, failed, unchecked, switched off, or no such
    gate), source and note of the result that counts now (empty where there is none). A gate that is new, gone, or
    switched, is listed for those who fail it.
    """
    rows = []
    files = {one.id: one for one in before.decision.candidates}
    for candidate in (one for one in after.decision.candidates if one.id in files):
        old = {one.gate.id: one for one in outcomes(before.decision, files[candidate.id])}
        new = {one.gate.id: one for one in outcomes(after.decision, candidate)}
        for gate in dict.fromkeys([*new, *old]):
            was, now = old.get(gate), new.get(gate)
            told = [_told(one) for one in (was, now)]
            if told[0] == told[1] or (not set(told) <= _FOUND and "failed" not in told):
                continue
            title = (now or was).gate.title  # type: ignore[union-attr]
            result = now.result if now else None
            source, note = (result.source or "", result.note or "") if result else ("", "")
            rows.append((candidate.id, candidate.name, title, *told, source, note))
    return pd.DataFrame(rows, columns=_GATES)


def criteria_side_by_side(before: Side, after: Side) -> pd.DataFrame:
    """Criteria of both sides with their normalised weights, those of the new tree first, then those dropped.

    Per criterion id: title, goal (title), before, after (NaN on the side that has no such criterion), difference
    (what is not there weighs 0) and change (what became of the criterion, in words; empty where nothing did).
    """
    sides = {"before": before, "after": after}
    shares = {
        name: dict(zip(side.criteria, normalised(side.decision, side.points).leaves.tolist(), strict=True))
        for name, side in sides.items()
    }
    ids = list(dict.fromkeys([*after.criteria, *before.criteria]))
    holder = [after if one in after.criteria else before for one in ids]
    found = pd.DataFrame(
        {
            "title": [side.criteria[one].title for one, side in zip(ids, holder, strict=True)],
            "goal": [side.goal_of[one].title for one, side in zip(ids, holder, strict=True)],
            **{name: [shares[name].get(one, np.nan) for one in ids] for name in sides},
        },
        index=pd.Index(ids, name="criterion", dtype=object),
    )
    found["difference"] = found["after"].fillna(0.0) - found["before"].fillna(0.0)
    found["change"] = [_became(one, before, after) for one in ids]
    return found


def _became(one: str, before: Side, after: Side) -> str:
    old, new = before.criteria.get(one), after.criteria.get(one)
    if old is None:
        return "new"
    if new is None:
        return "dropped"
    told = []
    if not measured_alike(old, new):
        told.append("measured otherwise")
    elif old.scale.breakpoints != new.scale.breakpoints:
        told.append("valued otherwise")
    if before.goal_of[one].id != after.goal_of[one].id:
        told.append(f"moved from {before.goal_of[one].title}")
    if old.combined != new.combined:
        told.append("partners combine otherwise")
    return ", ".join(told)
