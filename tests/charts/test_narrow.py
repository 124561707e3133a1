"""What lets charts hold on a phone."""

from __future__ import annotations

import pytest

from partnerselect.charts.narrow import ON_A_PHONE, legend_columns, wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("Today", ["Today"], id="one word"),
        pytest.param("Enlargement of 2026 (demonstration)", ["Enlargement of 2026", "(demonstration)"], id="two lines"),
        pytest.param("a" * 30, ["a" * 22, "a" * 8], id="a word without a gap"),
        pytest.param(
            " ".join(["enlargement"] * 9),
            ["enlargement", "enlargement", "enlargement enlargeme…"],
            id="more than three lines",
        ),
    ],
)
def test_a_text_is_broken_into_lines_and_cut_after_the_last(text: str, lines: list[str]) -> None:
    assert wrapped(text) == lines


def test_a_legend_has_so_many_columns_on_a_phone() -> None:
    assert legend_columns(2).to_dict() == {"expr": f"{ON_A_PHONE} ? 2 : 0"}
