"""The accessibility check itself: it finds what is wrong, inside shadow roots too."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.accessibility import violations

PAGE = """<!doctype html><html lang="en"><title>A page</title><main><h1>Weights</h1><div id="host"></div></main>
<script>document.getElementById("host").attachShadow({mode: "open"}).innerHTML = `%s`</script>"""


def test_finds_a_pale_text_in_a_shadow_root(browser: Browser):
    page = browser.new_page()
    page.set_content(PAGE % '<p style="color:#aaa;background:#fff">too pale to read</p>')
    found = violations(page)
    page.close()
    assert found.startswith("color-contrast (serious)")
    assert "#host >> p" in found


def test_is_silent_on_a_good_page(browser: Browser):
    page = browser.new_page()
    page.set_content(PAGE % '<label>Reach <input type="range" style="height:24px"></label>')
    found = violations(page)
    page.close()
    assert found == ""
