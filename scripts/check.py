"""Run the stages of `make test`, all of them even when one fails, and close with what happened.

    python scripts/check.py lint types layers unit postgres office browser

Each stage is the make target of that name. The exit code is 0 only if every stage passed; where
something could not be run at all (no Chromium, no PostgreSQL, no LibreOffice), that counts as a failure under CI=true.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import system


def main(stages: list[str]) -> int:
    system.install()
    not_run = system.missing()
    lines, failed = [], False
    for stage in stages:
        if stage in not_run:
            lines.append(f"  {stage:<8} NOT RUN")
            continue
        print(f"\n── {stage} ──", flush=True)
        start = time.monotonic()
        code = subprocess.run(["make", "--no-print-directory", stage], check=False).returncode
        lines.append(f"  {stage:<8} {'ok' if code == 0 else 'FAILED':<7} {time.monotonic() - start:5.1f} s")
        failed = failed or code != 0
    print("\n── make test ──", *lines, sep="\n")
    if not_run:
        print("Not run:", *(f"  {line}" for line in not_run.values()), sep="\n")
    in_ci = os.environ.get("CI", "").lower() in ("1", "true")
    return int(failed or (bool(not_run) and in_ci))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
