"""What a claim gives: the refund and supplement of each week of its period, for one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.law.denmark.rates import SUPPLEMENT_RATE, WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.benefit import (
    counted_hours,
    hourly_earnings,
    refundable_days,
    wage_of_week,
    week_benefit,
    week_refund,
    week_supplement,
)
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.parameters import Dated
from refusion.law.engine.refusals import MissingFact, NotAnswered, needed
from refusion.law.engine.rule import account
from refusion.values.money import Ore
from refusion.values.period import Period, monday_of
from refusion.values.said import said


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim; hours in hundredths, money in øre.

    ``wage_paid`` is the wage of the whole period, None = paid in full; ``absent_hours_by_week`` has the hours of every
    calendar week by its Monday, None = fully absent.
    """

    period: Period
    weekly_hours: int
    hourly_after_am: int
    wage_paid: int | None
    absent_hours_by_week: Mapping[date, int] | None


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """One week of a claim; hours in hundredths, money in øre.

    ``wage_paid`` is for the whole claim and ``period_days`` counts the claim's refundable days; None = full wage was paid.
    """

    days: Period
    weekly_hours: int
    absent_hours: int
    hourly_after_am: int
    wage_paid: int | None = None
    period_days: int = 0


@dataclass(frozen=True, slots=True)
class WeekAmount:
    """What one week gives, in øre; the supplement is whole kroner."""

    monday: date
    refundable_days: int
    refund: Ore
    supplement: Ore


@dataclass(frozen=True, slots=True)
class ClaimAmount:
    """What a claim gives, in øre, and whether a figure behind it is not published yet or not verified."""

    refund: Ore
    supplement: Ore
    weeks: tuple[WeekAmount, ...]
    estimated: bool
    unverified: bool


def hourly_after_am(gross_ore: int, hours_hundredths: int) -> Ore:
    """Give average hourly earnings of the last 3 completed months after AM-bidrag, in øre (SDL § 47).

    Raises MissingFact, and NotAnswered for a negative amount or for no hours.
    """
    needed({"gross_ore": gross_ore, "hours_hundredths": hours_hundredths})
    refuse_negative({"gross_ore": gross_ore, "hours_hundredths": hours_hundredths})
    if hours_hundredths == 0:
        raise NotAnswered(said("law.no_hours_worked"))
    return Ore(hourly_earnings(gross_ore, hours_hundredths))


@account(SDL.section("54"), called="refusion for en uge")
def refund(week: WeekFacts) -> WeekAmount:
    """Give the refund and supplement of one week (SDL §§ 50-54 b); the days lie within one calendar week."""
    monday = monday_of(week.days.first)
    ordinal = monday.toordinal()
    days = refundable_days(week.days.first.toordinal(), week.days.last.toordinal())
    hours = counted_hours(week.absent_hours, week.weekly_hours)
    amount = week_benefit(hours, week.hourly_after_am, days, ordinal)
    if week.wage_paid is not None:
        amount = week_refund(amount, wage_of_week(week.wage_paid, days, week.period_days))
    return WeekAmount(monday, days, Ore(amount), Ore(week_supplement(amount, ordinal)))


@account(SDL.section("54"), called="sygedagpengerefusion")
def claim_amount(
    period: Period,
    weekly_hours_hundredths: int,
    hourly_after_am: int,
    wage_paid: int | None,
    absent_hours_by_week: Mapping[date, int] | None,
) -> ClaimAmount:
    """Give what the municipality owes for a period that is past the employer period and in time (SDL §§ 50-54 b).

    Hours are hundredths, money is øre. ``wage_paid`` is the wage of the whole period, None = paid in full.
    ``absent_hours_by_week`` has the hours of every calendar week by its Monday, None = fully absent.
    Raises MissingFact, NotAnswered for a negative fact, NotKnown before the first known rate.
    """
    claim = ClaimFacts(period, weekly_hours_hundredths, hourly_after_am, wage_paid, absent_hours_by_week)
    return summed(tuple(refund(week) for week in week_facts(claim, refundable_days)))


def week_facts(claim: ClaimFacts, days: Callable[[int, int], int]) -> list[WeekFacts]:
    """Cut a claim into the facts of its weeks; ``days`` counts the days of a period that the benefit is for.

    Raises MissingFact, and NotAnswered for a negative fact.
    """
    needed({"period": claim.period, "weekly_hours": claim.weekly_hours, "hourly_after_am": claim.hourly_after_am})
    weekly, hourly, wage = claim.weekly_hours, claim.hourly_after_am, claim.wage_paid
    weeks = list(claim.period.weeks())
    absent = absence_of_weeks(weeks, weekly, claim.absent_hours_by_week)
    refuse_negative({"weekly_hours": weekly, "hourly_after_am": hourly, "wage_paid": wage or 0, "absent_hours": min(absent)})
    in_all = days(claim.period.first.toordinal(), claim.period.last.toordinal())
    return [WeekFacts(week, weekly, hours, hourly, wage, in_all) for week, hours in zip(weeks, absent, strict=True)]


def summed(weeks: tuple[WeekAmount, ...], supplement_rate: Dated = SUPPLEMENT_RATE) -> ClaimAmount:
    """Add weeks up to a claim, with the marks of the rates behind them."""
    mondays = [week.monday.toordinal() for week in weeks]
    figures = (WEEKLY_MAXIMUM, supplement_rate)
    return ClaimAmount(
        refund=Ore(sum(week.refund for week in weeks)),
        supplement=Ore(sum(week.supplement for week in weeks)),
        weeks=weeks,
        estimated=any(bool(figure.estimated(monday)) for figure in figures for monday in mondays),
        unverified=any(not figure.value_on(monday).verified for figure in figures for monday in mondays),
    )


def absence_of_weeks(weeks: Sequence[Period], weekly_hours: int, by_week: Mapping[date, int] | None) -> list[int]:
    """Give the absence hours of each week, full ones where none are given by Monday; raises MissingFact for weeks that lack."""
    if by_week is None:
        return [weekly_hours] * len(weeks)
    mondays = [monday_of(week.first) for week in weeks]
    unknown = [monday for monday in mondays if monday not in by_week]
    if unknown:
        raise MissingFact(*(f"absent_hours {monday}" for monday in unknown))
    return [by_week[monday] for monday in mondays]


def refuse_negative(facts: Mapping[str, int]) -> None:
    """Raise NotAnswered for a fact below zero."""
    for name, value in facts.items():
        if value < 0:
            raise NotAnswered(said("law.negative_fact", name=name, value=value))
