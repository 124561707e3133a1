"""The minutes: what was decided, what divided the room, what stays open; texts of data stay texts."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

import partnerselect as ps
from partnerselect.analysis.round_side import Side
from partnerselect.reports.minutes import escaped, minutes
from partnerselect.reports.on_record import DeclaredConflict, Person
from tests.builders import criteria, decision, measured, organisation, table
from tests.reports.reported import GREEK_AND_CYRILLIC, HASH, HOSTILE, LATIN, contents, on_record, small

NASTY = [
    HOSTILE,
    "<script>alert(1)</script> &lt; &#106;avascript",
    "[link](javascript:alert(1)) ![image](x) <https://a.b> https://a.b/c www.a.b a@b.example",
    "cell | next | `code` \\| end \\",
    "# no heading",
    "- no list",
    "+ no list",
    "12. no list",
    "3) no list",
    "> no quotation",
    "=== ---",
    "~~gone~~ **bold** __bold__ $x$ :smile: #1 @somebody [^1]",
    "    no code",
    "line one\n\n# line two",
    LATIN,
    GREEK_AND_CYRILLIC,
]


def rendered(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def words(tokens: list[Token]) -> str:
    """The text that a reader sees."""
    return "\n".join(
        "".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"
    )


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("frame", ["{}", "- {}", "| {} | b |\n|---|---|\n| {} | b |"], ids=["line", "item", "table"])
def test_a_text_of_data_is_shown_as_it_is(text: str, frame: str) -> None:
    tokens = rendered(frame.format(escaped(text), escaped(text)))
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds == {"text"}
    assert {token.type for token in tokens} <= {
        *("paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close"),
        *("list_item_open", "list_item_close"),
        *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
    }
    assert " ".join(text.split()) in words(tokens).split("\n")


def sections(markdown: str) -> dict[str, str]:
    """What stands under each heading of the second level."""
    parts = re.split(r"^## (.*)$", markdown, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_minutes_tell_what_was_decided_what_divided_the_room_and_what_stays_open() -> None:
    found = contents(on_record=on_record())
    told = sections(minutes(found))
    assert list(told) == ["What was decided", "What divided the room", "Open questions", "Rules", "Who took part"]
    assert found.sets is not None
    assert "Chosen: **Alpha and Beta.**" in told["What was decided"]
    assert "Why: Reach counts most." in told["What was decided"]
    assert "On record: It answered within a day." in told["What was decided"]
    assert found.sets.verdict.sentence in words(rendered(told["What divided the room"]))
    assert "- Jan, with Alpha (chosen): on its board" in told["What divided the room"]
    assert found.questions.sentence in words(rendered(told["Open questions"]))
    assert "| Exactly 2 partners join | yes |" in told["Rules"]
    assert "- Zoë Ångström, LITEK, chair" in told["Who took part"]


def test_gates_are_told_with_those_who_failed_and_the_number_of_those_nobody_checked() -> None:
    gates = [{"id": "seen", "title": "Seen", "rule": "Somebody was there."}]
    told = sections(minutes(contents(small(gates=gates))))["Rules"]
    assert "unchecked ones stay in:\n\n- Seen: Somebody was there. Failed: nobody; not checked: 3.\n" in told
    assert "unchecked" not in sections(minutes(contents()))["Rules"]


def test_weights_at_which_it_tips_stand_in_a_table_nearest_first() -> None:
    # Worked out in test_contents: Alpha and Beta are level where a weighs 40 % and b 60 %.
    one = [{"id": "one", "kind": "size", "at_least": 1, "at_most": 1}]
    own = table({"alpha": {"a": 90, "b": 40}, "beta": {"a": 30, "b": 80}, "gamma": {"a": 20, "b": 85}}, set_rules=one)
    told = minutes(contents(own))
    assert "| a | 50.0 % | 40.0 % | Beta |\n| b | 50.0 % | 60.0 % | Beta |\n" in told


def test_a_closed_round_is_named_with_its_hash_and_a_draft_says_that_it_is_one() -> None:
    closed = minutes(contents(on_record=on_record()))
    assert "- Round: 2017-05 The round of May\n- Closed on 2017-06-01 by Laura\n" in closed
    assert f"SHA-256 of the round: `{HASH}`" in closed
    assert "DRAFT" not in closed
    draft = minutes(contents())
    assert "**DRAFT: no round was closed, and nothing here is on record.**" in draft
    assert "SHA-256" not in draft
    assert "Made 2026-11-01 with PartnerSelect 0.1.0." in draft


def test_what_changed_since_the_last_round_is_told_where_there_is_one() -> None:
    compared = ps.compare_rounds(Side(small(), {"companies": 1}, title="2015"), Side(small(), "equal", title="2017"))
    told = sections(minutes(contents(compared=compared)))["Since the last round"]
    assert compared.sentence in words(rendered(told))
    assert "- The rules are the same in both." in told


def test_rules_that_no_set_keeps_are_told_with_the_ways_out() -> None:
    own = table({"alpha": {"a": 50}}, set_rules=[{"id": "three", "kind": "size", "at_least": 3}])
    told = sections(minutes(contents(own)))
    assert "No set of partners keeps all the rules." in told["What was decided"]
    assert "- Allow " in told["What was decided"]
    assert "no set is allowed" in told["What divided the room"]


def test_hostile_texts_everywhere_leave_the_minutes_in_shape() -> None:
    leaf = {**measured("a"), "title": HOSTILE, "question": HOSTILE}
    rules = [{"id": "one", "kind": "size", "at_least": 1, "at_most": 1, "title": HOSTILE}]
    own = decision(
        criteria(("goal", [leaf]), title=HOSTILE, question=HOSTILE, set_rules=rules),
        organisation("alpha", {"criterion": "a", "value": 60}, name=HOSTILE),
        organisation("beta", name="Beta"),
    )
    record = on_record(
        rationale=HOSTILE,
        why_candidates={"alpha": HOSTILE},
        participants=(Person(HOSTILE),),
        conflicts=(DeclaredConflict(HOSTILE, "alpha", HOSTILE),),
    )
    tokens = rendered(minutes(contents(own, on_record=record)))
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "strong_open", "strong_close", "code_inline", "softbreak"}
    rows = [token.map for token in tokens if token.type == "tr_open"]
    cells = [token for token in tokens if token.type in ("td_open", "th_open")]
    assert len(rows) < len(cells) <= 4 * len(rows)
    assert words(tokens).count(HOSTILE) > 10
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
