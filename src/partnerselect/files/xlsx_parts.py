"""What the sheets of a workbook share: its texts and its formats of numbers, read and written anew.

The library that turns cells into values makes room for as many texts as a workbook says that it has, whatever it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from partnerselect.files.cells import MOST_CELLS, refused
from partnerselect.files.xlsx_sheet import local, parse

MOST_FORMATS = 70_000
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PERCENTS = ("9", "10")
"""Formats that every workbook has: 0% and 0.00%."""

_NOT_A_SIGN = re.compile(r'"[^"]*"|\[[^]]*\]|[\\_*].', re.DOTALL)
"""Parts of a format that are shown as they stand, or say how."""


def shared_texts(content: bytes, file: str) -> list[str]:
    """The texts that cells refer to by number; aids for reading Japanese are left out."""
    texts: list[str] = []
    current: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, _: dict[str, str]) -> None:
        match local(name):
            case "si":
                current.clear()
            case "t" | "rPh" as one:
                inside[one] = True

    def end(name: str) -> None:
        match local(name):
            case "si":
                if len(texts) == MOST_CELLS:
                    found = f"the workbook has more than {MOST_CELLS:,} texts"
                    raise refused(file, found, "keep only the sheet with the table, and save it again")
                texts.append("".join(current))
            case "t" | "rPh" as one:
                inside[one] = False

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            current.append(data)

    parse(content, file, start, end, text)
    return texts


@dataclass(frozen=True, slots=True)
class Styles:
    """How the cells of a workbook show numbers.

    Attributes
    ----------
    part : bytes
        The formats, which tell dates from numbers, and nothing else of the workbook's styles.
    percents : frozenset of int
        The styles, by the number with which cells refer to them, that show a percentage.
    """

    part: bytes
    percents: frozenset[int]


def plain_styles(content: bytes, file: str) -> Styles:
    """The formats of numbers in a workbook's styles."""
    formats: list[tuple[str, str]] = []
    cells: list[str] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        of = attributes.get("numFmtId", "0")
        number = str(int(of)) if of.isascii() and of.isdigit() and len(of) <= 9 else "0"
        match local(name):
            case "numFmt" if len(formats) < MOST_FORMATS:
                formats.append((number, attributes.get("formatCode", "")))
            case "cellXfs":
                inside[0] = True
            case "xf" if inside[0] and len(cells) < MOST_FORMATS:
                cells.append(number)

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside[0] = False

    parse(content, file, start, end)
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in formats)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in cells)
    part = f'<styleSheet xmlns="{_NS}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
    percents = {*_PERCENTS, *(number for number, code in formats if "%" in _NOT_A_SIGN.sub("", code))}
    return Styles(part.encode(), frozenset(at for at, number in enumerate(cells) if number in percents))
