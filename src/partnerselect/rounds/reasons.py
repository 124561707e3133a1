"""What people put on record when they closed a round: reasons, who took part, conflicts of interest."""

from __future__ import annotations

from partnerselect.rounds.record import RoundContent


def reasons(record: RoundContent) -> list[str]:
    """It in lines; those of a list begin with a dash."""
    decision, why = record.decision, record.rationale
    names = {one.id: one.name for one in (*decision.candidates, *decision.members)}
    titles = {goal.id: goal.title for goal in decision.goals} | {one.id: one.title for one in decision.criteria}
    lines = [f"Why: {why.text}" if why.text else "No reason is on record for the whole."]
    lines += [f"- {names[one]}: {text}" for one, text in why.candidates.items()]
    lines += [f"- {titles[one]}: {text}" for one, text in why.criteria.items()]
    lines.append("Took part:" if record.participants else "Nobody is on record as having taken part.")
    lines += [f"- {', '.join(filter(None, (one.name, one.organisation, one.role)))}" for one in record.participants]
    if not record.conflicts:
        return [*lines, "No conflict of interest is on record."]
    lines.append("Declared conflicts of interest:")
    notes = {one: f": {one.note}" if one.note else "" for one in record.conflicts}
    return [*lines, *(f"- {one.person}, {names[one.candidate]}{note}" for one, note in notes.items())]
