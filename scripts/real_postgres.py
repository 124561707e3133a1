"""A real PostgreSQL server for tests: made, started and thrown away; nobody else's server is touched.

The programs are those of the system, found where the distribution puts them or in the folder named by POSTGRES_BIN.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
"""


def postgres_programs() -> Path | None:
    """Folder of the server's programs, or None where there are none; the newest version, where there are several."""
    named = os.environ.get("POSTGRES_BIN")
    path = shutil.which("initdb")
    versions = sorted(_DEBIAN.glob("*/bin"), key=lambda folder: _version(folder.parent.name), reverse=True)
    folders = [Path(named)] if named else [*([Path(path).resolve().parent] if path else []), *versions]
    return next((folder for folder in folders if all((folder / one).exists() for one in ("initdb", "pg_ctl"))), None)


@contextmanager
def postgres() -> Iterator[str]:
    """A running server without a network port; the value is the URL of its database ``postgres``.

    Raises
    ------
    RuntimeError
        When there is no server to start, or it does not start; the message ends with what it said.
    """
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL found: run `make system`, or set POSTGRES_BIN to the folder of initdb")
    with tempfile.TemporaryDirectory(prefix="postgres-") as scratch:
        folder = Path(scratch)
        data, log = folder / "data", folder / "log"
        user = _other_user()
        if user:
            os.chown(folder, user["user"], user["group"])
        options: list[str | Path] = ["--pgdata", str(data), "--username", "partnerselect", "--auth", "trust"]
        _run([programs / "initdb", *options, "--encoding", "UTF8", "--no-locale", "--no-sync"], folder, user)
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS.format(folder=folder))
        control: list[str | Path] = [programs / "pg_ctl", "--pgdata", str(data), "--wait"]
        _run([*control, "--log", str(log), "start"], folder, user, log)
        try:
            yield f"postgresql://partnerselect@/postgres?host={quote(str(folder))}"
        finally:
            _run([*control, "--mode", "immediate", "stop"], folder, user)


def _other_user() -> dict[str, Any]:
    """PostgreSQL does not run as root: then it is somebody with fewer rights."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd

    names = {one.pw_name for one in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], folder: Path, user: dict[str, Any], log: Path | None = None) -> None:
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **user,
    )
    if done.returncode:
        said = log.read_text(encoding="utf-8", errors="replace") if log and log.exists() else ""
        raise RuntimeError(f"{Path(command[0]).name} stopped with code {done.returncode}:\n{done.stdout}{said}")


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdigit())
