"""The PDF: complete, to be kept and to be read by everybody, and harmless whatever the texts are."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
from datetime import date
from html import escape
from typing import Any, Literal, get_args, get_type_hints

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import StreamObject

import partnerselect as ps
from partnerselect.analysis.round_side import Side
from partnerselect.model import Decision
from partnerselect.reports import document as documents
from partnerselect.reports.contents import ReportContents
from partnerselect.reports.document import ALL, SECTIONS, document, pdf, typeset
from partnerselect.reports.document_parts.blocks import (
    Block,
    Bullets,
    Card,
    Column,
    Facts,
    Heading,
    Row,
    Signatures,
    Table,
    Words,
    for_template,
)
from partnerselect.reports.document_parts.letters import PRINTED, breakable, chart_text, printable
from partnerselect.reports.on_record import DeclaredConflict, Person
from tests.builders import criteria, decision, measured, organisation, table
from tests.reports.reported import (
    GREEK_AND_CYRILLIC,
    HASH,
    HOSTILE,
    LATIN,
    MADE_ON,
    PAIR,
    contents,
    large,
    on_record,
    pages,
    small,
    squeezed,
    tags,
    text,
)


@pytest.fixture(scope="module")
def closed() -> bytes:
    """A closed round with everything on record, compared with one before."""
    before = Side(small(), {"companies": 90, "hospitals": 10}, title="2015-05")
    after = Side(small(), "equal", title="2017-05", chosen=("alpha", "gamma"))
    compared = ps.compare_rounds(before, after)
    return pdf(contents(chosen=("alpha", "gamma"), on_record=on_record(), compared=compared))


@pytest.fixture(scope="module")
def draft() -> bytes:
    return pdf(contents())


def outline(data: bytes) -> list[str]:
    """Bookmarks of the sections."""
    found = pypdf.PdfReader(io.BytesIO(data)).outline
    return [str(one["/Title"]).split(" ", 1)[1] for one in found if not isinstance(one, list)]


def standard(data: bytes) -> str:
    """What a PDF says of the standards that it keeps."""
    metadata = pypdf.PdfReader(io.BytesIO(data)).root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    return metadata.get_data().decode()


def test_it_is_a_pdf_to_be_kept_and_to_be_read_by_everybody(closed: bytes) -> None:
    for told in ("<pdfaid:part>2<", "<pdfaid:conformance>B<", "<pdfuaid:part>1<"):
        assert told in standard(closed)
    root: Any = pypdf.PdfReader(io.BytesIO(closed)).root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pypdf.PdfReader(io.BytesIO(closed)).metadata["/Title"] == "Small: Who joins?"  # type: ignore[index]


def test_all_sections_stand_in_their_order_under_their_titles(closed: bytes) -> None:
    assert outline(closed) == list(SECTIONS.values())
    assert [str(tag["/S"]) for tag in tags(closed)].count("/H1") == len(ALL)


def test_only_the_chosen_sections_are_there_in_the_order_of_the_report() -> None:
    assert outline(pdf(contents(), ["signatures", "rules"])) == [SECTIONS["rules"], SECTIONS["signatures"]]


def test_without_any_section_the_title_page_is_left() -> None:
    (page,) = pages(pdf(contents(), []))
    assert "Who joins? Chosen: Alpha and Beta." in page
    assert page.endswith("Page 1 of 1")


@pytest.mark.parametrize("sections", [ALL, (), ("ranking", "signatures")], ids=["all", "title page", "two sections"])
def test_the_preview_has_the_pages_of_the_pdf(sections: tuple[str, ...]) -> None:
    drawn = documents.pages(contents(), sections, ppi=20)
    assert len(drawn) == len(pages(pdf(contents(), sections)))
    for picture in drawn:
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture[16:24]) == (165, 234)  # A4 is 8.27 x 11.69 inches


def test_a_section_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="there is no section 'rankings'; sections are decision, criteria, set, rules"):
        pdf(contents(), ["rankings"])


def test_a_draft_says_so_on_every_page_and_has_no_hash(draft: bytes) -> None:
    assert all("DRAFT: not a closed round" in page for page in pages(draft))
    assert "SHA-256" not in " ".join(pages(draft))
    assert "do not sign it as a decision" in pages(draft)[-1]


def test_a_closed_round_shows_its_name_and_its_hash_on_every_page(closed: bytes) -> None:
    count = len(pages(closed))
    assert " ".join(pages(closed)).count(HASH) == count + 1
    for number, page in enumerate(pages(closed), start=1):
        assert "Round 2017-05" in page
        assert HASH in page
        assert f"Page {number} of {count}" in page
        assert "DRAFT" not in page


def test_what_people_put_on_record_is_told(closed: bytes) -> None:
    told = text(closed)
    for words in (
        "Chosen: Alpha and Gamma.",
        "Why it was decided so: Reach counts most.",
        "On record: It answered within a day.",
        "The round itself is the file round-2017-05.json, from the page Report or from “rounds export”.",
        "On record: The call counts them.",
        "Zoë Ångström, LITEK, chair",
        "closed on 2017-06-01 by Laura",
        "1 conflict of interest was declared; it touches a chosen partner.",
        "on its board",
        "Compared: 2015-05 and 2017-05.",
        "The rules are the same in both.",
    ):
        assert squeezed(words) in told


def test_a_choice_that_is_not_the_best_set_is_told_with_what_it_gives_away(closed: bytes) -> None:
    # Alpha and Gamma instead of Alpha and Beta: see `small`.
    assert squeezed("Under these weights and rules: Alpha and Beta are the best of 3 allowed sets") in text(closed)


def test_a_gate_that_is_a_sentence_has_one_full_stop() -> None:
    gates = [
        {"id": "eu", "title": "In the EU", "rule": "In a member state."},
        {"id": "old", "title": "Ten years old", "rule": "Founded ten years ago", "active": False},
    ]
    told = text(pdf(contents(small(gates=gates)), ["decision"]))
    assert squeezed("In the EU: In a member state. Failed: nobody; not checked: 3.") in told
    assert squeezed("Ten years old: Founded ten years ago (switched off). Failed: nobody; not checked: 3.") in told


def test_gates_that_nobody_checked_are_not_told_as_passed() -> None:
    kind = {"attribute": "kind", "one_of": ["health"]}
    gates = [
        {"id": "seen", "title": "Seen", "rule": "Somebody was there."},
        {"id": "kind", "title": "Health", "rule": "It is about health.", **kind},
    ]
    own = decision(
        criteria(("goal", [measured("a")]), gates=gates),
        organisation("alpha", gates=[{"gate": "seen", "passed": True, "source": "A visit."}]),
        organisation("beta", kind="photonics"),
        organisation("gamma"),
    )
    told = text(pdf(contents(own), ["decision"]))
    assert squeezed("Seen: Somebody was there. Failed: nobody; not checked: 2.") in told
    assert squeezed("Health: It is about health. Failed: Beta.") in told
    assert squeezed("unchecked ones stay in:") in told
    assert squeezed("had to pass") not in told


def test_numbers_of_the_ranking_are_those_of_the_evaluation(draft: bytes) -> None:
    ranking = ps.evaluate(small(), "equal").ranking
    told = " ".join(pages(draft))
    for one, row in ranking.iterrows():
        assert f"{row['rank']:.0f} {str(one).title()} {100 * row['total']:.1f} " in told


def test_the_evidence_names_reasons_sources_and_what_nobody_knows(draft: bytes) -> None:
    told = text(draft)
    for words in ("Eve: Counted on its list.", "https://example.org/", "refused to say", "Nobody knows areas"):
        assert squeezed(words) in told


def test_a_web_address_is_a_link_and_nothing_else_is() -> None:
    own = decision(
        criteria(("goal", [measured("a")])),
        organisation(
            "alpha",
            {"criterion": "a", "value": 1, "source": "javascript:alert(1)"},
            {"criterion": "a", "value": 2, "source": "https://example.org/a?b=(c)"},
        ),
    )
    reader = pypdf.PdfReader(io.BytesIO(pdf(contents(own), ["evidence"])))
    notes = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]] == [
        "https://example.org/a?b=(c)"
    ]


def hostile(words: str) -> ReportContents:
    """A decision in which every text is the same."""
    leaf: dict[str, Any] = {**measured("a"), "title": words, "question": words, "why": words, "source": words}
    leaf["scale"] = {**leaf["scale"], "unit": words}
    content = criteria(("goal", [leaf]), title=words, question=words, about=words)
    content["goals"][0] |= {"title": words, "why": words}
    content["viewpoints"][0]["title"] = words
    content["gates"] = [{"id": "g", "title": words, "rule": words, "source": words}]
    content["set_rules"] = [{"id": "one", "kind": "size", "at_least": 1, "at_most": 1, "title": words, "why": words}]
    said = {"criterion": "a", "value": 60, "by": words, "reason": words, "note": words, "unit": words}
    more = {"name": words, "region": words, "note": words}
    own = decision(content, organisation("alpha", said, **more), organisation("beta", name="Beta"))
    record = on_record(
        round_title=words,
        closed_by=words,
        rationale=words,
        why_candidates={"alpha": words},
        why_criteria={"a": words},
        participants=(Person(words, words, words),),
        conflicts=(DeclaredConflict(words, "alpha", words),),
    )
    return contents(own, on_record=record)


@pytest.mark.parametrize("words", [HOSTILE, LATIN, GREEK_AND_CYRILLIC], ids=["markup", "latin", "greek, cyrillic"])
def test_texts_come_out_as_they_are_wherever_they_stand(words: str) -> None:
    told = text(pdf(hostile(words)))
    assert told.count(squeezed(words)) >= 30


def test_writing_from_right_to_left_is_printed_letter_by_letter() -> None:
    (page,) = pages(pdf(contents(small(title="אבגד للتعاون עברית")), []))
    assert set("אבגדעברית") <= set(page)
    assert printable("للتعاون") == "للتعاون"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("中文 and 😀", "[U+4E2D][U+6587] and [U+1F600]"),
        ("one\x00two\x07three\nfour\u2028five", "one two three four five"),
        ("\u202ereversed\u202c and \u200bhidden\ufeff\u00ad", "reversed and hidden"),
        ("half \ud83d a sign", "half [U+D83D] a sign"),
        ("private \ue000", "private [U+E000]"),
        ("narrow\u2009space and wide\u3000space", "narrow space and wide space"),
    ],
    ids=["other scripts", "control characters", "invisible signs", "half a character", "private use", "spaces"],
)
def test_what_no_font_has_is_told_by_its_number_and_invisible_signs_are_left_out(words: str, printed: str) -> None:
    assert printable(words) == printed
    found = contents(on_record=on_record(closed_by=words))
    assert squeezed(printed) in text(pdf(found, []))


def letters() -> list[str]:
    """Every character that is let through."""
    passed = re.compile(f"[{PRINTED}]")
    return [chr(code) for code in range(0x3000) if passed.match(chr(code))]


def shown_everywhere(words: str) -> dict[str, Any]:
    """What the template is given where a text stands in every look, and in a picture."""
    texts = "".join(f'<text font-weight="{weight}">{escape(words)}</text>' for weight in ("normal", "bold"))
    drawn = chart_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="50">{texts}</svg>')
    looks: tuple[Literal["plain", "strong", "quiet"], ...] = ("plain", "strong", "quiet")
    blocks: list[Block] = [
        *(Words(words, look) for look in get_args(get_type_hints(Words)["look"])),
        Heading(words),
        Bullets((words,)),
        Facts(((words, words),)),
        Table(
            (Column(words[:200]), Column(words[:200], turned=True)),
            (Row((words[:200],), "group"), *(Row((words, (words, words)), look) for look in looks)),
        ),
        Card(words, words, (words,), words),
        Signatures(((words, words),)),
    ]
    picture = {"kind": "picture", "svg": drawn, "alt": "letters", "width": 400.0}
    return {**document(contents(), []), "sections": [{"title": "Letters", "blocks": [picture, *for_template(blocks)]}]}


@pytest.mark.parametrize("between", [" ", ""], ids=["apart", "together"])
def test_every_letter_that_is_let_through_is_in_the_fonts_in_every_look_and_in_charts(between: str) -> None:
    # A character that no font has makes the typesetter refuse PDF/A.
    assert len(letters()) > 2000
    assert "<pdfuaid:part>1<" in standard(typeset(shown_everywhere(between.join(letters()))))


@given(st.lists(st.text(min_size=1, max_size=80) | st.text(st.sampled_from(letters()), max_size=80), max_size=8))
@settings(max_examples=25, deadline=None)
def test_no_text_whatever_makes_the_typesetter_refuse(words: list[str]) -> None:
    assert "<pdfuaid:part>1<" in standard(typeset(shown_everywhere(" ".join(words))))


def test_where_letters_cannot_be_told_to_a_screen_reader_the_pdf_is_still_one_to_be_kept() -> None:
    content = shown_everywhere("")
    drawn = "<text>\u1ec9<tspan>\u0662</tspan></text>"
    content["sections"][0]["blocks"][0]["svg"] = f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'
    kept = standard(typeset(content))
    assert "<pdfaid:conformance>B<" in kept
    assert "pdfuaid:part" not in kept


def test_a_label_of_a_chart_has_one_font_for_all_its_letters() -> None:
    assert chart_text("<text>Ana აბ</text>") == '<text><tspan font-family="DejaVu Sans Mono">Ana აბ</tspan></text>'
    assert chart_text("<text>אბ</text>") == '<text><tspan font-family="DejaVu Sans Mono">?ბ</tspan></text>'
    assert chart_text("<text>Žižek Ω Я e\u0301 x\u0301 ✓</text>") == "<text>Žižek Ω Я é x •</text>"
    assert chart_text('<g aria-label="about &lt;it&gt;"><path d="M0"/></g>') == '<g><path d="M0"/></g>'


def test_a_long_word_may_go_on_in_the_next_line_and_stays_one_word_else() -> None:
    word = "Verbundwerkstoffzulieferergemeinschaft"
    assert breakable(f"a {word}") == "a Verbundw\u200berkstoff\u200bzuliefer\u200bergemein\u200bschaft"
    assert breakable("a short word, https://example.org/a/long/address/of/many/parts") == (
        "a short word, https://example.org/a/long/address/of/many/parts"
    )
    assert breakable("e\u0301" * 30).replace("\u200b", "") == "e\u0301" * 30
    assert "\u200b\u0301" not in breakable("e\u0301" * 30)


def test_every_picture_has_a_text_for_those_who_cannot_see_it(closed: bytes) -> None:
    told = [str(tag["/Alt"]) for tag in tags(closed) if str(tag["/S"]) == "/Figure"]
    assert [one.split(" of ")[0] for one in told] == ["Stacked bars", "Bars", "Lines"]
    assert all("Alpha" in one for one in told)


def test_every_table_has_heads_that_a_screen_reader_finds(closed: bytes) -> None:
    kinds = [str(tag["/S"]) for tag in tags(closed)]
    assert kinds.count("/THead") == kinds.count("/Table") > 8
    assert kinds.count("/TH") > 30


def test_the_same_contents_give_the_same_bytes_and_the_day_is_the_one_given(draft: bytes) -> None:
    assert pdf(contents()) == draft
    made: Any = pypdf.PdfReader(io.BytesIO(draft)).metadata
    assert made["/CreationDate"] == made["/ModDate"] == "D:20261101000000Z"
    other = pdf(contents(made_on=date(2025, 1, 2), software="9.9"), [])
    assert "Made 2025-01-02 with PartnerSelect 9.9" in pages(other)[0]


def test_only_fonts_that_come_along_are_used(closed: bytes) -> None:
    used = {
        str(font.get_object()["/BaseFont"]).split("+")[1].split("-")[0]
        for page in pypdf.PdfReader(io.BytesIO(closed)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert used <= {"LibertinusSerif", "DejaVuSansMono", "NewComputerModern"}


def test_the_typesetter_is_loaded_when_a_pdf_is_made_and_not_before() -> None:
    program = "import sys, partnerselect.reports.document; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_sixty_candidates_and_sixty_criteria_with_long_names_keep_their_heads_on_every_page() -> None:
    own = large()
    found = contents(own, samples=10)
    made = pages(pdf(found, ["criteria", "set", "rules", "ranking", "sensitivity", "unknowns", "gaps"]))
    told = squeezed("".join(made))
    assert all(squeezed(one.name) in told for one in own.candidates)
    first = next(at for at, page in enumerate(made) if "Known 1 " in page)
    last = next(at for at, page in enumerate(made) if "Bold: chosen." in page)
    assert last - first >= 3
    assert all("Rank Candidate Total Likely total" in page for page in made[first : last + 1])
    assert sum("Totals by goal" in page for page in made) == 2


def test_thirty_candidates_stand_in_a_picture() -> None:
    own = table({f"c{row}": {"a": row} for row in range(61)}, set_rules=PAIR)
    drawn = [tag for tag in tags(pdf(contents(own), ["ranking"])) if str(tag["/S"]) == "/Figure"]
    assert len(drawn) == 3
    assert "rank 61 " in str(drawn[2]["/Alt"])


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (decision(criteria(("goal", [measured("a")]))), "Chosen: nobody."),
        (table({"alpha": {"a": 10}}), "Chosen: Alpha."),
        (table({"alpha": {"a": 10}, "beta": {"a": 10}}), "Nothing tells the 2 candidates apart"),
        (table({"alpha": {"a": None}, "beta": {"a": None}}), "Nobody has any evidence on any criterion."),
    ],
    ids=["no candidate", "one candidate", "all tied", "nothing known"],
)
def test_decisions_with_little_in_them_make_a_report(own: Decision, words: str) -> None:
    assert squeezed(words) in text(pdf(contents(own)))


def test_rules_that_contradict_each_other_are_told_with_the_ways_out() -> None:
    rules = [
        {"id": "three", "kind": "size", "at_least": 3, "at_most": 3},
        {"id": "out", "kind": "must_not", "candidates": ["alpha"]},
    ]
    own = table({"alpha": {"a": 50}, "beta": {"a": 40}, "gamma": {"a": 30}}, set_rules=rules)
    found = contents(own)
    assert found.sets is None
    told = text(pdf(found))
    assert squeezed("No set of partners keeps all the rules.") in told
    assert squeezed("Allow ") in told
    assert squeezed("Chosen: nobody.") in told
    assert MADE_ON.isoformat() in told
