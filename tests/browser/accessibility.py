"""axe-core on a page: what breaks WCAG 2.2 A and AA, in readable lines."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, exclude: tuple[str, ...] = ()) -> str:
    """Every violation with the elements it concerns; empty when there is none.

    axe looks into open shadow roots by itself; a target inside one reads `host >> element`.
    """
    page.evaluate(_script())
    found = page.evaluate(
        """([levels, exclude]) => axe.run(
            exclude.length ? {exclude} : document, {runOnly: levels, resultTypes: ["violations"]})""",
        [LEVELS, list(exclude)],
    )
    for rule in found["violations"]:
        rule["nodes"] = [node for node in rule["nodes"] if not _scrolls_free(rule["id"], node)]
    return "\n".join(
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(f"    {_place(node['target'])}\n        {_reason(node)}" for node in rule["nodes"])
        for rule in found["violations"]
        if rule["nodes"]
    )


def _scrolls_free(rule: str, node: dict[str, list[dict[str, str]]]) -> bool:
    """Whether a target is small only because it is half under the sheet at the lower edge, from which it scrolls."""
    return rule == "target-size" and "partially obscured" in _reason(node)


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def _place(target: list[str | list[str]]) -> str:
    return " ".join(part if isinstance(part, str) else " >> ".join(part) for part in target)


def _reason(node: dict[str, list[dict[str, str]]]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
