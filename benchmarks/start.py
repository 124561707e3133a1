"""How long it takes until something is there: the import, the command line, the server, the first picture."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from measure import in_turn, report
from playwright.sync_api import Browser
from real_browser import ROOT, chromium, serve

RUNS = 7


def main() -> None:
    """All figures of this file."""
    _command("import partnerselect against import pandas", ["-c", "import partnerselect"], ["-c", "import pandas"], 1.2)
    everything = "import partnerselect as ps; [getattr(ps, name) for name in ps.__all__]"
    _command("every public name against import pandas", ["-c", everything], ["-c", "import pandas"], 1.2)
    _command("--help against import numpy", ["-m", "partnerselect.cli", "--help"], ["-c", "import numpy"], 3)
    _first_sight()


def _command(what: str, ours: list[str], yardstick: list[str], limit: float) -> None:
    def runner(arguments: list[str]) -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True)

    mine, theirs = in_turn(lambda: runner(ours), lambda: runner(yardstick), 15)
    report(what, mine, theirs, limit)


def _first_sight() -> None:
    healthy: dict[str, list[float]] = {"ours": [], "bare": []}
    painted: dict[str, list[float]] = {"ours": [], "bare": []}
    with chromium() as browser:
        for _ in range(RUNS):
            for name, script, address, sign in (
                ("ours", ROOT / "app.py", "/ranking", "li.row .total"),
                ("bare", Path(__file__).with_name("bare_page.py"), "/", "text=Answer: 50"),
            ):
                start = time.perf_counter()
                with serve(script=script) as app:
                    healthy[name].append(time.perf_counter() - start)
                    _paint(browser, app.url + address, sign)
                    painted[name].append(time.perf_counter() - start)
    report("start to the first healthy answer", healthy["ours"], healthy["bare"], 2)
    report("start to the first painted ranking", painted["ours"], painted["bare"], 2)


def _paint(browser: Browser, url: str, sign: str) -> None:
    """Open a page and wait for the first sight of a sign on it."""
    page = browser.new_page()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(sign, timeout=60_000)
    page.close()


if __name__ == "__main__":
    main()
