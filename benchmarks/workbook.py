"""The workbook that recomputes, against the library writing the same cells without formulas; and many candidates."""

from __future__ import annotations

import io
import re
import statistics
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter
from large_case import CASE, write_large_case
from measure import in_turn, report, seconds

import partnerselect as ps
from partnerselect.model import Decision
from partnerselect.reports.workbook import workbook
from partnerselect.reports.workbook_sheets.book import is_web_address

_MADE_ON = date(2026, 11, 1)
_MOST = 300
_FORMATS = 40
"""About as many formats as the workbook has."""


def main() -> None:
    """All figures of this file."""
    decision = ps.read_decision(f"criteria/{CASE}.yaml", f"candidates/{CASE}")
    ours = _case(decision)
    cells, comments = _cells(ours())
    mine, plain = in_turn(ours, lambda: _plain(cells, comments), 15)
    report("workbook, 24 x 14, against the same cells without formulas", mine, plain, 1.5)
    with tempfile.TemporaryDirectory() as scratch:
        write_large_case(Path(scratch), 1000)
        large = ps.read_decision(Path(scratch) / f"criteria/{CASE}.yaml", Path(scratch) / f"candidates/{CASE}")
    many = _bare(large)
    few = statistics.median(seconds(_bare(decision)) for _ in range(5))
    took = [seconds(many) for _ in range(3)]
    report("workbook, 1000 x 14, against 24 x 14", took, [few], 50)
    tracemalloc.start()
    many()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    verdict = "ok" if peak <= _MOST else "ABOVE"
    print(f"{'workbook, 1000 x 14, peak of memory':<66} {peak:.0f} MB  wanted <= {_MOST} MB  {verdict}", flush=True)


def _case(decision: Decision) -> Callable[[], bytes]:
    evaluation = ps.evaluate(decision, "equal_goals")
    best = ps.best_sets(decision, "equal_goals")
    prices = ps.rule_prices(ps.set_question(decision, "equal_goals"))
    return lambda: workbook(decision, evaluation, best, prices, made_on=_MADE_ON)


def _bare(decision: Decision) -> Callable[[], bytes]:
    evaluation = ps.evaluate(decision, "equal_goals")
    return lambda: workbook(decision, evaluation, made_on=_MADE_ON)


def _cells(data: bytes) -> tuple[dict[str, list[list[Any]]], list[tuple[str, str]]]:
    """What the cells of a workbook show, sheet by sheet, and the comments on the sheet Values."""
    file = python_calamine.load_workbook(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = parts.read("xl/comments1.xml").decode()
    comments = re.findall(r'<comment ref="(\w+)".*?<t[^>]*>(.*?)</t>', text, flags=re.DOTALL)
    return {name: file.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in file.sheet_names}, comments


def _plain(cells: dict[str, list[list[Any]]], comments: list[tuple[str, str]]) -> bytes:
    """The same cells as texts, numbers, links and comments, written by the library with formats, and nothing else."""
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    formats = [file.add_format({"font_size": 8 + at / 10, "border": 1}) for at in range(_FORMATS)]
    for name, rows in cells.items():
        sheet = file.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                format_ = formats[column % _FORMATS]
                if value == "":
                    sheet.write_blank(row, column, None, format_)
                elif not isinstance(value, str):
                    sheet.write_number(row, column, value, format_)
                elif is_web_address(value):
                    sheet.write_url(row, column, value, format_)
                else:
                    sheet.write_string(row, column, value, format_)
        if name == "Values":
            for where, told in comments:
                sheet.write_comment(where, told)
    file.close()
    return out.getvalue()


if __name__ == "__main__":
    main()
