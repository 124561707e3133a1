"""Workbooks for tests: made, read back, and changed as a person would change them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import python_calamine

import partnerselect as ps
from partnerselect.model import Decision
from partnerselect.reports.workbook import workbook

MADE_ON = date(2026, 11, 1)
FIRST = 6
Row = list[Any]


def made(decision: Decision, points: str | Mapping[str, float] = "equal", **more: Any) -> bytes:
    """The workbook of a decision under some points."""
    return workbook(decision, ps.evaluate(decision, points), made_on=MADE_ON, **more)


def sheet(data: bytes, name: str) -> list[Row]:
    """Every cell of a sheet, rows and columns from the first; an empty cell is an empty text."""
    rows: list[Row] = (
        python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    )
    return rows


def parts(data: bytes) -> dict[str, str]:
    """The texts that the file is made of."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def formulas(data: bytes) -> list[str]:
    """Every formula of every sheet, as it is written."""
    texts = (text for name, text in parts(data).items() if name.startswith("xl/worksheets/sheet"))
    return [found for text in texts for found in re.findall(r"<f>(.*?)</f>", text)]


def with_points(data: bytes, points: Mapping[str, float | str]) -> bytes:
    """The workbook after somebody wrote other points into the yellow cells; a text is what was typed or pasted."""
    rows = {str(row[6]): at for at, row in enumerate(sheet(data, "Weights"), start=1)}
    texts = parts(data)
    name = "xl/worksheets/sheet2.xml"
    for one, value in points.items():
        cell = rf'(<c r="B{rows[one]}" s="\d+")><v>[^<]*</v></c>'
        new = f' t="inlineStr"><is><t>{value}</t></is></c>' if isinstance(value, str) else f"><v>{value!r}</v></c>"
        texts[name], count = re.subn(cell, rf"\1{new}", texts[name])
        assert count == 1, one
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in texts.items():
            file.writestr(part, text)
    return out.getvalue()
