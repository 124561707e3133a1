"""Saving a viewpoint: it comes out as it was meant, and not a character beside it moves."""

from __future__ import annotations

import difflib
import errno
import os
import re
import shutil
import stat
import tempfile
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from partnerselect.errors import InputError
from partnerselect.files import edit, raw, yaml_text
from partnerselect.files.read import read_decision
from partnerselect.files.write import save_viewpoint, viewpoint_id, with_viewpoint
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Viewpoint
from partnerselect.model.types import Id

ROOT = Path(__file__).parents[2]
REAL = ROOT / "criteria" / "photonics-for-health.yaml"
QUICK = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
NEW = Viewpoint(id="new", title="New", points={"b": 2, "a": 1})
FLAT = {"fit": 50, "areas": 50, "depth": 50, "reach": 50, "companies": 50}


@pytest.fixture(params=["fast", "pure Python"], autouse=True)
def _loader(request, monkeypatch):
    if request.param == "pure Python":
        monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
        monkeypatch.setattr(edit, "_LOADER", yaml.SafeLoader)


def told(error: InputError) -> list[str]:
    return [f"{Path(i.file).name}:{i.line or ''} {i.place}: {i.found} -> {i.mend}" for i in error.issues]


def viewpoints(text: str) -> list[Viewpoint]:
    document = parse_yaml(text.encode(), "f.yaml")
    assert document.issues == ()
    assert isinstance(document.data, dict)
    listed = document.data["viewpoints"]
    assert isinstance(listed, list)
    return [Viewpoint.model_validate(entry) for entry in listed]


