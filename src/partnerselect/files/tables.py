"""Tables out of XLSX and CSV files: bounded, and nothing in them computed or guessed."""

from __future__ import annotations

from collections.abc import Mapping

from partnerselect.files.cells import Tables, refused
from partnerselect.files.csv_text import read_csv
from partnerselect.files.raw import LARGEST
from partnerselect.files.xlsx import read_xlsx


def read_tables(content: bytes, file: str, unread: Mapping[str, str] | None = None) -> Tables:
    """Read an XLSX or CSV file; which of the two it is, its content says.

    Parameters
    ----------
    content : bytes
        At most 10 MB. A workbook is unpacked within bounds, and only its cells reach the reading library.
    file : str
        Its name, for errors.
    unread : mapping of str to str, optional
        Names of sheets that are not read, in lower case, and why.

    Returns
    -------
    Tables

    Raises
    ------
    InputError
        Where it is no such file, too large, damaged, or locked by a password.
    """
    if len(content) > LARGEST:
        raise refused(file, "the file is larger than 10 MB", "keep only the sheet with the table, and save it again")
    if not content.strip():
        raise refused(file, "the file is empty", "save it again, or fill it in")
    if content.startswith(b"PK"):
        return read_xlsx(content, file, unread or {})
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        found = "the file is an old Excel workbook (.xls), or locked by a password"
        raise refused(file, found, "open it, and save it as .xlsx without a password")
    return read_csv(content, file)
