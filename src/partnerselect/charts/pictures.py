"""Charts as files to take away: PNG and SVG, made without a browser and without a network."""

from __future__ import annotations

from typing import TypeAlias

import altair as alt

from partnerselect.charts.theme import INK_LIGHT

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart
"""Any chart that can be shown or taken away."""

_WIDTH = 860
_SCALE = 2.0


def png(chart: Chart) -> bytes:
    """The chart on white, at twice the resolution of a screen."""
    import vl_convert

    return vl_convert.vegalite_to_png(_on_paper(chart), scale=_SCALE)


def svg(chart: Chart) -> bytes:
    """The chart on white, as lines and letters."""
    import vl_convert

    return vl_convert.vegalite_to_svg(_on_paper(chart)).encode("utf-8")


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
    paper: dict[str, object] = inked(chart, INK_LIGHT).to_dict()
    if "width" not in paper and not {"facet", "hconcat", "vconcat", "concat", "repeat"} & set(paper):
        paper["width"] = _WIDTH
    return paper | {"background": "#ffffff", "padding": 16}
