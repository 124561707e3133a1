"""What a spreadsheet proposes: statements that would come, change or go, newcomers, and points. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from partnerselect.errors import Issue
from partnerselect.model.decision import Decision
from partnerselect.model.organisations import Candidate, Evidence

Shape = Literal["table", "evidence", "weights"]


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that would come, change or go.

    Attributes
    ----------
    candidate, criterion : str
        Ids.
    before : Evidence or None
        The statement as it stands; None where it is new.
    after : Evidence or None
        The statement as it would stand; None where it would go.
    at : int or None
        Position of `before` among the candidate's evidence.
    place : str
        Sheet and cell that say so, such as ``Evidence!C12``; empty for a statement that stands in no row.
    """

    candidate: str
    criterion: str
    before: Evidence | None
    after: Evidence | None
    at: int | None
    place: str

    @property
    def kind(self) -> Literal["new", "changed", "removed"]:
        """What happens to the statement."""
        if self.after is None:
            return "removed"
        return "new" if self.before is None else "changed"


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would change in a decision, statement by statement.

    Attributes
    ----------
    file : str
        Name of the file.
    shapes : tuple of str
        What was found in it: a ``table`` of candidates x criteria, a sheet of ``evidence``, a sheet of ``weights``.
    changes : tuple of Change
    newcomers : tuple of Candidate
        Organisations that are not in the decision yet, without evidence: theirs stands among the changes.
    points : Mapping of str to float, or None
        Points of every goal and criterion, where they are others than before.
    points_before : Mapping of str to float, or None
        The points when the workbook was made, as far as the file says so.
    notes : tuple of str
        What is worth knowing, such as cells that were left out.
    problems : tuple of Issue
        What cannot be taken, with sheet and cell. While there is one, nothing can be written.
    """

    file: str
    shapes: tuple[Shape, ...] = ()
    changes: tuple[Change, ...] = ()
    newcomers: tuple[Candidate, ...] = ()
    points: Mapping[str, float] | None = None
    points_before: Mapping[str, float] | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[Issue, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.changes and not self.newcomers and self.points is None

    def accepted(self, changes: Collection[int], newcomers: Collection[str] = (), *, points: bool = False) -> Import:
        """The part that somebody agreed to.

        Parameters
        ----------
        changes : collection of int
            Positions among `changes`.
        newcomers : collection of str
            Ids of the newcomers to take in.
        points : bool
            Whether the points are wanted.

        Raises
        ------
        ValueError
            Where a change is about a newcomer that is not taken in, or there is no such change or newcomer.
        """
        known = {one.id for one in self.newcomers}
        if strangers := sorted(set(newcomers) - known):
            raise ValueError(f"there is no newcomer {strangers[0]!r}")
        if any(not 0 <= position < len(self.changes) for position in changes):
            raise ValueError(f"changes are counted from 0 to {len(self.changes) - 1}")
        wanted = tuple(self.changes[position] for position in sorted(set(changes)))
        left_out = known - set(newcomers)
        if homeless := [one.candidate for one in wanted if one.candidate in left_out]:
            raise ValueError(f"{homeless[0]!r} is new: take it in, or leave its evidence out")
        return replace(
            self,
            changes=wanted,
            newcomers=tuple(one for one in self.newcomers if one.id in newcomers),
            points=self.points if points else None,
        )

    def applied_to(self, decision: Decision) -> Decision:
        """The decision with all changes and newcomers in it; viewpoints stay as they are."""
        of: dict[str, list[Change]] = {}
        for one in self.changes:
            of.setdefault(one.candidate, []).append(one)
        candidates = [changed(one, of.get(one.id, ())) for one in decision.candidates]
        if self.newcomers:
            candidates += [changed(one, of.get(one.id, ())) for one in self.newcomers]
            candidates.sort(key=lambda one: f"{one.id}.yaml")
        members = tuple(changed(one, of.get(one.id, ())) for one in decision.members)
        return decision.model_copy(update={"candidates": tuple(candidates), "members": members})


def changed(who: Candidate, changes: Sequence[Change]) -> Candidate:
    """An organisation with the changes to its evidence."""
    if not changes:
        return who
    kept: list[Evidence | None] = list(who.evidence)
    for one in changes:
        if one.at is not None:
            kept[one.at] = one.after
    kept += [one.after for one in changes if one.at is None]
    return who.model_copy(update={"evidence": tuple(one for one in kept if one is not None)})
