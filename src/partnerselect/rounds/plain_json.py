"""JSON as records are kept in: one way to write it, a strict way to read it, and its hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from partnerselect.errors import RoundsError

LARGEST = 20_000_000
DEEPEST = 60
_WHOLE = 2**53


def canonical(content: object) -> bytes:
    """The one way in which a content is written: UTF-8, names in order of their code points, no spaces.

    Numbers are as short as they can be and still read back as they were; texts are not normalised. It is what
    ``json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()`` writes.

    Raises
    ------
    RoundsError
        For NaN and infinite numbers, and for half of a character.
    """
    try:
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return text.encode()
    except ValueError as error:
        found = "half of a character" if isinstance(error, UnicodeError) else "a number that is not finite"
        raise RoundsError(f"The record holds {found}, which JSON cannot: leave it out.") from None


def parsed(content: bytes | str) -> dict[str, Any]:
    """The object that a strict JSON text holds.

    Raises
    ------
    RoundsError
        When the text is larger than 20 MB, is no UTF-8 or no JSON, names something twice, nests more than 60 levels,
        holds a number that is not finite or a whole number beyond 2^53, or is no object.
    """
    if len(content) > LARGEST:
        raise RoundsError(f"The record is larger than {LARGEST // 1_000_000} MB: a round is far smaller.")
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        read = json.loads(
            text, object_pairs_hook=_once, parse_constant=_not_finite, parse_float=_finite, parse_int=_whole
        )
    except RecursionError:
        raise RoundsError(_TOO_DEEP) from None
    except UnicodeDecodeError:
        raise RoundsError("The record is not UTF-8 text: take the file as it was exported.") from None
    except json.JSONDecodeError as error:
        raise RoundsError(f"The record is not JSON: {error.msg}, line {error.lineno}.") from None
    if not isinstance(read, dict):
        raise RoundsError("The record is not a JSON object: take the file as it was exported.")
    _depth(read)
    return read


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256, as 64 hexadecimal digits, of the canonical JSON of everything but the field ``sha256``."""
    return hashlib.sha256(canonical({name: part for name, part in content.items() if name != "sha256"})).hexdigest()


def bounded(content: bytes) -> None:
    """RoundsError where a content is too large to be read again."""
    if len(content) > LARGEST:
        raise RoundsError(f"This is larger than {LARGEST // 1_000_000} MB, and cannot be kept: shorten its texts.")


def frozen_object(content: object) -> Mapping[str, Any]:
    """Plain data as an object that nobody can change: mappings, tuples, texts, finite numbers, true, false, None.

    Raises
    ------
    ValueError
        For anything else; it names the place.
    """
    if not isinstance(content, Mapping):
        raise ValueError("it is not a mapping of names to data")
    frozen: Mapping[str, Any] = _frozen(content, "", 1)
    return frozen


def thawed(content: Any) -> Any:
    """The same as dicts and lists, as JSON writers want them."""
    if isinstance(content, Mapping):
        return {name: thawed(part) for name, part in content.items()}
    return [thawed(part) for part in content] if isinstance(content, tuple) else content


def _frozen(content: object, place: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"it nests more than {DEEPEST} levels")
    match content:
        case None | bool() | str():
            return content
        case int() if abs(content) <= _WHOLE:
            return int(content)
        case int():
            raise ValueError(f"{place or 'it'} is a whole number beyond 2^53: write it as text")
        case float() if math.isfinite(content):
            return float(content)
        case float():
            raise ValueError(f"{place or 'it'} is not a finite number: write None where there is none")
        case Mapping():
            if strange := [name for name in content if not isinstance(name, str)]:
                raise ValueError(f"{place or 'it'} has the name {strange[0]!r}: names are texts")
            parts = {name: _frozen(part, f"{place}.{name}".strip("."), depth + 1) for name, part in content.items()}
            return MappingProxyType(parts)
        case list() | tuple():
            return tuple(_frozen(part, f"{place}[{number}]", depth + 1) for number, part in enumerate(content))
        case _:
            raise ValueError(f"{place or 'it'} is {type(content).__name__}: write numbers, texts, lists and mappings")


_TOO_DEEP = f"The record nests more than {DEEPEST} levels: take the file as it was exported."


def _depth(content: Any) -> None:
    level: list[Any] = [content]
    for _ in range(DEEPEST):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return
    raise RoundsError(_TOO_DEEP)


def _parts(content: Any) -> Iterator[Any]:
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return (part for part in parts if isinstance(part, dict | list))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise RoundsError(f"The record names {twice!r} twice in one place: take the file as it was exported.")
    return content


def _not_finite(text: str) -> NoReturn:
    raise RoundsError(f"The record holds {text[:20]}, which is no finite number: take the file as it was exported.")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _not_finite(text)


def _whole(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > _WHOLE:
        raise RoundsError(f"The record holds the whole number {text[:20]}…, which is too large to be exact.")
    return number
