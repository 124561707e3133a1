"""What the tests need from the system: install it where that is allowed, else say what is missing.

Root on Debian or Ubuntu may install; nobody else is asked for a password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from real_browser import chromium_path

# Later needs stand here too: (what it is for, is it there?, Debian package, how to get it elsewhere).
NEEDS = [
    (
        "browser tests (they need Chromium)",
        chromium_path,
        "chromium",
        "install Chromium or Google Chrome, or set CHROMIUM to its path",
    ),
]


def missing() -> list[str]:
    """One line for each thing that is not there: what stays untested, and what to do."""
    return [f"{use}: {advice}" for use, found, _, advice in NEEDS if not found()]


def install() -> None:
    """Install with apt what is missing, where this user may; a failure shows in `missing` afterwards."""
    packages = [package for _, found, package, _ in NEEDS if not found()]
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not packages or not may:
        return
    print("Installing from the distribution:", *packages, flush=True)
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", *packages]):
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=silent)


if __name__ == "__main__":
    install()
    lines = missing()
    print("\n".join(lines) or "Everything that the tests need is there.")
    sys.exit(bool(lines))
