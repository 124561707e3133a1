"""Second opinions in words: what each method asks, whom it puts first, and why a candidate falls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from partnerselect.analysis.words import listed, sentence

TITLES = {
    "additive": "Additive total",
    "weighted_product": "Weighted product",
    "topsis": "TOPSIS",
    "vikor": "VIKOR",
    "promethee": "PROMETHEE II",
}
"""The methods, in the order in which they are shown."""

ASKS = {
    "additive": "a strength makes up for a weakness, point for point; this model decides",
    "weighted_product": "ratios count: a value near zero costs far more than in a sum",
    "topsis": "nearness to a profile with the best of everything today, distance from one with the worst",
    "vikor": "the largest single shortfall counts as much as all shortfalls together",
    "promethee": "pairs are compared: small leads count nothing, large ones no more than a clear one",
}
"""What counts in each method."""

_BY = {**TITLES, "additive": "the additive total", "weighted_product": "the weighted product"}
"""The methods inside a sentence."""

_REASONS = {
    "weighted_product": "in a product hardly anything makes up for {what}",
    "topsis": "it is far from today's best on {what}, and TOPSIS makes more of such a gap than a sum does",
    "vikor": "it is far from today's best on {what}, and VIKOR counts the largest shortfall twice",
}
_LEADS = "part of its total are leads that are too small to count in pairs, or larger than a pair can count"
_WEAK = "Ask whether the partnership can live with that weak spot: if not, it wants a gate, or more weight."
_UNKNOWN = "That is no weakness yet, only a placeholder: ask before anybody reads it as one."
_STEEP = "Ask whether so large a lead is worth so much: if not, the value function should flatten earlier."


def firsts(by_method: pd.DataFrame, names: Sequence[str]) -> dict[str, str]:
    """Whom each method puts first; a number where more than three share the place.

    Parameters
    ----------
    by_method : DataFrame
        Candidates x methods: ranks.
    names : sequence of str
        Name of each row.
    """
    first = {
        str(method): [name for name, rank in zip(names, column, strict=True) if rank == 1]
        for method, column in by_method.items()
    }
    return {
        method: "nobody" if not who else listed(who) if len(who) <= 3 else f"{len(who)} candidates together"
        for method, who in first.items()
    }


def leaders(by_method: pd.DataFrame, names: Sequence[str], compromise: Sequence[str]) -> str:
    """Whom the methods put first, and whom VIKOR would rather not tell apart.

    Parameters
    ----------
    by_method : DataFrame
        Candidates x methods: ranks.
    names : sequence of str
        Name of each row.
    compromise : sequence of str
        Names of VIKOR's compromise set, best first.
    """
    if by_method.empty:
        return "No candidate passes the gates."
    if len(names) == 1:
        return f"{names[0]} is the only candidate: no method can disagree."
    if bool((by_method == 1).all(axis=None)):
        return f"No method tells the {len(names)} candidates apart."
    methods: dict[str, list[str]] = {}
    for method, who in firsts(by_method, names).items():
        methods.setdefault(who, []).append(_BY[method])
    if len(methods) == 1:
        told = f"All five methods put {next(iter(methods))} first."
    else:
        told = "; ".join(f"{who} by {listed(them)}" for who, them in methods.items())
        told = f"Who comes first depends on the method: {told}."
    if 1 < len(compromise) < len(names):
        whom = listed(compromise) if len(compromise) <= 4 else f"{len(compromise)} candidates"
        told = sentence(f"{told} VIKOR does not settle on one: its compromise set is {whom}")
    return told


def reason(method: str, spot: tuple[str, float, bool] | None) -> tuple[str, str]:
    """Why a candidate falls, and what to ask oneself.

    Parameters
    ----------
    method : str
        The method by which it falls; empty where it does not.
    spot : tuple or None
        What costs it most there: title of the criterion, value (0..1), and whether that is known.
    """
    if not method:
        return "", ""
    if spot is None:
        return _LEADS, _STEEP
    title, value, known = spot
    what = f"{title} ({'' if known else 'unknown, counted as '}{100 * value:.0f} of 100)"
    return _REASONS[method].format(what=what), _WEAK if known else _UNKNOWN


def meaning(differences: pd.DataFrame) -> str:
    """What the widest fall means; empty where there is nobody to compare.

    Parameters
    ----------
    differences : DataFrame
        As `analysis.second_opinions.SecondOpinions.differences`.
    """
    if len(differences) < 2:
        return ""
    if not (differences["shift"] != 0).any():
        return "They agree on every place: the order does not depend on how values are put together."
    told = "Where they agree, the order does not depend on how values are put together; where not, the total decides."
    if not (differences["shift"] > 0).any():
        return told
    row = differences.iloc[int(np.argmax(differences["shift"].to_numpy()))]
    return (
        f"{told} The widest fall: {row['name']}, {_place(row['rank'])} by total, is {_place(row['method_rank'])} by "
        f"{_BY[str(row['method'])]}: {row['reason']}. {row['question']}"
    )


def not_applicable(cells: int) -> str:
    """How cells that do not apply were treated."""
    if cells == 0:
        return ""
    return (
        f"{cells} {'cell does' if cells == 1 else 'cells do'} not apply. The candidate's own total stands in there: "
        "the additive order is exact, the others are an approximation for these candidates."
    )


def _place(rank: int) -> str:
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
