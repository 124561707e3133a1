"""What was agreed to goes into the files: all of it or nothing, and only if it comes out as it was previewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import ValidationError

from partnerselect.errors import InputError, Issue
from partnerselect.files import raw
from partnerselect.files.alone import alone_in, folders_of
from partnerselect.files.candidate_checks import candidate_issues
from partnerselect.files.document import Document, Plain
from partnerselect.files.ids import id_of
from partnerselect.files.imports.drafts import tree_of
from partnerselect.files.imports.evidence_text import newcomer_text, with_changes
from partnerselect.files.imports.unchanged import (
    AGAIN,
    OTHER_WORDS,
    PlannedFile,
    everyone,
    file_of,
    refuse_changed,
    refuse_others,
    touched,
)
from partnerselect.files.imports.written import WrittenError
from partnerselect.files.read import read_decision
from partnerselect.files.whole_file import write_all
from partnerselect.files.write import criteria_problems, with_viewpoint
from partnerselect.files.yaml_lines import LayoutError
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Candidate, Decision, Viewpoint
from partnerselect.model.imports import Change, Import

_MARK = b"\xef\xbb\xbf"
_OTHER = "take another title"
_BY_HAND = "write each statement of its evidence as '- criterion: …' with the other keys in lines under it"


@dataclass(frozen=True, slots=True)
class PlannedImport:
    """The files as an import would leave them; nothing is written yet.

    Attributes
    ----------
    files : Mapping of Path to bytes
        Only those that change, each with all that it would hold.
    """

    files: Mapping[Path, bytes]
    _read: tuple[PlannedFile, ...]
    _again: Callable[[], Decision]

    def write(self) -> Decision:
        """Write all files, or none, and read the decision again; nobody else writes meanwhile.

        Raises
        ------
        InputError
            Where a file is not what it was when this was planned: nothing is written.
        WrittenError
            Where the decision then cannot be read, or does not say what was previewed, because somebody changed its
            files at the same time in another program.
        OSError
            Where a file cannot be written. Nothing is written, unless the message names files that were.
        """
        with ExitStack() as held:

            def check() -> None:
                held.enter_context(alone_in(folders_of(self.files)))
                refuse_changed(self._read)

            write_all(list(self.files.items()), check)
            try:
                return self._again()
            except InputError as problems:
                raise WrittenError(self.files, problems.issues) from None


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
    refuse_others(found, decision, now, criteria_file, candidates_folder)
    expected = found.applied_to(now)
    files, issues = _candidates(found, now, expected, candidates_folder)
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
        files.append(PlannedFile(criteria_file, before, after))
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
    WrittenError
        Where all files were written, and the decision then is not what was previewed.
    OSError
        Where a file cannot be written. Nothing is written, unless the message names files that were.
    ValueError
        Where there are points and no title.
    """
    if found.is_empty and not found.problems:
        return decision
    return plan_import(found, decision, criteria_file, candidates_folder, title, why).write()


def _candidates(
    found: Import, now: Decision, expected: Decision, folder: Path
) -> tuple[list[PlannedFile], list[Issue]]:
    """The candidates' files, changed and new, and what stands in the way."""
    files: list[PlannedFile] = []
    issues: list[Issue] = []
    stands, wanted, tree = everyone(now), everyone(expected), tree_of(expected)
    new = {one.id for one in found.newcomers}
    of: dict[str, list[Change]] = {}
    for one in found.changes:
        of.setdefault(one.candidate, []).append(one)
    for id_ in touched(found):
        path = file_of(folder, id_)
        file = raw.named(path)
        if id_ in new:
            before, after = None, newcomer_text(wanted[id_]).encode()
            document = parse_yaml(after, file)
            is_safe = True
        else:
            before = raw.read_bytes(path, file)
            old = parse_yaml(before, file)
            if old.issues or _candidate(old) != stands[id_]:
                issues.append(Issue(file, None, "", OTHER_WORDS, AGAIN))
                continue
            after = _edited(before, of[id_])
            document = parse_yaml(after, file)
            is_safe = _but_evidence(document) == _but_evidence(old)
        if document.issues or not is_safe or _candidate(document) != wanted[id_]:
            found_ = "its evidence is laid out in a way that cannot be edited safely"
            issues.append(Issue(file, None, "evidence", found_, _BY_HAND))
            continue
        issues += candidate_issues(document, tree)
        files.append(PlannedFile(path, before, after))
    return files, issues


def _edited(before: bytes, changes: list[Change]) -> bytes:
    """The file of a candidate with its changes; empty where its layout does not allow them."""
    mark, body = (_MARK, before[len(_MARK) :]) if before.startswith(_MARK) else (b"", before)
    try:
        return mark + with_changes(body.decode(), changes).encode()
    except (LayoutError, yaml.YAMLError):
        return b""


def _but_evidence(document: Document) -> dict[str, Plain]:
    data = document.data
    return {key: value for key, value in data.items() if key != "evidence"} if isinstance(data, dict) else {}


def _candidate(document: Document) -> Candidate | None:
    try:
        return Candidate.model_validate(document.data)
    except ValidationError:
        return None


def _as_previewed(now: Decision, expected: Decision, found: Import, viewpoint: Viewpoint | None) -> Decision:
    """The decision as read again; InputError where what was written does not say what was previewed."""
    stands, wanted = everyone(now), everyone(expected)
    different = sorted(one for one in touched(found) if stands.get(one) != wanted[one])
    if viewpoint is not None and viewpoint not in now.viewpoints:
        different.append(viewpoint.id)
    if different:
        found_ = "it was written, and does not say what was previewed: somebody changed it at the same time"
        raise InputError(
            Issue(one, None, "", found_, "look at the file, and read the decision again") for one in different
        )
    return now
