"""Ids made from names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 64
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def id_of(name: str, taken: Collection[str], kind: str) -> str:
    """An id made from a name: its letters without accents and its digits; numbered where it is taken.

    Parameters
    ----------
    name : str
        Any text.
    taken : collection of str
        Ids that are in use.
    kind : str
        What it is the id of, in one word; it leads an id that would not begin with a letter.

    Returns
    -------
    str
        A letter first, then letters, digits and _, at most 64 characters.
    """
    letters = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    words = re.findall("[a-z0-9]+", "".join(one for one in letters if not unicodedata.combining(one)))
    made = "_".join(words)
    if not made[:1].isalpha():
        made = f"{kind}_{made}".rstrip("_")
    number, id_ = 1, made[:_LONGEST].rstrip("_")
    while id_ in taken:
        number += 1
        end = f"_{number}"
        id_ = made[: _LONGEST - len(end)].rstrip("_") + end
    return id_
