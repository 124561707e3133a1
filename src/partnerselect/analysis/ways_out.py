"""Rules that no set of partners keeps: which of them contradict each other, and what would help, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from partnerselect.analysis.combining import Combining
from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.set_rules import AppliedRules, apply_rules
from partnerselect.analysis.words import listed
from partnerselect.errors import RulesError
from partnerselect.kernels import sets
from partnerselect.kernels.infeasibility import NoSetAllowedError, Relaxation
from partnerselect.kernels.set_rules import Change, Rule
from partnerselect.model import (
    BudgetRule,
    Decision,
    DifferentRule,
    EachRule,
    NamesRule,
    PairRule,
    QuotaRule,
    SetRule,
    SizeRule,
)

_TOLD = 4

Weaker = dict[int, SetRule | None]
"""Rules by their place, in a weaker form; None where one goes."""


@dataclass(frozen=True)
class WayOut:
    """Rules made weaker until some set is allowed.

    Attributes
    ----------
    sentence : str
        What to allow, in words that end a sentence.
    rules : tuple of SetRule
        All rules, those that change in their weaker form; a rule that goes is left out.
    partners : tuple of str
        Ids of a set that is allowed then.
    """

    sentence: str
    rules: tuple[SetRule, ...]
    partners: tuple[str, ...]


class NoPartnersError(RulesError):
    """No set of partners keeps the rules.

    Attributes
    ----------
    conflicts : tuple of tuples of str
        Every smallest group of rules (ids) that contradict each other, the shortest first.
    relaxations : tuple of WayOut
        The cheapest ways out, those that change the fewest rules first; none of them is to let nobody join at all.
    sentences : tuple of str
        One for each conflict; where there is no candidate at all, why.
    complete : bool
        False where there were too many to list.
    """

    def __init__(
        self,
        conflicts: tuple[tuple[str, ...], ...],
        sentences: tuple[str, ...],
        relaxations: tuple[WayOut, ...],
        complete: bool,
    ) -> None:
        self._conflicts, self._relaxations = conflicts, relaxations
        self.sentences, self.complete = sentences, complete
        told = [*sentences[:_TOLD], *(f"Allow {way.sentence}." for way in relaxations[:_TOLD])]
        opening = ["No set of partners keeps all the rules."] if conflicts else []
        super().__init__(" ".join([*opening, *told]))

    @property
    def conflicts(self) -> tuple[tuple[str, ...], ...]:
        """Every smallest group of rules, as ids, that contradict each other."""
        return self._conflicts

    @property
    def relaxations(self) -> tuple[WayOut, ...]:
        """The cheapest ways out."""
        return self._relaxations


def no_set(decision: Decision, what: Combining, rules: AppliedRules, refused: NoSetAllowedError) -> NoPartnersError:
    """What the kernel found, in the words of the rules.

    Limits that are no part of any of the rules hold in any case: they are in no conflict, and no way out changes them.
    """
    if not what.cells.ids:
        return NoPartnersError((), (_nobody(what),), (), True)
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    groups = _smallest(
        frozenset(rules.owners[part] for part in group if part in rules.owners) for group in refused.conflicts
    )
    return NoPartnersError(
        conflicts=tuple(tuple(rules.rules[place].id for place in group) for group in groups),
        sentences=tuple(_conflict(what, rules, group, names) for group in groups),
        relaxations=tuple(_ways_out(decision, what, rules, refused.relaxations)),
        complete=refused.explanation.complete,
    )


def _nobody(what: Combining) -> str:
    out = [candidate.name for candidate in what.ranges.screened_out]
    if not out:
        return "There is no candidate."
    who = f"{out[0]}, the only candidate," if len(out) == 1 else f"All {len(out)} candidates"
    return f"{who} failed a gate: there is nobody who could join."


def _smallest(groups: Iterable[frozenset[int]]) -> list[list[int]]:
    """Groups that contain no other one, each in the order of the rules."""
    kept: list[frozenset[int]] = []
    for group in sorted(set(groups), key=lambda one: (len(one), sorted(one))):
        if not any(smaller <= group for smaller in kept):
            kept.append(group)
    return [sorted(group) for group in kept]


def _conflict(what: Combining, rules: AppliedRules, group: Sequence[int], names: Mapping[str, str]) -> str:
    quoted = [f"“{rules.sentences[place]}”" for place in group]
    needed = [one for place in group for one in _needed(rules.rules[place])]
    out = [names[one] for one in dict.fromkeys(needed) if one not in what.cells.ids]
    reason = f": {listed(out)} failed a gate" if out else ""
    return f"No set keeps {listed(quoted)}{' together' if len(quoted) > 1 else ''}{reason}."


def _needed(rule: SetRule) -> tuple[str, ...]:
    """Candidates without whom a rule leaves no set, or leaves somebody out."""
    if isinstance(rule, NamesRule | PairRule) and rule.kind in ("must", "together"):
        return rule.candidates
    return ()


def _ways_out(
    decision: Decision, what: Combining, rules: AppliedRules, relaxations: Sequence[Relaxation]
) -> Iterator[WayOut]:
    """Each way once: changes of several parts of one rule are one change of that rule."""
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    ways = [
        _enough(decision, what, rules, _changed(what, rules, relaxation), relaxation.members)
        for relaxation in relaxations
        if all(change.rule in rules.owners for change in relaxation.changes)
    ]
    ways.sort(key=lambda way: len(way[0]))
    kept: list[Weaker] = []
    for place, (weaker, members) in enumerate(ways):
        later = [way for way, _ in ways[place + 1 :] if not _no_stricter(way, weaker)]
        if any(_no_stricter(weaker, other) for other in (*kept, *later)):
            continue
        kept.append(weaker)
        dropped_last = sorted(weaker.items(), key=lambda change: change[1] is None)
        told = [_told(rules.sentences[at], after, names) for at, after in dropped_last]
        yield WayOut(listed(told), _with(rules, weaker), tuple(what.cells.ids[one] for one in members))


def _with(rules: AppliedRules, weaker: Weaker) -> tuple[SetRule, ...]:
    """All rules, some of them in their weaker form."""
    every = (weaker.get(place, rule) for place, rule in enumerate(rules.rules))
    return tuple(rule for rule in every if rule is not None)


def _enough(
    decision: Decision, what: Combining, rules: AppliedRules, weaker: Weaker, members: tuple[int, ...]
) -> tuple[Weaker, tuple[int, ...]]:
    """As much of a way out as is needed, and a set that it allows.

    A limit that is raised for one country is raised for each, and that may make another change needless.
    """
    if len(weaker) == 1 or not any(isinstance(after, EachRule) for after in weaker.values()):
        return weaker, members
    given = what.layers
    for place in list(weaker):
        tried = {other: after for other, after in weaker.items() if other != place}
        kernel = apply_rules(decision, what.ranges.candidates, _with(rules, tried)).kernel
        with suppress(NoSetAllowedError):
            members = sets.best_sets(given.best, given.weights, kernel, given.combine, 1)[0].members
            weaker = tried
    return weaker, members


def _changed(what: Combining, rules: AppliedRules, relaxation: Relaxation) -> Weaker:
    weaker: Weaker = {}
    for change in relaxation.changes:
        place = rules.owners[change.rule]
        before = weaker.get(place, rules.rules[place])
        weaker[place] = None if before is None else _weaker(before, rules, change, what)
    return dict(sorted(weaker.items()))


def _weaker(rule: SetRule, applied: AppliedRules, change: Change, what: Combining) -> SetRule | None:
    """A rule after one change; None where it goes. Its own sentence would be wrong then, and is left out."""
    match rule:
        case SizeRule() | QuotaRule() if change.bound == "lo":
            least = int(change.new)
            if least == 0 and rule.at_most is None:
                return None
            return rule.model_copy(update={"at_least": least, "title": None})
        case SizeRule() | QuotaRule():
            return rule.model_copy(update={"at_most": int(change.new), "title": None})
        case EachRule():
            return rule.model_copy(update={"at_most": max(rule.at_most, int(change.new)), "title": None})
        case DifferentRule():
            return rule.model_copy(update={"at_least": int(change.new), "title": None}) if change.new >= 1 else None
        case BudgetRule():
            return rule.model_copy(update={"at_most": _rounded_up(change.new), "title": None})
        case NamesRule():
            gone = _named(applied, change.rule, what)
            kept = tuple(one for one in rule.candidates if one != gone)
            return rule.model_copy(update={"candidates": kept, "title": None}) if kept else None
        case _:
            return None


def _named(applied: AppliedRules, part: Rule, what: Combining) -> str:
    """Whom one part of a rule of names is about; a quota stands for somebody who failed a gate."""
    if part.kind != "quotas":
        row: int = getattr(applied.kernel, part.kind)[part.place]
        return what.cells.ids[row]
    place = applied.owners[part]
    rule = applied.rules[place]
    assert isinstance(rule, NamesRule)
    out = [one for one in rule.candidates if one not in what.cells.ids]
    return out[[one for one in applied.parts(place) if one.kind == "quotas"].index(part)]


def _no_stricter(weaker: Weaker, other: Weaker) -> bool:
    """Whether one way out gives up everything that the other one does, or more."""
    return all(place in weaker and _as_weak(weaker[place], after) for place, after in other.items())


def _as_weak(one: SetRule | None, other: SetRule | None) -> bool:
    """Whether one form of a rule allows every set that the other form of the same rule does."""
    if one is None or other is None:
        return one is None
    match one, other:
        case ((SizeRule() | QuotaRule()), (SizeRule() | QuotaRule())):
            most, others = (math.inf if rule.at_most is None else rule.at_most for rule in (one, other))
            return one.at_least <= other.at_least and most >= others
        case ((EachRule() | BudgetRule()), (EachRule() | BudgetRule())):
            return one.at_most >= other.at_most
        case DifferentRule(), DifferentRule():
            return one.at_least <= other.at_least
        case NamesRule(), NamesRule():
            return set(one.candidates) <= set(other.candidates)
    return False


def _rounded_up(amount: float) -> float:
    """The amount to six digits, never less: a limit that somebody can read, and that still allows the set."""
    if amount == 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(amount))) - 5)
    return max(amount, math.ceil(amount / step) * step)


def _told(sentence: str, after: SetRule | None, names: Mapping[str, str]) -> str:
    if after is None:
        return f"sets that do not keep “{sentence}”"
    now = rule_sentence(after, names)
    return f"“{now}” instead of “{sentence}”"
