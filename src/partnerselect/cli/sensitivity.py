"""`partnerselect sensitivity`."""

from __future__ import annotations

from typing import Any

from partnerselect.cli.arguments import AsJson, AsOf, CandidatesFolder, CriteriaFile, PointsText, Top, ViewpointName
from partnerselect.cli.output import print_json, print_table, print_words
from partnerselect.cli.reading import decision_in, points_of

_SHOWN = 15


def sensitivity(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    top: Top = None,
    as_json: AsJson = False,
) -> None:
    """What would change the leading candidates: a weight, a cell of evidence, a criterion left out."""
    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    from partnerselect.analysis.sensitivity import sensitivity as analysed

    result = analysed(decision, points, top)
    if as_json:
        print_json(decision, points, result)
        return
    print_words(result.verdict.sentence, *result.verdict.reasons[1:], result.note)
    without = result.without.to_dict("index")
    print_table(
        f"{decision.title}: the leading candidates stay while one weight, of 100, is in this range",
        {"criterion": "left", "weight": "right", "from": "right", "to": "right", "without it": "left"},
        (
            (
                row["title"],
                f"{100 * row['weight']:.1f}",
                f"{100 * row['low']:.1f}",
                f"{100 * row['high']:.1f}",
                _replaced(without.get(criterion)),
            )
            for criterion, row in result.weights.to_dict("index").items()
        ),
    )
    if not result.switches.empty:
        print_table(
            "Weights, of 100, at which the leading candidates change",
            {"criterion": "left", "weight": "right", "leaves": "left", "enters": "left"},
            (
                (row["title"], f"{100 * row['weight']:.1f}", row["leaves"], row["enters"])
                for row in result.switches.to_dict("records")
            ),
        )
    deciding = result.evidence[result.evidence["changes"]]
    if not deciding.empty:
        shown = deciding.head(_SHOWN)
        print_table(
            f"{len(shown)} of {len(deciding)} cells that change who leads: the lead at either end, points of 100",
            {"candidate": "left", "criterion": "left", "at lowest": "right", "at highest": "right"},
            (
                (row["name"], row["title"], f"{100 * row['low']:+.1f}", f"{100 * row['high']:+.1f}")
                for row in shown.to_dict("records")
            ),
        )


def _replaced(row: dict[Any, Any] | None) -> str:
    """What happens to the leading candidates where a criterion is left out."""
    if row is None:
        return ""
    if row["enters"] and row["leaves"]:
        return f"{row['enters']} for {row['leaves']}"
    return f"{row['enters']} too" if row["enters"] else f"not {row['leaves']}" if row["leaves"] else "the same"
