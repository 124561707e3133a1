"""YAML text: every trap is closed, with its line; and nothing hangs."""

from __future__ import annotations

import json
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerselect.errors import InputError
from partnerselect.files import yaml_text
from partnerselect.files.yaml_text import parse_yaml, read_yaml


@pytest.fixture(params=["fast", "pure Python"], autouse=True)
def _loader(request, monkeypatch):
    if request.param == "pure Python":
        monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)


def told(content: str | bytes) -> list[str]:
    document = parse_yaml(content.encode() if isinstance(content, str) else content, "f.yaml")
    return [f"{issue.line or ''} {issue.place}: {issue.found} -> {issue.mend}" for issue in document.issues]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("True", "True"), ("NULL", "NULL"),
        ("2016-10", "2016-10"), ("2016-10-05", "2016-10-05"), ("12:30:45", "12:30:45"), ("010", "010"),
        ("0x10", "0x10"), ("0o10", "0o10"), ("1_000", "1_000"), (".nan", ".nan"), (".inf", ".inf"),
        ("-.inf", "-.inf"), ("1e999", "1e999"), ("1,5", "1,5"), ("5.", "5."), ("'7'", "7"), ('"true"', "true"),
        ("''", ""), ("=", "="), ("1e3", 1000.0), ("1E+3", 1000.0), ("-2.5", -2.5), (".5", 0.5), ("+4", 4), ("0", 0),
        ("-0.0", 0.0), ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ("9" * 5_000, "9" * 5_000), ("9" * 299, int("9" * 299)), ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)  # fmt: skip
def test_plain_scalars_get_only_the_types_a_person_expects(written, value):
    document = parse_yaml(f"key: {written}".encode(), "f.yaml")
    assert document.data == {"key": value}
    assert type(document.data["key"]) is type(value)
    assert document.issues == ()


def test_every_place_knows_its_line():
    document = parse_yaml(b"# first\na:\n  - b: 1\n    c: >-\n      long\n      text\n\n  - d\n", "f.yaml")
    assert document.lines == {
        (): 2, ("a",): 2, ("a", 0): 3, ("a", 0, "b"): 3, ("a", 0, "c"): 4, ("a", 1): 8
    }  # fmt: skip
    assert document.line(("a", 0, "missing", 5)) == 3


def test_all_duplicate_keys_are_told_at_once():
    assert told("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        "2 b.c: 'c' is written twice, first in line 2 -> keep one of the two",
        "3 a: 'a' is written twice, first in line 1 -> keep one of the two",
    ]


def test_anchors_aliases_and_tags_are_refused():
    assert told("a: &x 1\nb: *x\nc: !!python/object:os.system [ls]\n") == [
        "1 a: &x is an anchor -> take it away, or put text that begins with & in quotes",
        (
            "2 b: *x is an alias: it repeats another part of the file -> "
            "write it out in full, or put text that begins with * in quotes"
        ),
        (
            "3 c: tag:yaml.org,2002:python/object:os.system is a tag -> "
            "take it away, or put text that begins with ! in quotes"
        ),
    ]


def test_a_merge_key_is_nothing_special():
    assert parse_yaml(b"<<: {a: 1}\n", "f.yaml").data == {"<<": {"a": 1}}


