"""The oracle against examples worked out by hand, and against properties that any judge must have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.rehearsal.institution.facts import Institution, PayMonth, Spell, Telling, Worker
from refusion.rehearsal.oracle.deadlines import request_by, three_months_back, was_in_the_house
from refusion.rehearsal.oracle.entitlement import entitlements, refundable_days
from refusion.rehearsal.oracle.findings import Findings, find
from refusion.rehearsal.oracle.witness import accepted, dossiers
from tests.rehearsal.profiles import SMALL

PERSON = "7001801234"
WORKER = Worker("00001", PERSON, "Åse Ulvedal", "Fysik", date(2015, 1, 1), SMALL.first, None, None, 3700, True, False, 25000)
FIRST = date(2024, 7, 3)


def spell(last: str, *tellings: Telling, first: date = FIRST, **facts: Any) -> Spell:
    told = tellings or (Telling(first, None), Telling(date.fromisoformat(last), date.fromisoformat(last)))
    return Spell("00001", "1", first, date.fromisoformat(last), "plain", told, **facts)


def truth(one: Spell, worker: Worker = WORKER, wage: int = 25000) -> Institution:
    pay = tuple(
        PayMonth("00001", date(2024, month, 1), SMALL.first, wage * 160, 16000, wage * 160) for month in range(1, 13)
    )
    return Institution(SMALL, {"00001": worker}, (one,), pay)


def report(form: str, signed_on: str, *days: str | None, bundle: str = "b", name: str = "", action: str = "Opret", standing: str = "afhentet") -> dict[str, Any]:
    names = {"DP201": ("FoersteFravaersdag", "SidsteFravaersdag"), "DP212s": ("SidsteFravaersdag",)}
    fields: dict[str, Any] = dict(zip(names.get(form, ("RefusionsperiodeFra", "RefusionsperiodeTil")), days, strict=False))
    if form == "DP201":
        fields["PersonCivilRegistrationIdentifier"] = PERSON
    return {
        "bundle": bundle, "form": form, "action": action, "authority_id": name or f"{form} {signed_on}", "standing": standing,
        "signed_at": f"{signed_on}T08:00:00+00:00", "signed_on": signed_on, "cvr": SMALL.company_number, "fields": fields,
        "business_hash": f"{action} {form} {days}",
    }  # fmt: skip


def judged(one: Institution, *reports: dict[str, Any], today: str = "2025-06-30") -> Findings:
    return find(one, dossiers(accepted(reports)), date.fromisoformat(today))


@pytest.mark.parametrize(
    ("hours", "wage", "first", "last", "refund", "supplement"),
    [
        (3700, 25000, "2024-09-02", "2024-09-08", 469500, 7000),  # a whole week at the maximum of 4,695 kr
        (3700, 25000, "2025-01-06", "2025-01-12", 486500, 8800),  # 4,865 kr from the first Monday of 2025, 1.8 %
        (3700, 25000, "2024-12-30", "2025-01-05", 375600, 5600),  # New Year's Day is not refunded: four fifths
        (3700, 10000, "2024-09-02", "2024-09-08", 340400, 5100),  # 100 kr less 8 %, times 37
        (1850, 25000, "2024-09-02", "2024-09-08", 234747, 3500),  # 18.5 hours at 126.89 kr; the half øre goes up
        (1800, 11957, "2024-09-02", "2024-09-08", 198000, 3000),  # 110.00 kr after the contribution, as law/denmark's R11
        (3700, 25000, "2025-04-14", "2025-04-20", 291900, 5300),  # Maundy Thursday and Good Friday are not refunded
    ],
)
def test_weeks_worked_out_by_hand(hours: int, wage: int, first: str, last: str, refund: int, supplement: int) -> None:
    start = date.fromisoformat(first) - timedelta(60)
    ill = spell(last, Telling(start, None), first=start)
    whole = truth(ill, replace(WORKER, weekly_hours=hours))
    pay = tuple(PayMonth("00001", (start.replace(day=1) - timedelta(5)).replace(day=1), SMALL.first, wage * 160, 16000, 0) for _ in "x")
    (entitled,) = entitlements(replace(whole, pay=pay))
    week = {date.fromisoformat(first) + timedelta(n) for n in range(7)}
    assert list(entitled.by_week(week)) == [(refund, supplement)]


def test_partial_return_counts_the_hours_not_worked_and_nothing_under_four() -> None:
    ill = spell("2024-09-15", worked={date(2024, 9, 2): 2000, date(2024, 9, 9): 3350})
    (entitled,) = entitlements(truth(ill))
    assert dict(zip(("before", "partial", "too few"), entitled.by_week(entitled.days[-15:]), strict=True)) == {
        "before": (469500, 7000),
        "partial": (215713, 3200),  # 17 hours at 126.89 kr
        "too few": (0, 0),
    }


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        ({}, "2024-08-02"),
        ({"fleksjob": True}, "2024-07-03"),
        ({"agreement_56": date(2024, 7, 1)}, "2024-07-03"),
        ({"agreement_56": date(2024, 7, 4)}, "2024-08-02"),
        ({"employed_since": date(2024, 5, 8)}, "2024-08-02"),
        ({"employed_since": date(2024, 5, 9)}, "2024-07-03"),
    ],
)
def test_the_first_day_that_gives_a_refund(change: dict[str, Any], begins: str) -> None:
    (entitled,) = entitlements(truth(spell("2024-09-15"), replace(WORKER, **change)))
    assert entitled.days[0] == date.fromisoformat(begins)


def test_no_refund_for_thirty_days_and_for_what_did_not_happen() -> None:
    assert entitlements(truth(spell("2024-08-01"))) == ()
    assert entitlements(truth(spell("2024-10-01", happened=False))) == ()


@pytest.mark.parametrize(("day", "last"), [("2024-07-03", "2024-10-03"), ("2025-02-28", "2025-05-31"), ("2024-11-30", "2025-02-28")])
def test_the_last_day_of_a_request(day: str, last: str) -> None:
    assert request_by(date.fromisoformat(day)) == date.fromisoformat(last)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_request_reaches_a_day_until_its_last_and_not_after(day: date) -> None:
    assert three_months_back(request_by(day)) <= day < three_months_back(request_by(day) + timedelta(1))


GOOD = (
    report("DP201", "2024-07-30", "2024-07-03", None),
    report("DP202", "2024-09-01", "2024-08-02", "2024-08-31"),
    report("DP202", "2024-09-17", "2024-09-01", "2024-09-15", name="second"),
)


def test_all_in_time_loses_nothing() -> None:
    assert judged(truth(spell("2024-09-15")), *GOOD) == Findings()


def test_a_late_notification_loses_the_days_before_it() -> None:
    late = (replace_signed(GOOD[0], "2024-08-12"), *GOOD[1:])
    found = judged(truth(spell("2024-09-15")), *late)
    # Friday 2 August and the week from the 5th: a fifth and five fifths of 4,695 kr, 1.5 % to whole kroner
    assert (found.lost_ore, found.filed_late) == (93900 + 1400 + 469500 + 7000, 1)
    learned = spell("2024-09-15", Telling(date(2024, 7, 24), None))
    found = judged(truth(learned), *late)
    assert (found.lost_ore, found.unavoidable_lost_ore) == (0, 571800)
    assert (found.filed_late, found.filed_late_unavoidably) == (0, 1)
    on_the_day = spell("2024-09-15", Telling(date(2024, 7, 23), None))
    assert judged(truth(on_the_day), *late).lost_ore == 571800


def replace_signed(one: dict[str, Any], day: str) -> dict[str, Any]:
    return one | {"signed_on": day, "signed_at": f"{day}T08:00:00+00:00"}


def test_a_late_request_loses_the_days_more_than_three_months_back() -> None:
    late = (GOOD[0], replace_signed(GOOD[1], "2024-11-05"), replace_signed(GOOD[2], "2024-11-06"))
    found = judged(truth(spell("2024-09-15")), *late)
    assert found.lost_ore == 93900 + 1400  # Friday 2 August alone: 5 November reaches back to 5 August
    assert found.filed_late == 1


def test_a_day_never_asked_for_is_lost_when_its_three_months_are_over() -> None:
    ill = truth(spell("2024-09-15"))
    assert judged(ill, *GOOD[:2], today="2024-12-01").lost_ore == 0
    assert judged(ill, *GOOD[:2], today="2024-12-03").lost_ore == 93900 + 1400
    assert judged(ill, *GOOD[:2], today="2025-06-30").lost_ore == 2 * (469500 + 7000)
    assert judged(ill, today="2025-06-30").lost_ore > judged(ill, *GOOD[:1], today="2025-06-30").lost_ore - 1


def test_a_corrected_claim_counts_from_its_first_request() -> None:
    corrected = (
        GOOD[0],
        GOOD[1] | {"standing": "annulleret"},
        report("DP202", "2024-11-29", "2024-08-02", "2024-08-31", name="corrected"),
        GOOD[2],
    )
    assert judged(truth(spell("2024-09-15")), *corrected) == Findings()


def test_doubles_are_found_in_one_absence_and_across() -> None:
    ill = truth(spell("2024-09-15"))
    again = report("DP201", "2024-07-31", "2024-07-03", None, name="again")
    assert judged(ill, *GOOD, again).double_filings == 1
    elsewhere = report("DP201", "2024-07-31", "2024-07-03", None, bundle="c", name="again")
    twice = report("DP202", "2024-09-20", "2024-08-20", "2024-08-31", bundle="c", name="twice")
    assert judged(ill, *GOOD, elsewhere, twice).double_filings == 2
    annulled = report("DP201", "2024-07-30", "2024-07-03", None, name="DP201 2024-07-30", action="Annuller")
    later = report("DP201", "2024-07-31", "2024-07-03", None, name="again")
    assert judged(ill, GOOD[0] | {"standing": "annulleret"}, annulled, later, *GOOD[1:]).double_filings == 0
    well = report("DP212s", "2024-09-16", "2024-09-15")
    assert judged(ill, *GOOD, well).double_filings == 0
    assert judged(ill, *GOOD, well, replace_signed(well, "2024-09-17")).double_filings == 1


def test_days_claimed_though_nobody_was_ill_are_counted() -> None:
    beyond = report("DP202", "2024-09-17", "2024-09-01", "2024-09-20", name="second")
    assert judged(truth(spell("2024-09-15")), *GOOD[:2], beyond).overclaimed_days == 5


def test_an_end_that_was_taken_back_too_late_excuses_the_house() -> None:
    told = (Telling(date(2024, 7, 5), None), Telling(date(2024, 7, 13), date(2024, 7, 12)), Telling(date(2024, 7, 30), None))
    ill = spell("2024-09-15", *told)
    day, deadline = date(2024, 8, 5), date(2024, 8, 7)
    assert not was_in_the_house(ill, day, deadline)
    assert was_in_the_house(ill, day, deadline, margin=8)
    assert was_in_the_house(ill, date(2024, 7, 10), deadline)


@given(st.dates(date(2024, 7, 4), date(2025, 1, 31)), st.dates(date(2024, 7, 4), date(2025, 1, 31)))
def test_what_is_lost_never_exceeds_what_was_due_and_later_signing_never_loses_less(one: date, other: date) -> None:
    ill = truth(spell("2024-09-15"))
    (entitled,) = entitlements(ill)
    sooner, later = sorted((one, other))
    lost = [
        judged(ill, replace_signed(GOOD[0], day.isoformat()), *GOOD[1:]).lost_ore for day in (sooner, later)
    ]
    assert 0 <= lost[0] <= lost[1] <= entitled.amount(entitled.days)


def test_holidays_outside_the_listed_years_are_an_error() -> None:
    assert len(list(refundable_days(date(2024, 1, 1), date(2025, 12, 31)))) == 523 - 16
    with pytest.raises(ValueError, match="2027"):
        list(refundable_days(date(2027, 1, 1), date(2027, 1, 1)))
