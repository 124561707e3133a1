"""The live ranking in Chromium: frames while dragging, the answer after release, and the same numbers as Python."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from large_case import CASE, write_large_case
from measure import report
from playwright.sync_api import Browser, Page
from real_browser import chromium, serve, settled

import partnerselect as ps

_FRAMES = """() => new Promise(done => {
  const times = []; let last = null
  const step = now => { if (last !== null) times.push((now - last) / 1000); last = now
    if (window.stopFrames) { window.stopFrames = false; done(times) } else requestAnimationFrame(step) }
  requestAnimationFrame(step) })"""

_WATCH = """([event, sentence]) => {
  const text = () => document.querySelector("[data-testid=stMain]").textContent.match(new RegExp(sentence))?.[0]
  const before = text()
  return {answer: new Promise(done => addEventListener(event, () => {
    const start = performance.now()
    const look = () => text() !== before ? done((performance.now() - start) / 1000) : setTimeout(look, 1)
    look() }, {once: true, capture: true}))} }"""

_EVALUATE = """points => {
  const hosts = [...document.querySelectorAll("*")].filter(one => one.shadowRoot?.querySelector(".live"))
  const found = hosts[0].shadowRoot.querySelector(".live").partnerselect.evaluate(points)
  const plain = one => one?.length === undefined ? one : [...one]
  return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, plain(one)]))
}"""


_SETTLING = """sentence => {
  const main = document.querySelector("[data-testid=stMain]")
  const text = () => main.textContent.match(new RegExp(sentence))?.[0]
  const before = text()
  return {answer: new Promise(done => addEventListener("pointerup", () => {
    const start = performance.now()
    let first = null, last = start
    const watch = new MutationObserver(() => { last = performance.now() })
    watch.observe(main, {subtree: true, childList: true, characterData: true, attributes: true})
    const look = () => {
      if (first === null && text() !== before) first = performance.now()
      if (first !== null && performance.now() - last > 600) {
        watch.disconnect()
        done([(first - start) / 1000, (last - start) / 1000])
      } else setTimeout(look, 2)
    }
    look() }, {once: true, capture: true}))} }"""


def main() -> None:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        home = Path(folder)
        write_large_case(home, candidates=100)
        with serve(folder=home) as app, serve(script=Path(__file__).with_name("bare_page.py")) as bare:
            _frames(browser, app.url, bare.url)
        with serve() as app, serve(script=Path(__file__).with_name("bare_page.py")) as bare:
            _round_trips(browser, app.url, bare.url)
            _sensitivity(browser, app.url, bare.url)
            _same_numbers(browser, app.url, "the real case")
        with serve(folder=home) as app:
            decision = ps.read_decision(home / f"criteria/{CASE}.yaml", home / "candidates" / CASE)
            _same_numbers(browser, app.url, "100 x 14", decision)


def _frames(browser: Browser, app: str, bare: str) -> None:
    ours: list[float] = []
    idle: list[float] = []
    page, still = _open(browser, f"{app}/ranking", "li.row"), _open(browser, bare, "text=Answer: 50")
    for _ in range(3):
        ours += _drag(page)
        idle += _rest(still)
    for share, limit in ((0.5, 1.2), (0.95, 2.0)):
        report("a frame while dragging, 100 x 14, against an idle page", ours, idle, limit, share)
    page.close()
    still.close()


def _drag(page: Page) -> list[float]:
    page.bring_to_front()
    box = page.locator(".goal input[type=range]").first.bounding_box()
    assert box is not None
    y, left, width = box["y"] + box["height"] / 2, box["x"], box["width"]
    page.mouse.move(left + width / 2, y)
    page.mouse.down()
    page.evaluate(f"() => {{ window.stopFrames = false; window.frames_ = ({_FRAMES})() }}")
    for turn in range(240):
        page.mouse.move(left + width * (0.5 + 0.45 * np.sin(turn / 12)), y)
        page.wait_for_timeout(8)
    times: list[float] = page.evaluate("() => { window.stopFrames = true; return window.frames_ }")
    page.mouse.up()
    page.wait_for_timeout(800)
    return times


def _rest(page: Page) -> list[float]:
    page.bring_to_front()
    page.evaluate(f"() => {{ window.stopFrames = false; window.frames_ = ({_FRAMES})() }}")
    page.wait_for_timeout(3000)
    times: list[float] = page.evaluate("() => { window.stopFrames = true; return window.frames_ }")
    return times


def _round_trips(browser: Browser, app: str, bare: str) -> None:
    page, small = _open(browser, f"{app}/ranking", "li.row"), _open(browser, bare, "text=Answer: 50")
    ours: list[float] = []
    theirs: list[float] = []
    box = page.locator(".goal input[type=range]").first.bounding_box()
    assert box is not None
    for turn in range(41):
        page.bring_to_front()
        watch = page.evaluate_handle(_WATCH, ["pointerup", r"\d+\.\d of 100"])
        page.mouse.move(box["x"] + box["width"] * (0.2 + 0.6 * (turn % 2)), box["y"] + box["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(100)
        page.mouse.up()
        ours.append(page.evaluate("watch => watch.answer", watch))
        page.wait_for_timeout(700)
        small.bring_to_front()
        small.get_by_role("slider").focus()
        watch = small.evaluate_handle(_WATCH, ["keydown", r"Answer: \d+"])
        small.keyboard.press("ArrowRight" if turn % 2 == 0 else "ArrowLeft")
        theirs.append(small.evaluate("watch => watch.answer", watch))
        small.wait_for_timeout(700)
    for share in (0.5, 0.95):
        report("release to Python's answer, against a bare page", ours[1:], theirs[1:], 2, share)
    page.close()
    small.close()


def _sensitivity(browser: Browser, app: str, bare: str) -> None:
    """The Sensitivity page, asked for another number of leading candidates, against a bare page's answer."""
    page, small = (
        _open(browser, f"{app}/sensitivity?weights=health_first", "canvas"),
        _open(browser, bare, "text=Answer: 50"),
    )
    page.wait_for_timeout(3000)
    first: list[float] = []
    everything: list[float] = []
    theirs: list[float] = []
    for turn in range(21):
        page.bring_to_front()
        watch = page.evaluate_handle(_SETTLING, "(Tie|Fragile|Robust): [^.]*")
        page.get_by_test_id("stNumberInputStepDown" if turn % 2 == 0 else "stNumberInputStepUp").click()
        one, all_of_it = page.evaluate("watch => watch.answer", watch)
        first.append(one)
        everything.append(all_of_it)
        small.bring_to_front()
        small.get_by_role("slider").focus()
        watch = small.evaluate_handle(_WATCH, ["keydown", r"Answer: \d+"])
        small.keyboard.press("ArrowRight" if turn % 2 == 0 else "ArrowLeft")
        theirs.append(small.evaluate("watch => watch.answer", watch))
        small.wait_for_timeout(500)
    report("Sensitivity page: first content, against a bare page", first[1:], theirs[1:], 2)
    report("Sensitivity page: everything, 10,000 samples, against a bare page", everything[1:], theirs[1:], 8)
    page.close()
    small.close()


