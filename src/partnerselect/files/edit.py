"""A viewpoint in the text of a criteria file: the parser's marks say where it stands, and nothing else moves."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import yaml

from partnerselect.files.yaml_text import scalar
from partnerselect.model import Viewpoint

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = re.compile("( *)#[^\n\r\x85\u2028\u2029]*(\r\n|[\n\r\x85\u2028\u2029]|\\Z)")
_GAP = 2  # from the dash of an entry to its keys, and from a key to what stands under it


class LayoutError(Exception):
    """The list of viewpoints stands in brackets, so that there are no lines to add to it."""


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
    if section.flow_style:
        raise LayoutError
    last = section.value[-1]
    dash, at = section.start_mark.column, _line_after(text, last)
    while (comment := _COMMENT.match(text, at)) and len(comment[1]) > dash:
        at = comment.end()
    gap = last.start_mark.column - dash if _stands_beside_its_dash(text, last) else _GAP
    newline = _newline(text, at)
    first, *more = _written(viewpoint, last, order)
    lines = [" " * dash + "-".ljust(gap) + first, *(" " * (dash + gap) + line for line in more)]
    if _blank_line_before_the_last(text, section) and not _keeps_blank_lines(text, last):
        lines = ["", *lines]
    if _ends_a_line(text[:at]):
        return text[:at] + "".join(line + newline for line in lines) + text[at:]
    return text[:at] + "".join(newline + line for line in lines)


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
    indent: str = _newline(text, begin) + " " * entry.start_mark.column
    return text[:begin] + indent.join(_written(new, entry, order)) + text[_end(text, entry) :]


def _section(text: str) -> yaml.SequenceNode:
    section = _under(yaml.compose(text, Loader=_LOADER), "viewpoints")
    assert isinstance(section, yaml.SequenceNode)
    return section


def _under(mapping: yaml.Node | None, key: str) -> yaml.Node:
    assert isinstance(mapping, yaml.MappingNode)
    node: yaml.Node = next(value for name, value in mapping.value if name.value == key)
    return node


def _changes(text: str, entry: yaml.MappingNode, old: Viewpoint, new: Viewpoint) -> list[tuple[int, int, str]]:
    """Start, end and new words of each scalar that says something else now."""
    changes = []
    for key, before, after in (("title", old.title, new.title), ("why", old.why, new.why)):
        if after is not None and before != after:
            changes.append((_under(entry, key), _quoted(after, in_braces=bool(entry.flow_style))))
    points = _under(entry, "points")
    for id_, number in new.points.items():
        if number != old.points[id_]:
            changes.append((_under(points, id_), _number(number)))
    return [(node.start_mark.index, _scalar_end(text, node), words) for node, words in changes]


def _written(viewpoint: Viewpoint, like: yaml.MappingNode, order: Sequence[str]) -> list[str]:
    """The lines of a viewpoint, indented from its own keys on; points as they stand in another entry."""
    position = {id_: index for index, id_ in enumerate(order)}
    ids = sorted(viewpoint.points, key=lambda id_: position.get(id_, len(position)))
    points = [f"{_quoted(id_, in_braces=True)}: {_number(viewpoint.points[id_])}" for id_ in ids]
    lines = [f"id: {_quoted(viewpoint.id)}", f"title: {_quoted(viewpoint.title)}"]
    if viewpoint.why is not None:
        lines.append(f"why: {_quoted(viewpoint.why)}")
    step = _points_step(like)
    if step is None or not points:
        return [*lines, f"points: {{{', '.join(points)}}}"]
    return [*lines, "points:", *(" " * step + line for line in points)]


def _points_step(entry: yaml.MappingNode) -> int | None:
    """How far the points of an entry are indented from its keys; None where they stand in braces."""
    for key, points in entry.value:
        if key.value == "points" and isinstance(points, yaml.MappingNode):
            return None if points.flow_style else int(points.start_mark.column - entry.start_mark.column)
    return _GAP


def _quoted(text: str, *, in_braces: bool = False) -> str:
    """A text as a scalar of one line, in quotes where it would be read as something else."""

    def dumped(style: str | None) -> str:
        one: str = yaml.safe_dump(
            [text], default_style=style, default_flow_style=in_braces, allow_unicode=True, width=sys.maxsize
        )
        return one[1:-2] if in_braces else one[2:-1]

    plain = dumped(None)
    is_another = plain == text and scalar(text) != text
    return dumped('"') if is_another or len(plain.splitlines()) > 1 else plain


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _last_part(node: yaml.Node) -> yaml.Node:
    """The scalar or bracket with which a block ends; the block's own end mark lies behind the comments that follow."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _scalar_end(text: str, node: yaml.Node) -> int:
    """End of what a scalar or bracket shows, without the blank lines under a block of text."""
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


def _end(text: str, node: yaml.Node) -> int:
    """End of the last line of a node, before its line end."""
    found = _BREAK.search(text, _scalar_end(text, _last_part(node)))
    return found.start() if found else len(text)


def _keeps_blank_lines(text: str, node: yaml.Node) -> bool:
    """Whether a node ends in a block of text whose blank lines belong to it: why: |+."""
    part = _last_part(node)
    if not isinstance(part, yaml.ScalarNode) or part.style not in ("|", ">"):
        return False
    header, *_ = _BREAK.split(text[part.start_mark.index : part.end_mark.index], maxsplit=1)
    return "+" in header.partition("#")[0]


def _line_after(text: str, node: yaml.Node) -> int:
    """Start of the line after a node."""
    if _keeps_blank_lines(text, node):
        end: int = _last_part(node).end_mark.index
        return end
    found = _BREAK.match(text, _end(text, node))
    return found.end() if found else len(text)


def _stands_beside_its_dash(text: str, entry: yaml.Node) -> bool:
    start: int = entry.start_mark.index
    return text[start - entry.start_mark.column : start].strip() == "-"


def _blank_line_before_the_last(text: str, section: yaml.SequenceNode) -> bool:
    if len(section.value) < 2:
        return False
    before, last = section.value[-2:]
    between = text[_line_after(text, before) : last.start_mark.index].rstrip()  # ends with the dash of the last
    return any(not line.strip() for line in between.splitlines())


def _ends_a_line(text: str) -> bool:
    return _BREAK.fullmatch(text[-1:]) is not None


def _newline(text: str, at: int) -> str:
    """The line end that the file uses, taken from the line before a position."""
    found = re.findall("\r\n|\n|\r", text[:at])
    return found[-1] if found else "\n"
