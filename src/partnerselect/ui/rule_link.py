"""The address of set rules: which are switched on or off, and which were added.

``rules=-one_photonics~+three_countries~size=2..4`` switches one off and one on, and adds one as text. Entries are
parted by ``~``; one that stands inside an added rule is written ``%7E``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from partnerselect.analysis.set_rules import apply_rules, switched, with_rule
from partnerselect.errors import InputError, RulesError
from partnerselect.files.rule_text import read_rule, rule_text
from partnerselect.model import Decision, NamesRule, SetRule

_LONGEST, _MOST = 8_000, 50


@dataclass(frozen=True)
class RuleChoices:
    """What a visitor changed in the rules of a decision: ids switched on and off, and rules that were added."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    added: tuple[SetRule, ...] = ()

    def wants(self, rule: SetRule) -> bool:
        """Whether a rule of the decision is switched on."""
        return (rule.active or rule.id in self.on) and rule.id not in self.off

    def switched(self, rule: str, on: bool, usual: bool) -> RuleChoices:
        """With one rule of the decision on or off; as usual, it is no choice."""
        others_on, others_off = self.on - {rule}, self.off - {rule}
        if on == usual:
            return RuleChoices(others_on, others_off, self.added)
        return (
            RuleChoices(others_on | {rule}, others_off, self.added)
            if on
            else RuleChoices(others_on, others_off | {rule}, self.added)
        )

    def adding(self, rule: SetRule) -> RuleChoices:
        """With one more rule, which takes the place of an added one about the same thing."""
        return RuleChoices(self.on, self.off, with_rule([one for one in self.added if one.id != rule.id], rule))

    def without(self, rule: str) -> RuleChoices:
        """Without an added rule."""
        return RuleChoices(self.on, self.off, tuple(one for one in self.added if one.id != rule))

    def naming(self, kind: str, candidates: Iterable[str]) -> RuleChoices:
        """With exactly these candidates as those who must join, or must not."""
        named = tuple(candidates)
        others = tuple(one for one in self.added if one.kind != kind)
        more = (read_rule(f"{kind}={'+'.join(named)}"),) if named else ()
        return RuleChoices(self.on, self.off, (*others, *more))

    def named(self, kind: str) -> list[str]:
        """Ids of those who must join, or must not."""
        return [id_ for one in self.added if isinstance(one, NamesRule) and one.kind == kind for id_ in one.candidates]

    def applied(self, decision: Decision) -> tuple[Decision, tuple[SetRule, ...]]:
        """The decision with its gates as they are switched, and the set rules in force."""
        return switched(decision, self.on, self.off, self.added)

    def rules(self, decision: Decision) -> tuple[SetRule, ...]:
        """The set rules in force."""
        return self.applied(decision)[1]


def written(choices: RuleChoices) -> str:
    """What the address says so that it reproduces these choices; empty where nothing was changed."""
    switched = [*(f"-{one}" for one in sorted(choices.off)), *(f"+{one}" for one in sorted(choices.on))]
    added = [rule_text(rule).replace("%", "%25").replace("~", "%7E") for rule in choices.added]
    return "~".join([*switched, *added])


def followed(decision: Decision, address: str | None) -> tuple[RuleChoices, str]:
    """Choices from what an address says, and a complaint about what could not be used, or ''."""
    if not address:
        return RuleChoices(), ""
    entries = address.split("~")
    if len(address) > _LONGEST or len(entries) > _MOST:
        return RuleChoices(), "The rules in this link are too long and were not used."
    choices, refused = RuleChoices(), []
    usual = {rule.id: rule.active for rule in (*decision.set_rules, *decision.gates)}
    for entry in filter(None, entries):
        try:
            if entry[0] in "+-" and entry[1:] not in usual:
                raise RulesError(f"there is no rule {entry[1:41]!r}")
            if entry[0] in "+-":
                choices = choices.switched(entry[1:], entry[0] == "+", usual[entry[1:]])
            else:
                rule = read_rule(unquote(entry))
                apply_rules(decision, decision.candidates, [rule])
                choices = choices.adding(rule)
        except RulesError as problem:
            refused.append(str(problem).rstrip("."))
        except InputError as problem:
            refused.append("; ".join(issue.found for issue in problem.issues))
    told = f"Some rules in this link could not be used: {'; '.join(refused[:3])}." if refused else ""
    return choices, told
