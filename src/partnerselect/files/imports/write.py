"""What was agreed to goes into the files: all of it or nothing, and only if it comes out as it was previewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from partnerselect.errors import InputError, Issue
from partnerselect.files import raw
from partnerselect.files.candidate_checks import candidate_issues
from partnerselect.files.document import Document, Plain
from partnerselect.files.ids import id_of
from partnerselect.files.imports.drafts import tree_of
from partnerselect.files.imports.evidence_text import newcomer_text, with_changes
from partnerselect.files.read import read_decision
from partnerselect.files.whole_file import write_all
from partnerselect.files.write import criteria_problems, with_viewpoint
from partnerselect.files.yaml_lines import LayoutError
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Candidate, Decision, Viewpoint
from partnerselect.model.imports import Import

_MARK = b"\xef\xbb\xbf"
_AGAIN = "read the decision again, then import the file again"
_OTHER = "take another title"
_BY_HAND = "write each statement of its evidence as '- criterion: …' with the other keys in lines under it"


@dataclass(frozen=True, slots=True)
class _File:
    """One file: what it holds now (None for a new one), and what it is to hold."""

    path: Path
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class PlannedImport:
    """The files as an import would leave them; nothing is written yet.

    Attributes
    ----------
    files : Mapping of Path to bytes
        Only those that change, each with all that it would hold.
    """

    files: Mapping[Path, bytes]
    _read: tuple[_File, ...]
    _again: Callable[[], Decision]

    def write(self) -> Decision:
        """Write all files, or none, and read the decision again.

        Raises
        ------
        InputError
            Where a file is not what it was when this was planned: nothing is written. Where the decision then does not
            say what was previewed, because somebody changed it at the same time.
        OSError
            Where a file cannot be written. Nothing is written, unless the message names files that were.
        """
        write_all(list(self.files.items()), lambda: _refuse_changed(self._read))
        return self._again()


def plan_import(
    found: Import,
    decision: Decision,
    criteria_file: Path,
    candidates_folder: Path,
    title: str | None = None,
    why: str | None = None,
) -> PlannedImport:
    """Work out which files an import changes, and how; nothing is written.

    Parameters and errors are those of `apply_import`, but for the errors of writing.
    """
    if found.problems:
        raise InputError(found.problems)
    now = read_decision(criteria_file, candidates_folder, decision.as_of)
    _refuse_others(found, decision, now, candidates_folder)
    expected = found.applied_to(now)
    files, issues = _candidates(found, expected, candidates_folder)
    viewpoint = None
    if found.points is not None:
        if title is None or not title.strip():
            raise ValueError("points become a viewpoint: it needs a title")
        file = raw.named(criteria_file)
        if any(one.title.casefold() == title.strip().casefold() for one in now.viewpoints):
            issues.append(Issue(file, None, "viewpoints", f"there is a viewpoint “{title.strip()}” already", _OTHER))
        taken = {one.id for one in now.viewpoints}
        viewpoint = Viewpoint(id=id_of(title, taken, "viewpoint"), title=title, why=why, points=found.points)
        before = raw.read_bytes(criteria_file, file)
        after = with_viewpoint(before.decode(), viewpoint, file).encode()
        issues += criteria_problems(parse_yaml(after, file))
        files.append(_File(criteria_file, before, after))
    large = (raw.named(one.path) for one in files if len(one.after) > raw.LARGEST)
    issues += [Issue(file, None, "", "with the import it is larger than 10 MB", "import less") for file in large]
    if issues:
        raise InputError(issues)

    def again() -> Decision:
        stands = read_decision(criteria_file, candidates_folder, decision.as_of)
        return _as_previewed(stands, expected, found, viewpoint)

    return PlannedImport(MappingProxyType({one.path: one.after for one in files}), tuple(files), again)


def apply_import(
    found: Import,
    decision: Decision,
    criteria_file: Path,
    candidates_folder: Path,
    title: str | None = None,
    why: str | None = None,
) -> Decision:
    """Write what an import changes into the files of a decision, and read the decision again.

    New statements are added at the end of a candidate's evidence, changed ones stay in their place; comments, order and
    everything else stay. A newcomer gets a file of its own, points become a new viewpoint. All files are written beside
    the old ones before the first takes its place.

    Parameters
    ----------
    found : Import
        What was agreed to: see `Import.accepted`.
    decision : Decision
        The one that the import was held against.
    criteria_file, candidates_folder : Path
        Where it was read from.
    title, why : str, optional
        Title of the new viewpoint, needed where there are points; and its reason.

    Returns
    -------
    Decision
        As the files say now, on the same as-of date.

    Raises
    ------
    InputError
        Where the import has problems, where the files say something else than the decision or changed in the meantime,
        and where a file cannot be edited safely. Nothing is written.
    OSError
        Where a file cannot be written. Nothing is written, unless the message names files that were.
    ValueError
        Where there are points and no title.
    """
    if found.is_empty and not found.problems:
        return decision
    return plan_import(found, decision, criteria_file, candidates_folder, title, why).write()


def _refuse_others(found: Import, decision: Decision, now: Decision, folder: Path) -> None:
    """InputError where a file does not say what it said when the import was held against it."""
    held, stands = _everyone(decision), _everyone(now)
    new = {one.id for one in found.newcomers}
    issues = []
    for id_ in dict.fromkeys([*new, *(one.candidate for one in found.changes)]):
        if id_ in new and (id_ in stands or _path(folder, id_).exists()):
            issues.append(Issue(raw.named(_path(folder, id_)), None, "", "there is such a file already", _AGAIN))
        elif id_ not in new and (id_ not in stands or stands[id_] != held.get(id_)):
            found_ = "it says something else than when the import was previewed"
            issues.append(Issue(raw.named(_path(folder, id_)), None, "", found_, _AGAIN))
    if issues:
        raise InputError(issues)


def _candidates(found: Import, expected: Decision, folder: Path) -> tuple[list[_File], list[Issue]]:
    """The candidates' files, changed and new, and what stands in the way."""
    files: list[_File] = []
    issues: list[Issue] = []
    wanted, tree = _everyone(expected), tree_of(expected)
    new = {one.id for one in found.newcomers}
    for id_ in dict.fromkeys([*new, *(one.candidate for one in found.changes)]):
        path = _path(folder, id_)
        file = raw.named(path)
        before = None if id_ in new else raw.read_bytes(path, file)
        after = newcomer_text(wanted[id_]).encode() if before is None else _edited(before, found, id_)
        document = parse_yaml(after or b"", file)
        is_safe = before is None or _but_evidence(document) == _but_evidence(parse_yaml(before, file))
        if after is None or document.issues or not is_safe or _candidate(document) != wanted[id_]:
            found_ = "its evidence is laid out in a way that cannot be edited safely"
            issues.append(Issue(file, None, "evidence", found_, _BY_HAND))
            continue
        issues += candidate_issues(document, tree)
        files.append(_File(path, before, after))
    return files, issues


