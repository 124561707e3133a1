"""What `partnerselect shortlist` found, as sentences, tables and plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from partnerselect.cli.output import print_table, print_words

if TYPE_CHECKING:
    import pandas as pd

    from partnerselect.analysis.best_sets import BestSets
    from partnerselect.analysis.gaps import Gaps
    from partnerselect.analysis.proposed_set import ProposedSet, SetComparison
    from partnerselect.analysis.set_robustness import SetRobustness
    from partnerselect.analysis.set_verdict import SetVerdict
    from partnerselect.analysis.ways_out import NoPartnersError, WayOut
    from partnerselect.model import Decision, SetRule

_SHOWN = 0.0005


@dataclass(frozen=True, eq=False)
class ShortlistFindings:
    """All that is told of the best set; the names of the fields are those of the JSON document."""

    verdict: SetVerdict
    best_sets: BestSets
    partners: pd.DataFrame
    rules: pd.DataFrame
    robustness: SetRobustness
    gaps: Gaps
    proposed_set: ProposedSet | None
    comparison: SetComparison | None


def print_shortlist(decision: Decision, found: ShortlistFindings) -> None:
    """Sentences first, then tables."""
    print_words(found.verdict.sentence, found.best_sets.sentence, found.robustness.sentence)
    if found.proposed_set is not None and found.comparison is not None:
        print_words(found.proposed_set.sentence, found.comparison.sentence)
    _partners(decision, found)
    _ladder(found.best_sets)
    _rules(found.rules)
    _core(found.robustness)
    if found.comparison is not None and found.comparison.first != found.comparison.second:
        _comparison(found.comparison)
    print_words(found.gaps.sentence, found.robustness.note)


def no_set_words(decision: Decision, none: NoPartnersError) -> str:
    """Why no set is allowed and what would help, line by line."""
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    lines = ["No set of partners keeps all the rules."] if none.conflicts else []
    lines += none.sentences
    if none.relaxations:
        lines += ["What would help:", *(f"- {_way_out(way, names)}" for way in none.relaxations)]
    if not none.complete:
        lines.append("There are more contradictions and ways out than these.")
    return "\n".join(lines)


def no_set_record(none: NoPartnersError) -> dict[str, Any]:
    """The same as plain data; where there is no candidate at all, the conflict has no rules."""
    return {
        "conflicts": [
            {"rules": rules, "sentence": sentence}
            for rules, sentence in zip_longest(none.conflicts, none.sentences, fillvalue=())
        ],
        "relaxations": [
            {"sentence": way.sentence, "rules": [_record(rule) for rule in way.rules], "partners": way.partners}
            for way in none.relaxations
        ],
        "complete": none.complete,
    }


def _record(rule: SetRule) -> dict[str, Any]:
    from partnerselect.files.rule_text import rule_text

    return {"text": rule_text(rule), **rule.model_dump(mode="json", exclude_none=True)}


def _way_out(way: WayOut, names: dict[str, str]) -> str:
    from partnerselect.analysis.words import listed

    who = listed([names[one] for one in way.partners]) if way.partners else "nobody"
    return f"{way.sentence} (then, for example, {who})"


def _partners(decision: Decision, found: ShortlistFindings) -> None:
    if found.partners.empty:
        return
    print_table(
        f"{decision.title}: the best set (evidence as of {decision.as_of})",
        {"partner": "left", "adds": "right", "why": "left", "next in line": "left"},
        (
            (row["name"], f"{100 * row['adds']:.1f}", row["why"], _next(row))
            for row in found.partners.to_dict("records")
        ),
    )
    print_words(
        "adds: points of 100 that the total loses if this place stays empty. next in line: who takes the place best "
        "if the others stay, and what the total loses then."
    )


def _next(row: dict[Any, Any]) -> str:
    import pandas as pd

    from partnerselect.analysis.words import points

    if pd.isna(row["next"]):
        return "nobody under the rules"
    return f"{row['next_name']}, {points(max(row['next_behind'], 0.0))} less"


def _ladder(found: BestSets) -> None:
    print_table(
        "The best sets",
        {"place": "right", "partners": "left", "total": "right", "behind": "right", "against the best": "left"},
        (
            (str(place), row["names"], f"{100 * row['total']:.1f}", f"{100 * row['behind']:.2f}", _change(row))
            for place, row in found.sets.to_dict("index").items()
        ),
    )


def _change(row: dict[Any, Any]) -> str:
    if row["joins"] and row["leaves"]:
        return f"{row['joins']} for {row['leaves']}"
    if row["joins"]:
        return f"{row['joins']} too"
    return f"not {row['leaves']}" if row["leaves"] else ""


def _rules(prices: pd.DataFrame) -> None:
    if prices.empty:
        return
    print_table(
        "The rules and their price",
        {"id": "left", "rule": "left", "price": "left"},
        ((str(id_), row["sentence"], row["words"]) for id_, row in prices.to_dict("index").items()),
    )


def _core(found: SetRobustness) -> None:
    often = found.candidates[(found.candidates["core_index"] >= _SHOWN) | found.candidates["proposed"]]
    print_table(
        f"Who is in the best set, in how many of {found.samples:,} draws {found.region}",
        {"candidate": "left", "share, %": "right", "standing": "left", "in the set above": "left"},
        (
            (
                row["name"],
                f"{100 * row['core_index']:.1f} ± {100 * row['core_index_error']:.1f}",
                row["standing"],
                "yes" if row["proposed"] else "",
            )
            for row in often.to_dict("records")
        ),
    )
    print_words(*_below_core(len(found.candidates) - len(often)))


def _below_core(others: int) -> Iterator[str]:
    yield "±: standard error."
    if others:
        yield f"{others} more {'is' if others == 1 else 'are'} in the best set in less than 0.05 % of them."


def _comparison(found: SetComparison) -> None:
    print_table(
        "The best set and yours: points of 100, criterion by criterion",
        {"criterion": "left", "weight, %": "right", "best set": "right", "your set": "right", "difference": "right"},
        (
            (
                row["title"],
                f"{100 * row['weight']:.1f}",
                f"{row['first']:.1f}",
                f"{row['second']:.1f}",
                f"{round(row['difference'], 1) + 0.0:+.1f}",
            )
            for row in found.differences.to_dict("records")
        ),
    )
