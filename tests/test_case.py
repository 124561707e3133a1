"""The real case: nothing that is documented got lost, and no judgement knows more than its date allows."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import partnerselect as ps
from partnerselect.analysis.evidence import performance
from partnerselect.model import Candidate, Decision, Evidence, Fact, ItemsScale

ROOT = Path(__file__).resolve().parents[1]

# Number of facts of each organisation, counted once in the collected material.
FACTS = {
    "alpha_rlh": 11,
    "atlanpole_bio": 5,
    "bayern_photonics": 2,
    "biocat": 25,
    "biom": 9,
    "biovalley_fr": 5,
    "biowin": 13,
    "eurobiomed": 6,
    "flandersbio": 2,
    "hcp": 6,
    "hts": 8,
    "litek": 6,
    "lyonbiopole": 18,
    "medical_valley": 11,
    "medicen": 27,
    "minalogic": 4,
    "mva": 6,
    "opticsvalley": 7,
    "optecbb": 6,
    "optence": 16,
    "optitec": 19,
    "optonet": 10,
    "photonics_bretagne": 9,
    "photonics_bw": 7,
    "photonics_finland": 8,
    "photonicsweden": 6,
    "secpho": 11,
}

# SHA-256 of `canonical` over the collected material, taken before it was turned into candidate files.
DIGEST = "e7d9dc6c5128812d25035d1faf64d44ccc4a59cf320d279d8d2581ee80fa630d"

# The material numbers the criteria C1..C14, in the order of the criteria file.
CRITERIA = (
    "application_coverage",
    "healthcare_depth",
    "fills_gaps",
    "company_reach",
    "research_reach",
    "new_territory",
    "market_links",
    "delivery_record",
    "management_label",
    "team",
    "eu_record",
    "prior_ties",
    "commitment",
    "growth_services",
)

# Dated 2017, or undated, but known from the source to be later than 31 May 2017 (see docs/case.md).
LATER_THAN_THE_DECISION = {
    "biocat": {"f10"},
    "biowin": {"f07"},
    "lyonbiopole": {"f02", "f03", "f04", "f07", "f13"},
    "medicen": {"f03"},
    "optecbb": {"f03", "f04"},
    "optence": {"f07", "f08", "f09", "f13", "f15"},
    "optonet": {"f01", "f05", "f09"},
}


@pytest.fixture(scope="module")
def decision() -> Decision:
    return ps.read_decision(
        ROOT / "criteria" / "photonics-for-health.yaml", ROOT / "candidates" / "photonics-for-health"
    )


@pytest.fixture(scope="module")
def organisations(decision: Decision) -> list[Candidate]:
    return sorted([*decision.candidates, *decision.members], key=lambda organisation: organisation.id)


def canonical(organisation: str, fact: Fact) -> str:
    """One fact as one line: numbers as floats, the year alone, the criteria by their numbers."""
    return json.dumps(
        [
            organisation,
            fact.field,
            fact.value,
            fact.unit,
            None if fact.as_of is None else int(fact.as_of[:4]),
            fact.basis,
            fact.source,
            fact.note,
            [f"C{CRITERIA.index(criterion) + 1}" for criterion in fact.criteria],
        ],
        ensure_ascii=False,
    )


def judged(organisations: list[Candidate]) -> Iterator[tuple[str, Evidence]]:
    """Every judgement, with the id of the organisation that it is about."""
    for organisation in organisations:
        for evidence in organisation.evidence:
            yield organisation.id, evidence


def statement(evidence: Evidence) -> object:
    """What a judgement says: its documented items, or its range; hints and grade left aside."""
    if evidence.items is not None:
        return frozenset(evidence.items)
    low = evidence.value if evidence.low is None else evidence.low
    high = evidence.value if evidence.high is None else evidence.high
    return low, high, evidence.unit


def by_cell(organisations: list[Candidate], reader: str) -> dict[tuple[str, str], Evidence]:
    return {(id_, evidence.criterion): evidence for id_, evidence in judged(organisations) if evidence.by == reader}


def test_there_are_24_candidates_and_the_three_founders(decision: Decision) -> None:
    assert len(decision.candidates) == 24
    assert sorted(member.id for member in decision.members) == ["hts", "litek", "opticsvalley"]


def test_every_organisation_has_all_its_facts(organisations: list[Candidate]) -> None:
    assert {organisation.id: len(organisation.facts) for organisation in organisations} == FACTS
    assert sum(FACTS.values()) == 263


def test_facts_are_numbered_by_their_position(organisations: list[Candidate]) -> None:
    for organisation in organisations:
        numbered = [f"f{position:02d}" for position in range(len(organisation.facts))]
        assert [fact.id for fact in organisation.facts] == numbered


def test_facts_split_into_known_undated_and_later(organisations: list[Candidate]) -> None:
    classes = Counter(
        "undated" if fact.as_of is None else "known" if int(fact.as_of[:4]) <= 2017 else "later"
        for organisation in organisations
        for fact in organisation.facts
    )
    assert classes == {"known": 142, "undated": 66, "later": 55}


def test_no_fact_was_altered(organisations: list[Candidate]) -> None:
    lines = [canonical(one.id, fact) for one in organisations for fact in one.facts]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == DIGEST


def test_two_readers_judged_and_mostly_agree(organisations: list[Candidate]) -> None:
    first, second = by_cell(organisations, "first reading"), by_cell(organisations, "second reading")
    shared = first.keys() & second.keys()
    assert (len(first), len(second), len(shared)) == (146, 147, 144)
    assert sum(statement(first[cell]) == statement(second[cell]) for cell in shared) == 131
    assert len(list(judged(organisations))) == 146 + 147


def test_147_of_378_cells_hold_more_than_a_hint(decision: Decision, organisations: list[Candidate]) -> None:
    cells = {(id_, evidence.criterion) for id_, evidence in judged(organisations)}
    more = {(id_, evidence.criterion) for id_, evidence in judged(organisations) if evidence.items != ()}
    assert len(organisations) * len(decision.criteria) == 378
    assert len(more) == 147
    assert cells - more == {("minalogic", "application_coverage"), ("optitec", "market_links")}


def test_140_of_378_cells_are_scored(decision: Decision, organisations: list[Candidate]) -> None:
    known = Counter(
        performance(decision, organisation, criterion).status == "known"
        for organisation in organisations
        for criterion in decision.criteria
    )
    assert known == {True: 140, False: 238}


def test_a_judgement_gives_its_reason_and_its_day(organisations: list[Candidate]) -> None:
    for _, evidence in judged(organisations):
        assert evidence.reason
        assert evidence.judged_on == date(2017, 5, 31)
        assert evidence.facts or evidence.criterion == "new_territory"


def test_no_judgement_rests_on_what_was_known_only_later(organisations: list[Candidate]) -> None:
    dates = {(one.id, fact.id): fact.as_of for one in organisations for fact in one.facts}
    used = {(id_, fact) for id_, evidence in judged(organisations) for fact in evidence.facts}
    assert len(used) == 120
    assert all(int((dates[fact] or "2017")[:4]) <= 2017 for fact in used)
    assert not used & {(id_, fact) for id_, facts in LATER_THAN_THE_DECISION.items() for fact in facts}


def test_an_undated_fact_makes_an_undated_judgement(organisations: list[Candidate]) -> None:
    undated = {(one.id, fact.id) for one in organisations for fact in one.facts if fact.as_of is None}
    for id_, evidence in judged(organisations):
        assert evidence.is_undated or not undated & {(id_, fact) for fact in evidence.facts}


def test_nobody_is_judged_on_commitment(organisations: list[Candidate]) -> None:
    assert "commitment" not in {evidence.criterion for _, evidence in judged(organisations)}


def test_counts_with_another_basis_or_unit_are_these_seven_cells(
    decision: Decision, organisations: list[Candidate]
) -> None:
    scales = {criterion.id: criterion.scale for criterion in decision.criteria}
    unlike = {
        (id_, evidence.criterion)
        for id_, evidence in judged(organisations)
        if evidence.basis != scales[evidence.criterion].basis
        or evidence.unit not in (None, getattr(scales[evidence.criterion], "unit", None))
    }
    assert unlike == {
        ("alpha_rlh", "team"),
        ("biocat", "company_reach"),
        ("biocat", "research_reach"),
        ("biom", "company_reach"),
        ("biovalley_fr", "company_reach"),
        ("medicen", "team"),
        ("optonet", "company_reach"),
    }


def test_items_are_on_their_scales(decision: Decision, organisations: list[Candidate]) -> None:
    scales = {criterion.id: criterion.scale for criterion in decision.criteria}
    for _, evidence in judged(organisations):
        scale = scales[evidence.criterion]
        assert isinstance(scale, ItemsScale) == (evidence.items is not None)
        if isinstance(scale, ItemsScale):
            assert {*(evidence.items or ()), *evidence.possible} <= {item.id for item in scale.items}


def test_criteria_are_the_fourteen_in_five_goals(decision: Decision) -> None:
    assert tuple(criterion.id for criterion in decision.criteria) == CRITERIA
    assert [(goal.id, len(goal.criteria)) for goal in decision.goals] == [
        ("fit", 3),
        ("reach", 3),
        ("markets", 2),
        ("delivery", 3),
        ("quality", 3),
    ]


def test_titles_fit_beside_a_slider(decision: Decision) -> None:
    titles = [goal.title for goal in decision.goals] + [criterion.title for criterion in decision.criteria]
    assert max(len(title) for title in titles) <= 32


def test_every_viewpoint_gives_points_to_every_id(decision: Decision) -> None:
    ids = set(decision.ids())
    assert all(set(viewpoint.points) == ids for viewpoint in decision.viewpoints)


def test_the_first_viewpoint_is_neutral(decision: Decision) -> None:
    assert set(decision.viewpoints[0].points.values()) == {50.0}


def test_everybody_passes_the_country_gate(decision: Decision, organisations: list[Candidate]) -> None:
    gate = next(gate for gate in decision.gates if gate.attribute == "country")
    assert len(gate.one_of) == 28
    assert {code for one in organisations for code in one.country.split("/")} <= set(gate.one_of)
