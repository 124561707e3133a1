"""YAML to plain data with line numbers: the part of YAML that a person expects, and nothing that surprises.

Plain `null`, `~`, nothing, `true`, `false` and decimal numbers get a type; everything else, and everything
in quotes, stays text: `NO` is Norway, and `2016-10` is not a sum. Anchors, aliases, tags, directives, several
documents and keys that are no text or stand twice are refused, with their line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import yaml

from partnerselect.errors import InputError, Issue
from partnerselect.files import raw
from partnerselect.files.document import Document, Place, Plain, shortened, shown, written
from partnerselect.files.syntax import explained

DEEPEST = 32
MOST_NODES = 200_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 300
_WORDS: dict[str, Plain] = {"": None, "~": None, "null": None, "true": True, "false": False}
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


def read_yaml(path: str | Path) -> Document:
    """Read one file; what is wrong with its text stands in `issues` of the document, nothing is raised."""
    file = raw.named(path)
    try:
        return parse_yaml(raw.read_bytes(Path(path), file), file)
    except InputError as error:
        return Document.unreadable(file, *error.issues)


def parse_yaml(content: bytes, file: str) -> Document:
    """As `read_yaml`, from the bytes of a file."""
    try:
        text = raw.decoded(content, file)
    except InputError as error:
        return Document.unreadable(file, *error.issues)
    if directive := _DIRECTIVE.search(text):
        line = text.count("\n", 0, directive.start()) + 1
        found = "a line begins with %, which is a YAML directive"
        return Document.unreadable(file, Issue(file, line, "", found, "take the line out, or indent the text"))
    tree = _Tree(file)
    try:
        data = tree.read(yaml.parse(text, Loader=_LOADER))
    except _LimitError as stop:
        return Document.unreadable(file, *tree.issues, stop.issue)
    except yaml.MarkedYAMLError as error:
        return Document.unreadable(file, *tree.issues, Issue(file, *explained(error)))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        found = f"this is not YAML: {shortened(str(error))}"
        return Document.unreadable(
            file, *tree.issues, Issue(file, None, "", found, "compare it with a file that works")
        )
    return Document(file, data, tree.lines, tuple(tree.issues), frozenset(tree.told))


def scalar(text: str) -> Plain:
    """Value of an unquoted scalar: null, true, false, a decimal number, or the text as it stands."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and isfinite(number := float(text)):
        return number
    return text


class _LimitError(Exception):
    def __init__(self, issue: Issue) -> None:
        super().__init__()
        self.issue = issue


class _Tree:
    """Builds the tree from the parser's events, and notes every problem on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.issues: list[Issue] = []
        self.told: set[Place] = set()
        self.nodes = 0

    def read(self, events: Iterator[yaml.Event]) -> Plain:
        next(events)  # the stream begins
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            raise self._stop(None, "the file is empty", "fill it in, or take it away")
        root = next(events)
        if isinstance(root, yaml.ScalarEvent) and root.implicit[0] and scalar(root.value) is None:
            raise self._stop(None, "the file is empty", "fill it in, or take it away")
        self.lines[()] = _line(root)
        data = self._node(root, events, ())
        next(events)  # the document ends
        if isinstance(more := next(events), yaml.DocumentStartEvent):
            self._note(more, (), "a second document begins here", "one file holds one document: take the '---' away")
            self.told.discard(())
        return data

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Plain:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self._stop(event, f"the file has more than {MOST_NODES:,} entries", "split it, or shorten it")
        if len(place) > DEEPEST:
            raise self._stop(
                event, f"the nesting is deeper than {DEEPEST} levels", "close the brackets, or indent less"
            )
        if isinstance(event, yaml.AliasEvent):
            found = f"*{shortened(event.anchor or '')} is an alias: it repeats another part of the file"
            self._note(event, place, found, "write it out in full, or put text that begins with * in quotes")
            return None
        self._plain_only(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, place)
        return self._mapping(events, place)

    def _plain_only(self, event: yaml.Event, place: Place) -> None:
        if anchor := getattr(event, "anchor", None):
            found = f"&{shortened(anchor)} is an anchor"
            self._note(event, place, found, "take it away, or put text that begins with & in quotes")
        if tag := getattr(event, "tag", None):
            found = f"{shortened(tag)} is a tag"
            self._note(event, place, found, "take it away, or put text that begins with ! in quotes")

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Plain:
        text: str = event.value
        if character := raw.first_control(text):
            self._note(event, place, f"{raw.control(character)} stands in the text", "take the escape out")
        return scalar(text) if event.implicit[0] else text

    def _list(self, events: Iterator[yaml.Event], place: Place) -> list[Plain]:
        entries: list[Plain] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            inner = (*place, len(entries))
            self.lines[inner] = _line(event)
            entries.append(self._node(event, events, inner))
        return entries

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Plain]:
        pairs: dict[str, Plain] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, (*place, "?"))
            if not isinstance(key, str):
                if not isinstance(event, yaml.AliasEvent):
                    mend = "write a word before the ':', or put the key in quotes"
                    self._note(event, place, f"{shown(key)} cannot be a key: a key is text", mend, told=False)
                self._node(next(events), events, (*place, "?"))
                continue
            inner = (*place, key)
            if key in pairs:
                found = f"'{shortened(key)}' is written twice, first in line {self.lines[inner]}"
                self._note(event, inner, found, "keep one of the two")
                self._node(next(events), events, (*place, "?"))
                continue
            self.lines[inner] = _line(event)
            pairs[key] = self._node(next(events), events, inner)
        return pairs

    def _note(self, event: yaml.Event, place: Place, found: str, mend: str, *, told: bool = True) -> None:
        self.issues.append(Issue(self.file, _line(event), written(place), found, mend))
        if told:
            self.told.add(place)

    def _stop(self, event: yaml.Event | None, found: str, mend: str) -> _LimitError:
        return _LimitError(Issue(self.file, None if event is None else _line(event), "", found, mend))


def _line(event: yaml.Event) -> int:
    return 0 if event.start_mark is None else int(event.start_mark.line) + 1
