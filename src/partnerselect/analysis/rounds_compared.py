"""Two rounds of a decision side by side: what changed, and what that did to whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from partnerselect.analysis import rounds_compared_words as words
from partnerselect.analysis.evidence import years_until_stale
from partnerselect.analysis.round_choices import choices
from partnerselect.analysis.round_evidence import evidence_changes
from partnerselect.analysis.round_lists import came_and_left, criteria_side_by_side, gate_changes
from partnerselect.analysis.round_mixes import FACTORS, Factor, Mixes, Split, split
from partnerselect.analysis.round_rules import rules_sentence
from partnerselect.analysis.round_side import Side, Which, side_titles
from partnerselect.kernels.arrays import TIE, FloatArray

__all__ = ["FACTORS", "RoundComparison", "Side", "compare_rounds"]


@dataclass(frozen=True, eq=False)
class RoundComparison:
    """What changed between two rounds.

    `before` and `after` are columns of most tables. Totals and weights are shares of 1, ranks and their shares places.

    Attributes
    ----------
    sentence : str
        Who leads, how many changed their rank, and what moved them.
    titles : Mapping
        What each round ("before", "after") is called.
    totals, ranks : DataFrame
        Per id of each candidate ranked in both rounds, in the order of the new ranks: name, before, after, change,
        the shares of it that go back to weights, evidence, candidates and criteria, and a sentence. The change and
        the shares of a rank are places upwards (from 4 to 2 is +2), the shares in whole twelfths of a place.
        Shares sum to the change.
    places : DataFrame
        One row for each round and candidate ranked in it: round (title), candidate, name, rank.
    came, left : DataFrame
        Per id of each candidate ranked in one of the rounds only: name, rank and total there, why (in words).
    gates : DataFrame
        Gates that turned: candidate, name, gate (title), before, after, source, note.
    criteria : DataFrame
        Per criterion id of either round: title, goal (title), before and after (normalised weights; NaN where the
        round has no such criterion), difference, change (what became of the criterion: new, dropped, …).
    evidence : DataFrame
        Cells of which something else is said or counted, as `round_evidence.evidence_changes` tells.
    aged : DataFrame
        Cells whose evidence is the same and whose range age has widened; stale where the rules let age widen no more.
    stale_after : float or None
        Years from which evidence is stale by the new round's rules of doubt; None where age widens nothing.
    choices : DataFrame
        The choice of each round in each round under the weights of each, as `round_choices.Choices` tells.
    weights_sentence, list_sentence, rules_sentence, evidence_sentence : str
        What changed there.
    choice_sentences : tuple of str
        Would the one round's choice win in the other?
    """

    sentence: str
    titles: Mapping[Which, str]
    totals: pd.DataFrame
    ranks: pd.DataFrame
    places: pd.DataFrame
    came: pd.DataFrame
    left: pd.DataFrame
    gates: pd.DataFrame
    criteria: pd.DataFrame
    evidence: pd.DataFrame
    aged: pd.DataFrame
    stale_after: float | None
    choices: pd.DataFrame
    weights_sentence: str
    list_sentence: str
    rules_sentence: str
    evidence_sentence: str
    choice_sentences: tuple[str, ...]


def compare_rounds(before: Side, after: Side) -> RoundComparison:
    """Explain a round against another one.

    The change of every total and of every rank is split among four factors: *weights* (the points), *evidence* (what
    the files say as of each round's date, the rules of doubt, what is assumed of unknowns), *candidates* (who is on
    the list and fails no gate) and *criteria* (goals, criteria, scales, value functions). A factor's share is what it
    changes on average over all orders in which the four can be replaced, the old by the new: 16 mixed rounds. What
    only one round has keeps what that round says of it in every mixed round (a new criterion its points and its
    evidence, a new candidate its file); `round_mixes.Mixes` defines the rest.

    Parameters
    ----------
    before, after : Side
        Any two rounds; exchanged, they give the same with all signs turned.

    Raises
    ------
    WeightsError
        For points of a side that cannot be used.
    RulesError
        For rules that name somebody unknown, or limit the size twice. Rules that no set keeps are told in words.

    References
    ----------
    Shapley (1953), A value for n-person games, Contributions to the Theory of Games II.
    """
    titles = side_titles(before, after)
    names = {one.id: one.name for side in (before, after) for one in side.organisations.values()}
    parts = split(Mixes(before, after))
    totals = _totals(parts, names)
    places = _long(parts, names, titles)
    came, left = came_and_left(before, after, parts)
    gates = gate_changes(before, after)
    criteria = criteria_side_by_side(before, after)
    evidence, aged = evidence_changes(before, after)
    ranks = _ranks(parts, names, {*evidence["candidate"], *totals.index[totals["evidence"].abs() > TIE]})
    stale_after = years_until_stale(after.decision.doubt)
    chosen = choices(before, after, titles)
    return RoundComparison(
        sentence=words.summary(titles, ranks, totals, places),
        titles=titles,
        totals=totals,
        ranks=ranks,
        places=places,
        came=came,
        left=left,
        gates=gates,
        criteria=criteria,
        evidence=evidence,
        aged=aged,
        stale_after=stale_after,
        choices=chosen.table,
        weights_sentence=words.weights_sentence(criteria),
        list_sentence=words.list_sentence(came, left, gates),
        rules_sentence=rules_sentence(before, after),
        evidence_sentence=words.evidence_sentence(before.decision, after.decision, evidence, aged, stale_after),
        choice_sentences=chosen.sentences,
    )


def _ranks(parts: Split, names: Mapping[str, str], evidenced: Collection[str]) -> pd.DataFrame:
    """Ranks and what moved them; `evidenced` are the ids of those whose own evidence has changed."""
    table = _table(parts, names, parts.ranks, parts.rank_shares)
    table = table.astype({"before": int, "after": int, "change": int})
    table["change"] = -table["change"]
    table["sentence"] = [
        words.rank_sentence(row, {"candidates"} if one in evidenced else {"candidates", "evidence"})
        for one, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    return table


def _totals(parts: Split, names: Mapping[str, str]) -> pd.DataFrame:
    table = _table(parts, names, parts.totals, parts.total_shares)
    table["sentence"] = [words.total_sentence(row) for row in table.to_dict("records")]
    return table


def _table(
    parts: Split,
    names: Mapping[str, str],
    ends: Mapping[Which, FloatArray],
    shares: Mapping[Factor, FloatArray],
) -> pd.DataFrame:
    """One row for each candidate of both rounds, by new rank."""
    order = np.argsort(parts.ranks["after"], kind="stable")
    both = order[~np.isnan(parts.ranks["before"] + parts.ranks["after"])[order]]
    ids = [parts.ids[row] for row in both]
    columns: dict[str, FloatArray] = {"before": ends["before"][both], "after": ends["after"][both]}
    columns |= {"change": columns["after"] - columns["before"]}
    columns |= {factor: shares[factor][both] for factor in FACTORS}
    table = pd.DataFrame(columns, index=pd.Index(ids, name="candidate", dtype=object))
    table.insert(0, "name", [names[one] for one in ids])
    return table


def _long(parts: Split, names: Mapping[str, str], titles: Mapping[Which, str]) -> pd.DataFrame:
    """One row for each round and candidate ranked in it, the best first."""
    rows = [
        (titles[which], parts.ids[row], names[parts.ids[row]], int(found[row]))
        for which, found in parts.ranks.items()
        for row in np.argsort(found, kind="stable")
        if not np.isnan(found[row])
    ]
    return pd.DataFrame(rows, columns=["round", "candidate", "name", "rank"])