GOALS = "goals:\n  - {id: a, criteria: [{id: b}]}\n"
OLD = "  - id: x\n    title: X\n    points:\n      a: 1\n      b: 2\n"
ADDED = "  - id: new\n    title: New\n    points:\n      a: 1\n      b: 2\n"
# Each text has a § where the new lines belong.
LAYOUTS = [
    ("at the end of the file", f"{GOALS}viewpoints:\n{OLD}§", ADDED),
    ("no line end at the end", f"{GOALS}viewpoints:\n{OLD[:-1]}§", "\n" + ADDED[:-1]),
    ("in the middle", f"viewpoints:\n{OLD}§\n# The goals.\n{GOALS}", ADDED),
    ("blank lines at the end", f"{GOALS}viewpoints:\n{OLD}§\n\n  \n", ADDED),
    ("spaces at the end", f"{GOALS}viewpoints:\n{OLD}§   ", ADDED),
    ("the end of the document marked", f"---\n{GOALS}viewpoints:\n{OLD}§...\n# end\n", ADDED),
    ("Windows line ends", f"{GOALS}viewpoints:\n{OLD}§\n# end".replace("\n", "\r\n"), ADDED.replace("\n", "\r\n")),
    ("old Mac line ends", f"{GOALS}viewpoints:\n{OLD}§# end".replace("\n", "\r"), ADDED.replace("\n", "\r")),
    ("Windows line ends but the last", f"{GOALS}viewpoints:\n{OLD[:-1]}§".replace("\n", "\r\n"),
     ("\n" + ADDED[:-1]).replace("\n", "\r\n")),
    ("a byte order mark", f"\ufeff{GOALS}viewpoints:\n{OLD}§", ADDED),
    ("signs of many bytes before it", f"# 😀é\u00a0\n{GOALS}viewpoints:\n{OLD}§", ADDED),
    ("the list not indented", f"viewpoints:\n- id: x\n  title: X\n  points:\n    a: 1\n    b: 2\n§# Goals\n{GOALS}",
     "- id: new\n  title: New\n  points:\n    a: 1\n    b: 2\n"),
    ("wide steps", f"{GOALS}viewpoints:\n    -   id: x\n        title: X\n        points:\n            a: 1\n§",
     "    -   id: new\n        title: New\n        points:\n            a: 1\n            b: 2\n"),
    ("dashes in lines of their own", f"{GOALS}viewpoints:\n  -\n    id: x\n    title: X\n    points: {{a: 1}}\n§",
     "  - id: new\n    title: New\n    points: {a: 1, b: 2}\n"),
    ("points in braces", f"{GOALS}viewpoints:\n  - id: x\n    title: X\n    points: {{a: 1, b: 2}}  # few\n§",
     "  - id: new\n    title: New\n    points: {a: 1, b: 2}\n"),
    ("entries in braces", f"{GOALS}viewpoints:\n  - {{id: x, title: X, points: {{a: 1,\n       b: 2}}}}\n§",
     "  - id: new\n    title: New\n    points: {a: 1, b: 2}\n"),
    ("points before the title", f"{GOALS}viewpoints:\n  - points:\n        b: 2\n    title: X\n    id: x\n§",
     "  - id: new\n    title: New\n    points:\n        a: 1\n        b: 2\n"),
    ("entries apart", f"{GOALS}viewpoints:\n{OLD}\n  # the second\n{OLD.replace('x', 'y')}§\n# end\n", "\n" + ADDED),
    ("entries apart, dashes alone",
     f"{GOALS}viewpoints:\n{OLD}  -\n    id: y\n    title: Y\n    points:\n      a: 1\n§", ADDED),
    ("a comment between entries", f"{GOALS}viewpoints:\n{OLD}  # the second\n{OLD.replace('x', 'y')}§", ADDED),
    ("comments below", f"viewpoints:\n{OLD}      # c: 3\n    # inside\n§  # - id: out\n# The goals.\n{GOALS}", ADDED),
    ("a comment at the end, without a line end", f"{GOALS}viewpoints:\n{OLD}      # c: 3§", "\n" + ADDED[:-1]),
    ("a comment beside the last point", f"{GOALS}viewpoints:\n{OLD[:-1]}  # two\n§# end\n", ADDED),
    ("an empty reason last", f"{GOALS}viewpoints:\n{OLD}    why:\n§", ADDED),
    ("a quoted text over two lines last", f"{GOALS}viewpoints:\n{OLD}    why: 'a\n\n      b'\n§\n", ADDED),
    ("a plain text over two lines last", f"{GOALS}viewpoints:\n{OLD}    why: a\n      b\n§\n", ADDED),
    ("a folded text last", f"viewpoints:\n{OLD}    why: >-\n      a\n\n      b\n§\n\n{GOALS}", ADDED),
    ("a folded text last, entries apart",
     f"viewpoints:\n{OLD}    why: >\n      a\n\n{OLD.replace('x', 'y')}    why: >\n      a\n§\n{GOALS}", "\n" + ADDED),
    ("a folded text last, no line end", f"{GOALS}viewpoints:\n{OLD}    why: >\n      a§", "\n" + ADDED[:-1]),
    ("a text that keeps its blank lines last",
     f"viewpoints:\n{OLD}\n{OLD.replace('x', 'y')}    why: |+  # so\n      a\n\n\n§{GOALS}", ADDED),
    ("the key marked with ?", f"{GOALS}? viewpoints\n: - id: x\n    points:\n      a: 1\n§", ADDED),
    ("keys in quotes", f"{GOALS}'viewpoints' :\n  - 'id' : x\n    \"points\":\n      'a': 1\n§", ADDED),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "added"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_a_viewpoint_is_added_in_the_layout_of_the_file(marked, added):
    before, after = marked.replace("§", ""), marked.replace("§", added)
    assert with_viewpoint(before, NEW) == after
    assert with_viewpoint(after, NEW) == after


def test_points_stand_in_the_order_of_the_tree_and_strangers_last():
    viewpoint = Viewpoint(id="new", title="New", points={"z": 9, "b": 2, "a": 1})
    after = with_viewpoint(f"{GOALS}viewpoints:\n{OLD}", viewpoint)
    assert after.endswith("    points:\n      a: 1\n      b: 2\n      z: 9\n")


def test_points_are_written_short_and_come_back_as_they_were():
    numbers = [0.0, -0.0, 30.0, 33.3, 0.1 + 0.2, 100 / 3, 1e-7, 5e-324, 99.99999999999999, 100.0]
    viewpoint = Viewpoint(id="new", title="New", points={f"p{n}": number for n, number in enumerate(numbers)})
    after = with_viewpoint(f"viewpoints:\n{OLD}", viewpoint)
    written = ["0", "0", "30", "33.3", "0.30000000000000004", "33.333333333333336", "1e-07", "5e-324",
               "99.99999999999999", "100"]  # fmt: skip
    assert re.findall(r"p\d: (.*)", after) == written
    assert viewpoints(after)[1] == viewpoint


@pytest.mark.parametrize("one", ["null", "true", "no", "y", "on"])
def test_ids_that_look_like_something_else_stay_ids(one):
    viewpoint = Viewpoint(id=one, title="New", points={one: 5})
    for text in (f"viewpoints:\n{OLD}", "viewpoints:\n  - {id: x, title: X, points: {a: 1}}\n"):
        assert viewpoints(with_viewpoint(text, viewpoint))[1] == viewpoint


ENTRY = f"""\
{GOALS}viewpoints:
  # Above the first.
  - id: x  # its id
    title: X  # its title
    # Before the reason.
    why: Because.  # its reason
    points:  # each
      a: 1  # one
      # Between.
      b: 2.50  # two
      # Below.

  # Above the second.
  - id: y
    title: Y
    points: {{a: 1, b: 2}}
"""


def test_where_only_words_and_numbers_change_the_comments_inside_stay():
    viewpoint = Viewpoint(id="x", title="A: b", why="It is # so", points={"b": 2.5, "a": 7})
    expected = ENTRY.replace("title: X ", "title: 'A: b' ").replace("a: 1 ", "a: 7 ")
    assert with_viewpoint(ENTRY, viewpoint) == expected.replace("why: Because. ", "why: 'It is # so' ")


def test_what_is_the_same_is_not_written_anew():
    viewpoint = Viewpoint(id="x", title="X", why="Because.", points={"b": 2.5, "a": 1})
    assert with_viewpoint(ENTRY, viewpoint) == ENTRY


def test_where_a_line_goes_the_entry_is_written_anew_and_comments_around_it_stay():
    viewpoint = Viewpoint(id="x", title="X", points={"a": 1, "b": 3})
    start, end = ENTRY.index("id: x"), ENTRY.index("      # Below.")
    lines = "id: x\n    title: X\n    points:\n      a: 1\n      b: 3\n"
    assert with_viewpoint(ENTRY, viewpoint) == ENTRY[:start] + lines + ENTRY[end:]


def test_where_a_line_comes_the_entry_is_written_anew_and_comments_around_it_stay():
    viewpoint = Viewpoint(id="y", title="Y", why="A reason, in short.", points={"b": 2, "a": 1})
    lines = "id: y\n    title: Y\n    why: A reason, in short.\n    points: {a: 1, b: 2}\n"
    assert with_viewpoint(ENTRY, viewpoint) == ENTRY[: ENTRY.index("id: y")] + lines


def test_an_entry_with_other_points_is_written_anew():
    old = OLD.replace("      b: 2\n", "      zz: 2  # gone\n")
    viewpoint = Viewpoint(id="x", title="X", points={"a": 1, "b": 2})
    assert with_viewpoint(f"viewpoints:\n{old}{GOALS}", viewpoint) == f"viewpoints:\n{OLD}{GOALS}"


def test_an_entry_that_is_no_viewpoint_is_written_anew():
    text = f"viewpoints:\n{OLD.replace('title: X', 'titel: X')}\n# end\n"
    viewpoint = Viewpoint(id="x", title="X", points={"a": 1, "b": 2})
    assert with_viewpoint(text, viewpoint) == f"viewpoints:\n{OLD}\n# end\n"


@pytest.mark.parametrize("why", [">-\n      one\n      two", "|+\n      one\n      two\n", "'one\n      two'"])
def test_a_reason_of_several_lines_becomes_one_line_and_blank_lines_stay(why):
    text = f"viewpoints:\n  - id: x\n    why: {why}\n\n    # points\n    points: {{a: 1}}\n    title: X\n"
    viewpoint = Viewpoint(id="x", title="X", why="three", points={"a": 1})
    after = with_viewpoint(text, viewpoint)
    assert after.startswith("viewpoints:\n  - id: x\n    why: three\n\n")
    assert after.endswith("\n    # points\n    points: {a: 1}\n    title: X\n")


@pytest.mark.parametrize("ending", ["\n\n", "\n", ""])
def test_a_reason_of_several_lines_goes_with_its_entry_and_blank_lines_stay(ending):
    text = f"viewpoints:\n{OLD}    why: |\n      one\n\n      two{ending}"
    viewpoint = Viewpoint(id="x", title="X", points={"a": 1, "b": 2})
    assert with_viewpoint(text, viewpoint) == f"viewpoints:\n{OLD[:-1]}{ending}"


def test_an_entry_is_replaced_with_the_line_ends_of_the_file():
    text = f"viewpoints:\n{OLD}    why: x\n# end".replace("\n", "\r\n")
    viewpoint = Viewpoint(id="x", title="X", points={"a": 1, "b": 2})
    assert with_viewpoint(text, viewpoint) == f"viewpoints:\n{OLD}# end".replace("\n", "\r\n")


def test_words_and_numbers_change_even_in_a_list_in_brackets():
    text = '{"viewpoints": [{"id": "x", "title": "X", "points": {"a": 1, "b": 2}}], "goals": []}'
    viewpoint = Viewpoint(id="x", title="X, Y] {z}", points={"a": 1, "b": 3})
    expected = text.replace('"X"', "'X, Y] {z}'").replace('"b": 2', '"b": 3')
    assert with_viewpoint(text, viewpoint) == expected


BRACKETS = (
    "the list stands in brackets, and cannot be edited line by line"
    " -> write each viewpoint as '- id: …' with its title and points in lines under it, then save again"
)
NO_LIST = (
    "there is no list of viewpoints to add to"
    " -> write each viewpoint as '- id: …' with its title and points in lines under it, then save again"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nviewpoints: [{id: x, title: X, points: {a: 1}}]\n", f"2 viewpoints: {BRACKETS}"),
        ("viewpoints: [\n  {id: new, title: X, points: {b: 1}},\n]\n", f"1 viewpoints: {BRACKETS}"),
        ('{"viewpoints": [{"id": "x"}]}', f"1 viewpoints: {BRACKETS}"),
        ("a: 1\n", f"1 viewpoints: {NO_LIST}"),
        ("- a\n", f"1 viewpoints: {NO_LIST}"),
        ("a: 1\nviewpoints:\n", f"2 viewpoints: {NO_LIST}"),
        ("viewpoints: []\n", f"1 viewpoints: {NO_LIST}"),
        ("viewpoints:\n  - x\n", f"1 viewpoints: {NO_LIST}"),
        ("viewpoints:\n  - {}\n", f"1 viewpoints: {NO_LIST}"),
        (
            f"viewpoints: &all\n{OLD}",
            "1 viewpoints: &all is an anchor -> take it away, or put text that begins with & in quotes",
        ),
        ("", " : the file is empty -> fill it in, or take it away"),
        ("a: \ud800\n", "1 : the byte 0xED is not UTF-8 text -> save the file as UTF-8"),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text, message):
    with pytest.raises(InputError, match="the criteria file has 1 problem") as caught:
        with_viewpoint(text, NEW)
    assert told(caught.value) == [f"the criteria file:{message}"]


def test_a_result_that_says_anything_else_is_refused(monkeypatch):
    text = f"{GOALS}viewpoints:\n{OLD}"
    for wrong in (text, text + ADDED.replace("a: 1", "a: 3"), "x: 1\n" + text + ADDED, text + ADDED + ADDED, "{"):
        monkeypatch.setattr("partnerselect.files.write.appended", lambda *_, wrong=wrong: wrong)
        with pytest.raises(InputError, match="laid out in a way that cannot be edited safely"):
            with_viewpoint(text, NEW)


HOSTILE = [
    "NO", "yes", "null", "~", "true", "1e3", "1.50", "010", "2016-10", "2016-10-05", "12:30:45", ".5", "=", "<<",
    "a: b", "a:", ": a", "a #b", "#a", "a#b", "it's", '"quoted"', "'", '"', "\\", "a\\nb", "- a", "-", "--- a", "---",
    "...", "? a", "?", "*a", "&a", "!a", "!!python/object:os.system [ls]", "%TAG", "@a", "`a", "|", ">", "|+", "[a]",
    "{a: b}", "a, b", "a]", "}", "]", ",", "one\ntwo", "one\n\n\n two", "a\r\nb", "a\tb", "😀 é Ł 日本", "a\u2028b",
    "a\u2029b", "a\x85b", "a\ufeffb", "\ufeffa", "a\u00a0b", "\u202eabc", "=cmd|' /C calc'!A0", "a  b", "x" * 20_000,
    "x " * 9_999 + "x", "9" * 400, "${HOME}", "<script>", "a\u0301", "\U0010fffd", "viewpoints:\n- id: evil",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_any_title_comes_back_as_it_was(title):
    wanted = Viewpoint(id="x", title=title, why=f"{title}: {title}"[:20_000], points={"a": 1})
    added = wanted.model_copy(update={"id": "new"})
    for old in (
        "- id: x\n  title: X\n  why: Y\n  points:\n    a: 1\n",
        "- {id: x, title: X, why: Y, points: {a: 1}}\n",
    ):
        after = with_viewpoint(with_viewpoint(f"viewpoints:\n{old}b: 1\n", added), wanted)
        assert viewpoints(after) == [wanted, added]
        assert after.count("\n") == old.count("\n") + (6 if "{" in old else 7)


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x80", "\ufffe"])
def test_control_characters_are_refused(character):
    viewpoint = Viewpoint(id="new", title=f"a{character}b", why=f"a{character}b", points={"a": 1})
    with pytest.raises(InputError) as caught:
        with_viewpoint(f"viewpoints:\n{OLD}", viewpoint)
    name = f"U+{ord(character):04X}"
    assert told(caught.value) == [
        f"the criteria file: : the control character {name} stands in the {part} of the viewpoint -> delete it"
        for part in ("title", "why")
    ]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
TITLES = (TEXTS | st.sampled_from(HOSTILE) | st.text("ab:- \n\t[]{}'\"#&*!|>%@`?,\\\x85\u2028\ufeff")).filter(str.strip)
POINTS = st.integers(0, 100) | st.floats(0, 100)
WORDS = st.text("ab é😀:#'\"-[{", max_size=12)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A criteria file with viewpoints x and y about a and b, in any of the layouts that people use."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    dash, gap, step = (draw(st.integers(low, 4)) for low in (0, 1, 1))
    keys = " " * (dash + 1 + gap)

    def remark() -> str:
        return draw(st.just("") | WORDS.map(lambda words: f"  # {words}"))

    def between() -> list[str]:
        lines = st.just("") | st.just("  ") | st.builds("{}# {}".format, st.sampled_from(["", keys]), WORDS)
        return draw(st.lists(lines, max_size=2))

    def said(key: str, *ways: str) -> list[str]:
        first, *more = draw(st.sampled_from(ways)).splitlines()
        has_room = not more or first in (">-", "|")
        return [f"{keys}{key}: {first}{remark() if has_room else ''}", *(keys + line for line in more)]

    def points() -> list[str]:
        if draw(st.booleans()):
            return [f"{keys}points: {{a: 1, b: 2.5}}{remark()}"]
        inner = keys + " " * step
        first, second = f"{inner}a: 1{remark()}", f"{inner}b: 2.5{remark()}"
        return [f"{keys}points:{remark()}", *between(), first, *between(), second]

    def viewpoint(one: str) -> list[str]:
        parts = [said("title", "T", "'T'", ">-\n T", "T\n T"), points()]
        if draw(st.booleans()):
            parts.append(said("why", "W", '"W"', "|\n W\n W", "'W\n W'"))
        lines = [line for part in draw(st.permutations(parts)) for line in part]
        return [f"{' ' * dash}-{' ' * gap}id: {one}{remark()}", *lines, *between()]

    goals = ["goals:", "  - {id: a, criteria: [{id: b}]}"]
    section = [*between(), "viewpoints:" + remark(), *between(), *viewpoint("x"), *viewpoint("y")]
    lines = [*goals, *section] if draw(st.booleans()) else [*section, *goals]
    ending = draw(st.sampled_from(["", newline, newline * 3, f"{newline}...{newline}"]))
    return draw(st.sampled_from(["", "\ufeff"])) + newline.join(lines) + ending


@given(text=files(), title=TITLES, why=st.none() | TITLES, a=POINTS, b=POINTS)
@settings(QUICK, max_examples=150)
def test_whatever_the_layout_only_lines_are_added(text, title, why, a, b):
    viewpoint = Viewpoint(id="new", title=title, why=why, points={"b": b, "a": a})
    after = with_viewpoint(text, viewpoint)
    assert viewpoints(after) == [*viewpoints(text), viewpoint]
    from_the_left = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(text, after, strict=False))))
    assert after.endswith(text[from_the_left:])
    assert "\r\n" not in text or after.count("\n") == after.count("\r\n")


