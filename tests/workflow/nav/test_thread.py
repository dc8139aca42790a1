"""One leave from SAP to the account and back: notice, claim on 5812, NAV's report, the next run, a difference on 5813."""

from __future__ import annotations

from refusion.workflow.ports.norway.sap import RunKind
from tests.workflow.nav.institution import Uio

# 50 000 kroner a month is 600 000 a year, below six times G of 130 160; a 260th, half up, is 2 308 kroner a day.
DAILY = 230_800


def test_a_leave_is_notified_claimed_booked_paid_and_closed(here: Uio) -> None:
    here.employs()
    assert here.away(1, "2026-01-05", "2026-06-26").opened == 1
    here.nav.apply()
    here.notify()
    here.on("2026-01-13")
    here.notify()
    assert here.tasks() == []
    here.on("2026-01-15")
    first = here.run("2026-01")
    assert (first.claimed, first.received, first.deviated) == (20 * DAILY, 0, 0)
    assert here.balances() == {"5812": -20 * DAILY, "1570": 20 * DAILY}
    assert here.run("2026-01").again
    assert here.balances()["5812"] == -20 * DAILY
    here.on("2026-01-26")
    assert here.run("2026-01", RunKind.CORRECTION).claimed == 0
    here.on("2026-02-15")
    here.run("2026-02")
    here.on("2026-02-26")
    assert [one.total for one in here.reports().absorbed] == [20 * DAILY]
    assert here.run("2026-02", RunKind.CORRECTION).received == 0, "never in a correction run"
    here.on("2026-03-16")
    third = here.run("2026-03")
    assert (third.claimed, third.received) == (22 * DAILY, 20 * DAILY)
    assert here.balances() == {"5812": -62 * DAILY, "1570": 42 * DAILY, "1920": 20 * DAILY}
    assert here.nav.order("owed", until="2026-03-31")["ore"] == 42 * DAILY
