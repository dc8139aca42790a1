"""Draws an institution-year from a seed and its number: who works there, what goes wrong, when nobody is at their desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from refusion.rehearsal.chance import chance
from refusion.rehearsal.faults import Fault
from refusion.rehearsal.institution.days import after, weekday_from
from refusion.rehearsal.institution.facts import Profile
from refusion.rehearsal.institution.year import institution
from refusion.rehearsal.oracle.deadlines import FIVE_WEEKS
from refusion.rehearsal.outside.clock import HERE
from refusion.rehearsal.profiles import BAKKEN, Plan

FIRST_DAYS = (date(2024, 1, 1), date(2025, 7, 1))
"""Between these the years begin, so that each ends, with the days in which its last deadlines pass, in 2026."""
DAYS, AFTERWARDS = 365, 92
"""Days with new absences, and days after them in which what is open comes to its end."""
OUTAGE = timedelta(days=14)
UP_AGAIN = time(8, 30)
"""The outage ends half an hour before the house works, on the very day of a deadline."""
FILING = "OpretRetIndberetninger"
ASKING = ("HentIndberetninger", "HentSagsbehandling")
TROUBLES = ("drop", "lose", "refuse", "fail", "truncate", "garble", "twice", "late")
QUESTIONS_TROUBLED_BY = ("lose", "fail", "truncate", "garble")
HOLIDAY = timedelta(days=21)
LEAST_EMPLOYEES = 20
ON = (("parental", "live", ()), ("ill-child", "live", ("235",)))
"""Kinds of leave that every simulated institution has switched on from its first day."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One institution-year: ``holidays`` are the days on which nobody answers, ``errors`` how often authority and bank err."""

    number: int
    plan: Plan
    holidays: tuple[tuple[date, date], ...]
    errors: dict[str, object]
    deadline: date | None

    @property
    def profile(self) -> Profile:
        """Give the institution."""
        return self.plan.profiles[0]

    @property
    def until(self) -> date:
        """Give the last day that is lived."""
        return after(self.profile.last, AFTERWARDS)


def year_plan(seed: int, number: int, employees: int, days: int = DAYS) -> YearPlan:
    """Draw the year of a number; the same seed, number and size give the same year whatever else was drawn.

    With fewer ``days`` it is a part of a year, for trials.
    """
    profile = _profile(seed, number, employees, days)
    deadline = _deadline(profile)
    faults = (*_outages(deadline), *_troubles(seed, number))
    return YearPlan(number, Plan((profile,), faults, profile.seed), _holidays(profile), _errors(profile), deadline)


def _profile(seed: int, number: int, employees: int, days: int) -> Profile:
    luck = chance(seed, "simulated year", number)
    size = max(LEAST_EMPLOYEES, employees * luck.randint(60, 140) // 100)
    first = after(FIRST_DAYS[0], luck.randrange((FIRST_DAYS[1] - FIRST_DAYS[0]).days))
    return Profile(
        code=f"YEAR{number:04d}",
        name=f"Institution {number}",
        company_number=BAKKEN.company_number,
        unit_number=BAKKEN.unit_number,
        account=BAKKEN.account,
        employees=size,
        long_spells=size * luck.randint(8, 25) // 100,
        first=first,
        last=after(first, days - 1),
        seed=luck.randrange(1 << 40),
        leaves=size * luck.randint(4, 12) // 100,
        stages=ON,
    )


def _deadline(profile: Profile) -> date | None:
    """Choose the last day of a notification: if there is one, of which payroll tells in the fortnight before it."""
    spells = [one for one in institution(profile).spells if one.happened and one.last_day - one.first_day > FIVE_WEEKS]
    told = [one for one in spells if _is_told_within(one.first_day, one.tellings[0].on)]
    days = sorted(one.first_day + FIVE_WEEKS for one in told or spells)
    return chance(profile.seed, "outage").choice(days) if days else None


def _is_told_within(first_day: date, told_on: date) -> bool:
    deadline = first_day + FIVE_WEEKS
    return deadline - OUTAGE <= told_on < deadline


def _outages(deadline: date | None) -> tuple[Fault, ...]:
    if deadline is None:
        return ()
    ends = datetime.combine(deadline, UP_AGAIN, tzinfo=HERE)
    return (Fault("down", since=(ends - OUTAGE).isoformat(), until=ends.isoformat()),)


def _troubles(seed: int, number: int) -> tuple[Fault, ...]:
    """Draw how often messages and answers are lost, cut, garbled, told twice or come too late."""
    luck = chance(seed, "troubles", number)
    filing = tuple(Fault(kind, luck.randint(0, 60), times=luck.randint(1, 3), on=(FILING,)) for kind in TROUBLES)
    asking = tuple(Fault(kind, luck.randint(0, 30), on=ASKING) for kind in QUESTIONS_TROUBLED_BY)
    return filing + asking


def _holidays(profile: Profile) -> tuple[tuple[date, date], ...]:
    """Let everybody who could answer be away for three weeks, twice."""
    luck = chance(profile.seed, "holidays")
    halves = (0, DAYS // 2)
    starts = [weekday_from(after(profile.first, half + luck.randrange(30, DAYS // 2 - 30))) for half in halves]
    return tuple((start, start + HOLIDAY) for start in starts)


def _errors(profile: Profile) -> dict[str, object]:
    luck = chance(profile.seed, "errors of the authority")
    return {
        "duplicate_decisions": {"per_mille": luck.randint(0, 100)},
        "revised_decisions": {"per_mille": luck.randint(0, 60)},
        "decide_days": [14, luck.randint(14, 30)],
    }