@given(text=files(), one=st.sampled_from(["x", "y"]), title=TITLES, keep=st.booleans(), a=POINTS, b=POINTS)
@settings(QUICK, max_examples=150)
def test_whatever_the_layout_one_entry_is_replaced(text, one, title, keep, a, b):
    first, second = viewpoints(text)
    old = first if one == "x" else second
    why = (title if old.why else None) if keep else (None if old.why else title)
    viewpoint = Viewpoint(id=one, title=title, why=why, points={"b": b, "a": a})
    after = with_viewpoint(text, viewpoint)
    assert viewpoints(after) == ([viewpoint, second] if one == "x" else [first, viewpoint])
    at = text.index(f"id: {one}")
    assert after[:at] == text[:at]
    if keep:
        assert lines_apart(after) == lines_apart(text)


def lines_apart(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.strip() or line.lstrip().startswith("#")]


def decision_of(path: Path) -> Any:
    return read_decision(path, ROOT / "candidates" / "photonics-for-health")


@pytest.fixture
def real(tmp_path: Path) -> Path:
    return Path(shutil.copy(REAL, tmp_path / "photonics-for-health.yaml"))


def test_the_real_file_gets_lines_and_loses_none(real):
    before = decision_of(real)
    points = dict.fromkeys(reversed(list(before.ids())), 12.5)
    viewpoint = Viewpoint(id="litek", title="LITEK: #1", why="What the 'lead' wants.", points=points)
    save_viewpoint(real, viewpoint)
    old, new = REAL.read_text(encoding="utf-8").splitlines(), real.read_text(encoding="utf-8").splitlines()
    changes = [line for line in difflib.ndiff(old, new) if not line.startswith("  ")]
    assert changes == [
        "+ ",
        "+   - id: litek",
        "+     title: 'LITEK: #1'",
        "+     why: What the 'lead' wants.",
        "+     points:",
        *(f"+       {id_}: 12.5" for id_ in before.ids()),
    ]
    after = decision_of(real)
    assert after.viewpoints == (*before.viewpoints, viewpoint)
    assert after.model_copy(update={"viewpoints": before.viewpoints}) == before


