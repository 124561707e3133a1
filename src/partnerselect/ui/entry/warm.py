"""Loading the heavy libraries while the server starts and the first visitor's page is still on its way."""

from __future__ import annotations

import importlib
import threading

_FIRST_NEEDED = (
    "partnerselect.analysis.evaluation",
    "partnerselect.files.read",
    "partnerselect.analysis.standing",
    "partnerselect.charts.evidence",
)


def load_in_background() -> None:
    """Import in a thread of its own what the first page needs; the server answers meanwhile."""
    threading.Thread(target=_load, name="warm", daemon=True).start()


def _load() -> None:
    for name in _FIRST_NEEDED:
        importlib.import_module(name)
