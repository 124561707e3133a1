"""One way to write a record, a strict way to read it."""

from __future__ import annotations

import json
import math
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import RoundsError
from partnerselect.rounds.plain_json import LARGEST, canonical, digest, frozen_object, parsed, thawed

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abäö", max_size=3), inner, max_size=4),
    max_leaves=12,
)


def test_names_stand_in_order_without_spaces_and_letters_as_they_are() -> None:
    # é as one character and as e with an accent stay two different texts.
    content = {"b": [1, 2.50, None, True], "a": "é e\u0301 \n \x00", "ä": 1e-7, "Z": {}}
    text = '{"Z":{},"a":"é e\u0301 \\n \\u0000","b":[1,2.5,null,true],"ä":1e-07}'
    assert canonical(content) == text.encode()


def test_the_hash_covers_everything_but_itself() -> None:
    # sha256 of {"a":1}, as sha256sum prints it
    expected = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert digest({"a": 1}) == digest({"a": 1, "sha256": "anything"}) == expected
    assert digest({"a": 2}) != expected


@settings(max_examples=60)
@given(st.dictionaries(st.text("ab", max_size=2), PLAIN, max_size=4))
def test_what_is_written_reads_back_the_same_to_the_last_digit(content: dict[str, Any]) -> None:
    text = canonical(content)
    assert parsed(text) == content
    assert canonical(parsed(text)) == text
    assert thawed(frozen_object(content)) == content
    assert canonical(thawed(frozen_object(content))) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('{"a":1,"a":2}', "names 'a' twice", id="twice"),
        pytest.param('{"b":{"a":1,"a":1}}', "names 'a' twice", id="twice-inside"),
        pytest.param('{"a":NaN}', "NaN, which is no finite number", id="nan"),
        pytest.param('{"a":-Infinity}', "-Infinity, which is no finite", id="infinite"),
        pytest.param('{"a":1e999}', "1e999, which is no finite", id="too-large-a-number"),
        pytest.param('{"a":90071992547409929}', "too large to be exact", id="whole"),
        pytest.param('{"a":' + "1" * 5000 + "}", "too large to be exact", id="five-thousand-digits"),
        pytest.param('{"a":' + "[" * 59 + "{}" + "]" * 59 + "}", "nests more than 60", id="deep"),
        pytest.param('{"a":' * 100_000, "nests more than 60", id="very-deep"),
        pytest.param("[1]", "not a JSON object", id="list"),
        pytest.param("7", "not a JSON object", id="number"),
        pytest.param("", "not JSON: Expecting value, line 1", id="nothing"),
        pytest.param('{"a":1} x', "not JSON: Extra data", id="more-after-it"),
        pytest.param(b"\xff\xfe{", "not UTF-8", id="another-encoding"),
        pytest.param(b" " * (LARGEST + 1), "larger than 20 MB", id="large"),
    ],
)
def test_what_is_not_strict_json_is_refused(text: bytes | str, found: str) -> None:
    with pytest.raises(RoundsError, match=found):
        parsed(text)


def test_sixty_levels_are_read() -> None:
    assert parsed('{"a":' + "[" * 58 + "{}" + "]" * 58 + "}")


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parsed(b'\xef\xbb\xbf{"a":1}') == {"a": 1}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param({"a": math.nan}, "not finite", id="nan"),
        pytest.param({"a": "\ud800"}, "half of a character", id="half"),
    ],
)
def test_what_json_cannot_hold_is_not_written(content: object, found: str) -> None:
    with pytest.raises(RoundsError, match=found):
        canonical(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param([1], "not a mapping", id="list"),
        pytest.param({"a": [1.0, math.nan]}, r"a\[1\] is not a finite number: write None", id="nan"),
        pytest.param({"a": {"b": math.inf}}, r"a\.b is not a finite", id="infinite"),
        pytest.param({"a": 2**53 + 1}, "beyond 2", id="whole"),
        pytest.param({"a": {1: 2}}, "a has the name 1", id="name"),
        pytest.param({"a": {1, 2}}, "a is set", id="set"),
        pytest.param({"a": np.zeros(2)}, "a is ndarray", id="array"),
    ],
)
def test_results_are_plain_data(content: object, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        frozen_object(content)


def test_results_nest_sixty_levels_at_most() -> None:
    content: Any = 1
    for _ in range(61):
        content = {"a": content}
    with pytest.raises(ValueError, match="more than 60 levels"):
        frozen_object(content)


def test_frozen_results_cannot_be_changed() -> None:
    frozen = frozen_object({"a": {"b": [1, 2]}, "c": np.float64(0.5)})
    assert frozen["a"]["b"] == (1, 2)
    assert isinstance(frozen["a"], MappingProxyType)
    assert type(frozen["c"]) is float
    assert json.dumps(thawed(frozen)) == '{"a": {"b": [1, 2]}, "c": 0.5}'
