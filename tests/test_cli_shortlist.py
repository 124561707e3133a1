"""`partnerselect shortlist`, on the real case and on decisions small enough to work out."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from partnerselect.cli import app
from tests.builders import criteria, measured, organisation

ROOT = Path(__file__).parents[1]
FEW = ("--samples", "200")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["shortlist", *arguments], env={"COLUMNS": "200"}, catch_exceptions=False)


def check() -> Result:
    return CliRunner().invoke(app, ["check"], catch_exceptions=False)


def record(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, *FEW, "--json")
    assert done.exit_code == 0, done.stderr
    loaded: dict[str, Any] = json.loads(done.stdout, parse_constant=pytest.fail)
    return loaded


def rules(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["rule"]: row for row in found["rules"]}


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def written(home: Path, content: Mapping[str, Any], *organisations: Mapping[str, Any]) -> None:
    """Files of a decision; JSON is YAML."""
    (home / "criteria").mkdir()
    (home / "criteria" / "small.yaml").write_text(json.dumps(content), encoding="utf-8")
    (home / "candidates" / "small").mkdir(parents=True)
    for one in organisations:
        (home / "candidates" / "small" / f"{one['id']}.yaml").write_text(json.dumps(one), encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two criteria of equal weight, the mean of the partners; two join: ab 40, ac 55, bc 45 of 100."""
    values = {"alpha": (100, 0), "beta": (40, 20), "gamma": (60, 60)}
    written(
        tmp_path,
        criteria(
            ("goal", [measured("one"), measured("other")]),
            set_rules=[
                {"id": "pair", "title": "A pair", "kind": "size", "at_least": 2, "at_most": 2},
                {"id": "with_beta", "kind": "must", "candidates": ["beta"], "active": False},
            ],
        ),
        *(
            organisation(
                name,
                {"criterion": "one", "value": one},
                {"criterion": "other", "value": other},
                country=country,
                amounts=[{"id": "fee", "value": one, "unit": "EUR", "source": "a page"}],
            )
            for (name, (one, other)), country in zip(values.items(), ["FR", "DE", "FR/ES"], strict=True)
        ),
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_sentences_come_first_then_tables(case: None) -> None:
    done = run(*FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    told = done.stdout
    assert told.startswith(("Robust", "Fragile", "Tie"))
    places = [
        "of 792 allowed sets", "In ", "next in line", "The best sets", "The rules and their price", "three_partners",
        "Who is in the best set, in how many of 200 draws within ±10 percentage points", "±: standard error.",
        "things that the partnership wants",
    ]  # fmt: skip
    found = [told.index(words, told.index("\n") if words == "In " else 0) for words in places]
    assert found == sorted(found)


def test_totals_partners_and_places_are_those_worked_out_by_hand(small: Path) -> None:
    found = record()
    assert [(row["members"], round(100 * row["total"], 6)) for row in found["best_sets"]["sets"]] == [
        (["alpha", "gamma"], 55),
        (["beta", "gamma"], 45),
        (["alpha", "beta"], 40),
    ]
    assert found["best_sets"]["best"] == ["alpha", "gamma"]
    # Of a mean of two, alpha's share is half of its own 50, gamma's half of 60; beta with 30 in the place of either.
    assert [(row["candidate"], row["adds"], row["next"], row["next_behind"]) for row in found["partners"]] == [
        ("alpha", pytest.approx(0.25), "beta", pytest.approx(0.10)),
        ("gamma", pytest.approx(0.30), "beta", pytest.approx(0.15)),
    ]
    # Without the pair gamma alone has 60; with beta, who must be in, gamma is the best second: 45.
    prices = rules(found)
    assert (prices["pair"]["in_force"], prices["pair"]["cost"]) == (True, pytest.approx(0.05))
    assert (prices["with_beta"]["in_force"], prices["with_beta"]["cost"]) == (False, pytest.approx(0.10))
    assert found["names"] == {"alpha": "Alpha", "beta": "Beta", "gamma": "Gamma"}
    assert found["normalised_weights"] == {"one": 0.5, "other": 0.5}
    assert found["proposed_set"] is None


def test_everything_is_in_the_json_and_repeats_with_its_seed(case: None) -> None:
    options = (*FEW, "--json", "--region", "order", "--top", "3", "--viewpoint", "health_first")
    first, again, other = (run(*options, "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == again != other
    found = json.loads(first)
    keys = ["verdict", "best_sets", "partners", "rules", "robustness", "gaps", "proposed_set", "comparison"]
    assert list(found)[-8:] == keys
    assert (found["decision"], found["robustness"]["samples"], found["robustness"]["seed"]) == (
        "photonics-for-health", 200, 1,
    )  # fmt: skip
    assert len(found["best_sets"]["sets"]) == 3
    assert found["best_sets"]["allowed"] == 792
    assert [row["candidate"] for row in found["partners"]] == found["best_sets"]["best"]
    assert sum(row["core_index"] for row in found["robustness"]["candidates"]) == pytest.approx(3)
    assert {row["standing"] for row in found["robustness"]["candidates"]} <= {"in", "borderline", "out"}
    assert found["best_sets"]["rules"][0]["kind"] == "size"


def test_rules_are_added_replaced_and_switched(small: Path) -> None:
    # A rule about the size takes the place of the one in the file, which is then listed as off.
    found = record("--rule", "size=3")
    assert found["best_sets"]["best"] == ["alpha", "beta", "gamma"]
    assert {name: row["in_force"] for name, row in rules(found).items()} == {
        "size": True,
        "pair": False,
        "with_beta": False,
    }
    assert record("--with-rule", "with_beta")["best_sets"]["best"] == ["beta", "gamma"]
    assert record("--without-rule", "pair")["best_sets"]["best"] == ["gamma"]
    assert record("--rule", "country:FR=1")["best_sets"]["best"] == ["beta", "gamma"]
    assert record("--rule", "country:ES=0")["best_sets"]["best"] == ["alpha", "beta"]
    # Fees are 100, 40 and 60.
    assert record("--rule", "budget fee<=140 EUR")["best_sets"]["best"] == ["beta", "gamma"]
    assert record("--rule", "together=alpha+beta")["best_sets"]["best"] == ["alpha", "beta"]


def test_who_must_and_must_not_join_is_a_rule_with_a_price(small: Path) -> None:
    found = record("--must", "beta", "--must", "beta", "--must-not", "alpha")
    assert found["best_sets"]["best"] == ["beta", "gamma"]
    assert [name for name, row in rules(found).items() if row["in_force"]] == ["pair", "must-beta", "must-not-alpha"]
    # With beta in, alpha would not be in the best pair anyway; without beta's rule nobody but beta and gamma is left.
    assert rules(found)["must-beta"]["cost"] == rules(found)["must-not-alpha"]["cost"] == 0
    told = run("--must", "beta", *FEW).stdout
    assert "costs 10.0 points" in told
    assert "Alpha would come in for Beta" in told


def test_a_rule_gets_an_id_that_nobody_has(small: Path) -> None:
    file = small / "criteria" / "small.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"pair"', '"size"'), encoding="utf-8")
    found = record("--rule", "size=3", "--rule", "size=1")
    assert {name: row["in_force"] for name, row in rules(found).items()} == {
        "size-3": True,
        "size": False,
        "with_beta": False,
    }


def test_a_set_of_ones_own_has_a_place_and_is_compared(small: Path) -> None:
    found = record("--set", "beta + alpha")
    assert found["proposed_set"]["members"] == ["alpha", "beta"]
    assert (found["proposed_set"]["rank"], found["proposed_set"]["behind"]) == (3, pytest.approx(0.15))
    assert {row["criterion"]: row["difference"] for row in found["comparison"]["differences"]} == {
        "one": pytest.approx(5),  # 80 and 70 of 100, by half
        "other": pytest.approx(10),  # 30 and 10
    }
    told = run("--set", "alpha+beta", *FEW).stdout
    assert "place 3 among the allowed sets" in told
    assert "The best set and yours" in told
    broken = run("--set", "gamma", *FEW).stdout
    assert "does not keep “A pair”" in broken
    assert "The best set and yours" not in run("--set", "alpha+gamma", *FEW).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--rule", "size"), "nothing follows 'size'"),
        (("--rule", "size=4..2"), "at least 4 is above at most 2"),
        (("--rule", "siez=3", "--rule", "each region<=x"), "rule has 2 problems"),
        (("--rule", "region:Ile-de-France>=1"), "did you mean Île-de-France? regions are Auvergne-Rhône-Alpes"),
        (("--rule", "country:fr=1"), "No candidate has the country 'fr': countries are BE, DE"),
        (("--rule", "must=medicem"), "did you mean medicen? candidates are alpha_rlh"),
        (("--rule", "together=medicen+litek"), "'litek' is a member, not a candidate"),
        (("--rule", "budget membership_fee<=10000 EUR"), "No candidate has an amount 'membership_fee'"),
        (("--must", "nobody"), "There is no candidate 'nobody': candidates are"),
        (("--must", "No Body"), "'No Body' cannot be a name to refer to"),
        (("--must-not", "litek"), "'litek' is a member, not a candidate: members are in every set."),
        (("--set", "optence+nobody"), "There is no candidate 'nobody'"),
        (("--set", ""), "There is no candidate ''"),
        (("--without-rule", "nothing"), "There is no rule 'nothing'; rules are three_partners, one_photonics"),
        (("--with-rule", "nothing"), "There is no rule 'nothing'"),
        (
            ("--with-rule", "one_per_region", "--without-rule", "one_per_region"),
            "Rule 'one_per_region' is switched on and off",
        ),
        (("--viewpoint", "nobody"), "viewpoints are equal_goals"),
        (("--weights", "raech=3"), "no goal or criterion 'raech'"),
        (("--json", "--csv", "-"), "Choose one of --json and --csv -."),
        (("--region", "any", "--plus-minus", "0.1"), "--plus-minus goes with --region near"),
        (("--top", "0"), "Invalid value for '--top'"),
        (("--samples", "0"), "Invalid value for '--samples'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_not_understood_exits_with_2(case: None, arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_budget_adds_up_what_is_in_its_unit(small: Path) -> None:
    done = run("--rule", "budget fee<=10 000 EUR")
    assert done.exit_code == 2
    assert done.stderr == "The amount 'fee' is in EUR, and the rule adds up '000 EUR'.\n"


def test_where_no_set_is_allowed_the_reasons_and_the_ways_out_are_told(small: Path) -> None:
    done = run("--rule", "different country>=4")
    assert (done.exit_code, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "No set of partners keeps all the rules."
    assert "“Partners from at least 4 different countries”" in lines[1]
    assert lines[2] == "What would help:"
    assert all(line.startswith("- ") and "then, for example, " in line for line in lines[3:])


def test_as_json_each_way_out_can_be_typed_as_rules(case: None) -> None:
    done = run("--json", "--rule", "different country>=4", "--rule", "country:FR>=2")
    assert (done.exit_code, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert set(told) == {"conflicts", "relaxations", "complete"}
    assert told["conflicts"][0]["rules"] == ["three_partners", "different-country", "country-fr"]
    assert told["conflicts"][0]["sentence"].startswith("No set keeps “Exactly three partners join”")
    off = [part for one in ("three_partners", "one_photonics", "two_health") for part in ("--without-rule", one)]
    assert len(told["relaxations"]) > 1
    for way in told["relaxations"]:
        typed = [part for rule in way["rules"] for part in ("--rule", rule["text"])]
        found = record(*off, *typed, "--set", "+".join(way["partners"]))
        assert found["proposed_set"]["broken"] == []


def test_where_everybody_fails_a_gate_that_is_the_reason(small: Path) -> None:
    file = small / "criteria" / "small.yaml"
    gate = {"id": "near", "title": "Near", "rule": "in NO", "attribute": "country", "one_of": ["NO"]}
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"gates": [gate]}), encoding="utf-8")
    done = run()
    assert done.exit_code == 1
    assert "candidate" in done.stderr
    told = json.loads(run("--json").stdout)
    assert told["conflicts"]
    assert all(one["sentence"] for one in told["conflicts"])


def test_the_empty_set_can_be_the_best_and_is_told(small: Path) -> None:
    done = run("--rule", "size=0", *FEW)
    assert done.exit_code == 0
    assert "obody" in done.stdout
    assert record("--rule", "size=0")["partners"] == []


def test_one_candidate_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(
        tmp_path,
        criteria(("goal", [measured("one")])),
        organisation("alpha", {"criterion": "one", "value": 50}),
    )
    monkeypatch.chdir(tmp_path)
    done = run(*FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Alpha" in done.stdout
    assert "nobody under the rules" in done.stdout
    assert record()["verdict"]["lead"] is None
    assert run("--csv", "-", *FEW).exit_code == 0
    assert check().stdout.count("\n") == 1


def test_as_csv_it_is_printed_or_written(small: Path) -> None:
    printed = run("--csv", "-", *FEW)
    assert printed.exit_code == 0
    sections = list(dict.fromkeys(row[0] for row in csv.reader(io.StringIO(printed.stdout))))
    assert sections == ["decision", "partners", "best sets", "rules", "weights", "robustness", "core index"]
    file = small / "set.csv"
    done = run("--csv", str(file), *FEW)
    assert done.stdout == run(*FEW).stdout
    assert file.read_bytes() == "\ufeff".encode() + printed.stdout_bytes
    assert [one.name for one in small.iterdir() if one.name.startswith(".")] == []


def test_a_written_file_has_the_permissions_that_files_get_here_and_keeps_them(small: Path) -> None:
    file, other = small / "set.csv", small / "other"
    other.touch()
    run("--csv", str(file), *FEW)
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    assert run("--csv", str(file), "--json", *FEW).stdout.startswith("{")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_text(encoding="utf-8-sig").startswith("decision,decision,Small")


@pytest.mark.parametrize("place", [".", "nowhere/set.csv", "/dev/null", "x" * 300])
def test_a_file_that_cannot_be_written_is_told(small: Path, place: str) -> None:
    done = run("--csv", place, *FEW)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{place} cannot be written: ")
    assert sorted(one.name for one in small.iterdir()) == ["candidates", "criteria"]


def test_check_says_how_many_sets_the_rules_allow(case: None) -> None:
    done = check()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.endswith("5 viewpoints, 5 set rules.\nThe 3 set rules in force allow 792 sets.\n")


def test_check_warns_where_no_set_is_allowed(small: Path) -> None:
    assert check().stdout.endswith("The set rule in force allows 3 sets.\n")
    file = small / "criteria" / "small.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(": 2", ": 7"), encoding="utf-8")
    done = check()
    assert done.exit_code == 0
    assert "no problems" in done.stdout
    assert done.stderr.startswith("Warning: No set of partners keeps all the rules.\nNo set keeps “A pair”")