def test_a_viewpoint_of_the_real_file_is_replaced_in_its_place(real):
    old = decision_of(real).viewpoints[2]
    save_viewpoint(real, old.model_copy(update={"title": "Markets", "points": {**old.points, "fit": 61.5}}))
    text = REAL.read_text(encoding="utf-8")
    at = text.index("title: Third markets first")
    changed = text[at:].replace("title: Third markets first", "title: Markets").replace("fit: 60\n", "fit: 61.5\n", 1)
    assert real.read_text(encoding="utf-8") == text[:at] + changed


@given(points=st.lists(POINTS, min_size=5, max_size=5).filter(lambda p: p[0] * p[1] > 0), title=TITLES)
@settings(QUICK, max_examples=20)
def test_a_saved_viewpoint_is_read_as_it_was(folder, points, title):
    folder.write("criteria", folder.texts["criteria"])
    viewpoint = Viewpoint(id="new", title=title, points=dict(zip(FLAT, points, strict=True)))
    save_viewpoint(folder.criteria_file, viewpoint)
    assert folder.read().viewpoints[1] == viewpoint


def saved(folder: Any, **changes: Any) -> None:
    save_viewpoint(folder.criteria_file, Viewpoint(**{"id": "new", "title": "New", "points": FLAT, **changes}))


