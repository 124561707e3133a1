"""JSON Schema: current, a valid schema, and of one mind with the reader."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from partnerselect.files.schema import schemas, write_schemas
from partnerselect.files.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "schema"


@pytest.mark.parametrize("kind", ["criteria", "candidate"])
def test_the_schema_in_the_documents_is_current(tmp_path, kind):
    write_schemas(tmp_path)
    written = (tmp_path / f"{kind}.json").read_bytes()
    assert (DOCS / f"{kind}.json").read_bytes() == written, "write them again: make schema"


@pytest.mark.parametrize("kind", ["criteria", "candidate"])
def test_it_is_a_schema_of_draft_2020_12(kind):
    schema = schemas()[kind]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"PartnerSelect {kind} file"
    assert schema["additionalProperties"] is False
    assert "discriminator" not in json.dumps(schema)


def refused(kind: str, path: Path) -> list[str]:
    validator = jsonschema.Draft202012Validator(schemas()[kind])
    return [error.json_path for error in validator.iter_errors(read_yaml(path).data)]


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "criteria").glob("*.yaml")),
        *sorted((ROOT / "candidates").glob("*/*.yaml")),
    ],
    ids=lambda path: path.stem,
)
def test_the_real_files_satisfy_it(path):
    assert refused("criteria" if path.parent.name == "criteria" else "candidate", path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("as_of: 2016-10\n", "as_of: 2016\n"),
        ("region: Somewhere", "region: 75"),
        ("    reason: the page names it", "    reason: 4.5"),
        ("judged_on: 2017-05-01", "judged_on:"),
    ],
)
def test_it_takes_what_the_reader_takes(folder, old, new):
    folder.change("alpha", old, new)
    folder.read()
    assert refused("candidate", folder.path("alpha")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    value: 40\n", "    value: '40'\n"),
        ("passed: true", "passed: yes"),
        ("grade: b", "grade: e"),
        ("country: FR", "country: France"),
        ("    value: 40\n", "    vaule: 40\n"),
        ("as_of: 2016-10\n", "as_of: October 2016\n"),
        ("id: alpha\n", ""),
    ],
)
def test_it_refuses_what_the_reader_refuses(folder, old, new):
    folder.change("alpha", old, new)
    assert folder.told()
    assert refused("candidate", folder.path("alpha"))
