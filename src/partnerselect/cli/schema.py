"""`partnerselect schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from partnerselect.cli.reading import failed


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
        failed(f"{folder} cannot be written: {problem.strerror}.")
