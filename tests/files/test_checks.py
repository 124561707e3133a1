"""What must hold between the parts of a decision: one trap, one message, one line."""

from __future__ import annotations

import pytest

CRITERIA_TRAPS = [
    (
        "a criterion named like a goal",
        ("- id: depth", "- id: reach"),
        (
            "small.yaml:18 goals[0].criteria[1].id: 'reach' is already the id of a goal or criterion, in line 27"
            " -> give each its own id"
        ),
    ),
    (
        "two viewpoints of one id",
        (
            "viewpoints:\n",
            "viewpoints:\n  - {id: equal, title: E, points: {fit: 1, areas: 1, depth: 1, reach: 1, companies: 1}}\n",
        ),
        (
            "small.yaml:47 viewpoints[1].id: 'equal' is already the id of a viewpoint, in line 46"
            " -> give each its own id"
        ),
    ),
    (
        "two gates of one id",
        ("gates:\n", "gates:\n  - {id: legal_entity, title: L, rule: R}\n"),
        (
            "small.yaml:41 gates[1].id: 'legal_entity' is already the id of a gate or set rule, in line 40"
            " -> give each its own id"
        ),
    ),
    (
        "two items of one id",
        ("{id: diagnostics, title", "{id: imaging, title"),
        (
            "small.yaml:17 goals[0].criteria[0].scale.items[1].id: 'imaging' is already the id of an item, in line 16"
            " -> give each its own id"
        ),
    ),
    (
        "an item whose id says something else in a spreadsheet",
        ("{id: diagnostics, title", "{id: none, title"),
        (
            "small.yaml:17 goals[0].criteria[0].scale.items[1].id: 'none' has a meaning of its own in the cells of a"
            " spreadsheet -> give the item a longer id"
        ),
    ),
    (
        "a viewpoint that forgets somebody",
        (", reach: 50, companies: 50", ""),
        (
            "small.yaml:48 viewpoints[0].points: no points for reach, companies"
            " -> write points for every goal and criterion; 0 where it does not matter"
        ),
    ),
    (
        "a viewpoint that names a stranger",
        ("companies: 50}", "companies: 50, compnies: 50}"),
        (
            "small.yaml:48 viewpoints[0].points.compnies: there is no goal or criterion 'compnies'"
            " -> did you mean companies? goals and criteria are fit, areas, depth, reach, companies"
        ),
    ),
    (
        "all points zero",
        (
            "{fit: 50, areas: 50, depth: 50, reach: 50, companies: 50}",
            "{fit: 0, areas: 0, depth: 0, reach: 0, companies: 0.0}",
        ),
        (
            "small.yaml:48 viewpoints[0].points: all points are 0, so nothing would count"
            " -> give at least one goal and one of its criteria more than 0"
        ),
    ),
    (
        "points only where the other level has none",
        (
            "{fit: 50, areas: 50, depth: 50, reach: 50, companies: 50}",
            "{fit: 9, areas: 0, depth: 0, reach: 0, companies: 9}",
        ),
        (
            "small.yaml:48 viewpoints[0].points: all points are 0, so nothing would count"
            " -> give at least one goal and one of its criteria more than 0"
        ),
    ),
    (
        "a quota that nobody can meet",
        ("kind: size, at_most: 2}", "kind: quota, attribute: kind, value: health, at_least: 2, at_most: 1}"),
        "small.yaml:42 set_rules[0]: at_least 2 is above at_most 1 -> lower the one, or raise the other",
    ),
    (
        "a rule that limits nothing",
        ("kind: size, at_most: 2}", "kind: size}"),
        "small.yaml:42 set_rules[0]: the rule limits nothing -> write at_least, or at_most, or both",
    ),
    (
        "two sizes",
        ("kind: must, candidates: [alpha]}", "kind: size, at_least: 1}"),
        (
            "small.yaml:43 set_rules[1]: the size of a set is already limited in line 42"
            " -> keep one of them, or write both ends into one rule"
        ),
    ),
    (
        "a rule with the id of a gate",
        ("id: with_alpha", "id: legal_entity"),
        (
            "small.yaml:43 set_rules[1].id: 'legal_entity' is already the id of a gate or set rule, in line 40"
            " -> give each its own id"
        ),
    ),
    (
        "a rule of no kind",
        ("{id: with_alpha, kind: must,", "{id: with_alpha,"),
        (
            "small.yaml:43 set_rules[1]: a block of keys does not say which kind of rule it is -> write kind: and one "
            "of size, quota, different, each, must, must_not, together, not_together or budget"
        ),
    ),
    (
        "a pair of one",
        ("candidates: [alpha, beta]", "candidates: [alpha, alpha]"),
        "small.yaml:44 set_rules[2]: both candidates are the same -> name two different ones",
    ),
    (
        "a pair of three",
        ("candidates: [alpha, beta]", "candidates: [alpha, beta, alpha]"),
        "small.yaml:44 set_rules[2].candidates: a list has 3 entries -> write at most 2",
    ),
    (
        "an attribute that organisations do not have",
        ("kind: size, at_most: 2}", "kind: each, attribute: city, at_most: 1}"),
        ("small.yaml:42 set_rules[0].attribute: 'city' is not allowed here -> allowed words are kind, country, region"),
    ),
    (
        "a budget over nothing",
        ("kind: size, at_most: 2}", "kind: budget, amount: fee, unit: EUR, at_most: 9}"),
        (
            "small.yaml:42 set_rules[0].amount: no candidate has an amount 'fee' -> write amounts: with id: fee, "
            "value, unit and source into the candidates' files"
        ),
    ),
    (
        "rules as they were written before they had ids",
        (
            (
                "  - {id: at_most_two, kind: size, at_most: 2}\n  - {id: with_alpha, kind: must, candidates: [alpha]}\n"
                "  - {id: not_both, kind: not_together, candidates: [alpha, beta]}\n"
            ),
            "  size_at_most: 2\n",
        ),
        (
            "small.yaml:41 set_rules: a block of keys is not a list of rules -> begin each rule with '- id: …', then "
            "kind: size, quota, …, and what it limits"
        ),
    ),
    (
        "a must that nobody knows",
        ("candidates: [alpha]", "candidates: [alfa]"),
        (
            "small.yaml:43 set_rules[1].candidates[0]: there is no candidate 'alfa'"
            " -> did you mean alpha? candidates are alpha, beta"
        ),
    ),
    (
        "a stranger in a pair",
        ("candidates: [alpha, beta]", "candidates: [alpha, betta]"),
        (
            "small.yaml:44 set_rules[2].candidates[1]: there is no candidate 'betta'"
            " -> did you mean beta? candidates are alpha, beta"
        ),
    ),
    (
        "a member among the rules",
        ("candidates: [alpha]", "candidates: [gamma]"),
        (
            "small.yaml:43 set_rules[1].candidates[0]: 'gamma' is a member, not a candidate"
            " -> take it out: members are in every set"
        ),
    ),
]

