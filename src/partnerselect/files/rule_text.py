"""A set rule as one short line of text, such as `kind:health=2`: what a terminal or a form takes."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from pydantic import ValidationError

from partnerselect.errors import InputError, Issue
from partnerselect.files import raw
from partnerselect.files.document import Document, shortened, shown
from partnerselect.files.messages import issues_of
from partnerselect.model import (
    BudgetRule,
    DifferentRule,
    EachRule,
    NamesRule,
    PairRule,
    QuotaRule,
    SetRule,
    SizeRule,
)

LONGEST = 500
_LONGEST_ID = 64
_FILE = "rule"
_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_LIMITS = r"(?:(?P<sign>>=|<=|=)\s*(?P<first>[0-9]+)|=\s*(?P<low>[0-9]+)\s*\.\.\s*(?P<high>[0-9]+))"

Data: TypeAlias = dict[str, Any]


def read_rule(text: str) -> SetRule:
    """The rule that a line of text says.

    | text | rule |
    |---|---|
    | `size=3`, `size>=2`, `size<=4`, `size=2..4` | how many partners join |
    | `kind:health=2`, `country:FR<=1`, `region:Île-de-France>=1` | how many of them have one value |
    | `different country>=3` | how many different values they have |
    | `each region<=1` | how many share one value |
    | `must=medicen+biocat`, `must_not=mva` | who is in every set, or in none |
    | `together=medicen+biocat`, `not_together=medicen+biocat` | two that join both or neither, or not both |
    | `budget membership_fee<=10000 EUR` | the sum of an amount |
    | `budget membership_fee (unknown=5000)<=10000 EUR` | the same, where an amount that nobody knows counts as 5000 |

    Spaces may stand around the signs. A value may contain any sign: what limits it is found from the right end.

    Parameters
    ----------
    text : str
        At most 500 characters, none of them a control character.

    Returns
    -------
    SetRule
        In force, with an id made from what it is about: `kind-health`. The same text gives the same id.

    Raises
    ------
    InputError
        With every problem, and how a rule is written.
    """
    if len(text) > LONGEST:
        raise _refusal(text, [(f"it has {len(text):,} characters", f"write at most {LONGEST}")])
    if (character := raw.first_control(text)) is not None:
        raise _refusal(text, [(f"{raw.control(character)} stands in it", "delete it")])
    opening = re.fullmatch(r"([A-Za-z_]*)\s*(.*)", text.strip(), re.DOTALL)
    assert opening
    word, rest = opening.groups()
    form = _FORMS.get(word)
    if form is None:
        found = f"there is no rule that begins with {shown(word)}" if word else "it does not begin like a rule"
        raise _refusal(text, [(found, f"forms are {'; '.join(dict.fromkeys(one.written for one in _FORMS.values()))}")])
    data = form.read(word, rest)
    if data is None:
        found = f"what follows {shown(word)} cannot be read" if rest else f"nothing follows {shown(word)}"
        raise _refusal(text, [(found, f"write {form.written}")])
    content: Data = {"id": _id(data)} | data
    try:
        return form.model.model_validate(content)
    except ValidationError as error:
        issues = issues_of(error, Document(_FILE, content, {}), form.model)
    told = dict.fromkeys((_said(one.found), f"{_said(one.mend)}, as in {form.written}") for one in issues)
    raise _refusal(text, told)


def rule_text(rule: SetRule) -> str:
    """The line of text that says a rule; id, title, why, source, and whether it is in force, are not in it.

    `read_rule` takes it back, unless it is longer than 500 characters.
    """
    match rule:
        case SizeRule():
            return f"size{_limits_text(rule)}"
        case QuotaRule():
            gap = " " if rule.value.endswith(("<", ">")) else ""
            return f"{rule.attribute}:{rule.value}{gap}{_limits_text(rule)}"
        case DifferentRule():
            return f"different {rule.attribute}>={rule.at_least}"
        case EachRule():
            return f"each {rule.attribute}<={rule.at_most}"
        case NamesRule() | PairRule():
            return f"{rule.kind}={'+'.join(rule.candidates)}"
        case BudgetRule():
            unknown = "" if rule.if_unknown is None else f" (unknown={_number_text(rule.if_unknown)})"
            return f"budget {rule.amount}{unknown}<={_number_text(rule.at_most)} {rule.unit}"
    assert_never(rule)


@dataclass(frozen=True)
class _Form:
    """How one kind of rule is written, what reads it (None where it cannot), and the model that checks it."""

    written: str
    read: Callable[[str, str], Data | None]
    model: type[SizeRule | QuotaRule | DifferentRule | EachRule | NamesRule | PairRule | BudgetRule]


def _size(_: str, rest: str) -> Data | None:
    found = re.fullmatch(_LIMITS, rest)
    return None if found is None else {"kind": "size"} | _limits(found)


def _quota(word: str, rest: str) -> Data | None:
    found = re.fullmatch(rf":\s*(?P<value>\S.*?)\s*{_LIMITS}", rest, re.DOTALL)
    return None if found is None else {"kind": "quota", "attribute": word, "value": found["value"]} | _limits(found)


def _different(_: str, rest: str) -> Data | None:
    found = re.fullmatch(r"([a-z]+)\s*>=\s*([0-9]+)", rest)
    return None if found is None else {"kind": "different", "attribute": found[1], "at_least": int(found[2])}


def _each(_: str, rest: str) -> Data | None:
    found = re.fullmatch(r"([a-z]+)\s*<=\s*([0-9]+)", rest)
    return None if found is None else {"kind": "each", "attribute": found[1], "at_most": int(found[2])}


def _names(word: str, rest: str) -> Data | None:
    if not rest.startswith("="):
        return None
    return {"kind": word, "candidates": [one.strip() for one in rest[1:].split("+")]}


def _pair(word: str, rest: str) -> Data | None:
    data = _names(word, rest)
    return data if data is not None and len(data["candidates"]) == 2 else None


def _budget(_: str, rest: str) -> Data | None:
    unknown = rf"(?:\(\s*unknown\s*=\s*(?P<unknown>{_NUMBER})\s*\)\s*)?"
    shape = rf"(?P<amount>[^\s<>=()]+)\s*{unknown}<=\s*(?P<most>{_NUMBER})\s+(?P<unit>\S.*)"
    found = re.fullmatch(shape, rest, re.DOTALL)
    if found is None:
        return None
    amounts = {"at_most": float(found["most"])}
    if found["unknown"] is not None:
        amounts["if_unknown"] = float(found["unknown"])
    if not all(map(math.isfinite, amounts.values())):
        return None
    return {"kind": "budget", "amount": found["amount"], "unit": found["unit"]} | amounts


_QUOTA = _Form("kind:health=2, country:FR<=1, region:Hesse>=1 or kind:health=1..2", _quota, QuotaRule)
_FORMS = {
    "size": _Form("size=3, size>=2, size<=4 or size=2..4", _size, SizeRule),
    "kind": _QUOTA,
    "country": _QUOTA,
    "region": _QUOTA,
    "different": _Form("different country>=3", _different, DifferentRule),
    "each": _Form("each region<=1", _each, EachRule),
    "must": _Form("must=medicen or must=medicen+biocat", _names, NamesRule),
    "must_not": _Form("must_not=mva", _names, NamesRule),
    "together": _Form("together=medicen+biocat", _pair, PairRule),
    "not_together": _Form("not_together=medicen+biocat", _pair, PairRule),
    "budget": _Form("budget membership_fee<=10000 EUR", _budget, BudgetRule),
}


def _limits(found: re.Match[str]) -> Data:
    if found["sign"] is None:
        return {"at_least": int(found["low"]), "at_most": int(found["high"])}
    count = int(found["first"])
    at_least = {} if found["sign"] == "<=" else {"at_least": count}
    return at_least | ({} if found["sign"] == ">=" else {"at_most": count})


def _limits_text(rule: SizeRule | QuotaRule) -> str:
    if rule.at_most is None:
        return f">={rule.at_least}"
    if rule.at_least == rule.at_most:
        return f"={rule.at_most}"
    return f"<={rule.at_most}" if rule.at_least == 0 else f"={rule.at_least}..{rule.at_most}"


def _number_text(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _id(data: Data) -> str:
    """What the rule is about, in lower-case letters and digits."""
    match data:
        case {"kind": "quota", "attribute": attribute, "value": value}:
            about = [attribute, value]
        case {"candidates": names}:
            about = [data["kind"].replace("_", "-"), *names]
        case {"kind": kind}:
            about = [kind, *(data[key] for key in ("attribute", "amount") if key in data)]
    whole = "-".join(_slug(part) for part in about)
    return whole if len(whole) <= _LONGEST_ID else f"{whole[: _LONGEST_ID - 9]}-{_checksum(whole)}"


def _slug(text: str) -> str:
    letters = "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(one))
    return "-".join(re.findall("[a-z0-9_]+", letters)) or _checksum(text)


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def _said(words: str) -> str:
    """A message of the model without the names of its fields."""
    return words.replace("at_least", "at least").replace("at_most", "at most")


def _refusal(text: str, problems: Iterable[tuple[str, str]]) -> InputError:
    place = shortened(_printable(text.strip()))
    return InputError(Issue(_FILE, None, place, _printable(found), mend) for found, mend in problems)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else "�" for one in text)
