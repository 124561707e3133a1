"""Why each partner is in a set: what it adds that nobody else does, and who would take its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from partnerselect.analysis.set_question import SetQuestion
from partnerselect.analysis.words import listed, sentence
from partnerselect.kernels import sets
from partnerselect.kernels.arrays import TIE, FloatArray

_NAMED = 3
_COLUMNS = [
    *("name", "kind", "country", "region", "adds", "alone", "only", "why"),
    *("next", "next_name", "next_behind"),
]


def partners(question: SetQuestion, members: Sequence[str]) -> pd.DataFrame:
    """What each partner of a set is in it for.

    Parameters
    ----------
    question : SetQuestion
    members : sequence of str
        Ids of the candidates of the set.

    Returns
    -------
    DataFrame
        Per candidate id: name, kind, country, region; adds (what the total loses if its place stays empty); alone
        (the same beside the members only: the other places are empty as well, so it is above `adds` by what the
        others bring too); only (titles of the items that nobody else in the set and no member has for sure, a
        tuple); why (a sentence); next (id of who takes its place best if the others stay, None where nobody may),
        next_name, next_behind (how much the total loses then; below 0 where the set is not the best one). Empty for
        the empty set.

    Raises
    ------
    RulesError
        When somebody cannot join.
    """
    rows = question.rows(members)
    adds, alone = _adds(question, rows)
    total = question.total(rows)
    found = []
    for row in rows:
        candidate = question.what.ranges.candidates[row]
        following = _in_its_place(question, row, rows)
        found.append(
            {
                "name": candidate.name,
                "kind": candidate.kind,
                "country": candidate.country,
                "region": candidate.region,
                "adds": float(adds[row]),
                "alone": float(alone[row]),
                "only": tuple(title for titles in _only(question, row, rows).values() for title in titles),
                "why": _why(question, row, rows),
                "next": None if following is None else question.what.cells.ids[following[0]],
                "next_name": None if following is None else question.what.names[following[0]],
                "next_behind": np.nan if following is None else total - following[1],
            }
        )
    index = pd.Index([question.what.cells.ids[row] for row in rows], name="candidate", dtype=object)
    table = pd.DataFrame(found, index=index, columns=_COLUMNS)
    for column in ("next", "next_name"):  # None stays None
        table[column] = pd.Series([row[column] for row in found], index=index, dtype=object)
    return table


def redundant_pairs(question: SetQuestion, members: Sequence[str] | None = None) -> pd.DataFrame:
    """Pairs of candidates that add the same.

    Parameters
    ----------
    question : SetQuestion
    members : sequence of str, optional
        Only pairs among these; without it, among all candidates.

    Returns
    -------
    DataFrame
        one, other (ids), one_name, other_name, twice (by how much the two together add less than each alone, as a
        difference of totals), both (titles of the items that both have for sure and no member has, a tuple); those
        that add most twice come first, and pairs that add nothing twice are left out.
    """
    given = question.what.layers
    overlap = sets.redundancy(given.best, given.weights, given.combine)
    rows = range(len(overlap)) if members is None else question.rows(members)
    among = np.zeros(len(overlap), dtype=np.bool_)
    among[list(rows)] = True
    pairs = np.argwhere(np.triu(overlap > TIE, 1) & among[:, None] & among)
    pairs = pairs[np.argsort(-overlap[pairs[:, 0], pairs[:, 1]], kind="stable")]
    cells = question.what.cells
    return pd.DataFrame(
        [
            (
                cells.ids[one],
                cells.ids[other],
                cells.names[one],
                cells.names[other],
                float(overlap[one, other]),
                _both(question, one, other),
            )
            for one, other in pairs.tolist()
        ],
        columns=["one", "other", "one_name", "other_name", "twice", "both"],
    )


def _adds(question: SetQuestion, rows: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """What each candidate adds to the set, and alone; of a mean, its share, as if its place stayed empty without it."""
    given = question.what.layers
    averaged = np.array([how == "mean" for how in given.combine])
    values = given.best / np.where(averaged, max(len(rows), 1), 1)
    combine = ["sum" if how == "mean" else how for how in given.combine]
    found = sets.marginals(values, given.weights, rows, combine)
    return found.in_set, found.alone


def _in_its_place(question: SetQuestion, row: int, rows: Sequence[int]) -> tuple[int, float] | None:
    """Who makes the best set with the others, and its total."""
    kernel, size = question.rules.kernel, len(rows)
    if not kernel.size[0] <= size <= kernel.size[1]:
        return None
    others = [one for one in rows if one != row]
    must, must_not = (*kernel.must, *others), (*kernel.must_not, row)
    found = question.best(replace(kernel, size=(size, size), must=must, must_not=must_not))
    if not found:
        return None
    (newcomer,) = set(found[0].members) - set(others)
    return newcomer, found[0].total


def _only(question: SetQuestion, row: int, rows: Sequence[int]) -> dict[int, list[str]]:
    """Titles of the items that only this candidate of the set, and no member, has for sure, by criterion (column)."""
    n = len(question.what.cells.ids)
    found = {}
    for column, items in question.what.items.items():
        others = [one for one in rows if one != row] + list(range(n, len(items.sure)))
        found[column] = items.titles_of(items.sure[row] & ~items.sure[others].any(axis=0))
    return found


def _both(question: SetQuestion, one: int, other: int) -> tuple[str, ...]:
    n = len(question.what.cells.ids)
    found: list[str] = []
    for items in question.what.items.values():
        shared = items.sure[one] & items.sure[other] & ~items.sure[n:].any(axis=0)
        found += items.titles_of(shared)
    return tuple(found)


def _why(question: SetQuestion, row: int, rows: Sequence[int]) -> str:
    """What speaks for this candidate beside the others, as far as it has weight."""
    what, told = question.what, []
    brought = [
        f"{listed(titles)} ({what.cells.titles[column]})"
        for column, titles in _only(question, row, rows).items()
        if titles and what.weights[column] > 0
    ]
    if brought:
        told.append(f"Only it brings {listed(brought)}.")
    if strongest := _strongest(question, row, rows):
        told.append(sentence(f"It is the strongest of them in {listed(strongest)}"))
    if told:
        return " ".join(told)
    opening = "It joins alone" if len(rows) == 1 else "It is nowhere the strongest of them"
    shares = np.where(what.ranges.known[row], what.cells.best[row] * what.cells.own[row], 0.0)
    most = what.cells.titles[int(np.argmax(shares))]
    if shares.max() > 0:
        return sentence(f"{opening}; the largest part of its own total comes from {most}")
    return f"{opening}, and no evidence speaks for it yet."


def _strongest(question: SetQuestion, row: int, rows: Sequence[int]) -> list[str]:
    """Criteria on which evidence puts it above all others in the set, those that weigh most first."""
    what = question.what
    others = [one for one in rows if one != row]
    if not others:
        return []
    ahead = (what.cells.best[row] - what.cells.best[others].max(axis=0)) * what.weights
    ahead[~what.ranges.known[row]] = 0.0
    ahead[list(what.items)] = 0.0
    order = [column for column in np.argsort(-ahead, kind="stable").tolist() if ahead[column] > TIE]
    return [what.cells.titles[column] for column in order[:_NAMED]]
