"""What changed in the evidence between two rounds, cell by cell, and what has only become older."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from partnerselect.analysis.evidence import Performance, is_stale
from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.round_side import Side
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Candidate, Criterion, Evidence

_NOW = {
    "known": "known now",
    "unknown": "unknown now",
    "refused": "refused now",
    "not_applicable": "does not apply now",
}
_CELL = ["candidate", "name", "role", "criterion", "title"]
_RANGES = [f"{end}_{side}" for side in ("before", "after") for end in ("low", "best", "high")]
_CHANGED = [*_CELL, "change", "before", "after", *_RANGES, "age", "stale", "sources"]
_AGED = [*_CELL, "before", "after", *_RANGES, "age_before", "age", "widened_before", "widened", "stale"]


def evidence_changes(before: Side, after: Side) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells of organisations and criteria that both sides have.

    Returns
    -------
    changed : DataFrame
        One row for each cell of which something else is said or counted: candidate, name, role, criterion, title,
        change (such as “known now”, “newer evidence” or, where nothing is of a later date, “changed evidence”), before
        and after (in words), low, best and high of each side (criterion's unit), age (years) and stale on the new
        as-of date, sources (of the statements that are new).
    aged : DataFrame
        One row for each cell that rests on the same statements and whose range age has widened: the same columns but
        change and sources, with age_before, and widened_before and widened: how far age widens the range to each
        side, in the criterion's unit.
    """
    changed, aged = [], []
    files, old_files = after.organisations, before.organisations
    cells, old_cells = (value_ranges(side.decision).performances for side in (after, before))
    criteria = [
        (before.criteria[one], criterion) for one, criterion in after.criteria.items() if one in before.criteria
    ]
    for organisation in (one for one in files.values() if one.id in old_files):
        for old_criterion, criterion in criteria:
            key = organisation.id, criterion.id
            pair = _Pair(old_cells[key], cells[key], old_criterion, criterion, before, after)
            row = {"candidate": organisation.id, "name": organisation.name, "role": organisation.role}
            row |= {"criterion": criterion.id, "title": criterion.title}
            if pair.aged:
                aged.append(row | pair.told() | pair.ages())
            elif change := pair.change():
                changed.append(row | pair.told() | {"change": change, "sources": _sources(organisation, pair.new())})
    return pd.DataFrame(changed, columns=_CHANGED), pd.DataFrame(aged, columns=_AGED)


class _Pair:
    """One cell before and after."""

    def __init__(
        self,
        before: Performance,
        after: Performance,
        old_criterion: Criterion,
        criterion: Criterion,
        old_side: Side,
        side: Side,
    ) -> None:
        self._before, self._after = before, after
        self._criteria = old_criterion, criterion
        self._doubts = old_side.decision.doubt, side.decision.doubt
        self._same = before.status == after.status and not self.new() and not self._gone()

    def new(self) -> list[Evidence]:
        """Statements that count now and did not."""
        return [one for one in self._after.counted if one not in self._before.counted]

    def _gone(self) -> list[Evidence]:
        return [one for one in self._before.counted if one not in self._after.counted]

    @property
    def aged(self) -> bool:
        """Whether nothing but age has widened the range further."""
        old, now = self._widened()
        return self._same and self._after.status == "known" and self._older and now > old

    @property
    def _older(self) -> bool:
        return (self._after.age or 0.0) > (self._before.age or 0.0)

    def change(self) -> str:
        """What has changed, in two or three words; empty where nothing has."""
        before, after = self._before, self._after
        if before.status != after.status:
            return _NOW[after.status]
        if self.new():
            return "newer evidence" if _newest(after) > _newest(before) else "changed evidence"
        if self._gone():
            return "less evidence"
        ends = ((one.low, one.best, one.high) for one in (before, after))
        return "" if len(set(ends)) == 1 else "counted otherwise"

    def told(self) -> dict[str, object]:
        before, after = self._before, self._after
        return {
            "before": in_words(before, self._criteria[0]),
            "after": in_words(after, self._criteria[1]),
            **{
                f"{end}_{side}": getattr(cell, end)
                for side, cell in (("before", before), ("after", after))
                for end in ("low", "best", "high")
            },
            "age": after.age,
            "stale": is_stale(after, self._doubts[1]),
        }

    def ages(self) -> dict[str, object]:
        old, now = self._widened()
        return {"age_before": self._before.age, "widened_before": old, "widened": now}

    def _widened(self) -> tuple[float, float]:
        """How far age widens the range to each side, in the criterion's unit, before and after."""
        old, now = (
            min(doubt.at_most, doubt.per_year * max(0.0, (cell.age or 0.0) - doubt.free_years)) * _breadth(criterion)
            for doubt, cell, criterion in zip(self._doubts, (self._before, self._after), self._criteria, strict=True)
        )
        return old, now


def _newest(cell: Performance) -> date:
    """Date of the newest statement that counts; before all others where none is dated."""
    return max((one.made_on or date.min for one in cell.counted), default=date.min)


def _breadth(criterion: Criterion) -> float:
    points = criterion.scale.breakpoints
    return math.fabs(points[-1][0] - points[0][0])


def _sources(organisation: Candidate, statements: list[Evidence]) -> tuple[str, ...]:
    """Where statements come from: their source, else the sources of the facts they rest on, else who signed them."""
    of_fact = {fact.id: fact.source for fact in organisation.facts}
    found: list[str] = []
    for one in statements:
        resting = [of_fact[fact] for fact in one.facts if fact in of_fact]
        found += [one.source] if one.source else resting or [f"{one.by}: {one.reason}"]
    return tuple(dict.fromkeys(found))
