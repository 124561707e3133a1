"""What must hold in a criteria file beyond its shape: ids, viewpoints, quotas, whom the set rules name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from partnerselect.errors import Issue
from partnerselect.files.cell_words import WORDS
from partnerselect.files.document import Document, Place, Plain, entries, shortened, shown, text, texts
from partnerselect.files.messages import did_you_mean
from partnerselect.model import Scale

_SCALE: TypeAdapter[Scale] = TypeAdapter(Scale)


@dataclass(frozen=True, slots=True)
class Tree:
    """The names that other parts refer to, as far as the criteria file can be read.

    Attributes
    ----------
    ids : tuple of str
        Goals and criteria in the order of the tree: what takes points.
    scales : dict of str to Scale
        Scale of each criterion; a criterion whose scale is broken is left out.
    criteria, gates : tuple of str
        Ids of the criteria and of the gates.
    complete : bool
        Whether the tree and the gates are sound, so that a name that is not among them is really unknown.
    """

    ids: tuple[str, ...]
    scales: dict[str, Scale]
    criteria: tuple[str, ...]
    gates: tuple[str, ...]
    complete: bool

    @classmethod
    def of(cls, document: Document, issues: Iterable[Issue]) -> Tree:
        """Names in one criteria file with the issues known so far; a broken part hides nothing else."""
        ids: list[str | None] = []
        criteria: list[str] = []
        scales: dict[str, Scale] = {}
        for _, goal in entries(document.data, "goals"):
            ids.append(text(goal, "id"))
            for _, criterion in entries(goal, "criteria"):
                ids.append(id_ := text(criterion, "id"))
                if id_ is not None:
                    criteria.append(id_)
                    with suppress(ValidationError):  # told by the model of the whole file
                        scales.setdefault(id_, _SCALE.validate_python(criterion.get("scale")))
        gates = _known(text(gate, "id") for _, gate in entries(document.data, "gates"))
        broken = any(issue.place.startswith(("goals", "gates")) and ".scale" not in issue.place for issue in issues)
        return cls(_known(ids), scales, tuple(criteria), gates, bool(criteria) and not broken)


def criteria_issues(document: Document, tree: Tree, candidates: Sequence[Document]) -> Iterator[Issue]:
    """Everything that does not hold inside one criteria file."""
    data = document.data
    goals = list(entries(data, "goals"))
    yield from repeated(document, [*goals, *entries(data, "goals", "criteria")], "a goal or criterion")
    yield from repeated(document, entries(data, "viewpoints"), "a viewpoint")
    yield from repeated(document, [*entries(data, "gates"), *entries(data, "set_rules")], "a gate or set rule")
    for place, criterion in entries(data, "goals", "criteria"):
        inner = [((*place, "scale", *item), entry) for item, entry in entries(criterion.get("scale"), "items")]
        yield from repeated(document, inner, "an item")
        for item, entry in inner:
            if (id_ := text(entry, "id")) in WORDS:
                found = f"{shown(id_)} has a meaning of its own in the cells of a spreadsheet"
                yield document.issue((*item, "id"), found, "give the item a longer id")
    yield from _viewpoints(document, tree)
    yield from _set_rules(document, candidates)


def repeated(document: Document, named: Iterable[tuple[Place, dict[str, Plain]]], what: str) -> Iterator[Issue]:
    """One issue for each id that was used before."""
    first: dict[str, int | None] = {}
    for place, entry in named:
        id_ = text(entry, "id")
        if id_ is None:
            continue
        if id_ in first:
            found = f"{shown(id_)} is already the id of {what}, in line {first[id_]}"
            yield document.issue((*place, "id"), found, "give each its own id")
        first.setdefault(id_, document.line((*place, "id")))


def _viewpoints(document: Document, tree: Tree) -> Iterator[Issue]:
    for place, viewpoint in entries(document.data, "viewpoints"):
        points = viewpoint.get("points")
        if not isinstance(points, dict) or not tree.complete:
            continue
        inner = (*place, "points")
        for id_ in points:
            if id_ not in tree.ids:
                mend = did_you_mean(id_, tree.ids, "goals and criteria")
                yield document.issue((*inner, id_), f"there is no goal or criterion {shown(id_)}", mend)
        if missing := [id_ for id_ in tree.ids if id_ not in points]:
            found = f"no points for {', '.join(missing)}"
            yield document.issue(inner, found, "write points for every goal and criterion; 0 where it does not matter")
        elif not _any_weight(document, points):
            mend = "give at least one goal and one of its criteria more than 0"
            yield document.issue(inner, "all points are 0, so nothing would count", mend)


def _any_weight(document: Document, points: dict[str, Plain]) -> bool:
    """Whether a criterion keeps a weight: it and its goal have points above 0, or what is no number."""
    return any(
        points.get(str(text(goal, "id"))) != 0 and points.get(str(text(criterion, "id"))) != 0
        for _, goal in entries(document.data, "goals")
        for _, criterion in entries(goal, "criteria")
    )


def _set_rules(document: Document, candidates: Sequence[Document]) -> Iterator[Issue]:
    rules = list(entries(document.data, "set_rules"))
    sizes = [place for place, rule in rules if text(rule, "kind") == "size"]
    for place in sizes[1:]:
        first = document.line((*sizes[0], "kind"))
        mend = "keep one of them, or write both ends into one rule"
        yield document.issue(place, f"the size of a set is already limited in line {first}", mend)
    known, members = _organisations(candidates)
    for place, rule in rules:
        for inner, id_ in texts(rule, "candidates"):
            if id_ in members:
                mend = "take it out: members are in every set"
                yield document.issue((*place, *inner), f"{shown(id_)} is a member, not a candidate", mend)
            elif known and id_ not in known:
                mend = did_you_mean(id_, sorted(known), "candidates")
                yield document.issue((*place, *inner), f"there is no candidate {shown(id_)}", mend)
        if text(rule, "kind") == "budget" and candidates:
            yield from _budget(document, place, rule, candidates)


def _budget(
    document: Document, place: Place, rule: dict[str, Plain], candidates: Sequence[Document]
) -> Iterator[Issue]:
    """Somebody has the amount that a budget is about, and everybody gives it in the budget's unit."""
    name, unit = text(rule, "amount"), text(rule, "unit")
    if name is None:
        return
    named = [(one, inner, amount) for one in candidates for inner, amount in entries(one.data, "amounts")]
    own = [entry for entry in named if text(entry[2], "id") == name]
    if not own:
        known = sorted({id_ for _, _, amount in named if (id_ := text(amount, "id")) is not None})
        yield document.issue((*place, "amount"), f"no candidate has an amount {shown(name)}", _amount_mend(name, known))
    for other, inner, amount in own:
        given = text(amount, "unit")
        if unit is not None and given is not None and given != unit:
            mend = f"give it in {unit}, or change the rule"
            yield other.issue((*inner, "unit"), f"{shown(name)} is in {given}; the rule adds up {unit}", mend)


def _amount_mend(name: str, known: list[str]) -> str:
    if known:
        return did_you_mean(name, known, "amounts")
    return f"write amounts: with id: {shortened(name)}, value, unit and source into the candidates' files"


def _organisations(candidates: Sequence[Document]) -> tuple[set[str], set[str]]:
    """Ids of candidates and of members; a file that cannot be read stands for its name."""
    known: set[str] = set()
    members: set[str] = set()
    for document in candidates:
        names = members if text(document.data, "role") == "member" else known
        names.update(_known([text(document.data, "id"), Path(document.file).stem]))
    return known, members


def _known(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(name for name in names if name is not None)
