"""The address of a view: which weights a link carries, and what is wrong with one that cannot be followed.

``weights=health_first`` names a viewpoint; ``weights=fit.30~reach.15~…`` gives own points. An id holds no
dot and no tilde, so no character needs escaping; it is one parameter, so that one step back is one move back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from partnerselect.analysis.weights import normalised
from partnerselect.errors import WeightsError
from partnerselect.model import Criteria, Viewpoint

_LONGEST = 20_000
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,400})?")


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a link leads: the points, the viewpoint they belong to (None: own points), and a complaint or ''."""

    points: Mapping[str, float]
    viewpoint: str | None
    complaint: str = ""


def written(decision: Criteria, points: Mapping[str, float], viewpoint: str | None) -> str:
    """What the address says so that it reproduces these points."""
    if viewpoint is not None and dict(_by_id(decision)[viewpoint].points) == dict(points):
        return viewpoint
    return "~".join(f"{one}.{_number(points[one])}" for one in decision.ids())


def followed(decision: Criteria, address: str | None) -> Followed:
    """Points from what an address says; what cannot be used falls back to the first viewpoint, with a complaint."""
    first = decision.viewpoints[0]
    if not address:
        return Followed(first.points, first.id)
    try:
        if "." in address:
            return Followed(_points(decision, address), None)
        viewpoint = _by_id(decision).get(address)
        if viewpoint is None:
            raise _UnusableLinkError(f"it names a viewpoint that is not there ({address[:40]!r})")
    except _UnusableLinkError as problem:
        told = f"The weights in this link could not be used: {problem}. Showing the viewpoint “{first.title}” instead."
        return Followed(first.points, first.id, told)
    return Followed(viewpoint.points, viewpoint.id)


class _UnusableLinkError(Exception):
    """What is wrong with a link, as the end of a sentence."""


def _points(decision: Criteria, text: str) -> dict[str, float]:
    if len(text) > _LONGEST:
        raise _UnusableLinkError("it is too long")
    points: dict[str, float] = {}
    for entry in text.split("~"):
        one, _, number = entry.partition(".")
        if one in points:
            raise _UnusableLinkError(f"it gives points for {one[:40]!r} twice")
        points[one] = _amount(one, number)
    known = list(decision.ids())
    if strangers := [one for one in points if one not in known]:
        raise _UnusableLinkError(f"it names a goal or criterion that is not there ({strangers[0][:40]!r})")
    if missing := [one for one in known if one not in points]:
        raise _UnusableLinkError(f"it gives no points for {', '.join(missing[:3])}")
    try:
        normalised(decision, points)
    except WeightsError:
        raise _UnusableLinkError("all its points are at zero") from None
    return points


def _amount(one: str, number: str) -> float:
    amount = float(number) if _NUMBER.fullmatch(number) else math.nan
    if not 0 <= amount <= 100:
        raise _UnusableLinkError(f"the points of {one[:40]!r} are not a number from 0 to 100")
    return amount


def _number(points: float) -> str:
    """Points so that reading them gives the same number, and 30 rather than 30.0."""
    return np.format_float_positional(points, trim="-")


def _by_id(decision: Criteria) -> dict[str, Viewpoint]:
    return {viewpoint.id: viewpoint for viewpoint in decision.viewpoints}
