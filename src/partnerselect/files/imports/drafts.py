"""Statements out of cells, held against all that files must keep to, before anything is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from partnerselect.errors import Issue
from partnerselect.files.candidate_checks import candidate_issues
from partnerselect.files.criteria_checks import Tree
from partnerselect.files.document import Document, Place, Plain
from partnerselect.files.messages import issues_of
from partnerselect.model import Candidate, Decision, Evidence
from partnerselect.model.imports import Change

_IN_EVIDENCE = re.compile(r"evidence\[(\d+)\](?:\.(\w+))?")
_NOT_IN_A_ROW = ", first in line None"


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that a file proposes, not checked yet.

    Attributes
    ----------
    candidate, criterion : str
        Ids.
    data : dict or None
        The statement as keys and values; None where a statement would go.
    at : int or None
        Position of the statement that it changes or takes away.
    place : str
        Sheet and cell.
    row : int or None
        Number of its row, for problems that name another row.
    cells : Mapping of str to str
        Sheet and cell of single keys.
    """

    candidate: str
    criterion: str
    data: Mapping[str, Plain] | None
    at: int | None = None
    place: str = ""
    row: int | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


def checked(
    decision: Decision, newcomers: Iterable[Candidate], drafts: Sequence[Draft], file: str
) -> tuple[list[Change], list[Issue]]:
    """The drafts that hold, as changes in their order, and what is wrong with the others."""
    tree = tree_of(decision)
    everyone = {one.id: one for one in (*decision.candidates, *decision.members, *newcomers)}
    by_candidate: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_candidate.setdefault(draft.candidate, []).append(draft)
    issues: list[Issue] = []
    held: dict[int, Evidence] = {}
    for candidate, own in by_candidate.items():
        found = [_at_its_cell(issue, own, placed, file) for issue, placed in _issues(everyone[candidate], own, tree)]
        issues += [issue for issue, _ in found]
        wrong = {id(draft) for _, draft in found}
        for draft in own:
            if draft.data is not None and id(draft) not in wrong:
                held[id(draft)] = Evidence.model_validate(draft.data)
    changes = [
        Change(draft.candidate, draft.criterion, _before(everyone, draft), held.get(id(draft)), draft.at, draft.place)
        for draft in drafts
        if draft.data is None or id(draft) in held
    ]
    return changes, issues


def tree_of(decision: Decision) -> Tree:
    """The names in a decision that has been read."""
    return Tree(
        ids=tuple(decision.ids()),
        scales={criterion.id: criterion.scale for criterion in decision.criteria},
        criteria=tuple(criterion.id for criterion in decision.criteria),
        gates=tuple(gate.id for gate in decision.gates),
        complete=True,
    )


def _before(everyone: Mapping[str, Candidate], draft: Draft) -> Evidence | None:
    return None if draft.at is None else everyone[draft.candidate].evidence[draft.at]


def _issues(who: Candidate, drafts: Sequence[Draft], tree: Tree) -> Iterator[tuple[Issue, list[Draft | None]]]:
    """Problems of a candidate's file as it would be, and the draft behind each of its statements."""
    data = who.model_dump(mode="json", exclude_defaults=True)
    listed: list[tuple[Plain, Draft | None]] = [(one, None) for one in data.get("evidence", [])]
    going: set[int] = set()
    for draft in drafts:
        if draft.data is None:
            assert draft.at is not None
            going.add(draft.at)
        elif draft.at is None:
            listed.append((dict(draft.data), draft))
        else:
            listed[draft.at] = (dict(draft.data), draft)
    listed = [entry for at, entry in enumerate(listed) if at not in going]
    data["evidence"] = [statement for statement, _ in listed]
    placed = [draft for _, draft in listed]
    lines: dict[Place, int] = {
        ("evidence", at): draft.row for at, draft in enumerate(placed) if draft is not None and draft.row
    }
    document = Document(f"{who.id}.yaml", data, lines)
    try:
        Candidate.model_validate(data)
    except ValidationError as error:
        yield from ((issue, placed) for issue in issues_of(error, document, Candidate))
    yield from ((issue, placed) for issue in candidate_issues(document, tree))


def _at_its_cell(
    issue: Issue, drafts: Sequence[Draft], placed: Sequence[Draft | None], file: str
) -> tuple[Issue, Draft]:
    """The problem at the cell that it comes from; at the candidate's first one where it is about another statement."""
    draft, place = drafts[0], drafts[0].place
    if match := _IN_EVIDENCE.match(issue.place):
        draft = placed[int(match[1])] or draft
        place = draft.cells.get(match[2] or "", draft.place)
    found = issue.found.replace(_NOT_IN_A_ROW, ", first in the files").replace(", first in line", ", first in row")
    return replace(issue, file=file, line=None, place=place, found=found), draft
