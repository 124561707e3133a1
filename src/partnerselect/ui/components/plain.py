"""Text from data, shown as it is: never as Markdown, never as HTML."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:])")


def plain(text: str) -> str:
    """Text with every character escaped that Markdown would act upon, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def web_address(source: str | None) -> str | None:
    """The source when it is a web address that may be made a link, else None."""
    if source is None:
        return None
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.netloc and not re.search(r"\s", source) else None
