"""What the municipality decides and pays: worked amounts, its rhythm, and its errors on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import holidays
import pytest

from refusion.adapters.nemrefusion.counterpart.assessment import is_holiday
from refusion.adapters.nemrefusion.counterpart.municipality import pay_day
from refusion.workflow.ports.authority import Decision, Event, Page
from refusion.workflow.ports.report import Report, report
from tests.adapters.nemrefusion.world import CVR, World, claimed, content, intent, notification, world


@pytest.fixture
def here() -> Iterator[World]:
    with world() as opened:
        yield opened


def decisions(here: World) -> list[Decision]:
    found: list[Decision] = []
    marker = ""
    while True:
        page = here.authority.read_decisions(here.authority.send(here.authority.encode_decisions(CVR, marker)))
        assert isinstance(page, Page), page
        found += page.items
        marker = page.marker
        if page.complete:
            return found


def events(here: World) -> list[Event]:
    page = here.authority.read_events(here.authority.send(here.authority.encode_events(CVR, "")))
    assert isinstance(page, Page)
    return list(page.items)


# first absence day · notified on · period · claimed on · changes of notification · changes of claim · refund · supplement, in kroner
FULL: dict[str, object] = {"wage_paid": 10_000_000, "hourly_after_am": 20000}
WORKED = [
    ("R2", "2022-01-03", "2022-02-01", "2022-02-02", "2022-02-28", "2022-03-01", {}, FULL, 16967_00, 152_00),
    ("R6 2023", "2023-01-02", "2023-01-30", "2023-05-01", "2023-05-07", "2023-05-31", {}, FULL, 3640_00, 44_00),
    ("R6 2024", "2024-01-02", "2024-01-30", "2024-04-22", "2024-04-28", "2024-05-31", {}, FULL, 4695_00, 70_00),
    ("S3", "2019-02-04", "2019-03-04", "2019-03-11", "2019-03-17", "2019-04-01", {}, FULL | {"hourly_after_am": 11200}, 4144_00, 0),
    ("S4", "2019-02-04", "2019-03-04", "2019-03-11", "2019-03-17", "2019-04-01", {}, FULL | {"hourly_after_am": 11200, "weekly_hours": 2500}, 2800_00, 0),
    ("R8", "2022-01-03", "2022-02-01", "2022-03-07", "2022-03-13", "2022-04-01", {}, FULL | {"absent_hours_by_week": {"2022-03-07": 1700}}, 2051_56, 18_00),
    ("R9", "2022-01-03", "2022-02-01", "2022-03-07", "2022-03-13", "2022-04-01", {}, FULL | {"absent_hours_by_week": {"2022-03-07": 300}}, 0, 0),
    ("R11", "2022-01-03", "2022-02-01", "2022-03-07", "2022-03-13", "2022-04-01", {}, FULL | {"weekly_hours": 1800, "hourly_after_am": 11000}, 1980_00, 18_00),
    ("R14", "2022-01-03", "2022-03-04", "2022-02-02", "2022-03-06", "2022-03-31", {}, FULL, 893_00, 8_00),
    ("wage is the most", "2022-01-03", "2022-02-01", "2022-02-07", "2022-02-20", "2022-03-01", {}, FULL | {"wage_paid": 300_001}, 3000_02, 28_00),
    ("three months back", "2022-01-03", "2022-02-01", "2022-02-02", "2022-02-28", "2022-05-25", {}, FULL, 1786_00, 16_00),
    ("first day by agreement", "2022-03-07", "2022-03-30", "2022-03-07", "2022-03-13", "2022-04-01", {"agreement_56": True}, FULL, 4465_00, 40_00),
    ("first day in a fleksjob", "2022-03-07", "2022-03-30", "2022-03-07", "2022-03-13", "2022-04-01", {"job_kind": "fleksjob"}, FULL, 4465_00, 40_00),
    ("first day when new", "2022-03-07", "2022-03-30", "2022-03-07", "2022-03-13", "2022-04-01", {"employed_since": "2022-02-01"}, FULL, 4465_00, 40_00),
    ("inside the employer period", "2022-03-07", "2022-03-30", "2022-03-07", "2022-03-13", "2022-04-01", {}, FULL, 0, 0),
    ("until well", "2022-01-03", "2022-02-01", "2022-03-07", "2022-03-13", "2022-04-01", {}, FULL | {"last_absence_day": "2022-03-09"}, 2679_00, 24_00),
]  # fmt: skip


@pytest.mark.parametrize(("name", "absent", "notified", "first", "last", "asked", "noted", "answered", "refund", "supplement"), WORKED)
def test_worked_amounts(name: str, absent: str, notified: str, first: str, last: str, asked: str, noted: dict[str, object],
                        answered: dict[str, object], refund: int, supplement: int) -> None:  # fmt: skip
    with world(day=notified) as here:
        here.accepted(notification(1, first_absence_day=absent, **({"employed_since": "2010-01-01"} | noted)))
        here.day(asked)
        here.accepted(here_claim(here, absent, noted, first, last, answered))
        here.day((date.fromisoformat(asked) + timedelta(days=30)).isoformat())
        (decision,) = decisions(here)
    assert (decision.refund, decision.supplement) == (refund, supplement)
    assert decision.outcome == ("granted" if refund else "refused")
    assert decision.pays == refund + supplement


def here_claim(here: World, absent: str, noted: dict[str, object], first: str, last: str, answered: dict[str, object]) -> Report:
    held = here.found(notification(1, first_absence_day=absent, **({"employed_since": "2010-01-01"} | noted)))
    return report(intent("c"), intent("case 1"), "claim", claimed(held.authority_id, first, last, **answered))


@pytest.mark.parametrize("year", range(2012, 2033))
def test_its_holidays_are_the_danish_ones(year: int) -> None:
    known = holidays.country_holidays("DK", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    weekdays = [day for day in days if day.weekday() < 5]
    assert [day for day in weekdays if is_holiday(day)] == [day for day in weekdays if day in known]


def test_it_pays_on_thursdays_two_weeks_apart_and_never_on_a_holiday() -> None:
    days = sorted({pay_day(date(2024, 1, 1) + timedelta(days=n)) for n in range(3 * 365)})
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    closed = {(6, 5), (12, 24), (12, 31)}
    thursdays = [day + timedelta(days=3 - day.weekday()) for day in days]
    assert gaps <= set(range(11, 18))
    assert {(later - earlier).days for earlier, later in pairwise(thursdays)} == {14}
    for day, thursday in zip(days, thursdays, strict=True):
        assert day == thursday or is_holiday(thursday) or (thursday.month, thursday.day) in closed
        assert day.weekday() < 5
        assert not is_holiday(day)
        assert (day.month, day.day) not in closed
    assert all(0 < (pay_day(day) - day).days <= 17 for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(3 * 365)))


def one_claim(here: World) -> None:
    here.accepted(notification())
    here.day("2024-10-01")
    here.accepted(here.claim("c1", "2024-08-31", "2024-09-30"))


def test_a_decision_comes_after_two_to_three_weeks_and_is_paid(here: World) -> None:
    one_claim(here)
    here.day("2024-10-14")
    assert decisions(here) == []
    here.day("2024-10-31")
    (decision,) = decisions(here)
    assert date(2024, 10, 15) <= decision.decided_on <= date(2024, 10, 24)
    assert decision.pays_on == pay_day(decision.decided_on)
    assert decision.reference.startswith("KSD-")
    (payment,) = here.order("payments", **{"from": str(decision.pays_on), "to": str(decision.pays_on)})["items"]
    assert (payment["amount_ore"], payment["reference"]) == (decision.pays, decision.reference)
    assert here.order("payments", **{"from": "2025-01-01"})["items"] == []
    assert [event.what for event in events(here)] == ["fetched", "fetched", "decided"]


def test_a_wrong_payment_leaves_the_decision_right(here: World) -> None:
    here.order("set", wrong_payments={"intents": [str(intent("c1"))], "by_ore": -12345})
    one_claim(here)
    here.day("2024-11-15")
    (decision,) = decisions(here)
    (payment,) = here.order("payments")["items"]
    assert payment["amount_ore"] == decision.pays - 12345
    assert payment["decided_ore"] == decision.pays


def test_a_decision_told_twice_is_one_decision(here: World) -> None:
    here.order("set", duplicate_decisions={"per_mille": 1000})
    one_claim(here)
    here.day("2024-11-15")
    told = decisions(here)
    assert len(told) == 2
    assert told[0] == told[1]
    assert len(here.order("payments")["items"]) == 1


def test_a_revised_decision_keeps_the_claim_and_pays_the_difference(here: World) -> None:
    here.order("set", revised_decisions={"per_mille": 1000, "after_days": 10, "per_cent": 90})
    one_claim(here)
    here.day("2024-12-20")
    first, revised = decisions(here)
    assert revised.intent == first.intent
    assert revised.decision_id != first.decision_id
    assert revised.revises == first.decision_id
    assert revised.refund == first.refund * 90 // 100
    assert first.pays + revised.pays == revised.refund + revised.supplement
    assert revised.pays < 0
    assert sum(payment["amount_ore"] for payment in here.order("payments")["items"]) == revised.refund + revised.supplement


def test_a_replaced_claim_is_collected_and_the_new_one_paid(here: World) -> None:
    one_claim(here)
    here.day("2024-11-15")
    claim = here.claim("c1", "2024-08-31", "2024-09-30")
    here.accepted(here.correction("k", claim, "claim", content(claim) | {"wage_paid": 500_000}))
    here.day("2024-12-31")
    old, collected, new = decisions(here)
    assert (collected.revises, collected.outcome, collected.pays) == (old.decision_id, "refused", -old.pays)
    assert new.intent == intent("k")
    assert abs(new.refund - 500_000) <= 3, "the wage of the period, rounded in each of its six weeks"
    told = [event.what for event in events(here) if event.intent == claim.intent]
    assert sorted(told) == ["annulled", "decided", "decided", "fetched"]


def test_an_annulled_claim_is_never_decided(here: World) -> None:
    one_claim(here)
    here.day("2024-10-02")
    here.accepted(here.annulment("a", here.claim("c1", "2024-08-31", "2024-09-30")))
    here.day("2024-12-31")
    assert decisions(here) == []
    assert here.order("payments")["items"] == []


def test_the_days_are_drawn_from_seed_and_claim() -> None:
    def days(seed: str) -> list[date]:
        with world(seed=seed) as here:
            for number in range(1, 25):
                here.accepted(notification(number))
            here.day("2024-10-01")
            for number in range(1, 25):
                here.accepted(here.claim(f"c{number}", "2024-08-31", "2024-09-30", number))
            here.day("2024-11-15")
            return [decision.decided_on for decision in sorted(decisions(here), key=lambda one: str(one.intent))]

    assert days("1") == days("1")
    assert days("1") != days("2")
    assert len(set(days("1"))) >= 4
