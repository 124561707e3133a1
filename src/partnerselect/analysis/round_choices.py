"""Would last round's choice still win, and would today's choice have won then?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from partnerselect.analysis.proposed_set import ProposedSet, proposed_set
from partnerselect.analysis.round_lists import failed_gates
from partnerselect.analysis.round_side import Side, Which, begun, belonging, other_side, weights_of, within
from partnerselect.analysis.set_question import SetQuestion, set_question
from partnerselect.analysis.words import listed, sentence
from partnerselect.kernels.arrays import TIE
from partnerselect.kernels.sets import PartnerSet

_SIDES: tuple[Which, Which] = ("before", "after")
_COLUMNS = ["choice", "round", "weights", "partners", "names", "total", "place", "behind", "wins", "sentence"]


@dataclass(frozen=True, eq=False)
class Choices:
    """What each side chose, looked at from the other.

    Attributes
    ----------
    table : DataFrame
        One row for each choice, round and weights. choice, round and weights are "before" or "after": whose partners;
        whose candidates, evidence, criteria and rules; whose points. Then partners (ids), names, total, place among
        the allowed sets, behind (the best set), wins (whether no allowed set is better) and sentence. total, place and
        behind are NaN where the partners cannot join or no set keeps the rules, place also where there are too many
        sets to count.
    sentences : tuple of str
        Whether each choice would win in the other round, and where rules can be kept by nobody.
    """

    table: pd.DataFrame
    sentences: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Setting:
    """One round under the weights of one side, and its best sets; `best` is empty where no set keeps the rules."""

    side: Side
    question: SetQuestion
    best: Sequence[PartnerSet]


@dataclass(frozen=True, eq=False)
class _Found:
    """Where a choice stands in a setting; None with the reason in words where it stands nowhere."""

    words: str
    stands: ProposedSet | None = None

    def told(self, be: str = "would be") -> str:
        """The end of a sentence that begins with the choice."""
        return f"{be} {self.words}" if self.stands else self.words

    @property
    def wins(self) -> bool:
        return self.stands is not None and self.stands.behind <= 0 and not self.stands.broken


def choices(before: Side, after: Side, titles: Mapping[Which, str]) -> Choices:
    """The choice of each side under the weights of each, in both rounds.

    A choice is what the side says was chosen, else its best set.

    Raises
    ------
    RulesError
        For rules that name somebody unknown, or limit the size twice.
    """
    sides: dict[Which, Side] = {"before": before, "after": after}
    settings = _settings(sides)
    chosen = {which: ids for which in _SIDES if (ids := _choice(settings[which, which])) is not None}
    names = {one.id: one.name for side in sides.values() for one in side.organisations.values()}
    called = {which: listed([names.get(one, one) for one in ids]) if ids else "nobody" for which, ids in chosen.items()}
    looked_up = {
        (which, setting): _found(chosen[which], names, setting)
        for which, setting in product(chosen, dict.fromkeys(settings.values()))
    }
    found = {(which, *pair): looked_up[which, settings[pair]] for which, pair in product(chosen, settings)}
    rows = [_row(key, chosen[key[0]], called[key[0]], one, titles) for key, one in found.items()]
    refused = [
        f"No set of partners keeps {belonging('rules', titles[which])}."
        for which in _SIDES
        if not settings[which, which].best
    ]
    if len(chosen) == 2 and set(chosen["before"]) == set(chosen["after"]) and all(one.wins for one in found.values()):
        told = [f"Both choose {called['after']}, and would do so under the weights of either."]
    else:
        told = [_answer(which, called[which], found, settings, titles) for which in chosen]
    return Choices(pd.DataFrame(rows, columns=_COLUMNS), (*refused, *told))


def _settings(sides: Mapping[Which, Side]) -> dict[tuple[Which, Which], _Setting]:
    """Each round (first) under the weights of each side; one setting where both sides weigh alike there."""
    settings: dict[tuple[Which, Which], _Setting] = {}
    for round_, side in sides.items():
        other = other_side(round_)
        own, theirs = (weights_of(side, sides[which]) for which in (round_, other))
        settings[round_, round_] = settings[round_, other] = _setting(side, own.points)
        if not np.allclose(own.leaves, theirs.leaves, rtol=0, atol=TIE):
            settings[round_, other] = _setting(side, theirs.points)
    return settings


def _setting(side: Side, points: Mapping[str, float]) -> _Setting:
    question = set_question(side.decision, points, side.rules)
    return _Setting(side, question, question.best(question.search, 2))


def _choice(own: _Setting) -> tuple[str, ...] | None:
    """Ids of the partners of a side's choice; None where it has none."""
    if own.side.chosen is not None:
        return own.side.chosen
    return own.question.ids(own.best[0].members) if own.best else None


