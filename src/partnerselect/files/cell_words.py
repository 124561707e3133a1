"""Words that say something in a cell of a spreadsheet, whatever its criterion."""

from __future__ import annotations

UNKNOWN = ("unknown", "not known", "?", "??", "???")
NOTHING = ("none", "nothing")
STATUSES = {
    "n/a": "not_applicable",
    "na": "not_applicable",
    "not applicable": "not_applicable",
    "does not apply": "not_applicable",
    "refused": "refused",
    "refused to say": "refused",
}
WORDS = frozenset((*UNKNOWN, *NOTHING, *STATUSES))
"""No item can have one of these as its id: a cell with that item alone would say something else."""