def untouched(folder: Any) -> bool:
    names = [path.name for path in folder.criteria_file.parent.iterdir()]
    same = folder.criteria_file.read_text(encoding="utf-8") == folder.texts["criteria"]
    return same and sorted(names) == ["candidates", "small.yaml"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"points": {**FLAT, "strangr": 5}},
            (
                "viewpoints[1].points.strangr: there is no goal or criterion 'strangr'"
                " -> goals and criteria are fit, areas, depth, reach, companies"
            ),
        ),
        (
            {"points": {"fit": 50, "areas": 50}},
            (
                "viewpoints[1].points: no points for depth, reach, companies"
                " -> write points for every goal and criterion; 0 where it does not matter"
            ),
        ),
        (
            {"points": dict.fromkeys(FLAT, 0)},
            (
                "viewpoints[1].points: all points are 0, so nothing would count"
                " -> give at least one goal and one of its criteria more than 0"
            ),
        ),
        ({"title": "a\x07"}, ": the control character U+0007 stands in the title of the viewpoint -> delete it"),
    ],
)
def test_a_viewpoint_that_does_not_fit_the_file_is_refused_without_a_line(folder, changes, message):
    with pytest.raises(InputError, match="has 1 problem") as caught:
        saved(folder, **changes)
    assert told(caught.value) == [f"small.yaml: {message}"]
    assert untouched(folder)


