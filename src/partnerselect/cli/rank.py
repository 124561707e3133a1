"""`partnerselect rank`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from partnerselect.cli.arguments import AsJson, AsOf, CandidatesFolder, CriteriaFile, PointsText, ViewpointName
from partnerselect.cli.output import print_table
from partnerselect.cli.reading import decision_in, misunderstood, points_of

if TYPE_CHECKING:
    from partnerselect.analysis.evaluation import Evaluation
    from partnerselect.model import Decision


def rank(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The shortlist as CSV.")] = False,
) -> None:
    """Rank the candidates under a viewpoint, or under points of your own."""
    if as_json and as_csv:
        misunderstood("Choose one of --json and --csv.")
    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    from partnerselect.analysis.evaluation import evaluate

    evaluation = evaluate(decision, points)
    if as_json:
        typer.echo(json.dumps(_record(decision, evaluation), ensure_ascii=False, indent=2))
    elif as_csv:
        from partnerselect.reports.shortlist_csv import shortlist_csv

        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        typer.echo(shortlist_csv(decision, evaluation), nl=False)
    else:
        _print(decision, evaluation)


def _record(decision: Decision, evaluation: Evaluation) -> dict[str, object]:
    """The evaluation as plain data; NaN (not applicable) becomes null."""
    ranking = evaluation.ranking.reset_index().to_dict(orient="records")
    contributions = evaluation.contributions.astype(object).where(evaluation.contributions.notna(), None)
    return {
        "decision": decision.id,
        "title": decision.title,
        "as_of": decision.as_of.isoformat(),
        "points": dict(evaluation.points),
        "weights": evaluation.weights.to_dict(),
        "influence": evaluation.influence.to_dict(),
        "ranking": ranking,
        "contributions": contributions.to_dict(orient="index"),
    }


def _print(decision: Decision, evaluation: Evaluation) -> None:
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    print_table(
        f"{decision.title} (evidence as of {decision.as_of})",
        {"rank": "right", "candidate": "left"}
        | dict.fromkeys(("total", "likely total", "likely rank", "known"), "right"),
        (
            (
                str(row["rank"]),
                names[str(candidate)],
                f"{100 * row['total']:.1f}",
                f"{100 * row['likely_low']:.0f} to {100 * row['likely_high']:.0f}",
                f"{row['likely_best_rank']:.0f} to {row['likely_worst_rank']:.0f}",
                f"{100 * row['known']:.0f} %",
            )
            for candidate, row in evaluation.ranking.to_dict("index").items()
        ),
    )
