"""Sheet About: what the workbook holds, how to use it, and what its colours mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from partnerselect.analysis.words import sentence
from partnerselect.reports.words import line
from partnerselect.reports.workbook_sheets.book import CELL, INPUT, LEAD, LINK, MUTED, SECTION, Book, Sheet, Style
from partnerselect.reports.workbook_sheets.contents import Contents
from partnerselect.reports.workbook_sheets.values import ASSUMED

NAME = "About"
_USE = (
    ("Weights", "Change the points in the yellow cells. Everything else follows at once, here as in PartnerSelect."),
    (
        "Ranking",
        "Who leads now, how far the evidence could move each total, and where the totals come from.",
    ),
    ("Contributions", "Weight times value for each candidate and criterion: why somebody stands where they stand."),
    ("Values", "What each candidate is worth on each criterion, from 0 to 1. The weights stand above."),
    ("Ranges", "The lowest and the highest value that the evidence allows."),
    ("Evidence", "Every statement with its date, grade and reason, where it comes from, and why some are set aside."),
    ("Facts", "What the sources say, as they say it: the statements rest on it. Nothing here is scored."),
    ("Rules and set", "Which partners together, under which rules. This sheet does not recompute."),
)
_PROTECTED = (
    "Sheets with formulas are protected against slips of the hand, without a password: Review, Unprotect Sheet. "
    "Ranks, totals and ranges follow the points; likely ranks, the verdict and the best set need PartnerSelect."
)


def add_about(book: Book, contents: Contents) -> None:
    """The first sheet."""
    sheet = book.sheet(NAME, "#17324D", [26, 108], "")
    rows = count(1)
    sheet.text(next(rows), 0, contents.decision.question, book.style(LEAD, font_size=13))
    _section(sheet, rows, "This decision")
    for label, told in _facts(contents):
        _line(sheet, next(rows), label, told)
    if not contents.is_draft:
        _section(sheet, rows, "The round")
        for label, told in _round(contents):
            _line(sheet, next(rows), label, told)
    _section(sheet, rows, "How to use it")
    for name, told in _USE:
        row = next(rows)
        sheet.height(row, ["", told])
        link = book.style(LINK)
        sheet.sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.text(row, 1, told, book.style(text_wrap=True))
    _line(sheet, next(rows), "Protection", _PROTECTED)
    _section(sheet, rows, "What the colours mean")
    _colours(sheet, rows, contents)
    sheet.printed(next(rows), 1)
    sheet.sheet.activate()


def _facts(contents: Contents) -> list[tuple[str, str]]:
    decision, out = contents.decision, contents.ranges.screened_out
    facts = [
        ("Evidence counts up to", decision.as_of.isoformat()),
        ("Points", contents.viewpoint),
        ("Candidates", f"{contents.height} ranked on {contents.width} criteria in {len(decision.goals)} goals"),
    ]
    if out:
        facts.append(("Failed a gate", ", ".join(one.name for one in out)))
    if decision.members:
        facts.append(("Members already", ", ".join(one.name for one in decision.members)))
    if contents.best is not None:
        facts.append(("Best set", contents.best.sentence))
    if contents.is_draft:
        facts.append(("Round", contents.on_record.in_words))
    facts.append(("Made", f"{contents.made_on.isoformat()} with PartnerSelect {contents.version}"))
    return facts if decision.about is None else [("What it is about", " ".join(decision.about.split())), *facts]


def _round(contents: Contents) -> Iterator[tuple[str, str]]:
    """What people put on record."""
    record = contents.on_record
    yield "Round", record.in_words
    yield "Chosen", sentence(contents.chosen_names)
    if contents.place is not None and not contents.is_about_best:
        yield "Its place", contents.place.sentence
    if record.rationale:
        yield "Why", line(record.rationale)
    for one, why in record.why_candidates.items():
        yield "On record", f"{contents.name_of.get(one, one)}: {line(why)}"
    for one, why in record.why_criteria.items():
        yield "On record", f"{contents.title_of.get(one, one)}: {line(why)}"
    for person in record.participants:
        yield "Took part", person.in_words
    for conflict in record.conflicts:
        whom = contents.name_of.get(conflict.candidate, conflict.candidate)
        note = f": {line(conflict.note)}" if conflict.note else ""
        yield (
            "Conflict of interest",
            f"{conflict.person}, with {whom}{note}",
        )
    yield "SHA-256", f"{record.sha256}"


def _section(sheet: Sheet, rows: count[int], title: str) -> None:
    next(rows)
    row = next(rows)
    sheet.text(row, 0, title, sheet.book.style(SECTION))
    sheet.empty(row, 1, sheet.book.style(SECTION))


def _line(sheet: Sheet, row: int, label: str, told: str) -> None:
    sheet.height(row, ["", told])
    sheet.text(row, 0, label, sheet.book.style(font_color=MUTED))
    sheet.text(row, 1, told, sheet.book.style(text_wrap=True))


def _colours(sheet: Sheet, rows: count[int], contents: Contents) -> None:
    style = sheet.book.style
    samples: list[tuple[str, Style, str]] = [
        ("points", {"bg_color": INPUT}, "A cell to change."),
        ("0.50", ASSUMED, "Nobody knows, or they refused: an assumption is counted, and drawn hatched."),
        ("0.90", {"bg_color": "#82B7DC"}, "On Values: the deeper the blue, the better."),
        ("n/a", {"font_color": MUTED}, "Does not apply; the candidate's other weights are scaled up."),
    ]
    for text, look, told in samples:
        row = next(rows)
        sheet.text(row, 0, text, style(CELL, look, align="center"))
        sheet.text(row, 1, told, style(indent=1))
    for goal, colour in zip(contents.goals, contents.colours, strict=True):
        row = next(rows)
        sheet.empty(row, 0, style(CELL, bg_color=colour))
        sheet.text(row, 1, goal.title, style(indent=1))
