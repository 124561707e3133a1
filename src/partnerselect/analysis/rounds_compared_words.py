"""Two rounds side by side, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd

from partnerselect.analysis.round_mixes import FACTORS
from partnerselect.analysis.round_side import Which, within
from partnerselect.analysis.words import listed
from partnerselect.kernels.arrays import TIE
from partnerselect.model import Decision

THROUGH = {
    "weights": "the weights",
    "evidence": "the evidence",
    "candidates": "who is on the list",
    "criteria": "the criteria",
}
"""What a share is told to come through."""

_THROUGH_OTHERS = {"evidence": "the evidence on others", "candidates": "who else is on the list"}

_TELLING = 0.05
"""Smallest share, in places or points of 100, that is told; smaller ones would read 0.0."""

_WEIGHT = 0.0005
"""Smallest change of a weight that is told; smaller ones would read the same in percent."""

_NAMED, _MOST = 4, 3
_SAME = "The evidence is the same, and counts the same."
_ASSUMED = {"midpoint": "the middle", "worst": "the worst", "best": "the best"}


def rank_sentence(row: Mapping[Hashable, Any], of_others: Collection[str] = ()) -> str:
    """One row of `RoundComparison.ranks` in words; `of_others` are factors in which nothing of its own has changed."""
    through = THROUGH | {factor: _THROUGH_OTHERS[factor] for factor in of_others}
    shares = _telling({factor: row[factor] for factor in FACTORS})
    change = row["change"]
    moved = f"{row['name']} stays at {row['after']}"
    if change:
        moved = f"{row['name']} {'rises' if change > 0 else 'falls'} from {row['before']} to {row['after']}"
    if not shares:
        return f"{moved}."
    if len(shares) == 1:
        return f"{moved}, through {through[next(iter(shares))]} alone."
    (first, most), *others = shares.items()
    places = "place" if abs(most) == 1 else "places"
    told = [f"{_signed(most)} {places} through {through[first]}"]
    return f"{moved}: {', '.join([*told, *(f'{_signed(share)} through {through[one]}' for one, share in others)])}."


def total_sentence(row: Mapping[Hashable, Any]) -> str:
    """One row of `RoundComparison.totals` in words."""
    shares = _telling({factor: 100 * row[factor] for factor in FACTORS})
    before, after = 100 * row["before"], 100 * row["after"]
    if abs(after - before) < _TELLING:
        moved = f"The total of {row['name']} stays at {after:.1f} of 100"
    else:
        moved = f"The total of {row['name']} goes from {before:.1f} to {after:.1f} of 100"
    if not shares:
        return f"{moved}."
    if len(shares) == 1:
        return f"{moved}, through {THROUGH[next(iter(shares))]} alone."
    told = [f"{share:+.1f} through {THROUGH[one]}".replace("-", "−", 1) for one, share in shares.items()]
    return f"{moved}: {', '.join(told)}."


def _telling(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares that are told, the largest first."""
    told = {factor: share for factor, share in shares.items() if abs(share) >= _TELLING}
    return dict(sorted(told.items(), key=lambda one: -abs(one[1])))


def _signed(share: float) -> str:
    return f"{share:+.1f}".removesuffix(".0").replace("-", "−")


def summary(titles: Mapping[Which, str], ranks: pd.DataFrame, totals: pd.DataFrame, places: pd.DataFrame) -> str:
    """Who leads, how many changed their rank, and what moved them."""
    return f"{_leaders(titles, places)} {_movement(ranks, totals)}"


def _leaders(titles: Mapping[Which, str], places: pd.DataFrame) -> str:
    first = places[places["rank"] == 1]
    before, after = (list(first["name"][first["round"] == titles[which]]) for which in ("before", "after"))
    if not before and not after:
        return "Nobody is ranked in either."
    then, now = within(titles["before"]), within(titles["after"])
    if set(before) == set(after):
        return f"{_together(after)} {'leads' if len(after) == 1 else 'lead'} {then} and {now}."
    told = f"{_together(before)} led {then}" if before else f"Nobody was ranked {then}"
    if not after:
        return f"{told}, nobody is ranked {now}."
    return f"{told}, {_together(after)} {'leads' if len(after) == 1 else 'lead'} {now}."


def _together(names: list[str]) -> str:
    return listed(names) if len(names) <= _NAMED else f"{len(names)} candidates together"


