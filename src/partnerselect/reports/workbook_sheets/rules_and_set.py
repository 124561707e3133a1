"""Sheet Rules and set: which partners together when the workbook was made, and under which rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import count

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.gates import gate_counts
from partnerselect.analysis.set_rule_words import rule_sentence
from partnerselect.analysis.words import sentence
from partnerselect.reports.words import line
from partnerselect.reports.workbook_sheets.book import (
    ALARM,
    HEADING,
    HEADING_OF_NUMBERS,
    LEAD,
    NAME_CELL,
    SECTION,
    Book,
    Cell,
    Sheet,
)
from partnerselect.reports.workbook_sheets.contents import Contents

NAME = "Rules and set"
_WIDTHS = (56, 34, 12, 12, 46, 46)
_LEAD = "This sheet does not recompute: it holds what PartnerSelect found with the points the workbook was made with."
_CHANGED = "The points on sheet Weights have been changed since: ask PartnerSelect for the best set again."


def add_rules_and_set(book: Book, contents: Contents) -> None:
    """The chosen set, the best ones, who is in them how surely, the rules with their prices, the gates."""
    sheet = book.sheet(NAME, "#7A68A6", _WIDTHS, _LEAD)
    changed = f'=IF(SUMPRODUCT(--(Points<>Points_when_made))>0,"{_CHANGED}","")'
    sheet.formula(2, 0, changed, "", book.style(bold=True, font_color=ALARM))
    rows = count(3)
    section = Sections(sheet, rows)
    if contents.shows_choice:
        _choice(section, contents)
    if contents.best is not None:
        _set(section, contents, contents.best)
    if contents.robustness is not None:
        _core(section, contents)
    _rules(section, contents)
    _gates(section, contents)


class Sections:
    """Sections under each other, each with a title, perhaps a sentence, and a table."""

    def __init__(self, sheet: Sheet, rows: count[int]) -> None:
        self._sheet, self._rows = sheet, rows
        style = sheet.book.style
        self._words, self._whole = style(NAME_CELL), style(NAME_CELL, align="center", indent=0)
        self._points = style(NAME_CELL, num_format="0.0", align="center", indent=0)
        self._section, self._plain = style(SECTION), style(LEAD, text_wrap=True)
        self._heading, self._over_numbers = style(HEADING), style(HEADING_OF_NUMBERS)

    def start(self, title: str, *sentences: str) -> None:
        """A title and what stands below it."""
        next(self._rows)
        row = next(self._rows)
        self._sheet.text(row, 0, title, self._section)
        for column in range(1, len(_WIDTHS)):
            self._sheet.empty(row, column, self._section)
        for told in filter(None, sentences):
            self._sheet.paragraph(next(self._rows), 0, len(_WIDTHS) - 1, told, self._plain)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; numbers that are NaN leave an empty cell."""
        row = next(self._rows)
        self._sheet.height(row, headings)
        numbers = [isinstance(cell, int | float) for cell in rows[0]] if rows else [False] * len(headings)
        for column, (heading, number) in enumerate(zip(headings, numbers, strict=True)):
            self._sheet.text(row, column, heading, self._over_numbers if number else self._heading)
        for cells in rows:
            row = next(self._rows)
            self._sheet.height(row, cells)
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell:
                    self._sheet.text(row, column, cell, self._words)
                elif isinstance(cell, int):
                    self._sheet.number(row, column, cell, self._whole)
                elif isinstance(cell, float) and not math.isnan(cell):
                    self._sheet.number(row, column, cell, self._points)
                else:
                    self._sheet.empty(row, column, self._words)


def _choice(section: Sections, contents: Contents) -> None:
    """Who was chosen, where that set stands, and what people put on record about each."""
    place, why = contents.place, contents.on_record.why_candidates
    told = "No set of partners keeps all the rules." if place is None else place.sentence
    section.start("The chosen set", sentence(f"Chosen: {contents.chosen_names}"), told if contents.chosen else "")
    if not contents.chosen:
        return
    known = {candidate.id: candidate for candidate in contents.decision.candidates}
    partners = [known[one] for one in contents.chosen]
    section.table(
        ("Partner", "Region", "Kind", "Country", "On record"),
        [(one.name, one.region, one.kind, one.country, line(why.get(one.id, ""))) for one in partners],
    )


def _set(section: Sections, contents: Contents, best: BestSets) -> None:
    known = {candidate.id: candidate for candidate in contents.ranges.candidates}
    section.start("The best set", best.sentence, best.note)
    partners = [known[one] for one in best.best]
    section.table(
        ("Partner", "Region", "Kind", "Country"), [(one.name, one.region, one.kind, one.country) for one in partners]
    )
    section.start("The best sets, one after the other", "Totals in points of 100.")
    section.table(
        ("Partners", "Place", "Total", "Behind the best", "Who joins", "Who leaves"),
        [
            (row["names"], place, 100 * row["total"], 100 * row["behind"], row["joins"], row["leaves"])
            for place, row in enumerate(best.sets.to_dict("records"), start=1)
        ],
    )


def _core(section: Sections, contents: Contents) -> None:
    found = contents.robustness
    assert found is not None
    which = "best" if contents.is_about_best else "chosen"
    section.start("How surely each candidate is in the best set", found.sentence, f"Weights drawn: {found.region}.")
    section.table(
        ("Candidate", "Standing", "Of 100 draws", "± two errors"),
        [
            (
                row["name"],
                f"{row['standing']}, one of the {which} set" if row["proposed"] else row["standing"],
                100 * row["core_index"],
                200 * row["core_index_error"],
            )
            for row in found.candidates.to_dict("records")
        ],
    )


def _rules(section: Sections, contents: Contents) -> None:
    section.start("The rules", "A price is what the best total would gain without the rule, in points of 100.")
    headings = ("Rule", "id", "In force", "Price", "In words", "Why")
    if contents.prices is not None:
        rows: list[Sequence[Cell]] = [
            (
                row["sentence"],
                str(one),
                "yes" if row["in_force"] else "off",
                100 * row["cost"],
                row["words"],
                row["why"],
            )
            for one, row in contents.prices.to_dict("index").items()
        ]
    else:
        rows = _without_prices(contents)
    section.table(headings, rows)


def _without_prices(contents: Contents) -> list[Sequence[Cell]]:
    names = {candidate.id: candidate.name for candidate in contents.decision.candidates}
    own = contents.decision.set_rules
    used = tuple(rule for rule in own if rule.active) if contents.best is None else contents.best.rules
    off = tuple(rule for rule in own if rule.id not in {one.id for one in used})
    return [
        (rule_sentence(rule, names), rule.id, told, None, None, rule.why or rule.source)
        for rules, told in ((used, "yes"), (off, "off"))
        for rule in rules
    ]


def _gates(section: Sections, contents: Contents) -> None:
    gates = contents.decision.gates
    if not gates:
        return
    section.start("The gates", "Pass or fail, before anything is scored; what nobody has checked keeps nobody out.")
    section.table(
        ("Gate", "Failed", "Passed", "Unchecked", "Rule", "Source"),
        [
            (gate.title, found["failed"], found["passed"], found["unchecked"], gate.rule, gate.source)
            for gate, found in zip(gates, gate_counts(contents.decision), strict=True)
        ],
    )
