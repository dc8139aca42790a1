"""SDL §§ 41, 43, 45, 58 a: from which day a self-employed person has benefit, and until when it is notified."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.law.denmark.holidays import easter_sunday, is_public_holiday
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, either, when
from refusion.values.period import ONE_DAY
from refusion.values.said import said

FIGURES = figures(__file__, "self_employed.toml")
SELF_WAITING_DAYS = FIGURES["self_waiting_days"]
SELF_REQUEST_DAYS = FIGURES["self_request_days"]
SELF_NOTIFICATION_DAYS = FIGURES["self_notification_days"]
LATENESS_READ = "the appeals board writes that a late notification reaches only its own day; the paragraph it rests on was not read"
EVERY_DAY = frozenset(range(1, 8))
INSURANCES = ("day1_min", "day1_max", "day3_min", "day3_max")
THIRD, WHIT_SUNDAY = 3, 49


@dataclass(frozen=True, slots=True)
class Cover:
    """Insurance (one of ``INSURANCES``, None = none), § 58 a agreement, and the days that the person works (Monday 1)."""

    insurance: str | None = None
    agreement_58a: bool = False
    working_weekdays: frozenset[int] = EVERY_DAY
    works_public_holidays: bool = True


@rule(SDL.section("41"), called="ret fra, uden forsikring", gives=DAY)
def self_entitled_uninsured(first_absence_day: Day) -> Day:
    """The first absence day after two weeks of illness."""
    return first_absence_day + SELF_WAITING_DAYS.ever()


@rule(SDL.section("58 a"), called="ret fra", gives=DAY)
def self_entitled_from_day(first_absence_day: Day, from_first_day: Truth, from_third_day: Truth, third_absence_day: Day) -> Day:
    """The first absence day with day-1 cover or a § 58 a agreement, the third with day-3 cover, else after two weeks."""
    uninsured = self_entitled_uninsured(first_absence_day)
    return when(from_first_day, first_absence_day, when(from_third_day, third_absence_day, uninsured))


@rule(SDL.section("43").subsection(1), called="sidste rettidige anmeldelsesdag", gives=DAY)
def self_notification_last_day(first_absence_day: Day, covered: Truth, entitled_from: Day) -> Day:
    """A week after the entitlement; without cover three weeks after the first absence day."""
    uninsured = first_absence_day + SELF_REQUEST_DAYS.ever()
    return when(covered, entitled_from + SELF_NOTIFICATION_DAYS.ever(), uninsured)


@rule(SDL.section("43").not_verified(LATENESS_READ), called="ret fra ved sen anmeldelse", gives=DAY)
def self_benefit_from_day(entitled_from: Day, notified_on: Day, notification_last_day: Day) -> Day:
    """A timely notification reaches the entitlement; a late one only the day it was given."""
    return when(notified_on <= notification_last_day, entitled_from, at_least(entitled_from, notified_on))


@rule(SDL.section("45"), called="helligdag for den der arbejder alle dage", gives=YES_OR_NO)
def is_holiday_of_all_days(day: Day) -> Truth:
    """A public holiday, and Easter and Whit Sunday, for those who work Sundays."""
    after_easter = day - easter_sunday(day)
    return either(is_public_holiday(day), after_easter == 0, after_easter == WHIT_SUNDAY)


@account(SDL.section("45"), called="tredje fraværsdag")
def third_absence_day(first_absence_day: date, cover: Cover) -> date:
    """Give the third day of absence that the person would have worked (SDL § 45).

    Raises NotAnswered when the person works on no day.
    """
    if not cover.working_weekdays & EVERY_DAY:
        raise NotAnswered(said("law.no_working_day"))
    day, absent = first_absence_day - ONE_DAY, 0
    while absent < THIRD:
        day += ONE_DAY
        closed = not cover.works_public_holidays and bool(is_holiday_of_all_days(day.toordinal()))
        absent += day.isoweekday() in cover.working_weekdays and not closed
    return day


@account(SDL.section("41"), called="ret fra")
def self_entitled_from(first_absence_day: date, cover: Cover) -> date:
    """Give the first day with benefit when nothing comes late (SDL §§ 41, 45, 58 a).

    Raises NotAnswered for a § 58 a agreement together with an insurance, or for an unknown insurance.
    """
    first, third = _first_or_third(cover)
    day = third_absence_day(first_absence_day, cover) if third else first_absence_day
    return _day(self_entitled_from_day(first_absence_day.toordinal(), first, third, day.toordinal()))


@account(SDL.section("43"), called="sidste rettidige anmeldelsesdag")
def self_notify_by(first_absence_day: date, cover: Cover) -> date:
    """Give the last day of the notification, without cover of the request, that costs nothing (SDL § 43)."""
    entitled = self_entitled_from(first_absence_day, cover)
    covered = cover.insurance is not None or cover.agreement_58a
    return _day(self_notification_last_day(first_absence_day.toordinal(), covered, entitled.toordinal()))


@account(SDL.section("43"), called="ret fra ved sen anmeldelse")
def self_benefit_from(first_absence_day: date, notified_on: date, cover: Cover) -> date:
    """Give the first day with benefit after a notification that may be late (SDL § 43; policy: from the day of notice)."""
    entitled, last = self_entitled_from(first_absence_day, cover), self_notify_by(first_absence_day, cover)
    return _day(self_benefit_from_day(entitled.toordinal(), notified_on.toordinal(), last.toordinal()))


def _first_or_third(cover: Cover) -> tuple[bool, bool]:
    if cover.insurance is not None and cover.insurance not in INSURANCES:
        raise NotAnswered(said("law.unknown_insurance", insurance=cover.insurance))
    if cover.insurance is not None and cover.agreement_58a:
        raise NotAnswered(said("law.agreement_with_insurance"))
    kind = (cover.insurance or "").partition("_")[0]
    return cover.agreement_58a or kind == "day1", kind == "day3"


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)
