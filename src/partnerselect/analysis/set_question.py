"""A question about sets of partners: a decision, its weights and its rules, ready for the kernels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from partnerselect.analysis.combining import Combining, combining
from partnerselect.analysis.set_rules import AppliedRules, apply_rules, rules_in_force
from partnerselect.analysis.ways_out import NoPartnersError, no_set
from partnerselect.analysis.weights import normalised
from partnerselect.analysis.words import listed, points
from partnerselect.errors import RulesError
from partnerselect.kernels import sets
from partnerselect.kernels.arrays import FloatArray
from partnerselect.kernels.infeasibility import NoSetAllowedError
from partnerselect.kernels.set_lists import count
from partnerselect.kernels.set_rules import limits
from partnerselect.kernels.set_search import FEW
from partnerselect.kernels.set_sizes import narrowed
from partnerselect.kernels.set_values import worth
from partnerselect.model import Candidate, Decision, SetRule, Viewpoint

_NOBODY = "no partner at all"
_ROUNDED = 0.0005


@dataclass(frozen=True, eq=False)
class SetQuestion:
    """A decision, its weights and its rules as arrays: what every question about sets starts from."""

    decision: Decision
    what: Combining
    rules: AppliedRules

    def rows(self, candidates: Iterable[str]) -> tuple[int, ...]:
        """Rows of some candidates, ascending.

        Raises
        ------
        RulesError
            When one of them is no candidate, or failed a gate.
        """
        known = {one: row for row, one in enumerate(self.what.cells.ids)}
        given = list(candidates)
        if strangers := [one for one in given if one not in known]:
            raise RulesError(self._cannot_join(strangers[0]))
        return tuple(sorted({known[one] for one in given}))

    def _cannot_join(self, stranger: str) -> str:
        def name_among(those: Iterable[Candidate]) -> str | None:
            return next((one.name for one in those if one.id == stranger), None)

        if name := name_among(self.decision.candidates):
            return f"{name} cannot join: it failed a gate."
        if name := name_among(self.decision.members):
            return f"{name} cannot join: it is a member already."
        return f"There is no candidate '{stranger}'."

    def ids(self, members: Sequence[int]) -> tuple[str, ...]:
        """Ids of a set, given as rows."""
        return tuple(self.what.cells.ids[one] for one in members)

    def names(self, members: Sequence[int]) -> str:
        """Names of a set in a row; “no partner at all” for the empty set."""
        return listed([self.what.names[one] for one in members]) if members else _NOBODY

    def instead(self, members: Sequence[int], of: Sequence[int]) -> str:
        """How one set differs from another, both given as rows: “A in place of B”."""
        joins = [one for one in members if one not in of]
        leaves = [one for one in of if one not in members]
        if not members or not of:
            return self.names(members)
        if joins and leaves:
            return f"{self.names(joins)} in place of {self.names(leaves)}"
        return f"{self.names(joins)} as well" if joins else f"the same without {self.names(leaves)}"

    def scored(self, total: float) -> str:
        """A total in words: “64.1 of 100”; where values are summed there is no such end."""
        return f"{100 * total:.1f}{' points' if self._summed else ' of 100'}"

    def apart(self, gap: float) -> str:
        """A distance of totals in words: “1.2 points of 100”."""
        return points(gap) if self._summed else f"{points(gap)} of 100"

    @property
    def _summed(self) -> bool:
        combined = zip(self.what.ranges.criteria, self.what.weights.tolist(), strict=True)
        return any(criterion.combined == "sum" and weight > 0 for criterion, weight in combined)

    def total(self, members: Sequence[int]) -> float:
        """Total of a set, given as rows, whether it is allowed or not."""
        return float(self.gets(members).sum())

    def gets(self, members: Sequence[int]) -> FloatArray:
        """What a set, given as rows, gets on each criterion, weighted: shape (n_criteria,)."""
        given = self.what.layers
        each = np.diag(given.weights)
        parts = [worth(given.best, one, given.combine).total(members) for one in each]
        gets: FloatArray = np.zeros(len(self.what.weights))
        np.add.at(gets, given.criteria, parts)
        return gets

    @cached_property
    def search(self) -> sets.Rules:
        """The kernel's rules, with the size as narrow as all rules together make it where there are many sets."""
        return self.narrow(self.rules.kernel)

    def narrow(self, rules: sets.Rules) -> sets.Rules:
        """Some rules of the kernel, in the form in which the fewest sets have to be looked at."""
        return rules if self.few(rules) else narrowed(rules, len(self.what.cells.ids))

    def few(self, rules: sets.Rules, most: int = FEW) -> bool:
        """Whether there are at most so many sets to look at."""
        return self.sets_to_look_at(rules) <= most

    def sets_to_look_at(self, rules: sets.Rules) -> int:
        """Number of sets that the size, must and must not of some rules of the kernel allow."""
        return count(limits(rules, len(self.what.cells.ids)))

    @property
    def every_one_allowed(self) -> bool:
        """Whether the rules limit nothing but the size and who must, or must not, join."""
        bounds = limits(self.search, len(self.what.cells.ids))
        return not bounds.distinct and bounds.further.start == bounds.further.stop

    def best(self, rules: sets.Rules, top: int = 1) -> list[sets.PartnerSet]:
        """The best sets under some rules of the kernel; empty where none is allowed."""
        given = self.what.layers
        try:
            return sets.best_sets(given.best, given.weights, self.narrow(rules), given.combine, top)
        except NoSetAllowedError:
            return []

    def required_best(self) -> sets.PartnerSet:
        """The best set under the rules; NoPartnersError where there is none."""
        found = self.best(self.search)
        if not found:
            raise self.refusal()
        return found[0]

    def refusal(self) -> NoPartnersError:
        """Why no set is allowed, to be raised; unless the size allows it, letting nobody join is no answer."""
        kernel, n = self.rules.kernel, len(self.what.cells.ids)
        if kernel.size[0] >= 1:
            kernel = replace(kernel, quotas=(*kernel.quotas, (np.ones(n, dtype=np.bool_), 1, math.inf)))
        return no_set(self.decision, self.what, self.rules, NoSetAllowedError(kernel, n))


def opening(words: str) -> str:
    """Words that open a sentence: a capital, unless a name comes first."""
    ours = words.startswith((_NOBODY, "the same without "))
    return words[0].upper() + words[1:] if ours else words


def told_share(share: float, error: float) -> str:
    """A share of draws in words; one that is not nothing, or not everything, is never told as 0 or 100 %."""
    if 0 < share < _ROUNDED:
        return "less than 0.1 %"
    if 1 - _ROUNDED < share < 1:
        return "more than 99.9 %"
    digits = 1 if 0 < 200 * error < 1 else 0
    return f"{100 * share:.{digits}f} % (± {200 * error:.{digits}f})"


def set_question(
    decision: Decision, weights: str | Viewpoint | Mapping[str, float], rules: Sequence[SetRule] | None = None
) -> SetQuestion:
    """A decision, weights and rules as arrays.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
    rules : sequence of SetRule, optional
        Without it, the decision's rules that are switched on.

    Raises
    ------
    WeightsError
        For weights that cannot be used.
    RulesError
        For rules that name somebody unknown, or limit the size twice.
    """
    what = combining(decision, normalised(decision, weights).leaves)
    chosen = rules_in_force(decision) if rules is None else tuple(rules)
    return SetQuestion(decision, what, apply_rules(decision, what.ranges.candidates, chosen))
