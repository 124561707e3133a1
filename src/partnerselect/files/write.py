"""Files out: a viewpoint into its criteria file, whose comments, layout and other content stay as they are."""

from __future__ import annotations

import errno
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

from pydantic import ValidationError

from partnerselect.errors import InputError, Issue
from partnerselect.files import raw
from partnerselect.files.alone import alone_in, folders_of
from partnerselect.files.criteria_checks import Tree, criteria_issues
from partnerselect.files.document import Document, Plain, listed
from partnerselect.files.document import text as text_under
from partnerselect.files.edit import appended, replaced
from partnerselect.files.ids import id_of
from partnerselect.files.messages import issues_of
from partnerselect.files.whole_file import write_whole
from partnerselect.files.yaml_lines import LayoutError
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Criteria, Viewpoint

_MARK = "\ufeff"
_BY_HAND = "write each viewpoint as '- id: …' with its title and points in lines under it, then save again"


def with_viewpoint(text: str, viewpoint: Viewpoint, file: str = "the criteria file") -> str:
    """The text of a criteria file with a viewpoint at the end of `viewpoints`, or in place of the one with its id.

    Every other character stays: comments, blank lines, line ends, indentation, a byte order mark. Where an entry is
    replaced and only words or numbers change, its comments stay too; where its reason comes or goes, or it has other
    ids, its lines are written anew. The result is parsed again: it says what the text said and the viewpoint, or
    nothing is returned.

    Parameters
    ----------
    text : str
        The file, with its line ends as they are.
    viewpoint : Viewpoint
        Its points are written in the order of the goal tree.
    file : str
        Name of the file in errors.

    Returns
    -------
    str

    Raises
    ------
    InputError
        Where the text is no sound YAML or has no list of viewpoints, where its layout cannot be edited safely
        (a whole list in brackets), and where a text of the viewpoint holds a control character.
    """
    _refuse_controls(viewpoint, file)
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    document = _parsed(body, file)
    if document.issues:
        raise InputError(document.issues)
    before = listed(document.data, "viewpoints")
    if not before or not all(isinstance(entry, dict) and entry for entry in before):
        raise InputError([document.issue(("viewpoints",), "there is no list of viewpoints to add to", _BY_HAND)])
    same = (index for index, entry in enumerate(before) if text_under(entry, "id") == viewpoint.id)
    index = next(same, None)
    order = Tree.of(document, ()).ids
    try:
        if index is None:
            edited = appended(body, viewpoint, order)
        else:
            edited = replaced(body, index, _viewpoint(before[index]), viewpoint, order)
    except LayoutError:
        found = "the list stands in brackets, and cannot be edited line by line"
        raise InputError([document.issue(("viewpoints",), found, _BY_HAND)]) from None
    if not _says_the_same(document, _parsed(edited, file), index, viewpoint):
        found = "the list is laid out in a way that cannot be edited safely"
        raise InputError([document.issue(("viewpoints",), found, _BY_HAND)])
    return mark + edited


def save_viewpoint(criteria_file: Path, viewpoint: Viewpoint) -> None:
    """Write a viewpoint into a criteria file: wholly, or not at all.

    The new content goes to a file beside it, which then takes its place; its permissions stay, and a link keeps
    pointing to it.

    Parameters
    ----------
    criteria_file : Path
        A sound criteria file.
    viewpoint : Viewpoint
        Added to its viewpoints, or put in place of the one with its id; see `with_viewpoint`.

    Raises
    ------
    InputError
        Where the file cannot be read as criteria, with the viewpoint or without; where it cannot be edited safely;
        and where somebody else changed it in the meantime. The file is as it was.
    OSError
        Where the file cannot be written. The file is as it was.
    """
    file = raw.named(criteria_file)
    before = raw.read_bytes(criteria_file, file)
    if issues := criteria_problems(parse_yaml(before, file)):
        raise InputError(issues)
    after = with_viewpoint(before.decode(), viewpoint, file).encode()
    if len(after) > raw.LARGEST:
        raise InputError([Issue(file, None, "", "with the viewpoint it is larger than 10 MB", "shorten its texts")])
    if issues := criteria_problems(parse_yaml(after, file)):
        raise InputError(Issue(file, None, issue.place, issue.found, issue.mend) for issue in issues)
    if after == before:
        return

    try:
        with ExitStack() as held:

            def check() -> None:
                held.enter_context(alone_in(folders_of([criteria_file])))
                if raw.read_bytes(criteria_file, file) != before:
                    found = "somebody changed it while the viewpoint was being saved"
                    raise InputError([Issue(file, None, "", found, "read the decision again, then save again")])

            write_whole(criteria_file, after, check)
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), file) from error


def viewpoint_id(title: str, taken: Collection[str]) -> str:
    """An id made from a title: its letters without accents and its digits; numbered where it is taken.

    Parameters
    ----------
    title : str
        Any text.
    taken : collection of str
        Ids that are in use.

    Returns
    -------
    str
        A letter first, then letters, digits and _, at most 64 characters.
    """
    return id_of(title, taken, "viewpoint")


def _refuse_controls(viewpoint: Viewpoint, file: str) -> None:
    issues = [
        Issue(file, None, "", f"{raw.control(character)} stands in the {key} of the viewpoint", "delete it")
        for key, words in (("title", viewpoint.title), ("why", viewpoint.why))
        if (character := raw.first_control(words or ""))
    ]
    if issues:
        raise InputError(issues)


def _parsed(content: str, file: str) -> Document:
    return parse_yaml(content.encode(errors="surrogatepass"), file)


def _says_the_same(old: Document, new: Document, index: int | None, viewpoint: Viewpoint) -> bool:
    """Whether a file says what it said before, and one viewpoint: at the end, or at the place of its old entry."""
    expected = [_viewpoint(entry) or entry for entry in listed(old.data, "viewpoints")]
    place = len(expected) if index is None else index
    expected[place : place + 1] = [viewpoint]
    found = [_viewpoint(entry) or entry for entry in listed(new.data, "viewpoints")]
    return not new.issues and found == expected and _but_viewpoints(old.data) == _but_viewpoints(new.data)


def _but_viewpoints(data: Plain) -> dict[str, Plain]:
    return {key: value for key, value in data.items() if key != "viewpoints"} if isinstance(data, dict) else {}


def _viewpoint(entry: Plain) -> Viewpoint | None:
    try:
        return Viewpoint.model_validate(entry)
    except ValidationError:
        return None


def criteria_problems(document: Document) -> list[Issue]:
    """All that keeps a file from being read as criteria."""
    issues = list(document.issues)
    try:
        Criteria.model_validate(document.data)
    except ValidationError as error:
        issues += issues_of(error, document, Criteria)
    return [*issues, *criteria_issues(document, Tree.of(document, issues), ())]
