"""SDL §§ 24-27: how long sickness benefit is paid, and the seven grounds on which it is prolonged."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import DAY, WEEKS, YES_OR_NO, Day, Days, Truth, Weeks
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import either, month_end, months_on, when, whole_part
from refusion.values.period import Period, last_of_month, merged
from refusion.values.said import said

FIGURES = figures(__file__, "duration.toml")
PAID_WEEKS_LIMIT = FIGURES["paid_weeks_limit"]
PAID_WEEKS_WINDOW = FIGURES["paid_weeks_window"]
PENSIONER_WEEKS_LIMIT = FIGURES["pensioner_weeks_limit"]
PENSIONER_WEEKS_WINDOW = FIGURES["pensioner_weeks_window"]
UNCOUNTED_DAYS = FIGURES["uncounted_days"]
UNCOUNTED_DAYS_SELF_EMPLOYED = FIGURES["uncounted_days_self_employed"]
CLARIFICATION_WEEKS = FIGURES["clarification_weeks"]
TREATMENT_WEEKS = FIGURES["treatment_weeks"]

COUNTING_READ = "§ 25, stk. 3, names § 24, stk. 3 and 4, for how the period is counted; which of the two was not read"
GROUNDS = (
    "rehabilitation",
    "clarification",
    "treatment",
    "rehabilitation_team",
    "life_threatening",
    "injury_case",
    "pension_application",
)


@rule(SDL.section("24").subsection(1), called="varighedsgrænsen", gives=WEEKS)
def most_paid_weeks(pension_age: Truth, day: Day) -> Weeks:
    """The weeks that may be paid before the right is reassessed."""
    return when(pension_age, PENSIONER_WEEKS_LIMIT.at(day), PAID_WEEKS_LIMIT.at(day))


@rule(SDL.section("24").subsection(1), called="varighedsbegrænsning", gives=YES_OR_NO)
def is_duration_limit_reached(paid_weeks: Weeks, pension_age: Truth, day: Day) -> Truth:
    """More weeks paid in the preceding months than the limit; the first 30 days do not count."""
    return paid_weeks > most_paid_weeks(pension_age, day)


@rule(SDL.section("24").subsection(1), called="betalt længere end grænsen", gives=YES_OR_NO)
def is_paid_beyond_limit(paid_days: Days, pension_age: Truth, day: Day) -> Truth:
    """The same, counted in calendar days, so that a started week counts by its sevenths."""
    return 100 * paid_days > 7 * most_paid_weeks(pension_age, day)


@rule(SDL.section("24").subsection(1), called="første dag af de måneder der ses tilbage på", gives=DAY)
def looked_back_to(pension_age: Truth, month_day: Day) -> Day:
    """The first of the preceding calendar months, of which the day's own month is the last."""
    months = when(pension_age, PENSIONER_WEEKS_WINDOW.at(month_day), PAID_WEEKS_WINDOW.at(month_day))
    return months_on(month_end(month_day) + 1, -months)


@rule(SDL.section("24").subsection(3).not_verified(COUNTING_READ), called="første dag der tæller", gives=DAY)
def counted_from(first_absence_day: Day, self_employed: Truth) -> Day:
    """The day after the first 30 days of an employee, the first two weeks of a self-employed person."""
    own = UNCOUNTED_DAYS_SELF_EMPLOYED.at(first_absence_day)
    return first_absence_day + when(self_employed, own, UNCOUNTED_DAYS.at(first_absence_day))


@rule(SDL.section("24").subsection(1), called="sidste dag inden for grænsen", gives=DAY)
def last_day_within_limit(counted_from: Day, pension_age: Truth) -> Day:
    """The last of the weeks that may be paid when the absence is unbroken."""
    return counted_from + whole_part(7, most_paid_weeks(pension_age, counted_from), 100) - 1


@rule(SDL.section("24").subsection(1), called="retten ophører efter", gives=DAY)
def unbroken_benefit_stops_after(counted_from: Day, pension_age: Truth) -> Day:
    """The end of the month in which an unbroken absence has been paid for more than the limit."""
    return month_end(last_day_within_limit(counted_from, pension_age) + 1)


@rule(SDL.section("27").subsection(1), called="forlængelse, nr. 1-4", gives=YES_OR_NO)
def is_prolonged_for_work(rehabilitation: Truth, clarification: Truth, treatment: Truth, rehabilitation_team: Truth) -> Truth:
    """Rehabilitation is likely, work capacity is to be clarified, treatment goes on, or the team is to see the case."""
    return either(rehabilitation, clarification, treatment, rehabilitation_team)


