"""Files that commands write: none is replaced unless that is asked for."""

from __future__ import annotations

from pathlib import Path

from partnerselect.cli.reading import failed


def refuse_existing(file: Path, *, force: bool) -> None:
    """End with exit code 1 where there is such a file and nobody said that it may be replaced."""
    if file.exists() and not force:
        from partnerselect.files.raw import named

        failed(f"{named(file)} is there already; --force replaces it.")


def write_file(file: Path, content: bytes) -> None:
    """Write a file wholly; where that cannot be, end with exit code 1 and the reason."""
    from partnerselect.files.raw import named
    from partnerselect.files.whole_file import write_whole

    try:
        write_whole(file, content)
    except OSError as problem:
        failed(f"{named(file)} cannot be written: {problem.strerror}.")
