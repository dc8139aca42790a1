"""The reconciliation page: empty where nothing is booked, a wrong month beside its field, differences with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from refusion.wiring.database.clones import cloned
from refusion.wiring.demo import LogIn
from refusion.wiring.founding import enrolled
from refusion.wiring.house import House, install
from refusion.workflow.nav.reports import import_report
from refusion.workflow.ports.institution import HOUSE
from tests.adapters.nav.world import person, world
from tests.workflow.nav.institution import CODE, Uio, uio
from tests.workflow.nav.test_journeys import DAILY, notified, report_of

USERS = {role: LogIn(f"demo-{role}", f"demo-{role}-adgang", (role,), CODE) for role in ("accountant", "integrator")}


@dataclass(frozen=True)
class Pages:
    """The institution with users who open its pages."""

    here: Uio

    def get(self, path: str, role: str = "accountant", language: str = "en") -> tuple[int, str]:
        """Open a page as the user of a role."""
        client = Client(headers={"accept-language": language})
        user = USERS[role]
        assert client.post("/log-in", {"name": user.name, "password": user.password}).status_code == 302
        answer = client.get(path)
        return answer.status_code, answer.content.decode()


@pytest.fixture(scope="module")
def pages(house_server: None) -> Iterator[Pages]:
    """Give the pages of an institution in which nothing is booked yet."""
    with cloned(), world() as nav, uio(nav) as here:
        nav.order("set", pay_day=25)
        enrolled(USERS.values())
        install(House(here.ports))
        yield Pages(here)


def test_where_nothing_is_booked_the_page_says_what_to_do(pages: Pages) -> None:
    for language, words in (("da", "Intet er bogført endnu"), ("en", "Nothing has been booked yet")):
        status, page = pages.get("/nav", language=language)
        assert (status, words in page) == (200, True)
        assert not re.search(r">refusjon\.|>web\.", page)


def test_a_wrong_month_is_said_beside_its_field(pages: Pages) -> None:
    for month in ("2026", "2026-13", "0000-01", "x"):
        status, page = pages.get(f"/nav?month={month}")
        assert (status, 'aria-describedby="month-error"' in page) == (422, True)


def test_who_has_no_duty_is_refused(pages: Pages) -> None:
    assert pages.get("/nav", role="integrator")[0] == 403


def test_differences_stand_with_their_words_and_what_is_open_is_said(pages: Pages) -> None:
    here = pages.here
    notified(here)
    here.on("2026-01-31")
    here.run("2026-01")
    raw = report_of(("2", "2026-01-05", 20 * DAILY - 12_345, person(1)), ("Q", "2026-01-05", 500, person(1)))
    import_report(here.ports, HOUSE, CODE, "nav.csv", raw, pays_on=date(2026, 1, 30))
    here.on("2026-02-16")
    here.run("2026-02")
    status, page = pages.get("/nav?month=2026-02")
    assert status == 200
    assert page.count('id="comparison-') == 4
    assert "are not explained" in page
    assert page.count("needs somebody") == 4
    assert person(1) not in page
    assert not re.search(r"style=|<script>|onclick|>refusjon\.", page)
    assert "Not reconciled" in page
