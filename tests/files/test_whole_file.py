"""A file that is written wholly, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partnerselect.files.whole_file import write_all, write_whole


def test_a_new_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "new", b"content")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("new", b"content")]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"much more than there will be")
    write_whole(tmp_path / "old", b"")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("old", b"")]


def test_a_check_that_refuses_leaves_nothing(tmp_path: Path) -> None:
    def refuse() -> None:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        write_whole(tmp_path / "new", b"content", refuse)
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_nothing_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write_whole(tmp_path / "link", b"content")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"content"


def test_folders_and_pipes_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is no regular file"):
        write_whole(tmp_path / "pipe", b"content")
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        write_whole(tmp_path, b"content")
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]


def test_of_several_files_none_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(IsADirectoryError, match="Is a directory") as caught:
        write_all([(tmp_path / "a", b"new"), (tmp_path, b"new")])
    assert caught.value.filename == str(tmp_path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"old")]


def test_several_files_are_written_together(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "below").mkdir()
    write_all([(tmp_path / "a", b"1"), (tmp_path / "below" / "b", b"2")])
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "below" / "b").read_bytes()) == (b"1", b"2")