AMOUNTS = """\
amounts:
  - {id: fee, value: 3, unit: EUR, source: https://example.org/fees}
  - {id: fee, value: 4, unit: USD, source: https://example.org/fees}
"""
FACT = "  - {id: f1, field: members_total,"
CANDIDATE_TRAPS = [
    (
        "an id unlike the name of its file",
        ("id: alpha\n", "id: alfa\n"),
        "alpha.yaml:2 id: the id 'alfa' is not the name of the file -> write id: alpha, or name the file alfa.yaml",
    ),
    (
        "two facts of one id",
        ("evidence:\n", "  - {id: f1, field: x, value: 1, unit: x, source: s}\nevidence:\n"),
        "alpha.yaml:11 facts[1].id: 'f1' is already the id of a fact, in line 10 -> give each its own id",
    ),
    (
        "a fact about no criterion",
        ("criteria: [companies]", "criteria: [depth, company]"),
        (
            "alpha.yaml:10 facts[0].criteria[1]: there is no criterion 'company'"
            " -> did you mean companies? criteria are areas, depth, companies"
        ),
    ),
    (
        "a goal where a criterion belongs",
        ("- criterion: depth", "- criterion: fit"),
        "alpha.yaml:18 evidence[1].criterion: there is no criterion 'fit' -> criteria are areas, depth, companies",
    ),
    (
        "a fact that is not there",
        ("    facts: [f1]\n", "    facts: [f1, f2]\n"),
        "alpha.yaml:24 evidence[1].facts[1]: there is no fact 'f2' -> facts of this file are f1",
    ),
    (
        "a gate that is not there",
        ("gate: legal_entity", "gate: legal_entty"),
        (
            "alpha.yaml:8 gates[0].gate: there is no gate 'legal_entty'"
            " -> did you mean legal_entity? gates are legal_entity"
        ),
    ),
    (
        "a gate with two results of one date",
        ("facts:\n", "  - {gate: legal_entity, passed: false, as_of: 2016}\nfacts:\n"),
        (
            "alpha.yaml:9 gates[1].gate: the gate 'legal_entity' has two results of the same date"
            " -> keep one of the two, or date them"
        ),
    ),
    (
        "items on a scale of levels",
        ("    value: 1\n", "    items: [imaging]\n"),
        (
            "alpha.yaml:19 evidence[1].items: the criterion counts no items: its scale is levels"
            " -> write value: a number, or low: and high:"
        ),
    ),
    (
        "an item that is not on the list",
        ("items: [imaging]", "items: [imagin]"),
        (
            "alpha.yaml:26 evidence[2].items[0]: there is no item 'imagin'"
            " -> did you mean imaging? items are imaging, diagnostics"
        ),
    ),
    (
        "a possible item that is not on the list",
        ("possible: [diagnostics]", "possible: [x]"),
        "alpha.yaml:27 evidence[2].possible[0]: there is no item 'x' -> items are imaging, diagnostics",
    ),
    (
        "an item that is both documented and only possible",
        ("possible: [diagnostics]", "possible: [imaging]"),
        (
            "alpha.yaml:27 evidence[2].possible[0]: 'imaging' is named twice"
            " -> name each item once: in items where it is documented, in possible where it is hinted at"
        ),
    ),
    (
        "a level above the top",
        ("    value: 1\n", "    value: 2.5\n"),
        "alpha.yaml:19 evidence[1].value: 2.5 is outside the scale of levels -> write a number from 0 to 2",
    ),
    (
        "a level below zero",
        ("    value: 1\n", "    low: -1\n    high: 2\n"),
        "alpha.yaml:19 evidence[1].low: -1 is outside the scale of levels -> write a number from 0 to 2",
    ),
    (
        "more items than there are",
        ("    items: [imaging]\n    possible: [diagnostics]\n", "    low: 1\n    high: 3\n"),
        "alpha.yaml:27 evidence[2].high: 3 is outside the scale of items -> write a number from 0 to 2",
    ),
    (
        "a count of nobody knows whom",
        ("    basis: members\n", ""),
        (
            "alpha.yaml:12 evidence[0].basis: is missing: the criterion counts members"
            " -> write basis: members, ecosystem or organisation"
        ),
    ),
]


