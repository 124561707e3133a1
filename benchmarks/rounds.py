"""The store of rounds: the Rounds page with 200 closed rounds against 2."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from large_case import CASE
from measure import in_turn, report
from streamlit.testing.v1 import AppTest

import partnerselect as ps
from partnerselect.analysis.round_results import round_results
from partnerselect.rounds.draft import Draft
from partnerselect.rounds.record import RoundContent
from partnerselect.rounds.store import open_store

_ROUTER = Path("src/partnerselect/ui/entry/router.py").absolute()
_PAGES = _ROUTER.parents[1] / "pages"


def main() -> None:
    """All figures of this file."""
    decision = ps.read_decision(f"criteria/{CASE}.yaml", f"candidates/{CASE}")
    with tempfile.TemporaryDirectory() as scratch:
        many, few = (_filled(decision, f"sqlite:///{scratch}/{count}.sqlite3", count) for count in (200, 2))
        for page in ("overview", "rounds"):
            report(f"{page} with 200 rounds, against 2", *in_turn(_opens(page, many), _opens(page, few), 9), 1.2)


def _filled(decision: ps.Decision, url: str, count: int) -> str:
    """A store with so many rounds."""
    points = dict(decision.viewpoints[0].points)
    results = round_results(decision, points)
    with open_store(url) as store:
        for number in range(count):
            title = f"Round {number}"
            draft = Draft(decision=decision.id, title=title, as_of=decision.as_of, points=points)
            draft = store.create_draft(draft, "Ann")
            content = RoundContent(id=f"round-{number}", title=title, decision=decision, points=points, results=results)
            store.close(draft.id, draft.revision, content, "Ann")
    return url


def _opens(page: str, url: str) -> Callable[[], object]:
    """The page from the first visit to its end."""

    def run() -> object:
        os.environ["PARTNERSELECT_DATABASE_URL"] = url
        app = AppTest.from_file(str(_ROUTER), default_timeout=120).run()
        return app if page == "overview" else app.switch_page(str(_PAGES / f"{page}.py")).run()

    return run


if __name__ == "__main__":
    main()
