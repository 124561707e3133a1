"""Where a table comes from: its source, grade and date, given once by the person who imports it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from partnerselect.errors import Issue
from partnerselect.files.document import Document, Plain
from partnerselect.files.messages import issues_of
from partnerselect.model import Evidence

_MISSING = "a table says nothing of its source"
_MEND = "give it a grade (a to d), a date, and a source; or sign it with by and reason"


@dataclass(frozen=True, slots=True)
class Origin:
    """What is true of every cell of a table of candidates x criteria.

    Attributes
    ----------
    grade : str
        a, b, c or d.
    as_of : str or None
        The day, month or year that the table speaks of: 2017-05-31, 2017-05 or 2017.
    source : str or None
        Document or address on the web; needed unless it is signed.
    by, reason : str or None
        Who judged, and on what ground; both for a signed table.
    judged_on : date or None
        The day of the judgement.
    note : str or None
    """

    grade: str
    as_of: str | None = None
    source: str | None = None
    by: str | None = None
    reason: str | None = None
    judged_on: date | None = None
    note: str | None = None

    def data(self) -> dict[str, Plain]:
        """The keys that it gives to each statement."""
        judged_on = None if self.judged_on is None else self.judged_on.isoformat()
        told: dict[str, Plain] = {
            "as_of": _stripped(self.as_of),
            "grade": self.grade.strip(),
            "by": _stripped(self.by),
            "judged_on": judged_on,
            "reason": _stripped(self.reason),
            "source": _stripped(self.source),
            "note": _stripped(self.note),
        }
        return {key: value for key, value in told.items() if value is not None}


def origin_issues(origin: Origin | None, file: str) -> list[Issue]:
    """What a table's origin misses; nothing where a statement can rest on it."""
    if origin is None:
        return [Issue(file, None, "", _MISSING, _MEND)]
    data: dict[str, Plain] = {"criterion": "any", "status": "refused", **origin.data()}
    issues: list[Issue] = []
    try:
        Evidence.model_validate(data)
    except ValidationError as error:
        issues += issues_of(error, Document(file, data, {}), Evidence)
    if "as_of" not in data and "judged_on" not in data:
        issues.append(
            Issue(file, None, "as_of", "the table has no date", "write the date as 2017, 2017-05 or 2017-05-31")
        )
    return issues


def _stripped(text: str | None) -> str | None:
    return None if text is None or not text.strip() else text.strip()