@rule(SDL.section("27").subsection(1), called="forlængelse", gives=YES_OR_NO)
def is_prolonged(prolonged_for_work: Truth, life_threatening: Truth, injury_case: Truth, pension_application: Truth) -> Truth:
    """One of the first four grounds, a life-threatening illness, a case of industrial injury, or a pension application."""
    return either(prolonged_for_work, life_threatening, injury_case, pension_application)


@rule(SDL.section("27").subsection(1).item(2), called="sidste dag for afklaring", gives=DAY)
def clarified_by(reassessed_on: Day) -> Day:
    """69 weeks after the reassessment."""
    return reassessed_on + 7 * CLARIFICATION_WEEKS.at(reassessed_on)


@rule(SDL.section("27").subsection(1).item(3), called="sidste dag for behandling", gives=DAY)
def treated_by(reassessed_on: Day) -> Day:
    """134 weeks after the reassessment."""
    return reassessed_on + 7 * TREATMENT_WEEKS.at(reassessed_on)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What follows the limit: ``extended`` (until a day where the ground has one), ``clarification`` or ``ended``."""

    outcome: str
    until: date | None = None


def duration_limit_reached(paid_weeks_hundredths: int, day: date | None = None, *, pension_age: bool = False) -> bool:
    """Tell whether the weeks paid in the preceding months end the right (SDL §§ 24, 25); no day = by today's figures.

    Raises NotKnown for a day before 2006-07-03.
    """
    on = day or PAID_WEEKS_LIMIT.values[-1].since
    return bool(is_duration_limit_reached(paid_weeks_hundredths, pension_age, on.toordinal()))


@account(SDL.section("24").subsection(1), called="retten ophører efter")
def stops_after(paid: Collection[Period], *, pension_age: bool = False) -> date | None:
    """Give the month's end at which the right stops, None while the limit is not passed (SDL §§ 24, 25).

    ``paid`` are the periods with benefit or refund that count: without the first 30 days (self-employed: 14) and leave.
    A day that two employers have refund for is one day. Raises NotKnown before 2006-07-03.
    """
    each = merged(paid)
    for month in sorted({last_of_month(month.first) for period in each for month in period.months()}):
        looked_at = Period(_day(looked_back_to(pension_age, month.toordinal())), month)
        days = sum(part.days for period in each if (part := period.overlap(looked_at)))
        if is_paid_beyond_limit(days, pension_age, month.toordinal()):
            return month
    return None


@account(SDL.section("24").subsection(1), called="retten ophører efter")
def unbroken_stops_after(first_absence_day: date, *, self_employed: bool = False, pension_age: bool = False) -> date:
    """Give the month's end at which the right stops when the absence goes on without break (SDL §§ 24, 25)."""
    first = counted_from(first_absence_day.toordinal(), self_employed)
    return _day(unbroken_benefit_stops_after(first, pension_age))


def reassess_by(first_absence_day: date, *, self_employed: bool = False) -> date:
    """Give the last day of the weeks that may be paid: the reassessment comes before it (SDL § 24)."""
    first = counted_from(first_absence_day.toordinal(), self_employed)
    return _day(last_day_within_limit(first, pension_age=False))


@account(SDL.section("27").subsection(1), called="hvad der følger efter varighedsgrænsen")
def after_the_limit(grounds: Collection[str], reassessed_on: date, *, unfit: bool = True) -> Afterwards:
    """Tell what follows when the limit is reached: grounds of ``GROUNDS`` that hold, and whether the person is still unfit.

    Several grounds: one without an end goes before those with one, else the latest. Raises NotAnswered for an unknown ground.
    """
    unknown = sorted(set(grounds) - set(GROUNDS))
    if unknown:
        raise NotAnswered(said("law.unknown_ground", ground=", ".join(unknown)))
    held = {name: name in grounds for name in GROUNDS}
    for_work = is_prolonged_for_work(**{name: held[name] for name in GROUNDS[:4]})
    if is_prolonged(for_work, **{name: held[name] for name in GROUNDS[4:]}):
        return Afterwards("extended", _prolonged_until(grounds, reassessed_on.toordinal()))
    return Afterwards("clarification" if unfit else "ended")


def _prolonged_until(grounds: Collection[str], reassessed_on: int) -> date | None:
    bounded = {"clarification": clarified_by, "treatment": treated_by}
    if set(grounds) - set(bounded):
        return None
    return _day(max(bounded[ground](reassessed_on) for ground in grounds))


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)
