"""What NAV's twin pays and reports, over a real socket: months in arrears, what is put right, holiday pay, and its misbehaviours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from refusion.claims.income_notice import RefundChange, ended_after
from refusion.settlements.nav_report import refuse_contradictions, sort_out
from refusion.values.said import BadInput
from refusion.workflow.ports.norway.nav import Outdated
from tests.adapters.nav.world import ACCOUNT, HEAD, INCOME, OTHER, WORKPLACE, World, noticed, person, world

# 5 000 000 øre a month is 600 000 kroner a year, below six times G (130 160); a 260th, half up, is 2 308 kroner a day.
DAILY = 230_800


def months(here: World) -> list[tuple[str, int]]:
    """Give the first day and the amount of every line that was reported."""
    return [(first, amount) for _, first, _, amount in here.lines()]


def paid(here: World) -> int:
    return int(here.order("counts")["paid_ore"])


def test_a_leave_is_paid_month_by_month_in_arrears() -> None:
    with world() as here:
        here.accepted(noticed(here.apply()), "2026-01-13")
        here.day("2026-02-04")
        assert here.lines() == [("2", "2026-01-05", "2026-01-30", 20 * DAILY)]
        (head,) = here.heads()
        assert (head.organisation, head.pays_on, head.account) == (HEAD, date(2026, 2, 3), ACCOUNT)
        (line,) = here.report(head).lines
        assert (line.workplace, line.person, line.name, line.max_date) == (WORKPLACE, person(), "Prøve Person 1", date(2026, 6, 26))
        here.day("2026-08-10")
        assert [(first, amount) for first, amount in months(here)] == [
            ("2026-01-05", 20 * DAILY),
            ("2026-02-02", 20 * DAILY),
            ("2026-03-02", 22 * DAILY),
            ("2026-04-01", 22 * DAILY),
            ("2026-05-01", 21 * DAILY),
            ("2026-06-01", 20 * DAILY),
        ]
        assert paid(here) == 125 * DAILY
        assert here.order("owed", until="2026-08-31")["ore"] == 0
        assert [head.id for head in here.heads(after=4)] == [5, 6]


def test_what_is_owed_is_what_is_due_and_not_paid() -> None:
    with world() as here:
        here.accepted(noticed(here.apply()), "2026-01-13")
        assert here.order("owed", until="2026-02-28")["ore"] == 40 * DAILY
        here.day("2026-03-04")
        assert here.order("owed", until="2026-02-28")["ore"] == 0
        assert here.order("owed", until="2026-03-31")["items"][0]["ore"] == 22 * DAILY
        days = here.order("days", fnr=person(), code="2", start="2026-01-05", until="2026-01-09")["items"]
        assert [(one["day"], one["ore"]) for one in days] == [(f"2026-01-0{day}", DAILY) for day in (5, 6, 7, 8, 9)]


def test_an_employment_that_ends_ends_the_refund_that_day_and_what_was_paid_is_put_right() -> None:
    with world() as here:
        notice = noticed(here.apply())
        here.accepted(notice, "2026-01-13")
        here.day("2026-03-04")
        here.received(ended_after(notice, date(2026, 2, 13)))
        here.day("2026-04-10")
        assert months(here)[2:] == [], "a report that would be below nought is held back"
        another = noticed(here.apply(2, first="2026-03-02"), 2, first="2026-03-02")
        here.accepted(another, "2026-04-11")
        here.day("2026-05-10")
        assert here.lines()[2:] == [
            ("2", "2026-02-02", "2026-02-27", -20 * DAILY),
            ("2", "2026-02-02", "2026-02-13", 10 * DAILY),
            ("2", "2026-03-02", "2026-03-31", 22 * DAILY),
            ("2", "2026-04-01", "2026-04-30", 22 * DAILY),
        ]
        assert here.order("owed", until="2026-04-30")["ore"] == 0


def test_a_change_of_the_claim_and_of_the_days() -> None:
    with world() as here:
        notice = noticed(here.apply(), changes=(RefundChange(date(2026, 2, 16), 2_500_000),))
        here.accepted(notice, "2026-01-13")
        here.day("2026-03-04")
        assert months(here)[1] == ("2026-02-02", 10 * DAILY + 10 * 115_400), "25 000 a month is 1 153.85 a day, half up"
        graded = [{"first": "2026-01-05", "last": "2026-02-27"}, {"first": "2026-03-02", "last": "2026-03-31", "payout": 50}]
        here.apply(periods=graded)
        here.day("2026-04-04")
        assert months(here)[2] == ("2026-03-02", 22 * 57_700)


@pytest.mark.parametrize(
    ("first", "coverage", "income", "daily"),
    [
        ("2026-05-04", 100, 10_000_000, 315_100),  # six times 136 549 is 819 294; a 260th is 3 151.13
        ("2026-01-05", 100, 10_000_000, 300_400),  # the G of 2025: 780 960 / 260 = 3 003.69
        ("2026-01-05", 80, 5_000_000, 184_600),  # 480 000 / 260 = 1 846.15
        ("2026-01-05", 100, 542_300, 0),  # 65 076 a year is below half of G, 65 080
        ("2026-01-05", 100, 542_400, 25_000),  # 65 088 / 260 = 250.34
    ],
)
def test_the_daily_rate(first: str, coverage: int, income: int, daily: int) -> None:
    employer = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": income}
    with world(day=first) as here:
        request = here.apply(first=first, last=first, coverage=coverage, employers=[employer])
        here.accepted(noticed(request, first=first, income=income, refund=income), f"{first[:8]}20")
        days = here.order("days", fnr=person(), code="2", start=first, until=first)["items"]
        assert [one["ore"] for one in days] == ([daily] if daily else [])


def test_several_employers_share_six_times_g() -> None:
    ours = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": 6_000_000}
    theirs = {"workplace": OTHER, "income_ore": 6_000_000, "claim_ore": 1_000_000, "asked": False}
    with world() as here:
        request = here.apply(employers=[ours, theirs])
        here.accepted(noticed(request, income=6_000_000, refund=6_000_000), "2026-01-13")
        days = here.order("days", fnr=person(), code="2", start="2026-01-05", until="2026-01-05")["items"]
        # 780 960 less the other's whole claim of 120 000 is 660 960; a 260th is 2 542.15
        assert [(one["workplace"], one["ore"]) for one in days] == [(WORKPLACE, 254_200)]


def test_sickness_is_paid_after_the_employers_own_sixteen_days_with_its_maximum_date() -> None:
    with world() as here:
        here.accepted(noticed(here.apply(code="4", last="2026-02-27"), code="4"), "2026-01-13")
        here.day("2026-02-04")
        assert here.lines() == [("4", "2026-01-21", "2026-01-30", 8 * DAILY)]
        (line,) = here.report(here.heads()[0]).lines
        assert line.max_date == date(2027, 1, 1)


def test_a_claim_that_comes_late_loses_its_first_months() -> None:
    with world() as here:
        here.accepted(noticed(here.apply()), "2026-01-13")
        here.accepted(noticed(here.apply(2), 2), "2026-05-20")
        here.day("2026-06-04")
        mine = {person(1): 0, person(2): 0}
        for head in here.heads():
            for line in here.report(head).lines:
                mine[line.person] += line.amount
        assert mine == {person(1): 105 * DAILY, person(2): 105 * DAILY}, "13 January and its three months before hold all"
        here.accepted(noticed(here.apply(3), 3), "2026-06-10")
        here.day("2026-07-04")
        lines = [line for head in here.heads() for line in here.report(head).lines if line.person == person(3)]
        assert sum(line.amount for line in lines) == 85 * DAILY, "received on 4 June: from 1 March"


def test_holiday_pay_comes_in_june_for_the_days_of_the_year_before() -> None:
    with world(day="2025-08-04") as here:
        here.accepted(noticed(here.apply(first="2025-08-04", last="2026-01-30"), first="2025-08-04"), "2025-08-05")
        here.day("2026-05-31")
        assert "F" not in {code for code, *_ in here.lines()}
        here.day("2026-06-04")
        # 10.2 % of the first 60 weekdays: 60 × 2 308 = 138 480; 14 124.96, half up
        assert here.lines()[-1] == ("F", "2026-05-01", "2026-05-31", 1_412_500)
        here.day("2027-06-10")
        assert [code for code, *_ in here.lines()].count("F") == 1, "the window of 60 days lay in one year"


@pytest.mark.parametrize(("born", "rate"), [("1966-08-31", 125), ("1966-09-01", 102)])
def test_holiday_pay_of_sickness_is_higher_for_the_older(born: str, rate: int) -> None:
    with world(day="2025-08-04") as here:
        here.accepted(noticed(here.apply(code="4", first="2025-08-04", last="2025-09-05", born=born), code="4", first="2025-08-04"), "2025-08-05")
        here.day("2026-06-04")
        paid_days = 12  # from 20 August
        assert here.lines()[-1][3] == (paid_days + 1) * DAILY * rate // 1000 // 100 * 100 + 100 * (((paid_days + 1) * DAILY * rate // 1000) % 100 >= 50)


def test_an_overpayment_is_taken_back_under_code_a() -> None:
    with world() as here:
        here.order("set", overpayments={"applications": [f"{person()}|2|2026-01-05"], "by_ore": 12_345})
        here.accepted(noticed(here.apply(last="2026-01-30")), "2026-01-13")
        here.accepted(noticed(here.apply(2), 2), "2026-01-14")
        here.day("2026-04-10")
        lines = here.lines()
        assert ("2", "2026-01-05", "2026-01-30", 12_345) in lines
        assert ("A", "2026-01-05", "2026-01-30", -12_345) in lines
        assert here.order("owed", until="2026-03-31") == {"items": [], "recoveries": [], "ore": 0, "recoveries_ore": 0}


def test_two_heads_get_reports_of_their_own() -> None:
    ours = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": INCOME}
    theirs = {"workplace": OTHER, "organisation": OTHER, "account": ACCOUNT, "income_ore": INCOME}
    with world() as here:
        here.accepted(noticed(here.apply()), "2026-01-13")
        request = here.order("apply", **applied(2, theirs))["requests"][OTHER]
        here.accepted(noticed(request, 2, workplace=OTHER), "2026-01-14")
        here.day("2026-02-05")
        assert [line.person for head in here.heads() for line in here.report(head).lines] == [person(1)]
        assert [one["orgnr"] for one in here.order("payments")["items"]] == [HEAD, OTHER]
        assert applied(1, ours)["fnr"] == person(1)


def applied(number: int, employer: dict[str, object]) -> dict[str, object]:
    period = {"first": "2026-01-05", "last": "2026-06-26"}
    return {"fnr": person(number), "code": "2", "start": "2026-01-05", "periods": [period], "employers": [employer]}


def test_a_report_that_comes_twice_or_in_parts_is_one_payment_each() -> None:
    with world() as here:
        here.order("set", duplicate_reports={"per_mille": 1000}, partial_reports={"per_mille": 1000})
        for number in range(1, 4):
            here.accepted(noticed(here.apply(number), number), f"2026-01-{12 + number}")
        here.day("2026-02-05")
        reports = [here.report(head) for head in here.heads()]
        assert [len(one.lines) for one in reports] == [2, 2, 1, 1]
        assert reports[0].sha256 == reports[1].sha256 != reports[2].sha256
        payments = here.order("payments")["items"]
        assert [one["amount_ore"] for one in payments] == [reports[0].total, reports[2].total]
        assert paid(here) == 60 * DAILY


def test_a_late_report_is_seen_later_than_its_money() -> None:
    with world() as here:
        here.order("set", late_reports={"per_mille": 1000, "days": 5})
        here.accepted(noticed(here.apply()), "2026-01-13")
        here.day("2026-02-08")
        assert here.heads() == ()
        assert here.order("payments")["items"][0]["pays_on"] == "2026-02-03"
        here.day("2026-02-09")
        assert [head.id for head in here.heads()] == [1]


def test_a_report_that_contradicts_itself_is_refused_and_right_when_asked_again() -> None:
    with world() as here:
        here.order("set", contradictory_reports={"per_mille": 1000})
        here.accepted(noticed(here.apply()), "2026-01-13")
        here.day("2026-02-05")
        (head,) = here.heads()
        with pytest.raises(BadInput) as refusal:
            refuse_contradictions(here.report(head), "1", {HEAD}, date(2026, 2, 5))
        assert refusal.value.problems[0].what.key == "nav.line_of_another"
        again = here.report(head)
        refuse_contradictions(again, "1", {HEAD}, date(2026, 2, 5))
        assert sort_out(again, {WORKPLACE}).parked == ()


def test_a_withdrawn_application_is_reclaimed() -> None:
    with world() as here:
        here.accepted(noticed(here.apply()), "2026-01-13")
        here.accepted(noticed(here.apply(2), 2), "2026-01-14")
        here.day("2026-02-05")
        here.order("withdraw", fnr=person(), code="2", start="2026-01-05")
        here.day("2026-03-05")
        assert ("2", "2026-01-05", "2026-01-30", -20 * DAILY) in here.lines()
        assert paid(here) == 40 * DAILY


def test_a_renewed_application_is_asked_for_anew() -> None:
    with world() as here:
        old = here.apply()
        here.accepted(noticed(old), "2026-01-13")
        here.order("withdraw", fnr=person(), code="2", start="2026-01-05")
        new = here.apply()
        assert [(one.request, one.standing) for one in here.requests().items] == [(old, "outdated"), (new, "open")]
        assert here.file(noticed(old)) == Outdated(new)
        here.day("2026-02-05")
        assert here.heads() == (), "the notice of the old request counts no more"
        here.accepted(noticed(new), "2026-02-06")
        here.day("2026-03-05")
        assert paid(here) == 40 * DAILY


@pytest.mark.parametrize("order", [{"order": "x"}, {"order": "set", "x": 1}, {"order": "withdraw", "fnr": "1", "code": "2", "start": "x"}, {"order": "apply"}])
def test_an_order_that_is_none_is_refused_in_one_line(order: dict[str, object]) -> None:
    with world() as here, pytest.raises(ValueError, match=r".+"):
        here.order(str(order.pop("order")), **order)


def test_a_twin_remembers_through_its_own_end(tmp_path: object) -> None:
    file = f"{tmp_path}/nav.db"
    with world(file=file) as here:
        number = here.received(noticed(here.apply()))
    with world(file=file) as here:
        here.day("2026-02-04")
        assert here.standing(number).notice_id == number
        assert months(here) == [("2026-01-05", 20 * DAILY)]


def test_years_do_not_move_the_days_of_payment() -> None:
    with world() as here:
        notice = noticed(here.apply())
        here.accepted(replace(notice, refund=None), "2026-01-13")
        here.day("2026-03-05")
        assert here.heads() == (), "nothing is paid where nothing is claimed"
