"""One writer at a time: what is checked before files are replaced must still hold when they are."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

if sys.platform != "win32":
    import fcntl

LONGEST_WAIT = 30.0
"""Seconds."""

_PAUSE = 0.05
_BUSY = "somebody else is writing there at this moment; try again"
_in_this_process = Lock()


@contextmanager
def alone_in(folders: Iterable[Path]) -> Iterator[None]:
    """Keep others from writing into folders: other threads, and, where the system can, other programs like this one.

    The folders themselves are locked, so no file is left behind, and the system lets go of them when a program ends.
    Where a folder cannot be locked, other threads are kept out all the same.

    Parameters
    ----------
    folders : iterable of Path
        They exist.

    Raises
    ------
    OSError
        Where somebody else does not finish in time; its `filename` names the folder.
    """
    wanted = sorted({Path(os.path.realpath(folder)) for folder in folders})
    until = time.monotonic() + LONGEST_WAIT
    if not _in_this_process.acquire(timeout=LONGEST_WAIT):
        raise OSError(errno.EBUSY, _BUSY, str(wanted[0]))
    try:
        with ExitStack() as held:
            for folder in wanted:
                held.enter_context(_locked(folder, lambda: time.monotonic() < until))
            yield
    finally:
        _in_this_process.release()


def folders_of(files: Iterable[Path]) -> set[Path]:
    """Folders in which files really stand: a link is followed."""
    return {Path(os.path.realpath(file)).parent for file in files}


@contextmanager
def _locked(folder: Path, may_wait: Callable[[], bool]) -> Iterator[None]:
    """A folder that no other program holds locked; closing it lets go of it."""
    handle = _opened(folder)
    try:
        while handle is not None and not _is_ours(handle):
            if not may_wait():
                raise OSError(errno.EBUSY, _BUSY, str(folder))
            time.sleep(_PAUSE)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _opened(folder: Path) -> int | None:
    """A folder to be locked; None where that cannot be."""
    try:
        return None if sys.platform == "win32" else os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _is_ours(handle: int) -> bool:
    """Whether the lock is ours now, or cannot be had where this folder is kept."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True
