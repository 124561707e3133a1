"""Small decisions made in memory, so that a test shows every number it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partnerselect.model import Candidate, Criteria, Decision

AS_OF = "2017-05-31"


def measured(
    one: str, points: Sequence[tuple[float, float]] = ((0, 0), (100, 1)), combine: str | None = None, **scale: Any
) -> dict[str, Any]:
    """A criterion measured in companies, linear from 0 to 100 unless other breakpoints are given."""
    return {
        **({} if combine is None else {"combine": combine}),
        "id": one,
        "title": one.replace("_", " "),
        "question": f"How much {one}?",
        "scale": {"kind": "measured", "unit": "companies", "value_function": {"points": points}, **scale},
    }


def items(one: str, *names: str, **more: Any) -> dict[str, Any]:
    """A criterion that counts items; partners cover them together unless `combine` says otherwise."""
    scale = {"kind": "items", "items": [{"id": name, "title": name.upper()} for name in names]}
    return {"id": one, "title": one.replace("_", " "), "question": f"Which {one}?", "scale": scale, **more}


def criteria(*goals: tuple[str, Sequence[Mapping[str, Any]]], **more: Any) -> dict[str, Any]:
    """The content of a criteria file: goals with their criteria, one viewpoint with 50 points everywhere."""
    ids = [one for goal, leaves in goals for one in (goal, *(leaf["id"] for leaf in leaves))]
    return {
        "schema_version": 1,
        "id": "small",
        "title": "Small",
        "question": "Who joins?",
        "as_of": AS_OF,
        "goals": [{"id": goal, "title": goal, "criteria": list(leaves)} for goal, leaves in goals],
        "viewpoints": [{"id": "equal", "title": "Equal", "points": dict.fromkeys(ids, 50)}],
        **more,
    }


def organisation(one: str, *evidence: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The content of a candidate file; evidence without a source or a signature gets a source."""
    statements = [
        {"grade": "a", "as_of": "2017", **({} if "by" in said else {"source": "https://example.org/"}), **said}
        for said in evidence
    ]
    about = {"schema_version": 1, "id": one, "name": one.title(), "kind": "health", "country": "FR", "region": "North"}
    return {**about, "evidence": statements, **more}


def decision(content: Mapping[str, Any], *organisations: Mapping[str, Any]) -> Decision:
    """A Decision from the contents of its files."""
    everyone = [Candidate.model_validate(one) for one in organisations]
    return Decision.model_validate(
        {
            **content,
            "candidates": [one for one in everyone if one.role == "candidate"],
            "members": [one for one in everyone if one.role == "member"],
        }
    )


def table(values: Mapping[str, Mapping[str, float | None]], **more: Any) -> Decision:
    """A decision from performances (0..100, linear) by candidate and criterion; None is unknown. One goal."""
    names = list(dict.fromkeys(one for row in values.values() for one in row))
    return decision(
        criteria(("goal", [measured(one) for one in names]), **more),
        *(
            organisation(
                candidate, *({"criterion": one, "value": said} for one, said in row.items() if said is not None)
            )
            for candidate, row in values.items()
        ),
    )


def criteria_model(content: Mapping[str, Any]) -> Criteria:
    """The criteria file as a model."""
    return Criteria.model_validate(content)
