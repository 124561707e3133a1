"""A file that is written wholly, or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes, check: Callable[[], None] = lambda: None) -> None:
    """Put content into a file, new or old.

    It goes to a file beside it, which then takes its place. An old file's owner and permissions stay, and a link keeps
    pointing to it.

    Parameters
    ----------
    path : Path
    content : bytes
    check : callable, optional
        Called once all is written beside the file; what it raises leaves the file as it was.

    Raises
    ------
    OSError
        Where the file cannot be written, or something that is no regular file stands there. All is as it was.
    """
    path = Path(os.path.realpath(path))
    if path.exists():
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not path.is_file():
            raise OSError(errno.EINVAL, "it is no regular file")
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    handle, name = tempfile.mkstemp(prefix=".saving-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            _permit(stream.fileno(), path)
            os.fsync(stream.fileno())
        check()
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync(path.parent)


def _permit(handle: int, path: Path) -> None:
    """Give a new file the owner and the permissions of the one that it replaces, or what new files get here."""
    if not hasattr(os, "fchown"):
        return
    try:
        status = path.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    with suppress(PermissionError):
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _sync(folder: Path) -> None:
    """Make the new name in a folder last; some systems cannot, and it stands there all the same."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
