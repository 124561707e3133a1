"""`partnerselect robustness`."""

from __future__ import annotations

import math

from partnerselect.cli.arguments import (
    AsJson,
    AsOf,
    CandidatesFolder,
    CriteriaFile,
    PlusMinus,
    PointsText,
    Region,
    Samples,
    Seed,
    Top,
    ViewpointName,
)
from partnerselect.cli.output import print_json, print_table, print_words, progress_bar
from partnerselect.cli.reading import decision_in, misunderstood, points_of


def robustness(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    region: Region = "any",
    plus_minus: PlusMinus = None,
    top: Top = None,
    samples: Samples = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """How often each candidate gets which rank, over plausible weights and all that the evidence leaves open."""
    if plus_minus is not None and region != "near":
        misunderstood("--plus-minus goes with --region near.")
    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    from partnerselect.analysis.robustness import robustness as simulated

    with progress_bar("drawing") as progress:
        result = simulated(decision, points, region, plus_minus, samples=samples, seed=seed, top=top, progress=progress)
    if as_json:
        print_json(decision, points, result)
        return
    print_words(result.sentence, result.note)
    if result.candidates.empty:
        return
    inside = "first, %" if result.top == 1 else f"first {result.top}, %"
    columns = ("mean rank", inside, "rank 1, %", "confidence, %")
    firsts = result.acceptability[1].tolist()
    print_table(
        f"{decision.title}: {result.samples:,} draws {result.region}",
        {"candidate": "left"} | dict.fromkeys(columns, "right"),
        (
            (
                row["name"],
                f"{row['expected_rank']:.1f} ± {row['expected_rank_error']:.1f}",
                f"{100 * row['in_top']:.1f} ± {100 * row['in_top_error']:.1f}",
                f"{100 * first:.1f}",
                _share(row["confidence"]),
            )
            for first, row in zip(firsts, result.candidates.to_dict("records"), strict=True)
        ),
    )
    print_words("±: standard error. confidence: how often it is first under the mean of the weights that put it first.")


def _share(share: float) -> str:
    return "" if math.isnan(share) else f"{100 * share:.1f}"
