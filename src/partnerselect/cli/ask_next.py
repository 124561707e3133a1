"""`partnerselect ask-next`."""

from __future__ import annotations

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
from partnerselect.cli.reading import decision_in, points_of

_SHOWN = 15


def ask_next(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    top: Top = None,
    samples: Samples = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """What to ask before choosing: the questions whose answers are worth most."""
    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    from partnerselect.analysis.ask_next import ask_next as asked
    from partnerselect.analysis.ask_next_words import percent

    result = asked(decision, points, top, samples, seed)
    if as_json:
        print_json(decision, points, result)
        return
    print_words(result.sentence, result.candidates_sentence, result.count_sentence, result.note)
    shown = result.cells.head(_SHOWN)
    if shown.empty:
        return
    print_table(
        f"{decision.title}: {len(shown)} of {len(result.cells)} questions",
        {"candidate": "left", "criterion": "left", "today": "left"}
        | dict.fromkeys(("chance", "worth", "total", "rank"), "right"),
        (
            (
                row["name"],
                row["title"],
                row["statement"],
                percent(row["change_probability"]),
                f"{row['gain']:.2f}",
                f"{row['total_from']:.1f} to {row['total_to']:.1f}",
                f"{row['worst_rank']} to {row['best_rank']}",
            )
            for row in shown.to_dict("records")
        ),
    )
    print_words(
        "chance: that the answer changes the choice. worth: points of 100 that the chosen gain on average.",
        "total and rank: where the candidate ends with the worst and with the best answer.",
    )
    print_table(
        "What to ask",
        {"criterion": "left", "question": "left"},
        (
            (row["title"], " ".join(row["question"].split()))
            for row in shown.drop_duplicates("criterion").to_dict("records")
        ),
    )
