"""Who took part and which conflicts were declared, as lines that people write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerselect.errors import PartnerSelectError
from partnerselect.files.imports.names import CellError, Names
from partnerselect.model import Decision
from partnerselect.rounds.record import Conflict, Participant

PEOPLE_LABEL = "Who took part (one line each: name; organisation; role)"
_TOO_FEW = 2
CONFLICTS_LABEL = "Conflicts of interest that were declared (one line each: person; candidate; what it is)"


def people_text(people: Sequence[Participant]) -> str:
    """A line for each person."""
    return _lines([(one.name, one.organisation, one.role) for one in people])


def conflicts_text(conflicts: Sequence[Conflict], decision: Decision) -> str:
    """A line for each conflict, with the candidate's name; its id where the name could not be read again."""
    everyone = _everyone(decision)
    names = {one.id: one.name for one in (*decision.candidates, *decision.members)}
    clear = {id_: name for id_, name in names.items() if ";" not in name and _means(everyone, name) == id_}
    return _lines([(one.person, clear.get(one.candidate, one.candidate), one.note) for one in conflicts])


def people_in(text: str) -> tuple[Participant, ...]:
    """The persons of these lines.

    Raises
    ------
    PartnerSelectError
        Naming the line that has too much or too little.
    """
    return tuple(
        Participant(name=name, organisation=organisation, role=role)
        for _, name, organisation, role in _parts(text, "Who took part")
    )


def conflicts_in(text: str, decision: Decision) -> tuple[Conflict, ...]:
    """The conflicts of these lines; candidates and members are named by name or id.

    Raises
    ------
    PartnerSelectError
        Naming the line that has too much or too little, or names nobody.
    """
    everyone = _everyone(decision)
    found = []
    for number, person, candidate, note in _parts(text, "Conflicts"):
        if candidate is None:
            raise PartnerSelectError(f"Conflicts, line {number}: write the candidate after the person, with ; between.")
        try:
            whom = everyone.find(candidate) or _begins(candidate, decision) or everyone.found(candidate)
            found.append(Conflict(person=person, candidate=whom, note=note))
        except CellError as error:
            raise PartnerSelectError(f"Conflicts, line {number}: {error.found}; {error.mend}.") from None
    return tuple(found)


def _everyone(decision: Decision) -> Names:
    named = ((one.id, one.name) for one in (*decision.candidates, *decision.members))
    return Names(named, "candidates", "candidate")


def _means(everyone: Names, name: str) -> str | None:
    try:
        return everyone.find(name)
    except CellError:
        return None


def _begins(text: str, decision: Decision) -> str | None:
    """The only organisation whose name begins like this, if there is one; two letters are too few to tell."""
    if len(text) <= _TOO_FEW:
        return None
    alike = [
        one.id for one in (*decision.candidates, *decision.members) if one.name.casefold().startswith(text.casefold())
    ]
    return alike[0] if len(alike) == 1 else None


def _lines(rows: Sequence[tuple[str | None, ...]]) -> str:
    """What the columns hold, a semicolon between them; in all but the last, one inside becomes a comma."""
    return "\n".join(
        " ".join("; ".join([*((part or "").replace(";", ",") for part in first), last or ""]).split()).rstrip("; ")
        for *first, last in rows
    )


def _parts(text: str, what: str) -> Iterator[tuple[int, str, str | None, str | None]]:
    """Number and three parts of each line that is not empty; the last part may hold semicolons."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        first, second, third = ([part.strip() or None for part in line.split(";", 2)] + [None, None])[:3]
        if first is None:
            raise PartnerSelectError(f"{what}, line {number}: it begins with no name.")
        yield number, first, second, third
