"""The chosen set and why each partner is in, the rules and their price, and what would be covered."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from partnerselect.analysis.words import listed, points, sentence
from partnerselect.reports.contents import ReportContents, SetFindings
from partnerselect.reports.document_parts.blocks import Block, Bullets, Card, Column, Row, Table, Words
from partnerselect.reports.words import line, of_100, percent

_COVERED = {"yes": "covered", "perhaps": "perhaps", "no": "nobody"}
_NEXT = 6


def set_section(contents: ReportContents) -> list[Block]:
    """Who was chosen, why each of them, and which sets come next."""
    sets = contents.sets
    if sets is None:
        lead = "No set of partners keeps all the rules."
        chosen = [Words(f"Chosen nevertheless: {sentence(contents.chosen_names)}", "alarm")] if contents.chosen else []
        return [Words(lead, "lead"), *chosen, Bullets(contents.no_set)]
    blocks: list[Block] = [
        Words(f"Chosen: {sentence(contents.chosen_names)}", "lead"),
        *_against_the_best(contents, sets),
    ]
    if sets.best.note:
        blocks.append(Words(sets.best.note, "quiet"))
    blocks += [_card(contents, sets, str(one), row) for one, row in sets.partners.to_dict("index").items()]
    blocks += _ladder(sets)
    return blocks


def rules_section(contents: ReportContents) -> list[Block]:
    """Which sets may join, and what each rule costs."""
    prices = contents.prices
    if prices.empty:
        return [Words("No rule and no gate restricts who may join.", "lead")]
    force = f"Rules and gates in force: {prices['in_force'].sum()} of {len(prices)}"
    costly = [f"“{told}”" for told in prices["sentence"][prices["in_force"] & (prices["cost"] > 0)]]
    lead = f"{force}; {'what costs points' if costly else 'none of them costs points'}"
    lead += f": {listed(costly)}." if costly else "."
    columns = (
        Column("Rule or gate", share=4),
        Column("In force", 17),
        Column("What it costs", share=4),
        Column("Why", share=6),
    )
    rows = [
        Row((row["sentence"], "yes" if row["in_force"] else "no", row["words"], line(row["why"])))
        for row in prices.to_dict("records")
    ]
    about = "A price is what the total of the best set, in points of 100, would gain without the rule."
    return [Words(lead, "lead"), Words(about), Table(columns, tuple(rows))]


def gaps_section(contents: ReportContents) -> list[Block]:
    """What members and the chosen set cover, and what nobody brings."""
    sets = contents.sets
    if sets is None:
        return [Words("No set of partners keeps all the rules, so nothing can be said.", "lead")]
    columns = (Column("Wanted", share=4), Column("Covered", 18), Column("By whom", share=5))
    rows: list[Row] = []
    goal = ""
    for row in sets.gaps.rows.to_dict("records"):
        if row["goal"] != goal:
            goal = row["goal"]
            rows.append(Row((goal,), "group"))
        rows.append(Row((row["title"], _COVERED[row["covered"]], row["together"])))
    about = (
        "An item is covered where a member or a chosen partner has it for sure; a criterion where one of them reaches "
        "half of its value. Perhaps: what is known, or unknown, leaves room for it."
    )
    return [Words(sets.gaps.sentence, "lead"), Words(about), Table(columns, tuple(rows))]


def _against_the_best(contents: ReportContents, sets: SetFindings) -> Iterator[Words]:
    """How good the choice is, and what it gives away where another set is better."""
    if not contents.chosen or set(contents.chosen) == set(sets.best.best):
        yield Words(sets.best.sentence)
        return
    yield Words(sets.place.sentence, "alarm" if sets.place.broken else "plain")
    yield Words(f"Under these weights and rules: {sets.best.sentence}")


def _card(contents: ReportContents, sets: SetFindings, one: str, row: Mapping[Hashable, Any]) -> Card:
    core = float(sets.robustness.candidates.loc[one, "core_index"])  # type: ignore[arg-type]
    told = [
        row["why"],
        f"If its place stayed empty, the set would lose {points(row['adds'])}. {_next(contents, row)}",
        f"It is in the best set in {percent(core, 0)} of the draws {sets.robustness.region}.",
    ]
    reason = contents.on_record.why_candidates.get(one)
    return Card(
        name=row["name"],
        about=f"{row['kind']}, {row['region']}, {row['country']}",
        told=tuple(told),
        reason=f"On record: {line(reason)}" if reason else None,
    )


def _next(contents: ReportContents, row: Mapping[Hashable, Any]) -> str:
    if row["next_name"] is None or math.isnan(row["next_behind"]):
        return "Nobody else may take its place beside the others."
    if row["next_behind"] < 0:
        return f"{row['next_name']} in its place would be better by {points(-row['next_behind'])}."
    close = ", too close to call" if row["next_behind"] <= contents.decision.verdict.tie_within else ""
    return f"Next in line is {row['next_name']}, {points(row['next_behind'])} behind{close}."


def _ladder(sets: SetFindings) -> Iterator[Block]:
    """The sets that come next."""
    rows = sets.best.sets.head(_NEXT).reset_index().to_dict("records")
    if len(rows) < 2:
        return
    columns = (
        Column("Place", 12, align="right"),
        Column("Set", share=6),
        Column("Total", 15, align="right"),
        Column("Behind", 15, align="right"),
    )
    yield Words("The best sets under these weights and rules, in points of 100:")
    yield Table(
        columns,
        tuple(Row((str(row["place"]), row["names"], of_100(row["total"]), of_100(row["behind"]))) for row in rows),
    )
