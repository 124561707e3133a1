"""Everything that was looked at and found as one JSON document, for other programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd
from pydantic import BaseModel

from partnerselect.reports.contents import ReportContents


def findings(contents: ReportContents) -> bytes:
    """The decision as it was read, points, rules, every result, and what is on record; the same bytes each time.

    Names stand in the order of their code points, without spaces between the parts. Tables are lists of rows with
    their ids; what is not a number, or not finite, is null. It is no round, and cannot be brought in as one: that is
    what `Store.export` gives.
    """
    content = plain(contents)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def plain(value: Any) -> Any:
    """A result as plain data: mappings, lists, texts, finite numbers, true, false and None."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, pd.Series):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, pd.DataFrame):
        unnamed = isinstance(value.index, pd.RangeIndex) and value.index.name is None
        rows = value if unnamed else value.reset_index()
        return [plain(row) for row in rows.to_dict("records")]
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
