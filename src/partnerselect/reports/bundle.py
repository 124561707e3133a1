"""Everything that can be taken away, each as a file, and all of it in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from functools import partial
from types import MappingProxyType

from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document import ALL, pdf
from partnerselect.reports.findings import findings
from partnerselect.reports.minutes import minutes
from partnerselect.reports.report_pictures import KINDS, ReportPicture, list_of_pictures, report_pictures
from partnerselect.reports.set_csv import set_csv
from partnerselect.reports.shortlist_csv import shortlist_csv

_BYTE_ORDER = "utf-8-sig"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of the files in an archive, which nobody needs: the report names the day it was made on."""


def report_files(
    contents: ReportContents,
    sections: Collection[str] = ALL,
    shown: Collection[ReportPicture] | None = None,
    record: bytes | None = None,
) -> Mapping[str, Callable[[], bytes]]:
    """By file name, what makes the file; nothing is made before it is called.

    Parameters
    ----------
    contents : ReportContents
    sections : collection of str
        Which sections the PDF has; see `document.SECTIONS`.
    shown : collection of ReportPicture, optional
        The pictures, where they are at hand; without them, those of `report_pictures`.
    record : bytes, optional
        The closed round itself, as `Store.export` gives it; it becomes a file of its own.
    """
    name = contents.name
    files: dict[str, Callable[[], bytes]] = {
        f"{name}.pdf": lambda: pdf(contents, sections),
        f"{name}.xlsx": lambda: _workbook(contents),
        f"{name}-minutes.md": lambda: minutes(contents).encode("utf-8"),
        f"{name}-findings.json": lambda: findings(contents),
        f"{name}-ranking.csv": lambda: shortlist_csv(contents.decision, contents.evaluation).encode(_BYTE_ORDER),
    }
    if contents.sets is not None:
        files[f"{name}-shortlist.csv"] = lambda: _set_csv(contents)
    if record is not None:
        files[contents.on_record.file_name] = partial(bytes, record)
    drawn = report_pictures(contents) if shown is None else shown
    for one in drawn:
        files |= {f"pictures/{one.name}.{kind}": partial(one.file, kind) for kind in KINDS}
    files["pictures/README.md"] = lambda: list_of_pictures(drawn).encode("utf-8")
    return MappingProxyType(files)


def archive(files: Mapping[str, Callable[[], bytes]], progress: Callable[[float, str], None] | None = None) -> bytes:
    """The files in one ZIP archive.

    Parameters
    ----------
    files : mapping of str to callable
        What makes each file, by its name.
    progress : callable, optional
        Called before each file with the share that is done and its name, and with 1 and no name in the end.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for done, (name, make) in enumerate(files.items()):
            if progress is not None:
                progress(done / len(files), name)
            packed.writestr(zipfile.ZipInfo(name, _LONG_AGO), make(), zipfile.ZIP_DEFLATED)
    if progress is not None:
        progress(1.0, "")
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
        on_record=contents.on_record,
        chosen=contents.chosen,
        place=None if found is None else found.place,
    )


def _set_csv(contents: ReportContents) -> bytes:
    found = contents.sets
    assert found is not None
    text = set_csv(
        contents.decision,
        found.best,
        found.robustness,
        contents.evaluation.points,
        found.partners,
        contents.prices,
        place=found.place,
        on_record=contents.on_record,
    )
    return text.encode(_BYTE_ORDER)
