"""Who is away in the Norwegian demo's year, and on which day SAP and NAV hear of it and of what changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from refusion.absences.norwegian import Benefit
from refusion.rehearsal.chance import chance
from refusion.rehearsal.norway.people import Person
from refusion.rehearsal.norway.profile import NorwegianPlan
from refusion.values.period import months_after

CODES = {Benefit.PARENTAL_ADOPTION: "1", Benefit.PARENTAL_BIRTH: "2", Benefit.PREGNANCY: "3", Benefit.SICKNESS: "4"}
PARENTAL_LENGTHS = (105, 154, 210, 322)
WHOLE = 100_00
MAIN_RUN, EARLY, TOO_LATE = 15, 20, 135
LOSES, RENEWS = 3, 4
LATE, TWO_EMPLOYERS, ENDING, WITHDRAWN = 30, 25, 20, 45
"""One in how many is registered too late, works elsewhere too, has a contract that ends inside, is taken back."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What SAP registers about an absence on a day: its last day, or that it is taken back, and the employment's end."""

    on: date
    last: date
    withdrawn: bool = False
    contract_ends: date | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """One absence: who, what for, from which day, coverage and degree (hundredths of a per cent), what is told when."""

    person: Person
    number: str
    benefit: Benefit
    first: date
    tellings: tuple[Telling, ...]
    coverage: int = WHOLE
    degree: int = WHOLE
    other_pay: int = 0

    @property
    def code(self) -> str:
        """Give NAV's code."""
        return CODES[self.benefit]


def leaves(plan: NorwegianPlan, people: tuple[Person, ...]) -> tuple[Leave, ...]:
    """Make the leaves of the year, each of another person."""
    luck = chance(plan.seed, plan.code, "who is away")
    away = luck.sample(people, plan.parental + plan.sick)
    parental = [_parental(plan, person, place) for place, person in enumerate(away[: plan.parental])]
    sick = [_sick(plan, person, place) for place, person in enumerate(away[plan.parental :])]
    return tuple(sorted((*parental, *sick), key=lambda leave: (leave.first, leave.person.number)))


def _parental(plan: NorwegianPlan, person: Person, place: int) -> Leave:
    luck = chance(plan.seed, plan.code, "parental", place)
    benefit = luck.choices((Benefit.PARENTAL_BIRTH, Benefit.PARENTAL_ADOPTION, Benefit.PREGNANCY), (85, 5, 10))[0]
    # One leave is always there early enough to show a rate that NAV decides otherwise.
    first = plan.first + timedelta(days=EARLY) if place == 1 else _begins(plan, luck)
    last = first + timedelta(days=luck.choice(PARENTAL_LENGTHS) - 1)
    pregnancy = benefit is Benefit.PREGNANCY
    leave = Leave(
        person,
        "1",
        benefit,
        first,
        (Telling(_heard(plan, first, luck), last),),
        coverage=WHOLE if pregnancy or luck.random() < 2 / 3 else 80_00,
        degree=WHOLE if luck.random() < 9 / 10 else 50_00,
    )
    return _with_story(plan, leave, place)


def _sick(plan: NorwegianPlan, person: Person, place: int) -> Leave:
    luck = chance(plan.seed, plan.code, "sick", place)
    first = _begins(plan, luck)
    last = first + timedelta(days=luck.randint(24, 60))
    told = [Telling(_heard(plan, first, luck), last)]
    # Certificates go on from one to the next: SAP and NAV hear of it in the week before the end.
    while luck.random() < 1 / 2 and last < plan.last:
        on, last = last - timedelta(days=5), last + timedelta(days=luck.randint(14, 45))
        told.append(Telling(max(on, told[-1].on), last))
    return Leave(person, "1", Benefit.SICKNESS, first, tuple(told), degree=luck.choice((WHOLE, WHOLE, WHOLE, 60_00, 50_00)))


def _begins(plan: NorwegianPlan, luck: Random) -> date:
    """Begin in the first nine tenths of the year, the days before left to the first weeks."""
    return plan.first + timedelta(days=luck.randrange(5, (plan.last - plan.first).days * 9 // 10))


def _heard(plan: NorwegianPlan, first: date, luck: Random) -> date:
    return max(plan.first, first + timedelta(days=luck.randint(-20, 6)))


def _is_seen_paid(plan: NorwegianPlan, first: date) -> bool:
    """Tell whether a main run of the year still books the first payment: that shows the rate that NAV has decided."""
    return months_after(first.replace(day=MAIN_RUN), 2) <= plan.last


def _with_story(plan: NorwegianPlan, leave: Leave, place: int) -> Leave:
    """Let some be registered too late, have another employer, lose or renew their contract, or be taken back."""
    told = leave.tellings[0]
    late = leave.first + timedelta(days=TOO_LATE)
    if place % LATE == LATE - 1 and late < plan.last:
        return replace(leave, tellings=(replace(told, on=late),))
    if (place % TWO_EMPLOYERS == TWO_EMPLOYERS - 1 or place == 1) and _is_seen_paid(plan, leave.first):
        return replace(leave, other_pay=30_000_00)
    if place % ENDING in (LOSES, RENEWS):
        ends = leave.first + timedelta(days=60)
        ending = Telling(max(told.on, ends - timedelta(days=50)), told.last, contract_ends=ends)
        renewed = Telling(ends - timedelta(days=20), told.last)
        return replace(leave, tellings=(told, ending) if place % ENDING == LOSES else (told, ending, renewed))
    if place % WITHDRAWN == WITHDRAWN - 1:
        return replace(leave, tellings=(told, Telling(told.on + timedelta(days=9), told.last, withdrawn=True)))
    return leave
