"""Charts as files to take away: PNG and SVG, made without a browser and without a network."""

from __future__ import annotations

import re
from typing import TypeAlias
from xml.sax.saxutils import escape

import altair as alt
import pandas as pd

from partnerselect.charts.theme import INK_LIGHT

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart
"""Any chart that can be shown or taken away."""

_WIDTH = 860
_SCALE = 2.0
_LONGEST_SIDE = 12_000
"""Pixels that a picture has at most on one side; with hundreds of candidates it is drawn at a smaller scale."""

_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_UNPRINTED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


def png(chart: Chart) -> bytes:
    """The chart on white, at twice the resolution of a screen."""
    return rasterised(svg(chart))


def rasterised(drawing: bytes) -> bytes:
    """A drawing of `svg` as PNG, at twice the resolution of a screen; a very large one at less."""
    import vl_convert

    text = drawing.decode("utf-8")
    longest = max(svg_size(text))
    return vl_convert.svg_to_png(text, scale=min(_SCALE, _LONGEST_SIDE / longest))


def svg(chart: Chart, title: str = "", words: str = "") -> bytes:
    """The chart on white, as lines and letters; what it shows stands in the file, for those who cannot see it.

    Parameters
    ----------
    chart : Chart
    title, words : str
        Title and alt text that the file carries.
    """
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(_on_paper(chart))
    if not title and not words:
        return drawn.encode("utf-8")
    told = "".join(f"<{tag}>{_xml(text)}</{tag}>" for tag, text in (("title", title), ("desc", words)) if text)
    opening, rest = drawn.split(">", 1)
    return f'{opening} role="img">{told}{rest}'.encode()


def svg_size(drawing: str) -> tuple[float, float]:
    """Width and height of a drawing of `svg`, in pixels of a screen."""
    found = _SIZE.search(drawing)
    assert found is not None
    return float(found[1]), float(found[2])


def inked(chart: Chart, ink: str) -> Chart:
    """The chart with axes, legends, small headings, and marks of text and rules that have no colour, in this ink."""
    result: Chart = chart.copy(deep=False)
    result.config = alt.Config(
        axis=alt.AxisConfig(labelColor=ink, titleColor=ink),
        legend=alt.LegendConfig(labelColor=ink, titleColor=ink),
        header=alt.HeaderConfig(labelColor=ink, titleColor=ink),
        title=alt.TitleConfig(anchor="start", subtitleColor=ink),
        text=alt.MarkConfig(color=ink),
        rule=alt.MarkConfig(color=ink),
    )
    return result


def _on_paper(chart: Chart) -> dict[str, object]:
    """The chart's description with a width of its own and a white ground."""
    paper: dict[str, object] = _with_rows(inked(chart, INK_LIGHT)).to_dict()
    if "width" not in paper and not {"facet", "hconcat", "vconcat", "concat", "repeat"} & set(paper):
        paper["width"] = _WIDTH
    return paper | {"background": "#ffffff", "padding": 16}


def _with_rows(chart: Chart) -> Chart:
    """The chart with its rows written into it, however many there are.

    Altair would write them as its settings say; those allow 5000 rows, and Streamlit changes them for the whole process
    while it sends a chart.
    """
    own: Chart = chart.copy(deep=False)
    if isinstance(own.data, pd.DataFrame):
        own.data = alt.InlineData(values=alt.to_values(own.data)["values"])
    for name in ("layer", "hconcat", "vconcat", "concat"):
        if isinstance(parts := getattr(own, name, None), list):
            setattr(own, name, [_with_rows(part) for part in parts])
    if isinstance(own, alt.FacetChart) and not isinstance(own.spec, alt.RepeatChart):
        own.spec = _with_rows(own.spec)
    return own


def _xml(text: str) -> str:
    return escape(_UNPRINTED.sub("", text))
