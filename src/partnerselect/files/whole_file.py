"""Files that are written wholly, or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
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
    write_all([(path, content)], check)


def write_all(files: Sequence[tuple[Path, bytes]], check: Callable[[], None] = lambda: None) -> None:
    """Put content into several files, each as `write_whole` does; none takes its place before all are written.

    Parameters
    ----------
    files : sequence of (Path, bytes)
        Each path once.
    check : callable, optional
        As in `write_whole`.

    Raises
    ------
    OSError
        Where a file cannot be written, or something that is no regular file stands there; its `filename` names it.
        All is as it was, unless the last step failed half way: then the message says which files were written.
    """
    paths = [Path(os.path.realpath(path)) for path, _ in files]
    written: list[Path] = []
    with ExitStack() as temporaries:
        for path, (named, content) in zip(paths, files, strict=True):
            with _naming(named):
                written.append(temporaries.enter_context(_beside(path, content)))
        check()
        for done, (path, temporary) in enumerate(zip(paths, written, strict=True)):
            with _naming(files[done][0], [one for one, _ in files[:done]]):
                temporary.replace(path)
    for folder in dict.fromkeys(path.parent for path in paths):
        _sync(folder)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A file beside a path that holds the content; it goes when it has not taken the path's place."""
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
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path, done: Sequence[Path] = ()) -> Iterator[None]:
    """What goes wrong names the file, and those that were written before it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if done:
            reason += f"; written before it: {', '.join(map(str, done))}"
        raise OSError(error.errno or errno.EIO, reason, str(path)) from error


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
