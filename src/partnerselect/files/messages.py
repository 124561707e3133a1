"""What a model refuses, in plain words: where it stands, what was found, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from partnerselect.errors import Issue
from partnerselect.files.document import Document, Place, shortened, shown

Context: TypeAlias = Mapping[str, Any]

MOST_ISSUES = 100
_LISTED = 30
_COMPARED = 1_000
_HINTS = {
    "schema_version": "write schema_version: 1",
    "id": "write lower-case letters, digits, _ and -, a letter first: medicen",
    "country": "write two capital letters: FR; two countries as DE/PL",
    "kind": "write what it is in one word: photonics, health",
    "grade": "write grade: a, b, c or d",
    "as_of": "write the day as as_of: 2017-05-31",
    "scale": "write scale: with kind: measured, levels or items under it",
}
_RANGE = "write the number, and the doubt as a range: value: 400, low: 380, high: 420"
_NUMBER = "write a number such as 12.5: no unit, no thousands separator, not in quotes"


def did_you_mean(word: str, allowed: Iterable[str], kind: str) -> str:
    """The mend for an unknown name: the nearest one, and the list of all."""
    names = list(islice(allowed, _COMPARED))
    if not names:
        return f"there are no {kind} yet"
    close = get_close_matches(word, names, n=1) if len(word) <= 2 * _LISTED else []
    listed = ", ".join(names[:_LISTED]) + (", …" if len(names) > _LISTED else "")
    all_of_them = f"{kind} are {listed}"
    return f"did you mean {close[0]}? {all_of_them}" if close else all_of_them


def issues_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Issue]:
    """One issue for each thing the model refused, but for what has been told already."""
    issues: dict[Place, Issue] = {}
    for detail in error.errors(include_url=False):
        if len(issues) > MOST_ISSUES:
            break
        place, inner = _place(detail, document, model)
        if place in issues or document.is_told(place) or _only_follows(detail):
            continue
        found, mend = _words(detail, place, inner)
        issues[place] = document.issue(place, found, mend)
    return list(issues.values())


def _place(detail: ErrorDetails, document: Document, model: type[BaseModel]) -> tuple[Place, type[BaseModel] | None]:
    """Place in the file of pydantic's location, and the model that stands around it.

    Pydantic names the chosen branch of a union in a location ("scale", "measured", "unit"); a file does not.
    """
    place: list[int | str] = []
    around: type[BaseModel] | None = model
    options: list[type[BaseModel]] = [model]
    data: object = document.data
    is_missing = detail["type"] == "missing"
    for part in detail["loc"]:
        if len(options) > 1 and isinstance(part, str):
            around = next((option for option in options if part in _kinds(option)), None)
            options = [] if around is None else [around]
            continue
        if not isinstance(data, dict | list) or not (is_missing or _stands(part, data)):
            break
        place.append(part)
        if isinstance(part, str) and around is not None:
            field = around.model_fields.get(part)
            options = [] if field is None else _models(field.annotation)
        data = _inner(data, part)
        if isinstance(data, dict) and len(options) == 1:
            around = options[0]
    return tuple(place), around


def _stands(part: int | str, data: dict[Any, Any] | list[Any]) -> bool:
    return part in data if isinstance(data, dict) else isinstance(part, int)


def _inner(data: dict[Any, Any] | list[Any], part: int | str) -> object:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(part, int) and part < len(data) else None


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def _kinds(model: type[BaseModel]) -> tuple[str, ...]:
    field = model.model_fields.get("kind")
    return () if field is None else get_args(field.annotation)


def _only_follows(detail: ErrorDetails) -> bool:
    """A list whose entries were refused counts as too short to pydantic; the entries have been told."""
    written = detail["input"]
    return detail["type"] == "too_short" and isinstance(written, list) and len(written) >= detail["ctx"]["min_length"]


def _words(detail: ErrorDetails, place: Place, around: type[BaseModel] | None) -> tuple[str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    name = str(place[-1]) if place else ""
    if kind == "missing":
        return "is missing", _HINTS.get(
            name, f"write {name}: …" if isinstance(place[-1], str) else "write both: [first, second]"
        )
    if kind == "extra_forbidden":
        allowed = () if around is None else tuple(around.model_fields)
        return f"there is no '{shortened(name)}' here", did_you_mean(name, allowed, "allowed names")
    if value is None:
        return "nothing stands here", _HINTS.get(name, "fill it in, or take the line out")
    if kind == "value_error":
        found, colon, mend = str(context["error"]).partition(": ")
        return (found, mend) if colon else (f"{shown(value)} is not a date", found)
    if say := _SAID.get(kind):
        found, mend = say(value, context, place)
        return f"{shown(value)} {found}", mend
    return f"{shown(value)} cannot be taken", detail["msg"]


def _list(value: object, _: Context, place: Place) -> tuple[str, str]:
    if place == ("set_rules",) and isinstance(value, dict):
        return "is not a list of rules", "begin each rule with '- id: …', then kind: size, quota, …, and what it limits"
    return "is not a list", "begin each entry with '- ', or write [first, second]"


def _number(_: object, __: Context, place: Place) -> tuple[str, str]:
    if place[0] == "facts":
        return ("is neither a number nor text", "write a number, or text in quotes, or null where nothing was found")
    is_performance = place[0] == "evidence" and place[-1] in ("value", "low", "high")
    return "is not a number", _RANGE if is_performance else _NUMBER


def _text(value: object, _: Context, place: Place) -> tuple[str, str]:
    if isinstance(value, dict | list):
        return "stands where text belongs", f"write it in one line: {shortened(str(place[-1]))}: …"
    return "is not text", f"put it in quotes: '{shown(value)}'"


def _pattern(_: object, __: Context, place: Place) -> tuple[str, str]:
    if place[-1] == "country":
        return "is not a country code", _HINTS["country"]
    return "cannot be a name to refer to", _HINTS["id"]


def _literal(value: object, context: Context, place: Place) -> tuple[str, str]:
    if place[-1] == "schema_version":
        return "is not a version that can be read", _HINTS["schema_version"]
    allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    return "is not allowed here", did_you_mean(str(value), allowed, "allowed words")


def _count(value: object, context: Context, _: Place) -> tuple[str, str]:
    entries = len(value) if isinstance(value, list | tuple | dict) else 0
    lengths = (("min_length", "least"), ("max_length", "most"))
    bounds = [f"at {word} {context[key]}" for key, word in lengths if key in context]
    return f"has {entries} {'entry' if entries == 1 else 'entries'}", f"write {' and '.join(bounds)}"


def _untagged(_: object, __: Context, place: Place) -> tuple[str, str]:
    if place[0] == "set_rules":
        kinds = "size, quota, different, each, must, must_not, together, not_together or budget"
        return "does not say which kind of rule it is", f"write kind: and one of {kinds}"
    return "does not say which kind of scale it is", "write kind: measured, kind: levels or kind: items"


def _says(found: str, mend: str) -> Callable[[object, Context, Place], tuple[str, str]]:
    return lambda _, context, __: (found, mend.format_map(context))


_KEYS = _says("stands where keys belong", "write one line 'key: value' for each thing that is known")
_WHOLE = _says("is not a whole number", "write a whole number such as 3")
_DAY = _says("is not a day of the calendar", "write the day as 2017-05-31")
_SAID: dict[str, Callable[[object, Context, Place], tuple[str, str]]] = {
    "float_type": _number,
    "finite_number": _number,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "bool_type": _says("is neither true nor false", "write true or false"),
    "string_type": _text,
    "string_too_short": _says("is empty", "write the text, or take the line out"),
    "string_too_long": _says("is too long", "write at most {max_length:,} characters"),
    "string_pattern_mismatch": _pattern,
    "literal_error": _literal,
    "tuple_type": _list,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "mapping_type": _KEYS,
    "dict_type": _KEYS,
    "union_tag_not_found": _untagged,
    "union_tag_invalid": _untagged,
    "greater_than_equal": _says("is too small", "write at least {ge:g}"),
    "less_than_equal": _says("is too large", "write at most {le:g}"),
    "too_short": _count,
    "too_long": _count,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
}
