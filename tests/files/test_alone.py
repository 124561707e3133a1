"""One writer at a time, in this program and in others, and nothing is left behind that would block the next."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from partnerselect.files import alone
from partnerselect.files.alone import alone_in, folders_of
from partnerselect.files.write import save_viewpoint
from tests.files.conftest import Folder

_HOLD = """
import sys
from pathlib import Path
from partnerselect.files.alone import alone_in
with alone_in([Path(sys.argv[1])]):
    print("held", flush=True)
    sys.stdin.read()
"""
BUSY = "somebody else is writing there at this moment"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that writes into the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program
        program.kill()


def test_another_program_is_waited_for_and_named_by_its_folder(
    tmp_path: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "LONGEST_WAIT", 0)
    with pytest.raises(OSError, match=BUSY) as caught, alone_in([tmp_path]):
        pass
    assert (caught.value.errno, caught.value.filename) == (errno.EBUSY, os.path.realpath(tmp_path))
    with alone_in([tmp_path.parent]):
        pass


def test_a_program_that_is_killed_blocks_nobody_and_leaves_nothing(
    tmp_path: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "LONGEST_WAIT", 0)
    other.kill()
    other.wait()
    with alone_in([tmp_path]):
        assert list(tmp_path.iterdir()) == []


def test_another_thread_is_kept_out_until_the_first_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, done = Event(), Event()

    def hold() -> None:
        with alone_in([tmp_path]):
            inside.set()
            done.wait()

    thread = Thread(target=hold)
    thread.start()
    inside.wait()
    monkeypatch.setattr(alone, "LONGEST_WAIT", 0)
    with pytest.raises(OSError, match=BUSY), alone_in([tmp_path]):
        pass
    done.set()
    thread.join()
    with alone_in([tmp_path, tmp_path]):
        pass


def test_a_folder_that_cannot_be_locked_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("partnerselect.files.alone.fcntl.flock", refused)
    with alone_in([tmp_path]), pytest.raises(RuntimeError, match="inside"):
        raise RuntimeError("inside")
    monkeypatch.setattr("partnerselect.files.alone.os.open", refused)
    with alone_in([tmp_path]):
        pass


def test_a_link_is_followed_to_the_folder_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real" / "file.yaml")
    assert folders_of([tmp_path / "link.yaml"]) == {Path(os.path.realpath(tmp_path / "real"))}


def test_a_viewpoint_is_not_saved_while_somebody_else_writes(
    tmp_path: Path, folder: Folder, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "LONGEST_WAIT", 0)
    viewpoint = folder.read().viewpoints[0].model_copy(update={"id": "new", "title": "New"})
    with pytest.raises(OSError, match=BUSY):
        save_viewpoint(folder.criteria_file, viewpoint)
    assert len(folder.read().viewpoints) == 1
    other.kill()
    other.wait()
    save_viewpoint(folder.criteria_file, viewpoint)
    assert len(folder.read().viewpoints) == 2
