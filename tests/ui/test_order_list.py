"""An order from a browser is taken only where it is one."""

from __future__ import annotations

import pytest
import streamlit as st

from partnerselect.ui.order_list import Ordered, read_order

IDS = ("fit", "reach", "markets")


@pytest.mark.parametrize(
    "state",
    [
        None,
        "commit",
        {},
        {"commit": None},
        {"commit": ["reach", "fit", "markets"]},
        {"commit": {"order": ["reach", "fit", "markets"]}},
        {"commit": {"order": ["reach", "fit"], "revision": 1}},
        {"commit": {"order": ["reach", "fit", "fit"], "revision": 1}},
        {"commit": {"order": ["reach", "fit", "other"], "revision": 1}},
        {"commit": {"order": ["reach", "fit", 3], "revision": 1}},
        {"commit": {"order": ["reach", "fit", ["markets"]], "revision": 1}},
        {"commit": {"order": "fit", "revision": 1}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": -1}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": 1.5}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": True}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": "1"}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": float("nan")}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": float("inf")}},
        {"commit": {"order": ["reach", "fit", "markets"], "revision": 2**60}},
    ],
    ids=str,
)
def test_what_is_no_order_of_these_ids_is_not_taken(state: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"order": state})
    assert read_order("order", IDS) is None


def test_an_order_is_taken_with_its_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        st, "session_state", {"order": {"commit": {"order": ["reach", "markets", "fit"], "revision": 4}}}
    )
    assert read_order("order", IDS) == Ordered(("reach", "markets", "fit"), 4)
    assert read_order("another", IDS) is None
