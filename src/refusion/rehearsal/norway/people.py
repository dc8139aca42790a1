"""Who works at the Norwegian demo institution: synthetic persons of the tax authority's kind, their pay and their terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.no import fodselsnummer

from refusion.rehearsal.chance import chance
from refusion.rehearsal.institution.names import FIRST_NAMES, LAST_NAMES
from refusion.rehearsal.norway.profile import NorwegianPlan

UNITS = ("Biologi", "Fysikk", "Historie", "Jus", "Kjemi", "Matematikk", "Medisin", "Odontologi")
POSITIONS = (100_00, 100_00, 100_00, 80_00, 50_00)
PAY = (36_000_00, 98_000_00)
STEP = 100_00
SHARED = 5
SYNTHETIC_MONTH = 80
YOUNGEST, OLDEST = date(1999, 12, 31), date(1959, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """One employee with one employment; pay in øre a month, ``projects`` are shares of cost in hundredths of a per cent."""

    number: str
    national_number: str
    name: str
    unit: str
    since: date
    pay: int
    position: int
    projects: tuple[tuple[str, str, int], ...]


def workforce(plan: NorwegianPlan) -> tuple[Person, ...]:
    """Make everybody who works at the institution during its year."""
    numbers = _national_numbers(plan)
    return tuple(_person(plan, place, numbers[place]) for place in range(plan.employees))


def _person(plan: NorwegianPlan, place: int, national_number: str) -> Person:
    luck = chance(plan.seed, plan.code, "person", place)
    unit = luck.choice(UNITS)
    centre = f"{UNITS.index(unit) + 1}00"
    project = f"P{luck.randint(100, 199)}"
    shares = ((centre, "", 60_00), (centre, project, 40_00)) if luck.randrange(SHARED) == 0 else ((centre, "", 100_00),)
    return Person(
        number=f"{place + 1:05d}",
        national_number=national_number,
        name=f"{luck.choice(FIRST_NAMES)} {luck.choice(LAST_NAMES)}",
        unit=unit,
        since=plan.first - timedelta(days=luck.randint(400, 7000)),
        pay=luck.randrange(*PAY, STEP),
        position=luck.choice(POSITIONS),
        projects=shares,
    )


def _national_numbers(plan: NorwegianPlan) -> list[str]:
    """Draw synthetic numbers (80 added to the month) with their check digits, no two alike."""
    luck = chance(plan.seed, plan.code, "national numbers")
    found: dict[str, None] = {}
    while len(found) < plan.employees:
        born = OLDEST + timedelta(days=luck.randrange((YOUNGEST - OLDEST).days))
        begun = f"{born.day:02d}{born.month + SYNTHETIC_MONTH:02d}{born.year % 100:02d}{luck.randint(0, 499):03d}"
        number = _checked(begun)
        if number is not None:
            found[number] = None
    return list(found)


def _checked(begun: str) -> str | None:
    """Add the check digits, None where the first would be ten."""
    one = fodselsnummer.calc_check_digit1(begun)
    number = f"{begun}{one}{fodselsnummer.calc_check_digit2(begun + one)}"
    return number if len(number) == len(begun) + 2 else None


def born(person: Person) -> date:
    """Give the day of birth that a synthetic number tells."""
    digits = person.national_number
    return date(1900 + int(digits[4:6]), int(digits[2:4]) - SYNTHETIC_MONTH, int(digits[:2]))
