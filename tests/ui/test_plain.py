"""Text from data is shown as text."""

from __future__ import annotations

import pytest

from partnerselect.ui.components.plain import plain, web_address


def test_markdown_and_html_lose_their_meaning() -> None:
    assert plain("<b>x</b> [a](javascript:1) *y* $z$ :material/x:") == (
        r"\<b\>x\</b\> \[a\]\(javascript\:1\) \*y\* \$z\$ \:material/x\:"
    )
    assert plain("# one\n\n- two") == r"\# one \- two"


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:text/html,x", "//host/x", "http://", "file:///etc/passwd", "a report", None]
)
def test_only_web_addresses_become_links(source: str | None) -> None:
    assert web_address(source) is None
    assert web_address("https://example.org/a?b=(c)") == "https://example.org/a?b=(c)"
