"""The workbook: complete, right before anything is recomputed, and harmless whatever the texts are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np
import pytest

import partnerselect as ps
from partnerselect.analysis.value_ranges import value_ranges
from partnerselect.model import Decision
from partnerselect.reports.bundle import report_files
from partnerselect.reports.workbook import workbook
from partnerselect.reports.workbook_sheets import book
from tests.builders import criteria, decision, measured, organisation, table
from tests.reports.reported import HASH, contents, on_record
from tests.reports.workbooks import FIRST, MADE_ON, Row, formulas, made, parts, sheet

SHEETS = ["About", "Weights", "Ranking", "Contributions", "Values", "Ranges", "Evidence", "Facts", "Rules and set"]
OLD = {"IF", "SUM", "SUMIF", "SUMPRODUCT", "ISNUMBER", "INDEX", "MATCH", "COUNT", "COUNTA", "COUNTIF", "N", "FIXED"}
"""Functions that every spreadsheet program of the last twenty years knows."""


def case() -> Decision:
    return ps.read_decision("criteria/photonics-for-health.yaml", "candidates/photonics-for-health")


def column(rows: list[Row], title: str, head: int = 3) -> list[object]:
    at = rows[head].index(title)
    return [row[at] for row in rows[head + 1 :]]


@pytest.fixture(scope="module")
def real() -> bytes:
    own = case()
    question = ps.set_question(own, "health_first")
    robustness = ps.set_robustness(own, "health_first", samples=50)
    return made(
        own,
        "health_first",
        best=ps.best_sets(own, "health_first"),
        prices=ps.rule_prices(question),
        robustness=robustness,
    )


def test_the_sheets_stand_in_the_order_of_use(real: bytes) -> None:
    assert re.findall(r'<sheet name="(.*?)"', parts(real)["xl/workbook.xml"]) == SHEETS


def test_what_formulas_come_to_is_in_the_file_for_programs_that_do_not_compute(real: bytes) -> None:
    evaluation = ps.evaluate(own := case(), "health_first")
    names = {one.id: one.name for one in own.candidates}
    rows = sheet(real, "Ranking")[5:]
    assert [row[1] for row in rows[:24]] == [names[str(one)] for one in evaluation.ranking.index]
    assert [row[0] for row in rows[:24]] == evaluation.ranking["rank"].to_list()
    for at, name in ((2, "total"), (3, "low"), (4, "high")):
        assert [row[at] / 100 for row in rows[:24]] == pytest.approx(evaluation.ranking[name].to_list(), abs=1e-12)
    assert [row[5] for row in rows[:24]] == pytest.approx(evaluation.ranking["known"].to_list(), abs=1e-12)
    parts_of = [sum(row[11:17]) for row in rows[:24]]
    assert parts_of == pytest.approx([row[2] for row in rows[:24]], abs=1e-9)
    contributions = sheet(real, "Contributions")[FIRST:]
    found = np.array([row[9:23] for row in contributions], dtype=float) / 100
    wanted = evaluation.contributions.loc[[one.id for one in own.candidates]].to_numpy()
    assert found == pytest.approx(wanted, abs=1e-12)


def test_weights_show_points_shares_and_normalised_weights(real: bytes) -> None:
    evaluation = ps.evaluate(own := case(), "health_first")
    rows = {row[6]: row for row in sheet(real, "Weights")[5:]}
    assert {one: row[1] for one, row in rows.items() if one} == dict(evaluation.points)
    weights = {one.id: rows[one.id][4] for one in own.criteria}
    assert weights == pytest.approx(evaluation.weights.to_dict(), abs=1e-15)


def test_only_functions_of_old_are_used(real: bytes) -> None:
    found = set(re.findall(r"([A-Z][A-Z0-9.]*)\(", " ".join(re.sub(r'"[^"]*"', "", one) for one in formulas(real))))
    assert found <= OLD
    assert "_xlfn" not in "".join(parts(real).values())


def test_the_same_arguments_give_the_same_bytes_and_the_day_is_the_one_given(real: bytes) -> None:
    own = table({"alpha": {"a": 60}, "beta": {"a": 50}})
    assert made(own) == made(own)
    assert '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-01T00:00:00Z' in parts(real)["docProps/core.xml"]
    other = workbook(own, ps.evaluate(own, "equal"), made_on=date(2025, 1, 2))
    assert "2025-01-02 with PartnerSelect" in str(sheet(other, "About"))


def test_about_says_what_the_workbook_is_of(real: bytes) -> None:
    told = {row[0]: row[1] for row in sheet(real, "About")}
    assert told["Evidence counts up to"] == "2017-05-31"
    assert told["Points"] == "Health first"
    assert told["Candidates"] == "24 ranked on 14 criteria in 5 goals"
    assert str(told["Made"]).startswith(f"{MADE_ON} with PartnerSelect ")
    assert "allowed sets" in str(told["Best set"])


def test_points_of_nobodys_viewpoint_are_named_so() -> None:
    own = table({"alpha": {"a": 60, "b": 10}})
    told = {row[0]: row[1] for row in sheet(made(own, {"a": 70, "b": 30}), "About")}
    assert told["Points"] == "points of your own"


def test_an_unknown_cell_is_filled_marked_and_explained_and_what_does_not_apply_says_so() -> None:
    own = decision(
        criteria(("goal", [measured("a"), measured("b"), measured("c")]), unknowns="worst"),
        organisation(
            "alpha", {"criterion": "a", "value": 60}, {"criterion": "b", "status": "not_applicable"},
            {"criterion": "c", "status": "refused"},
        ),
    )  # fmt: skip
    data = made(own)
    assert sheet(data, "Values")[FIRST] == ["Alpha", 0.6, "n/a", 0]
    assert sheet(data, "Ranges")[FIRST] == ["Alpha", 0.6, "n/a", 0, "", 0.6, "n/a", 1, "", 1, 0, 0]
    comments = parts(data)["xl/comments1.xml"]
    assert re.findall(r'ref="(\w+)"', comments) == ["D7"]
    assert "They refused to say. Counted as 0.00, the worst; it may be 0.00 to 1.00." in comments
    assert "To ask: How much c?" in comments


def test_evidence_has_every_statement_and_says_why_some_do_not_count() -> None:
    own = decision(
        criteria(("goal", [measured("a", basis="members")])),
        organisation(
            "alpha",
            {"criterion": "a", "value": 40, "low": 30, "high": 50, "basis": "members", "as_of": "2016", "grade": "b"},
            {"criterion": "a", "value": 400, "basis": "ecosystem", "source": "told on the telephone"},
        ),
        organisation("old", {"criterion": "a", "value": 10, "basis": "members"}, role="member"),
    )
    rows = sheet(made(own), "Evidence")
    assert column(rows, "Candidate") == ["Alpha", "Alpha", "Old"]
    assert column(rows, "Role") == ["candidate", "candidate", "member"]
    assert column(rows, "Counts") == ["yes", "set aside", "yes"]
    assert column(rows, "Why not")[1] == "counts ecosystem; this criterion counts members"
    assert [column(rows, name)[0] for name in ("Value", "Low", "High")] == [40, 30, 50]
    assert [column(rows, name)[0] for name in ("As of", "Grade", "Basis")] == ["2016", "b", "members"]
    assert column(rows, "Source")[1] == "told on the telephone"
    assert column(rows, "Candidate id") == ["alpha", "alpha", "old"]


def judged() -> Decision:
    """Of six statements two count: the third is said twice."""
    old, new = {"criterion": "a", "value": 10}, {"criterion": "a", "value": 20}
    return decision(
        criteria(("goal", [measured("a")])),
        organisation("alpha", old, {"criterion": "a", "value": 30, "unit": "hospitals"}, new, new),
        organisation("founder", old, new, role="member"),
    )


def test_what_counts_is_told_whichever_equal_decision_was_looked_at_before() -> None:
    first, second = judged(), judged()
    assert value_ranges(first) is value_ranges(second)
    for own in (first, second):
        rows = sheet(made(own), "Evidence")
        assert column(rows, "Counts") == ["set aside", "set aside", "set aside", "yes", "set aside", "yes"]
        assert column(rows, "Why not")[1:3] == [
            "given in hospitals; this criterion is measured in companies",
            "newer evidence stands in its place",
        ]


def closed_round(**more: Any) -> bytes:
    """The workbook of a round that chose Alpha and Gamma where Alpha and Beta are the best set."""
    found = contents(chosen=("alpha", "gamma"), on_record=on_record(**more))
    return next(make for name, make in report_files(found).items() if name.endswith(".xlsx"))()


def test_the_workbook_of_a_closed_round_says_which_and_what_people_put_on_record() -> None:
    rows = [row[:2] for row in sheet(closed_round(), "About")]
    at = rows.index(["The round", ""])
    assert rows[at + 1 : at + 12] == [
        ["Round", "2017-05, The round of May, closed on 2017-06-01 by Laura"],
        ["Chosen", "Alpha and Gamma."],
        ["Its place", "Alpha and Gamma have 75.0 of 100: place 2 among the allowed sets, 1.2 points behind the best."],
        ["Why", "Reach counts most."],
        ["On record", "Alpha: It answered within a day."],
        ["On record", "companies: The call counts them."],
        ["Took part", "Zoë Ångström, LITEK, chair"],
        ["Took part", "Jan"],
        ["Conflict of interest", "Jan, with Alpha: on its board"],
        ["SHA-256", HASH],
        ["", ""],
    ]
    assert "Round" not in [row[0] for row in rows[:at]]
    footers = re.findall(r"<oddFooter>(.*?)&amp;R", parts(closed_round())["xl/worksheets/sheet1.xml"])
    assert footers[0].endswith(", evidence up to 2017-05-31, round 2017-05")


def test_the_chosen_set_stands_beside_the_best_one_with_its_place() -> None:
    rows = sheet(closed_round(), "Rules and set")
    told = [str(row[0]) for row in rows]
    at = told.index("The chosen set")
    assert at < told.index("The best set")
    assert told[at + 1] == "Chosen: Alpha and Gamma."
    assert "place 2 among the allowed sets" in told[at + 2]
    assert rows[at + 4][:5] == ["Alpha", "North", "health", "FR", "It answered within a day."]
    standing = [row[1] for row in rows if "one of the" in str(row[1])]
    assert len(standing) == 2
    assert all(str(one).endswith("one of the chosen set") for one in standing)


def test_a_round_that_chose_nobody_says_so() -> None:
    found = contents(chosen=(), on_record=on_record(why_candidates={}))
    data = next(make for name, make in report_files(found).items() if name.endswith(".xlsx"))()
    assert ["Chosen", "nobody."] in [row[:2] for row in sheet(data, "About")]
    assert "Chosen: nobody." in [row[0] for row in sheet(data, "Rules and set")]


def test_a_workbook_without_a_round_says_that_it_is_a_draft(real: bytes) -> None:
    told = {row[0]: row[1] for row in sheet(real, "About")}
    assert told["Round"] == "draft: no round was closed, and nothing here is on record"
    assert not {"The round", "Chosen", "SHA-256"} & set(told)
    assert "The chosen set" not in [row[0] for row in sheet(real, "Rules and set")]
    assert ", draft&amp;R" in parts(real)["xl/worksheets/sheet1.xml"]


def test_a_judgement_names_the_sources_of_the_facts_it_rests_on(real: bytes) -> None:
    own = case()
    rows = sheet(real, "Evidence")
    statements = [(who, one) for who in (*own.candidates, *own.members) for one in who.evidence]
    assert len(column(rows, "Candidate")) == len(statements)
    where = [str(told).split("\n") for told in column(rows, "Where it comes from")]
    for (who, one), told in zip(statements, where, strict=True):
        wanted = {fact.source for fact in who.facts if fact.id in one.facts} | ({one.source} if one.source else {""})
        assert set(told) | {""} == wanted | {""}
    facts = [fact for who in (*own.candidates, *own.members) for fact in who.facts]
    assert column(sheet(real, "Facts"), "Source") == [fact.source for fact in facts]


def test_the_last_sheet_holds_the_set_the_rules_and_their_prices(real: bytes) -> None:
    own = case()
    best = ps.best_sets(own, "health_first")
    rows = sheet(real, "Rules and set")
    told = [str(row[0]) for row in rows]
    assert best.sentence in told
    names = {one.id: one.name for one in own.candidates}
    at = told.index("Partner")
    assert told[at + 1 : at + 4] == [names[one] for one in best.best]
    rule = rows[told.index(best.sentences[0])]
    assert rule[2] == "yes"
    assert isinstance(rule[3], float)
    sections = ["The best set", "How surely each candidate is in the best set", "The rules", "The gates"]
    assert sorted(map(told.index, sections)) == [told.index(one) for one in sections]


def test_without_a_set_the_rules_stand_alone() -> None:
    own = table(
        {"alpha": {"a": 60}, "beta": {"a": 50}},
        set_rules=[
            {"id": "two", "kind": "size", "at_least": 2, "at_most": 2},
            {"id": "both", "kind": "together", "candidates": ["alpha", "beta"], "active": False, "why": "They asked."},
        ],
    )
    rows = [row for row in sheet(made(own), "Rules and set") if row[0]]
    assert [row[:3] for row in rows[-2:]] == [
        ["Exactly 2 partners join", "two", "yes"],
        ["Alpha and Beta join both or neither", "both", "off"],
    ]
    assert rows[-1][5] == "They asked."
    assert "The best set" not in [row[0] for row in rows]


HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://evil.example/","x")', "\t=1", "{=1+1}", "＝1+1")


def hostile() -> Decision:
    leaf = {**measured("a"), "title": "=cmd|' /C calc'!A0", "question": "-2+3"}
    content = criteria(("goal", [leaf]), title='=R&D &P "it"', about="@SUM(1)")
    content["goals"][0]["title"] = "+goal"
    content["viewpoints"][0]["title"] = "=viewpoint"
    sources = ("javascript:alert(1)", "file:///etc/passwd", "internal:Values!A1", "https://example.org/a b", "=2+2")
    return decision(
        content,
        *(
            organisation(
                f"one{at}",
                {"criterion": "a", "value": 10 + at, "source": source, "note": "=3+3"},
                name=name.strip() or "x",
                region="=region",
                facts=[{"id": "f", "field": "f", "value": "=4+4", "unit": "-", "source": "http://[bad"}],
            )
            for at, (name, source) in enumerate(zip(HOSTILE, [*sources, *sources], strict=False))
        ),
    )


def test_no_text_becomes_a_formula_or_an_unasked_link() -> None:
    own = hostile()
    clean = made(table({f"one{at}": {"a": 10 + at} for at in range(len(HOSTILE))}))
    data = made(own, best=ps.best_sets(own, "equal"))
    assert formulas(data) == formulas(clean)
    assert [row[0] for row in sheet(data, "Values")[FIRST:]] == [one.name for one in own.candidates]
    assert sheet(data, "Weights")[6][0] == "=cmd|' /C calc'!A0"
    links = [re.findall(r'Target="([^"]*)" TargetMode="External"', text) for text in parts(data).values()]
    assert [link for found in links for link in found] == []
    inside = re.findall(r"<hyperlink [^>]*>", "".join(parts(data).values()))
    assert len(inside) == len(SHEETS) - 1
    assert all("location=" in one and "r:id" not in one for one in inside)


def test_text_that_looks_like_a_formula_stays_text_when_its_cell_is_edited() -> None:
    texts = parts(made(hostile()))
    formats = texts["xl/styles.xml"].split("<cellXfs", 1)[1].split("</cellXfs")[0].split("<xf ")[1:]
    quoted = [at for at, one in enumerate(formats) if 'quotePrefix="1"' in one]
    named = re.findall(r'<c r="A\d+" s="(\d+)" t="inlineStr"><is><t>[=+@-]', "".join(texts.values()))
    styles = [int(found) for found in named]
    assert styles
    assert set(styles) <= set(quoted)


def test_web_addresses_are_links_up_to_the_length_that_a_workbook_allows() -> None:
    long = "https://example.org/" + "a" * 3_000
    own = decision(
        criteria(("goal", [measured("a")])),
        organisation("alpha", {"criterion": "a", "value": 1, "source": "https://example.org/?a=1&b=2#there"}),
        organisation("beta", {"criterion": "a", "value": 1, "source": long}),
    )
    data = made(own)
    links = re.findall(r'Target="(http[^"]*)" TargetMode', parts(data)["xl/worksheets/_rels/sheet7.xml.rels"])
    assert set(links) == {"https://example.org/?a=1&amp;b=2"}
    assert column(sheet(data, "Evidence"), "Source") == ["https://example.org/?a=1&b=2#there", long]


def test_beyond_the_number_of_links_that_a_sheet_allows_addresses_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_MOST_LINKS", 3)
    said = [{"criterion": "a", "value": at, "as_of": f"20{at:02}"} for at in range(1, 9)]
    data = made(decision(criteria(("goal", [measured("a")])), organisation("alpha", *said)))
    assert parts(data)["xl/worksheets/sheet7.xml"].count("<hyperlink ") == 3
    assert set(column(sheet(data, "Evidence"), "Source")) == {"https://example.org/"}


def test_an_ampersand_in_the_title_is_no_command_to_the_printer() -> None:
    header = re.findall(r"<oddHeader>(.*?)</oddHeader>", parts(made(hostile()))["xl/worksheets/sheet1.xml"])
    assert header == ['&amp;L&amp;9 =R&amp;&amp;D &amp;&amp;P "it"&amp;R&amp;9 About']


def test_points_can_be_written_and_formulas_cannot() -> None:
    own = table({"alpha": {"a": 60, "b": 20}})
    texts = parts(made(own))
    formats = texts["xl/styles.xml"].split("<cellXfs", 1)[1].split("</cellXfs")[0].split("<xf ")[1:]
    open_formats = {at for at, one in enumerate(formats) if 'locked="0"' in one}
    free = {
        name: [where for where, style in re.findall(r'<c r="(\w+)" s="(\d+)"', text) if int(style) in open_formats]
        for name, text in texts.items()
        if name.startswith("xl/worksheets/sheet")
    }
    assert {name: cells for name, cells in free.items() if cells} == {"xl/worksheets/sheet2.xml": ["B6", "B7", "B8"]}
    locked = [name[-5] for name, text in texts.items() if "<sheetProtection" in text]
    assert locked == ["2", "3", "4", "5", "6"]
    assert "password" not in "".join(re.findall(r"<sheetProtection[^>]*>", "".join(texts.values())))
    assert '<dataValidation type="decimal"' in texts["xl/worksheets/sheet2.xml"]
    assert 'sqref="B6:B8"><formula1>0</formula1><formula2>100</formula2>' in texts["xl/worksheets/sheet2.xml"]


def test_every_sheet_is_set_up_for_paper(real: bytes) -> None:
    texts = [text for name, text in parts(real).items() if name.startswith("xl/worksheets/sheet")]
    assert len(texts) == len(SHEETS)
    for text in texts:
        assert 'orientation="landscape"' in text
        assert '<pageSetUpPr fitToPage="1"' in text
        assert "<oddFooter>&amp;L&amp;9 PartnerSelect " in text


def test_the_chart_stacks_goals_and_what_is_assumed_for_thirty_candidates_at_most() -> None:
    own = table({f"one{at:02}": {"a": float(at)} for at in range(40)})
    chart = parts(made(own))["xl/charts/chart1.xml"]
    assert '<c:grouping val="stacked"' in chart
    assert chart.count("<c:ser>") == 2
    assert "Ranking!$B$6:$B$35" in chart
    assert "first 30 of 40" in chart


def test_names_in_any_european_script_and_of_any_length_come_back_as_they_are() -> None:
    names = [
        "Žilinský þing Øl ßçñőşðł",
        "Ένωση Φωτονικής",
        "Клъстер Ъглы",
        "N" * 120,
        "Zoë’s “best” <b>&amp;</b>",
        "_x0041_",
    ]
    own = decision(
        criteria(("goal", [measured("a")])), *(organisation(f"o{at}", name=name) for at, name in enumerate(names))
    )
    data = made(own)
    assert [row[0] for row in sheet(data, "Contributions")[FIRST:]] == names
    assert [row[1] for row in sheet(data, "Ranking")[5:]] == names


def test_characters_that_no_workbook_can_hold_are_replaced() -> None:
    own = decision(criteria(("goal", [measured("a")])), organisation("alpha", name="a\ufffeb\x00c"))
    data = made(own)
    assert sheet(data, "Values")[FIRST][0] == "a\ufffdb\ufffdc"
    assert sheet(data, "Ranking")[5][1] == "a\ufffdb\ufffdc"


def test_sixty_criteria_in_twelve_goals_have_a_column_each() -> None:
    goals = [(f"g{goal}", [measured(f"c{goal}_{at}") for at in range(5)]) for goal in range(12)]
    own = decision(criteria(*goals), *(organisation(f"o{at}", {"criterion": "c3_2", "value": at}) for at in range(3)))
    data = made(own)
    row = sheet(data, "Contributions")[FIRST]
    assert sum(float(one) for one in row[9:69]) == pytest.approx(row[1])
    assert parts(data)["xl/charts/chart1.xml"].count("<c:ser>") == 13


def test_a_decision_without_candidates_has_a_workbook_too() -> None:
    own = decision(criteria(("goal", [measured("a")])))
    data = made(own)
    assert sheet(data, "Ranking")[2][0] == "No candidate passes the gates."
    assert sheet(data, "Weights")[5][1] == 50
    assert "xl/charts/chart1.xml" not in parts(data)


def test_candidates_that_failed_a_gate_are_named_and_not_ranked() -> None:
    gate = {"id": "kind", "title": "Health only", "rule": "Health", "attribute": "kind", "one_of": ["health"]}
    own = decision(
        criteria(("goal", [measured("a")]), gates=[gate]),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation("beta", {"criterion": "a", "value": 90}, kind="photonics"),
    )
    data = made(own)
    assert [row[1] for row in sheet(data, "Ranking")[5:]] == ["Alpha"]
    assert {row[0]: row[1] for row in sheet(data, "About")}["Failed a gate"] == "Beta"
    assert column(sheet(data, "Evidence"), "Candidate") == ["Alpha", "Beta"]
    gates = next(row for row in sheet(data, "Rules and set") if row[0] == "Health only")
    assert gates[1:4] == [1, 1, 0]
