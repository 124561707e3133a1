"""Files are still what an import was held against: before it is planned, and before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from partnerselect.errors import InputError, Issue
from partnerselect.files import raw
from partnerselect.model import Candidate, Decision
from partnerselect.model.imports import Import

AGAIN = "read the decision again, then import the file again"
OTHER_WORDS = "it says something else than when the import was previewed"


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file: what it holds now (None for a new one), and what it is to hold."""

    path: Path
    before: bytes | None
    after: bytes


def everyone(decision: Decision) -> dict[str, Candidate]:
    """Candidates and members by their ids."""
    return {one.id: one for one in (*decision.candidates, *decision.members)}


def touched(found: Import) -> list[str]:
    """Ids of the organisations whose files an import writes: newcomers first, then in the order of its changes."""
    return list(dict.fromkeys([*(one.id for one in found.newcomers), *(one.candidate for one in found.changes)]))


def file_of(folder: Path, id_: str) -> Path:
    """The file of an organisation, which is named after its id."""
    other = folder / f"{id_}.yml"
    return other if other.exists() else folder / f"{id_}.yaml"


def refuse_others(found: Import, decision: Decision, now: Decision, criteria_file: Path, folder: Path) -> None:
    """InputError where a file does not say what it said when the import was held against it."""
    held, stands = everyone(decision), everyone(now)
    new = {one.id for one in found.newcomers}
    issues = list(_criteria(found, decision, now, raw.named(criteria_file)))
    for id_ in touched(found):
        file = raw.named(file_of(folder, id_))
        if id_ in new and (id_ in stands or file_of(folder, id_).exists()):
            issues.append(Issue(file, None, "", "there is such a file already", AGAIN))
        elif id_ not in new and (id_ not in stands or stands[id_] != held.get(id_)):
            issues.append(Issue(file, None, "", OTHER_WORDS, AGAIN))
    if issues:
        raise InputError(issues)


def refuse_changed(files: Sequence[PlannedFile]) -> None:
    """InputError unless all files are still what was read, and where a new one goes there is none."""
    found = "somebody changed it while the import was being written"
    issues = [Issue(raw.named(one.path), None, "", found, AGAIN) for one in files if not _is_as_read(one)]
    if issues:
        raise InputError(issues)


def _criteria(found: Import, decision: Decision, now: Decision, file: str) -> Iterator[Issue]:
    """What has changed of the criteria that the import speaks of: a number means something else on another scale."""
    held = {one.id: one.scale for one in decision.criteria}
    stands = {one.id: one.scale for one in now.criteria}
    for id_ in dict.fromkeys(one.criterion for one in found.changes):
        if stands.get(id_) != held.get(id_):
            what = "has another scale than" if id_ in stands else "is not there any more, as it was"
            yield Issue(file, None, "goals", f"the criterion '{id_}' {what} when the import was previewed", AGAIN)
    if found.points is not None and tuple(decision.ids()) != tuple(now.ids()):
        what = "there are other goals or criteria than when the import was previewed"
        yield Issue(file, None, "goals", what, AGAIN)


def _is_as_read(one: PlannedFile) -> bool:
    if one.before is None:
        return not one.path.exists()
    return raw.read_bytes(one.path, raw.named(one.path)) == one.before
