"""What the sheets of a workbook share: its texts and its formats of numbers, read and written anew.

The library that turns cells into values makes room for as many texts as a workbook says that it has, whatever it has.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from partnerselect.files.cells import MOST_CELLS, refused
from partnerselect.files.xlsx_sheet import local, parse

MOST_FORMATS = 70_000
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


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


def plain_styles(content: bytes, file: str) -> bytes:
    """The formats of numbers, which tell dates from numbers, and nothing else of a workbook's styles."""
    formats: list[str] = []
    cells: list[str] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        of = attributes.get("numFmtId", "0")
        number = of if of.isascii() and of.isdigit() and len(of) <= 9 else "0"
        match local(name):
            case "numFmt" if len(formats) < MOST_FORMATS:
                code = quoteattr(attributes.get("formatCode", ""))
                formats.append(f'<numFmt numFmtId="{number}" formatCode={code}/>')
            case "cellXfs":
                inside[0] = True
            case "xf" if inside[0] and len(cells) < MOST_FORMATS:
                cells.append(f'<xf numFmtId="{number}"/>')

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside[0] = False

    parse(content, file, start, end)
    listed = f"<numFmts>{''.join(formats)}</numFmts><cellXfs>{''.join(cells)}</cellXfs>"
    return f'<styleSheet xmlns="{_NS}">{listed}</styleSheet>'.encode()
