"""Contents of reports for tests, and the texts of PDFs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject

from partnerselect.model import Decision
from partnerselect.reports.contents import ReportContents, report_contents
from partnerselect.reports.on_record import DeclaredConflict, OnRecord, Person
from tests.builders import criteria, decision, items, measured, organisation

MADE_ON = date(2026, 11, 1)
HASH = "8ab3" * 16
HOSTILE = '#panic("x") *bold* _slanted_ $x^2$ @ref <b>html</b> [a](http://b.c) `raw` \\u{41} = head // no ~ | --- #let'
LATIN = "ÀÆÇÐÉØÞßĀĂĄĆĊČĎĐĒĖĘĚĞĠĢĦĪĮĶĹĻŁŃŅŇŊŌŐŒŔŘŚŞŠŢŤŦŪŮŰŲŴŶŹŻŽƏȘȚẀẞỲ àæçðéøþăąćċčďđēėęěğġģħīįķĺļł"
GREEK_AND_CYRILLIC = "ΆΈΑΒΓΔΩάέαβγδςω ὰᾶῳ ЂЃЄІЇЈЉЊЋЎЏБДЖЩЪЫЭЮЯђѓєіїјљњћўџ"
PAIR = [{"id": "two", "kind": "size", "at_least": 2, "at_most": 2, "why": "Two places are left."}]


def small(**more: Any) -> Decision:
    """Three candidates, one member, two goals; nobody knows Gamma's areas."""
    return decision(
        criteria(
            ("reach", [measured("companies"), measured("hospitals")]),
            ("offer", [items("areas", "optics", "imaging")]),
            set_rules=PAIR,
            **more,
        ),
        organisation(
            "alpha",
            {"criterion": "companies", "value": 80},
            {"criterion": "hospitals", "value": 20, "by": "Eve", "reason": "Counted on its list.", "grade": "b"},
            {"criterion": "areas", "items": ["imaging"]},
        ),
        organisation("beta", {"criterion": "companies", "value": 60}, {"criterion": "areas", "items": []}),
        organisation("gamma", {"criterion": "companies", "value": 50}, {"criterion": "hospitals", "status": "refused"}),
        organisation("founder", {"criterion": "areas", "items": ["optics"]}, role="member"),
    )


def on_record(**more: Any) -> OnRecord:
    """What people put on record when they closed a round of the small decision."""
    given: dict[str, Any] = {
        "round_id": "2017-05",
        "round_title": "The round of May",
        "sha256": HASH,
        "closed_on": date(2017, 6, 1),
        "closed_by": "Laura",
        "rationale": "Reach counts most.",
        "why_candidates": {"alpha": "It answered within a day."},
        "why_criteria": {"companies": "The call counts them."},
        "participants": (Person("Zoë Ångström", "LITEK", "chair"), Person("Jan")),
        "conflicts": (DeclaredConflict("Jan", "alpha", "on its board"),),
    }
    return OnRecord(**{**given, **more})


def contents(of: Decision | None = None, points: Any = "equal", **more: Any) -> ReportContents:
    """The contents of a report with few draws."""
    given: dict[str, Any] = {"software": "0.1.0", "made_on": MADE_ON, "samples": 50}
    return report_contents(of or small(), points, **{**given, **more})


def large(candidates: int = 60, goals: int = 12, each: int = 5) -> Decision:
    """Many candidates and criteria with names of 120 letters, each of them told by something everywhere."""
    tree = [
        (
            f"goal{goal}",
            [
                {**measured(f"c{goal}_{leaf}"), "title": f"Criterion {goal}.{leaf} {'long ' * 20}"[:120].strip()}
                for leaf in range(each)
            ],
        )
        for goal in range(goals)
    ]
    content = criteria(*tree, set_rules=[{"id": "three", "kind": "size", "at_least": 3, "at_most": 3}])
    for goal in content["goals"]:
        goal["title"] = f"{goal['id'].title()} {'that is wanted by everybody ' * 5}"[:120].strip()
    names = [one["id"] for goal in content["goals"] for one in goal["criteria"]]
    return decision(
        content,
        *(
            organisation(
                f"cluster{row}",
                *(
                    {"criterion": one, "value": (17 * row + 29 * column) % 101}
                    for column, one in enumerate(names)
                    if (row + column) % 3
                ),
                name=_long_name(row),
            )
            for row in range(candidates)
        ),
    )


def _long_name(row: int) -> str:
    word = "Verbundwerkstoffzulieferergemeinschaft" if row % 2 else "Network of many words"
    return f"{row} {word} {'x' * 120}"[:120]


def pages(data: bytes) -> list[str]:
    """The text of each page on one line, without the places where long words may be broken."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader.pages]


def text(data: bytes) -> str:
    """The text of all pages without spaces, so that it does not matter where lines end."""
    return re.sub(r"\s", "", "".join(pages(data)))


def squeezed(words: str) -> str:
    """Words as `text` holds them."""
    return re.sub(r"\s", "", words)


def tags(data: bytes) -> list[DictionaryObject]:
    """Every element of the structure that a screen reader is given."""
    root = pypdf.PdfReader(io.BytesIO(data)).root_object["/StructTreeRoot"].get_object()
    return list(_below(root))


def _below(element: Any) -> Iterator[DictionaryObject]:
    children = element.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _below(found)
