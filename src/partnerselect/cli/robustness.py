"""`partnerselect robustness`."""

from __future__ import annotations

import math
import sys
from typing import Annotated, Literal

import typer

from partnerselect.cli.arguments import (
    AsJson,
    AsOf,
    CandidatesFolder,
    CriteriaFile,
    PointsText,
    Samples,
    Seed,
    Top,
    ViewpointName,
)
from partnerselect.cli.output import print_json, print_table, print_words
from partnerselect.cli.reading import decision_in, misunderstood, points_of

Region = Annotated[
    Literal["any", "near", "viewpoints", "order"],
    typer.Option(
        help="Which weights are plausible: any; near today's; mixtures of the viewpoints; those that keep today's "
        "order of importance."
    ),
]
PlusMinus = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="With --region near: how far a weight may be from today's, such as 0.1."),
]


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
    from rich.console import Console
    from rich.progress import Progress

    from partnerselect.analysis.robustness import robustness as simulated

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("drawing", total=1.0)

        def progress(done: float) -> None:
            bar.update(task, completed=done)

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
