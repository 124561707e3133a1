"""Files to a Decision: all that is wrong is told at once, with file and line, and nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from partnerselect.errors import InputError, Issue
from partnerselect.files.candidate_checks import candidate_issues, same_ids
from partnerselect.files.criteria_checks import Tree, criteria_issues
from partnerselect.files.document import Document
from partnerselect.files.messages import MOST_ISSUES, issues_of
from partnerselect.files.raw import named
from partnerselect.files.yaml_text import read_yaml
from partnerselect.model import Candidate, Criteria, Day, Decision

MOST_CANDIDATES = 2_000
_Model = TypeVar("_Model", bound=BaseModel)


def read_decision(
    criteria_file: str | Path, candidates_folder: str | Path, as_of: date | str | None = None
) -> Decision:
    """Read a criteria file and a folder of candidate files (one .yaml or .yml for each organisation).

    Parameters
    ----------
    criteria_file : str or Path
        Goals, criteria, gates, set rules and viewpoints.
    candidates_folder : str or Path
        Its .yaml and .yml files are read in the order of their names; hidden files are not.
    as_of : date or str, optional
        Only evidence dated on or before this day counts; overrides the day in the criteria file.

    Returns
    -------
    Decision
        Checked and frozen; candidates in the order of their file names, members apart.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    issues: list[Issue] = []
    day = _as_of(as_of, issues)
    criteria_document = read_yaml(criteria_file)
    criteria = _checked(criteria_document, Criteria, issues)
    tree = Tree.of(criteria_document, issues)

    documents = [read_yaml(path) for path in _candidate_files(Path(candidates_folder), issues)]
    candidates = [_checked(document, Candidate, issues) for document in documents]
    issues += _first(criteria_issues(criteria_document, tree, documents))
    issues += same_ids(documents)
    for document in documents:
        issues += _first(candidate_issues(document, tree))
    read = [candidate for candidate in candidates if candidate is not None]
    if documents and len(read) == len(documents) and all(candidate.role == "member" for candidate in read):
        issues.append(_nobody(candidates_folder, "all files here describe members"))
    if issues or criteria is None:
        order = {document.file: index for index, document in enumerate([criteria_document, *documents])}
        issues.sort(key=lambda issue: (order.get(issue.file, -1), issue.line or 0))
        raise InputError(_at_most(issues))
    return Decision(
        **{**dict(criteria), "as_of": day or criteria.as_of},
        candidates=tuple(candidate for candidate in read if candidate.role == "candidate"),
        members=tuple(candidate for candidate in read if candidate.role == "member"),
    )


def _as_of(as_of: date | str | None, issues: list[Issue]) -> date | None:
    if as_of is None:
        return None
    try:
        return TypeAdapter(Day).validate_python(as_of.date() if isinstance(as_of, datetime) else as_of)
    except ValidationError:
        issues.append(Issue("as_of", None, "", f"{as_of!r} is not a day", "write the day as 2017-05-31"))
        return None


def _checked(document: Document, model: type[_Model], issues: list[Issue]) -> _Model | None:
    issues += document.issues
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        issues += issues_of(error, document, model)
        return None


def _candidate_files(folder: Path, issues: list[Issue]) -> list[Path]:
    def refuse(found: str, mend: str) -> list[Path]:
        issues.append(Issue(named(folder), None, "", found, mend))
        return []

    try:
        names = sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return refuse("there is no such folder", "check the path of the candidates")
    except NotADirectoryError:
        return refuse("this is a file, not a folder", "name the folder with one .yaml file for each organisation")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return refuse(f"it cannot be read: {reason}", "check the path and the permissions")
    files = [folder / name for name in names if name.endswith((".yaml", ".yml")) and not name.startswith(".")]
    if not files:
        issues.append(_nobody(folder, "there is no candidate here"))
    if len(files) > MOST_CANDIDATES:
        found = f"there are {len(files):,} candidate files, more than {MOST_CANDIDATES:,}"
        return refuse(found, "screen the longlist first, or split the decision")
    return files


def _first(issues: Iterable[Issue]) -> Iterator[Issue]:
    return islice(issues, MOST_ISSUES + 1)


def _nobody(folder: str | Path, found: str) -> Issue:
    folder = named(folder)
    return Issue(folder, None, "", found, f"put one .yaml file for each organisation into {folder}")


def _at_most(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The first problems of each file, and that there are more: nobody reads ten thousand."""
    seen: Counter[str] = Counter()
    for issue in issues:
        seen[issue.file] += 1
        if seen[issue.file] <= MOST_ISSUES:
            yield issue
        elif seen[issue.file] == MOST_ISSUES + 1:
            yield Issue(issue.file, issue.line, "", "there are more problems", "mend those above, then read it again")
