"""The PDF of the real case with its charts; the typesetter against empty pages, and against the words alone."""

from __future__ import annotations

import io
import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import Any

import pypdf
import typst
from large_case import CASE
from measure import in_turn, report, seconds

import partnerselect as ps
from partnerselect.reports.contents import ReportContents, report_contents

_MOST = 2.0
_RUNS = 9
_HEAD = """
#set document(title: "Plain")
#set page(paper: "a4", footer: context [#counter(page).display("1 of 1", both: true)])
#set text(size: 9pt, hyphenate: false)
"""


def main() -> None:
    """All figures of this file."""
    contents = _case()
    _whole(contents)
    from partnerselect.reports.document import document, typeset

    given = document(contents)
    number = len(pypdf.PdfReader(io.BytesIO(typeset(given))).pages)
    runs = count()

    def ours() -> bytes:
        return typeset({**given, "foot": f"run {next(runs)}"})  # else the typesetter remembers what it made

    mine, empty = in_turn(ours, _compiled("#pagebreak()\n" * (number - 1), {}, runs), _RUNS)
    report(f"typesetting, {number} pages, against as many empty pages", mine, empty, 3)
    plain = _compiled("#for told in data.texts { par(told) }", {"texts": _paragraphs(given["sections"])}, runs)
    mine, words = in_turn(ours, plain, _RUNS)
    report(f"typesetting, {number} pages, against its words alone", mine, words, 3)


def _whole(contents: ReportContents) -> None:
    """Seconds of the whole PDF, the first time in this process (with everything to be loaded) and again."""

    def made() -> None:
        from partnerselect.reports.document import pdf

        pdf(contents)

    first, again = seconds(made), statistics.median(seconds(made) for _ in range(5))
    for when, took in (("first", first), ("again", again)):
        verdict = "ok" if took <= _MOST else "ABOVE"
        print(f"{f'PDF of the real case with its charts, {when}':<66} {took:.2f} s  wanted <= {_MOST:g} s  {verdict}")


def _case() -> ReportContents:
    decision = ps.read_decision(f"criteria/{CASE}.yaml", f"candidates/{CASE}")
    return report_contents(decision, "health_first", software="0.0", made_on=date(2026, 11, 1))


def _compiled(body: str, data: Mapping[str, Any], runs: Iterator[int]) -> Callable[[], bytes]:
    """A document as the report is made: the same standards, fonts and tags."""
    source = f"#let data = json(bytes(sys.inputs.data))\n{_HEAD}= Plain\n{body}\n".encode()

    def made() -> bytes:
        told = json.dumps({**data, "run": next(runs)}, ensure_ascii=False)
        return typst.compile(
            source, sys_inputs={"data": told}, ignore_system_fonts=True, pdf_standards=["a-2b", "ua-1"]
        )

    return made


def _texts(part: Any) -> Iterator[str]:
    """Every text of a report."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for name, one in part.items():
            if name not in ("svg", "alt", "kind", "look", "align", "address"):
                yield from _texts(one)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)


def _paragraphs(sections: Any) -> list[str]:
    """The words of a report, without tables."""
    words = " ".join(_texts(sections))
    return [words[start : start + 600] for start in range(0, len(words), 600)]


if __name__ == "__main__":
    main()
