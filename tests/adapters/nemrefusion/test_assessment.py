"""The municipality's naive sums and the house's law agree to the øre, though they share nothing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from refusion.adapters.nemrefusion.counterpart.assessment import assess
from refusion.adapters.nemrefusion.counterpart.records import Filed
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
