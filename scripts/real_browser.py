"""The real app in the real Chromium: for browser tests, screenshots and benchmarks.

Nothing is downloaded: Chromium is the one of the system, found on the PATH or named by CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_FLAGS = (
    "--no-sandbox",  # tests run as root in containers; they open only pages of this machine
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """Path of the system's Chromium, or None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or (str(_MAC) if _MAC.exists() else None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, driven by Playwright; closed at the end.

    Raises
    ------
    RuntimeError
        Where the system has no Chromium.
    """
    from playwright.sync_api import sync_playwright  # only here: `make run` has no Playwright

    path = chromium_path()
    if path is None:
        raise RuntimeError("no Chromium found: run `make system`, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class App:
    """A running server: where it answers, and what it said."""

    url: str
    log: Path
    pid: int

    def said(self, last: int = 60) -> str:
        """The last lines of the server's log; it goes when the server is stopped."""
        if not self.log.exists():
            return "the server was stopped before"
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-last:])


@contextmanager
def serve(
    folder: Path = ROOT, script: Path = ROOT / "app.py", seconds: float = 60, port: int | None = None
) -> Iterator[App]:
    """Start `streamlit run` on a free port of this machine, wait for its first healthy answer, stop it.

    Parameters
    ----------
    folder : Path
        Working folder of the server: its `criteria/`, `candidates/` and `.streamlit/` are used.
    script : Path
        The app.
    seconds : float
        How long the start may take.
    port : int or None
        Where to listen; a free port unless given.

    Raises
    ------
    RuntimeError
        When the server stops or stays silent; the message ends with its log.
    """
    with tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch, "server.log")
        port = port or _free_port()
        options = [f"--server.port={port}", "--server.address=localhost", "--server.headless=true"]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(script), *options],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={"PARTNERSELECT_DATABASE_URL": f"sqlite:///{scratch}/rounds.sqlite3", **os.environ},
            )
        app = App(f"http://localhost:{port}", log, process.pid)
        try:
            _wait_until_healthy(app, process, seconds)
            yield app
        finally:
            _stop(process)


def settled(page: Page, seconds: float = 30) -> None:
    """Wait until the script has run to its end and the page shows what it drew."""
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"] [data-testid="stMainBlockContainer"] *',
        state="attached",
        timeout=seconds * 1000,
    )
    page.wait_for_function(
        '() => !document.querySelector(\'[data-stale="true"], [data-testid="stSkeleton"]\')',
        timeout=seconds * 1000,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(app: App, process: subprocess.Popen[bytes], seconds: float) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with direct.open(f"{app.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    state = f"stopped with code {process.returncode}" if process.poll() is not None else "does not answer"
    raise RuntimeError(f"the app {state}; its log ends with\n{app.said()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started: its own process group, nothing else."""
    for sign in (signal.SIGTERM, signal.SIGKILL) if os.name == "posix" else ():
        try:
            os.killpg(process.pid, sign)
            process.wait(10)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
        else:
            break
    if process.poll() is None:
        process.kill()
        process.wait()
