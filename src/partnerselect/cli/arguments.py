"""Arguments and options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

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
Top = Annotated[
    int | None,
    typer.Option(min=1, help="Number of leading candidates; without it, as many as the set rules let join, else 1."),
]
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
Samples = Annotated[int, typer.Option(min=1, help="Number of draws.")]
Seed = Annotated[int, typer.Option(min=0, help="Same seed, same numbers.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file where there is one.")]
AsJson = Annotated[bool, typer.Option("--json", help="Everything as JSON.")]