@pytest.mark.parametrize(
    ("change", "message"), [trap[1:] for trap in CRITERIA_TRAPS], ids=[t[0] for t in CRITERIA_TRAPS]
)
def test_traps_of_a_criteria_file(folder, change, message):
    folder.change("criteria", *change)
    assert message in folder.told()


@pytest.mark.parametrize(
    ("change", "message"), [trap[1:] for trap in CANDIDATE_TRAPS], ids=[t[0] for t in CANDIDATE_TRAPS]
)
def test_traps_of_a_candidate_file(folder, change, message):
    folder.change("alpha", *change)
    assert [told for told in folder.told() if told.startswith("alpha.yaml")] == [message]


def test_two_files_of_one_organisation(folder):
    (folder.candidates / "alpha.yml").write_text(folder.texts["alpha"], encoding="utf-8")
    first = folder.path("alpha")
    assert folder.told() == [
        f"alpha.yml:2 id: 'alpha' is already the id in {first} -> keep one file for each organisation"
    ]


JUDGEMENT = """\
  - criterion: depth
    value: 2
    grade: c
    by: a reader
    judged_on: {day}
    reason: another look
"""


def test_one_person_judges_a_criterion_once_a_day(folder):
    folder.write("alpha", folder.texts["alpha"] + JUDGEMENT.format(day="2017-05-01"))
    assert folder.told() == [
        (
            "alpha.yaml:30 evidence[3]: a reader judges 'depth' twice on one date, first in line 18"
            " -> keep one of the two, or date them: judged_on: 2017-05-31"
        )
    ]