def test_an_alias_bomb_is_told_at_once():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    begin = time.perf_counter()
    messages = told("\n".join(lines))
    assert time.perf_counter() - begin < 20  # seconds; opened up, it would take hours
    assert messages[0].startswith("1 a0: &a0 is an anchor")
    assert messages[2].startswith("2 a1[0]: *a0 is an alias")
    assert len(messages) == 20 + 19 * 9


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[{a: "])
def test_deep_nesting_is_told_at_once(opening):
    begin = time.perf_counter()
    (message,) = told(opening * 100_000)
    assert time.perf_counter() - begin < 20  # seconds; opened up, it would take hours
    assert message == "1 : the nesting is deeper than 32 levels -> close the brackets, or indent less"


def test_too_many_entries_are_told():
    (message,) = told("[" + "1," * 200_001 + "]")
    assert message == "1 : the file has more than 200,000 entries -> split it, or shorten it"


def test_a_flood_of_directives_is_told_at_once():
    begin = time.perf_counter()
    (message,) = told("".join(f"%TAG !a{n}! b\n" for n in range(200_000)) + "---\na: 1\n")
    assert time.perf_counter() - begin < 20  # seconds; opened up, it would take hours
    assert message == "1 : a line begins with %, which is a YAML directive -> take the line out, or indent the text"


def test_ten_megabytes_are_read_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: 1\n#" + b" " * (10_000_000 - 6))
    assert read_yaml(path).data == {"a": 1}
    path.write_bytes(b"a: 1\n#" + b" " * (10_000_000 - 5))
    (issue,) = read_yaml(path).issues
    assert issue.found == "the file is larger than 10 MB"
    assert issue.mend == "a file describes one decision or one organisation"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_other_encodings_are_refused_with_the_mend(encoding):
    assert told("a: 1".encode(encoding)) == [" : the file is saved as UTF-16 or UTF-32 -> save it as UTF-8"]


def test_bytes_that_are_no_utf8_are_told_with_their_line():
    expected = ["3 : the byte 0xCE is not UTF-8 text -> save the file as UTF-8"]
    assert told(b"a: 1\r\nb: 2\nc: \xcele-de-France\n") == expected
    assert told(b"\xef\xbb\xbfa: 1\rb: 2\nc: \xcele-de-France\n") == expected


def test_control_characters_are_told_with_their_line():
    assert told("a: 1\nb: x\x07\n") == ["2 : the control character U+0007 stands in the text -> delete it"]
    assert told('a: "x\\x07"\n') == ["1 a: the control character U+0007 stands in the text -> take the escape out"]


@pytest.mark.parametrize("content", ["", "\n\n", "# a comment\n", "---\n", "--- \n...\n", "~", "null\n", "\ufeff"])
def test_an_empty_file_is_told(content):
    assert told(content) == [" : the file is empty -> fill it in, or take it away"]


def test_a_second_document_is_told():
    assert told("a: 1\n---\nb: 2\n") == [
        "2 : a second document begins here -> one file holds one document: take the '---' away"
    ]


@pytest.mark.parametrize(
    ("key", "shown"), [("1", "1"), ("true", "true"), ("~", "nothing"), ("[a]", "a list"), ("1.5", "1.5")]
)
def test_keys_that_are_no_text_are_told(key, shown):
    assert told(f"a: 1\n? {key}\n: 2\n") == [
        f"2 : {shown} cannot be a key: a key is text -> write a word before the ':', or put the key in quotes"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1\nb: c: d\n", "2 : a second ': ' stands in this line -> put text that contains ': ' in quotes"),
        (
            "a:\n\t- b\n",
            "2 : a tab, or one of the characters @ ` % , ] }, stands where a value begins -> indent with",
        ),
        ("a: 'x\nb: 1\n", "1 : a quote or a bracket is opened here and never closed -> close it"),
        (
            "a: [1,\nb: 2\n",
            "1 : a bracket is opened here and never closed, or a comma is missing -> close it",
        ),
        ("a: 1\nb\nc: 2\n", "2 : a line without ': ' stands where a key belongs -> write key: value"),
        ("a: *important*\n", "1 : a text begins with * or & -> put it in quotes"),
        (
            "- a\nb: 1\n",
            "2 : the indentation does not fit the lines above -> the lines of one block must begin in the",
        ),
        (
            'a: "\\q"\n',
            "1 : a \\ in double quotes is followed by a character that it cannot escape -> use single",
        ),
        ("a: }\n", "1 : a value is missing here, or begins with , ] or } -> put such text in quotes"),
    ],
)
def test_syntax_errors_are_told_in_plain_words(content, message):
    problems = told(content)
    assert len(problems) == 1
    assert problems[0].startswith(message)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefg-_ :#", min_size=1), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(PLAIN.filter(lambda data: data is not None))
@settings(deadline=None)
def test_plain_data_survives_the_round_trip(data):
    written = json.dumps(data, ensure_ascii=False)
    document = parse_yaml(written.encode(), "f.yaml")
    assert document.issues == ()
    assert document.data == data


@given(
    st.binary(max_size=300) | st.text("ab:- \n\t[]{}'\"#&*!|>%@`?,\\x0\x85\u2028\ufeff", max_size=200).map(str.encode)
)
@settings(deadline=5_000, max_examples=500)
def test_any_bytes_give_a_document(content):
    document = parse_yaml(content, "f.yaml")
    assert document.issues or document.data is not None
    assert str(InputError(document.issues)).encode() or not document.issues
