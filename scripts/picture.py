"""Take the README's picture of the work list from the running demo; writes docs/pictures/work.png and nothing else."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TOP = Path(__file__).resolve().parent.parent
PICTURE = TOP / "docs" / "pictures" / "work.png"
USER = "sagsbehandler"
INSTITUTION = "FJORDBY"
ENGLISH = "button[name=language][value=en]"
SEEN = {"width": 1180, "height": 820}
LARGEST = 250_000


def main() -> int:
    """Take it; the address of the demo may be given, as `make demo` printed it."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is needed for the picture.", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SEEN, locale="en-GB", reduced_motion="reduce")
        page.goto(address)
        log_in(page)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        size = len(page.screenshot(path=str(PICTURE), animations="disabled"))
        browser.close()
    print(f"{PICTURE.relative_to(TOP)}: {size} bytes")
    return 0 if size <= LARGEST else 1


def log_in(page: Page) -> None:
    """Log in at the larger institution as the caseworker whom the log-in page names while a demo runs, in English."""
    if page.locator(ENGLISH).count():
        page.locator(ENGLISH).click()
    named = page.locator("tbody tr", has_text=USER).first
    password = named.locator("td").nth(1).inner_text().strip()
    page.locator("#name").fill(USER)
    page.locator("#password").fill(password)
    page.locator("form button[type=submit].button-primary").click()
    page.wait_for_url("**/work*")
    if page.locator("#institution").count():
        page.locator("#institution").select_option(INSTITUTION)
        page.locator(".shell-place button").click()
        page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(main())
