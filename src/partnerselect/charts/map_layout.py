"""Places on paper: which part of the world a map shows, dots that do not cover each other, names beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]

Points: TypeAlias = Numbers
"""Numbers of shape (n_points, 2)."""

HEIGHT = 460
"""Height of a map without its title and legend, in pixels."""

NARROW, USUAL, WIDE = 360, 520, 800
"""Widths that a map is laid out for: it is shown as wide as the page is, from a phone to a desk."""

_MARGIN = 0.07
_LEAST = 0.055
_EUROPE = np.array([[36.0, -9.0], [36.0, 30.0], [70.0, 25.0], [60.0, 5.0]])
_TOUCHES = 0.25
_LINE, _LETTER = 14.0, 6.0
_PREFERENCE, _ROUNDS = 8.0, 3


@dataclass(frozen=True)
class Frame:
    """Part of the world in the equal-area projection around its middle (Lambert's azimuthal one).

    Attributes
    ----------
    latitude, longitude : float
        The middle of the projection, in degrees.
    lowest, highest : ndarray of shape (2,)
        Corners on the plane, in radii of the globe: x to the east, y to the north.
    """

    latitude: float
    longitude: float
    lowest: Numbers
    highest: Numbers

    def pixels(self, places: Points, width: float = NARROW) -> Points:
        """Places (latitude, longitude) as pixels to the right of and below the middle of a map of this width."""
        plane = _projected(places, self.latitude, self.longitude) - (self.lowest + self.highest) / 2
        pixels: Points = plane * self._scale(width)
        return pixels

    def places(self, pixels: Points, width: float = NARROW) -> Points:
        """The way back from `pixels` to latitude and longitude."""
        plane = pixels / self._scale(width) + (self.lowest + self.highest) / 2
        return _unprojected(plane, self.latitude, self.longitude)

    @property
    def corners(self) -> Points:
        """Latitude and longitude of points all around the edge."""
        (left, bottom), (right, top) = self.lowest, self.highest
        middle_x, middle_y = (self.lowest + self.highest) / 2
        rim = [(x, y) for x in (left, middle_x, right) for y in (bottom, middle_y, top)]
        return _unprojected(np.array(rim), self.latitude, self.longitude)

    def _scale(self, width: float) -> Numbers:
        """Pixels for one radius of the globe, to the right and down."""
        scale = float((np.array([width, HEIGHT]) / (self.highest - self.lowest)).min())
        return np.array([scale, -scale])


def frame_around(places: Points) -> Frame:
    """The frame that holds all places (latitude, longitude) with a margin; Europe where there is none."""
    if not len(places):
        places = _EUROPE
    latitudes, longitudes = np.radians(places).T
    x, y, z = (
        float(one.sum())
        for one in (np.cos(latitudes) * np.cos(longitudes), np.cos(latitudes) * np.sin(longitudes), np.sin(latitudes))
    )
    latitude, longitude = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    plane = _projected(places, latitude, longitude)
    lowest, highest = plane.min(axis=0), plane.max(axis=0)
    half = (highest - lowest) / 2 + _MARGIN * (highest - lowest).max()
    half, middle = np.maximum(half, _LEAST), (highest + lowest) / 2
    return Frame(float(latitude), float(longitude), middle - half, middle + half)


def apart(points: Points, radii: Numbers) -> Points:
    """Points moved aside until discs of these radii hardly cover each other; pixels in, pixels out."""
    moved = points.copy()
    index = np.arange(len(points))
    turn = 2.4 * (index[:, None] + index[None, :])
    sign = np.sign(index[:, None] - index[None, :])[..., None]
    anywhere = sign * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    needed = radii[:, None] + radii[None, :]
    for _ in range(60):
        between = moved[:, None] - moved[None, :]
        distance = np.hypot(between[..., 0], between[..., 1])
        missing = np.where(index[:, None] == index[None, :], 0.0, np.maximum(needed - distance, 0.0))
        if missing.max(initial=0.0) <= _TOUCHES:
            break
        away = np.where(distance[..., None] > 1e-6, between / np.maximum(distance, 1e-6)[..., None], anywhere)
        pushed = np.maximum((missing > 0).sum(axis=1, keepdims=True), 1)
        moved += 0.5 * (missing[..., None] * away).sum(axis=1) / np.sqrt(pushed)
    return moved


@dataclass(frozen=True)
class NamePlace:
    """Where a name stands beside its dot, in the words of a text mark."""

    align: str
    baseline: str
    dx: float
    dy: float


def names_beside(frame: Frame, places: Points, radii: Numbers, names: Sequence[str]) -> list[NamePlace]:
    """A place beside its dot for the name of each of the first dots, as clear as can be of the rest and the edge.

    Parameters
    ----------
    frame : Frame
    places : ndarray of shape (n_dots, 2)
        Latitude and longitude of all dots.
    radii : ndarray of shape (n_dots,)
        In pixels.
    names : sequence of str
        Names of the first dots, the most important first: each takes the best place that the others leave, at
        all widths, and may reconsider.
    """
    if not names:
        return []
    options = [_options(float(radius)) for radius in radii[: len(names)]]
    costs, boxes = np.tile(_PREFERENCE * np.arange(len(options[0])), (len(names), 1)), []
    for width in (NARROW, USUAL, WIDE):
        points, half = frame.pixels(places, width), np.array([width, HEIGHT]) / 2
        dots = np.column_stack([points - radii[:, None], points + radii[:, None]])
        view = np.array([[_box(points[dot], one, name) for one in options[dot]] for dot, name in enumerate(names)])
        edge = np.concatenate([-half, half])[None]
        for dot, box in enumerate(view):
            costs[dot] += _overlap(box, np.delete(dots, dot, axis=0)) + _area(box) - _overlap(box, edge)
        boxes.append(view)
    taken: dict[int, int] = {}
    for _ in range(_ROUNDS):
        for dot in range(len(names)):
            others = [(other, place) for other, place in taken.items() if other != dot]
            crowded = sum(
                _overlap(view[dot], np.array([view[other, place] for other, place in others]).reshape(-1, 4))
                for view in boxes
            )
            taken[dot] = int(np.argmin(costs[dot] + crowded))
    return [options[dot][place] for dot, place in taken.items()]


def _options(radius: float) -> list[NamePlace]:
    side, slant = radius + 4, 0.7 * radius + 2
    return [
        NamePlace("left", "middle", side, 0),
        NamePlace("right", "middle", -side, 0),
        NamePlace("center", "bottom", 0, -side),
        NamePlace("center", "top", 0, side),
        *(
            NamePlace(align, baseline, dx, dy)
            for align, dx in (("left", slant), ("right", -slant))
            for baseline, dy in (("bottom", -slant), ("top", slant))
        ),
    ]


def _box(point: Numbers, place: NamePlace, name: str) -> Numbers:
    width = _LETTER * len(name)
    left = point[0] + place.dx - {"left": 0.0, "center": width / 2, "right": width}[place.align]
    top = point[1] + place.dy - {"top": 0.0, "middle": _LINE / 2, "bottom": _LINE}[place.baseline]
    return np.array([left, top, left + width, top + _LINE])


def _area(boxes: Numbers) -> Numbers:
    area: Numbers = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return area


def _overlap(boxes: Numbers, others: Numbers) -> Numbers:
    """Area that each box shares with all others together."""
    lower = np.maximum(boxes[:, None, :2], others[None, :, :2])
    upper = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared: Numbers = np.prod(np.maximum(upper - lower, 0), axis=2).sum(axis=1)
    return shared


def _projected(places: Points, latitude: float, longitude: float) -> Points:
    phi, east = np.radians(places[:, 0]), np.radians(places[:, 1] - longitude)
    middle = np.radians(latitude)
    along = np.sin(middle) * np.sin(phi) + np.cos(middle) * np.cos(phi) * np.cos(east)
    stretch = np.sqrt(2 / np.maximum(1 + along, 1e-9))
    north = np.cos(middle) * np.sin(phi) - np.sin(middle) * np.cos(phi) * np.cos(east)
    plane: Points = np.column_stack([stretch * np.cos(phi) * np.sin(east), stretch * north])
    return plane


def _unprojected(plane: Points, latitude: float, longitude: float) -> Points:
    x, y = plane.T
    distance = np.minimum(np.hypot(x, y), 2.0)
    angle = 2 * np.arcsin(distance / 2)
    far = np.maximum(distance, 1e-12)
    middle = np.radians(latitude)
    phi = np.arcsin(np.clip(np.cos(angle) * np.sin(middle) + y / far * np.sin(angle) * np.cos(middle), -1, 1))
    east = np.arctan2(x * np.sin(angle), far * np.cos(middle) * np.cos(angle) - y * np.sin(middle) * np.sin(angle))
    places: Points = np.column_stack([np.degrees(phi), longitude + np.degrees(east)])
    return places
