"""The kinds of value that the domain is written in, and the frozen base of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Number = Annotated[float, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
Points = Annotated[Number, Field(ge=0, le=100)]
Share = Annotated[Number, Field(ge=0, le=1)]
Basis = Literal["members", "ecosystem", "organisation"]
Grade = Literal["a", "b", "c", "d"]
Unknowns = Literal["midpoint", "worst", "best"]
PointsById = Annotated[
    Mapping[Id, Points],
    AfterValidator(lambda points: MappingProxyType(dict(points))),
    PlainSerializer(dict, return_type=dict[str, float]),
]

SharesByGrade = Annotated[
    Mapping[Grade, Share],
    AfterValidator(lambda shares: MappingProxyType(dict(shares))),
    PlainSerializer(dict, return_type=dict[str, float]),
]


def _whole_day(day: object) -> object:
    if isinstance(day, str) and _DAY.fullmatch(day.strip()):
        return day.strip()
    if type(day) is date:
        return day
    raise ValueError("write the day as 2017-05-31")


Day = Annotated[date, BeforeValidator(_whole_day)]


class Frozen(BaseModel):
    """A part of the domain: immutable, and strict about names it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, coerce_numbers_to_str=True, str_strip_whitespace=True
    )
