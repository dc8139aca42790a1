"""What happens on the way: other rates, late notices, ends of employment, sickness, parked lines, faults, any order."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.absences.norwegian import Benefit, PayTold
from refusion.settlements.nav_items.item import Nature
from refusion.values.said import BadInput, Refused
from refusion.workflow.nav.explain import accept_pay, explain_difference
from refusion.workflow.nav.place import place_line
from refusion.workflow.nav.reports import import_report
from refusion.workflow.ports.institution import HOUSE
from refusion.workflow.ports.norway.kept import NoticeState
from refusion.workflow.ports.norway.sap import RunKind
from tests.adapters.nav.world import ACCOUNT, HEAD, WORKPLACE, person
from tests.workflow.nav.institution import CODE, Uio

DAILY = 230_800
# 100 000 kroner a month is above six times G of 130 160 (780 960 a year): 3 004 kroner a day, half up.
CAPPED = 300_400


def notified(here: Uio, number: int = 1, first: str = "2026-01-05", last: str = "2026-06-26", day: str = "2026-01-13", **more: object) -> None:
    """Bring a leave as far as NAV's yes."""
    here.employs(number)
    here.away(number, first, last)
    here.nav.apply(number, first=first, last=last, **more)
    here.notify()
    here.on(day)
    here.notify()


def owed(here: Uio, until: str) -> int:
    return int(here.nav.order("owed", until=until)["ore"])


def test_a_rate_that_nav_decides_lower_is_a_difference_on_5813_at_once_for_what_is_open_too(here: Uio) -> None:
    # NAV knows of another employer, so that six times G is shared between the two.
    other = {"workplace": "999999999", "organisation": "999999999", "income_ore": 5_000_000, "claim_ore": 5_000_000, "asked": False}
    own = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": 5_000_000}
    notified(here, employers=[own, other])
    here.on("2026-01-15")
    here.run("2026-01")
    here.on("2026-02-16")
    here.run("2026-02")
    here.on("2026-02-26")
    here.reports()
    here.on("2026-03-16")
    here.run("2026-03")
    half = 150_200
    assert here.balances() == {
        "5812": -62 * DAILY,
        "5813": 62 * (DAILY - half),
        "1570": 42 * half,
        "1920": 20 * half,
    }
    assert here.balances()["1570"] == owed(here, "2026-03-31")
    assert here.tasks() == []


def test_pay_above_six_base_amounts_is_expected_at_six(here: Uio) -> None:
    here.employs(1, income=10_000_000)
    here.away(1, "2026-01-05", "2026-06-26")
    here.on("2026-01-15")
    assert here.run("2026-01").claimed == 20 * CAPPED


def test_an_employment_that_ends_ends_the_claim_that_day_and_nav_is_told(here: Uio) -> None:
    notified(here)
    here.on("2026-01-15")
    here.run("2026-01")
    here.employs(1, ends=date(2026, 2, 13))
    here.notify()
    here.on("2026-02-14")
    here.notify()
    here.on("2026-02-16")
    assert here.run("2026-02").claimed == 10 * DAILY
    here.on("2026-03-16")
    assert here.run("2026-03").claimed == 0
    assert here.balances()["1570"] == 30 * DAILY
    assert here.nav.order("owed", until="2026-03-31")["ore"] + 20 * DAILY == 30 * DAILY, "January was paid, February is owed"


def test_a_renewed_contract_takes_the_end_back(here: Uio) -> None:
    notified(here)
    here.employs(1, ends=date(2026, 2, 13))
    here.notify()
    here.on("2026-01-14")
    here.notify()
    here.employs(1)
    here.notify()
    here.on("2026-01-16")
    here.notify()
    here.run("2026-01")
    assert owed(here, "2026-06-30") == 125 * DAILY
    with here.ports.work(CODE, HOUSE) as tx:
        states = [notice.state for notice in tx.norway.notices.of_case(tx.norway.facts.cases()[0].id)]
    assert states == [NoticeState.ACCEPTED] * 3


def test_a_late_notice_loses_the_months_before_the_three(here: Uio) -> None:
    here.employs()
    here.away(1, "2025-11-03", "2026-06-26", registered_on=date(2025, 11, 3))
    here.nav.apply(first="2025-11-03")
    here.on("2026-03-10")
    here.notify()
    here.on("2026-03-11")
    here.notify()
    here.on("2026-03-16")
    here.run("2026-03")
    days = 23 + 22 + 20 + 22
    assert here.balances()["5812"] == -days * DAILY, "December to March"
    assert owed(here, "2026-03-31") == days * DAILY


