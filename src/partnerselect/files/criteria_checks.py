"""What must hold in a criteria file beyond its shape: ids, viewpoints, quotas, whom the set rules name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from partnerselect.errors import Issue
from partnerselect.files.document import Document, Place, Plain, entries, listed, number, shown, text, texts
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
    yield from repeated(document, entries(data, "gates"), "a gate")
    for place, criterion in entries(data, "goals", "criteria"):
        inner = (((*place, "scale", *item), entry) for item, entry in entries(criterion.get("scale"), "items"))
        yield from repeated(document, inner, "an item")
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
    data = document.data
    rules = data.get("set_rules") if isinstance(data, dict) else None
    for place, quota in entries(rules, "quotas"):
        least, most = number(quota, "at_least"), number(quota, "at_most")
        if least is not None and most is not None and least > most:
            found = f"at_least {least:g} is above at_most {most:g}"
            yield document.issue(("set_rules", *place), found, "lower the one, or raise the other")
    known, members = _organisations(candidates)
    if not known:
        return
    for key in ("must", "must_not", "together", "not_together"):
        for place, id_ in _names(rules, key):
            if id_ in members:
                mend = "take it out: members are in every set"
                yield document.issue(("set_rules", *place), f"{shown(id_)} is a member, not a candidate", mend)
            elif id_ not in known:
                mend = did_you_mean(id_, sorted(known), "candidates")
                yield document.issue(("set_rules", *place), f"there is no candidate {shown(id_)}", mend)


def _organisations(candidates: Sequence[Document]) -> tuple[set[str], set[str]]:
    """Ids of candidates and of members; a file that cannot be read stands for its name."""
    known: set[str] = set()
    members: set[str] = set()
    for document in candidates:
        names = members if text(document.data, "role") == "member" else known
        names.update(_known([text(document.data, "id"), Path(document.file).stem]))
    return known, members


def _names(rules: Plain, key: str) -> Iterator[tuple[Place, str]]:
    """Each id under a rule, alone or in a pair."""
    yield from texts(rules, key)
    for index, pair in enumerate(listed(rules, key)):
        if isinstance(pair, list):
            yield from (((key, index, inner), id_) for inner, id_ in enumerate(pair) if isinstance(id_, str))


def _known(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(name for name in names if name is not None)
