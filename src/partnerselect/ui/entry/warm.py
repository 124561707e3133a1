"""Loading the heavy libraries while the first visitor's page is still on its way."""

from __future__ import annotations

import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_FIRST_NEEDED = (
    "partnerselect.analysis.evaluation",
    "partnerselect.files.read",
    "partnerselect.analysis.standing",
    "partnerselect.charts.contributions",
    "partnerselect.charts.evidence",
)


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Lifespan of the server: it answers at once, and imports in the background."""
    threading.Thread(target=_load, name="warm", daemon=True).start()
    yield


def _load() -> None:
    for name in _FIRST_NEEDED:
        importlib.import_module(name)
