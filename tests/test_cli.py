"""The command line as a user meets it: a real process, real files, exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "partnerselect.cli", *arguments],
        cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8",
        env={"PATH": "", "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "160"},
    )  # fmt: skip


def test_check_says_what_is_in() -> None:
    done = run("check")
    assert done.returncode == 0
    assert "no problems. 24 candidates, 3 members, 5 goals, 14 criteria, 263 facts" in done.stdout


def test_check_reports_every_problem_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "case.yaml").write_text("schema_version: 1\n", encoding="utf-8")
    done = run("check", cwd=tmp_path)
    assert done.returncode == 1
    assert "title" in done.stderr
    assert "goals" in done.stderr
    assert "Traceback" not in done.stderr


def test_rank_prints_a_table_best_first() -> None:
    done = run("rank", "--viewpoint", "health_first")
    assert done.returncode == 0
    assert done.stdout.index("Medicen Paris Region") < done.stdout.index("flanders.bio")


def test_rank_as_json_carries_weights_ranges_and_contributions() -> None:
    record = json.loads(run("rank", "--json", "--weights", "fit=100,reach=0").stdout)
    assert record["points"]["fit"] == 100
    assert sum(record["weights"].values()) == pytest.approx(1)
    assert record["weights"]["company_reach"] == 0
    first = record["ranking"][0]
    assert first["rank"] == 1
    assert first["low"] <= first["likely_low"] <= first["likely_high"] <= first["high"]
    assert sum(record["contributions"][first["candidate"]].values()) == pytest.approx(first["total"])


def test_rank_as_csv_has_every_candidate() -> None:
    rows = list(csv.DictReader(io.StringIO(run("rank", "--csv").stdout)))
    assert len(rows) == 2 + 24


def test_an_earlier_date_knows_less() -> None:
    now, before = (json.loads(run("rank", "--json", *more).stdout) for more in ((), ("--as-of", "2015-01-01")))
    assert before["as_of"] == "2015-01-01"
    assert sum(row["known"] for row in before["ranking"]) < sum(row["known"] for row in now["ranking"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rank", "--weights", "reach"), "--weights takes id=points"),
        (("rank", "--weights", "raech=3"), "no goal or criterion 'raech'"),
        (("rank", "--weights", "reach=-3"), "points are numbers from 0 upwards"),
        (("rank", "--weights", "fit=0,reach=0,markets=0,delivery=0,quality=0"), "All points are at zero"),
        (("rank", "--viewpoint", "nobody"), "viewpoints are equal_goals"),
        (("rank", "--json", "--csv"), "one of --json and --csv"),
        (("rank", "--colour"), "No such option"),
        (("ask-next", "--top", "0"), "Invalid value for '--top'"),
        (("ask-next", "--weights", "raech=3"), "no goal or criterion 'raech'"),
        (("ask-next", "--samples", "0"), "Invalid value for '--samples'"),
        (("sensitivity", "--viewpoint", "nobody"), "viewpoints are equal_goals"),
        (("robustness", "--region", "nowhere"), "Invalid value for '--region'"),
        (("robustness", "--plus-minus", "0.1"), "--plus-minus goes with --region near"),
        (("robustness", "--region", "near", "--plus-minus", "2"), "Invalid value for '--plus-minus'"),
        (("nothing",), "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_not_understood_exits_with_2(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_decision_says_what_to_name(tmp_path: Path) -> None:
    done = run("rank", cwd=tmp_path)
    assert done.returncode == 2
    assert "Name the criteria file" in done.stderr


def test_ask_next_says_what_to_ask_first_and_lists_questions() -> None:
    done = run("ask-next", "--samples", "200")
    assert done.returncode == 0
    assert done.stdout.startswith("First ask ")
    assert "Links to target markets" in done.stdout
    assert "With which of the three founders have you worked" in done.stdout


def test_ask_next_as_json_has_every_question_with_ids_and_names() -> None:
    record = json.loads(run("ask-next", "--json", "--top", "2", "--samples", "300", "--seed", "5").stdout)
    assert (record["decision"], record["top"], record["samples"], record["seed"]) == ("photonics-for-health", 2, 300, 5)
    assert sum(record["normalised_weights"].values()) == pytest.approx(1)
    assert len(record["chosen"]) == 2
    gains = [row["gain"] for row in record["cells"]]
    assert gains == sorted(gains, reverse=True)
    first = record["cells"][0]
    assert record["names"][first["candidate"]] == first["name"]
    assert first["worst_rank"] >= first["best_rank"]
    assert {row["candidate"] for row in record["candidates"]} == set(record["names"])
    assert all(row["gain_error"] >= 0 for row in record["candidates"])


def test_sensitivity_begins_with_the_verdict() -> None:
    done = run("sensitivity", "--viewpoint", "health_first")
    assert done.returncode == 0
    assert done.stdout.startswith(("Robust", "Fragile", "Tie"))
    assert "Healthcare depth" in done.stdout


def test_sensitivity_as_json_has_every_table() -> None:
    record = json.loads(run("sensitivity", "--json", "--top", "1").stdout)
    assert record["verdict"]["kind"] in ("robust", "fragile", "tie")
    assert len(record["leaders"]) == record["top"] == 1
    weights = {row["criterion"]: row for row in record["weights"]}
    assert set(weights) == set(record["normalised_weights"])
    assert all(row["low"] <= row["weight"] <= row["high"] for row in weights.values())
    assert len(record["sweeps"]) == 2 * 14 * 24
    assert all(record[table] for table in ("switches", "evidence", "without"))


def test_robustness_tells_shares_with_their_error() -> None:
    done = run("robustness", "--samples", "300", "--region", "near", "--plus-minus", "0.05")
    assert done.returncode == 0
    assert done.stdout.startswith("In ")
    assert "300 draws within ±5 percentage points of today's weights" in done.stdout
    assert done.stdout.index("Medical Valley EMN") < done.stdout.index("Photonics Bretagne")


def test_robustness_as_json_repeats_with_its_seed() -> None:
    options = ("robustness", "--json", "--samples", "200", "--region", "order")
    first, again, other = (run(*options, "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == again != other
    record = json.loads(first)
    assert (record["samples"], record["seed"]) == (200, 1)
    for row in record["acceptability"]:
        assert sum(share for rank, share in row.items() if rank != "candidate") == pytest.approx(1)
    assert len(record["pairwise"]) == len(record["acceptability_error"]) == 24


def test_what_is_not_a_number_is_null_in_json() -> None:
    # With everybody chosen nothing is left to lead over: the distance is infinite, and JSON knows no infinity.
    record = json.loads(run("sensitivity", "--json", "--top", "24").stdout, parse_constant=pytest.fail)
    assert record["lead"] is None


@pytest.mark.parametrize("command", ["ask-next", "sensitivity", "robustness"])
def test_one_candidate_is_enough(command: str, tmp_path: Path) -> None:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "candidates" / "photonics-for-health").mkdir(parents=True)
    for name in ("criteria/photonics-for-health.yaml", "candidates/photonics-for-health/biocat.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for more in ((), ("--json",)):
        done = run(command, *more, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "biocat" in done.stdout.lower() or "only candidate" in done.stdout


def test_schema_prints_and_writes_both_kinds(tmp_path: Path) -> None:
    printed = json.loads(run("schema").stdout)
    assert set(printed) == {"criteria", "candidate"}
    assert run("schema", str(tmp_path / "schemas")).returncode == 0
    assert json.loads((tmp_path / "schemas" / "candidate.json").read_text(encoding="utf-8")) == printed["candidate"]


def test_help_and_import_load_neither_streamlit_nor_altair() -> None:
    code = (
        "import sys, partnerselect.cli as cli\n"
        "try: cli.app(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('streamlit', 'altair', 'pandas', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
