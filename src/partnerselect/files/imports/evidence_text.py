"""Statements in the text of a candidate's file: put at its end, changed in their place, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from partnerselect.files.imports.statement_edits import Edit, changed, colon_after, edited, taken_out
from partnerselect.files.imports.statement_text import lines_of
from partnerselect.files.yaml_lines import (
    BREAK,
    GAP,
    LayoutError,
    as_entry,
    entries_after,
    line_after,
    quoted,
    under,
    whole_lines,
)
from partnerselect.model import Candidate
from partnerselect.model.imports import Change

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    root = _root(text)
    edits: list[Edit] = []
    new = [lines_of(one.after) for one in changes if one.at is None and one.after is not None]
    going = {one.at for one in changes if one.at is not None and one.after is None}
    added = _added(text, root, new) if new else []
    if any(one.at is not None for one in changes):
        section = _section(root)
        for one in changes:
            if one.at is not None and one.after is not None:
                assert one.before is not None
                edits += changed(text, section, one.at, one.before, one.after)
        last = line_after(text, section.value[-1]) if len(section.value) - 1 in going else None
        added = [(at, end, words.lstrip("\r\n") if at == last else words) for at, end, words in added]
        if going:
            edits += taken_out(text, section, going, added[0][0] if added else None)
        if len(going) == len(section.value) and not new:
            colon = colon_after(text, next(key for key, _ in root.value if key.value == "evidence"))
            edits.append((colon, colon, " []"))
    return edited(text, [*edits, *added])


def newcomer_text(who: Candidate) -> str:
    """The file of an organisation that has only its name, kind, country, region and statements."""
    about = [
        "schema_version: 1",
        f"id: {quoted(who.id)}",
        *(f"{key}: {quoted(getattr(who, key))}" for key in ("name", "kind", "country", "region")),
    ]
    entries = [line for one in who.evidence for line in ("", *as_entry(lines_of(one), GAP))][1:]
    return "\n".join([*about, *(["", "evidence:", *entries] if entries else []), ""])


def _added(text: str, root: yaml.MappingNode, entries: Sequence[Sequence[str]]) -> list[Edit]:
    """Edits that put statements at the end of the evidence, which may not be there yet."""
    if not any(key.value == "evidence" for key, _ in root.value):
        if root.flow_style:
            raise LayoutError
        at = line_after(text, root.value[-1][1])
        lines = ["", f"{' ' * root.start_mark.column}evidence:", *_apart(entries, root)]
        return [(at, at, whole_lines(text, at, lines))]
    section = _section(root)
    if section.value:
        at, words = entries_after(text, section, entries)
        return [(at, at, words)]
    if root.flow_style:
        raise LayoutError
    head, end = len(text[: section.start_mark.index].rstrip(" ")), section.end_mark.index  # evidence: []
    found = BREAK.search(text, end)
    at = found.end() if found else len(text)
    return [(head, end, ""), (at, at, whole_lines(text, at, _apart(entries, root)))]


def _apart(entries: Sequence[Sequence[str]], root: yaml.MappingNode) -> list[str]:
    dash = int(root.start_mark.column) + GAP
    return [line for entry in entries for line in ("", *as_entry(entry, dash))][1:]


def _root(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=_LOADER)
    assert isinstance(root, yaml.MappingNode)
    return root


def _section(root: yaml.MappingNode) -> yaml.SequenceNode:
    section = under(root, "evidence")
    assert isinstance(section, yaml.SequenceNode)
    return section