def test_one_person_may_judge_again_on_another_day(folder):
    folder.write("alpha", folder.texts["alpha"] + JUDGEMENT.format(day="2017-05-02"))
    assert len(folder.read().candidates[0].evidence) == 4


def test_another_basis_or_unit_is_kept_to_be_shown(folder):
    folder.change("alpha", "    basis: members\n", "    basis: ecosystem\n    unit: members and friends\n")
    assert folder.read().candidates[0].evidence[0].basis == "ecosystem"


def test_a_refusal_counts_nothing_and_needs_no_basis(folder):
    folder.change("alpha", "    value: 40\n    basis: members\n", "    status: refused\n")
    assert folder.read().candidates[0].evidence[0].status == "refused"


def test_a_measured_scale_takes_any_finite_number(folder):
    folder.change("alpha", "    value: 40\n", "    value: 1e300\n")
    assert folder.read().candidates[0].evidence[0].value == 1e300


def test_a_broken_scale_hides_no_other_trap(folder):
    folder.change("criteria", "kind: levels", "kind: level")
    folder.change("alpha", "- criterion: companies", "- criterion: company")
    folder.change("alpha", "    value: 1\n", "    value: 99\n")
    assert [told.partition(" -> ")[0] for told in folder.told()] == [
        "small.yaml:21 goals[0].criteria[1].scale: a block of keys does not say which kind of scale it is",
        "alpha.yaml:12 evidence[0].criterion: there is no criterion 'company'",
    ]


def test_a_broken_tree_puts_no_blame_on_those_who_name_its_parts(folder):
    folder.change("criteria", "- id: companies", "- id: Companies Reached")
    assert [told.partition(" -> ")[0] for told in folder.told()] == [
        "small.yaml:30 goals[1].criteria[0].id: 'Companies Reached' cannot be a name to refer to"
    ]


def test_a_budget_tells_who_gives_its_amount_in_another_unit(folder):
    folder.change("criteria", "kind: size, at_most: 2}", "kind: budget, amount: fee, unit: EUR, at_most: 9}")
    folder.write("beta", folder.path("beta").read_text() + AMOUNTS)
    assert folder.told() == [
        "beta.yaml:9 amounts[1].unit: 'fee' is in USD; the rule adds up EUR -> give it in EUR, or change the rule"
    ]


def test_a_budget_over_an_amount_that_nobody_has_says_which_there_are(folder):
    folder.change("criteria", "kind: size, at_most: 2}", "kind: budget, amount: fees, unit: EUR, at_most: 9}")
    folder.write("beta", folder.path("beta").read_text() + AMOUNTS.replace("USD", "EUR"))
    (told,) = folder.told()
    assert told == (
        "small.yaml:42 set_rules[0].amount: no candidate has an amount 'fees' -> did you mean fee? amounts are fee"
    )


def test_an_unreadable_candidate_is_not_missed_by_the_set_rules(folder):
    folder.write("alpha", "id: [")
    (told,) = folder.told()
    assert told.startswith("alpha.yaml:2 : a value is missing here")


def test_what_follows_from_a_refused_alias_is_not_told_again(folder):
    folder.change("alpha", "name: Alpha cluster", "name: *x")
    (told,) = folder.told()
    assert told.startswith("alpha.yaml:3 name: *x is an alias")
