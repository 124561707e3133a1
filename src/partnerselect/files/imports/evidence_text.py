"""Statements in the text of a candidate's file: put at its end, changed in their place, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from partnerselect.files.imports.same import as_plain
from partnerselect.files.yaml_lines import (
    BREAK,
    GAP,
    LayoutError,
    as_entry,
    line_after,
    line_end,
    newline,
    number,
    quoted,
    scalar_end,
    under,
    with_entries,
)
from partnerselect.model import Candidate, Evidence
from partnerselect.model.imports import Change

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ORDER = (
    "criterion", "value", "low", "high", "items", "possible", "status", "unit", "basis", "as_of", "undated", "grade",
    "by", "judged_on", "facts", "reason", "source", "note",
)  # fmt: skip
_UNQUOTED = ("status", "basis", "as_of", "grade", "judged_on")


def with_changes(text: str, changes: Sequence[Change]) -> str:
    """The text of a candidate's file with its statements changed; every other character stays.

    New statements come after the last one, laid out like it. In a statement that changes, only the keys that say
    something else are written anew, so its comments stay; comments beside a statement that goes stay too.

    Parameters
    ----------
    text : str
        Sound YAML without a byte order mark.
    changes : sequence of Change
        All about this candidate; positions count in the text as it is.

    Raises
    ------
    LayoutError
        Where the statements stand in brackets.
    """
    there = sorted((one for one in changes if one.at is not None), key=lambda one: one.at or 0, reverse=True)
    for one in there:
        assert one.at is not None
        text = _without(text, one.at) if one.after is None else _changed(text, one.at, one.before, one.after)
    new = [_lines(one.after) for one in changes if one.at is None and one.after is not None]
    return _with_new(text, new) if new else text


def newcomer_text(who: Candidate) -> str:
    """The file of an organisation that has only its name, kind, country, region and statements."""
    about = [
        "schema_version: 1",
        f"id: {quoted(who.id)}",
        *(f"{key}: {quoted(getattr(who, key))}" for key in ("name", "kind", "country", "region")),
    ]
    entries = [line for one in who.evidence for line in ("", *as_entry(_lines(one), GAP))][1:]
    return "\n".join([*about, *(["", "evidence:", *entries] if entries else []), ""])


def _with_new(text: str, entries: Sequence[Sequence[str]]) -> str:
    root = _root(text)
    if not any(key.value == "evidence" for key, _ in root.value):
        if root.flow_style:
            raise LayoutError
        at = line_after(text, root.value[-1][1])
        return _inserted(text, at, ["", f"{' ' * root.start_mark.column}evidence:", *_apart(entries, root)])
    section = under(root, "evidence")
    if isinstance(section, yaml.SequenceNode) and section.value:
        return with_entries(text, section, entries)
    if root.flow_style:
        raise LayoutError
    begin, end = section.start_mark.index, section.end_mark.index
    if isinstance(section, yaml.SequenceNode):  # evidence: []
        head = text[:begin].rstrip(" ")
        text, begin = head + text[end:], len(head)
    found = BREAK.search(text, begin)
    return _inserted(text, found.end() if found else len(text), _apart(entries, root))


def _apart(entries: Sequence[Sequence[str]], root: yaml.MappingNode) -> list[str]:
    dash = int(root.start_mark.column) + GAP
    return [line for entry in entries for line in ("", *as_entry(entry, dash))][1:]


def _inserted(text: str, at: int, lines: Sequence[str]) -> str:
    """Whole lines put in at the start of a line, or after an end that is no line's end."""
    ending = newline(text, at)
    if at and not BREAK.fullmatch(text[at - 1]):
        return text[:at] + "".join(ending + line for line in lines) + text[at:]
    return text[:at] + "".join(line + ending for line in lines) + text[at:]


def _without(text: str, index: int) -> str:
    section = _section(text)
    if section.flow_style:
        raise LayoutError
    entry = section.value[index]
    dash = len(text[: entry.start_mark.index].rstrip())
    if text[dash - 1] != "-":
        raise LayoutError
    begin = dash - 1 - section.start_mark.column
    end = line_after(text, entry)
    before, after = text[:begin], text[end:]
    if (index == 0 or _ends_blank(before)) and (blank := BREAK.match(after)):
        after = after[blank.end() :]
    if len(section.value) > 1:
        return before + after
    key = next(key for key, _ in _root(text).value if key.value == "evidence")
    colon = text.index(":", key.end_mark.index) + 1
    return f"{text[:colon]} []{before[colon:]}{after}"


def _ends_blank(text: str) -> bool:
    """Whether the last line is empty."""
    lines = text.splitlines()
    return not lines or not lines[-1].strip()


def _changed(text: str, index: int, before: Evidence | None, after: Evidence) -> str:
    assert before is not None
    section = _section(text)
    entry = section.value[index]
    keys = [key.value for key, _ in entry.value]
    differ = [one for one in _ORDER if as_plain(before, one) != as_plain(after, one)]
    going = [one for one in differ if _scalar(after, one) is None]
    coming = [one for one in differ if one not in keys and one not in going]
    if (going or coming) and (entry.flow_style or keys[0] in going):
        if section.flow_style:
            raise LayoutError
        begin: int = entry.start_mark.index
        indent: str = newline(text, begin) + " " * entry.start_mark.column
        return text[:begin] + indent.join(_lines(after)) + text[line_end(text, entry) :]
    edits: list[tuple[int, int, str]] = []
    for key, value in entry.value:
        if key.value in going:
            edits.append((key.start_mark.index - key.start_mark.column, line_after(text, value), ""))
        elif key.value in differ:
            words = _scalar(after, key.value, in_braces=bool(entry.flow_style)) or ""
            is_block = isinstance(value, yaml.CollectionNode) and not value.flow_style
            begin, end = value.start_mark.index, line_end(text, value) if is_block else scalar_end(text, value)
            edits.append((begin, end, words if begin > key.end_mark.index + 1 else f" {words}"))
    if coming:
        at = line_after(text, entry.value[-1][1])
        column = " " * entry.start_mark.column
        added = [f"{column}{one}: {_scalar(after, one)}" for one in coming]
        edits.append((at, at, _inserted(text[:at], at, added)[at:]))
    for begin, end, words in sorted(edits, reverse=True):
        text = text[:begin] + words + text[end:]
    return text


def _lines(statement: Evidence) -> list[str]:
    """The lines of a statement, indented from its own keys on."""
    return [f"{one}: {words}" for one in _ORDER if (words := _scalar(statement, one)) is not None]


def _scalar(statement: Evidence, one: str, *, in_braces: bool = False) -> str | None:
    """One key of a statement as it stands behind the colon; None where the key is left out."""
    value = as_plain(statement, one)
    match value:
        case None | False:
            return None
        case True:
            return "true"
        case list():
            if not value and one != "items":
                return None
            return f"[{', '.join(quoted(str(part), in_braces=True) for part in value)}]"
        case int() | float():
            return number(value)
        case _:
            words = str(value)
            return words if one in _UNQUOTED else quoted(words, in_braces=in_braces)


def _root(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=_LOADER)
    assert isinstance(root, yaml.MappingNode)
    return root


def _section(text: str) -> yaml.SequenceNode:
    section = under(_root(text), "evidence")
    assert isinstance(section, yaml.SequenceNode)
    return section