def test_sickness_comes_after_sixteen_days_on_accounts_of_its_own(here: Uio) -> None:
    here.employs()
    here.away(1, "2026-01-05", "2026-04-30", Benefit.SICKNESS)
    here.nav.apply(code="4", last="2026-04-30")
    here.notify()
    here.on("2026-01-27")
    here.notify()
    assert here.run("2026-01").claimed == 8 * DAILY, "21 to 30 January"
    assert here.balances() == {"5802": -8 * DAILY, "1570": 8 * DAILY}
    assert owed(here, "2026-01-31") == 8 * DAILY


def test_a_correction_of_a_closed_run_is_posted_in_the_next(here: Uio) -> None:
    notified(here)
    here.on("2026-01-15")
    here.run("2026-01")
    here.away(1, "2026-01-12", "2026-06-26")
    here.on("2026-01-26")
    assert here.run("2026-01", RunKind.CORRECTION).claimed == -5 * DAILY
    assert here.balances()["5812"] == -15 * DAILY


def test_costs_follow_the_persons_allocation_in_the_month_of_the_claim(here: Uio) -> None:
    here.employs()
    here.costs(1, ("100", "A", 60_00), ("200", "", 40_00))
    here.away(1, "2026-01-05", "2026-06-26")
    here.on("2026-01-15")
    here.run("2026-01")
    with here.ports.work(CODE, HOUSE) as tx:
        split = {(line.cost_centre, line.project): line.amount for line in tx.norway.books.lines() if line.account == "5812"}
    assert split == {("100", "A"): -12 * DAILY, ("200", ""): -8 * DAILY}


def report_of(*lines: tuple[str, str, int, str]) -> bytes:
    """Write a report of twelve fields: code, first day, øre, person."""
    rows = []
    for code, first, amount, whom in lines:
        last = date.fromisoformat(first).replace(day=30)
        sign = "-" if amount < 0 else " "
        rows.append(
            f"8020;{HEAD};{WORKPLACE};{code};{whom};{first.replace('-', '')};{ACCOUNT};{'PRØVE':<25};{last:%Y%m%d};"
            f"{abs(amount):010d}{sign};0000000000 ;00000000\r\n"
        )
    return "".join(rows).encode("latin-1")


def test_a_line_of_nobody_we_know_is_parked_on_the_interim_account_until_a_person_places_it(here: Uio) -> None:
    notified(here)
    here.on("2026-01-31")
    raw = report_of(("2", "2026-01-05", 20 * DAILY, person(9)), ("Q", "2026-01-05", 12_300, person(1)))
    told = import_report(here.ports, HOUSE, CODE, "nav.csv", raw, pays_on=date(2026, 1, 30))
    assert (told.parked, told.parked_total) == (2, 20 * DAILY + 12_300)
    assert import_report(here.ports, HOUSE, CODE, "again.csv", raw, pays_on=date(2026, 1, 30)).again
    here.on("2026-02-16")
    assert here.run("2026-02").parked == 20 * DAILY + 12_300
    assert here.balances()["1574"] == -20 * DAILY - 12_300
    assert "refusjon.parked_no_person" in here.tasks()
    with here.ports.work(CODE, HOUSE) as tx:
        lines = tx.norway.reports.parked()
    place_line(here.ports, HOUSE, CODE, (lines[0].report, lines[0].place), case_number=1, month=date(2026, 1, 1))
    with pytest.raises(Refused):
        place_line(here.ports, HOUSE, CODE, (lines[0].report, lines[0].place), case_number=1, month=date(2026, 1, 1))
    here.on("2026-03-16")
    here.run("2026-03")
    assert here.balances()["1574"] == -12_300
    assert here.balances()["1570"] == 42 * DAILY
    assert sum(here.balances().values()) == 0


