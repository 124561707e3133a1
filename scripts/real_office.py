"""A real LibreOffice without a window, for tests: it opens workbooks, computes them anew and saves them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_LONGEST = 180
"""Seconds after which it is given up."""

_ALWAYS_RECOMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""


def office_path() -> str | None:
    """LibreOffice's program: SOFFICE if it is set, else the first that is found."""
    named = os.environ.get("SOFFICE")
    if named is not None:
        return named if shutil.which(named) else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def recomputed(files: Sequence[Path], folder: Path) -> list[Path]:
    """The workbooks computed anew, under their names, in a new folder below `folder`; one start of the program for all.

    Raises
    ------
    RuntimeError
        When there is no LibreOffice, or it leaves one of them out.
    """
    program = office_path()
    if program is None:
        raise RuntimeError("no LibreOffice found: run `make system`, or set SOFFICE to its path")
    profile, out = folder / "profile", folder / "recomputed"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECOMPUTE, encoding="utf-8")
    own = f"-env:UserInstallation={profile.resolve().as_uri()}"
    command = [program, own, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_LONGEST)
    made = [out / file.name for file in files]
    if not all(file.exists() for file in made):
        raise RuntimeError(f"LibreOffice left something out:\n{done.stdout}\n{done.stderr}")
    return made
