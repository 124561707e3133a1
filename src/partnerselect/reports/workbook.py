"""The decision as a workbook that recomputes: change a weight in a spreadsheet, and totals, ranks and chart follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

import pandas as pd

from partnerselect.analysis.best_sets import BestSets
from partnerselect.analysis.evaluation import Evaluation
from partnerselect.analysis.proposed_set import ProposedSet
from partnerselect.analysis.set_robustness import SetRobustness
from partnerselect.model import Decision
from partnerselect.reports.on_record import OnRecord
from partnerselect.reports.workbook_sheets.about import add_about
from partnerselect.reports.workbook_sheets.book import Book
from partnerselect.reports.workbook_sheets.contents import Contents
from partnerselect.reports.workbook_sheets.contributions import add_contributions
from partnerselect.reports.workbook_sheets.evidence import add_evidence
from partnerselect.reports.workbook_sheets.facts import add_facts
from partnerselect.reports.workbook_sheets.ranking import add_ranking
from partnerselect.reports.workbook_sheets.rules_and_set import add_rules_and_set
from partnerselect.reports.workbook_sheets.values import add_ranges, add_values
from partnerselect.reports.workbook_sheets.weights import add_weights


def workbook(
    decision: Decision,
    evaluation: Evaluation,
    best: BestSets | None = None,
    prices: pd.DataFrame | None = None,
    robustness: SetRobustness | None = None,
    *,
    made_on: date,
    on_record: OnRecord | None = None,
    chosen: Sequence[str] = (),
    place: ProposedSet | None = None,
) -> bytes:
    """An XLSX file: About, Weights, Ranking, Contributions, Values, Ranges, Evidence, Facts, Rules and set.

    Weights, totals, ranks, their order and the chart are formulas that old spreadsheet programs know too; they come to
    what `evaluate` gives for the same points. The same arguments give the same bytes. Text is written as text, whatever
    it starts with; only a source that is nothing but an address on the web becomes a link.

    Parameters
    ----------
    decision : Decision
    evaluation : Evaluation
        Of this decision; its points are those that the workbook starts with.
    best : BestSets, optional
        What `best_sets` says at the same points; without it, only the rules stand on the last sheet.
    prices : DataFrame, optional
        What `rule_prices` says of the rules.
    robustness : SetRobustness, optional
        What `set_robustness` says: how surely each candidate is in the best set.
    made_on : date
        The day that the file names as the one it was made on.
    on_record : OnRecord, optional
        What people put on record with a closed round; without it, the workbook says that it is a draft.
    chosen : sequence of str
        Ids of the chosen partners; `robustness` is about them then.
    place : ProposedSet, optional
        What `proposed_set` says: where they stand among the allowed sets.

    Returns
    -------
    bytes

    References
    ----------
    ECMA-376, Office Open XML File Formats, part 1.
    """
    record, software = on_record or OnRecord(), version("partnerselect")
    contents = Contents(decision, evaluation, best, prices, robustness, made_on, software, record, tuple(chosen), place)
    which = "draft" if contents.is_draft else f"round {record.called}"
    footer = f"PartnerSelect {software}, evidence up to {decision.as_of.isoformat()}, {which}"
    book = Book(decision.title, made_on, footer)
    add_about(book, contents)
    add_weights(book, contents)
    add_ranking(book, contents)
    add_contributions(book, contents)
    add_values(book, contents)
    add_ranges(book, contents)
    add_evidence(book, contents)
    add_facts(book, contents)
    add_rules_and_set(book, contents)
    return book.close()
