"""The guide's answers: every condition on both sides of its boundary, amounts, days, short answers, and what cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.claims.self_employed.assessment import assess
from refusion.claims.self_employed.calendar_file import Entry, calendar
from refusion.claims.self_employed.facts import Home, Situation, Verdict, Who, Work
from refusion.claims.self_employed.reading import NAMES, read_situation
from refusion.values.said import BadInput
from refusion.wiring import texts

FIRST = date(2022, 3, 1)
TOLD = Situation(
    Who.SELF_EMPLOYED, FIRST, business_months=1200, last_month_in_business=True, weekly_hours=3700, income_year=900_000_00
)  # fmt: skip


def verdict(name: str, **told: object) -> Verdict:
    found = assess(replace(TOLD, **told)).conditions  # type: ignore[arg-type]
    return next(condition.verdict for condition in found if condition.name == name)


@pytest.mark.parametrize(
    ("name", "told", "expected"),
    [
        ("months", {"business_months": 600}, Verdict.PASS),
        ("months", {"business_months": 597}, Verdict.FAIL),
        ("new_business", {"business_months": 300, "employee_months": 300}, Verdict.PASS),
        ("new_business", {"business_months": 300, "employee_months": 299}, Verdict.FAIL),
        ("last_month", {"last_month_in_business": False}, Verdict.FAIL),
        ("hours", {"weekly_hours": 1850}, Verdict.PASS),
        ("hours", {"weekly_hours": 1849}, Verdict.FAIL),
        ("home", {"home": Home.TREATY}, Verdict.NEEDS_DECISION),
        ("home", {"home": Home.ELSEWHERE}, Verdict.FAIL),
        ("unfit", {"unfit": False}, Verdict.FAIL),
        ("unfit", {"can_work": Work.MORE}, Verdict.FAIL),
        ("partly_unfit", {"can_work": Work.QUARTER}, Verdict.NEEDS_DECISION),
        ("insured", {"insurance": "day1_min", "income_year": 0}, Verdict.NEEDS_DECISION),
        ("in_time", {"notified_on": date(2022, 3, 22)}, Verdict.PASS),
        ("in_time", {"notified_on": date(2022, 3, 23)}, Verdict.NEEDS_DECISION),
        ("duties", {"duties_neglected": True}, Verdict.FAIL),
        ("spouse", {"who": Who.ASSISTING_SPOUSE}, Verdict.PASS),
    ],
)
def test_each_condition_on_both_sides(name: str, told: dict[str, object], expected: Verdict) -> None:
    assert verdict(name, **told) is expected


def test_the_whole_answer_has_days_amount_and_what_one_needs_first() -> None:
    answer = assess(TOLD)
    assert (answer.verdict, answer.benefit_from) == (Verdict.PASS, date(2022, 3, 15))
    assert answer.amount is not None
    assert (answer.amount.first_weeks, answer.amount.later_weeks) == (None, 4465_00)
    days = {dated.kind: dated.day for dated in reversed(answer.dates)}
    assert days == {
        "notify_by": date(2022, 3, 22), "request_by": date(2022, 3, 22), "benefit_from": date(2022, 3, 15), "payment": date(2022, 3, 31),
        "first_meeting_by": date(2022, 4, 26), "reassessment_by": date(2022, 8, 15), "limit": date(2022, 8, 31),
    }  # fmt: skip
    assert len(answer.first) == 2
    assert assess(replace(TOLD, nemrefusion_user=True, employee_signature=True)).first == ()


def test_insurance_gives_the_first_weeks_and_its_minimum() -> None:
    amount = assess(replace(TOLD, insurance="day3_min")).amount
    assert amount is not None
    assert (amount.first_weeks, amount.later_weeks) == (2977_00, 4465_00)


def test_a_late_notice_reaches_only_its_own_day() -> None:
    answer = assess(replace(TOLD, notified_on=date(2022, 4, 1)))
    assert (answer.verdict, answer.benefit_from) == (Verdict.NEEDS_DECISION, date(2022, 4, 1))


def test_wage_earners_and_unemployed_have_their_short_answer() -> None:
    earner = assess(Situation(Who.WAGE_EARNER, FIRST, weekly_hours=3700, hourly_pay=250_00))
    assert earner.short
    assert earner.answer.facts == {"rate_ore": 120_68, "weekly_ore": 4465_16}
    jobless = assess(Situation(Who.UNEMPLOYED, FIRST, unemployment_week=3800_00))
    assert jobless.answer.facts == {"weekly_ore": 3800_00}


@given(
    st.sampled_from(Work), st.sampled_from(Home), st.integers(0, 1200), st.booleans(), st.integers(0, 1200), st.integers(0, 8000),
    st.sampled_from([None, "day1_min", "day1_max", "day3_min", "day3_max"]), st.dates(date(2014, 1, 1), date(2025, 12, 31)),
)  # fmt: skip
def test_every_answer_is_said_in_both_languages(
    work: Work, home: Home, months: int, last: bool, employee: int, hours: int, insurance: str | None, first: date
) -> None:
    answer = assess(Situation(
        Who.SELF_EMPLOYED, first, can_work=work, home=home, business_months=months, last_month_in_business=last, employee_months=employee,
        weekly_hours=hours, income_year=300_000_00, insurance=insurance,
    ))  # fmt: skip
    keys = {answer.answer.key, *(one.reason.key for one in answer.conditions), *(f"self_employed.day_{one.kind}" for one in answer.dates)}
    for language in ("da", "en"):
        assert keys <= texts.catalogue("self_employed", language).keys()
    assert (answer.benefit_from is None) == (answer.verdict is Verdict.FAIL)


def test_what_is_wrong_is_named_all_at_once() -> None:
    with pytest.raises(BadInput) as bad:
        read_situation({"who": "self_employed", "first_absence_day": "soon", "weekly_hours": "many", "shoes": "1"})
    columns = [problem.column for problem in bad.value.problems]
    assert columns == ["shoes", "first_absence_day", "weekly_hours", "business_months", "last_month_in_business", "income_year"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("first_absence_day", "0001-01-01"), ("weekly_hours", "-1"), ("income_year", "1e9"), ("insurance", "gold"), ("working_weekdays", "8")],
)
def test_values_that_cannot_be_are_refused(name: str, text: str) -> None:
    told = {"who": "self_employed", "first_absence_day": "2022-03-01", "business_months": "12", "last_month_in_business": "ja",
            "weekly_hours": "37", "income_year": "350000,50", name: text}  # fmt: skip
    with pytest.raises(BadInput) as bad:
        read_situation(told)
    assert [problem.column for problem in bad.value.problems] == [name]
    assert name in NAMES


def test_agreement_and_insurance_exclude_each_other() -> None:
    told = {"who": "unemployed", "first_absence_day": "2022-03-01", "unemployment_week": "3800", "insurance": "day1_min", "agreement_58a": "ja"}
    with pytest.raises(BadInput) as bad:
        read_situation(told)
    assert bad.value.problems[0].what.key == "self_employed.agreement_with_insurance"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200), st.dates(date(2010, 1, 1), date(2030, 1, 1)))
def test_a_calendar_file_keeps_its_lines_short_and_gives_its_words_back(words: str, day: date) -> None:
    raw = calendar([Entry(day, words, words)], FIRST)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    unfolded = raw.replace(b"\r\n ", b"").decode()
    summary = next(line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    assert summary.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") == words
    assert raw == calendar([Entry(day, words, words)], FIRST)
