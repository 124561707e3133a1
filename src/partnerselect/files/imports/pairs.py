"""Which row of a sheet is which statement of a file, where rows have no number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from partnerselect.files.document import Plain
from partnerselect.files.imports.same import KEYS, agrees, as_plain, same
from partnerselect.model import Evidence

_TELLING = ("source", "by", "reason", "facts", "judged_on", "as_of", "note", "value", "low", "high", "items", "status")

_ORIGIN = ("source", "by", "reason", "facts", "note")
_DAY = ("as_of", "judged_on")

Standing = tuple[int, Evidence]


def paired(
    rows: Sequence[Mapping[str, Plain]], columns: Sequence[Collection[str]], standing: Sequence[Standing]
) -> tuple[dict[int, Standing], list[int], list[Standing]]:
    """Rows that are statements as they stand or changed, rows that are new, and statements without a row.

    Parameters
    ----------
    rows : sequence of mappings
        What each row of one cell says.
    columns : sequence of collections of str
        The keys for which each row has a column; other keys are not compared.
    standing : sequence of (position, Evidence)
        The statements of that cell.

    Returns
    -------
    pairs : dict of row to (position, Evidence)
        Rows that say the same first; then those that have most in common, and something at least. A row of
        another origin and another day than a statement is not that one.
    new : list of int
    gone : list of (position, Evidence)
    """
    pairs: dict[int, Standing] = {}
    left = list(standing)
    for position, row in enumerate(rows):
        keys = [one for one in KEYS if one in columns[position]]
        if (twin := next((one for one in left if same(row, one[1], keys)), None)) is not None:
            pairs[position] = twin
            left.remove(twin)
    likeness = sorted(
        (
            (-_in_common(row, columns[position], one[1]), position, one[0], one)
            for position, row in enumerate(rows)
            if position not in pairs
            for one in left
            if not _is_another(row, columns[position], one[1])
        ),
        key=lambda entry: entry[:3],
    )
    for score, position, _, one in likeness:
        if score < 0 and position not in pairs and one in left:
            pairs[position] = one
            left.remove(one)
    return pairs, [position for position in range(len(rows)) if position not in pairs], left


def _in_common(row: Mapping[str, Plain], columns: Collection[str], stands: Evidence) -> int:
    """How many telling keys that say something say the same."""
    return sum(
        one in columns and row.get(one) is not None and as_plain(stands, one) is not None and agrees(row, stands, one)
        for one in _TELLING
    )


def _is_another(row: Mapping[str, Plain], columns: Collection[str], stands: Evidence) -> bool:
    """Whether both tell their origin and their day, and neither in the same way."""
    return all(
        (told := [one for one in keys if one in columns and row.get(one) and as_plain(stands, one)])
        and not any(agrees(row, stands, one) for one in told)
        for keys in (_ORIGIN, _DAY)
    )
