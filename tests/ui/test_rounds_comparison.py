"""Compare on the Rounds page: which two it opens with, and tables that read as the charts do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from partnerselect.cli.app import app as program
from partnerselect.rounds.store import open_store

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "src" / "partnerselect" / "ui" / "entry" / "router.py"
PAGE = ROUTER.parents[1] / "pages" / "rounds.py"


@pytest.fixture(scope="module")
def hashes(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Hashes of two closed rounds, one for each of two viewpoints; the store of this module holds them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PARTNERSELECT_HOME", str(ROOT))
        patched.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('store')}/rounds.sqlite3")
        file = str(ROOT / "criteria" / "photonics-for-health.yaml")
        for name, viewpoint in (("first", "health_first"), ("second", "sme_benefit")):
            words = ["rounds", "close", file, "--viewpoint", viewpoint, "--id", name, "--title", name, "--by", "Ann"]
            assert CliRunner().invoke(program, words).exit_code == 0
        with open_store() as store:
            yield [one.sha256 for one in store.rounds("photonics-for-health")]


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run().switch_page(str(PAGE)).run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return "\n".join(str(part.value) for part in app.markdown).replace("\\", "")


def compared(app: AppTest) -> list[str]:
    return [str(app.selectbox(key=f"compare_{end}").value) for end in ("before", "after")]


def test_where_today_is_as_the_last_round_the_last_two_rounds_are_compared(hashes: list[str]) -> None:
    app = opened(weights="sme_benefit")
    assert compared(app) == hashes
    assert "The rules are the same in both." in text(app)


@pytest.mark.parametrize(
    "today",
    [
        pytest.param({"weights": "equal_goals"}, id="other weights"),
        pytest.param({"weights": "sme_benefit", "rules": "+one_per_region"}, id="another rule"),
    ],
)
def test_where_today_is_another_evaluation_the_last_round_is_compared_with_it(
    hashes: list[str], today: dict[str, str]
) -> None:
    assert compared(opened(**today)) == [hashes[1], ""]


def test_a_rule_that_is_switched_on_today_is_told(hashes: list[str]) -> None:
    told = text(opened(weights="sme_benefit", rules="+one_per_region"))
    assert (
        "Rule switched on: “At most one partner from each region”. 792 sets of partners were allowed, 759 are now."
        in (told)
    )
    assert "both rounds" not in told.lower()


def test_a_choice_of_ones_own_stays(hashes: list[str]) -> None:
    app = opened(weights="equal_goals")
    app.selectbox(key="compare_before").set_value(hashes[0]).run()
    assert compared(app) == [hashes[0], ""]
    app.run()
    assert compared(app) == [hashes[0], ""]


def shown(app: AppTest, alt: str) -> tuple[dict[str, str], Any]:
    """The headings of a table by their columns, and its rows; the table is known by the words that stand for it."""
    (found,) = [one for one in app.dataframe if one.proto.alt == alt]
    config = json.loads(found.proto.columns)
    return {name: config[name]["label"] for name in found.proto.column_order}, found.value


def test_tables_have_headings_and_units(hashes: list[str]) -> None:
    app = opened(weights="sme_benefit")
    for name in ("bump", "split", "round_weights"):
        app.session_state[f"{name}_more"] = True
    app.run()
    headings, places = shown(app, "Ranks in first and in second.")
    assert headings == {"name": "Candidate", "before": "first", "after": "second"}
    assert len(places) == places["name"].nunique() == 24
    assert places["after"].is_monotonic_increasing
    headings, _ = shown(app, "Changes of ranks, split by cause, in places upwards.")
    assert list(headings.values()) == [
        "Candidate",
        "first",
        "second",
        "Places up",
        "Weights",
        "Evidence",
        "Who is on the list",
        "Criteria",
    ]
    headings, weights = shown(app, "Weights in first and in second, in percent.")
    assert (headings["before"], headings["after"]) == ("first, %", "second, %")
    assert weights["before"].sum() == pytest.approx(100)
    headings, choices = shown(app, "Each choice with the evidence and rules of each, under the weights of each.")
    assert headings["total"] == "Total, of 100"
    assert set(choices["round"]) == {"first", "second"}
    assert choices["total"].between(30, 100).all()


def changed() -> None:
    import partnerselect as ps
    from partnerselect.ui.components import rounds_comparison_tables as tables
    from tests.builders import criteria, decision, measured, organisation

    def dated(as_of: str, *said: dict[str, object]) -> ps.Side:
        doubt = {"grades": dict.fromkeys("abcd", 0), "per_year": 0.02, "free_years": 1, "at_most": 0.1}
        tree = criteria(("goal", [measured("a"), measured("b")]), as_of=as_of, doubt=doubt)
        return ps.Side(decision(tree, organisation("alpha", *said)), "equal", title=as_of[:4])

    old = {"criterion": "a", "value": 50, "as_of": "2016"}
    found = ps.compare_rounds(
        dated("2017-05-31", old), dated("2026-05-31", old, {"criterion": "b", "value": 30, "as_of": "2020"})
    )
    tables.evidence_table(found)
    tables.aged_table(found)


def test_tables_of_evidence_have_headings_too() -> None:
    app = AppTest.from_function(changed).run()
    assert not app.exception
    headings, rows = shown(app, "Evidence that changed.")
    assert list(headings.values()) == [
        "Organisation",
        "Criterion",
        "Change",
        "2017",
        "2026",
        "Age, years",
        "Stale",
        "Sources of what is new",
    ]
    assert rows["change"].tolist() == ["known now"]
    headings, rows = shown(app, "Evidence that has become older.")
    assert rows[["after", "stale"]].to_numpy().tolist() == [["50 companies (40 to 60)", True]]
    assert list(headings.values()) == ["Organisation", "Criterion", "Says", "Age, years", "Stale"]
    assert app.caption[0].value == "Stale: 6 years old or older."
