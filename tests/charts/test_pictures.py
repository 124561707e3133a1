"""Pictures to take away: readable anywhere, told in words, and not larger than can be opened."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import altair as alt
import pandas as pd

from partnerselect.charts.pictures import png, rasterised, svg, svg_size

SVG = "{http://www.w3.org/2000/svg}"


def bars(height: float = 100) -> alt.Chart:
    rows = pd.DataFrame({"who": ["Žižek & Łódź <1>", "beta"], "points": [3, 5]})
    drawn: alt.Chart = alt.Chart(rows, width=300, height=height).mark_bar().encode(alt.X("points:Q"), alt.Y("who:N"))
    return drawn


def pixels(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_drawing_carries_its_title_and_its_words_whatever_they_are() -> None:
    words = 'Bars of <b>A & B</b> "quoted" \x00\ufffe Ω'
    root = ElementTree.fromstring(svg(bars(), "Who <leads>", words))  # noqa: S314 - drawn here
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Who <leads>"
    assert root.findtext(f"{SVG}desc") == 'Bars of <b>A & B</b> "quoted"  Ω'


def test_without_words_a_drawing_carries_none() -> None:
    root = ElementTree.fromstring(svg(bars()))  # noqa: S314 - drawn here
    assert root.find(f"{SVG}title") is None
    assert root.find(f"{SVG}desc") is None


def test_pixels_are_twice_those_of_a_screen_and_words_change_none() -> None:
    drawing = svg(bars())
    width, height = svg_size(drawing.decode())
    assert pixels(png(bars())) == (2 * width, 2 * height)
    assert rasterised(svg(bars(), "title", "words")) == rasterised(drawing)


def test_a_very_long_chart_becomes_a_picture_that_can_still_be_opened() -> None:
    width, height = pixels(png(bars(height=9_000)))
    assert width < 2 * 300
    assert 11_990 < height <= 12_000


def test_rows_are_written_into_the_picture_whatever_the_settings_of_charts_are() -> None:
    many = pd.DataFrame({"at": range(6_000), "side": ["left", "right"] * 3_000})
    dots = alt.Chart(many, width=300, height=100).mark_point().encode(alt.X("at:Q"))
    facets = alt.Chart().mark_point().encode(alt.X("at:Q")).facet("side:N", data=many)
    layers = alt.layer(dots, alt.Chart(many.iloc[:2]).mark_rule().encode(alt.X("at:Q")))
    with alt.data_transformers.enable("json"):  # would leave the rows in a file beside
        for chart in (dots, facets, layers):
            assert svg(chart).count(b'role="graphics-symbol"') >= 6_000