def _same_numbers(browser: Browser, app: str, what: str, decision: ps.Decision | None = None) -> None:
    case = decision or ps.read_decision(f"criteria/{CASE}.yaml", f"candidates/{CASE}")
    page = _open(browser, f"{app}/ranking", "li.row")
    worst, likely_differ, vectors = differences(page, case, 200)
    print(f"JS against Python on {vectors} random weight vectors, {what}: totals differ by at most {worst:.1e} "
          f"(wanted <= 1e-12); likely ranks that differ: {likely_differ} (wanted 0)", flush=True)  # fmt: skip
    page.close()


def differences(page: Page, decision: ps.Decision, vectors: int, seed: int = 1) -> tuple[float, int, int]:
    """Largest difference of totals, number of differing likely ranks, and number of weight vectors."""
    chance = np.random.default_rng(seed)
    order = [candidate.id for candidate in decision.candidates]
    worst, differ = 0.0, 0
    for _ in range(vectors):
        points = {one: int(chance.integers(0, 101)) for one in decision.ids()}
        ranking = ps.evaluate(decision, points).ranking.loc[order]
        found = page.evaluate(_EVALUATE, points)
        for name, ours in (
            ("totals", "total"),
            ("low", "low"),
            ("high", "high"),
            ("likelyLow", "likely_low"),
            ("likelyHigh", "likely_high"),
        ):
            worst = max(worst, float(np.abs(np.array(found[name]) - ranking[ours].to_numpy()).max()))
        for name, ours in (
            ("likelyBestRank", "likely_best_rank"),
            ("likelyWorstRank", "likely_worst_rank"),
            ("ranks", "rank"),
        ):
            differ += int((np.array(found[name]) != ranking[ours].to_numpy()).sum())
    return worst, differ, vectors


def _open(browser: Browser, url: str, sign: str) -> Page:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(url)
    page.wait_for_selector(sign)
    settled(page)
    return page


if __name__ == "__main__":
    main()
