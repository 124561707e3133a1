"""JSON Schema of the two kinds of files: completion and checks while somebody types, in any good editor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from partnerselect.model import Candidate, Criteria

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_KINDS: dict[str, tuple[type[BaseModel], str]] = {
    "criteria": (Criteria, "PartnerSelect criteria file"),
    "candidate": (Candidate, "PartnerSelect candidate file"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (draft 2020-12) by kind of file: criteria, candidate."""
    return {
        kind: {"$schema": _DRAFT, **_as_read(model.model_json_schema()), "title": title}
        for kind, (model, title) in _KINDS.items()
    }


def write_schemas(folder: str | Path) -> None:
    """Write criteria.json and candidate.json into a folder."""
    for kind, schema in schemas().items():
        content = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        Path(folder, f"{kind}.json").write_text(content, encoding="utf-8")


def _as_read(schema: Any) -> Any:
    """The schema of what the reader takes: a number also where free text belongs; no word of OpenAPI."""
    if isinstance(schema, list):
        return [_as_read(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _as_read(part) for key, part in schema.items() if key != "discriminator"}
    if parts.get("type") == "string" and not parts.keys() & {"pattern", "format", "enum", "const"}:
        parts["type"] = ["string", "number"]
    return parts
