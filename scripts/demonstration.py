"""Two rounds of the case, 2017 and 2026, in a folder of their own: `make demonstration`.

It runs the commands of docs/rounds.md on a copy of the case, and touches nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASE = "photonics-for-health"
EVIDENCE = ROOT / "docs" / "demonstration" / "evidence-2026.csv"
JOINED = ("optence", "medicen", "biocat")
GONE = ("optitec",)
BY = "Demonstration"
WHY_2017 = "What happened in 2017. How the three were chosen was never published; no reason is made up here."
WHY_2026 = "A demonstration: the set with the highest total, on what was found in public. Nobody decided this."


def main(folder: Path) -> None:
    """Make the folder anew: files, two closed rounds, and their comparison on standard output.

    Raises
    ------
    FileExistsError
        Where the folder holds something else than an earlier demonstration.
    """
    if folder.exists():
        if not (folder / EVIDENCE.name).exists():
            raise FileExistsError(f"{folder.name} holds something else: name a folder that is not there yet")
        shutil.rmtree(folder)
    copy_case(folder)
    by = ("--by", BY, "--viewpoint", "health first")
    chosen = ("--chosen", "+".join(JOINED), "--why", WHY_2017)
    run(folder, "rounds", "close", *by, "--title", "Enlargement of 2017", *chosen)
    join_and_leave(folder)
    run(folder, "import", EVIDENCE.name, "--write")
    run(folder, "rounds", "close", *by, "--title", "Enlargement of 2026 (demonstration)", "--why", WHY_2026)
    run(folder, "rounds", "compare", "2017-05", "2026-05")
    run(folder, "rounds", "verify")


def copy_case(folder: Path) -> None:
    """The files of the case, and the sheet with what is known of the years since."""
    for kind in ("criteria", "candidates"):
        (folder / kind).mkdir(parents=True)
    shutil.copy(ROOT / "criteria" / f"{CASE}.yaml", folder / "criteria")
    shutil.copytree(ROOT / "candidates" / CASE, folder / "candidates" / CASE)
    shutil.copy(EVIDENCE, folder)


def join_and_leave(folder: Path) -> None:
    """What people edit by hand between the rounds: the day, who is a member now, and who no longer exists."""
    edit(folder / "criteria" / f"{CASE}.yaml", r"^as_of: 2017-05-31.*$", "as_of: 2026-05-31")
    candidates = folder / "candidates" / CASE
    for one in JOINED:
        edit(candidates / f"{one}.yaml", rf"^id: {one}$", f"id: {one}\nrole: member")
    for one in GONE:
        (candidates / f"{one}.yaml").unlink()


def edit(file: Path, line: str, instead: str) -> None:
    """Replace one line of a file.

    Raises
    ------
    ValueError
        Where the file has no such line, or several.
    """
    text, times = re.subn(line, instead, file.read_text("utf-8"), flags=re.MULTILINE)
    if times != 1:
        raise ValueError(f"{file.name} has {times} lines like {line}")
    file.write_text(text, "utf-8")


def run(folder: Path, *words: str) -> None:
    """Run `partnerselect` in the folder, and show what was typed and said."""
    print(f"\n$ partnerselect {' '.join(quoted(words))}", flush=True)
    subprocess.run([sys.executable, "-m", "partnerselect.cli", *words], cwd=folder, env=environment(folder), check=True)


def quoted(words: Sequence[str]) -> list[str]:
    """As a shell wants them."""
    return [f'"{word}"' if " " in word else word for word in words]


def environment(folder: Path) -> dict[str, str]:
    """Rounds are kept in the folder, not with the user's own."""
    return {**os.environ, "PARTNERSELECT_DATABASE_URL": f"sqlite:///{folder / 'rounds.sqlite3'}"}


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
