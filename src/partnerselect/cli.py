"""The same functions from a terminal.

Exit codes: 0 all is well, 1 the files have problems, 2 the command was not understood.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from partnerselect.analysis.evaluation import Evaluation
    from partnerselect.model import Decision

app = typer.Typer(
    help="Choose the partners of a consortium: scored against its goals, with the evidence and the doubts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

CriteriaFile = Annotated[
    Path | None,
    typer.Argument(help="Criteria file; without it, the only one in ./criteria.", metavar="CRITERIA_FILE"),
]
CandidatesFolder = Annotated[
    Path | None,
    typer.Argument(help="Folder with the candidates; without it, ../candidates/<name of the criteria file>."),
]
ViewpointName = Annotated[str | None, typer.Option(help="Id or title of a viewpoint; without it, the first one.")]
PointsText = Annotated[
    str | None, typer.Option(help="Points over those of the viewpoint: id=points,id=points,…", metavar="ID=POINTS,…")
]
AsOf = Annotated[str | None, typer.Option(help="Count only evidence up to this day, such as 2017-05-31.")]


@app.command()
def check(criteria_file: CriteriaFile = None, candidates: CandidatesFolder = None, as_of: AsOf = None) -> None:
    """Read all files of a decision and report every problem with its place and its mend."""
    decision = _read(criteria_file, candidates, as_of)
    facts = sum(len(one.facts) for one in (*decision.candidates, *decision.members))
    statements = sum(len(one.evidence) for one in (*decision.candidates, *decision.members))
    typer.echo(
        f"{decision.title}: no problems. {len(decision.candidates)} candidates, {len(decision.members)} members, "
        f"{len(decision.goals)} goals, {len(decision.criteria)} criteria, {facts} facts, "
        f"{statements} statements of evidence, {len(decision.viewpoints)} viewpoints."
    )


@app.command()
def rank(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The shortlist as CSV.")] = False,
) -> None:
    """Rank the candidates under a viewpoint, or under points of your own."""
    if as_json and as_csv:
        _usage("Choose one of --json and --csv.")
    decision = _read(criteria_file, candidates, as_of)
    evaluation = _evaluated(decision, viewpoint, weights)
    if as_json:
        typer.echo(json.dumps(_record(decision, evaluation), ensure_ascii=False, indent=2))
    elif as_csv:
        from partnerselect.reports.shortlist_csv import shortlist_csv

        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        typer.echo(shortlist_csv(decision, evaluation), nl=False)
    else:
        _print_table(decision, evaluation)


@app.command()
def schema(
    folder: Annotated[Path | None, typer.Argument(help="Write both schemas here instead of printing them.")] = None,
) -> None:
    """JSON Schema of both kinds of file, for editors that complete and check while you write."""
    from partnerselect.files.schema import schemas, write_schemas

    if folder is None:
        typer.echo(json.dumps(schemas(), ensure_ascii=False, indent=2))
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_schemas(folder)
    except OSError as problem:
        _fail(f"{folder} cannot be written: {problem.strerror}.")


def main() -> None:
    """Run the command line."""
    app()


def _read(criteria_file: Path | None, candidates: Path | None, as_of: str | None) -> Decision:
    from partnerselect.errors import InputError
    from partnerselect.files.locate import candidates_folder, criteria_files
    from partnerselect.files.read import read_decision

    if criteria_file is None:
        found = criteria_files(Path.cwd())
        if len(found) != 1:
            known = ", ".join(str(path.relative_to(Path.cwd())) for path in found) or "none here"
            _usage(f"Name the criteria file (./criteria has {len(found)}: {known}).")
        criteria_file = Path("criteria") / found[0].name
    try:
        return read_decision(criteria_file, candidates or candidates_folder(criteria_file), as_of)
    except InputError as problems:
        _fail(str(problems))


def _evaluated(decision: Decision, viewpoint: str | None, weights: str | None) -> Evaluation:
    from partnerselect.analysis.evaluation import evaluate
    from partnerselect.analysis.weights import viewpoint_named
    from partnerselect.errors import WeightsError

    try:
        base = decision.viewpoints[0] if viewpoint is None else viewpoint_named(decision, viewpoint)
        return evaluate(decision, base if weights is None else dict(base.points) | _points(weights))
    except WeightsError as problem:
        _usage(str(problem))


def _points(text: str) -> dict[str, float]:
    points: dict[str, float] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        one, _, value = entry.partition("=")
        try:
            points[one.strip()] = float(value)
        except ValueError:
            _usage(f"--weights takes id=points, such as reach=40; found '{entry}'.")
    return points


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


def _print_table(decision: Decision, evaluation: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(f"{decision.title} (evidence as of {decision.as_of})"), title_justify="left")
    for heading in ("rank", "candidate", "total", "likely total", "likely rank", "known"):
        table.add_column(heading, justify="left" if heading == "candidate" else "right")
    names = {candidate.id: candidate.name for candidate in decision.candidates}
    for candidate, row in evaluation.ranking.to_dict("index").items():
        table.add_row(
            str(row["rank"]),
            Text(names[str(candidate)]),
            f"{100 * row['total']:.1f}",
            f"{100 * row['likely_low']:.0f} to {100 * row['likely_high']:.0f}",
            f"{row['likely_best_rank']:.0f} to {row['likely_worst_rank']:.0f}",
            f"{100 * row['known']:.0f} %",
        )
    Console().print(table)


def _usage(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    main()
