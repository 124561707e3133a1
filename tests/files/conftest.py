"""A small decision as text, and a way to write it to a folder with one thing changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest

from partnerselect.errors import InputError
from partnerselect.files.read import read_decision
from partnerselect.model import Decision

CRITERIA = """\
schema_version: 1
id: small
title: A small decision
question: Who joins?
as_of: 2017-05-31
goals:
  - id: fit
    title: Thematic fit
    criteria:
      - id: areas
        title: Application areas
        question: Which areas do you cover?
        scale:
          kind: items
          items:
            - {id: imaging, title: Imaging}
            - {id: diagnostics, title: Diagnostics}
      - id: depth
        title: Healthcare depth
        question: How deep are you in healthcare?
        scale:
          kind: levels
          levels:
            - {level: 0, text: none}
            - {level: 1, text: an application market}
            - {level: 2, text: the core}
  - id: reach
    title: Reach
    criteria:
      - id: companies
        title: Companies reached
        question: How many companies are members?
        scale:
          kind: measured
          unit: companies
          basis: members
          value_function:
            points: [[0, 0], [100, 1]]
gates:
  - {id: legal_entity, title: Legal entity, rule: an entity of its own}
set_rules:
  - {id: at_most_two, kind: size, at_most: 2}
  - {id: with_alpha, kind: must, candidates: [alpha]}
  - {id: not_both, kind: not_together, candidates: [alpha, beta]}
viewpoints:
  - id: equal
    title: Equal
    points: {fit: 50, areas: 50, depth: 50, reach: 50, companies: 50}
"""
ALPHA = """\
schema_version: 1
id: alpha
name: Alpha cluster
kind: health
country: FR
region: Somewhere
gates:
  - {gate: legal_entity, passed: true, as_of: 2016}
facts:
  - {id: f1, field: members_total, value: 40, unit: companies, as_of: 2016-10, source: a page, criteria: [companies]}
evidence:
  - criterion: companies
    value: 40
    basis: members
    as_of: 2016-10
    grade: b
    source: a page
  - criterion: depth
    value: 1
    grade: c
    by: a reader
    judged_on: 2017-05-01
    reason: the page names it
    facts: [f1]
  - criterion: areas
    items: [imaging]
    possible: [diagnostics]
    grade: a
    source: a page
"""
BETA = """\
schema_version: 1
id: beta
name: Beta cluster
kind: photonics
country: NO
region: Elsewhere
"""
GAMMA = """\
schema_version: 1
id: gamma
name: Gamma cluster
kind: photonics
country: DE
region: Third place
role: member
"""


class Folder:
    """Files of one decision in a temporary folder."""

    texts: ClassVar[dict[str, str]] = {"criteria": CRITERIA, "alpha": ALPHA, "beta": BETA, "gamma": GAMMA}

    def __init__(self, home: Path) -> None:
        self.criteria_file = home / "small.yaml"
        self.candidates = home / "candidates"
        self.candidates.mkdir()
        for name, text in self.texts.items():
            self.write(name, text)

    def path(self, name: str) -> Path:
        return self.criteria_file if name == "criteria" else self.candidates / f"{name}.yaml"

    def write(self, name: str, content: str | bytes) -> None:
        self.path(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace one text, which must stand there once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def read(self, **options: Any) -> Decision:
        return read_decision(self.criteria_file, self.candidates, **options)

    def told(self, **options: Any) -> list[str]:
        """Every issue as one line: file name:line place: found -> mend."""
        with pytest.raises(InputError) as caught:
            self.read(**options)
        return [
            f"{Path(issue.file).name}:{issue.line or ''} {issue.place}: {issue.found} -> {issue.mend}"
            for issue in caught.value.issues
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
