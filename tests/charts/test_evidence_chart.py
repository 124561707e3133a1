"""The evidence charts show what is known, and leave empty what is not."""

from __future__ import annotations

import partnerselect as ps
from partnerselect.analysis.evidence_table import evidence_table
from partnerselect.analysis.standing import standing
from partnerselect.charts.evidence import evidence_matrix, matrix_alt, unknowns_alt, unknowns_chart
from tests.builders import table


def made() -> ps.Decision:
    return table({"alpha": {"a": 60, "b": None}, "beta": {"a": None, "b": None}})


def test_only_known_cells_carry_a_label() -> None:
    drawn = evidence_matrix(evidence_table(made())).to_dict()
    cells, labels = (drawn["datasets"][layer["data"]["name"]] for layer in drawn["layer"])
    assert len(cells) == 4
    assert [(row["name"], row["title"], row["label"]) for row in labels] == [("Alpha", "a", "a 0y")]


def test_the_matrix_in_words() -> None:
    assert matrix_alt(evidence_table(made())) == (
        "Matrix of 2 organisations by 2 criteria. Evidence stands in 1 of 4 cells. "
        "Least is known of Beta (0), Alpha (1). Nothing is known on b."
    )


def test_the_chart_of_unknowns_names_only_what_there_is() -> None:
    now = standing(made(), ps.evaluate(made(), "equal"))
    drawn = unknowns_chart(now).to_dict()
    assert drawn["encoding"]["color"]["scale"]["domain"] == ["evidence", "unknown"]
    assert unknowns_alt(now) == "Bar chart of the number of candidates with evidence, by criterion: a 1; b 0."
