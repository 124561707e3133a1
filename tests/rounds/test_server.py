"""Where there is no PostgreSQL, that is said, and is a failure in continuous integration."""

from __future__ import annotations

import tempfile
from pathlib import Path

import check
import pytest
import real_postgres
import system


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_a_server_its_tests_are_named_as_not_run(
    ci: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    monkeypatch.setattr(system, "install", lambda: None)
    monkeypatch.setattr(system, "NEEDS", [need for need in system.NEEDS if need.stage == "postgres"])
    assert check.main(["postgres"]) == code
    closing = capsys.readouterr().out
    assert "postgres NOT RUN" in closing
    assert "tests of rounds in PostgreSQL: install the PostgreSQL server, or set POSTGRES_BIN" in closing


def test_where_there_is_no_server_none_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    with pytest.raises(RuntimeError, match="no PostgreSQL found: run `make system`"), real_postgres.postgres():
        pass


def test_a_server_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server runs as somebody else where the tests run as root
        for name in ("initdb", "pg_ctl"):
            program = Path(folder, name)
            program.write_text("#!/bin/sh\necho it would not\nexit 3\n")
            program.chmod(0o755)
        monkeypatch.setenv("POSTGRES_BIN", folder)
        with (
            pytest.raises(RuntimeError, match=r"(?s)initdb stopped with code 3.*it would not"),
            real_postgres.postgres(),
        ):
            pass
