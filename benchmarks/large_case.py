"""A made-up longlist of any length on the criteria of the real case, for timing only."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASE = "photonics-for-health"


def write_large_case(home: Path, candidates: int, seed: int = 1) -> None:
    """Write criteria/ and candidates/ with this many made-up candidates below `home`."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    shutil.copytree(ROOT / "criteria", home / "criteria")
    shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
    folder = home / "candidates" / CASE
    folder.mkdir(parents=True)
    for number in range(candidates):
        (folder / f"made_up_{number:03}.yaml").write_text(_candidate(number, chance), encoding="utf-8")


def _candidate(number: int, chance: random.Random) -> str:
    lines = [
        "schema_version: 1",
        f"id: made_up_{number:03}",
        f"name: Made-up cluster {number}",
        f"kind: {chance.choice(['photonics', 'health'])}",
        "country: DE",
        "region: Nowhere",
        "evidence:",
    ]
    for criterion, top, more in _CRITERIA:
        if chance.random() < 0.55:
            low = chance.uniform(0, top)
            high = chance.uniform(low, top)
            lines.append(f"  - {{criterion: {criterion}, low: {low:.2f}, high: {high:.2f}, {more}grade: b,")
            lines.append("     as_of: 2016, source: 'made up'}")
    return "\n".join(lines) + "\n"


_CRITERIA = (
    ("healthcare_depth", 5, ""),
    ("fills_gaps", 5, ""),
    ("company_reach", 400, "basis: members, "),
    ("research_reach", 60, "basis: members, "),
    ("new_territory", 2, ""),
    ("delivery_record", 5, ""),
    ("management_label", 3, ""),
    ("team", 20, "basis: organisation, "),
    ("eu_record", 8, "basis: organisation, "),
    ("prior_ties", 5, ""),
    ("commitment", 5, ""),
    ("growth_services", 5, ""),
)
