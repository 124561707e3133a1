"""From what was typed to a decision and weights, or to an exit code with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from partnerselect.model import Decision


def files_in(criteria_file: Path | None, candidates: Path | None) -> tuple[Path, Path]:
    """The criteria file and the folder of candidates; where it is not clear which, exit code 2."""
    from partnerselect.files.locate import candidates_folder, criteria_files

    if criteria_file is None:
        found = criteria_files(Path.cwd())
        if len(found) != 1:
            known = ", ".join(str(path.relative_to(Path.cwd())) for path in found) or "none here"
            misunderstood(f"Name the criteria file (./criteria has {len(found)}: {known}).")
        criteria_file = Path("criteria") / found[0].name
    return criteria_file, candidates or candidates_folder(criteria_file)


def decision_in(criteria_file: Path | None, candidates: Path | None, as_of: str | None) -> Decision:
    """The decision in these files; every problem is told, with exit code 1."""
    from partnerselect.errors import InputError
    from partnerselect.files.read import read_decision

    try:
        return read_decision(*files_in(criteria_file, candidates), as_of)
    except InputError as problems:
        failed(str(problems))


def points_of(decision: Decision, viewpoint: str | None, weights: str | None) -> Mapping[str, float]:
    """Points of a viewpoint, with those that were typed over them; what cannot be weights ends with exit code 2."""
    from partnerselect.analysis.weights import normalised, viewpoint_named
    from partnerselect.errors import WeightsError

    try:
        base = decision.viewpoints[0] if viewpoint is None else viewpoint_named(decision, viewpoint)
        points = dict(base.points) | ({} if weights is None else _typed(weights))
        return normalised(decision, points).points
    except WeightsError as problem:
        misunderstood(str(problem))


def misunderstood(message: str) -> NoReturn:
    """End with exit code 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def failed(message: str) -> NoReturn:
    """End with exit code 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _typed(text: str) -> dict[str, float]:
    points: dict[str, float] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        one, _, value = entry.partition("=")
        try:
            points[one.strip()] = float(value)
        except ValueError:
            misunderstood(f"--weights takes id=points, such as reach=40; found '{entry}'.")
    return points
