"""Evidence to performance: what is said of one candidate on one criterion, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from partnerselect.model import Candidate, Criteria, Criterion, Doubt, Evidence, Grade
from partnerselect.partial_dates import first_day, years_before

Status = Literal["known", "unknown", "refused", "not_applicable"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A statement that is shown but not scored, and why."""

    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True)
class Performance:
    """What the evidence says of one candidate on one criterion.

    `low`, `best` and `high` are in the criterion's unit (level, number of items); all None unless known.
    `grade` is the weakest grade counted, `age` the years since the oldest dated statement counted.
    """

    status: Status
    low: float | None = None
    best: float | None = None
    high: float | None = None
    grade: Grade | None = None
    age: float | None = None
    undated: bool = False
    counted: tuple[Evidence, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def performance(decision: Criteria, candidate: Candidate, criterion: Criterion) -> Performance:
    """What counts for one cell on the decision's as-of date, and what is set aside.

    The newest evidence wins. Judgements by several people made since the newest unsigned statement count
    together: the mean of their best values, and the range from the lowest low to the highest high, widened
    by the weakest grade and the greatest age. Evidence made, or resting on a fact dated, after the as-of
    date never counts; nor does a figure on another basis or in another unit, or a mere hint.
    """
    statements = [evidence for evidence in candidate.evidence if evidence.criterion == criterion.id]
    fact_dates = {fact.id: fact.as_of for fact in candidate.facts}
    usable: list[Evidence] = []
    aside: list[SetAside] = []
    for statement in statements:
        reason = _why_not(statement, criterion, fact_dates, decision.as_of)
        if reason is None:
            usable.append(statement)
        else:
            aside.append(SetAside(statement, reason))
    counted = _newest(usable)
    aside += [SetAside(old, "newer evidence stands in its place") for old in usable if not _among(old, counted)]
    return _combined(decision.doubt, criterion, counted, tuple(aside), decision.as_of)


def years_until_stale(doubt: Doubt) -> float | None:
    """Age at which age alone widens a range as far as the rules let it; None where age widens nothing."""
    if doubt.per_year == 0 or doubt.at_most == 0:
        return None
    return doubt.free_years + doubt.at_most / doubt.per_year


def is_stale(cell: Performance, doubt: Doubt) -> bool:
    """Whether what counts is so old that more years would add no more doubt."""
    limit = years_until_stale(doubt)
    return limit is not None and cell.age is not None and cell.age >= limit


def _why_not(statement: Evidence, criterion: Criterion, fact_dates: dict[str, str | None], as_of: date) -> str | None:
    if statement.made_on is not None and statement.made_on > as_of:
        return f"made after {as_of.isoformat()}"
    dates = [fact_dates.get(fact) for fact in statement.facts] + [statement.as_of]
    if any(day is not None and first_day(day) > as_of for day in dates):
        return f"rests on something dated after {as_of.isoformat()}"
    scale = criterion.scale
    if scale.basis is not None and statement.basis != scale.basis and statement.status is None:
        return f"counts {statement.basis or 'something unnamed'}; this criterion counts {scale.basis}"
    if scale.kind == "measured" and statement.unit is not None and statement.unit != scale.unit:
        return f"given in {statement.unit}; this criterion is measured in {scale.unit}"
    if statement.items == () and statement.possible:
        return "a hint only: unknown, not zero"
    return None


def _newest(usable: list[Evidence]) -> list[Evidence]:
    """The newest statement of each person made since the newest unsigned one, or that unsigned one."""
    newest_by: dict[str | None, Evidence] = {}
    for statement in usable:
        rival = newest_by.get(statement.by)
        if rival is None or _made(statement) >= _made(rival):
            newest_by[statement.by] = statement
    unsigned = newest_by.pop(None, None)
    judgements = [one for one in newest_by.values() if unsigned is None or _made(one) >= _made(unsigned)]
    if judgements or unsigned is None:
        return judgements
    return [unsigned]


def _made(statement: Evidence) -> date:
    return statement.made_on or date.min


def _among(statement: Evidence, counted: Iterable[Evidence]) -> bool:
    return any(statement is one for one in counted)


def _combined(
    doubt: Doubt, criterion: Criterion, counted: list[Evidence], aside: tuple[SetAside, ...], as_of: date
) -> Performance:
    said = [one for one in counted if one.status is None]
    if not said:
        status: Status = "unknown"
        if any(one.status == "refused" for one in counted):
            status = "refused"
        elif counted:
            status = "not_applicable"
        return Performance(status, counted=tuple(counted), set_aside=aside)
    aside += tuple(SetAside(one, "others gave an answer") for one in counted if one.status is not None)
    ranges = [stated_range(one) for one in said]
    best = sum(middle for _, middle, _ in ranges) / len(ranges)
    grade = max(_effective_grade(one, doubt) for one in said)
    ages = [years_before(one.as_of, as_of) for one in said if one.as_of is not None]
    age = max(ages, default=None)
    first, last = criterion.scale.breakpoints[0][0], criterion.scale.breakpoints[-1][0]
    widening = _widening(doubt, grade, age) * (last - first)
    low, high = min(low for low, _, _ in ranges), max(high for _, _, high in ranges)
    return Performance(
        status="known",
        low=min(low, max(first, low - widening)),
        best=best,
        high=max(high, min(last, high + widening)),
        grade=grade,
        age=age,
        undated=any(one.is_undated for one in said),
        counted=tuple(said),
        set_aside=aside,
    )


def stated_range(statement: Evidence) -> tuple[float, float, float]:
    """Low, best and high of one statement, in the criterion's unit; documented items are the best value."""
    if statement.items is not None:
        documented = float(len(statement.items))
        return documented, documented, documented + len(statement.possible)
    if statement.value is None:
        assert statement.low is not None
        assert statement.high is not None
        return statement.low, (statement.low + statement.high) / 2, statement.high
    low = statement.value if statement.low is None else statement.low
    high = statement.value if statement.high is None else statement.high
    return low, statement.value, high


def _effective_grade(statement: Evidence, doubt: Doubt) -> Grade:
    """The weaker of the statement's own grade and, where it is undated, the grade that undated counts as."""
    return max(statement.grade, doubt.undated_counts_as) if statement.is_undated else statement.grade


def _widening(doubt: Doubt, grade: Grade, age: float | None) -> float:
    """Share of the scale by which a range is widened to each side."""
    years = max(0.0, (age or 0.0) - doubt.free_years)
    return doubt.grades[grade] + min(doubt.at_most, doubt.per_year * years)
