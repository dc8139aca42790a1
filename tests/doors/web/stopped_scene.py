"""A pay run with one payment above its limit and one below, taken in where the pages are tested."""

from __future__ import annotations

from datetime import date, timedelta

from refusion.salary_guard.intake import Announced
from refusion.wiring.house import House
from refusion.workflow.guard.take import Delivered
from refusion.workflow.ports.institution import HOUSE

HEADINGS = (
    "institution,payment_number,employment_number,national_number,name,account_form,bank,account,net_pay,"
    "limit_this_run,component_244,component_244_state,text"
)
WAIT = timedelta(days=10)


def take(house: House, code: str, today: date, name: str = "Run") -> int:
    """Take a run of two payments in and give its number; the same run twice is once."""
    rows = (
        f"{code},{name}-1,9001,6101901234,Åse Standset,nemkonto_cpr,,,85000,,,,Løn",
        f"{code},{name}-2,9002,6201901236,Bo Går,nemkonto_cpr,,,30000,,,,Løn",
    )
    raw = "\n".join((HEADINGS, *rows, "")).encode()
    return house.take_run(HOUSE, code, Delivered(f"{name}.csv", raw, name, today + WAIT, Announced())).run.number or 0


def stopped_number(house: House, code: str, today: date, name: str = "Run") -> int:
    """Give the number of the stopped payment of the run of that name."""
    run = take(house, code, today, name)
    with house.reading(HOUSE, code, "test") as reads:
        found = reads.guarded_run(run)
    assert found is not None
    return found.stopped[0].paid.number


def sent_number(house: House, code: str, today: date, name: str = "Run") -> int:
    """Give the number of the payment of that run that stands in the file."""
    return stopped_number(house, code, today, name) + 1
