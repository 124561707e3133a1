"""What would change the outcome, what remained unknown, and what to ask next."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from partnerselect.analysis.ask_next_words import percent as chance
from partnerselect.analysis.sensitivity_words import evidence_sentence, switch_sentence, without_sentence
from partnerselect.charts.sets import core_alt, core_chart
from partnerselect.reports.contents import ReportContents, SetFindings
from partnerselect.reports.document_parts.blocks import Block, Bullets, Column, Heading, Picture, Row, Table, Words
from partnerselect.reports.tipping import tipping_points
from partnerselect.reports.words import line, percent

_QUESTIONS = 12
_UNABLE = "Moved alone, however far, no single weight makes another set the best."


def sensitivity_section(contents: ReportContents) -> list[Block]:
    """The verdict, the weights at which it tips, and the doubt behind it."""
    sets, ranked = contents.sets, contents.sensitivity
    judged = ranked.verdict if sets is None else sets.verdict
    blocks: list[Block] = [Words(judged.sentence, "lead")]
    if len(judged.reasons) > 1:
        blocks += [Words("What else speaks against it:"), Bullets(tuple(_opening(one) for one in judged.reasons[1:]))]
    if sets is not None:
        blocks.append(Words(sets.robustness.sentence))
        if not sets.robustness.candidates.empty:
            blocks.append(Picture(core_chart(sets.robustness), core_alt(sets.robustness)))
        if sets.robustness.note:
            blocks.append(Words(sets.robustness.note, "quiet"))
        blocks += _tips(sets)
    blocks.append(Heading("Who leads the ranking, and what would change that"))
    if sets is not None:
        blocks.append(Words(ranked.verdict.sentence))
    blocks.append(Words(switch_sentence(ranked)))
    if len(ranked.evidence):
        blocks.append(Words(evidence_sentence(ranked)))
    if len(ranked.without):
        blocks.append(Words(without_sentence(ranked)))
    if ranked.note:
        blocks.append(Words(ranked.note, "quiet"))
    return blocks


def unknowns_section(contents: ReportContents) -> list[Block]:
    """What nobody knows, criterion by criterion, and which questions are worth asking."""
    now, asked = contents.standing, contents.questions
    columns = (
        Column("Criterion", share=1),
        Column("Weight", 16, align="right"),
        Column("Known", 15, align="right"),
        Column("Unknown", 18, align="right"),
        Column("Refused", 17, align="right"),
        Column("Does not apply", 27, align="right"),
    )
    rows = [
        Row(
            (
                row["title"],
                percent(row["weight"]),
                *(f"{row[status]}" for status in ("known", "unknown", "refused", "not_applicable")),
            )
        )
        for row in now.by_criterion.to_dict("records")
    ]
    blocks: list[Block] = [
        Words(now.unknown_sentence, "lead"),
        Words("Numbers of candidates, criterion by criterion:"),
        Table(columns, tuple(rows)),
        Heading("What to ask next"),
        Words(asked.sentence),
    ]
    blocks += [Words(told) for told in (asked.candidates_sentence, asked.count_sentence) if told]
    if len(asked.cells):
        blocks.append(_questions(contents))
    if asked.note:
        blocks.append(Words(asked.note, "quiet"))
    return blocks


def _tips(sets: SetFindings) -> Iterator[Block]:
    """Weights at which another set is the best, the nearest first."""
    if sets.verdict.weights.empty:
        yield Words("There are too many allowed sets to say for each weight where another one would be the best.")
        return
    found = tipping_points(sets.verdict)
    if not found:
        yield Words(_UNABLE)
        return
    yield Words(
        "Each of these weights, moved alone while the others keep their proportions, makes another set the best; those "
        f"that move least come first. The {'other weights do' if len(found) > 1 else 'others do'} not, however far "
        "they are moved."
    )
    columns = (
        Column("Criterion", share=4),
        Column("Weight", 16, align="right"),
        Column("Tips at", 17, align="right"),
        Column("Then the best set is", share=6),
    )
    rows = [Row((one.criterion, percent(one.today), percent(one.needed), one.enters)) for one in found]
    yield Table(columns, tuple(rows))


def _questions(contents: ReportContents) -> Table:
    columns = (
        Column("Whom", share=3),
        Column("What to ask", share=6),
        Column("What is known", share=3),
        Column("Chance", 20, align="right"),
        Column("Worth", 14, align="right"),
    )
    rows = contents.questions.cells.head(_QUESTIONS).to_dict("records")
    return Table(columns, tuple(Row(_question(row)) for row in rows))


def _question(row: Mapping[Hashable, Any]) -> tuple[str | tuple[str, ...], ...]:
    return (
        row["name"],
        (row["title"], line(row["question"])),
        row["statement"],
        chance(row["change_probability"]),
        f"{row['gain']:.1f}",
    )


def _opening(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
