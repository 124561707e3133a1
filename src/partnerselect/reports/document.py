"""The decision as a PDF that a board can read and sign."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document_parts.blocks import Block, for_template
from partnerselect.reports.document_parts.choice import gaps_section, rules_section, set_section
from partnerselect.reports.document_parts.closing import conflicts_section, rounds_section, signatures_section
from partnerselect.reports.document_parts.doubt import sensitivity_section, unknowns_section
from partnerselect.reports.document_parts.evidence import evidence_section
from partnerselect.reports.document_parts.opening import criteria_section, decision_section, title_page
from partnerselect.reports.document_parts.ranking import ranking_section

if TYPE_CHECKING:
    from typst import PDFStandards

_SECTIONS: dict[str, tuple[str, Callable[[ReportContents], list[Block]]]] = {
    "decision": ("The decision, and who took part", decision_section),
    "criteria": ("Goals and criteria", criteria_section),
    "set": ("The chosen set, and why each is in", set_section),
    "rules": ("The rules, and what they cost", rules_section),
    "ranking": ("The ranking", ranking_section),
    "sensitivity": ("What would change it", sensitivity_section),
    "unknowns": ("What remained unknown, and what to ask next", unknowns_section),
    "gaps": ("What would be covered, and what nobody brings", gaps_section),
    "evidence": ("The evidence, with its sources", evidence_section),
    "rounds": ("What changed since the last round", rounds_section),
    "conflicts": ("Declared conflicts of interest", conflicts_section),
    "signatures": ("Signatures", signatures_section),
}

SECTIONS: Mapping[str, str] = MappingProxyType({one: title for one, (title, _) in _SECTIONS.items()})
"""Title of each section that can be chosen, in their order; a title page is always there."""

ALL = tuple(SECTIONS)
"""Every section."""


def pdf(contents: ReportContents, sections: Collection[str] = ALL) -> bytes:
    """A PDF file: a title page, and the sections in their order.

    It is PDF/A-2b, and PDF/UA-1 as well (see `typeset`). The same contents give the same bytes. No text of the decision
    is read as a command of the typesetter. Every European letter can be printed; what the fonts lack stands as its
    number, such as [U+4E2D].

    Parameters
    ----------
    contents : ReportContents
    sections : collection of str
        Which of `SECTIONS`; none leaves the title page.

    Raises
    ------
    ValueError
        For a section that does not exist.
    """
    return typeset(document(contents, sections))


def pages(contents: ReportContents, sections: Collection[str] = ALL, ppi: float = 72.0) -> list[bytes]:
    """The pages of the PDF as pictures (PNG), for a look before it is taken away.

    Parameters
    ----------
    contents : ReportContents
    sections : collection of str
        As for `pdf`.
    ppi : float
        Pixels per inch; a page is 8.3 inches wide and 11.7 high.

    Raises
    ------
    ValueError
        For a section that does not exist.
    """
    import typst

    compiler = typst.Compiler(_template(), ignore_system_fonts=True, sys_inputs=_inputs(document(contents, sections)))
    drawn = compiler.compile(format="png", ppi=ppi)
    assert drawn is not None
    return drawn if isinstance(drawn, list) else [drawn]


def document(contents: ReportContents, sections: Collection[str] = ALL) -> dict[str, Any]:
    """What the template is given: plain data, with every picture drawn.

    Raises
    ------
    ValueError
        For a section that does not exist.
    """
    if unknown := [one for one in sections if one not in SECTIONS]:
        raise ValueError(f"there is no section '{unknown[0]}'; sections are {', '.join(ALL)}")
    made = [
        {"title": title, "blocks": for_template(make(contents))}
        for one, (title, make) in _SECTIONS.items()
        if one in sections
    ]
    return {**title_page(contents), "sections": made}


def typeset(content: Mapping[str, Any]) -> bytes:
    """The PDF of what the template is given; no font of the system, no file and no network is used.

    Where the typesetter finds letters that a screen reader could not be told, it is PDF/A-2b only.
    """
    import typst

    try:
        return _made(content, ["a-2b", "ua-1"])
    except typst.TypstError:
        return _made(content, ["a-2b"])


def _made(content: Mapping[str, Any], standards: PDFStandards) -> bytes:
    import typst

    year, month, day = content["made_on"]
    return typst.compile(
        _template(),
        sys_inputs=_inputs(content),
        ignore_system_fonts=True,
        pdf_standards=standards,
        timestamp=datetime(year, month, day, tzinfo=UTC),
    )


def _inputs(content: Mapping[str, Any]) -> dict[str, str]:
    return {"report": json.dumps(content, ensure_ascii=False, allow_nan=False)}


@cache
def _template() -> bytes:
    return files("partnerselect.reports").joinpath("document.typ").read_bytes()
