"""Everything that can be taken away, each as a file, and all of it in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from partnerselect.charts import pictures, sets, sweeps
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document import ALL, pdf
from partnerselect.reports.json_record import json_record
from partnerselect.reports.minutes import minutes
from partnerselect.reports.set_csv import set_csv
from partnerselect.reports.shortlist_csv import shortlist_csv

_BYTE_ORDER = "utf-8-sig"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of the files in an archive, which nobody needs: the report names the day it was made on."""


def report_files(contents: ReportContents, sections: Collection[str] = ALL) -> Mapping[str, Callable[[], bytes]]:
    """By file name, what makes the file; nothing is made before it is called.

    Parameters
    ----------
    contents : ReportContents
    sections : collection of str
        Which sections the PDF has; see `document.SECTIONS`.
    """
    name = f"{contents.decision.id}-{contents.decision.as_of.isoformat()}"
    files: dict[str, Callable[[], bytes]] = {
        f"{name}.pdf": lambda: pdf(contents, sections),
        f"{name}.xlsx": lambda: _workbook(contents),
        f"{name}-minutes.md": lambda: minutes(contents).encode("utf-8"),
        f"{name}-record.json": lambda: json_record(contents),
        f"{name}-ranking.csv": lambda: shortlist_csv(contents.decision, contents.evaluation).encode(_BYTE_ORDER),
    }
    if contents.sets is not None:
        files[f"{name}-shortlist.csv"] = lambda: _set_csv(contents)
    for what, draw in _pictures(contents).items():
        files[f"pictures/{what}.svg"] = draw
    return MappingProxyType(files)


def archive(files: Mapping[str, Callable[[], bytes]], progress: Callable[[float], None] | None = None) -> bytes:
    """The files in one ZIP archive; `progress` is called with the share that is done."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for done, (name, make) in enumerate(files.items(), start=1):
            packed.writestr(zipfile.ZipInfo(name, _LONG_AGO), make(), zipfile.ZIP_DEFLATED)
            if progress is not None:
                progress(done / len(files))
    return made.getvalue()


def _workbook(contents: ReportContents) -> bytes:
    from partnerselect.reports.workbook import workbook

    found = contents.sets
    return workbook(
        contents.decision,
        contents.evaluation,
        None if found is None else found.best,
        contents.prices,
        None if found is None else found.robustness,
        made_on=contents.made_on,
    )


def _set_csv(contents: ReportContents) -> bytes:
    found = contents.sets
    assert found is not None
    points = contents.evaluation.points
    text = set_csv(contents.decision, found.best, found.robustness, points, found.partners, contents.prices)
    return text.encode(_BYTE_ORDER)


def _pictures(contents: ReportContents) -> dict[str, Callable[[], bytes]]:
    """Pictures of the charts, by what they show."""
    drawn: dict[str, Callable[[], pictures.Chart]] = {
        "weight-sweeps": lambda: sweeps.sweeps_chart(contents.sensitivity)
    }
    if not contents.sensitivity.evidence.empty:
        drawn["evidence-tornado"] = lambda: sweeps.tornado_chart(contents.sensitivity)
    found = contents.sets
    if found is not None:
        drawn["next-best-sets"] = lambda: sets.ladder_chart(found.best)
        drawn["core-index"] = lambda: sets.core_chart(found.robustness)
        drawn["coverage"] = lambda: sets.gaps_chart(found.gaps)
    return {name: _svg(draw) for name, draw in drawn.items()}


def _svg(draw: Callable[[], pictures.Chart]) -> Callable[[], bytes]:
    return lambda: pictures.svg(draw())
