"""`partnerselect rounds`: the rounds on record."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerselect.cli.arguments import (
    AsJson,
    AsOf,
    CandidatesFolder,
    CriteriaFile,
    Force,
    PointsText,
    ViewpointName,
)
from partnerselect.cli.output import print_plain, print_table, print_words
from partnerselect.cli.reading import decision_in, failed, misunderstood, points_of
from partnerselect.cli.writing import refuse_existing, write_file

if TYPE_CHECKING:
    from partnerselect.analysis.rounds_compared import Side
    from partnerselect.model import Decision
    from partnerselect.rounds.record import RoundRecord
    from partnerselect.rounds.store import Store

app = typer.Typer(help="Rounds on record: closed evaluations that nothing changes any more.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="Id of the round, such as 2017-05, or its hash.", metavar="ROUND")]
OfDecision = Annotated[str | None, typer.Option("--decision", help="Id of the decision, where several have rounds.")]
By = Annotated[str, typer.Option(help="Who does this.", prompt="Your name")]
Title = Annotated[str | None, typer.Option(help="Title of the round; without it, the month of its date.")]
RoundName = Annotated[str | None, typer.Option("--id", help="Id of the round; without it, such as 2017-05.")]
Chosen = Annotated[
    str | None, typer.Option("--chosen", help="Who joins: id+id+…; without it, the best set.", metavar="ID+ID+…")
]
Why = Annotated[str | None, typer.Option("--why", help="The reason, as a whole.")]


@app.command("list")
def list_(decision: OfDecision = None, as_json: AsJson = False) -> None:
    """Every closed round, oldest first."""
    with _store() as store:
        found = store.rounds(decision)
        place = store.place
    if as_json:
        print_plain({"place": place, "rounds": [one.model_dump(mode="json") for one in found]})
        return
    print_words(f"Rounds are kept in {place}." if found else f"There is no closed round in {place}.")
    if found:
        print_table(
            "Rounds",
            dict.fromkeys(("decision", "no.", "id", "title", "closed", "by", "hash"), "left"),
            (
                (
                    one.decision,
                    str(one.number),
                    one.id,
                    one.title,
                    f"{one.closed_at:%Y-%m-%d}",
                    one.closed_by,
                    one.sha256[:12],
                )
                for one in found
            ),
        )


@app.command()
def show(name: Named, decision: OfDecision = None, as_json: AsJson = False) -> None:
    """One closed round: what was decided, on which weights, by whom."""
    from partnerselect.analysis.words import sentence
    from partnerselect.rounds.reasons import reasons

    with _store() as store:
        record = store.round_(name, decision)
    if as_json:
        print_plain(record.model_dump(mode="json"))
        return
    names = {one.id: one.name for one in record.decision.candidates}
    chosen = ", ".join(names[one] for one in record.chosen) or "nobody"
    print_words(
        f"{record.title} ({record.id}): {record.decision.question}",
        sentence(f"Chosen: {chosen}"),
        *reasons(record),
        f"Closed on {record.closed_at:%Y-%m-%d} by {record.closed_by}, with PartnerSelect {record.software}.",
        f"Hash: {record.sha256}",
    )
    print_table(
        "Ranking on record",
        {"rank": "right", "candidate": "left", "total, of 100": "right"},
        (
            (str(row["rank"]), names.get(str(row["candidate"]), str(row["candidate"])), f"{100 * row['total']:.1f}")
            for row in record.results.get("ranking", ())
            if isinstance(row, Mapping) and {"rank", "candidate", "total"} <= set(row)
        ),
    )


@app.command()
def close(
    criteria_file: CriteriaFile = None,
    candidates: CandidatesFolder = None,
    viewpoint: ViewpointName = None,
    weights: PointsText = None,
    as_of: AsOf = None,
    title: Title = None,
    round_id: RoundName = None,
    chosen: Chosen = None,
    why: Why = None,
    by: By = "",
) -> None:
    """Close a round on the files as they are: it is never changed afterwards."""
    decision = decision_in(criteria_file, candidates, as_of)
    points = points_of(decision, viewpoint, weights)
    from pydantic import ValidationError

    from partnerselect.analysis.round_results import round_results
    from partnerselect.analysis.set_rules import rules_in_force
    from partnerselect.errors import RoundsError
    from partnerselect.rounds.draft import Draft
    from partnerselect.rounds.record import Rationale, RoundContent, faults

    rules = rules_in_force(decision)
    results = round_results(decision, points, rules)
    best = results["sets"][0]["members"] if results["sets"] else ()
    known = {one.id: dict(one.points) for one in decision.viewpoints}
    try:
        content = RoundContent(
            id=round_id or f"{decision.as_of:%Y-%m}",
            title=title or f"Round of {decision.as_of:%B %Y}",
            decision=decision,
            points=points,
            viewpoint=next((one for one, own in known.items() if own == dict(points)), None),
            rules=rules,
            results=results,
            chosen=tuple(chosen.split("+")) if chosen else tuple(best),
            rationale=Rationale(text=why or None),
        )
    except ValidationError as problem:
        misunderstood(f"{faults(problem)}.")
    draft = Draft(
        decision=decision.id, title=content.title, as_of=decision.as_of, points=points, viewpoint=content.viewpoint
    )
    with _store() as store:
        stored = store.create_draft(draft, by)
        try:
            record = store.close(stored.id, stored.revision, content, by)
        except RoundsError:
            store.discard_draft(stored.id, stored.revision)
            raise
    print_words(f"The round “{record.title}” ({record.id}) is closed.", f"Its hash is {record.sha256}.")


@app.command()
def compare(
    before: Named,
    after: Annotated[
        str | None, typer.Argument(help="Another round; without it, the files as they are.", metavar="[ROUND]")
    ] = None,
    decision: OfDecision = None,
    criteria_file: Annotated[Path | None, typer.Option("--criteria", help="Criteria file of today.")] = None,
    candidates: Annotated[Path | None, typer.Option("--candidates", help="Folder with the candidates.")] = None,
    viewpoint: ViewpointName = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """What changed between two rounds, and what that did to whom."""
    from partnerselect.analysis.rounds_compared import compare_rounds
    from partnerselect.errors import PartnerSelectError

    with _store() as store:
        first = store.round_(before, decision)
        second = None if after is None else store.round_(after, decision)
    today = decision_in(criteria_file, candidates, as_of) if second is None else second.decision
    try:
        found = compare_rounds(_side(first), _today(today, viewpoint) if second is None else _side(second))
    except PartnerSelectError as problem:
        failed(str(problem))
    if as_json:
        print_plain(found)
        return
    print_words(
        found.sentence, found.weights_sentence, found.list_sentence, found.rules_sentence, found.evidence_sentence
    )
    print_words(*found.choice_sentences)
    if not found.ranks.empty:
        columns = ("before", "after", "weights", "evidence", "candidates", "criteria")
        print_table(
            "Ranks, and what moved them (places upwards)",
            {"candidate": "left"} | dict.fromkeys(columns, "right"),
            (
                (
                    row["name"],
                    f"{row['before']:.0f}",
                    f"{row['after']:.0f}",
                    *(f"{row[one]:+.1f}" for one in columns[2:]),
                )
                for row in found.ranks.to_dict("records")
            ),
        )


@app.command()
def export(
    name: Named,
    file: Annotated[Path | None, typer.Argument(help="Where to; without it, standard output.")] = None,
    decision: OfDecision = None,
    force: Force = False,
) -> None:
    """One closed round as a file that is complete in itself."""
    if file is not None:
        refuse_existing(file, force=force)
    with _store() as store:
        content = store.export(name, decision)
    if file is None:
        sys.stdout.buffer.write(content)
        return
    from partnerselect.files.raw import named

    write_file(file, content)
    print_words(f"{named(file)} is written ({len(content):,} bytes): the round {name}, complete in itself.")


@app.command("import")
def import_(file: Annotated[Path, typer.Argument(help="What `export` wrote.")], by: By = "") -> None:
    """Bring in a round that was exported elsewhere; its hash and its place in the chain are checked."""
    from partnerselect.rounds.plain_json import LARGEST

    if not file.is_file():
        failed(f"{file.name} cannot be read: there is no such file.")
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as problem:
        failed(f"{file.name} cannot be read: {problem.strerror}.")
    with _store() as store:
        brought = store.import_(content, by)
    was = "was here already" if brought.was_there else "is here now"
    print_words(f"The round “{brought.round_.title}” ({brought.round_.id}) {was}.")


@app.command()
def verify(decision: OfDecision = None) -> None:
    """Whether every closed round is as it was closed; exit code 1 where one is not."""
    with _store() as store:
        found = store.verify(decision)
    if found.fault is not None:
        failed(str(found))
    print_words(str(found))


@contextmanager
def _store() -> Iterator[Store]:
    """The store; what goes wrong with it, or with a step, ends with exit code 1 and the reason."""
    from partnerselect.errors import RoundsError
    from partnerselect.rounds.store import open_store

    try:
        with open_store() as store:
            yield store
    except RoundsError as problem:
        failed(str(problem))


def _side(record: RoundRecord) -> Side:
    from partnerselect.analysis.rounds_compared import Side

    return Side(record.decision, record.points, record.rules, record.title, record.chosen or None)


def _today(decision: Decision, viewpoint: str | None) -> Side:
    from partnerselect.analysis.round_side import TODAY, Side

    return Side(decision, points_of(decision, viewpoint, None), title=TODAY)