def test_a_file_that_is_wrong_already_is_told_with_its_lines(folder):
    folder.change("criteria", "kind: measured", "kind: measure")
    with pytest.raises(InputError, match="line 33: goals"):
        saved(folder)
    folder.write("criteria", "a: 1\nb\nc: 2\n")
    with pytest.raises(InputError, match="line 2: a line without ': '"):
        saved(folder)
    folder.criteria_file.unlink()
    with pytest.raises(InputError, match="there is no such file"):
        saved(folder)


def test_no_more_viewpoints_are_saved_than_are_read(folder):
    for number in range(199):
        folder.change("criteria", "viewpoints:\n", f"viewpoints:\n  - {{id: v{number}, title: V, points: {FLAT}}}\n")
    full = folder.criteria_file.read_bytes()
    with pytest.raises(InputError, match=r"viewpoints: a list has 201 entries\n *write at most 200"):
        saved(folder)
    assert folder.criteria_file.read_bytes() == full


def test_a_file_is_not_made_larger_than_can_be_read(folder, monkeypatch):
    monkeypatch.setattr(raw, "LARGEST", len(folder.texts["criteria"]) + 10)
    with pytest.raises(InputError, match="with the viewpoint it is larger than 10 MB"):
        saved(folder)
    assert untouched(folder)


