"""What was acknowledged is there, whenever the writer was killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> dict[str, Any]:
    """What a program of `processes` prints."""
    command = [sys.executable, "-W", "error", "-m", "tests.rounds.processes", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_what_was_acknowledged_survives_a_hundred_kills(url: str) -> None:
    found = run("kill", url, 100, 20170531)
    assert found["lost"] == []
    assert found["acknowledged"] >= 100
    assert found["rounds"] > 1
    assert found["verified"] == f"All {found['rounds']} rounds are as they were closed."


def test_many_processes_that_open_a_new_store_at_once_make_it_once(url: str) -> None:
    found = run("open", url, 6)
    assert found == {"codes": [0] * 6, "rounds": 6, "verified": "All 6 rounds are as they were closed."}
