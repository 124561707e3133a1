"""Names in cells: candidates, criteria and items by id or by title, whatever their capitals and spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from partnerselect.files.document import shortened
from partnerselect.files.messages import did_you_mean

_ALIKE = 0.85
_COMPARED = 2_000


class CellError(Exception):
    """A cell that cannot be taken: what was found, and how to mend it."""

    def __init__(self, found: str, mend: str) -> None:
        super().__init__(found)
        self.found, self.mend = found, mend


def key(text: str) -> str:
    """The same for texts that differ only in capitals, in spaces, and in characters that show nothing."""
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return " ".join(text.split()).casefold()


class Names:
    """What can be named, by id or title."""

    def __init__(self, named: Iterable[tuple[str, str]], kind: str, one: str) -> None:
        """Pairs of id and title; what they are, such as criteria; and what one of them is."""
        self._ids: dict[str, str] = {}
        self._by_key: dict[str, list[str]] = {}
        self._kind, self._one = kind, one
        for id_, title in named:
            self._ids[id_] = title
            for name in dict.fromkeys((key(id_), key(title))):
                self._by_key.setdefault(name, []).append(id_)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def find(self, text: str) -> str | None:
        """The id that a text means, None where it means nothing; CellError where it can mean several."""
        if text in self._ids:
            return text
        found = self._by_key.get(key(text), [])
        if len(found) > 1:
            raise CellError(f"'{shortened(text)}' can mean {' or '.join(found)}", "write the id")
        return found[0] if found else None

    def keys_of(self, id_: str) -> tuple[str, str]:
        """An id and its title, as `key` gives them."""
        return key(id_), key(self._ids[id_])

    def found(self, text: str) -> str:
        """As `find`, but a text that means nothing is a CellError with the nearest name."""
        id_ = self.find(text)
        if id_ is None:
            raise self.unknown(text)
        return id_

    def unknown(self, text: str) -> CellError:
        """What to say of a text that means nothing."""
        near = self.near(text, cutoff=0.6)
        mend = did_you_mean(near or text, self._ids, self._kind)
        return CellError(f"there is no {self._one} '{shortened(text)}'", mend)

    def near(self, text: str, cutoff: float = _ALIKE) -> str | None:
        """The id of the name that a text resembles most; None where it resembles none."""
        names = list(self._by_key)[:_COMPARED]
        close = get_close_matches(key(text), names, n=1, cutoff=cutoff) if len(text) <= 200 else []
        return self._by_key[close[0]][0] if close else None
