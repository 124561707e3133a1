"""Rules as one line of text: every form, every refusal, and back again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partnerselect.errors import InputError
from partnerselect.files import raw
from partnerselect.files.rule_text import LONGEST, read_rule, rule_text
from partnerselect.model import BudgetRule, DifferentRule, EachRule, NamesRule, PairRule, QuotaRule, SetRule, SizeRule

ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")


def said(rule: SetRule) -> dict[str, Any]:
    """What a rule limits, without its id and the words about it."""
    return rule.model_dump(exclude={"id", "title", "why", "source"})


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("size=3", SizeRule(id="size", kind="size", at_least=3, at_most=3)),
        ("size>=2", SizeRule(id="size", kind="size", at_least=2)),
        ("size<=4", SizeRule(id="size", kind="size", at_most=4)),
        ("size=2..4", SizeRule(id="size", kind="size", at_least=2, at_most=4)),
        ("size=0", SizeRule(id="size", kind="size", at_most=0)),
        (
            "kind:health=2",
            QuotaRule(id="kind-health", kind="quota", attribute="kind", value="health", at_least=2, at_most=2),
        ),
        ("country:FR<=1", QuotaRule(id="country-fr", kind="quota", attribute="country", value="FR", at_most=1)),
        (
            "region:Île-de-France>=1",
            QuotaRule(id="region-ile-de-france", kind="quota", attribute="region", value="Île-de-France", at_least=1),
        ),
        (
            "region:Hesse / Rhineland=1..2",
            QuotaRule(
                id="region-hesse-rhineland", kind="quota", attribute="region", value="Hesse / Rhineland",
                at_least=1, at_most=2,
            ),
        ),
        (
            "different country>=3",
            DifferentRule(id="different-country", kind="different", attribute="country", at_least=3),
        ),
        ("each region<=1", EachRule(id="each-region", kind="each", attribute="region", at_most=1)),
        ("must=medicen+biocat", NamesRule(id="must-medicen-biocat", kind="must", candidates=("medicen", "biocat"))),
        ("must_not=mva", NamesRule(id="must-not-mva", kind="must_not", candidates=("mva",))),
        ("together=a+b", PairRule(id="together-a-b", kind="together", candidates=("a", "b"))),
        ("not_together=a+b", PairRule(id="not-together-a-b", kind="not_together", candidates=("a", "b"))),
        (
            "budget membership_fee<=10000 EUR",
            BudgetRule(
                id="budget-membership_fee", kind="budget", amount="membership_fee", unit="EUR", at_most=10000.0
            ),
        ),
        (
            "budget fee (unknown=0.5)<=1e+16 EUR a year",
            BudgetRule(id="budget-fee", kind="budget", amount="fee", unit="EUR a year", at_most=1e16, if_unknown=0.5),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_every_form_is_read_and_written(text: str, rule: SetRule) -> None:
    assert read_rule(text) == rule
    assert rule_text(rule) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  size = 2 .. 4 ", "size=2..4"),
        ("kind : health >= 1", "kind:health>=1"),
        ("different   country >= 3", "different country>=3"),
        ("each region <= 1", "each region<=1"),
        ("must = a + b", "must=a+b"),
        ("budget fee ( unknown = 5 ) <= 1e3 EUR", "budget fee (unknown=5)<=1000 EUR"),
        ("size=0..4", "size<=4"),
        ("size=3..3", "size=3"),
    ],
)
def test_spaces_and_other_ways_to_say_it_do_not_matter(text: str, plain: str) -> None:
    assert rule_text(read_rule(text)) == plain


@pytest.mark.parametrize(
    ("text", "value", "at_least", "at_most"),
    [
        ("region:a>=2=3", "a>=2", 3, 3),
        ("region:kind:health=2<=1", "kind:health=2", 0, 1),
        ("region:x>=2", "x", 2, None),
        ("region:x> =2", "x>", 2, 2),
        ("region:x==2", "x=", 2, 2),
        ("region:+3=1", "+3", 1, 1),
        ("region:5..7=1..2", "5..7", 1, 2),
        ("region:two\nlines<=1", "two\nlines", 0, 1),
    ],
)
def test_what_limits_a_value_is_found_from_the_right_end(
    text: str, value: str, at_least: int, at_most: int | None
) -> None:
    rule = read_rule(text)
    assert isinstance(rule, QuotaRule)
    assert (rule.value, rule.at_least, rule.at_most) == (value, at_least, at_most)
    assert said(read_rule(rule_text(rule))) == said(rule)


@pytest.mark.parametrize(
    ("text", "found", "mend"),
    [
        ("size=4..2", "at least 4 is above at most 2", "lower the one, or raise the other, as in size=3"),
        ("size>=0", "the rule limits nothing", "write at least, or at most, or both, as in size=3, size>=2"),
        (f"size={10**30}", f"{10**30} is too large", "write at most 1000, as in size=3"),
        ("size 3", "what follows 'size' cannot be read", "write size=3, size>=2, size<=4 or size=2..4"),
        ("size=-3", "what follows 'size' cannot be read", "write size=3"),
        ("size=2.5", "what follows 'size' cannot be read", "write size=3"),
        ("size=٣", "what follows 'size' cannot be read", "write size=3"),
        ("size>3", "what follows 'size' cannot be read", "write size=3"),
        ("size", "nothing follows 'size'", "write size=3"),
        ("sizes=3", "there is no rule that begins with 'sizes'", "forms are size=3, size>=2, size<=4 or"),
        ("=3", "it does not begin like a rule", "forms are size=3"),
        ("", "it does not begin like a rule", "forms are size=3"),
        ("kind:=2", "what follows 'kind' cannot be read", "write kind:health=2"),
        ("kind=2", "what follows 'kind' cannot be read", "write kind:health=2"),
        ("different country=3", "what follows 'different' cannot be read", "write different country>=3"),
        ("different city>=3", "'city' is not allowed here", "allowed words are kind, country, region, as in different"),
        ("different country>=0", "0 is too small", "write at least 1, as in different country>=3"),
        ("each region<=0", "0 is too small", "write at least 1, as in each region<=1"),
        ("must=Medicen", "'Medicen' cannot be a name to refer to", "write lower-case letters"),
        ("must=a++b", "'' cannot be a name to refer to", "write lower-case letters"),
        ("must medicen", "what follows 'must' cannot be read", "write must=medicen or must=medicen+biocat"),
        ("together=a", "what follows 'together' cannot be read", "write together=medicen+biocat"),
        ("together=a+b+c", "what follows 'together' cannot be read", "write together=medicen+biocat"),
        ("together=a+a", "both candidates are the same", "name two different ones, as in together=medicen+biocat"),
        ("budget fee<=10", "what follows 'budget' cannot be read", "write budget membership_fee<=10000 EUR"),
        ("budget fee<=10,000 EUR", "what follows 'budget' cannot be read", "write budget membership_fee<=10000 EUR"),
        ("budget fee<=1e999 EUR", "what follows 'budget' cannot be read", "write budget membership_fee<=10000 EUR"),
        ("budget fee<=nan EUR", "what follows 'budget' cannot be read", "write budget membership_fee<=10000 EUR"),
        ("size=\x1b[31m3", "the control character U+001B stands in it", "delete it"),
        ("size=3\0", "the control character U+0000 stands in it", "delete it"),
        ("size=3\udc80", "the control character U+DC80 stands in it", "delete it"),
        ("x" * 501, "it has 501 characters", "write at most 500"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_the_form(text: str, found: str, mend: str) -> None:
    with pytest.raises(InputError, match=r"^rule has 1 problem") as caught:
        read_rule(text)
    (issue,) = caught.value.issues
    assert (issue.file, issue.line) == ("rule", None)
    assert issue.found == found
    assert issue.mend.startswith(mend)
    assert len(issue.place) <= 60
    assert issue.place.isprintable()


def test_each_problem_is_an_issue_of_its_own() -> None:
    with pytest.raises(InputError, match=r"^rule has 2 problems") as caught:
        read_rule("must=Medicen+biocat+mva!")
    assert [issue.found.split()[0] for issue in caught.value.issues] == ["'Medicen'", "'mva!'"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("region:日本>=1", "region-c7b7cdcc"),
        ("region:+ + +>=1", "region-dd2132d5"),
        ("region:Straße & Łódź<=1", "region-strasse-odz"),
        ("region:STRASSE_7<=1", "region-strasse_7"),
    ],
)
def test_an_id_is_made_from_what_the_rule_is_about(text: str, id_: str) -> None:
    assert read_rule(text).id == id_


def test_long_values_keep_ids_apart() -> None:
    one, other = (read_rule(f"region:{'x' * 80}{end}>=1").id for end in "ab")
    assert one != other
    assert len(one) == len(other) == 64


IDS = st.from_regex(r"\A[a-z][a-z0-9_-]{0,20}\Z")
TEXTS = st.text(min_size=1, max_size=40).map(str.strip).filter(lambda text: text and raw.first_control(text) is None)
COUNTS = st.integers(0, 1000)
BOUNDS = st.tuples(COUNTS, COUNTS | st.none()).filter(lambda pair: pair != (0, None)).map(
    lambda pair: {"at_least": pair[0], "at_most": pair[1]} if pair[1] is None else
    {"at_least": min(pair), "at_most": max(pair)}  # type: ignore[type-var]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(["kind", "country", "region"])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
RULES: st.SearchStrategy[SetRule] = st.one_of(
    BOUNDS.map(lambda bounds: SizeRule(id="one", kind="size", **bounds)),
    st.builds(
        lambda attribute, value, bounds: QuotaRule(id="one", kind="quota", attribute=attribute, value=value, **bounds),
        ATTRIBUTES, TEXTS, BOUNDS,
    ),
    st.builds(DifferentRule, id=IDS, kind=st.just("different"), attribute=ATTRIBUTES, at_least=st.integers(1, 100)),
    st.builds(EachRule, id=IDS, kind=st.just("each"), attribute=ATTRIBUTES, at_most=st.integers(1, 1000)),
    st.builds(
        NamesRule, id=IDS, kind=st.sampled_from(["must", "must_not"]),
        candidates=st.lists(IDS, min_size=1, max_size=5).map(tuple), title=st.just("Words of its own"),
    ),
    st.builds(
        PairRule, id=IDS, kind=st.sampled_from(["together", "not_together"]),
        candidates=st.lists(IDS, min_size=2, max_size=2, unique=True).map(tuple),
    ),
    st.builds(
        BudgetRule, id=IDS, kind=st.just("budget"), amount=IDS, unit=TEXTS, at_most=NUMBERS,
        if_unknown=NUMBERS | st.none(),
    ),
)  # fmt: skip


@given(rule=RULES)
@settings(max_examples=150)
def test_every_rule_comes_back_from_its_text(rule: SetRule) -> None:
    text = rule_text(rule)
    assume(len(text) <= LONGEST)
    again = read_rule(text)
    assert said(again) == said(rule)
    assert ID.fullmatch(again.id)


@given(text=st.text(max_size=520) | st.from_regex(r"(size|kind:|budget |must)[=<>. 0-9a-z+()]*", fullmatch=True))
@settings(max_examples=100)
def test_any_text_gives_a_rule_or_a_refusal(text: str) -> None:
    try:
        rule = read_rule(text)
    except InputError as problems:
        refused = problems
    else:
        assert said(read_rule(rule_text(rule))) == said(rule)
        return
    assert refused.issues
    assert all(issue.mend for issue in refused.issues)
