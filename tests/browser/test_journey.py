"""A caseworker's morning in a real browser: log in, answer what is missing, see the case, have an amount explained."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.doors.web.scene import Scene

pytestmark = pytest.mark.browser
WIDTHS = (360, 768, 1280)
# Set it to a folder to look at every page as it was in the test.
PICTURES = os.environ.get("REFUSION_PICTURES")


@dataclass
class Watched:
    """A page with everything that it asked for and complained of."""

    page: Page
    address: str
    width: int
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: None if asked.url.startswith(self.address) else self.complaints.append(asked.url))

    def go(self, place: str) -> None:
        """Open a place of the site."""
        self.page.goto(self.address + place)

    def log_in(self, served: Scene, role: str) -> None:
        """Log in as the user of a role."""
        user = served.user(role)
        self.go("/log-in")
        self.page.fill("#name", user.name)
        self.page.fill("#password", user.password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url("**/work")

    def look(self, name: str) -> None:
        """Check that nothing is wider than the screen and that no rule of accessibility is broken."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, f"{name} is too wide at {self.width}"
        found = Axe().run(self.page).response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"{name}-{self.width}.png", full_page=True)


@pytest.fixture(params=WIDTHS)
def watched(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Watched]:
    """Open a window of a phone's, a tablet's and a desk's width; at the end nothing was complained of."""
    width: int = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="da-DK" if width != 768 else "en-GB")
    made = Watched(context.new_page(), address, width)
    yield made
    context.close()
    assert not made.complaints


def test_every_page_fits_and_is_accessible(served: Scene, watched: Watched) -> None:
    watched.go("/log-in")
    watched.look("log-in")
    watched.log_in(served, "caseworker")
    places = ["/work", "/work?whose=all", "/cases", "/search", "/payments", "/files", "/reports", "/reports/requested", "/reports/differences"]
    for place in places:
        watched.go(place)
        watched.look(place.strip("/").replace("/", "-").replace("?", "-"))
    watched.go("/cases")
    watched.page.locator("td a[href^='/cases/']").last.click()
    watched.page.wait_for_selector(".ladder")
    watched.look("case")
    watched.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    watched.look("case-opened")


@pytest.mark.parametrize("watched", [360, 1280], indirect=True)
def test_from_the_list_to_the_explanation(served: Scene, watched: Watched) -> None:
    page = watched.page
    watched.log_in(served, "caseworker")
    watched.go("/work?whose=all&kind=answer_missing")
    before = page.locator(".matter").count()
    assert before, "the scene has no open question left for this width"
    if watched.width == 1280:
        page.keyboard.press("j")
        page.keyboard.press("Enter")
    else:
        page.locator(".matter summary").first.click()
    page.locator(".matter").first.locator("[name=value]").fill("-1")
    page.locator(".matter").first.locator("[name=document]").fill("tidsskema nr. 7")
    page.locator(".matter form button[type=submit]").first.click()
    page.wait_for_selector(".form-error-message")
    watched.complaints.clear()  # the browser notes each answer of 422, which is what was meant
    assert page.locator(".matter").first.locator("[name=document]").input_value() == "tidsskema nr. 7"
    watched.look("answer-refused")
    page.locator(".matter").first.locator("[name=value]").fill("14,5")
    page.locator(".matter form button[type=submit]").first.click()
    page.wait_for_selector(".matter-done")
    watched.look("answered")
    page.locator(".matter-done a").click()
    page.wait_for_selector(".ladder")
    assert page.get_by_text("tidsskema nr. 7").first.is_visible()
    amount = page.locator("a[hx-target='#drawer'][href*='explanation']").first
    amount.click()
    page.wait_for_selector("#drawer h2:focus")
    watched.look("drawer")
    page.keyboard.press("Escape")
    assert page.locator("#drawer").inner_html() == ""
    assert amount.evaluate("link => link === document.activeElement")
    watched.go(str(amount.get_attribute("href")))
    watched.look("explanation")
