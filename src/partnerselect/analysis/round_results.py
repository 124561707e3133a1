"""What goes on record with a round: the numbers it was decided on, as plain data that can be computed again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from partnerselect.analysis.best_sets import best_sets
from partnerselect.analysis.evaluation import evaluate
from partnerselect.analysis.set_question import set_question
from partnerselect.analysis.set_robustness import set_robustness
from partnerselect.analysis.set_verdict import set_verdict
from partnerselect.analysis.ways_out import NoPartnersError
from partnerselect.model import Decision, SetRule, Viewpoint

SAMPLES = 10_000


def round_results(
    decision: Decision,
    weights: str | Viewpoint | Mapping[str, float],
    rules: Sequence[SetRule] | None = None,
    seed: int = 0,
    samples: int = SAMPLES,
) -> dict[str, Any]:
    """Ranking, contributions, best sets, verdict and core index; the same input gives the same numbers, to the digit.

    Returns
    -------
    dict
        Numbers, texts, lists and dicts; None where there is no number. `weights` (normalised, by criterion id),
        `ranking` (one dict for each candidate, best first), `contributions` (by candidate and criterion), `sets`
        (the ladder, best first; empty where no set is allowed), `no_set` (why, in sentences), `verdict` (kind,
        sentence, staying), `core_index` (by candidate), `samples`.

    Raises
    ------
    WeightsError
        For weights that cannot be used.
    RulesError
        For rules that name somebody unknown.
    """
    evaluation = evaluate(decision, weights)
    found: dict[str, Any] = {
        "weights": _numbers(evaluation.weights.to_dict()),
        "ranking": [
            {"candidate": str(one), **_numbers(row)} for one, row in evaluation.ranking.to_dict("index").items()
        ],
        "contributions": {str(one): _numbers(row) for one, row in evaluation.contributions.to_dict("index").items()},
    }
    try:
        best = best_sets(decision, weights, rules)
    except NoPartnersError as problem:
        return found | {"sets": [], "no_set": list(problem.sentences)}
    robustness = set_robustness(decision, weights, rules, best.best, seed=seed, samples=samples)
    verdict = set_verdict(set_question(decision, weights, rules))
    return found | {
        "sets": [
            {"members": list(row["members"]), "total": row["total"], "behind": row["behind"]}
            for row in best.sets.to_dict("records")
        ],
        "no_set": [],
        "verdict": {"kind": verdict.kind, "sentence": verdict.sentence, "staying": verdict.staying},
        "core_index": _numbers(robustness.candidates["core_index"].to_dict()),
        "samples": robustness.samples,
    }


def _numbers(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as plain numbers, whole ones as whole ones; None for what is no number."""
    return {str(name): _number(value) for name, value in row.items()}


def _number(value: Any) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and not math.isfinite(plain) else plain
