"""Take the pictures of docs/images from the running app: `make images`."""

from __future__ import annotations

from typing import Literal

from real_browser import ROOT, chromium, serve, settled

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """The Ranking page under “Health first”, one goal just moved, Sensitivity and Shortlist; light and dark."""
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with serve() as app, chromium() as browser:
        for scheme in SCHEMES:
            page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
            page.goto(f"{app.url}/ranking?weights=health_first")
            settled(page)
            box = page.locator(".goal > .control input[type=range]").nth(2).bounding_box()
            assert box is not None
            page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
            page.mouse.down()
            page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2, steps=20)
            page.mouse.up()
            page.mouse.move(5, 400)
            page.wait_for_timeout(2500)
            page.screenshot(path=folder / f"ranking-{scheme}.png")
            for name in ("sensitivity", "shortlist"):
                page.goto(f"{app.url}/{name}?weights=health_first")
                settled(page)
                page.wait_for_timeout(2500)
                page.screenshot(path=folder / f"{name}-{scheme}.png")


if __name__ == "__main__":
    main()
