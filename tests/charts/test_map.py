"""The map shows who is where, from what is in the package alone, whoever has a location and whoever has none."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnerselect as ps
from partnerselect.charts.map import partners_map, partners_map_alt, whereabouts, without_location
from partnerselect.charts.map_layout import HEIGHT, NARROW, apart, frame_around, names_beside
from partnerselect.charts.pictures import png, svg
from tests.builders import criteria, decision, measured, organisation

ROOT = Path(__file__).parent.parent.parent
OUTLINES = ROOT / "src/partnerselect/charts/europe.json"

# Rough, by hand: south, north, west, east.
BOXES = {
    "AT": (46.3, 49.1, 9.5, 17.2),
    "BE": (49.4, 51.6, 2.5, 6.5),
    "DE": (47.2, 55.1, 5.8, 15.1),
    "DK": (54.5, 57.8, 8.0, 15.2),
    "ES": (36.0, 43.9, -9.4, 4.4),
    "FI": (59.7, 70.1, 20.5, 31.6),
    "FR": (41.3, 51.2, -5.2, 9.6),
    "LT": (53.8, 56.5, 20.9, 26.9),
    "PT": (36.9, 42.2, -9.6, -6.1),
    "SE": (55.3, 69.1, 11.0, 24.2),
}


def at(place: str, latitude: float, longitude: float) -> dict[str, Any]:
    return {"location": {"place": place, "latitude": latitude, "longitude": longitude}}


PARIS, LYON, JENA = at("Paris", 48.86, 2.35), at("Lyon", 45.76, 4.84), at("Jena", 50.93, 11.59)


def made(*organisations: dict[str, Any]) -> ps.Decision:
    return decision(criteria(("goal", [measured("reach")])), *organisations)


def four() -> ps.Decision:
    return made(
        organisation("alpha", **PARIS),
        organisation("beta", **JENA, country="DE", kind="photonics"),
        organisation("gamma"),
        organisation("delta", **LYON, role="member"),
    )


@pytest.fixture(scope="module")
def case() -> ps.Decision:
    return ps.read_decision(ROOT / "criteria/photonics-for-health.yaml", ROOT / "candidates/photonics-for-health")


def rows(drawn: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = drawn["datasets"][drawn["layer"][layer]["data"]["name"]]
    return found


def parts(drawn: object) -> Iterator[tuple[str, object]]:
    """Every key and what stands under it, at any depth."""
    for key, value in drawn.items() if isinstance(drawn, dict) else ():
        yield key, value
        yield from parts(value)
    for value in drawn if isinstance(drawn, list) else ():
        yield from parts(value)


def test_every_located_organisation_is_a_dot_by_role_with_the_chosen_on_top() -> None:
    drawn = partners_map(four(), ["beta"]).to_dict()
    assert [(row["name"], row["place"], row["role"]) for row in rows(drawn, 1)] == [
        ("Alpha", "Paris", "other candidate"),
        ("Delta", "Lyon", "member"),
        ("Beta", "Jena", "chosen"),
    ]


def test_only_members_and_the_chosen_are_named() -> None:
    assert {row["label"] for row in rows(partners_map(four(), ["beta"]).to_dict(), 2)} == {"Beta", "Delta"}


def test_fill_line_shape_and_size_tell_the_roles_that_occur() -> None:
    encoding = partners_map(four(), ["beta"]).to_dict()["layer"][1]["encoding"]
    styles = {name: encoding[name]["scale"] for name in ("fill", "stroke", "shape", "size")}
    assert {tuple(scale["domain"]) for scale in styles.values()} == {("member", "chosen", "other candidate")}
    assert styles["shape"]["range"] == ["square", "circle", "circle"]
    assert styles["size"]["range"] == [144.0, 225.0, 64.0]


def test_without_a_choice_nobody_is_another_candidate() -> None:
    assert set(whereabouts(four(), [])["role"]) == {"candidate", "member"}


def test_nothing_is_fetched_from_anywhere(case: ps.Decision) -> None:
    drawn = partners_map(case, ["biocat", "medicen", "optence"]).to_dict()
    assert [key for key, _ in parts(drawn) if key == "url"] == []
    assert [value for key, value in parts(drawn) if "://" in str(value) and key == "values"] == []


def test_the_outlines_are_small_and_in_the_package() -> None:
    assert OUTLINES.stat().st_size <= 60_000
    outlines = json.loads(OUTLINES.read_text(encoding="utf-8"))
    assert outlines["type"] == "Topology"
    assert outlines["transform"] == {"scale": [0.01, 0.01], "translate": [0, 0]}
    assert len(outlines["objects"]["countries"]["geometries"]) > 40
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "charts/europe.json" in project["tool"]["setuptools"]["package-data"]["partnerselect"]


def test_who_is_where_as_a_table_the_chosen_first() -> None:
    table = whereabouts(four(), ["beta"])
    assert list(table.columns) == ["name", "role", "kind", "place", "country"]
    assert [tuple(row) for row in table.itertuples()] == [
        ("beta", "Beta", "chosen", "photonics", "Jena", "DE"),
        ("delta", "Delta", "member", "health", "Lyon", "FR"),
        ("alpha", "Alpha", "other candidate", "health", "Paris", "FR"),
        ("gamma", "Gamma", "other candidate", "health", "", "FR"),
    ]


def test_the_map_in_words_names_who_is_missing() -> None:
    assert partners_map_alt(four(), ["beta"]) == (
        "Map of where the organisations are. Members: Delta in Lyon. Chosen partners: Beta in Jena. "
        "Other candidates: 1 from FR. Not on the map, since no location is written down: Gamma."
    )


def test_two_countries_of_one_organisation_count_as_two() -> None:
    both = made(organisation("alpha", **JENA, country="DE/PL"))
    assert partners_map_alt(both, []) == "Map of where the organisations are. Candidates: 1 from DE, PL."


def test_where_nobody_has_a_location_the_outlines_stand_alone() -> None:
    nowhere = made(organisation("alpha"), organisation("beta", role="member"))
    assert len(partners_map(nowhere, ["alpha"]).to_dict()["layer"]) == 1
    assert without_location(nowhere).startswith("No organisation has a location yet")
    assert list(whereabouts(nowhere, ["alpha"])["place"]) == ["", ""]


def test_without_any_organisation_there_is_nothing_to_miss() -> None:
    assert without_location(made()) == ""
    assert partners_map_alt(made(), []) == "Map of where the organisations are."
    assert len(partners_map(made(), []).to_dict()["layer"]) == 1


def test_a_choice_of_nobody_known_is_refused() -> None:
    with pytest.raises(ValueError, match="chosen: there is no candidate delta, epsilon"):
        partners_map(four(), ["epsilon", "delta", "beta"])


def test_names_are_cut_at_a_dash_or_bracket_unless_that_makes_them_equal() -> None:
    names = {"a": "LITEK – Laser Cluster", "b": "Bio (North)", "c": "Bio (South)", "d": "Alpha-Beta"}
    drawn = partners_map(made(*(organisation(one, **PARIS, name=name) for one, name in names.items())), list(names))
    assert {row["label"] for row in rows(drawn.to_dict(), 2)} == {"LITEK", "Bio (North)", "Bio (South)", "Alpha-Beta"}


def test_it_can_be_taken_away_as_a_picture(case: ps.Decision) -> None:
    drawn = partners_map(case, ["biocat", "medicen", "optence"])
    assert png(drawn).startswith(b"\x89PNG")
    lines = svg(drawn).decode("utf-8")
    assert all(name in lines for name in ("Biocat", "Medicen Paris Region", "Optence", "LITEK", "other candidate"))


def test_everybody_in_the_case_is_drawn(case: ps.Decision) -> None:
    assert without_location(case) == ""
    drawn = rows(partners_map(case, ["biocat", "medicen", "optence"]).to_dict(), 1)
    assert [row["role"] for row in drawn].count("chosen") == 3
    assert len(drawn) == len(case.candidates) + len(case.members)


def test_everybody_in_the_case_is_in_one_of_their_countries(case: ps.Decision) -> None:
    outside = []
    for one in (*case.candidates, *case.members):
        assert one.location is not None
        here = one.location
        boxes = [BOXES[code] for code in one.country.split("/")]
        if not any(s <= here.latitude <= n and w <= here.longitude <= e for s, n, w, e in boxes):
            outside.append(one.id)
    assert outside == []


spots = st.lists(st.tuples(st.floats(-80, 80), st.floats(-175, 175)), min_size=1, max_size=8)


@settings(max_examples=60)
@given(spots)
def test_every_place_is_inside_the_frame_and_found_again(where: list[tuple[float, float]]) -> None:
    places = np.array(where)
    frame = frame_around(places)
    pixels = frame.pixels(places)
    assert np.all(np.abs(pixels) <= np.array([NARROW, HEIGHT]) / 2 + 1e-6)
    assert frame.pixels(frame.places(pixels)) == pytest.approx(pixels, abs=1e-3)


def test_the_frame_of_one_place_has_the_place_in_the_middle() -> None:
    frame = frame_around(np.array([[50.93, 11.59]]))
    assert frame.pixels(np.array([[50.93, 11.59]])) == pytest.approx(np.zeros((1, 2)), abs=1e-6)
    # One degree of latitude is pi / 180 radii; the frame is 0.11 radii wide, and 360 pixels show that.
    assert frame.pixels(np.array([[51.93, 11.59]]))[0] == pytest.approx([0, -np.pi / 180 * 360 / 0.11], rel=1e-3)


def test_a_group_across_the_date_line_is_framed_from_the_near_side() -> None:
    frame = frame_around(np.array([[0.0, 179.0], [0.0, -179.0]]))
    assert abs(frame.longitude) == pytest.approx(180)
    assert frame.highest[0] - frame.lowest[0] < 0.2


@pytest.mark.parametrize("count", [2, 5, 12])
def test_dots_in_one_place_end_up_side_by_side(count: int) -> None:
    radii = np.full(count, 5.0)
    moved = apart(np.zeros((count, 2)), radii)
    distances = np.hypot(*(moved[:, None] - moved[None, :]).transpose(2, 0, 1))
    assert distances[~np.eye(count, dtype=bool)].min() >= 9.7
    assert np.abs(moved).max() <= 5.0 * count


def test_dots_with_room_stay_where_they_are() -> None:
    points = np.array([[0.0, 0.0], [30.0, 0.0], [0.0, 30.0]])
    assert apart(points, np.full(3, 5.0)).tolist() == points.tolist()


def test_two_neighbours_have_their_names_on_different_sides() -> None:
    places = np.array([[48.86, 2.35], [48.86, 2.75], [45.0, -1.0], [51.0, 8.0]])
    left, right = names_beside(frame_around(places), places, np.full(4, 6.0), ["Left", "Right"])
    assert (left.align, left.dx < 0) == ("right", True)
    assert (right.align, right.dx > 0) == ("left", True)
