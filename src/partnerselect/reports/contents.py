"""What a report is made from: the results of every analysis of one decision, and what people put on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from partnerselect.analysis.ask_next import AskNext, ask_next
from partnerselect.analysis.best_sets import BestSets, best_sets
from partnerselect.analysis.evaluation import Evaluation, evaluate
from partnerselect.analysis.gaps import Gaps, gaps
from partnerselect.analysis.partners import partners
from partnerselect.analysis.proposed_set import ProposedSet, proposed_set
from partnerselect.analysis.rounds_compared import RoundComparison
from partnerselect.analysis.rule_prices import rule_prices
from partnerselect.analysis.sensitivity import Sensitivity, sensitivity
from partnerselect.analysis.set_question import SetQuestion, set_question
from partnerselect.analysis.set_robustness import SetRobustness, set_robustness
from partnerselect.analysis.set_verdict import SetVerdict, set_verdict
from partnerselect.analysis.standing import Standing, standing
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.analysis.weights import completed
from partnerselect.analysis.words import listed, sentence
from partnerselect.model import Decision, SetRule, Viewpoint
from partnerselect.reports.on_record import OnRecord

SAMPLES = 10_000


@dataclass(frozen=True, eq=False)
class SetFindings:
    """What was found about sets of partners, where some set keeps the rules.

    Attributes
    ----------
    best : BestSets
    verdict : SetVerdict
        On the best set.
    place : ProposedSet
        Where the chosen set stands.
    partners : DataFrame
        What each partner of the chosen set is in it for, as `partners` tells.
    gaps : Gaps
        What members and the chosen set cover.
    robustness : SetRobustness
        How sure the chosen set is.
    """

    best: BestSets
    verdict: SetVerdict
    place: ProposedSet
    partners: pd.DataFrame
    gaps: Gaps
    robustness: SetRobustness


@dataclass(frozen=True, eq=False)
class ReportContents:
    """Everything that reports tell; they compute nothing themselves.

    Attributes
    ----------
    decision : Decision
    evaluation : Evaluation
        Its points are those in force.
    rules : tuple of SetRule
        Those in force.
    prices : DataFrame
        Every rule and gate with its price, as `rule_prices` tells.
    sets : SetFindings or None
        None where no set keeps the rules.
    no_set : tuple of str
        Why no set keeps the rules, and what would help, in sentences; empty where some set does.
    chosen : tuple of str
        Ids of the partners that were chosen; the best set, where nobody chose otherwise.
    sensitivity : Sensitivity
    standing : Standing
    questions : AskNext
    on_record : OnRecord
    compared : RoundComparison or None
        With the last round; None where there is none.
    choices : DataFrame or None
        Who was chosen in which round, as `charts.timeline.choices_of` gives it; None where there is no round.
    software : str
        Version of PartnerSelect.
    made_on : date
    samples, seed : int
        Draws behind the robustness and the questions.
    """

    decision: Decision
    evaluation: Evaluation
    rules: tuple[SetRule, ...]
    prices: pd.DataFrame
    sets: SetFindings | None
    no_set: tuple[str, ...]
    chosen: tuple[str, ...]
    sensitivity: Sensitivity
    standing: Standing
    questions: AskNext
    on_record: OnRecord
    compared: RoundComparison | None
    choices: pd.DataFrame | None
    software: str
    made_on: date
    samples: int
    seed: int

    @property
    def is_draft(self) -> bool:
        """Whether no closed round stands behind it."""
        return self.on_record.sha256 is None

    @property
    def name(self) -> str:
        """What the names of its files begin with: the decision and the round, or the decision, its day and “draft”."""
        day = f"{self.decision.as_of.isoformat()}-" if self.is_draft else ""
        return f"{self.decision.id}-{day}{self.on_record.called}"

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each candidate and member id."""
        return {one.id: one.name for one in (*self.decision.candidates, *self.decision.members)}

    @cached_property
    def viewpoint(self) -> str | None:
        """Title of the viewpoint that has these points; None where none has."""
        points = dict(self.evaluation.points)
        same = (one.title for one in self.decision.viewpoints if completed(self.decision, one.points) == points)
        return next(same, None)

    @cached_property
    def chosen_names(self) -> str:
        """Names of the chosen partners in a row; “nobody” where there are none."""
        return listed([self.names[one] for one in self.chosen]) if self.chosen else "nobody"


def report_contents(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    rules: Sequence[SetRule] | None = None,
    *,
    software: str,
    made_on: date,
    chosen: Sequence[str] | None = None,
    on_record: OnRecord | None = None,
    compared: RoundComparison | None = None,
    choices: pd.DataFrame | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> ReportContents:
    """Ask every analysis once.

    Parameters
    ----------
    decision : Decision
    weights : viewpoint, its id or title, or a mapping of goal and criterion ids to points
    rules : sequence of SetRule, optional
        Without it, the decision's rules that are switched on.
    software : str
        Version of PartnerSelect that the report names.
    made_on : date
        The day that the report names as the one it was made on.
    chosen : sequence of str, optional
        Ids of the chosen candidates; without it, the best set counts as chosen, and nobody where no set is allowed.
    on_record : OnRecord, optional
        Without it, the report is a draft.
    compared : RoundComparison, optional
        With the last round.
    choices : DataFrame, optional
        Who was chosen in which round, as `charts.timeline.choices_of` gives it.
    samples, seed : int
        Draws behind the robustness and the questions.
    progress : callable, optional
        Called with the share of the longest part that is done.

    Raises
    ------
    WeightsError
        For weights that cannot be used.
    RulesError
        For rules that name somebody unknown, or a chosen candidate who cannot join.
    """
    question = set_question(decision, weights, rules)
    no_set: tuple[str, ...] = ()
    sets, members = None, tuple(chosen or ())
    try:
        found = best_sets(decision, weights, rules)
    except NoPartnersError as problem:
        no_set = (*problem.sentences, *(sentence(f"Allow {way.sentence}") for way in problem.relaxations))
        question.rows(members)
    else:
        members = found.best if chosen is None else question.ids(question.rows(chosen))
        robustness = set_robustness(
            decision, weights, found.rules, members, samples=samples, seed=seed, progress=progress
        )
        sets = _set_findings(question, found, members, robustness)
    evaluation = evaluate(decision, weights)
    return ReportContents(
        decision=decision,
        evaluation=evaluation,
        rules=question.rules.rules,
        prices=rule_prices(question),
        sets=sets,
        no_set=no_set,
        chosen=members,
        sensitivity=sensitivity(decision, weights),
        standing=standing(decision, evaluation),
        questions=ask_next(decision, weights, samples=samples, seed=seed),
        on_record=on_record or OnRecord(),
        compared=compared,
        choices=choices,
        software=software,
        made_on=made_on,
        samples=samples,
        seed=seed,
    )


def _set_findings(
    question: SetQuestion, found: BestSets, members: tuple[str, ...], robustness: SetRobustness
) -> SetFindings:
    return SetFindings(
        best=found,
        verdict=set_verdict(question),
        place=proposed_set(question, members),
        partners=partners(question, members),
        gaps=gaps(question, members),
        robustness=robustness,
    )
