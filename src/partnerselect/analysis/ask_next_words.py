"""What to ask next, in sentences."""

from __future__ import annotations

import pandas as pd

from partnerselect.kernels.arrays import TIE


def first_question(cells: pd.DataFrame, candidates: int, top: int) -> str:
    """What to ask first, and how likely the answer changes the choice; or that none does.

    Parameters
    ----------
    cells : DataFrame
        As `analysis.ask_next.AskNext.cells`, best first.
    candidates, top : int
        Number of candidates, and of those that are chosen.
    """
    if candidates == 0:
        return "No candidate passes the gates: there is nobody to ask about."
    if candidates <= top:
        who = "the only candidate is chosen" if candidates == 1 else f"all {candidates} candidates are chosen"
        return f"No answer can change the choice: {who}."
    if cells.empty:
        return f"No single answer can change {who_leads(top)}."
    first = cells.iloc[0]
    told = f"First ask {first['name']} about {first['title']}: the chance that the answer changes {who_leads(top)} "
    told += f"is {percent(first['change_probability'])}, and choosing by it is worth {_points(first['gain'])} of 100 "
    told += "on average."
    equal = int((cells["gain"] > first["gain"] - 100 * TIE).sum()) - 1
    if equal:
        told += f" {'One other question is' if equal == 1 else f'{equal} other questions are'} worth as much."
    return told


def first_candidate(cells: pd.DataFrame, candidates: pd.DataFrame, top: int) -> str:
    """About whom everything is worth learning; empty where that changes the choice in no draw.

    Parameters
    ----------
    cells, candidates : DataFrame
        As in `analysis.ask_next.AskNext`, best first.
    top : int
        Number of candidates that are chosen.
    """
    if candidates.empty or candidates["gain"].iloc[0] <= 0:
        return ""
    first = candidates.iloc[0]
    chance = percent(first["change_probability"])
    if cells.empty:
        return f"Several answers together can: everything about {first['name']} would, with a chance of {chance}."
    return (
        f"If only one candidate can be asked everything, ask {first['name']}: the chance that this changes "
        f"{who_leads(top)} is {chance}."
    )


def counted(counting: int, idle: int) -> str:
    """How many of the cells in doubt can change the choice alone."""
    if counting + idle == 0:
        return "No cell is in doubt."
    cells = "1 cell is" if counting + idle == 1 else f"{counting + idle} cells are"
    return f"{cells} unknown or in doubt; {counting or 'none'} can change the choice alone."


def differs(enters: list[str], leaves: list[str]) -> str:
    """Who leads by expected totals and not by best values, and the other way round; empty where nobody."""
    if not enters and not leaves:
        return ""
    told = [f"{', '.join(enters)} in"] * bool(enters) + [f"{', '.join(leaves)} out"] * bool(leaves)
    return (
        "The choice here goes by expected totals, in which the mean of each range counts; the ranking goes by best "
        f"values. They differ: {' and '.join(told)}."
    )


def who_leads(top: int) -> str:
    """What a choice of `top` candidates decides."""
    return "who leads" if top == 1 else f"who is among the first {top}"


def percent(share: float) -> str:
    """A probability in whole per cent; never 0 % or 100 % for what is neither."""
    if 0 < share < 0.005:
        return "less than 1 %"
    return "more than 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def _points(gain: float) -> str:
    return f"{gain:.1f} points" if gain >= 0.05 else "less than 0.1 points"
