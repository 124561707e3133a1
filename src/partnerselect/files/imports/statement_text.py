"""One statement as the lines of a candidate's file."""

from __future__ import annotations

from partnerselect.files.imports.same import as_plain
from partnerselect.files.yaml_lines import number, quoted
from partnerselect.model import Evidence

ORDER = (
    "criterion", "value", "low", "high", "items", "possible", "status", "unit", "basis", "as_of", "undated", "grade",
    "by", "judged_on", "facts", "reason", "source", "note",
)  # fmt: skip
_UNQUOTED = ("status", "basis", "as_of", "grade", "judged_on")


def lines_of(statement: Evidence) -> list[str]:
    """The lines of a statement, indented from its own keys on."""
    return [f"{one}: {words}" for one in ORDER if (words := words_of(statement, one)) is not None]


def words_of(statement: Evidence, one: str, *, in_braces: bool = False) -> str | None:
    """One key of a statement as it stands behind the colon; None where the key is left out."""
    value = as_plain(statement, one)
    match value:
        case None | False:
            return None
        case True:
            return "true"
        case list():
            if not value and one != "items":
                return None
            return f"[{', '.join(quoted(str(part), in_braces=True) for part in value)}]"
        case int() | float():
            return number(value)
        case _:
            words = str(value)
            return words if one in _UNQUOTED else quoted(words, in_braces=in_braces)
