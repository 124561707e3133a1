"""Asking for weights by comparing two at a time: any pairs, or everything with the best and the worst."""

from __future__ import annotations

from itertools import combinations, pairwise

import streamlit as st

from partnerselect.analysis.answers import Mend
from partnerselect.analysis.comparisons import judgement_in_words
from partnerselect.analysis.swings import Family
from partnerselect.ui.components.plain import plain
from partnerselect.ui.components.weighing_draft import Draft, order_of
from partnerselect.ui.state import View

_SCALE = range(1, 10)
_TIMES = (*(float(times) for times in reversed(_SCALE)), *(1 / times for times in _SCALE if times > 1))
_FEW_PAIRS, _MOST_PAIRS = 3, 55
"""Further pairs stand open up to the one number (four members), folded up to the other (twelve)."""

Pair = tuple[str, str]


def ask_pairs(view: View, draft: Draft, family: Family) -> None:
    """Pairs of neighbours in the order in force, which link everybody; the others test the answers."""
    order = order_of(view, draft, family).order
    linking = list(pairwise(order))
    others = [pair for pair in combinations(order, 2) if pair not in linking]
    st.caption("How many times as much does one count as the other, each for its whole way from worst to best?")
    for pair in linking:
        _ask_pair(draft, family, pair)
    if len(others) <= _FEW_PAIRS:
        for pair in others:
            _ask_pair(draft, family, pair)
    elif len(others) <= _MOST_PAIRS:
        judged = sum(_known(draft, family, pair) is not None for pair in others)
        label = f"{len(others)} further pairs test these answers ({judged} judged)"
        part = st.expander(label, key=draft.key(family, "further"), on_change="rerun")
        if part.open:
            with part:
                for pair in others:
                    _ask_pair(draft, family, pair)


def _known(draft: Draft, family: Family, pair: Pair) -> float | None:
    """What is said of a pair: on screen, else before, whichever of the two it named first."""
    key = _key(draft, family, pair)
    if key in st.session_state:
        shown: float | None = st.session_state[key]
        return shown
    pairs = draft.of(family).pairs
    turned = pairs.get((pair[1], pair[0]))
    return pairs.get(pair, None if turned is None else 1 / turned)


def _ask_pair(draft: Draft, family: Family, pair: Pair) -> None:
    pairs = draft.of(family).pairs
    known = _known(draft, family, pair)
    said = st.selectbox(
        f"{plain(family.title_of(pair[0]))} or {plain(family.title_of(pair[1]))}?",
        _TIMES,
        index=None,
        format_func=lambda times: judgement_in_words(family, *pair, times),
        placeholder="not judged",
        key=_seeded(_key(draft, family, pair), None if known is None else _TIMES[_nearest(known)]),
    )
    pairs.pop((pair[1], pair[0]), None)
    if said is None:
        pairs.pop(pair, None)
    else:
        pairs[pair] = said


def offer_mend(draft: Draft, family: Family, mend: Mend) -> None:
    """A button that takes what would fit the other answers, as near as the scale comes."""
    instead = _TIMES[_nearest(mend.suggested)]
    if instead == mend.said:
        return
    pair = (mend.first, mend.second)
    words = plain(judgement_in_words(family, *pair, instead))
    key = draft.key(family, "mend")
    st.button(f"Say instead: {words}", key=key, on_click=_take, args=(draft, family, pair, instead))


def _take(draft: Draft, family: Family, pair: Pair, times: float) -> None:
    pairs = draft.of(family).pairs
    known = pair if pair in pairs else (pair[1], pair[0])
    pairs[known] = times if known == pair else 1 / times
    st.session_state[_key(draft, family, known)] = _TIMES[_nearest(pairs[known])]


def ask_best_worst(draft: Draft, family: Family) -> None:
    """What matters most, what least, and everything against these two."""
    answers = draft.of(family)
    st.caption("First the two ends, then everything against them; each for its whole way from worst to best.")
    with st.grid(2):
        answers.best = _ask_end(draft, family, "Which matters most?", "best", answers.best)
        answers.worst = _ask_end(draft, family, "Which matters least?", "worst", answers.worst)
    best, worst = answers.best, answers.worst
    if best is None or worst is None or best == worst:
        return
    between = [one for one in family.members if one not in (best, worst)]
    for pair in ((best, worst), *((best, one) for one in between), *((one, worst) for one in between)):
        _ask_times(draft, family, pair)


def _ask_end(draft: Draft, family: Family, question: str, name: str, known: str | None) -> str | None:
    said: str | None = st.selectbox(
        question,
        family.members,
        index=None,
        format_func=family.title_of,
        placeholder="choose one",
        key=_seeded(draft.key(family, name), known),
    )
    return said


def _ask_times(draft: Draft, family: Family, pair: Pair) -> None:
    answers = draft.of(family).times
    said = st.selectbox(
        f"How many times as much does {plain(family.title_of(pair[0]))} count as {plain(family.title_of(pair[1]))}?",
        [float(times) for times in _SCALE],
        index=None,
        format_func=lambda times: "the same" if times == 1 else f"{times:.0f} times as much",
        placeholder="not answered",
        key=_seeded(draft.key(family, "times", *pair), answers.get(pair)),
    )
    if said is None:
        answers.pop(pair, None)
    else:
        answers[pair] = said


def _seeded(key: str, known: object) -> str:
    """The key of a widget that comes up with what was answered before."""
    if key not in st.session_state and known is not None:
        st.session_state[key] = known
    return key


def _nearest(times: float) -> int:
    """Place on the scale, compared by ratio."""
    return min(range(len(_TIMES)), key=lambda place: max(_TIMES[place] / times, times / _TIMES[place]))


def _key(draft: Draft, family: Family, pair: Pair) -> str:
    return draft.key(family, "pair", *pair)
