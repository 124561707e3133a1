"""docs/file-format.md keeps its word: its files are read, its error is what comes out, its limits are in force."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from annotated_types import MaxLen

from partnerselect.errors import InputError
from partnerselect.files import messages, raw, read, yaml_text
from partnerselect.files.read import read_decision
from partnerselect.files.schema import schemas
from partnerselect.files.yaml_text import parse_yaml
from partnerselect.model import Criteria, Decision, Goal, ItemsScale, LevelsScale, ValueFunction

DOCUMENT = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|text)\n(.*?)^```$", DOCUMENT, flags=re.MULTILINE | re.DOTALL)
FILES = {match[1]: text for _, text in BLOCKS if (match := re.match(r"# (\S+\.yaml)\n", text))}
PIECES = [text for language, text in BLOCKS if language == "yaml" and text not in FILES.values()]
(REPORT,) = (text for language, text in BLOCKS if language == "text")
HEAD = "schema_version: 1\nid: opticnet\nname: OpticNet\nkind: photonics\ncountry: DE\nregion: Thüringen\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def decision() -> Decision:
    return read_decision(Path("criteria", "laser.yaml"), Path("candidates", "laser"))


def test_the_files_of_the_document_are_read(home):
    assert sorted(FILES) == [
        "candidates/laser/medlight.yaml",
        "candidates/laser/opticnet.yaml",
        "criteria/laser.yaml",
    ]
    assert [candidate.id for candidate in decision().candidates] == ["medlight", "opticnet"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_an_editor_accepts_the_files_of_the_document(name):
    schema = schemas()["criteria" if name.startswith("criteria") else "candidate"]
    jsonschema.Draft202012Validator(schema).validate(parse_yaml(FILES[name].encode(), name).data)


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_the_pieces_of_the_document_are_read(home, piece):
    if piece.startswith("evidence:"):
        (home / "candidates" / "laser" / "opticnet.yaml").write_text(HEAD + piece, encoding="utf-8")
        assert decision().candidates[1].evidence
    else:
        path = home / "criteria" / "laser.yaml"
        path.write_text(path.read_text(encoding="utf-8") + piece, encoding="utf-8")
        assert decision().doubt.undated_counts_as == "c"


def test_the_error_of_the_document_is_what_comes_out(home):
    path = home / "candidates" / "laser" / "medlight.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("criterion: companies", "criterion: compnies").replace("grade: b  ", "grade: e  ", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        decision()
    assert str(caught.value).replace("\\", "/") + "\n" == REPORT


def most(model, field: str) -> int:
    return next(part.max_length for part in model.model_fields[field].metadata if isinstance(part, MaxLen))


@pytest.mark.parametrize(
    ("row", "limits"),
    [
        ("a file", [raw.LARGEST // 1_000_000, 8, yaml_text.MOST_NODES, yaml_text.DEEPEST]),
        ("candidate files of a decision", [read.MOST_CANDIDATES]),
        ("goals", [most(Criteria, "goals"), most(Goal, "criteria")]),
        ("breakpoints of a value function", [most(ValueFunction, "points")]),
        ("levels of a scale", [most(LevelsScale, "levels"), 0, 20]),
        ("items of a scale", [most(ItemsScale, "items")]),
        ("viewpoints", [most(Criteria, "viewpoints")]),
        ("problems told of one file", [messages.MOST_ISSUES]),
    ],
)
def test_the_limits_of_the_document_are_in_force(row, limits):
    (told,) = re.findall(rf"^\| {row} \| (.*) \|$", DOCUMENT, flags=re.MULTILINE)
    assert [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\d|\d", told)] == limits
