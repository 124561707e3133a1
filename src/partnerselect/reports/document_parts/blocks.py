"""The blocks that sections are made of, and their form for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partnerselect.charts.pictures import Chart, svg, svg_size
from partnerselect.reports.document_parts.letters import breakable, chart_text, printable

_LONGEST_ADDRESS = 2000
_KEPT_TOGETHER = 700
"""Letters of a cell up to which its row stays on one page: even in a narrow column they take less than one."""

_ACROSS, _DOWN = 466.0, 640.0
_POINTS_PER_PIXEL = 0.72
_CHART_WIDTH = 360


@dataclass(frozen=True)
class Words:
    """A paragraph.

    A "lead" says the answer of its section, "quiet" is small print, "alarm" must be seen; "code" is a short text to be
    copied sign by sign.
    """

    text: str
    look: Literal["plain", "lead", "quiet", "alarm", "code"] = "plain"


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """Sentences, one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Short answers, each with what it is about."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its width is in millimetres, else a share of what the others leave."""

    title: str
    millimetres: float | None = None
    share: float = 1.0
    align: Literal["left", "right", "center"] = "left"
    turned: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; where it has fewer cells than columns, the last one spans the rest.

    A "group" opens the rows below it, and stays in sight on the pages that they go on to.
    """

    cells: tuple[str | tuple[str, ...], ...]
    look: Literal["plain", "strong", "group", "quiet"] = "plain"


@dataclass(frozen=True)
class Table:
    """A table; a cell with several texts has one line for each."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: float = 9.0


@dataclass(frozen=True)
class Picture:
    """A chart without facets, and what it says to those who cannot see it."""

    chart: Chart
    alt: str


@dataclass(frozen=True)
class Card:
    """A partner: who it is, and why it is in."""

    name: str
    about: str
    told: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True)
class Signatures:
    """Room to sign, for each of these."""

    people: tuple[tuple[str, str], ...]


Block: TypeAlias = Words | Heading | Bullets | Facts | Table | Picture | Card | Signatures


def heading(text: str) -> str:
    """A text that a heading can be made of: a dash where nothing of it can be seen."""
    return breakable(text) if printable(text).strip() else "–"


def for_template(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as plain data; texts can be printed, charts are drawn."""
    return [_plain(block) for block in blocks]


def _plain(block: Block) -> dict[str, Any]:
    match block:
        case Words():
            text = printable(block.text) if block.look == "code" else breakable(block.text)
            return {"kind": "words", "text": text, "look": block.look}
        case Heading():
            return {"kind": "heading", "text": heading(block.text)}
        case Bullets():
            return {"kind": "bullets", "items": [breakable(item) for item in block.items]}
        case Facts():
            return {"kind": "facts", "pairs": [[breakable(part) for part in pair] for pair in block.pairs]}
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)
        case Card():
            told = [breakable(sentence) for sentence in block.told]
            reason = None if block.reason is None else breakable(block.reason)
            about = breakable(block.about)
            return {"kind": "card", "name": heading(block.name), "about": about, "told": told, "reason": reason}
        case Signatures():
            return {"kind": "signatures", "people": [[breakable(part) for part in person] for person in block.people]}


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {
            "title": breakable(column.title),
            "millimetres": column.millimetres,
            "share": column.share,
            "align": column.align,
            "turned": column.turned,
        }
        for column in table.columns
    ]
    rows = [
        {"look": row.look, "cells": [_cell(cell) for cell in row.cells], "breaks": _is_long(row)} for row in table.rows
    ]
    return {"kind": "table", "columns": columns, "rows": rows, "size": table.size}


def _cell(cell: str | tuple[str, ...]) -> Any:
    """A text, an address on the web to be followed, or a list of them."""
    if isinstance(cell, tuple):
        return [_cell(part) for part in cell]
    return {"text": breakable(cell), "address": cell} if _is_address(cell) else breakable(cell)


def _is_long(row: Row) -> bool:
    """Whether a row is too long to be kept on one page."""
    return max(sum(map(len, cell)) if isinstance(cell, tuple) else len(cell) for cell in row.cells) > _KEPT_TOGETHER


def _is_address(text: str) -> bool:
    if not text.startswith(("http://", "https://")) or len(text) > _LONGEST_ADDRESS:
        return False
    return text.isprintable() and " " not in text


def _picture(picture: Picture) -> dict[str, Any]:
    """The chart as SVG, its letters as large as the text around it unless the page is too narrow or too short."""
    drawn = chart_text(svg(picture.chart.properties(width=_CHART_WIDTH)).decode())
    width, height = (_POINTS_PER_PIXEL * size for size in svg_size(drawn))
    width *= min(1.0, _ACROSS / width, _DOWN / height)
    return {"kind": "picture", "svg": drawn, "alt": printable(picture.alt), "width": width}
