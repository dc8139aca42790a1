"""BL §§ 6-14, 21-23: the weeks with benefit of each parent, those that can be given away, and until when they can be used."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import BL
from refusion.law.engine.numbers import COUNT, DAY, ORE, YES_OR_NO, Amount, Count, Day, Hours, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most, both, months_on, portion, when

FIGURES = figures(__file__, "weeks.toml")
MOTHER_WEEKS_BEFORE_BIRTH = FIGURES["mother_weeks_before_birth"]
MOTHER_WEEKS_AT_BIRTH = FIGURES["mother_weeks_at_birth"]
MOTHER_FIRST_WEEKS_TO_GIVE = FIGURES["mother_first_weeks_to_give"]
FATHER_WEEKS_AT_BIRTH = FIGURES["father_weeks_at_birth"]
FATHER_WEEKS_EARMARKED_AT_BIRTH = FIGURES["father_weeks_earmarked_at_birth"]
MOTHER_PARENTAL_WEEKS = FIGURES["mother_parental_weeks"]
FATHER_PARENTAL_WEEKS = FIGURES["father_parental_weeks"]
SHARED_PARENTAL_WEEKS = FIGURES["shared_parental_weeks"]
EARMARKED_WEEKS = FIGURES["earmarked_weeks"]
SOLO_PARENT_WEEKS = FIGURES["solo_parent_weeks"]
MULTIPLE_BIRTH_CHILDREN = FIGURES["multiple_birth_children"]
MULTIPLE_BIRTH_WEEKS = FIGURES["multiple_birth_weeks"]
MULTIPLE_BIRTH_SHARED_WEEKS = FIGURES["multiple_birth_shared_weeks"]
ADOPTER_FIRST_WEEKS = FIGURES["adopter_first_weeks"]
ADOPTER_LATER_WEEKS = FIGURES["adopter_later_weeks"]
GRIEF_WEEKS = FIGURES["grief_weeks"]
GRIEF_WEEKS_GIVEN_UP = FIGURES["grief_weeks_given_up"]
ABSENCE_WEEKS = FIGURES["absence_weeks"]
EXTENSION_WEEKS = FIGURES["extension_weeks"]
LONG_EXTENSION_WEEKS = FIGURES["long_extension_weeks"]
POSTPONED_WEEKS = FIGURES["postponed_weeks"]
POSTPONED_UNTIL_AGE = FIGURES["postponed_until_age"]
EARMARKED_MONTHS = FIGURES["earmarked_months"]
MANY_WEEKS_MONTHS = FIGURES["many_weeks_months"]
HOSPITAL_EXTENSION_MONTHS = FIGURES["hospital_extension_months"]
FULL_WORK_READ = "a note of 2026 names stk. 3; the order of 2018 rests on stk. 3 as a power to make rules"
APART_RESIDENT_WEEKS = FIGURES["apart_resident_weeks"]
APART_SOLE_CUSTODY_WEEKS = FIGURES["apart_sole_custody_weeks"]
APART_OTHER_WEEKS = FIGURES["apart_other_weeks"]


@rule(BL.section("6").subsection(1), called="orlov før fødslen fra", gives=DAY)
def pregnancy_leave_first_day(expected_birth: Day) -> Day:
    """Four weeks before the expected birth."""
    return expected_birth - 7 * MOTHER_WEEKS_BEFORE_BIRTH.ever()


@rule(BL.section("21").subsection(1), called="moderens uger med dagpenge efter fødslen", gives=COUNT)
def mother_benefit_weeks(born_on: Day) -> Count:
    """Those from the birth and her own parental weeks; weeks that both share are not among them."""
    return MOTHER_WEEKS_AT_BIRTH.at(born_on) + MOTHER_PARENTAL_WEEKS.at(born_on)


@rule(BL.section("21").subsection(1), called="faderens eller medmoderens uger med dagpenge efter fødslen", gives=COUNT)
def father_benefit_weeks(born_on: Day) -> Count:
    """Those around the birth and their own parental weeks; weeks that both share are not among them."""
    return FATHER_WEEKS_AT_BIRTH.at(born_on) + FATHER_PARENTAL_WEEKS.at(born_on)


@rule(BL.section("21").subsection(1), called="fælles uger med dagpenge", gives=COUNT)
def shared_benefit_weeks(born_on: Day) -> Count:
    """Weeks that the parents share as they like: those of children born before 2 August 2022."""
    return SHARED_PARENTAL_WEEKS.at(born_on)


@rule(BL.section("21"), called="parrets uger med dagpenge", gives=COUNT)
def weeks_of_both(born_on: Day) -> Count:
    """All weeks with benefit of a couple, those before the birth among them."""
    own = mother_benefit_weeks(born_on) + father_benefit_weeks(born_on)
    return MOTHER_WEEKS_BEFORE_BIRTH.ever() + own + shared_benefit_weeks(born_on)


@rule(BL.section("21").subsection(2), called="moderens uger der kan overdrages", gives=COUNT)
def mother_weeks_to_give(wage_earner: Truth, born_on: Day) -> Count:
    """Her parental weeks less those earmarked, which only an employed wage earner has."""
    return MOTHER_PARENTAL_WEEKS.at(born_on) - when(wage_earner, EARMARKED_WEEKS.at(born_on), 0)


@rule(BL.section("7 a"), called="moderens første uger der kan overdrages", gives=COUNT)
def mother_first_weeks_to_give(born_on: Day) -> Count:
    """Of the first ten weeks, all but the two straight after the birth."""
    return MOTHER_FIRST_WEEKS_TO_GIVE.at(born_on)


@rule(BL.section("21").subsection(2), called="faderens eller medmoderens uger der kan overdrages", gives=COUNT)
def father_weeks_to_give(wage_earner: Truth, born_on: Day) -> Count:
    """Their weeks less the two around the birth and those earmarked, which only an employed wage earner has."""
    free = father_benefit_weeks(born_on) - FATHER_WEEKS_EARMARKED_AT_BIRTH.at(born_on)
    return free - when(wage_earner, EARMARKED_WEEKS.at(born_on), 0)


@rule(BL.section("21").subsection(2), called="uger efter overdragelse", gives=COUNT)
def weeks_after_giving(own_weeks: Count, given_away: Count, weeks_to_give: Count, received: Count) -> Count:
    """Own weeks less what was given away, as far as it can be, and what was received."""
    return own_weeks - at_most(given_away, weeks_to_give) + received


@rule(BL.section("21 c").subsection(1), called="soloforælderens uger", gives=COUNT)
def solo_parent_weeks(born_on: Day) -> Count:
    """The mother's weeks after the birth and those of the parent who is not there."""
    return mother_benefit_weeks(born_on) + SOLO_PARENT_WEEKS.at(born_on)


