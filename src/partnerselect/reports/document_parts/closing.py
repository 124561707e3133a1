"""How the report ends: what changed since the last round, declared conflicts, and room to sign."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.analysis.rounds_compared import RoundComparison
from partnerselect.analysis.words import sentence
from partnerselect.charts.rounds import bump_alt, bump_chart
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document_parts.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Picture,
    Row,
    Signatures,
    Table,
    Words,
)

_LINES = 3
"""Lines to sign where nobody is on record."""

_DRAWN = 40
"""Most candidates that a picture of two rounds holds."""


def rounds_section(contents: ReportContents) -> list[Block]:
    """What changed since the last round, and what that did to whom."""
    compared = contents.compared
    if compared is None:
        return [Words("This report is not compared with an earlier round.", "lead")]
    blocks: list[Block] = [
        Words(compared.sentence, "lead"),
        Words(sentence(f"Compared: {compared.titles['before']} and {compared.titles['after']}")),
    ]
    told = (
        compared.weights_sentence,
        compared.list_sentence,
        compared.rules_sentence,
        compared.evidence_sentence,
        *compared.choice_sentences,
    )
    blocks.append(Bullets(tuple(one for one in told if one)))
    if 0 < len(compared.places) <= 2 * _DRAWN:
        blocks.append(Picture(bump_chart(compared.places), bump_alt(compared.places)))
    blocks += [*_ranks(compared), *_evidence(compared)]
    return blocks


def conflicts_section(contents: ReportContents) -> list[Block]:
    """Who declared an interest in whom."""
    conflicts = contents.on_record.conflicts
    if not conflicts:
        return [Words("Nobody is on record as having declared a conflict of interest.", "lead")]
    touched = [one for one in conflicts if one.candidate in contents.chosen]
    count = "1 conflict of interest was" if len(conflicts) == 1 else f"{len(conflicts)} conflicts of interest were"
    whom = "none of them touches a chosen partner" if not touched else f"{len(touched)} of them touch chosen partners"
    if len(conflicts) == 1:
        whom = "it touches a chosen partner" if touched else "it touches no chosen partner"
    columns = (Column("Who", share=3), Column("With whom", share=4), Column("What was declared", share=6))
    rows = [Row((one.person, contents.names.get(one.candidate, one.candidate), one.note or "")) for one in conflicts]
    return [Words(f"{count} declared; {whom}.", "lead"), Table(columns, tuple(rows))]


def signatures_section(contents: ReportContents) -> list[Block]:
    """Room to sign, above the hash of the round; a draft says that it is one."""
    record = contents.on_record
    if contents.is_draft:
        blocks: list[Block] = [
            Words(
                "DRAFT: no round was closed. Numbers and texts may still change; do not sign it as a decision.", "alarm"
            )
        ]
    else:
        blocks = [
            Words(f"Those who sign confirm the choice of {contents.chosen_names} as the round records it.", "lead"),
            Words(f"SHA-256 {record.sha256}", "code"),
            Words(
                f"The round itself is the file {record.file_name}, from the page Report or from “rounds export”. "
                "Whoever has it can check with PartnerSelect (“rounds import”) that it is the one signed here: it has "
                "this hash, and a file that was changed is refused."
            ),
        ]
    people = [
        (one.name, ", ".join(part for part in (one.role, one.organisation) if part)) for one in record.participants
    ]
    blocks.append(Signatures(tuple(people or [("", "Name")] * _LINES)))
    return blocks


def _ranks(compared: RoundComparison) -> Iterator[Block]:
    if compared.ranks.empty:
        return
    columns = (
        Column("Candidate", share=4),
        Column("Before", 16, align="right"),
        Column("Now", 14, align="right"),
        Column("What moved it", share=7),
    )
    rows = [
        Row((row["name"], f"{row['before']}", f"{row['after']}", row["sentence"]))
        for row in compared.ranks.to_dict("records")
    ]
    yield Heading("Ranks, and what moved them")
    yield Table(columns, tuple(rows))


def _evidence(compared: RoundComparison) -> Iterator[Block]:
    if compared.evidence.empty:
        return
    columns = (
        Column("Criterion", share=3),
        Column("Before", share=3),
        Column("Now", share=3),
        Column("What is new", share=6),
    )
    rows: list[Row] = []
    for _, own in compared.evidence.groupby("candidate", sort=False):
        rows.append(Row((own["name"].iloc[0],), "group"))
        rows += [
            Row((row["title"], row["before"], row["after"], tuple(row["sources"]) or row["change"]))
            for row in own.to_dict("records")
        ]
    yield Heading("Evidence that changed")
    yield Table(columns, tuple(rows), size=8.0)
