"""A viewpoint in the text of a criteria file: the parser's marks say where it stands, and nothing else moves."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from partnerselect.files.yaml_lines import (
    GAP,
    LayoutError,
    line_end,
    newline,
    number,
    quoted,
    scalar_end,
    under,
    with_entries,
)
from partnerselect.model import Viewpoint

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def appended(text: str, viewpoint: Viewpoint, order: Sequence[str]) -> str:
    """The text with a viewpoint after the last entry of `viewpoints`, laid out like that one.

    Parameters
    ----------
    text : str
        Sound YAML without a byte order mark; its `viewpoints` are a list of one or more blocks of keys.
    viewpoint : Viewpoint
        What is added.
    order : sequence of str
        The ids in the order in which the points are to stand.

    Raises
    ------
    LayoutError
        Where the list stands in brackets.
    """
    section = _section(text)
    return with_entries(text, section, [_written(viewpoint, section.value[-1], order)])


def replaced(text: str, index: int, old: Viewpoint | None, new: Viewpoint, order: Sequence[str]) -> str:
    """The text with a viewpoint in place of one entry of `viewpoints`.

    Where only words or numbers change, the comments of the entry stay; where a line comes or goes, its lines from the
    first key to the last value are written anew.

    Parameters
    ----------
    text, order
        As in `appended`.
    index : int
        Position of the entry in the list.
    old : Viewpoint or None
        What the entry says now; None where that is no viewpoint.
    new : Viewpoint
        What it is to say.

    Raises
    ------
    LayoutError
        Where lines come or go in a list that stands in brackets.
    """
    section = _section(text)
    entry = section.value[index]
    if old is not None and old.points.keys() == new.points.keys() and (old.why is None) == (new.why is None):
        for start, end, words in sorted(_changes(text, entry, old, new), reverse=True):
            text = text[:start] + words + text[end:]
        return text
    if section.flow_style:
        raise LayoutError
    begin: int = entry.start_mark.index
    indent: str = newline(text, begin) + " " * entry.start_mark.column
    return text[:begin] + indent.join(_written(new, entry, order)) + text[line_end(text, entry) :]


def _section(text: str) -> yaml.SequenceNode:
    section = under(yaml.compose(text, Loader=_LOADER), "viewpoints")
    assert isinstance(section, yaml.SequenceNode)
    return section


def _changes(text: str, entry: yaml.MappingNode, old: Viewpoint, new: Viewpoint) -> list[tuple[int, int, str]]:
    """Start, end and new words of each scalar that says something else now."""
    changes = []
    for key, before, after in (("title", old.title, new.title), ("why", old.why, new.why)):
        if after is not None and before != after:
            changes.append((under(entry, key), quoted(after, in_braces=bool(entry.flow_style))))
    points = under(entry, "points")
    for id_, value in new.points.items():
        if value != old.points[id_]:
            changes.append((under(points, id_), number(value)))
    return [(node.start_mark.index, scalar_end(text, node), words) for node, words in changes]


def _written(viewpoint: Viewpoint, like: yaml.MappingNode, order: Sequence[str]) -> list[str]:
    """The lines of a viewpoint, indented from its own keys on; points as they stand in another entry."""
    position = {id_: index for index, id_ in enumerate(order)}
    ids = sorted(viewpoint.points, key=lambda id_: position.get(id_, len(position)))
    points = [f"{quoted(id_, in_braces=True)}: {number(viewpoint.points[id_])}" for id_ in ids]
    lines = [f"id: {quoted(viewpoint.id)}", f"title: {quoted(viewpoint.title)}"]
    if viewpoint.why is not None:
        lines.append(f"why: {quoted(viewpoint.why)}")
    step = _points_step(like)
    if step is None or not points:
        return [*lines, f"points: {{{', '.join(points)}}}"]
    return [*lines, "points:", *(" " * step + line for line in points)]


def _points_step(entry: yaml.MappingNode) -> int | None:
    """How far the points of an entry are indented from its keys; None where they stand in braces."""
    for key, points in entry.value:
        if key.value == "points" and isinstance(points, yaml.MappingNode):
            return None if points.flow_style else int(points.start_mark.column - entry.start_mark.column)
    return GAP
