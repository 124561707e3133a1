"""What Sensitivity found, summed up in sentences: weights, cells of evidence, criteria left out."""

from __future__ import annotations

import pandas as pd

from partnerselect.analysis.sensitivity import Sensitivity
from partnerselect.analysis.words import listed


def switch_sentence(result: Sensitivity) -> str:
    """How many weights can change the leaders, and which moves nothing."""
    able = list(result.weights["title"][result.weights.index.isin(result.switches["criterion"])])
    still = list(result.weights["title"][result.weights["still"]])
    told = "No single weight changes who leads, however far it is moved."
    if able:
        count = len(result.weights)
        which = listed(able) if len(able) <= 3 else f"{len(able)} of {count} weights"
        told = f"Moved far enough, {which} can change who leads; the others share what is left in today's proportions."
    if len(still) == len(result.weights):
        return "No weight moves anything: no criterion tells the candidates apart."
    if len(still) > 3:
        told += f" {len(still)} of {len(result.weights)} weights move nothing: all candidates are level there."
    elif still:
        told += f" {listed(still)} {'moves' if len(still) == 1 else 'move'} nothing: all candidates are level there."
    return told


def evidence_sentence(result: Sensitivity) -> str:
    """How many cells can change the leaders, and which one moves most."""
    able, count = int(result.evidence["changes"].sum()), len(result.evidence)
    cells = "1 cell" if count == 1 else f"{count} cells"
    first = result.evidence.iloc[0]
    widest = f"{first['title']} of {first['name']} moves the lead most, by {100 * first['width']:.1f} points"
    if not able:
        return f"None of {cells} in doubt can alone change who leads; {widest}."
    which = "One" if able == 1 else str(able)
    return f"{which} of {cells} in doubt can {'alone' if able == 1 else 'each alone'} change who leads; {widest}."


def without_sentence(result: Sensitivity) -> str:
    """Which criteria decide who leads."""
    decisive: pd.DataFrame = result.without[result.without["enters"] != ""]
    if decisive.empty:
        return "Whichever criterion is left out, nobody else leads."
    if len(decisive) == 1:
        return f"Without {decisive['title'].iloc[0]}, others would lead."
    which = (
        listed(list(decisive["title"])) if len(decisive) <= 3 else f"{len(decisive)} of {len(result.without)} criteria"
    )
    return f"{which} decide: without any one of them, others would lead."
