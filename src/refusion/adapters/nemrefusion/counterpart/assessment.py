"""The municipality's own sums, day by day in exact fractions, from its own table of rates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from refusion.adapters.nemrefusion.counterpart.leave import granted_days
from refusion.adapters.nemrefusion.counterpart.records import Filed, Record
from refusion.adapters.nemrefusion.counterpart.rules import PREGNANCY, SICKNESS, absence_of

ONE_DAY = timedelta(days=1)
SATURDAY, FULL_WEEK_HOURS, LEAST_HOURS, LEAST_ON_LEAVE = 5, 37, 4, 0
PRAYER_DAY_AFTER_EASTER, PRAYER_DAY_LAST_YEAR = 26, 2023
# first Monday of January: kroner a week, øre an hour, supplement in thousandths
RATES = (
    (date(2012, 1, 2), 3940, 10649, 0), (date(2013, 1, 7), 4005, 10824, 0), (date(2014, 1, 6), 4075, 11014, 0),
    (date(2015, 1, 5), 4135, 11176, 0), (date(2016, 1, 4), 4180, 11297, 0), (date(2017, 1, 2), 4245, 11473, 0),
    (date(2018, 1, 1), 4300, 11622, 0), (date(2019, 1, 7), 4355, 11770, 0), (date(2020, 1, 6), 4405, 11905, 3),
    (date(2021, 1, 4), 4460, 12054, 6), (date(2022, 1, 3), 4465, 12068, 9), (date(2023, 1, 2), 4550, 12297, 12),
    (date(2024, 1, 1), 4695, 12689, 15), (date(2025, 1, 6), 4865, 13149, 18), (date(2026, 1, 5), 5085, 13743, 21),
)  # fmt: skip


@dataclass(frozen=True)
class Assessed:
    """What a claim gives: øre, and the weekdays it is given for."""

    refund: int
    supplement: int
    days: int


def assess(notification: Filed, claim: Filed, last_absence_day: date | None) -> Assessed:
    """Compute the refund of one claim as it stands."""
    if absence_of(claim.form) != SICKNESS:
        least = LEAST_HOURS if absence_of(claim.form) == PREGNANCY else LEAST_ON_LEAVE
        return _summed(claim.fields, *granted_days(notification, claim, last_absence_day), least)
    claimed = [day for day in _claimed_days(claim) if last_absence_day is None or day <= last_absence_day]
    start = max(_refund_from(notification, last_absence_day), _months_back(date.fromisoformat(claim.signed_day), 3))
    return _summed(claim.fields, [day for day in claimed if day >= start], len(claimed), LEAST_HOURS)


def _summed(fields: Record, granted: list[date], days_of_period: int, least_hours: int) -> Assessed:
    refund = supplement = 0
    for monday in sorted({day - timedelta(days=day.weekday()) for day in granted}):
        in_week = sum(1 for day in granted if monday <= day < monday + 7 * ONE_DAY)
        enough = _absent_hours(fields, monday) >= least_hours
        week = _week(fields, monday, in_week, days_of_period) if enough else 0
        refund += week
        supplement += 100 * _nearest(Fraction(week * _rate(monday)[3], 100_000))
    return Assessed(refund, supplement, len(granted))


def _week(fields: Record, monday: date, days: int, days_of_period: int) -> int:
    hours = _absent_hours(fields, monday)
    _, week_kroner, hour_ore, _ = _rate(monday)
    rate = _hundredths(fields["TimefortjenesteEfterAMBidrag"])
    at_the_top = hours >= FULL_WEEK_HOURS and rate >= hour_ore
    full = Fraction(week_kroner * 100) if at_the_top else min(hours * min(rate, hour_ore), Fraction(week_kroner * 100))
    wage = Fraction(_hundredths(fields["UdbetaltLoenIPerioden"]) * days, days_of_period)
    return _nearest(min(full * Fraction(days, 5), wage))


def _absent_hours(fields: Record, monday: date) -> Fraction:
    whole_week, by_week = Fraction(fields["UgentligArbejdstid"]), fields.get("FravaerstimerPrUge")
    return whole_week if by_week is None else min(Fraction(by_week.get(monday.isoformat(), "0")), whole_week)


def _hundredths(text: str) -> int:
    return int(Fraction(text) * 100)


def _claimed_days(claim: Filed) -> Iterator[date]:
    day, last = (date.fromisoformat(claim.fields[f"Refusionsperiode{end}"]) for end in ("Fra", "Til"))
    while day <= last:
        if day.weekday() < SATURDAY and not is_holiday(day):
            yield day
        day += ONE_DAY


def waives_employer_period(fields: Record) -> bool:
    """Tell whether refund begins on the first day: § 56, fleksjob, pregnancy, or employed for less than 8 weeks."""
    first = date.fromisoformat(fields["FoersteFravaersdag"])
    employed = fields.get("Ansaettelsesdato")
    new = employed is not None and date.fromisoformat(employed) > first - timedelta(days=56)
    agreed = "true" in {fields.get("Paragraf56Aftale"), fields.get("Graviditetsbetinget")}
    return new or agreed or fields.get("Ansaettelsesform") == "Fleksjob"


def _refund_from(notification: Filed, last_absence_day: date | None) -> date:
    first = date.fromisoformat(notification.fields["FoersteFravaersdag"])
    start = first if waives_employer_period(notification.fields) else first + timedelta(days=30)
    signed = date.fromisoformat(notification.signed_day)
    short = last_absence_day is not None and last_absence_day < first + timedelta(days=30)
    late = signed > first + timedelta(days=35) and not short
    return max(start, signed) if late else start


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue  # a month without that day
    return date(year, month + 1, day.day)


def _rate(monday: date) -> tuple[date, int, int, int]:
    known = [row for row in RATES if row[0] <= monday]
    if not known:
        raise ValueError(f"no rates before {RATES[0][0]}")
    return known[-1]


def _nearest(amount: Fraction) -> int:
    """Round to the nearest whole, halves up."""
    return int((amount * 2 + 1) // 2)


def is_holiday(day: date) -> bool:
    """Tell whether a day is one of the holidays without refund (Store Bededag until 2023)."""
    if (day.month, day.day) in {(1, 1), (12, 25), (12, 26)}:
        return True
    after = (day - easter(day.year)).days
    return after in {-3, -2, 1, 39, 50} or (
        after == PRAYER_DAY_AFTER_EASTER and day.year <= PRAYER_DAY_LAST_YEAR
    )


def easter(year: int) -> date:
    """Give Easter Sunday, by the paschal full moon of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    shift = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - shift + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
