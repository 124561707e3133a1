"""Where the pages lie."""

from __future__ import annotations

from pathlib import Path

_PAGES = Path(__file__).parent / "pages"


def page_file(name: str) -> Path:
    """File of the page with this name, for `st.Page` and `st.page_link`."""
    return _PAGES / f"{name}.py"
