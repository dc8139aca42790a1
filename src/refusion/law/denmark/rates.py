"""The Danish benefit maximum per week and hour, one for sickness and parental benefit, and the supplement to refunds."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import BASIS_POINTS, ORE, Amount, Day, Share
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import portion

FIGURES = figures(__file__, "rates.toml")
WEEKLY_MAXIMUM = FIGURES["weekly_maximum"]
NORMAL_WEEKLY_HOURS = FIGURES["normal_weekly_hours"]
SUPPLEMENT_RATE = FIGURES["supplement_rate"]
LEAVE_SUPPLEMENT_RATE = FIGURES["leave_supplement_rate"]
LABOUR_MARKET_CONTRIBUTION = FIGURES["labour_market_contribution"]
LEAST_ABSENCE_HOURS = FIGURES["least_absence_hours"]
DAYS_OF_THE_WEEK = FIGURES["days_of_the_week"]


@rule(SDL.section("50").subsection(1), called="maksimum pr. uge", gives=ORE)
def weekly_maximum(monday: Day) -> Amount:
    """The maximum of the year, from its first Monday in January."""
    return WEEKLY_MAXIMUM.at(monday)


@rule(SDL.section("50").subsection(1), called="maksimum pr. time", gives=ORE)
def hourly_maximum(monday: Day) -> Amount:
    """The weekly maximum over the normal weekly hours, to whole øre."""
    return portion(weekly_maximum(monday), 100, NORMAL_WEEKLY_HOURS.at(monday))


@rule(SDL.section("54 b"), called="sats for tillæg til refusion", gives=BASIS_POINTS)
def supplement_rate(monday: Day) -> Share:
    """The year's pension supplement, from its first Monday in January."""
    return SUPPLEMENT_RATE.at(monday)
