"""The evidence charts show what is known, and leave empty what is not."""

from __future__ import annotations

import partnerselect as ps
from partnerselect.analysis.evidence_table import evidence_table
from partnerselect.analysis.standing import standing
from partnerselect.charts.evidence import evidence_matrix, matrix_alt, unknowns_alt, unknowns_chart
from tests.builders import criteria, decision, measured, organisation, table


def made() -> ps.Decision:
    return table({"alpha": {"a": 60, "b": None}, "beta": {"a": None, "b": None}})


def test_only_known_cells_carry_a_label() -> None:
    drawn = evidence_matrix(evidence_table(made())).to_dict()
    cells, labels = (drawn["datasets"][layer["data"]["name"]] for layer in drawn["layer"])
    assert len(cells) == 4
    assert [(row["name"], row["title"], row["label"]) for row in labels] == [("Alpha", "a", "a 0y")]


def test_long_names_that_begin_alike_keep_a_row_each() -> None:
    alike = "A network of enterprises and universities"
    own = decision(
        criteria(("goal", [{**measured("a"), "title": f"{alike}, a"}, {**measured("b"), "title": f"{alike}, b"}])),
        *(organisation(one, {"criterion": "a", "value": 1}, name=f"{alike} {one}") for one in ("north", "south")),
        organisation("founder", {"criterion": "a", "value": 1}, name=f"{alike} founder", role="member"),
    )
    cells = evidence_table(own)
    drawn = evidence_matrix(cells).to_dict()
    rows = drawn["datasets"][drawn["layer"][0]["data"]["name"]]
    assert len({(row["name"], row["title"]) for row in rows}) == len(rows) == 6
    assert [row["name"] for row in rows if row["name"].endswith("(3) (member)")]


def test_the_matrix_in_words() -> None:
    assert matrix_alt(evidence_table(made())) == (
        "Matrix of 2 organisations by 2 criteria. Evidence stands in 1 of 4 cells. "
        "Least is known of Beta (0), Alpha (1). Nothing is known on b."
    )


def test_evidence_too_old_to_age_any_more_is_marked() -> None:
    own = decision(
        criteria(("goal", [measured("a")]), doubt={"per_year": 0.02, "free_years": 1, "at_most": 0.1}),
        organisation("old", {"criterion": "a", "value": 1, "as_of": "2010"}),
        organisation("new", {"criterion": "a", "value": 1, "as_of": "2015"}),
    )
    cells = evidence_table(own)
    assert cells.set_index("candidate")["stale"].to_dict() == {"old": True, "new": False}
    drawn = evidence_matrix(cells).to_dict()
    labels = drawn["datasets"][drawn["layer"][1]["data"]["name"]]
    assert [row["label"][-1] for row in labels] == ["†", "y"]
    assert "† stale" in drawn["title"]["subtitle"][0]
    assert matrix_alt(cells).endswith(" 1 cell rests on stale evidence.")


def test_the_chart_of_unknowns_names_only_what_there_is() -> None:
    now = standing(made(), ps.evaluate(made(), "equal"))
    drawn = unknowns_chart(now).to_dict()
    assert drawn["encoding"]["color"]["scale"]["domain"] == ["evidence", "unknown"]
    assert unknowns_alt(now) == "Bar chart of the number of candidates with evidence, by criterion: a 1; b 0."
