"""Where members, chosen partners and other candidates are; drawn from outlines in the package, without tiles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd

from partnerselect.analysis.words import listed, sentence
from partnerselect.charts.map_layout import HEIGHT, Frame, Numbers, apart, frame_around, names_beside
from partnerselect.charts.theme import AHEAD, BEHIND, fitting
from partnerselect.model import Candidate, Decision

CHOSEN, MEMBER, OTHER, ALONE = "chosen", "member", "other candidate", "candidate"
"""Roles on the map; a candidate is another one only where some are chosen."""

_RADIUS = {CHOSEN: 7.5, MEMBER: 6.0, OTHER: 4.0, ALONE: 4.0}
_SHAPE = {CHOSEN: "circle", MEMBER: "square", OTHER: "circle", ALONE: "circle"}
_FILL = {CHOSEN: AHEAD, MEMBER: BEHIND, OTHER: "transparent", ALONE: "transparent"}
_LINE = {CHOSEN: "#ffffff", MEMBER: "#ffffff", OTHER: "#7d8894", ALONE: "#7d8894"}
_LAND = "#8b949e"
_HEADING = 100


def partners_map(decision: Decision, chosen: Collection[str]) -> alt.LayerChart:
    """Squares for members, large named circles for the chosen, small hollow ones for the other candidates.

    Dots that would cover each other are drawn side by side. Outlines end around Europe; dots do not.

    Parameters
    ----------
    decision : Decision
    chosen : collection of str
        Ids of the candidates in the set; may be empty.

    Raises
    ------
    ValueError
        If an id in `chosen` is no candidate's.
    """
    rows = _located(decision, chosen)
    places = rows[["latitude", "longitude"]].to_numpy(dtype=float)
    radii = _radii(rows)
    frame = frame_around(places)
    rows[["latitude", "longitude"]] = frame.places(apart(frame.pixels(places), radii + 0.5)).round(4)
    layers = [_outlines()] if rows.empty else [_outlines(), _dots(rows), _names(rows, frame)]
    title = "Where the organisations are"
    return alt.LayerChart(layer=layers, projection=_projection(frame), title=title, height=HEIGHT + _HEADING)


def partners_map_alt(decision: Decision, chosen: Collection[str]) -> str:
    """The map in words: who of the members and the chosen is where, and how many others there are."""
    rows = _located(decision, chosen)
    told = []
    for role in _roles(rows):
        of_role = rows[rows["role"] == role]
        if role in (MEMBER, CHOSEN):
            who = "; ".join(f"{name} in {place}" for name, place in zip(of_role["name"], of_role["place"], strict=True))
            told.append(sentence(f"{_plural(role).capitalize()}: {who}"))
        else:
            countries = {code for country in of_role["country"] for code in country.split("/")}
            told.append(f"{_plural(role).capitalize()}: {len(of_role)} from {', '.join(sorted(countries))}.")
    return " ".join(["Map of where the organisations are.", *told, without_location(decision)]).strip()


def whereabouts(decision: Decision, chosen: Collection[str]) -> pd.DataFrame:
    """Who is where: the chosen first, then members, then the others; place is empty where no location is known.

    Returns
    -------
    DataFrame
        Indexed by candidate: name, role, kind, place, country.

    Raises
    ------
    ValueError
        If an id in `chosen` is no candidate's.
    """
    return _all(decision, chosen)[["name", "role", "kind", "place", "country"]]


def without_location(decision: Decision) -> str:
    """Who is not on the map, in a sentence; empty where everybody is."""
    everyone = (*decision.members, *decision.candidates)
    missing = [one.name for one in everyone if one.location is None]
    if not missing:
        return ""
    if len(missing) == len(everyone):
        return "No organisation has a location yet: write one into its file, and it stands on the map."
    return sentence(f"Not on the map, since no location is written down: {listed(missing)}")


def _all(decision: Decision, chosen: Collection[str]) -> pd.DataFrame:
    if unknown := sorted(set(chosen) - {candidate.id for candidate in decision.candidates}):
        raise ValueError(f"chosen: there is no candidate {', '.join(unknown)}")
    rows = pd.DataFrame(
        [(one.id, one.name, role, one.kind, *_spot(one), one.country) for one, role in _with_roles(decision, chosen)],
        columns=["candidate", "name", "role", "kind", "place", "latitude", "longitude", "country"],
    ).set_index("candidate")
    return rows.sort_values("role", key=lambda roles: roles.map(list(_RADIUS).index), kind="stable")


def _with_roles(decision: Decision, chosen: Collection[str]) -> Iterator[tuple[Candidate, str]]:
    rest = OTHER if chosen else ALONE
    for candidate in decision.candidates:
        yield candidate, CHOSEN if candidate.id in chosen else rest
    for member in decision.members:
        yield member, MEMBER


def _spot(one: Candidate) -> tuple[str, float | None, float | None]:
    return (
        ("", None, None)
        if one.location is None
        else (one.location.place, one.location.latitude, one.location.longitude)
    )


def _located(decision: Decision, chosen: Collection[str]) -> pd.DataFrame:
    rows = _all(decision, chosen)
    return rows[rows["latitude"].notna()].astype({"latitude": float, "longitude": float})


def _roles(rows: pd.DataFrame) -> list[str]:
    """Roles that occur, members first."""
    return [role for role in (MEMBER, CHOSEN, OTHER, ALONE) if role in set(rows["role"])]


def _plural(role: str) -> str:
    return "chosen partners" if role == CHOSEN else f"{role}s"


def _projection(frame: Frame) -> alt.Projection:
    corners = [[round(float(longitude), 3), round(float(latitude), 3)] for latitude, longitude in frame.corners]
    edge = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": corners}}
    return alt.Projection(
        type="azimuthalEqualArea", rotate=[-round(frame.longitude, 4), -round(frame.latitude, 4)], fit=edge
    )


@lru_cache(maxsize=1)
def _outlines() -> alt.Chart:
    """Countries as Natural Earth has them; the file goes into the chart as text, unread."""
    shapes = (Path(__file__).parent / "europe.json").read_text(encoding="utf-8")
    countries = alt.TopoDataFormat(type="topojson", feature="countries")
    land: alt.Chart = alt.Chart(alt.InlineData(values=shapes, name="europe", format=countries)).mark_geoshape(
        fill=_LAND,
        fillOpacity=0.14,
        stroke=_LAND,
        strokeOpacity=0.45,
        strokeWidth=0.7,
        clip=True,
        tooltip=None,
        aria=False,
    )
    return land


def _dots(rows: pd.DataFrame) -> alt.Chart:
    roles = _roles(rows)
    legend = alt.Legend(title=None, orient="top", labelLimit=200, symbolStrokeWidth=1.5)
    areas = [(2 * _RADIUS[role]) ** 2 for role in roles]
    dots: alt.Chart = (
        alt.Chart(rows[["name", "place", "country", "kind", "role", "latitude", "longitude"]].iloc[::-1])
        .mark_point(strokeWidth=1.5, opacity=1)
        .encode(
            alt.Longitude("longitude:Q"),
            alt.Latitude("latitude:Q"),
            alt.Fill("role:N").scale(domain=roles, range=[_FILL[role] for role in roles]).legend(legend),
            alt.Stroke("role:N").scale(domain=roles, range=[_LINE[role] for role in roles]).legend(legend),
            alt.Shape("role:N").scale(domain=roles, range=[_SHAPE[role] for role in roles]).legend(legend),
            alt.Size("role:O").scale(type="ordinal", domain=roles, range=areas).legend(legend),
            tooltip=[
                alt.Tooltip("name:N", title="organisation"),
                alt.Tooltip("place:N"),
                alt.Tooltip("country:N"),
                alt.Tooltip("kind:N"),
                alt.Tooltip("role:N"),
            ],
        )
    )
    return dots


def _radii(rows: pd.DataFrame) -> Numbers:
    return np.array([_RADIUS[role] for role in rows["role"]])


def _names(rows: pd.DataFrame, frame: Frame) -> alt.Chart:
    """Names of the chosen and of the members, which stand first in the rows."""
    named = rows[rows["role"].isin([CHOSEN, MEMBER])]
    labels = _short(list(named["name"]))
    beside = names_beside(frame, rows[["latitude", "longitude"]].to_numpy(), _radii(rows), labels)
    text = named[["role", "latitude", "longitude"]].assign(
        label=labels,
        align=[one.align for one in beside],
        baseline=[one.baseline for one in beside],
        dx=[one.dx for one in beside],
        dy=[one.dy for one in beside],
    )
    names: alt.Chart = (
        alt.Chart(text)
        .mark_text(
            align=alt.expr("datum.align"),
            baseline=alt.expr("datum.baseline"),
            dx=alt.expr("datum.dx"),
            dy=alt.expr("datum.dy"),
            fontSize=12,
            fontWeight=alt.expr(f"datum.role == '{CHOSEN}' ? 600 : 400"),
            clip=True,
            tooltip=None,
        )
        .encode(alt.Longitude("longitude:Q"), alt.Latitude("latitude:Q"), alt.Text("label:N"))
    )
    return names


def _short(names: Sequence[str]) -> list[str]:
    """Names up to a dash or a bracket, as long as that tells them apart."""
    short = [re.split(r" [–—(-]", name)[0] for name in names]
    return [fitting(one if short.count(one) == 1 else name, 24) for one, name in zip(short, names, strict=True)]