def _edited(before: bytes, found: Import, id_: str) -> bytes | None:
    """The file of a candidate with its changes; None where its layout does not allow them."""
    mark, body = (_MARK, before[len(_MARK) :]) if before.startswith(_MARK) else (b"", before)
    try:
        return mark + with_changes(body.decode(), [one for one in found.changes if one.candidate == id_]).encode()
    except LayoutError:
        return None


def _but_evidence(document: Document) -> dict[str, Plain]:
    data = document.data
    return {key: value for key, value in data.items() if key != "evidence"} if isinstance(data, dict) else {}


def _candidate(document: Document) -> Candidate | None:
    try:
        return Candidate.model_validate(document.data)
    except ValidationError:
        return None


def _path(folder: Path, id_: str) -> Path:
    """The file of an organisation, which is named after its id."""
    other = folder / f"{id_}.yml"
    return other if other.exists() else folder / f"{id_}.yaml"


def _refuse_changed(files: Sequence[_File]) -> None:
    """All files are still what was read, and where a new one goes there is none."""
    found = "somebody changed it while the import was being written"
    issues = [Issue(raw.named(one.path), None, "", found, _AGAIN) for one in files if not _is_as_read(one)]
    if issues:
        raise InputError(issues)


def _is_as_read(one: _File) -> bool:
    if one.before is None:
        return not one.path.exists()
    return raw.read_bytes(one.path, raw.named(one.path)) == one.before


def _as_previewed(now: Decision, expected: Decision, found: Import, viewpoint: Viewpoint | None) -> Decision:
    """The decision as read again; InputError where what was written does not say what was previewed."""
    stands, wanted = _everyone(now), _everyone(expected)
    touched = {one.candidate for one in found.changes} | {one.id for one in found.newcomers}
    different = sorted(one for one in touched if stands.get(one) != wanted[one])
    if viewpoint is not None and viewpoint not in now.viewpoints:
        different.append(viewpoint.id)
    if different:
        found_ = "it was written, and does not say what was previewed: somebody changed it at the same time"
        raise InputError(
            Issue(one, None, "", found_, "look at the file, and read the decision again") for one in different
        )
    return now


def _everyone(decision: Decision) -> dict[str, Candidate]:
    return {one.id: one for one in (*decision.candidates, *decision.members)}
