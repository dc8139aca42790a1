"""SDL §§ 2, 3, 42: who among the self-employed has a right, and what makes it lapse."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from dataclasses import dataclass

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import YES_OR_NO, Count, Hours, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import needed
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import both, either

FIGURES = figures(__file__, "self_employed.toml")
BUSINESS_MONTHS = FIGURES["business_months"]
BUSINESS_WEEKLY_HOURS = FIGURES["business_weekly_hours"]
TERRITORY_READ = "chapter 3 has residence and tax; a guide puts residence in § 3 and tax in § 4, neither was read"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a self-employed person on the first absence day; months and hours in hundredths.

    ``by_treaty`` = lives or is taxed elsewhere under EU rules or an agreement, which a person must decide.
    """

    months_in_last_12: int
    last_month_self_employed: bool
    weekly_hours: int
    employee_months: int = 0
    self_employed: bool = True
    incapable: bool = True
    lives_and_taxed_in_denmark: bool = True
    by_treaty: bool = False
    lapsed: bool = False
    in_time: bool = True


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether the person has a right; the predicates (E1 …) that failed, and those that a person must decide."""

    eligible: bool
    failed: tuple[str, ...]
    to_decide: tuple[str, ...] = ()


@rule(SDL.section("42"), called="selvstændig i 6 af de seneste 12 måneder", gives=YES_OR_NO)
def is_long_enough_in_business(business_months: Count, employee_months: Count, last_month_self_employed: Truth) -> Truth:
    """Six months of the last 12, months as employee filling them up, and self-employed in the last month itself.

    Months are hundredths.
    """
    return both(business_months + employee_months >= BUSINESS_MONTHS.ever(), last_month_self_employed)


@rule(SDL.section("42"), called="i væsentligt omfang", gives=YES_OR_NO)
def is_substantial_business(business_hours: Hours) -> Truth:
    """At least half of the normal weekly hours: 18.5."""
    return business_hours >= BUSINESS_WEEKLY_HOURS.ever()


@rule(SDL.section("3").not_verified(TERRITORY_READ), called="bor og skatter i Danmark", gives=YES_OR_NO)
def is_covered_by_danish_benefit(lives_and_taxed: Truth, by_treaty: Truth) -> Truth:
    """Lives in Denmark and pays Danish tax, or may be covered by EU rules or an agreement."""
    return either(lives_and_taxed, by_treaty)


@rule(SDL.section("21").subsection(1), called="retten er bortfaldet", gives=YES_OR_NO)
def is_right_lapsed(hinders_clinical_function: Truth, delays_recovery: Truth, refuses_follow_up: Truth, neglects_notice: Truth) -> Truth:
    """Will not help the clinical function, delays recovery, does not take part, or does not notify or document."""
    return either(hinders_clinical_function, delays_recovery, refuses_follow_up, neglects_notice)


@account(SDL.section("42"), called="ret for selvstændige")
def eligibility(person: Person) -> Eligibility:
    """Tell whether a self-employed person has a right, and by which predicates (SDL §§ 2, 3, 42). Raises MissingFact."""
    needed({name: getattr(person, name) for name in Person.__slots__})
    in_business = is_long_enough_in_business(person.months_in_last_12, person.employee_months, person.last_month_self_employed)
    held = {
        "E1": person.self_employed,
        "E2": person.incapable,
        "E3": is_covered_by_danish_benefit(person.lives_and_taxed_in_denmark, person.by_treaty),
        "E4": in_business,
        "E5": is_substantial_business(person.weekly_hours),
        "E7": not person.lapsed,
        "E8": person.in_time,
    }
    failed = tuple(name for name, holds in held.items() if not holds)
    decide = ("E3",) if person.by_treaty and not person.lives_and_taxed_in_denmark else ()
    return Eligibility(not failed and not decide, failed, decide)
