"""Parts of a YAML text as lines: where they begin and end, and lines put between them; nothing else moves."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import yaml

from partnerselect.files.yaml_text import scalar

BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
GAP = 2
"""From the dash of an entry to its keys, and from a key to what stands under it, where nothing shows another width."""

_LONG = 1e15
_COMMENT = re.compile("( *)#[^\n\r\x85\u2028\u2029]*(\r\n|[\n\r\x85\u2028\u2029]|\\Z)")


class LayoutError(Exception):
    """A part stands in brackets, so that there are no lines to add to it or to take away."""


def under(mapping: yaml.Node | None, key: str) -> yaml.Node:
    """What stands under a key of a block of keys; the key must be there."""
    assert isinstance(mapping, yaml.MappingNode)
    node: yaml.Node = next(value for name, value in mapping.value if name.value == key)
    return node


def with_entries(text: str, section: yaml.SequenceNode, entries: Sequence[Sequence[str]]) -> str:
    """The text with entries after the last one of a list; see `entries_after`."""
    at, words = entries_after(text, section, entries)
    return text[:at] + words + text[at:]


def entries_after(text: str, section: yaml.SequenceNode, entries: Sequence[Sequence[str]]) -> tuple[int, str]:
    """Where entries go that come after the last one of a list, and their lines, laid out like that one.

    Parameters
    ----------
    text : str
        Sound YAML without a byte order mark.
    section : SequenceNode
        The list in it: one or more blocks of keys.
    entries : sequence of sequence of str
        The lines of each entry, indented from its own keys on.

    Raises
    ------
    LayoutError
        Where the list stands in brackets.
    """
    if section.flow_style:
        raise LayoutError
    last = section.value[-1]
    dash, at = section.start_mark.column, line_after(text, last)
    while (comment := _COMMENT.match(text, at)) and len(comment[1]) > dash:
        at = comment.end()
    gap = last.start_mark.column - dash if _stands_beside_its_dash(text, last) else GAP
    apart = _blank_line_before_the_last(text, section)
    lines: list[str] = []
    for index, entry in enumerate(entries):
        if apart and (index or not _keeps_blank_lines(text, last)):
            lines.append("")
        lines += as_entry(entry, dash, gap)
    return at, whole_lines(text, at, lines)


def whole_lines(text: str, at: int, lines: Sequence[str]) -> str:
    """Lines to be put in at the start of a line, or after an end of the text that is no line's end."""
    ending = newline(text, at)
    if at and not BREAK.fullmatch(text[at - 1]):
        return "".join(ending + line for line in lines)
    return "".join(line + ending for line in lines)


def as_entry(lines: Sequence[str], dash: int, gap: int = GAP) -> list[str]:
    """Lines of an entry behind a dash: the column of the dash, and how far its keys stand from it."""
    first, *more = lines
    return [" " * dash + "-".ljust(gap) + first, *(" " * (dash + gap) + line for line in more)]


def quoted(text: str, *, in_braces: bool = False) -> str:
    """A text as a scalar of one line, in quotes where it would be read as something else."""

    def dumped(style: str | None) -> str:
        one: str = yaml.safe_dump(
            [text], default_style=style, default_flow_style=in_braces, allow_unicode=True, width=sys.maxsize
        )
        return one[1:-2] if in_braces else one[2:-1]

    plain = dumped(None)
    is_another = plain == text and scalar(text) != text
    return dumped('"') if is_another or len(plain.splitlines()) > 1 else plain


def number(value: float) -> str:
    """A number as people write it: without a decimal point where it is whole."""
    return str(int(value)) if float(value).is_integer() and abs(value) < _LONG else repr(float(value))


def _last_part(node: yaml.Node) -> yaml.Node:
    """The scalar or bracket with which a block ends; the block's own end mark lies behind the comments that follow."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def scalar_end(text: str, node: yaml.Node) -> int:
    """End of what a scalar or bracket shows, without the blank lines under a block of text."""
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


def line_end(text: str, node: yaml.Node) -> int:
    """End of the last line of a node, before its line end."""
    found = BREAK.search(text, scalar_end(text, _last_part(node)))
    return found.start() if found else len(text)


def _keeps_blank_lines(text: str, node: yaml.Node) -> bool:
    """Whether a node ends in a block of text whose blank lines belong to it: why: |+."""
    part = _last_part(node)
    if not isinstance(part, yaml.ScalarNode) or part.style not in ("|", ">"):
        return False
    header, *_ = BREAK.split(text[part.start_mark.index : part.end_mark.index], maxsplit=1)
    return "+" in header.partition("#")[0]


def line_after(text: str, node: yaml.Node) -> int:
    """Start of the line after a node."""
    if _keeps_blank_lines(text, node):
        end: int = _last_part(node).end_mark.index
        return end
    found = BREAK.match(text, line_end(text, node))
    return found.end() if found else len(text)


def _stands_beside_its_dash(text: str, entry: yaml.Node) -> bool:
    start: int = entry.start_mark.index
    return text[start - entry.start_mark.column : start].strip() == "-"


def _blank_line_before_the_last(text: str, section: yaml.SequenceNode) -> bool:
    if len(section.value) < 2:
        return False
    before, last = section.value[-2:]
    between = text[line_after(text, before) : last.start_mark.index].rstrip()  # ends with the dash of the last
    return any(not line.strip() for line in between.splitlines())


def newline(text: str, at: int) -> str:
    """The line end that the file uses, taken from the line before a position."""
    feed = text.rfind("\n", 0, at)
    if text.rfind("\r", feed + 1, at) >= 0:
        return "\r"
    return "\r\n" if feed > 0 and text[feed - 1] == "\r" else "\n"
