"""The minutes of a decision in Markdown: what was decided, what divided the room, and what stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from partnerselect.analysis.ask_next_words import percent as chance
from partnerselect.analysis.words import sentence
from partnerselect.reports.contents import ReportContents, SetFindings
from partnerselect.reports.gates import GATES_LEAD, gates_told
from partnerselect.reports.tipping import tipping_points
from partnerselect.reports.words import line, percent

_SIGNS = re.compile(r"[\\`*_\[\]<>{}#|~$&@^]|:(?=//|\w+:)|^[-+=]|(?i:(?<=\bwww)\.)")
"""Signs that Markdown, with tables, formulas and bare addresses, acts upon where they stand."""

_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TIPS, _QUESTIONS = 8, 10


def minutes(contents: ReportContents) -> str:
    """The minutes as CommonMark with tables.

    Texts of the decision stand as they are: none of them becomes a link, a heading, a table cell or HTML.
    """
    parts = [
        _heading(contents),
        _decided(contents),
        _divided(contents),
        _tips(contents),
        _open(contents),
        _rules(contents),
        _took_part(contents),
        _since_last_round(contents),
        _made(contents),
    ]
    return "\n".join(told for part in parts for told in part)


def escaped(text: str) -> str:
    """A text of data as Markdown that shows it as it is, on one line."""
    told = _SIGNS.sub(r"\\\g<0>", _INVISIBLE.sub("", line(text)))
    return _NUMBERED.sub(r"\1\\\2", told)


def _heading(contents: ReportContents) -> Iterator[str]:
    decision, record = contents.decision, contents.on_record
    yield f"# Minutes: {escaped(decision.title)}"
    yield ""
    yield f"**{escaped(decision.question)}**"
    yield ""
    if contents.is_draft:
        yield "**DRAFT: no round was closed, and nothing here is on record.**"
        yield ""
    else:
        named = " ".join(part for part in (record.round_id, record.round_title) if part)
        yield f"- Round: {escaped(named)}"
        if record.closed_on is not None or record.closed_by:
            when = "" if record.closed_on is None else f" on {record.closed_on.isoformat()}"
            whom = f" by {escaped(record.closed_by)}" if record.closed_by else ""
            yield f"- Closed{when}{whom}"
    yield f"- Evidence up to {decision.as_of.isoformat()}"
    named = "set for this decision, nobody's viewpoint" if contents.viewpoint is None else escaped(contents.viewpoint)
    yield f"- Weights: {named}"
    yield ""


def _decided(contents: ReportContents) -> Iterator[str]:
    yield "## What was decided"
    yield ""
    yield f"Chosen: **{escaped(sentence(contents.chosen_names))}**"
    yield ""
    if contents.on_record.rationale:
        yield f"Why: {escaped(contents.on_record.rationale)}"
        yield ""
    sets = contents.sets
    if sets is None:
        yield "No set of partners keeps all the rules."
        yield ""
        yield from _bullets(contents.no_set)
        return
    if contents.chosen and set(contents.chosen) != set(sets.best.best):
        yield escaped(sets.place.sentence)
        yield ""
    yield escaped(sets.best.sentence)
    yield ""
    for one, row in sets.partners.to_dict("index").items():
        reason = contents.on_record.why_candidates.get(str(one))
        more = f" On record: {escaped(reason)}" if reason else ""
        yield f"- **{escaped(row['name'])}**: {escaped(row['why'])}{more}"
    if contents.chosen:
        yield ""


def _divided(contents: ReportContents) -> Iterator[str]:
    """The verdict, who is on the border, and who has an interest."""
    yield "## What divided the room"
    yield ""
    sets, record = contents.sets, contents.on_record
    judged = contents.sensitivity.verdict if sets is None else sets.verdict
    yield escaped(judged.sentence)
    yield ""
    told = [f"{reason[:1].upper()}{reason[1:]}" for reason in judged.reasons[1:]]
    if sets is not None:
        told.append(sets.robustness.sentence)
        if border := _borderline(sets):
            told.append(border)
    yield from _bullets(told)
    if not record.conflicts:
        yield "Nobody is on record as having declared a conflict of interest."
        yield ""
        return
    yield "Declared conflicts of interest:"
    yield ""
    for one in record.conflicts:
        whom = contents.names.get(one.candidate, one.candidate)
        chosen = " (chosen)" if one.candidate in contents.chosen else ""
        note = f": {escaped(one.note)}" if one.note else ""
        yield f"- {escaped(one.person)}, with {escaped(whom)}{chosen}{note}"
    yield ""


def _borderline(sets: SetFindings) -> str:
    rows = sets.robustness.candidates
    rows = rows[rows["standing"] == "borderline"]
    if rows.empty:
        return ""
    told = ", ".join(f"{row['name']} in {percent(row['core_index'], 0)}" for row in rows.to_dict("records"))
    return f"On the border, by the share of draws in which they are in the best set: {told}."


def _tips(contents: ReportContents) -> Iterator[str]:
    yield "### At which weight it tips"
    yield ""
    sets = contents.sets
    found = () if sets is None else tipping_points(sets.verdict)
    if not found:
        unsure = sets is None or sets.verdict.weights.empty
        yield (
            "Where it tips was not looked at: no set is allowed, or too many are."
            if unsure
            else "Moved alone, however far, no single weight makes another set the best."
        )
        yield ""
        return
    rows = [(one.criterion, percent(one.today), percent(one.needed), one.enters) for one in found[:_TIPS]]
    yield from _table(("Criterion", "Weight", "Tips at", "Then the best set is"), rows)
    if len(found) > _TIPS:
        yield f"{len(found) - _TIPS} more lie further away."
        yield ""


def _open(contents: ReportContents) -> Iterator[str]:
    yield "## Open questions"
    yield ""
    yield escaped(contents.standing.unknown_sentence)
    yield ""
    yield escaped(contents.questions.sentence)
    yield ""
    rows = [
        (row["name"], row["title"], row["question"], chance(row["change_probability"]))
        for row in contents.questions.cells.head(_QUESTIONS).to_dict("records")
    ]
    if rows:
        yield from _table(("Whom", "About", "What to ask", "Chance of a change"), rows)


def _rules(contents: ReportContents) -> Iterator[str]:
    yield "## Rules"
    yield ""
    rows = [
        (row["sentence"], "yes" if row["in_force"] else "no", row["words"])
        for row in contents.prices.to_dict("records")
    ]
    if rows:
        yield from _table(("Rule or gate", "In force", "What it costs"), rows)
    else:
        yield "No rule and no gate restricts who may join."
        yield ""
    if contents.decision.gates:
        yield GATES_LEAD
        yield ""
        yield from _bullets(gates_told(contents.decision))


def _took_part(contents: ReportContents) -> Iterator[str]:
    yield "## Who took part"
    yield ""
    told = [one.in_words for one in contents.on_record.participants]
    yield from _bullets(told or ["Nobody is on record as having taken part."])


def _since_last_round(contents: ReportContents) -> Iterator[str]:
    compared = contents.compared
    if compared is None:
        return
    yield "## Since the last round"
    yield ""
    yield escaped(compared.sentence)
    yield ""
    told = (
        compared.weights_sentence,
        compared.list_sentence,
        compared.rules_sentence,
        compared.evidence_sentence,
        *compared.choice_sentences,
    )
    yield from _bullets([one for one in told if one])


def _made(contents: ReportContents) -> Iterator[str]:
    yield "---"
    yield ""
    yield f"Made {contents.made_on.isoformat()} with PartnerSelect {escaped(contents.software)}."
    if contents.on_record.sha256 is not None:
        yield f"SHA-256 of the round: `{contents.on_record.sha256}`"
    yield ""


def _bullets(sentences: Sequence[str]) -> Iterator[str]:
    yield from (f"- {escaped(one)}" for one in sentences)
    if sentences:
        yield ""


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heading)} |"
    yield f"|{'---|' * len(heading)}"
    yield from (f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows)
    yield ""
