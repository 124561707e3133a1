"""Results as JSON and as tables of plain text."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from partnerselect.model import Decision


def print_json(decision: Decision, points: Mapping[str, float], result: object) -> None:
    """Every field of a result, under the decision, its date and the weights that it was made with.

    Tables become lists of rows with their ids; what is not a number, or not finite, becomes null.
    """
    from partnerselect.analysis.weights import normalised

    leaves = normalised(decision, points).leaves
    about = {
        "decision": decision.id,
        "title": decision.title,
        "as_of": decision.as_of.isoformat(),
        "points": dict(points),
        "normalised_weights": dict(zip([one.id for one in decision.criteria], leaves.tolist(), strict=True)),
        "names": {one.id: one.name for one in decision.candidates},
    }
    _echo(about | _plain(result))


def print_plain(content: object) -> None:
    """What is no result of a decision and weights, as JSON in the same manner."""
    _echo(_plain(content))


def print_words(*sentences: str) -> None:
    """Sentences, each on a line of its own, and an empty line; empty ones are left out."""
    told = [sentence for sentence in sentences if sentence]
    typer.echo("\n".join(told) + "\n")


def print_table(title: str, headings: Mapping[str, str], rows: Iterable[Sequence[str]]) -> None:
    """A table; `headings` says for each column whether it stands "left" or "right"."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left")
    for heading, side in headings.items():
        table.add_column(heading, justify="right" if side == "right" else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error, where somebody sits before it, and the function that moves it on."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _echo(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def _plain(value: Any) -> Any:
    """A result as plain data."""
    import pandas as pd
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, pd.DataFrame):
        unnamed = isinstance(value.index, pd.RangeIndex) and value.index.name is None
        rows = value if unnamed else value.reset_index()
        return [{str(name): _plain(cell) for name, cell in row.items()} for row in rows.to_dict("records")]
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
