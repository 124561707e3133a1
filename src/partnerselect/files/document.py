"""What a file says, as plain data that still knows its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from partnerselect.errors import Issue

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"
Place: TypeAlias = tuple[str | int, ...]

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Document:
    """One file as plain data.

    Attributes
    ----------
    file : str
        The file as the caller named it.
    data : Plain
        Nested dicts, lists and scalars; None where the file could not be read at all.
    lines : Mapping[Place, int]
        1-based line of every place: of the key in a mapping, of the entry in a list.
    issues : tuple of Issue
        What is wrong with the text itself.
    told : frozenset of Place
        Places that `issues` already speak about: what follows from them is not told again.
    """

    file: str
    data: Plain
    lines: Mapping[Place, int]
    issues: tuple[Issue, ...] = ()
    told: frozenset[Place] = frozenset()

    def line(self, place: Place) -> int | None:
        """Line of a place, or of the nearest place around it (a missing key has no line of its own)."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None

    def is_told(self, place: Place) -> bool:
        """Whether an issue of the text already covers this place."""
        return any(place[:length] in self.told for length in range(len(place) + 1))

    def issue(self, place: Place, found: str, mend: str) -> Issue:
        """One problem at one place of this file."""
        return Issue(self.file, self.line(place), written(place), found, mend)

    @classmethod
    def unreadable(cls, file: str, *issues: Issue) -> Document:
        """A file of which nothing can be used, and why."""
        return cls(file, None, {}, issues, frozenset({()}))


def written(place: Place) -> str:
    """A place as people write it: evidence[0].criterion."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{shortened(part)}"
    return text.removeprefix(".")


def shortened(text: str) -> str:
    """The text, cut where it is too long to show."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def shown(value: object) -> str:
    """A value as a person would name it in a sentence."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{shortened(value)}'"
        case list() | tuple():
            return "a list"
        case dict():
            return "a block of keys"
        case _:
            return shortened(str(value))


def listed(data: Plain, key: str) -> list[Plain]:
    """The list under a key; empty where there is none, or something else."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []


def entries(data: Plain, key: str, *deeper: str) -> Iterator[tuple[Place, dict[str, Plain]]]:
    """Each mapping in the list under a key, with its place; more keys go down list by list."""
    for index, entry in enumerate(listed(data, key)):
        if not isinstance(entry, dict):
            continue
        if not deeper:
            yield (key, index), entry
            continue
        for place, inner in entries(entry, *deeper):
            yield (key, index, *place), inner


def text(data: Plain, key: str) -> str | None:
    """The text under a key; None where there is none, or something else."""
    value = data.get(key) if isinstance(data, dict) else None
    return value.strip() if isinstance(value, str) else None


def texts(data: Plain, key: str) -> Iterator[tuple[Place, str]]:
    """Each text in the list under a key, with its place."""
    for index, entry in enumerate(listed(data, key)):
        if isinstance(entry, str):
            yield (key, index), entry.strip()


def number(data: Plain, key: str) -> float | None:
    """The number under a key; None where there is none, or something else."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
