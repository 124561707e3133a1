"""What the models refuse, in plain words with the right line."""

from __future__ import annotations

import pytest

from partnerselect.model import Evidence, Thresholds

NUMBER = "write a number such as 12.5: no unit, no thousands separator, not in quotes"
RANGE = "write the number, and the doubt as a range: value: 400, low: 380, high: 420"
EVIDENCE = ", ".join(Evidence.model_fields)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "schema_version: 1",
            "schema_version: 2",
            "1 schema_version: 2 is not a version that can be read -> write schema_version: 1",
        ),
        ("as_of: 2017-05-31", "as_of: 2017-05", "5 as_of: '2017-05' is not a date -> write the day as 2017-05-31"),
        (
            "as_of: 2017-05-31",
            "as_of: 2017-05-32",
            "5 as_of: '2017-05-32' is not a day of the calendar -> write the day as 2017-05-31",
        ),
        ("as_of: 2017-05-31", "as_of: 20170531", "5 as_of: 20170531 is not a date -> write the day as 2017-05-31"),
        ("as_of: 2017-05-31", "as_of:", "5 as_of: nothing stands here -> write the day as as_of: 2017-05-31"),
        (
            "kind: measured",
            "kind: measure",
            (
                "33 goals[1].criteria[0].scale: a block of keys does not say which kind of scale it is"
                " -> write kind: measured, kind: levels or kind: items"
            ),
        ),
        (
            "points: [[0, 0], [100, 1]]",
            "points: [[0, 0], [100, 0.5]]",
            (
                "37 goals[1].criteria[0].scale.value_function: no breakpoint has value 0, or none has 1"
                " -> give one each, a weight is worth that swing"
            ),
        ),
        (
            "points: [[0, 0], [100, 1]]",
            "points: [[0, 0], [100]]",
            "38 goals[1].criteria[0].scale.value_function.points[1][1]: is missing -> write both: [first, second]",
        ),
        (
            "points: [[0, 0], [100, 1]]",
            "points: [[0, 0], [1e400, 1]]",
            f"38 goals[1].criteria[0].scale.value_function.points[1][0]: '1e400' is not a number -> {NUMBER}",
        ),
        (
            "points: [[0, 0], [100, 1]]",
            "points: []",
            "38 goals[1].criteria[0].scale.value_function.points: a list has 0 entries -> write at least 2",
        ),
        (
            "points: [[0, 0], [100, 1]]",
            "ponits: [[0, 0], [100, 1]]",
            (
                "38 goals[1].criteria[0].scale.value_function.ponits: there is no 'ponits' here"
                " -> did you mean points? allowed names are points"
            ),
        ),
        (
            "{level: 2, text: the core}",
            "{level: 3, text: the core}",
            "21 goals[0].criteria[1].scale: the levels are not numbered in order -> write 0, 1, 2, …, none left out",
        ),
        (
            "{level: 2, text: the core}",
            "{level: 2.5, text: the core}",
            (
                "26 goals[0].criteria[1].scale.levels[2].level: 2.5 is not a whole number"
                " -> write a whole number such as 3"
            ),
        ),
        ("at_most: 2", "at_most: -1", "42 set_rules[0].at_most: -1 is too small -> write at least 0"),
        ("fit: 50,", "fit: 101,", "48 viewpoints[0].points.fit: 101 is too large -> write at most 100"),
        ("fit: 50,", "fit: '50',", f"48 viewpoints[0].points.fit: '50' is not a number -> {NUMBER}"),
        ("question: Who joins?", "question: true", "4 question: true is not text -> put it in quotes: 'true'"),
        (
            "question: Who joins?",
            "question: [Who]",
            "4 question: a list stands where text belongs -> write it in one line: question: …",
        ),
        ("question: Who joins?", "question: ' '", "4 question: ' ' is empty -> write the text, or take the line out"),
        ("goals:\n", "verdict: {near: 2}\ngoals:\n", "6 verdict.near: 2 is too large -> write at most 1"),
        ("goals:\n", "verdict: {near: -0.1}\ngoals:\n", "6 verdict.near: -0.1 is too small -> write at least 0"),
        ("goals:\n", "verdict: {near: yes}\ngoals:\n", f"6 verdict.near: 'yes' is not a number -> {NUMBER}"),
        ("goals:\n", "verdict: {near: 10 %}\ngoals:\n", f"6 verdict.near: '10 %' is not a number -> {NUMBER}"),
        (
            "goals:\n",
            "verdict:\n  near:\ngoals:\n",
            "7 verdict.near: nothing stands here -> fill it in, or take the line out",
        ),
        (
            "goals:\n",
            "verdict:\n  tie_withn: 0.01\ngoals:\n",
            (
                "7 verdict.tie_withn: there is no 'tie_withn' here -> did you mean tie_within?"
                f" allowed names are {', '.join(Thresholds.model_fields)}"
            ),
        ),
        (
            "goals:\n",
            "verdict: robust\ngoals:\n",
            (
                "6 verdict: 'robust' stands where keys belong"
                " -> write one line 'key: value' for each thing that is known"
            ),
        ),
        (
            "candidates: [alpha]",
            "candidates: alpha",
            "43 set_rules[1].candidates: 'alpha' is not a list -> begin each entry with '- ', or write [first, second]",
        ),
    ],
)
def test_criteria_file(folder, old, new, message):
    folder.change("criteria", old, new)
    assert f"small.yaml:{message}" in folder.told()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: health", "kinds: health", "1 kind: is missing -> write what it is in one word: photonics, health"),
        ("name: Alpha cluster", "name:", "3 name: nothing stands here -> fill it in, or take the line out"),
        ("country: FR", "country: false", "5 country: false is not text -> put it in quotes: 'false'"),
        (
            "country: FR",
            "country: France",
            "5 country: 'France' is not a country code -> write two capital letters: FR; two countries as DE/PL",
        ),
        (
            "region: Somewhere",
            "region: Somewhere\nrole: membr",
            "7 role: 'membr' is not allowed here -> did you mean member? allowed words are candidate, member",
        ),
        ("passed: true", "passed: yes", "8 gates[0].passed: 'yes' is neither true nor false -> write true or false"),
        (
            "value: 40, unit",
            "value: true, unit",
            (
                "10 facts[0].value: true is neither a number nor text"
                " -> write a number, or text in quotes, or null where nothing was found"
            ),
        ),
        (
            "value: 40, unit",
            "value: [40], unit",
            (
                "10 facts[0].value: a list is neither a number nor text"
                " -> write a number, or text in quotes, or null where nothing was found"
            ),
        ),
        ("    value: 40\n", "    value: '40'\n", f"13 evidence[0].value: '40' is not a number -> {RANGE}"),
        ("    value: 40\n", "    value: true\n", f"13 evidence[0].value: true is not a number -> {RANGE}"),
        ("    value: 40\n", "    value: .nan\n", f"13 evidence[0].value: '.nan' is not a number -> {RANGE}"),
        (
            "    value: 40\n",
            "    vaule: 40\n",
            f"13 evidence[0].vaule: there is no 'vaule' here -> did you mean value? allowed names are {EVIDENCE}",
        ),
        (
            "    value: 40\n",
            "    value: 40\n    low: 50\n    high: 60\n",
            "12 evidence[0]: low, value and high are out of order -> write low <= value <= high",
        ),
        (
            "    value: 40\n",
            "    value:\n",
            (
                "12 evidence[0]: it says nothing, or several things"
                " -> write a value (or low, high), or items, or a status"
            ),
        ),
        (
            "    as_of: 2016-10\n",
            "    as_of: 2016-13\n",
            "15 evidence[0].as_of: '2016-13' is not a date -> write the date as 2016, 2016-10 or 2016-10-05",
        ),
        ("grade: b", "grade: e", "16 evidence[0].grade: 'e' is not allowed here -> allowed words are a, b, c, d"),
        ("grade: b", "grade:", "16 evidence[0].grade: nothing stands here -> write grade: a, b, c or d"),
        (
            "    reason: the page names it\n",
            "",
            "18 evidence[1]: a signed judgement has no reason -> write it as reason: …",
        ),
        (
            "judged_on: 2017-05-01",
            "judged_on: 2017",
            "22 evidence[1].judged_on: 2017 is not a date -> write the day as 2017-05-31",
        ),
    ],
)
def test_candidate_file(folder, old, new, message):
    folder.change("alpha", old, new)
    assert f"alpha.yaml:{message}" in folder.told()


@pytest.mark.parametrize(
    ("written", "read"), [("1.50", "1.5"), ("2016", "2016"), ("NO", "NO"), ("'1.50'", "1.50"), ("yes", "yes")]
)
def test_a_number_in_a_text_is_taken_as_text(folder, written, read):
    folder.change("alpha", "region: Somewhere", f"region: {written}")
    assert folder.read().candidates[0].region == read


@pytest.mark.parametrize("written", ["2016", "'2016'", "2016-10", "2016-10-05"])
def test_dates_as_far_as_they_are_known(folder, written):
    folder.change("alpha", "    as_of: 2016-10\n", f"    as_of: {written}\n")
    assert folder.read().candidates[0].evidence[0].as_of == written.strip("'")


def test_a_file_that_is_a_list_is_told(folder):
    folder.write("beta", "- id: beta\n")
    mend = "write one line 'key: value' for each thing that is known"
    assert folder.told() == [(f"beta.yaml:1 : a list stands where keys belong -> {mend}")]
