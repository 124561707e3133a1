"""Whatever stands in the files, reading gives a Decision or an InputError, and soon."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerselect.errors import InputError, Issue
from partnerselect.files.document import Place
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Decision

LENIENT = settings(
    deadline=5_000, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
NAMES = st.sampled_from(["criteria", "alpha", "beta"])
KNOWN = [
    "alpha",
    "beta",
    "gamma",
    "areas",
    "depth",
    "fit",
    "f1",
    "legal_entity",
    "items",
    "kind",
    "id",
    "2016-10",
    "[key]",
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(KNOWN)
    | st.text(max_size=8)
)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KNOWN) | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def read(folder: Any) -> None:
    told: tuple[Issue, ...] = ()
    try:
        decision = folder.read()
    except InputError as error:
        told = error.issues
        assert str(error).encode()  # noqa: PT017 - either way out is allowed
    else:
        assert isinstance(decision, Decision)
    for issue in told:
        assert issue.found
        assert issue.mend
        assert "cannot be taken" not in issue.found, f"{issue} is not said in plain words"


def with_part(data: Any, place: Place, thing: object) -> str:
    """The data with one part replaced, as text."""
    if not place:
        return json.dumps(thing)
    whole = copy.deepcopy(data)
    around = whole
    for part in place[:-1]:
        around = around[part]
    around[place[-1]] = thing
    return json.dumps(whole)


@given(name=NAMES, content=st.binary(max_size=400))
@LENIENT
def test_any_bytes(folder, name, content):
    folder.write(name, content)
    read(folder)


@given(name=NAMES, data=PLAIN)
@LENIENT
def test_any_plain_data(folder, name, data):
    folder.write(name, json.dumps(data))
    read(folder)


@given(choice=st.data())
@settings(LENIENT, max_examples=400)
def test_any_part_replaced_by_anything(folder, choice):
    name = choice.draw(NAMES)
    document = parse_yaml(folder.texts[name].encode(), name)
    place = choice.draw(st.sampled_from([place for place in document.lines if place]))
    folder.write(name, with_part(document.data, place, choice.draw(PLAIN)))
    read(folder)


@given(choice=st.data())
@LENIENT
def test_any_line_lost(folder, choice):
    name = choice.draw(NAMES)
    lines = folder.texts[name].splitlines(keepends=True)
    lost = choice.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=3))
    folder.write(name, "".join(line for index, line in enumerate(lines) if index not in lost))
    read(folder)


THINGS: list[object] = [None, True, 1e300, -1, "x", "", [], {}, [[]], [{}], {"kind": "items"}, {"[key]": {"items": 1}}]


@pytest.mark.parametrize("name", ["criteria", "alpha"])
def test_every_part_replaced_by_every_kind_of_thing(folder, name):
    document = parse_yaml(folder.texts[name].encode(), name)
    for place in document.lines:
        for thing in THINGS:
            folder.write(name, with_part(document.data, place, thing))
            read(folder)
