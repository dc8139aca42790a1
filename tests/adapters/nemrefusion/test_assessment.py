"""The municipality's naive sums and the house's law agree to the øre, though they share nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from refusion.absences.facts import Absence, Employment, Entered, JobKind, Learned, Question
from refusion.adapters.nemrefusion.counterpart.assessment import assess
from refusion.adapters.nemrefusion.counterpart.records import Filed
from refusion.cases.facts import Kind
from refusion.claims.answers import Known
from refusion.claims.leave.right import first_refundable, last_refundable, request_by
from refusion.law.denmark.parental.amount import leave_amount
from refusion.law.denmark.sickness.amount import claim_amount
from refusion.values.money import kroner
from refusion.values.period import Period

FIRST_MONTHS = st.dates(date(2013, 2, 1), date(2026, 9, 1))


def filed(form: str, signed: date, fields: dict[str, object]) -> Filed:
    return Filed("id", "intent", "bundle", "12345678", form, fields, "token", "afhentet", f"{signed}T08:00:00+01:00")


@settings(max_examples=600, deadline=None)
@given(
    first=FIRST_MONTHS,
    days=st.integers(0, 60),
    hours=st.integers(100, 4800),
    hourly=st.integers(5_000, 30_000),
    wage=st.integers(0, 6_000_000),
    absences=st.none() | st.lists(st.integers(0, 4800), min_size=10, max_size=10),
)
@example(first=date(2024, 2, 1), days=28, hours=3700, hourly=12_689, wage=9_999_999, absences=None)
@example(first=date(2023, 12, 28), days=30, hours=3700, hourly=20_000, wage=9_999_999, absences=[400] * 10)
@example(first=date(2025, 3, 3), days=4, hours=399, hourly=20_000, wage=9_999_999, absences=None)
@example(first=date(2025, 3, 3), days=4, hours=4000, hourly=13_149, wage=9_999_999, absences=[3700] * 10)
def test_the_twin_and_the_law_agree(first: date, days: int, hours: int, hourly: int, wage: int, absences: list[int] | None) -> None:
    period = Period(first, first + timedelta(days=days))
    mondays = [first - timedelta(days=first.weekday()) + timedelta(weeks=n) for n in range(10)]
    by_week = None if absences is None else dict(zip(mondays, absences, strict=True))
    expected = claim_amount(period, hours, hourly, wage, by_week)
    notification = filed("DP201", first - timedelta(days=40), {"FoersteFravaersdag": str(first - timedelta(days=60)), "Ansaettelsesdato": "2001-01-01", "Paragraf56Aftale": "true"})
    notification.signed_at = f"{first - timedelta(days=59)}T08:00:00+01:00"
    claim = filed("DP202", period.last + timedelta(days=1), {
        "RefusionsperiodeFra": str(period.first),
        "RefusionsperiodeTil": str(period.last),
        "UgentligArbejdstid": kroner(hours),
        "TimefortjenesteEfterAMBidrag": kroner(hourly),
        "UdbetaltLoenIPerioden": kroner(wage),
        "FravaerstimerPrUge": by_week and {str(monday): kroner(value) for monday, value in by_week.items()},
    })  # fmt: skip
    assessed = assess(notification, claim, None)
    assert (assessed.refund, assessed.supplement) == (expected.refund, expected.supplement)
    assert assessed.days == sum(week.refundable_days for week in expected.weeks)


LEAVE_FIRST = st.dates(date(2022, 9, 1), date(2026, 6, 1))


@settings(max_examples=300, deadline=None)
@given(
    first=LEAVE_FIRST,
    length=st.integers(0, 320),
    born=st.integers(-60, 60),
    parent=st.sampled_from(["mother", "father"]),
    transferred=st.integers(-20, 20),
    pay=st.tuples(st.integers(100, 4800), st.integers(5_000, 30_000), st.integers(0, 6_000_000)),
    month=st.integers(0, 10),
)
def test_the_twin_and_the_house_agree_on_leave(
    first: date, length: int, born: int, parent: str, transferred: int, pay: tuple[int, int, int], month: int
) -> None:
    last, child, (hours, hourly, wage) = first + timedelta(days=length), first + timedelta(days=born), pay
    facts = {Question.PARENT: parent, Question.CHILD_BORN: child.isoformat(), Question.WEEKS_TRANSFERRED: str(transferred)}
    known = on_leave(first, last, facts)
    until = last_refundable(Kind.PARENTAL, known)
    since = first_refundable(Kind.PARENTAL, known)
    assert until is not None
    months = list(Period(first, last).months())
    claimed = months[min(month, len(months) - 1)]
    notification = filed("BarselAnmeldelse", first, {"FoersteFravaersdag": str(first)})
    claim = filed("BarselAnmodning", last + timedelta(days=1), {
        "RefusionsperiodeFra": str(claimed.first), "RefusionsperiodeTil": str(claimed.last), "UgentligArbejdstid": kroner(hours),
        "TimefortjenesteEfterAMBidrag": kroner(hourly), "UdbetaltLoenIPerioden": kroner(wage), "FravaerstimerPrUge": None,
        "Foraelder": {"mother": "Mor", "father": "FarEllerMedmor"}[parent], "BarnetsFoedselsdag": str(child),
        "OverdragneUger": str(transferred),
    })  # fmt: skip
    assessed = assess(notification, claim, last)
    granted = [day for day in claimed if since <= day <= until and day.weekday() < 5]
    assert assessed.days == len(granted)
    if granted == [day for day in claimed if day.weekday() < 5]:
        expected = leave_amount(claimed, hours, hourly, wage, None)
        assert (assessed.refund, assessed.supplement) == (expected.refund, expected.supplement)


@given(st.integers(0, 80))
def test_leave_asked_for_after_eight_weeks_gives_nothing(late: int) -> None:
    first, last = date(2025, 3, 3), date(2025, 3, 16)
    claim = filed("SygtBarnAnmodning", last + timedelta(days=late), {
        "RefusionsperiodeFra": str(first), "RefusionsperiodeTil": str(last), "UgentligArbejdstid": "37.00",
        "TimefortjenesteEfterAMBidrag": "200.00", "UdbetaltLoenIPerioden": "90000.00", "FravaerstimerPrUge": None,
        "BarnetsFoedselsdag": "2020-01-01", "ForventedeDagePaaSygehus": "12", "Eneforsoerger": "false",
    })  # fmt: skip
    assessed = assess(filed("SygtBarnAnmeldelse", first, {"FoersteFravaersdag": str(first)}), claim, last)
    assert assessed.days == (10 if late <= 56 else 0)
    known = on_leave(first, last, {})
    assert (request_by(known, Period(first, last)) >= last + timedelta(days=late)) == (late <= 56)


def on_leave(first: date, last: date, facts: dict[Question, str]) -> Known:
    learned = Learned(1, UUID(int=9), datetime(2025, 1, 1, tzinfo=UTC))
    job = Employment(UUID(int=2), "1", UUID(int=3), date(2015, 1, 1), None, 3700, JobKind.ORDINARY, "", learned)
    absence = Absence(UUID(int=1), job.id, "A1", first, last, "400", None, False, learned)
    entered = [Entered(UUID(int=4), job.id, asked, value, first, None, "note", "kim", learned.recorded_at) for asked, value in facts.items()]
    return Known(job, absence, [], entered)
