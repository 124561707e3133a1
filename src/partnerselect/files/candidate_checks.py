"""What must hold in candidate files beyond their shape: names exist, evidence fits its scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from partnerselect.errors import Issue
from partnerselect.files.criteria_checks import Tree, repeated
from partnerselect.files.document import Document, Place, Plain, entries, number, shortened, text, texts
from partnerselect.files.messages import did_you_mean
from partnerselect.model import ItemsScale, LevelsScale, Scale


def same_ids(documents: Sequence[Document]) -> Iterator[Issue]:
    """One issue for each file whose id another file has already taken."""
    first: dict[str, str] = {}
    for document in documents:
        id_ = text(document.data, "id")
        if id_ is None:
            continue
        if id_ in first:
            found = f"'{id_}' is already the id in {first[id_]}"
            yield document.issue(("id",), found, "keep one file for each organisation")
        first.setdefault(id_, document.file)


def candidate_issues(document: Document, tree: Tree) -> Iterator[Issue]:
    """Everything that does not hold in one candidate file."""
    data = document.data
    id_, stem = text(data, "id"), Path(document.file).stem
    if id_ is not None and id_ != stem:
        found = f"the id '{shortened(id_)}' is not the name of the file"
        yield document.issue(("id",), found, f"write id: {stem}, or name the file {shortened(id_)}.yaml")
    yield from repeated(document, entries(data, "facts"), "a fact")
    yield from _gates(document, tree)
    for place, fact in entries(data, "facts"):
        for inner, criterion in texts(fact, "criteria"):
            yield from _criterion(document, (*place, *inner), criterion, tree)
    yield from _evidence(document, tree)
    yield from _judged_twice(document)


def _evidence(document: Document, tree: Tree) -> Iterator[Issue]:
    data = document.data
    facts = {name: None for _, fact in entries(data, "facts") if (name := text(fact, "id"))}
    for place, evidence in entries(data, "evidence"):
        for inner, name in texts(evidence, "facts"):
            if name not in facts:
                mend = did_you_mean(name, facts, "facts of this file")
                yield document.issue((*place, *inner), f"there is no fact '{shortened(name)}'", mend)
        criterion = text(evidence, "criterion")
        if criterion is None:
            continue
        yield from _criterion(document, (*place, "criterion"), criterion, tree)
        if criterion in tree.scales:
            yield from _fits(document, place, evidence, tree.scales[criterion])


def _criterion(document: Document, place: Place, name: str, tree: Tree) -> Iterator[Issue]:
    if tree.complete and name not in tree.criteria:
        mend = did_you_mean(name, tree.criteria, "criteria")
        yield document.issue(place, f"there is no criterion '{shortened(name)}'", mend)


def _gates(document: Document, tree: Tree) -> Iterator[Issue]:
    seen: set[tuple[str, Plain]] = set()
    for place, result in entries(document.data, "gates"):
        gate = text(result, "gate")
        if gate is None:
            continue
        if tree.complete and gate not in tree.gates:
            mend = did_you_mean(gate, tree.gates, "gates")
            yield document.issue((*place, "gate"), f"there is no gate '{shortened(gate)}'", mend)
        when = str(result.get("as_of"))
        if (gate, when) in seen:
            found = f"the gate '{shortened(gate)}' has two results of the same date"
            yield document.issue((*place, "gate"), found, "keep one of the two, or date them")
        seen.add((gate, when))


def _fits(document: Document, place: Place, evidence: dict[str, Plain], scale: Scale) -> Iterator[Issue]:
    if isinstance(scale, ItemsScale):
        yield from _items(document, place, evidence, scale)
        yield from _within(document, place, evidence, len(scale.items), "items")
    elif evidence.get("items") is not None or evidence.get("possible"):
        key = "items" if evidence.get("items") is not None else "possible"
        found = f"the criterion counts no items: its scale is {scale.kind}"
        yield document.issue((*place, key), found, "write value: a number, or low: and high:")
    elif isinstance(scale, LevelsScale):
        yield from _within(document, place, evidence, len(scale.levels) - 1, "levels")
    if scale.basis is not None and evidence.get("basis") is None and evidence.get("status") is None:
        found = "is missing: the criterion counts " + scale.basis
        yield document.issue((*place, "basis"), found, "write basis: members, ecosystem or organisation")


def _items(document: Document, place: Place, evidence: dict[str, Plain], scale: ItemsScale) -> Iterator[Issue]:
    known = [item.id for item in scale.items]
    seen: set[str] = set()
    for key in ("items", "possible"):
        for inner, name in texts(evidence, key):
            if name not in known:
                found, mend = f"there is no item '{shortened(name)}'", did_you_mean(name, known, "items")
                yield document.issue((*place, *inner), found, mend)
            elif name in seen:
                mend = "name each item once: in items where it is documented, in possible where it is hinted at"
                yield document.issue((*place, *inner), f"'{name}' is named twice", mend)
            seen.add(name)


def _within(document: Document, place: Place, evidence: dict[str, Plain], top: int, what: str) -> Iterator[Issue]:
    for key in ("value", "low", "high"):
        value = number(evidence, key)
        if value is not None and not 0 <= value <= top:
            found = f"{shortened(str(value))} is outside the scale of {what}"
            yield document.issue((*place, key), found, f"write a number from 0 to {top}")


def _judged_twice(document: Document) -> Iterator[Issue]:
    first: dict[tuple[str, str, str, str], int | None] = {}
    for place, evidence in entries(document.data, "evidence"):
        criterion, by = text(evidence, "criterion"), text(evidence, "by")
        if criterion is None or by is None:
            continue
        key = (criterion, by, str(evidence.get("judged_on")), str(evidence.get("as_of")))
        if key in first:
            found = f"{shortened(by)} judges '{shortened(criterion)}' twice on one date, first in line {first[key]}"
            yield document.issue(place, found, "keep one of the two, or date them: judged_on: 2017-05-31")
        first.setdefault(key, document.line(place))