@rule(BL.section("21 b").subsection(1), called="ekstra uger til den forælder barnet bor hos", gives=COUNT)
def resident_parent_more_weeks(sole_custody: Truth, born_on: Day) -> Count:
    """When the parents live apart: 13 weeks, with sole custody 9 more."""
    return APART_RESIDENT_WEEKS.at(born_on) + when(sole_custody, APART_SOLE_CUSTODY_WEEKS.at(born_on), 0)


@rule(BL.section("21 b").subsection(2), called="den anden forælders uger", gives=COUNT)
def other_parent_weeks(born_on: Day) -> Count:
    """When the parents live apart: the weeks that the other parent keeps."""
    return APART_OTHER_WEEKS.at(born_on)


@rule(BL.section("14 a").subsection(1), called="ekstra uger ved flerlinger", gives=COUNT)
def multiple_birth_weeks(children: Count, born_on: Day) -> Count:
    """Additional weeks for each parent when two or more are born together, from 1 May 2024."""
    return when(children >= MULTIPLE_BIRTH_CHILDREN.at(born_on), MULTIPLE_BIRTH_WEEKS.at(born_on), 0)


@rule(BL.section("14 a").subsection(1), called="fælles ekstra uger ved flerlinger", gives=COUNT)
def multiple_birth_shared_weeks(children: Count, born_on: Day) -> Count:
    """Additional weeks that the parents share when three or more are born together, from 2023 to 30 April 2024."""
    return when(children >= MULTIPLE_BIRTH_CHILDREN.at(born_on), MULTIPLE_BIRTH_SHARED_WEEKS.at(born_on), 0)


