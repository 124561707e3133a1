"""The documents keep their word: their examples run, their numbers come out, their links lead somewhere."""

from __future__ import annotations

import ast
import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import partnerselect as ps

ROOT = Path(__file__).parents[1]
WRITTEN = ["README.md", "docs/concepts.md", "docs/method.md", "docs/user-guide.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), flags=re.MULTILINE | re.DOTALL)


def headings(name: str) -> set[str]:
    """Anchors as GitHub makes them: lower case, spaces to hyphens, other signs left out."""
    titles = re.findall(r"^#+ (.*)$", text(name), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ps.Decision:
    """The files of the worked example, and the folder that holds them as the current one."""
    for content in blocks("docs/method.md", "yaml"):
        named = re.match(r"# (\S+\.yaml)\n", content)
        assert named
        path = tmp_path / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return ps.read_decision("criteria/ferry.yaml", "candidates/ferry")


def test_the_lines_of_the_method_run_and_print_what_it_says(example: ps.Decision) -> None:
    source = "\n".join(blocks("docs/method.md", "pycon"))
    lines = doctest.DocTestParser().get_doctest(source, {}, "docs/method.md", None, 0)
    assert len(lines.examples) >= 20
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(lines, out=report.append)
    assert "".join(report) == ""


def test_the_totals_worked_out_by_hand_are_those_of_the_program(example: ps.Decision) -> None:
    ranking = ps.evaluate(example, "reach_first").ranking
    rows = re.findall(r"^\| (cedar|alder|birch) \| (.*) \|$", text("docs/method.md"), flags=re.MULTILINE)
    assert [name for name, _ in rows] == list(ranking.index)
    for name, cells in rows:
        for cell, column in zip(cells.split(" | "), ["total", "low", "high"], strict=True):
            formula, result = cell.split(" = ")
            assert by_hand(formula) == pytest.approx(float(result), abs=1e-12)
            assert ranking.loc[name, column] == pytest.approx(float(result), abs=1e-12)


def by_hand(formula: str) -> float:
    """A formula of numbers, + * / and brackets, worked out."""
    assert re.fullmatch(r"[0-9.+*/() ]+", formula)
    return float(eval(compile(formula, "docs/method.md", "eval"), {"__builtins__": {}}))  # noqa: S307


def test_the_numbers_about_draws_are_those_in_force() -> None:
    from partnerselect.analysis.value_ranges import DRAWS
    from partnerselect.kernels.arrays import TIE
    from partnerselect.kernels.ranks import middle_share

    assert DRAWS == 200
    assert TIE == 1e-9
    low, high = middle_share(np.arange(DRAWS).reshape(-1, 1))
    assert (low[0], high[0]) == (9, 190)  # the 10th smallest and the 10th largest: 182 of 200 at or between them


def test_the_snippet_of_the_readme_gives_a_ranking(monkeypatch: pytest.MonkeyPatch) -> None:
    (snippet,) = blocks("README.md", "python")
    monkeypatch.chdir(ROOT)
    *before, last = ast.parse(snippet).body
    assert isinstance(last, ast.Expr)
    names: dict[str, object] = {}
    exec(compile(ast.Module(before, []), "README.md", "exec"), names)  # noqa: S102
    ranking = eval(compile(ast.Expression(last.value), "README.md", "eval"), names)  # noqa: S307
    decision = names["decision"]
    assert isinstance(ranking, pd.DataFrame)
    assert isinstance(decision, ps.Decision)
    assert sorted(ranking.index) == sorted(candidate.id for candidate in decision.candidates)
    pd.testing.assert_frame_equal(ranking, ps.evaluate(decision, "health_first").ranking)
    assert ranking["total"].between(0, 1).all()
    assert ranking["total"].is_monotonic_decreasing


def test_the_lines_about_rounds_close_one_and_compare_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, snippet = blocks("docs/rounds.md", "python")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PARTNERSELECT_DATABASE_URL", f"sqlite:///{tmp_path}/rounds.sqlite3")
    names: dict[str, object] = {}
    exec(compile(snippet, "docs/rounds.md", "exec"), names)  # noqa: S102
    record, found = names["record"], names["found"]
    assert isinstance(record, ps.RoundRecord)
    assert isinstance(found, ps.RoundComparison)
    assert record.chosen == ("optence", "medicen", "biocat")
    assert found.sentence.endswith("through the weights alone.")


@pytest.mark.parametrize("command", "".join(blocks("docs/user-guide.md", "sh")).splitlines())
def test_the_commands_of_the_user_guide_are_understood(command: str) -> None:
    program, *arguments = shlex.split(command.partition(" > ")[0])
    assert program == "partnerselect"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "partnerselect.cli", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("name", WRITTEN)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text(name))
    assert targets
    for path, anchor in targets:
        target = (ROOT / name).parent / path if path else ROOT / name
        if target.parent.name == "images":
            continue  # taken by `make images`
        assert target.is_file(), path
        assert not anchor or anchor in headings(str(target.resolve().relative_to(ROOT))), anchor


def test_every_module_that_the_concepts_name_exists() -> None:
    table = text("docs/concepts.md").partition("## Which module holds what")[2]
    named = [
        one for row in re.findall(r"^\| (`.*?) \|", table, flags=re.MULTILINE) for one in re.findall(r"`(.*?)`", row)
    ]
    assert len(named) > 15
    package = ROOT / "src" / "partnerselect"
    for one in named:
        assert (package / one).exists() or (package / "analysis" / one).is_file(), one
