"""What members and partners cover together, criterion by criterion and item by item, and what nobody brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from partnerselect.analysis.combining import Items
from partnerselect.analysis.evidence import Performance
from partnerselect.analysis.evidence_table import in_words
from partnerselect.analysis.set_question import SetQuestion
from partnerselect.analysis.words import listed, sentence
from partnerselect.kernels import value_functions
from partnerselect.kernels.arrays import TIE
from partnerselect.model import Candidate, Criterion

_HALF = 0.5 - TIE
_NAMED = 3


@dataclass(frozen=True, eq=False)
class Gaps:
    """What is covered by whom.

    Attributes
    ----------
    sentence : str
        How much nobody brings, and which of it a candidate outside the set would bring.
    rows : DataFrame
        Per row (goal by goal, an item or a whole criterion): goal, criterion (id), title, item (id, empty for a whole
        criterion), together (in words), covered ("yes", "perhaps" or "no") and others (names of candidates outside
        the set who would cover it, a tuple).
    cells : DataFrame
        Per row of `rows` and organisation, members first, then the set: row (its place), organisation (id), name,
        joins (whether it is in the set), state ("has", "perhaps" or "lacks") and statement (what the evidence says,
        in words).
    """

    sentence: str
    rows: pd.DataFrame
    cells: pd.DataFrame


def gaps(question: SetQuestion, members: Sequence[str]) -> Gaps:
    """What the members and a set of candidates cover.

    An item is covered by who has it for sure, and perhaps by who has it perhaps: some reader says so, somebody hints
    at it, or nobody knows. A criterion without items is covered by who reaches half of its value, and perhaps by
    whose range allows that.

    Raises
    ------
    RulesError
        When somebody cannot join.
    """
    chosen = question.rows(members)
    n = len(question.what.cells.ids)
    inside = [*range(n, n + len(question.what.members)), *chosen]
    everyone = [*question.what.ranges.candidates, *question.what.members]
    rows: list[dict[str, Any]] = []
    cells: list[dict[str, Any]] = []
    for goal, criterion, item, title, states, statements in _states(question, everyone):
        has = [states[one] for one in inside]
        others = [one for one in range(n) if one not in chosen and states[one] == "has"]
        cells += [
            {
                "row": len(rows),
                "organisation": everyone[one].id,
                "name": everyone[one].name,
                "joins": one < n,
                "state": states[one],
                "statement": statements[one],
            }
            for one in inside
        ]
        covered = "yes" if "has" in has else "perhaps" if "perhaps" in has else "no"
        names = tuple(everyone[one].name for one in others)
        together = _together(has, names)
        rows.append(
            {
                "goal": goal,
                "criterion": criterion.id,
                "title": title,
                "item": item,
                "together": together,
                "covered": covered,
                "others": names,
            }
        )
    table = pd.DataFrame(rows, columns=["goal", "criterion", "title", "item", "together", "covered", "others"])
    columns = ["row", "organisation", "name", "joins", "state", "statement"]
    return Gaps(_sentence(table), table, pd.DataFrame(cells, columns=columns))


def _states(
    question: SetQuestion, everyone: Sequence[Candidate]
) -> Iterator[tuple[str, Criterion, str, str, list[str], list[str]]]:
    """For each row: goal, criterion, item, title, and of everyone the state and the statement."""
    ranges = question.what.ranges
    goals = [goal.title for goal in question.decision.goals for _ in goal.criteria]
    for column, (goal, criterion) in enumerate(zip(goals, ranges.criteria, strict=True)):
        found = [ranges.performances[one.id, criterion.id] for one in everyone]
        items = question.what.items.get(column)
        if items is None:
            states = _reaching_half(criterion, found)
            yield goal, criterion, "", criterion.title, states, [in_words(cell, criterion) for cell in found]
        else:
            yield from _by_item(goal, items, found)


def _reaching_half(criterion: Criterion, found: Sequence[Performance]) -> list[str]:
    points = np.array(criterion.scale.breakpoints)
    states = []
    for cell in found:
        if cell.status == "not_applicable":
            states.append("lacks")
        elif cell.status != "known":
            states.append("perhaps")
        else:
            assert cell.low is not None
            assert cell.high is not None
            best = value_functions.piecewise([np.nan if cell.best is None else cell.best], points)[0]
            _, highest = value_functions.value_range(np.array([cell.low]), np.array([cell.high]), points)
            states.append("has" if best >= _HALF else "perhaps" if highest[0] >= _HALF else "lacks")
    return states


def _by_item(
    goal: str, items: Items, found: Sequence[Performance]
) -> Iterator[tuple[str, Criterion, str, str, list[str], list[str]]]:
    titles = items.titles_of(np.ones(items.sure.shape[1], dtype=np.bool_))
    for place, title in enumerate(titles):
        states, statements = [], []
        for sure, possible, cell in zip(items.sure[:, place], items.possible[:, place], found, strict=True):
            states.append("has" if sure else "perhaps" if possible else "lacks")
            statements.append(_of_item(bool(sure), bool(possible), cell))
        yield goal, items.criterion, items.ids[place], f"{items.criterion.title}: {title}", states, statements


def _of_item(sure: bool, possible: bool, cell: Performance) -> str:
    if sure:
        return "documented"
    if cell.status != "known":
        return {"not_applicable": "does not apply", "refused": "refused to say"}.get(cell.status, "unknown")
    return "perhaps: hinted at, or readers disagree" if possible else "not found"


def _together(states: Sequence[str], others: Sequence[str]) -> str:
    has, perhaps = states.count("has"), states.count("perhaps")
    if has:
        return f"covered by {has}" + (f", perhaps by {perhaps} more" if perhaps else "")
    told = f"perhaps by {perhaps}" if perhaps else "nobody"
    if not others:
        return f"{told}; no other candidate is known to bring it"
    more = [f"{len(others) - _NAMED} more"] if len(others) > _NAMED else []
    return f"{told}; {listed([*others[:_NAMED], *more])} would bring it"


def _sentence(rows: pd.DataFrame) -> str:
    """How much is covered, what nobody brings, and what of the rest a candidate outside the set would bring."""
    count = len(rows)
    missing, open_ = rows[rows["covered"] == "no"], rows[rows["covered"] == "perhaps"]
    covered = count - len(missing) - len(open_)
    things = f"{count} things that the partnership wants" if count > 1 else "one thing that the partnership wants"
    told = f"Of {things}, {covered} {'is' if covered == 1 else 'are'} covered"
    if len(open_):
        told += f", {len(open_)} perhaps"
    told = sentence(f"{told}, and {f'nobody brings {_titles(missing)}' if len(missing) else 'none is missing'}")
    within_reach = rows[(rows["covered"] != "yes") & (rows["others"].map(len) > 0)]
    if len(within_reach):
        told = sentence(f"{told} Candidates outside the set would bring {_titles(within_reach)}")
    return told


def _titles(rows: pd.DataFrame) -> str:
    titles = rows["title"].head(_NAMED).tolist()
    more = len(rows) - len(titles)
    return listed([*titles, f"{more} more"] if more else titles)