def test_a_viewpoint_that_is_there_already_is_not_written_again(folder):
    folder.criteria_file.chmod(0o444)
    before = folder.criteria_file.stat()
    saved(folder, id="equal", title="Equal")
    after = folder.criteria_file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_permissions_stay(folder):
    folder.criteria_file.chmod(0o640)
    saved(folder)
    assert stat.S_IMODE(folder.criteria_file.stat().st_mode) == 0o640
    assert len(folder.read().viewpoints) == 2


def test_a_link_keeps_pointing_to_the_file(folder, tmp_path):
    link = tmp_path / "candidates" / "link.txt"
    link.symlink_to(Path("..", "small.yaml"))
    save_viewpoint(link, Viewpoint(id="new", title="New", points=FLAT))
    assert link.is_symlink()
    assert not folder.criteria_file.is_symlink()
    assert len(folder.read().viewpoints) == 2


def test_the_file_and_its_new_name_are_made_to_last(folder, monkeypatch):
    calls: list[str] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def noted_replace(source: Path, target: Path) -> None:
        calls.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    saved(folder)
    assert calls == ["file", "replace", "folder"]


def refuse(error: BaseException) -> Any:
    def raises(*_: object, **__: object) -> None:
        raise error

    return raises


@pytest.mark.parametrize("call", ["replace", "fsync", "fdopen"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(folder, monkeypatch, call):
    real_call = getattr(os, call)
    failing = refuse(OSError(errno.ENOSPC, "No space left on device", "somewhere"))
    # reading opens files too: only what writes fails
    monkeypatch.setattr(os, call, lambda *a, **k: real_call(*a, **k) if a[1:] == ("rb",) else failing())
    with pytest.raises(OSError, match=r"No space left on device: '.*small\.yaml'") as caught:
        saved(folder)
    assert caught.value.errno == errno.ENOSPC
    assert untouched(folder)


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(folder, monkeypatch):
    monkeypatch.setattr(os, "replace", refuse(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        saved(folder)
    assert untouched(folder)


@pytest.mark.parametrize(("code", "kind"), [(errno.EACCES, PermissionError), (errno.EROFS, OSError)])
def test_a_folder_that_takes_no_files_is_told_by_an_os_error(folder, monkeypatch, code, kind):
    monkeypatch.setattr(tempfile, "mkstemp", refuse(OSError(code, os.strerror(code), "somewhere")))
    with pytest.raises(kind, match=r"small\.yaml") as caught:
        saved(folder)
    assert caught.value.errno == code
    assert untouched(folder)


def test_a_file_that_may_only_be_read_is_not_replaced(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    with pytest.raises(PermissionError, match=r"small\.yaml"):
        saved(folder)
    assert untouched(folder)


def test_what_somebody_else_wrote_in_the_meantime_is_not_lost(folder, monkeypatch):
    theirs = folder.texts["criteria"] + "# theirs\n"
    monkeypatch.setattr(os, "fsync", lambda _: folder.write("criteria", theirs))
    with pytest.raises(InputError, match="somebody changed it while the viewpoint was being saved"):
        saved(folder)
    assert folder.criteria_file.read_text(encoding="utf-8") == theirs
    assert len(list(folder.criteria_file.parent.iterdir())) == 2


def test_a_file_taken_away_in_the_meantime_is_not_made_again(folder, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: folder.criteria_file.unlink())
    with pytest.raises(InputError, match="there is no such file"):
        saved(folder)
    assert [path.name for path in folder.criteria_file.parent.iterdir()] == ["candidates"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Health first", "health_first"), ("  LITEK's   view!", "litek_s_view"), ("Čeští & Łódź", "cesti_lodz"),
        ("Straße nach Øresund", "strasse_nach_oresund"), ("90 SMEs", "viewpoint_90_smes"), ("", "viewpoint"),
        ("日本", "viewpoint"), ("😀", "viewpoint"), ("_", "viewpoint"), ("ﬁt ½", "fit_1_2"), ("x" * 70, "x" * 64),
        ("İstanbul ıæœđð þ", "istanbul_iaeoedd_th"), ("a" * 63 + " b", "a" * 63),
    ],
)  # fmt: skip
def test_an_id_is_made_from_the_title(title, expected):
    assert viewpoint_id(title, []) == expected


def test_an_id_that_is_taken_gets_a_number():
    assert viewpoint_id("Equal", ["equal"]) == "equal_2"
    assert viewpoint_id("Equal", {"equal", "equal_2", "equal_3"}) == "equal_4"
    assert viewpoint_id("x" * 70, ["x" * 64]) == "x" * 62 + "_2"


@given(title=st.text(max_size=80), others=st.lists(st.sampled_from(["", "a", "viewpoint", "viewpoint_2", "a_2"])))
@QUICK
def test_any_title_gives_an_id_that_is_free(title, others):
    id_ = viewpoint_id(title, others)
    assert TypeAdapter(Id).validate_python(id_) == id_
    assert id_ not in others
    assert viewpoint_id(title, [*others, id_]) not in {*others, id_}