@rule(BL.section("8").subsection(6), called="adoptantens uger", gives=COUNT)
def adopter_weeks(received_on: Day) -> Count:
    """Weeks of each adopter, or parent by surrogacy: straight after the child is received, and later."""
    return ADOPTER_FIRST_WEEKS.at(received_on) + ADOPTER_LATER_WEEKS.at(received_on)


@rule(BL.section("13"), called="sorgorlov", gives=COUNT)
def grief_leave_weeks(given_up: Truth, lost_on: Day) -> Count:
    """Weeks after the death of a child under 18; fewer when it was given up for adoption."""
    return when(given_up, GRIEF_WEEKS_GIVEN_UP.at(lost_on), GRIEF_WEEKS.at(lost_on))


@rule(BL.section("10"), called="fraværsuger med forlængelse", gives=COUNT)
def absence_weeks_extended(extended: Truth, employed: Truth, born_on: Day) -> Count:
    """The right to absence, prolonged to 40 weeks, by an employed parent to 46, without more benefit."""
    more = when(employed, LONG_EXTENSION_WEEKS.at(born_on), EXTENSION_WEEKS.at(born_on))
    return ABSENCE_WEEKS.at(born_on) + when(extended, more, 0)


@rule(BL.section("21").subsection(3), called="nedsat ugebeløb ved forlængelse", gives=ORE)
def stretched_week_benefit(week_ore: Amount, absence_weeks: Count, born_on: Day) -> Amount:
    """Before 2 August 2022 the 32 weeks' benefit could be spread over 40 or 46 weeks; since then a week keeps its amount."""
    shared = SHARED_PARENTAL_WEEKS.at(born_on)
    stretched = portion(week_ore, shared, at_least(at_least(absence_weeks, shared), 1))
    return when(shared > 0, stretched, week_ore)


@rule(BL.section("11"), called="udskudte uger", gives=COUNT)
def postponable_weeks(born_on: Day) -> Count:
    """Weeks that may be kept for later as a right."""
    return POSTPONED_WEEKS.at(born_on)


@rule(BL.section("23").subsection(7), called="sidste dag for udskudte uger", gives=DAY)
def postponed_last_day(born_on: Day) -> Day:
    """The day before the child is 9."""
    return months_on(born_on, POSTPONED_UNTIL_AGE.ever()) - 1


@rule(BL.section("21").subsection(3), called="sidste dag for øremærkede uger", gives=DAY)
def earmarked_last_day(born_on: Day) -> Day:
    """The day before the child is 1."""
    return months_on(born_on, EARMARKED_MONTHS.ever()) - 1


@rule(BL.section("21 d"), called="sidste dag ved mere end 52 uger", gives=DAY)
def many_weeks_last_day(born_on: Day) -> Day:
    """The day before the child is 16 months, for those with more than 52 weeks of benefit."""
    return months_on(born_on, MANY_WEEKS_MONTHS.ever()) - 1


@rule(BL.section("14").subsection(2), called="længste forlængelse under indlæggelse", gives=DAY)
def hospital_extension_last_day(leave_last_day: Day, days_in_hospital: Count, born_on: Day) -> Day:
    """The leave's last day put off by the days in hospital, at most 3 months, for births from 2026 a year."""
    latest = months_on(leave_last_day, HOSPITAL_EXTENSION_MONTHS.at(born_on))
    return at_most(leave_last_day + days_in_hospital, latest)


@rule(BL.section("22").subsection(3).not_verified(FULL_WORK_READ), called="ret til dagpenge i ugen", gives=YES_OR_NO)
def is_week_of_leave(worked_hours: Hours, weekly_hours: Hours) -> Truth:
    """A week that is fully worked gives no benefit."""
    return both(weekly_hours > 0, worked_hours < weekly_hours)
