"""From a path to text: regular files, bounded, UTF-8. No FIFO, device or 100 MB file makes it hang."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from partnerselect.errors import InputError, Issue

LARGEST = 10_000_000
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OTHER_ENCODINGS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(rb"\r\n?|\n")


def named(path: str | Path) -> str:
    """The path as the caller wrote it, fit to be printed wherever text is (names on disk need not be UTF-8)."""
    return str(path).encode(errors="replace").decode()


def read_bytes(path: Path, file: str) -> bytes:
    """Bytes of a regular file of at most 10 MB; anything else is an InputError with the reason."""
    try:
        handle = os.open(path, _FLAGS)
        try:
            mode = os.fstat(handle).st_mode
            if stat.S_ISDIR(mode):
                raise _problem(file, None, "this is a folder, not a file", "name a .yaml file")
            if not stat.S_ISREG(mode):
                raise _problem(file, None, "this is not a regular file", "name a .yaml file that holds text")
            with os.fdopen(handle, "rb", closefd=False) as stream:
                content = stream.read(LARGEST + 1)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise _problem(file, None, "there is no such file", "check the path, or put the file there") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _problem(file, None, f"it cannot be read: {reason}", "check the path and the permissions") from None
    if len(content) > LARGEST:
        raise _problem(file, None, "the file is larger than 10 MB", "a file describes one decision or one organisation")
    return content


def decoded(content: bytes, file: str) -> str:
    """Text of UTF-8 bytes without a byte order mark; else an InputError, also for control characters."""
    if content.startswith(_OTHER_ENCODINGS) or b"\0" in content[:4]:
        raise _problem(file, None, "the file is saved as UTF-16 or UTF-32", "save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0)
        line = _line(content[:start])
        found = f"the byte 0x{content[start]:02X} is not UTF-8 text"
        raise _problem(file, line, found, "save the file as UTF-8") from None
    if match := _NO_TEXT.search(text):
        line = _line(text[: match.start()].encode())
        raise _problem(file, line, f"{control(match[0])} stands in the text", "delete it")
    return text


def control(character: str) -> str:
    """Name of a character that cannot be shown."""
    return f"the control character U+{ord(character):04X}"


def first_control(text: str) -> str | None:
    """The first character of a text that no text should hold (a quoted escape can smuggle it in)."""
    match = _NO_TEXT.search(text)
    return match[0] if match else None


def _line(before: bytes) -> int:
    return len(_LINE_END.findall(before)) + 1


def _problem(file: str, line: int | None, found: str, mend: str) -> InputError:
    return InputError([Issue(file, line, "", found, mend)])