def _movement(ranks: pd.DataFrame, totals: pd.DataFrame) -> str:
    count, moved = len(ranks), int((ranks["change"] != 0).sum())
    if count == 0:
        return "No candidate is ranked in both."
    whom = "the only candidate" if count == 1 else f"the {count} candidates"
    shares = ranks[list(FACTORS)].abs().sum()
    if moved:
        some = (
            f"{moved} of {whom}" if moved < count else f"All {count} candidates" if count > 1 else "The only candidate"
        )
        who = f"{some} ranked in both {'has' if moved == 1 else 'have'}"
        return f"{who} changed places, {_mostly(shares, 'of all places moved')}."
    if (totals["change"].abs() <= TIE).all():
        return f"No total and no rank of {whom} ranked in both has changed."
    shares = totals[list(FACTORS)].abs().sum()
    told = f"No rank of {whom} ranked in both has changed"
    return f"{told}; totals have, {_mostly(shares, 'of all points moved')}."


def _mostly(shares: pd.Series[float], of: str) -> str:
    factor, most = str(shares.idxmax()), shares.max() / shares.sum()
    if most > 0.995:
        return f"through {THROUGH[factor]} alone"
    return f"most of all through {THROUGH[factor]} ({100 * most:.0f} % {of})"


def weights_sentence(criteria: pd.DataFrame) -> str:
    """Which criteria gained and lost weight, which are new, dropped or valued otherwise."""
    both = criteria[~criteria["change"].isin(["new", "dropped"])]
    order = both["difference"].sort_values(kind="stable")
    more = [one for one in order.index[::-1] if order[one] > _WEIGHT][:_MOST]
    less = [one for one in order.index if order[one] < -_WEIGHT][:_MOST]
    told = [
        f"{words} {listed([_from_to(both.loc[one]) for one in ids])}"
        for words, ids in (("more weight on", more), ("less on" if more else "less weight on", less))
        if ids
    ]
    sentences = [f"{_opening('; '.join(told))}."] if told else []
    for change, end in (("new", "after"), ("dropped", "before")):
        rows = criteria[criteria["change"] == change]
        if len(rows):
            names = [f"{title} ({100 * weight:.1f} %)" for title, weight in zip(rows["title"], rows[end], strict=True)]
            sentences.append(f"{_opening(change)}: {listed(names)}.")
    sentences += [
        f"{_opening(str(change))}: {listed(list(both['title'][both['change'] == change]))}."
        for change in dict.fromkeys(both["change"][both["change"] != ""])
    ]
    return " ".join(sentences) or "Weights and criteria are the same in both."


def _from_to(row: pd.Series[Any]) -> str:
    return f"{row['title']} ({100 * row['before']:.1f} to {100 * row['after']:.1f} %)"


def list_sentence(came: pd.DataFrame, left: pd.DataFrame, gates: pd.DataFrame) -> str:
    """Who came, who left, and how many gates turned."""
    told = [f"{verb}: {_by_reason(rows)}." for verb, rows in (("Came", came), ("Left", left)) if len(rows)]
    told = told or ["The same candidates are ranked in both."]
    if len(gates):
        told.append(f"{len(gates)} {'gate result has' if len(gates) == 1 else 'gate results have'} changed.")
    return " ".join(told)


def _by_reason(rows: pd.DataFrame) -> str:
    return "; ".join(f"{listed(list(those['name']))} ({why})" for why, those in rows.groupby("why", sort=False))


def evidence_sentence(
    before: Decision, after: Decision, evidence: pd.DataFrame, aged: pd.DataFrame, stale_after: float | None
) -> str:
    """How many cells say something else, how many have only aged, and whether the rules about doubt are others."""
    rules = []
    if before.unknowns != after.unknowns:
        rules.append(
            f"What is unknown counts as {_ASSUMED[after.unknowns]} now, as {_ASSUMED[before.unknowns]} before."
        )
    if before.doubt != after.doubt:
        rules.append("The rules of doubt are others.")
    if evidence.empty and aged.empty:
        return " ".join(["All evidence says the same as before." if rules else _SAME, *rules])
    told = ["No cell says anything else than before."]
    if len(evidence):
        kinds = [f"{count} {change}" for change, count in evidence["change"].value_counts(sort=False).items()]
        whose = evidence["candidate"].nunique()
        cells = f"{_counted(len(evidence), 'cell')} of {_counted(whose, 'organisation')}"
        told = [f"{cells} {'has' if len(evidence) == 1 else 'have'} changed: {', '.join(kinds)}."]
    return " ".join([*told, *([_aged(aged, stale_after)] if len(aged) else []), *rules])


def _aged(aged: pd.DataFrame, stale_after: float | None) -> str:
    old, stale = len(aged), int(aged["stale"].sum())
    told = f"{_counted(old, 'cell')} {'rests' if old == 1 else 'rest'} on the same evidence, and age has widened"
    told += " its range" if old == 1 else " their ranges"
    if stale == 0:
        return f"{told}."
    some = f"{stale} of them {'is' if stale == 1 else 'are'}"
    if stale == old:
        some = "it is" if old == 1 else "all of them are"
    return f"{told}; {some} stale: {stale_after:g} years old or older."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _opening(words: str) -> str:
    return words[0].upper() + words[1:]
