"""What the tests need from the system: install it where that is allowed, else say what is missing.

Root on Debian or Ubuntu may install; nobody else is asked for a password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from real_browser import chromium_path
from real_office import office_path
from real_postgres import postgres_programs


@dataclass(frozen=True)
class Need:
    """Something that a stage of `make test` needs: what for, whether it is there, and how to get it."""

    stage: str
    use: str
    found: Callable[[], object]
    package: str
    advice: str


NEEDS = (
    Need(
        "postgres",
        "tests of rounds in PostgreSQL",
        postgres_programs,
        "postgresql",
        "install the PostgreSQL server, or set POSTGRES_BIN to the folder of its initdb",
    ),
    Need(
        "office",
        "tests of the workbook in a spreadsheet program",
        office_path,
        "libreoffice-calc",
        "install LibreOffice, or set SOFFICE to its path",
    ),
    Need(
        "browser",
        "browser tests (they need Chromium)",
        chromium_path,
        "chromium",
        "install Chromium or Google Chrome, or set CHROMIUM to its path",
    ),
)


def missing() -> dict[str, str]:
    """For each stage that cannot be run: what stays untested, and what to do."""
    return {need.stage: f"{need.use}: {need.advice}" for need in NEEDS if not need.found()}


def install() -> None:
    """Install with apt what is missing, where this user may; a failure shows in `missing` afterwards."""
    packages = [need.package for need in NEEDS if not need.found()]
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not packages or not may:
        return
    print("Installing from the distribution:", *packages, flush=True)
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", *packages]):
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=silent)


if __name__ == "__main__":
    install()
    lines = missing().values()
    print("\n".join(lines) or "Everything that the tests need is there.")
    sys.exit(bool(lines))
