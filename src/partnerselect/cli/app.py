"""The program `partnerselect`, and the commands that it knows."""

from __future__ import annotations

import typer

from partnerselect.cli import (
    ask_next,
    check,
    import_file,
    rank,
    report,
    robustness,
    rounds,
    schema,
    sensitivity,
    shortlist,
    template,
)

app = typer.Typer(
    help="Choose the partners of a consortium: scored against its goals, with the evidence and the doubts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(check.check)
app.command()(rank.rank)
app.command()(sensitivity.sensitivity)
app.command()(robustness.robustness)
app.command()(shortlist.shortlist)
app.command()(ask_next.ask_next)
app.command()(report.report)
app.command("import")(import_file.import_file)
app.command()(template.template)
app.command()(schema.schema)
app.add_typer(rounds.app, name="rounds")


def main() -> None:
    """Run the command line."""
    app()
