"""The questions to take away: by candidate, harmless in a spreadsheet, discreet in a letter."""

from __future__ import annotations

import csv
import io

from partnerselect.analysis.ask_next import AskNext, ask_next
from partnerselect.reports.questions import questions_csv, questions_text
from tests.builders import criteria, decision, measured, organisation, table


def made() -> AskNext:
    # Gamma's a is worth more than Beta's b, so Gamma comes first, and each one's questions stay together.
    values: dict[str, dict[str, float | None]] = {
        "alpha": {"a": 60, "b": 60},
        "beta": {"a": 50, "b": None},
        "gamma": {"a": None, "b": None},
    }
    return ask_next(table(values), {"a": 60, "b": 40})


def test_the_table_has_each_candidates_questions_together_and_room_for_answers() -> None:
    rows = list(csv.DictReader(io.StringIO(questions_csv(made()))))
    assert [(row["candidate"], row["criterion"]) for row in rows] == [("Gamma", "a"), ("Gamma", "b"), ("Beta", "b")]
    first = rows[0]
    assert (first["question"], first["known today"]) == ("How much a?", "unknown")
    assert (first["chance of changing the choice, %"], first["worth, points of 100"]) == ("33.3", "3.33")
    assert [first[name] for name in ("answer", "source", "date")] == ["", "", ""]


def test_hostile_names_titles_and_questions_are_harmless() -> None:
    leaf = {**measured("a"), "title": "=cmd|' /C calc'!A0", "question": "-2+3\n@SUM(1)"}
    hostile = decision(
        criteria(("goal", [leaf])),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation("beta", name='@SUM(1,"2")\n=3'),
    )
    result = ask_next(hostile, "equal")
    rows = list(csv.reader(io.StringIO(questions_csv(result))))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[1][2] == "'-2+3 @SUM(1)"


def test_the_letter_asks_and_does_not_say_what_an_answer_is_worth() -> None:
    told = questions_text(made())
    assert told == "Gamma\n-----\n1. How much a?\n2. How much b?\n\nBeta\n----\n1. How much b?\n"


def test_the_letter_says_what_is_known_already() -> None:
    doubtful = decision(
        criteria(("goal", [measured("a")])),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation("beta", {"criterion": "a", "value": 50, "low": 40, "high": 80}),
    )
    told = questions_text(ask_next(doubtful, "equal"))
    assert told == "Beta\n----\n1. How much a?\n   Known so far: 50 companies (40 to 80).\n"


def test_two_candidates_of_one_name_are_kept_apart() -> None:
    twins = decision(
        criteria(("goal", [measured("a")])),
        organisation("alpha", {"criterion": "a", "value": 60}),
        organisation("beta", name="Twin"),
        organisation("gamma", name="Twin"),
    )
    assert questions_text(ask_next(twins, "equal")).count("Twin\n----\n") == 2


def test_nothing_to_ask_is_an_empty_letter_and_a_heading() -> None:
    result = ask_next(table({"alpha": {"a": 60}, "beta": {"a": 50}}), "equal")
    assert questions_text(result) == ""
    assert len(questions_csv(result).splitlines()) == 1
