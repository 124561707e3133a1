"""`partnerselect shortlist`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from partnerselect.cli.arguments import (
    AsJson,
    AsOf,
    CandidatesFolder,
    CriteriaFile,
    PlusMinus,
    PointsText,
    Region,
    Samples,
    Seed,
    ViewpointName,
)
from partnerselect.cli.output import print_json, print_plain, progress_bar
from partnerselect.cli.reading import decision_in, failed, misunderstood, points_of
from partnerselect.cli.set_options import added_rules, typed_set

if TYPE_CHECKING:
    from partnerselect.analysis.best_sets import BestSets
    from partnerselect.analysis.ways_out import NoPartnersError
    from partnerselect.model import Decision, SetRule

Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        help="A rule, in place of one about the same thing: size=3, size=2..4, kind:health=2, 'country:FR<=1', "
        "'different country>=3', 'each region<=1', not_together=one+other, 'budget fee<=10000 EUR'. Repeatable.",
    ),
]
Off = Annotated[list[str] | None, typer.Option("--without-rule", metavar="ID", help="Switch a rule off. Repeatable.")]
On = Annotated[
    list[str] | None,
    typer.Option("--with-rule", metavar="ID", help="Switch on a rule that the decision has switched off. Repeatable."),
]
Must = Annotated[list[str] | None, typer.Option(metavar="ID", help="A candidate that is in every set. Repeatable.")]
MustNot = Annotated[list[str] | None, typer.Option(metavar="ID", help="A candidate that is in no set. Repeatable.")]
Proposed = Annotated[
    str | None,
    typer.Option("--set", metavar="ID+ID+…", help="A set of your own: where it stands, and beside the best one."),
]
Ladder = Annotated[int, typer.Option(min=1, max=1000, help="Number of best sets to list.")]
CsvFile = Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Into this file as CSV; - prints it.")]


def shortlist(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    rule: Rules = None,
    without_rule: Off = None,
    with_rule: On = None,
    must: Must = None,
    must_not: MustNot = None,
    proposed: Proposed = None,
    top: Ladder = 10,
    region: Region = "near",
    plus_minus: PlusMinus = None,
    samples: Samples = 10_000,
    seed: Seed = 0,
    as_json: AsJson = False,
    csv_file: CsvFile = None,
) -> None:
    """Which partners together: the best set under the rules, the next best, and how sure they are."""
    if plus_minus is not None and region != "near":
        misunderstood("--plus-minus goes with --region near.")
    if as_json and csv_file == "-":
        misunderstood("Choose one of --json and --csv -.")
    if both := sorted(set(with_rule or ()) & set(without_rule or ())):
        misunderstood(f"Rule '{both[0]}' is switched on and off; choose one.")
    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    added = added_rules(decision, rule or (), must or (), must_not or ())
    own = None if proposed is None else typed_set(decision, proposed)
    decision, rules = _switched(decision, with_rule or (), without_rule or (), added)
    found = _best(decision, points, rules, top, as_json)

    from partnerselect.analysis.gaps import gaps
    from partnerselect.analysis.partners import partners
    from partnerselect.analysis.proposed_set import compare_sets, proposed_set
    from partnerselect.analysis.rule_prices import rule_prices
    from partnerselect.analysis.set_question import set_question
    from partnerselect.analysis.set_robustness import set_robustness
    from partnerselect.analysis.set_verdict import set_verdict
    from partnerselect.cli.set_words import ShortlistFindings, print_shortlist
    from partnerselect.errors import RulesError

    question = set_question(decision, points, found.rules)
    try:
        standing = None if own is None else proposed_set(question, own)
        comparison = None if own is None else compare_sets(question, found.best, own)
    except RulesError as problem:
        misunderstood(str(problem))
    with progress_bar("drawing") as progress:
        robustness = set_robustness(
            decision, points, found.rules, found.best, region, plus_minus, samples, seed, progress
        )
    findings = ShortlistFindings(
        verdict=set_verdict(question),
        best_sets=found,
        partners=partners(question, found.best),
        rules=rule_prices(question),
        robustness=robustness,
        gaps=gaps(question, found.best),
        proposed_set=standing,
        comparison=comparison,
    )
    if csv_file is not None:
        from partnerselect.reports.set_csv import set_csv

        text = set_csv(decision, found, robustness, points, findings.partners, findings.rules)
        if csv_file == "-":
            sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
            typer.echo(text, nl=False)
            return
        _write(Path(csv_file), text)
    if as_json:
        print_json(decision, points, findings)
    else:
        print_shortlist(decision, findings)


def _best(
    decision: Decision,
    points: Mapping[str, float],
    rules: tuple[SetRule, ...],
    top: int,
    as_json: bool,
) -> BestSets:
    from partnerselect.analysis.best_sets import best_sets
    from partnerselect.analysis.ways_out import NoPartnersError
    from partnerselect.errors import RulesError

    try:
        return best_sets(decision, points, rules, top)
    except NoPartnersError as none:
        _no_set(decision, none, as_json)
    except RulesError as problem:
        misunderstood(str(problem))


def _switched(
    decision: Decision, on: Sequence[str], off: Sequence[str], added: tuple[SetRule, ...]
) -> tuple[Decision, tuple[SetRule, ...]]:
    """The decision with its gates, and its rules, as they were typed."""
    from partnerselect.analysis.set_rules import switched
    from partnerselect.errors import RulesError

    try:
        return switched(decision, on, off, added)
    except RulesError as problem:
        misunderstood(str(problem))


def _no_set(decision: Decision, none: NoPartnersError, as_json: bool) -> NoReturn:
    from partnerselect.cli.set_words import no_set_record, no_set_words

    if as_json:
        print_plain(no_set_record(none))
        raise typer.Exit(1)
    failed(no_set_words(decision, none))


def _write(path: Path, text: str) -> None:
    from partnerselect.files.raw import named
    from partnerselect.files.whole_file import write_whole

    try:
        write_whole(path, text.encode("utf-8-sig"))
    except OSError as problem:
        failed(f"{named(path)} cannot be written: {problem.strerror}.")
