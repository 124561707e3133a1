"""How the report begins: the title page, the decision and who took part, goals and criteria."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerselect.analysis.words import listed, sentence
from partnerselect.model import Criterion, Goal
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document_parts.blocks import Block, Bullets, Column, Facts, Row, Table, Words, heading
from partnerselect.reports.document_parts.letters import breakable, printable
from partnerselect.reports.gates import GATES_LEAD, gates_told
from partnerselect.reports.words import line, percent

_ASSUMED = {"midpoint": "the middle of the scale", "worst": "the worst of the scale", "best": "the best of the scale"}
_COMBINED = {
    "sum": "partners are added up",
    "mean": "the mean of the partners counts",
    "best": "the best partner counts",
    "coverage": "what partners and members have together counts",
}
_HEAVIEST = 3


def title_page(contents: ReportContents) -> dict[str, Any]:
    """What stands on the title page and on the margins of every page, for the template."""
    decision, record = contents.decision, contents.on_record
    mark = "DRAFT: not a closed round" if contents.is_draft else f"Round {record.round_id or ''}".strip()
    facts = []
    if contents.sets is not None:
        facts.append(("How sure", contents.sets.verdict.sentence))
    facts += [
        ("Evidence", f"counted up to {decision.as_of.isoformat()}"),
        ("Weights", _whose_points(contents)),
        ("Round", record.in_words),
    ]
    if record.participants:
        facts.append(("Took part", listed([one.name for one in record.participants])))
    made = f"{contents.made_on.isoformat()} with PartnerSelect {contents.software}"
    return {
        "title": heading(decision.title),
        "document_title": printable(f"{decision.title}: {decision.question}"),
        "question": breakable(decision.question),
        "answer": breakable(f"Chosen: {sentence(contents.chosen_names)}"),
        "facts": [[label, breakable(told)] for label, told in facts],
        "head": printable(decision.title),
        "mark": printable(mark),
        "draft": contents.is_draft,
        "foot": printable(f"Evidence up to {decision.as_of.isoformat()}. Made {made}."),
        "hash": "" if record.sha256 is None else printable(f"SHA-256 {record.sha256}"),
        "made_on": [contents.made_on.year, contents.made_on.month, contents.made_on.day],
    }


def decision_section(contents: ReportContents) -> list[Block]:
    """What was decided, on whom, by whom."""
    decision, record = contents.decision, contents.on_record
    ranked, criteria = len(contents.evaluation.ranking), len(decision.criteria)
    lead = (
        f"{_counted(ranked, 'candidate was', 'candidates were')} judged on "
        f"{_counted(criteria, 'criterion', 'criteria')} under {_counted(len(decision.goals), 'goal', 'goals')}, on "
        f"evidence up to {decision.as_of.isoformat()}. Chosen: {sentence(contents.chosen_names)}"
    )
    blocks: list[Block] = [Words(lead, "lead")]
    if decision.about:
        blocks.append(Words(line(decision.about)))
    if record.rationale:
        blocks.append(Words(f"Why it was decided so: {line(record.rationale)}"))
    facts = [("Question", decision.question), ("Weights", _whose_points(contents)), ("Round", record.in_words)]
    if decision.members:
        facts.append(("Members already", listed([one.name for one in decision.members])))
    facts.append(("Unknowns", f"what nobody knows counts as {_ASSUMED[decision.unknowns]}, and its range as open"))
    blocks += [Facts(tuple(facts)), *_gates(contents), *_participants(contents)]
    return blocks


def criteria_section(contents: ReportContents) -> list[Block]:
    """What the partnership wants, how it is judged, and what weighs how much."""
    decision, weights = contents.decision, contents.evaluation.weights
    titles = {criterion.id: criterion.title for criterion in decision.criteria}
    heaviest = [str(one) for one in weights.sort_values(ascending=False, kind="stable").index[:_HEAVIEST]]
    told = listed([f"{titles[one]} ({percent(float(weights[one]))})" for one in heaviest])
    rows = [row for goal in decision.goals for row in _goal(contents, goal)]
    columns = (
        Column("Goal or criterion", share=3),
        Column("How it is judged", share=5),
        Column("Points", 14, align="right"),
        Column("Weight", 16, align="right"),
    )
    return [
        Words(f"Most weight lies on {told}.", "lead"),
        Words(
            f"{_whose_points(contents)}. Points, from 0 to 100, are compared within a goal, and those of goals with "
            "each other; weights follow from them and sum to 100 %."
        ),
        Table(columns, tuple(rows)),
    ]


def _goal(contents: ReportContents, goal: Goal) -> Iterator[Row]:
    points, weights = contents.evaluation.points, contents.evaluation.weights
    whole = sum(float(weights[one.id]) for one in goal.criteria)
    why = tuple(line(text) for text in (goal.why, _reason(contents, goal.id)) if text)
    yield Row((goal.title, why or "", f"{points[goal.id]:g}", percent(whole)), "group")
    for criterion in goal.criteria:
        judged = (line(criterion.question), _scale(criterion), _reason(contents, criterion.id))
        told = tuple(text for text in judged if text)
        yield Row((criterion.title, told, f"{points[criterion.id]:g}", percent(float(weights[criterion.id]))))


def _reason(contents: ReportContents, one: str) -> str:
    reason = contents.on_record.why_criteria.get(one)
    return f"On record: {line(reason)}" if reason else ""


def _scale(criterion: Criterion) -> str:
    scale = criterion.scale
    combined = _COMBINED[criterion.combined]
    if scale.kind == "measured":
        ends = " to ".join(f"{scale.breakpoints[end][0]:g}" for end in (0, -1))
        return f"Measured in {scale.unit}, {ends}; {combined}."
    if scale.kind == "levels":
        return f"{len(scale.levels)} levels, described in words; {combined}."
    return f"{_counted(len(scale.items), 'item', 'items')}; {combined}."


def _whose_points(contents: ReportContents) -> str:
    named = contents.viewpoint
    return f"Weights of the viewpoint “{named}”" if named else "Weights set for this decision, nobody's viewpoint"


def _gates(contents: ReportContents) -> Iterator[Words | Bullets]:
    """What is asked of everybody before any scoring, who failed it, and who was not checked."""
    if contents.decision.gates:
        yield Words(GATES_LEAD)
        yield Bullets(gates_told(contents.decision))


def _participants(contents: ReportContents) -> Iterator[Words | Bullets]:
    people = contents.on_record.participants
    if not people:
        yield Words("Nobody is on record as having taken part.")
        return
    yield Words("Took part:")
    yield Bullets(tuple(one.in_words for one in people))


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