def _row(
    key: tuple[Which, Which, Which],
    ids: tuple[str, ...],
    called: str,
    found: _Found,
    titles: Mapping[Which, str],
) -> tuple[object, ...]:
    stands, own = found.stands, len(set(key)) == 1
    who = f"{belonging('choice', titles[key[0]])} ({called})"
    told = sentence(f"{_condition(*key, titles)}, {who} {found.told('is' if own else 'would be')}")
    total, place, behind = (stands.total, stands.rank, stands.behind) if stands else (np.nan, None, np.nan)
    return (*key, ids, called, total, np.nan if place is None else place, behind, found.wins, told)


def _found(ids: Sequence[str], names: Mapping[str, str], setting: _Setting) -> _Found:
    if strangers := [one for one in ids if one not in setting.question.what.cells.ids]:
        return _Found(f"cannot be made: {_strangers(strangers, names, setting.side)}")
    if not setting.best:
        return _Found("cannot be compared: no set keeps the rules")
    stands = proposed_set(setting.question, ids)
    return _Found(_standing(stands, setting), stands)


def _strangers(ids: Sequence[str], names: Mapping[str, str], side: Side) -> str:
    """Why some partners cannot join on a side: “A and B are members already, C is not on the list”."""
    why: dict[tuple[str, str], list[str]] = {}
    for one in ids:
        reason = "is not on the list", "are not on the list"
        if one in side.members:
            reason = "is a member already", "are members already"
        elif one in side.organisations:
            gates = listed([f"“{title}”" for title in failed_gates(side, one)])
            reason = f"fails {gates}", f"fail {gates}"
        why.setdefault(reason, []).append(names.get(one, one))
    return ", ".join(f"{listed(those)} {words[len(those) > 1]}" for words, those in why.items())


def _standing(stands: ProposedSet, setting: _Setting) -> str:
    question, best = setting.question, setting.best[0]
    apart = question.apart(abs(stands.behind))
    if stands.broken:
        worded = zip(question.rules.rules, question.rules.sentences, strict=True)
        rules = listed([f"“{words}”" for rule, words in worded if rule.id in stands.broken])
        less = f"{apart} better than the best allowed set" if stands.behind < 0 else f"{apart} behind the best set"
        return f"{less}, but does not keep {rules}"
    if stands.behind <= 0:
        tied = len(setting.best) > 1 and setting.best[1].total >= best.total - TIE
        return "one of the best sets" if tied else "the best set"
    place = "" if stands.rank is None else f"at place {stands.rank:,} of the allowed sets, "
    return f"{place}{apart} behind {_instead(question, best.members, stands.members)}"


def _instead(question: SetQuestion, best: Sequence[int], members: Sequence[str]) -> str:
    """The best set, told by what it has that a set has not where the two share partners."""
    own = question.rows(members)
    joins, leaves = ([one for one in these if one not in those] for these, those in ((best, own), (own, best)))
    if len(joins) == len(best) or not best:
        return question.names(best)
    if joins and leaves:
        return f"the best set, which has {question.names(joins)} in place of {question.names(leaves)}"
    return (
        f"the best set, which {f'adds {question.names(joins)}' if joins else f'does without {question.names(leaves)}'}"
    )


def _condition(choice: Which, round_: Which, weights: Which, titles: Mapping[Which, str]) -> str:
    if round_ == weights:
        return begun(within(titles[round_]))
    if round_ == choice:
        return f"Under {_weights_alone(choice, titles)}"
    return begun(f"{within(titles[round_])} under {belonging('weights', titles[weights])}")


def _answer(
    choice: Which,
    called: str,
    found: Mapping[tuple[Which, Which, Which], _Found],
    settings: Mapping[tuple[Which, Which], _Setting],
    titles: Mapping[Which, str],
) -> str:
    """Whether a choice would win under the weights of the other side, and in the other round as a whole."""
    other = other_side(choice)
    who = f"{belonging('choice', titles[choice])} ({called})"
    there = within(titles[other])
    partly, whole = found[choice, choice, other].told(), found[choice, other, other].told()
    if settings[choice, choice] is settings[choice, other]:
        return sentence(f"{begun(there)}, {who} {whole}")
    if partly == whole:
        return sentence(f"Under {belonging('weights', titles[other])}, and {there} as a whole, {who} {whole}")
    told = sentence(f"Under {_weights_alone(choice, titles)}, {who} {partly}")
    return f"{told} {sentence(f'{begun(there)} as a whole it {whole}')}"


def _weights_alone(choice: Which, titles: Mapping[Which, str]) -> str:
    """The weights of the other side, where all else is as the choice was made on."""
    weights = belonging("weights", titles[other_side(choice)])
    return f"{weights}, on {belonging('evidence and rules', titles[choice])}"
