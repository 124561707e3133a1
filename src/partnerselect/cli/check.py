"""`partnerselect check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from partnerselect.cli.arguments import AsOf, CandidatesFolder, CriteriaFile
from partnerselect.cli.reading import decision_in

if TYPE_CHECKING:
    from partnerselect.model import Decision


def check(criteria_file: CriteriaFile = None, candidates: CandidatesFolder = None, as_of: AsOf = None) -> None:
    """Read all files of a decision and report every problem with its place and its mend."""
    decision = decision_in(criteria_file, candidates, as_of)
    facts = sum(len(one.facts) for one in (*decision.candidates, *decision.members))
    statements = sum(len(one.evidence) for one in (*decision.candidates, *decision.members))
    typer.echo(
        f"{decision.title}: no problems. {len(decision.candidates)} candidates, {len(decision.members)} members, "
        f"{len(decision.goals)} goals, {len(decision.criteria)} criteria, {facts} facts, "
        f"{statements} statements of evidence, {len(decision.viewpoints)} viewpoints, {len(decision.set_rules)} set "
        "rules."
    )
    _tell_sets(decision)


def _tell_sets(decision: Decision) -> None:
    """How many sets the rules allow; that none is allowed is no fault of the files, and told as a warning."""
    active = sum(rule.active for rule in decision.set_rules)
    if not active:
        return
    from partnerselect.analysis.best_sets import best_sets
    from partnerselect.analysis.ways_out import NoPartnersError
    from partnerselect.cli.set_words import no_set_words

    try:
        found = best_sets(decision, decision.viewpoints[0], top=1)
    except NoPartnersError as none:
        typer.echo(f"Warning: {no_set_words(decision, none)}", err=True)
        return
    rules = "The set rule in force allows" if active == 1 else f"The {active} set rules in force allow"
    sets = "1 set" if found.allowed == 1 else f"{found.allowed:,} sets"
    typer.echo(f"{rules} {sets if found.all_counted else 'more sets than can be counted'}.")
