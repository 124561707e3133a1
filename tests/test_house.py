"""The house keeps its promises: commands, locks, layers, sizes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import check
import pytest
import real_browser
import system

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text(lock), flags=re.MULTILINE))


def names(requirements: list[str | dict[str, str]]) -> set[str]:
    plain = (requirement for requirement in requirements if isinstance(requirement, str))
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in plain)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_by_hash_and_names_no_index_and_no_folder(lock: str) -> None:
    assert not re.search(r"://|^\s*-(i|f|e)\b|index-url|find-links|^/|\s/\w", text(lock), flags=re.MULTILINE)
    for requirement in re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text(lock), flags=re.M | re.S):
        assert "--hash=sha256:" in requirement, requirement


def test_locks_hold_every_dependency() -> None:
    groups = PROJECT["dependency-groups"]
    assert names(PROJECT["project"]["dependencies"]) | names(groups["build"]) <= set(pins(LOCKS[0]))
    assert names(groups["dev"]) <= set(pins(LOCKS[1]))


def test_a_version_is_the_same_for_users_and_for_tests() -> None:
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()


def test_no_lock_of_another_tool_is_kept() -> None:
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not re.search(r"^(.*/)?(uv|poetry|pdm|yarn)\.lock$|^(.*/)?package-lock\.json$", kept, flags=re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_commands_in_the_documents_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), flags=re.MULTILINE)) | set(
        re.findall(r"\w+", re.findall(r"^STAGES := (.*)$", text("Makefile"), flags=re.MULTILINE)[0])
    )
    named = set(re.findall(r"(?:`|^ *)make ([a-z]+)", text(document), flags=re.MULTILINE))
    assert named
    assert named <= targets


def test_changelog_speaks_of_this_version() -> None:
    assert f"## [{PROJECT['project']['version']}]" in text("CHANGELOG.md")


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "src").rglob("*.py")
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > 300} == {}


@pytest.mark.parametrize(
    ("statement", "never"),
    [
        ("import partnerselect", ["streamlit", "altair", "sqlalchemy"]),
        ("import partnerselect.cli", ["streamlit", "altair", "sqlalchemy"]),
    ],
)
def test_import_stays_light(statement: str, never: list[str]) -> None:
    program = f"{statement}; import sys; print(*sorted(set({never!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_no_primary_buttons_on_screen() -> None:
    # In the dark theme the primary colour is bright enough to be read as text (6.5:1); Streamlit writes
    # white on it in primary buttons, and that has only 2.8:1.
    pages = (ROOT / "src/partnerselect/ui").rglob("*.py")
    assert [path.name for path in pages if 'type="primary"' in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_what_cannot_be_run_is_named_and_fails_in_ci(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("CHROMIUM", os.devnull + "/nothing")
    monkeypatch.setattr(system, "install", lambda: None)
    assert check.main(["browser"]) == code
    closing = capsys.readouterr().out
    assert "NOT RUN" in closing
    assert "set CHROMIUM" in closing


def test_a_server_that_stops_shows_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match=r"stopped with code \d+; its log ends with\n(?s:.*)nowhere\.py"),
        real_browser.serve(folder=tmp_path, script=tmp_path / "nowhere.py"),
    ):
        pass
