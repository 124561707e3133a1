"""`partnerselect check`."""

from __future__ import annotations

import typer

from partnerselect.cli.arguments import AsOf, CandidatesFolder, CriteriaFile
from partnerselect.cli.reading import decision_in


def check(criteria_file: CriteriaFile = None, candidates: CandidatesFolder = None, as_of: AsOf = None) -> None:
    """Read all files of a decision and report every problem with its place and its mend."""
    decision = decision_in(criteria_file, candidates, as_of)
    facts = sum(len(one.facts) for one in (*decision.candidates, *decision.members))
    statements = sum(len(one.evidence) for one in (*decision.candidates, *decision.members))
    typer.echo(
        f"{decision.title}: no problems. {len(decision.candidates)} candidates, {len(decision.members)} members, "
        f"{len(decision.goals)} goals, {len(decision.criteria)} criteria, {facts} facts, "
        f"{statements} statements of evidence, {len(decision.viewpoints)} viewpoints."
    )
