"""What to write anew in a candidate's file where a statement changes, and what to take out where statements go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TypeAlias

import yaml

from partnerselect.files.imports.same import as_plain
from partnerselect.files.imports.statement_text import ORDER, lines_of, words_of
from partnerselect.files.yaml_lines import BREAK, LayoutError, line_after, line_end, newline, scalar_end, whole_lines
from partnerselect.model import Evidence

Edit: TypeAlias = tuple[int, int, str]
"""Begin and end of a part of the text, and what comes in its place."""

_TO_THE_DASH = re.compile("(?:[ \t]*(?:#[^\n\r\x85\u2028\u2029]*)?(?:\r\n|[\n\r\x85\u2028\u2029]))*[ \t]*(?=-)")


def edited(text: str, edits: Collection[Edit]) -> str:
    """The text with all edits; LayoutError where two of them are about the same part."""
    parts: list[str] = []
    done = 0
    for begin, end, words in sorted(edits, key=lambda one: one[:2]):
        if begin < done:
            raise LayoutError
        parts += [text[done:begin], words]
        done = end
    return "".join([*parts, text[done:]])


def colon_after(text: str, key: yaml.Node) -> int:
    """Behind the colon of a key."""
    return text.index(":", key.end_mark.index) + 1


def changed(text: str, section: yaml.SequenceNode, at: int, before: Evidence, after: Evidence) -> list[Edit]:
    """Edits for one statement: only the keys that say something else, and those that come or go.

    Parameters
    ----------
    text : str
        The file.
    section : SequenceNode
        The list of evidence in it.
    at : int
        Position of the statement.
    before, after : Evidence
        What it says now, and what it is to say.

    Raises
    ------
    LayoutError
        Where keys come or go in a list in brackets.
    """
    entry = section.value[at]
    keys = [key.value for key, _ in entry.value]
    differ = [one for one in ORDER if as_plain(before, one) != as_plain(after, one)]
    going = [one for one in differ if words_of(after, one) is None]
    coming = [one for one in differ if one not in keys and one not in going]
    if entry.flow_style and (going or coming):
        if section.flow_style:
            raise LayoutError
        return [_as_lines(text, entry, after)]
    edits: list[Edit] = []
    if keys[0] in going:
        going.remove(keys[0])
        edits += _first_key(text, entry, after, coming)
        coming = coming[1:]
    for key, value in entry.value:
        if key.value in going:
            edits.append(_whole(text, key, value))
        elif key.value in differ and (words := words_of(after, key.value, in_braces=bool(entry.flow_style))):
            edits += _other_value(text, key, value, words)
    if coming:
        end = line_after(text, entry.value[-1][1])
        column = " " * entry.start_mark.column
        added = [f"{column}{one}: {words_of(after, one)}" for one in coming]
        edits.append((end, end, whole_lines(text, end, added)))
    return edits


def taken_out(text: str, section: yaml.SequenceNode, going: Collection[int], stays: int | None) -> Iterator[Edit]:
    """Edits for statements that go, by their positions; of two blank lines around them one stays.

    `stays` is where new statements will stand: a blank line there is not touched.
    """
    if section.flow_style:
        raise LayoutError
    spans: list[tuple[int, int]] = []
    for at in sorted(going):
        begin, end = _dash(text, section, at) - section.start_mark.column, line_after(text, section.value[at])
        if spans and spans[-1][1] == begin:
            begin = spans.pop()[0]
        spans.append((begin, end))
    first = _dash(text, section, 0) - section.start_mark.column
    for begin, end in spans:
        blank = BREAK.match(text, end) if begin == first or _follows_blank_line(text, begin) else None
        yield begin, blank.end() if blank and end != stays else end, ""


def _as_lines(text: str, entry: yaml.MappingNode, after: Evidence) -> Edit:
    """A statement in braces as lines; a comment behind the braces stays in the first line."""
    begin: int = entry.start_mark.index
    indent = newline(text, begin) + " " * entry.start_mark.column
    end = line_end(text, entry)
    first, *more = lines_of(after)
    return begin, end, indent.join([first + text[scalar_end(text, entry) : end], *more])


def _first_key(text: str, entry: yaml.MappingNode, after: Evidence, coming: Collection[str]) -> Iterator[Edit]:
    """Edits where the first key goes: one that comes takes its place, or else the criterion, which always stays.

    The first key stands beside the dash, so its line cannot just be taken out.
    """
    (key, value), *others = entry.value
    begin: int = key.start_mark.index
    if coming:
        one = next(iter(coming))
        words = words_of(after, one)
        if _is_block(value):
            yield begin, colon_after(text, key), f"{one}: {words}"
            yield _lines_under(text, value)
        else:
            yield begin, scalar_end(text, value), f"{one}: {words}"
        return
    key, value = next(pair for pair in others if pair[0].value == "criterion")
    start, end, _ = _whole(text, key, value)
    line = text[key.start_mark.index : end]
    if not BREAK.fullmatch(line[-1]):
        line += newline(text, end)
    yield begin, line_after(text, entry.value[0][1]), line
    yield start, end, ""


def _other_value(text: str, key: yaml.Node, value: yaml.Node, words: str) -> list[Edit]:
    """Edits that put other words behind a key; a list of lines goes, and what stands for it is put beside the key."""
    if _is_block(value):
        colon = colon_after(text, key)
        return [(colon, colon, f" {words}"), _lines_under(text, value)]
    begin: int = value.start_mark.index
    return [(begin, scalar_end(text, value), f" {words}" if text[begin - 1] == ":" else words)]


def _is_block(value: yaml.Node) -> bool:
    return isinstance(value, yaml.CollectionNode) and not value.flow_style


def _lines_under(text: str, value: yaml.Node) -> Edit:
    """Takes out the lines of a list that stands below its key."""
    return value.start_mark.index - value.start_mark.column, line_after(text, value), ""


def _whole(text: str, key: yaml.Node, value: yaml.Node) -> Edit:
    """Takes out the lines of a key with all that stands behind it."""
    return key.start_mark.index - key.start_mark.column, line_after(text, value), ""


def _dash(text: str, section: yaml.SequenceNode, at: int) -> int:
    """Where the dash of an entry stands: before its first key, or in a line above it, with comments between."""
    if at == 0:
        return int(section.start_mark.index)
    found = _TO_THE_DASH.match(text, line_after(text, section.value[at - 1]))
    if found is None or found.end() >= section.value[at].start_mark.index:
        raise LayoutError
    return found.end()


def _follows_blank_line(text: str, begin: int) -> bool:
    """Whether the line before the one that begins here is empty."""
    at = begin - (2 if text.endswith("\r\n", 0, begin) else 1)
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    return at <= 0 or BREAK.fullmatch(text[at - 1]) is not None
