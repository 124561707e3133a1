"""The Sensitivity page from its files to its end, and what its controls change."""

from __future__ import annotations

from pathlib import Path

from tests.ui.test_pages import home, opened, table_with, text

__all__ = ["home"]


def test_sensitivity_gives_its_verdict_and_all_its_parts(home: Path) -> None:
    app = opened("sensitivity", weights="health_first")
    assert not app.exception
    assert app.title[0].value == "What would change it?"
    assert "Tie: what is not known leaves the order open" in text(app).replace("\\", "")
    assert [part.value for part in app.header] == [
        "One weight at a time",
        "What would it take?",
        "One cell of evidence at a time",
        "All weights and all evidence at once",
        "One criterion left out",
    ]
    assert len(table_with(app, "expected_rank")) == 24
    assert "Commitment moves nothing" in text(app)


def test_the_number_of_leading_candidates_is_in_the_address_and_changes_the_question(home: Path) -> None:
    app = opened("sensitivity", weights="health_first", leading="1")
    assert not app.exception
    assert app.number_input(key="leading").value == 1
    assert "Fragile" in text(app)
    app.selectbox(key="entering").select("optence").run()
    assert "Optence e.V. is first once" in text(app).replace("\\", "")


def test_regions_draws_and_doubt_can_be_chosen(home: Path) -> None:
    app = opened("sensitivity", weights="health_first")
    app.session_state["region"] = "near"
    app.run()
    app.slider(key="region_plus_minus").set_value(3).run()
    assert not app.exception
    assert "within ±3 percentage points of today's weights" in text(app).replace("\\", "")
    app.toggle(key="doubt").set_value(False).run()
    assert not app.exception


def test_nobody_ranked_leaves_a_page_that_says_so(home: Path) -> None:
    file = home / "criteria" / "photonics-for-health.yaml"
    gate = "gates:\n  - id: nowhere\n    title: Nowhere\n    rule: Nobody\n    attribute: country\n    one_of: [XX]\n"
    before, after = file.read_text(encoding="utf-8").split("gates:\n", 1)
    file.write_text(before + gate + after, encoding="utf-8")
    app = opened("sensitivity")
    assert not app.exception
    assert "No candidate passes the gates" in text(app)