def test_a_difference_that_nothing_shows_waits_for_a_person_and_then_goes_to_5813(here: Uio) -> None:
    notified(here)
    here.on("2026-01-31")
    here.run("2026-01")
    raw = report_of(("2", "2026-01-05", 20 * DAILY - 12_345, person(1)))
    import_report(here.ports, HOUSE, CODE, "nav.csv", raw, pays_on=date(2026, 1, 30))
    here.on("2026-02-16")
    here.run("2026-02")
    assert here.balances()["1570"] == 12_345 + 20 * DAILY
    assert here.tasks() == ["refusjon.difference_benefit"]
    january = (1, date(2026, 1, 1), Nature.BENEFIT)
    with pytest.raises(Refused):
        explain_difference(here.ports, HOUSE, CODE, january, " ")
    assert explain_difference(here.ports, HOUSE, CODE, january, "NAV counted a day of holiday") == -12_345
    assert here.tasks() == []
    here.run("2026-02", RunKind.CORRECTION)
    assert here.balances()["5813"] == 12_345
    assert here.balances()["1570"] == 20 * DAILY


@pytest.mark.parametrize(
    "raw",
    [report_of(("2", "2026-01-05", 100, person(1))).replace(HEAD.encode(), b"889640782"), report_of(("2", "2026-01-05", 1, person(1)))[:-3], b""],
)
def test_a_report_that_is_wrong_as_a_whole_is_refused_and_nothing_booked(here: Uio, raw: bytes) -> None:
    here.employs()
    with pytest.raises(BadInput):
        import_report(here.ports, HOUSE, CODE, "wrong.csv", raw, pays_on=date(2026, 1, 10))
    assert here.run("2026-01").received == 0
    assert here.tasks() == ["refusjon.report_refused"]


def test_lost_answers_and_silence_give_one_notice_at_nav(here: Uio) -> None:
    here.nav.order("faults", rules=[{"kind": "drop", "per_mille": 1000, "on": ["inntektsmelding"]}])
    notified(here)
    here.nav.order("faults", rules=[])
    for day in ("2026-01-14", "2026-01-15", "2026-01-16", "2026-01-17"):
        here.on(day)
        here.notify()
    assert here.nav.order("counts")["double_filings"] == 0
    assert here.nav.order("counts")["notices"] == 1
    with here.ports.work(CODE, HOUSE) as tx:
        assert [one.state for one in tx.norway.notices.newest().values()] == [NoticeState.ACCEPTED]


def test_a_month_with_less_pay_than_is_claimed_holds_the_notice_until_somebody_has_looked(here: Uio) -> None:
    here.employs()
    here.told("sap-pay", PayTold("00001", date(2026, 1, 1), 5_000_000, 4_000_000, 0, date(2026, 1, 12)))
    here.away(1, "2025-12-08", "2026-06-26")
    here.nav.apply(first="2025-12-08")
    here.notify()
    assert here.tasks() == ["refusjon.pay_below"]
    assert here.nav.order("counts")["notices"] == 0
    accept_pay(here.ports, HOUSE, CODE, 1, month=date(2026, 1, 1), reason="unpaid day agreed")
    assert here.tasks() == []
    here.notify()
    assert here.nav.order("counts")["notices"] == 1


def test_any_order_of_files_ends_with_the_same_books(here: Uio) -> None:
    """The report may come before SAP tells of the absence: its lines wait and are placed by themselves."""
    here.on("2026-01-31")
    raw = report_of(("2", "2026-01-05", 20 * DAILY, person(1)))
    assert import_report(here.ports, HOUSE, CODE, "nav.csv", raw, pays_on=date(2026, 1, 30)).parked == 1
    here.employs()
    here.away(1, "2026-01-05", "2026-06-26", registered_on=date(2026, 1, 5))
    here.on("2026-02-16")
    here.run("2026-02")
    assert here.balances() == {"5812": -40 * DAILY, "1570": 20 * DAILY, "1920": 20 * DAILY}
    assert here.tasks() == []


def test_holiday_pay_is_expected_at_the_years_end_and_refunded_the_year_after(here: Uio) -> None:
    notified(here, last="2026-03-27")
    for month in ("2026-03", "2026-12"):
        here.on(f"{month}-15")
        here.reports()
        here.run(month)
    # 60 weekdays at 2 308 kroner; the page says 12.5 % for those over 60, NAV pays 10.2 %, and the rest is explained.
    assert here.balances()["5806"] == -1_731_000
    here.on("2027-07-15")
    here.reports()
    here.run("2027-07")
    assert here.balances()["5813"] == 1_731_000 - 1_412_500
    assert here.balances()["1571"] == 0
    assert here.tasks() == []
    assert here.balances()["1570"] == 0
