"""The shortlist as CSV, for a spreadsheet: ranks, totals, contributions, and the weights behind them."""

from __future__ import annotations

import csv
import io
import math
import re

from partnerselect.analysis.evaluation import Evaluation
from partnerselect.model import Decision

_RANKS = ("likely_best_rank", "likely_worst_rank", "best_rank", "worst_rank")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_AFTER_SEPARATOR = re.compile(r"(;\s*)(?=[=+\-@＝＋－＠])")
"""Where a semicolon separates cells, the text after one begins a cell."""


def shortlist_csv(decision: Decision, evaluation: Evaluation, top: int | None = None) -> str:
    """Comma-separated text, best candidate first.

    The two rows under the heading hold the points and the normalised weight of each criterion; every
    contribution is that weight (or the candidate's own, where a criterion does not apply) times a value.
    Totals and contributions are in points of 100, weights sum to 1. Text that a spreadsheet would take
    for a formula is led by an apostrophe.

    Parameters
    ----------
    decision : Decision
    evaluation : Evaluation
    top : int or None
        How many candidates, by rank (candidates that tie with the last one are kept); None for all.
    """
    candidates = {candidate.id: candidate for candidate in decision.candidates}
    criteria = decision.criteria
    ranking = evaluation.ranking
    if top is not None:
        ranking = ranking[ranking["rank"] <= max(top, 0)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    heading = ["rank", "candidate", "kind", "country", "total", "likely low", "likely high"]
    heading += ["likely best rank", "likely worst rank", "best rank", "worst rank", "known share"]
    lead = len(heading)
    writer.writerow([harmless(word) for word in [*heading, *(criterion.title for criterion in criteria)]])
    points = [evaluation.points[criterion.id] for criterion in criteria]
    writer.writerow(["", "points of the criterion", *[""] * (lead - 2), *(f"{value:g}" for value in points)])
    writer.writerow(["", "normalised weight", *[""] * (lead - 2), *(f"{w:.12g}" for w in evaluation.weights)])
    for one, row in ranking.to_dict("index").items():
        candidate = candidates[str(one)]
        contributions = 100 * evaluation.contributions.loc[candidate.id].to_numpy(dtype=float)
        writer.writerow(
            [
                row["rank"],
                harmless(candidate.name),
                harmless(candidate.kind),
                harmless(candidate.country),
                *(f"{100 * row[name]:.10g}" for name in ("total", "likely_low", "likely_high")),
                *(f"{row[name]:.0f}" for name in _RANKS),
                f"{row['known']:.6g}",
                *("n/a" if math.isnan(value) else f"{value:.10g}" for value in contributions),
            ]
        )
    return text.getvalue()


def harmless(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula, wherever it begins a cell."""
    text = _AFTER_SEPARATOR.sub(r"\1'", " ".join(text.split()))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
