"""ftrl §§ 14-9, 14-10 a, 14-12, 14-14: how many days of parental benefit there are, for whom, by the day of birth or adoption."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.law.engine.numbers import DAYS, Day, Days, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, both, when
from refusion.law.norway.choices import QUOTA_HISTORY
from refusion.law.norway.days import paid_days
from refusion.law.norway.statutes import FTRL
from refusion.values.said import said

FIGURES = figures(__file__, "quotas.toml")
OWN_QUOTA_AT_FULL, OWN_QUOTA_AT_REDUCED = FIGURES["own_quota_at_full_coverage"], FIGURES["own_quota_at_reduced_coverage"]
SHARED_AT_FULL, SHARED_AT_REDUCED = FIGURES["shared_days_at_full_coverage"], FIGURES["shared_days_at_reduced_coverage"]
SOLE_AT_FULL, SOLE_AT_REDUCED = FIGURES["sole_days_at_full_coverage"], FIGURES["sole_days_at_reduced_coverage"]
FATHER_AT_FULL, FATHER_AT_REDUCED = FIGURES["only_father_days_at_full_coverage"], FIGURES["only_father_days_at_reduced_coverage"]
TWIN_AT_FULL, TWIN_AT_REDUCED = FIGURES["twin_days_at_full_coverage"], FIGURES["twin_days_at_reduced_coverage"]
TRIPLET_AT_FULL, TRIPLET_AT_REDUCED = FIGURES["triplet_days_at_full_coverage"], FIGURES["triplet_days_at_reduced_coverage"]
OLD_QUOTA_AT_FULL, OLD_QUOTA_AT_REDUCED = (
    FIGURES["historical_own_quota_at_full_coverage"],
    FIGURES["historical_own_quota_at_reduced_coverage"],
)
OLD_SHARED_AT_FULL, OLD_SHARED_AT_REDUCED = (
    FIGURES["historical_shared_days_at_full_coverage"],
    FIGURES["historical_shared_days_at_reduced_coverage"],
)
DAYS_BEFORE_BIRTH = FIGURES["days_before_birth"]
DAYS_AROUND_BIRTH = FIGURES["days_around_birth"]
LEAST_RIGHT_DAYS = FIGURES["least_right_days"]
PREMATURE_DAYS = FIGURES["premature_days"]
RIGHTS = ("BEGGE_RETT", "BARE_MOR", "MOR_ALENEOMSORG", "BARE_FAR", "FAR_ALENEOMSORG")
MOTHERS_RIGHTS = ("BEGGE_RETT", "BARE_MOR", "MOR_ALENEOMSORG")
TWO = 2


@dataclass(frozen=True, slots=True)
class Child:
    """What decides the days: the day of birth or adoption, coverage of 100 % or not, whose right, how many children.

    ``care_days``: weekdays of care benefit (pleiepenger) between an early birth and the term.
    """

    day: date
    full_coverage: bool
    right: str
    children: int
    birth: bool
    term: date | None = None
    care_days: int = 0


@rule(FTRL.section("14-12").subsection(1), called="mødrekvote og fedrekvote", gives=DAYS)
def own_quota(day: Day, full_coverage: Truth) -> Days:
    """Days reserved for each parent."""
    return when(full_coverage, OWN_QUOTA_AT_FULL.at(day), OWN_QUOTA_AT_REDUCED.at(day))


@rule(FTRL.section("14-12").subsection(1), called="kvotene slik loven var", gives=DAYS)
def historical_own_quota(day: Day, full_coverage: Truth) -> Days:
    """Days reserved for each parent as the law of the time was."""
    return when(full_coverage, OLD_QUOTA_AT_FULL.at(day), OLD_QUOTA_AT_REDUCED.at(day))


@rule(FTRL.section("14-9").subsection(5), called="fellesperiode", gives=DAYS)
def shared_days(day: Day, full_coverage: Truth) -> Days:
    """Days that the parents share."""
    return when(full_coverage, SHARED_AT_FULL.at(day), SHARED_AT_REDUCED.at(day))


@rule(FTRL.section("14-9").subsection(5), called="fellesperioden slik loven var", gives=DAYS)
def historical_shared_days(day: Day, full_coverage: Truth) -> Days:
    """Days that the parents shared as the law of the time was."""
    return when(full_coverage, OLD_SHARED_AT_FULL.at(day), OLD_SHARED_AT_REDUCED.at(day))


@rule(FTRL.section("14-9").subsection(1), called="foreldrepenger ved enerett eller aleneomsorg", gives=DAYS)
def sole_days(day: Day, full_coverage: Truth) -> Days:
    """Days of a mother with sole right or of a parent with sole care."""
    return when(full_coverage, SOLE_AT_FULL.at(day), SOLE_AT_REDUCED.at(day))


@rule(FTRL.section("14-14"), called="foreldrepenger når bare far har rett", gives=DAYS)
def only_father_days(day: Day, full_coverage: Truth) -> Days:
    """Days of a father who alone has the right."""
    return when(full_coverage, FATHER_AT_FULL.at(day), FATHER_AT_REDUCED.at(day))


@rule(FTRL.section("14-9").subsection(4), called="tillegg for to barn", gives=DAYS)
def twin_days(day: Day, full_coverage: Truth) -> Days:
    """Extra days for two children."""
    return when(full_coverage, TWIN_AT_FULL.at(day), TWIN_AT_REDUCED.at(day))


@rule(FTRL.section("14-9").subsection(4), called="tillegg for tre eller flere barn", gives=DAYS)
def triplet_days(day: Day, full_coverage: Truth) -> Days:
    """Extra days for three or more children."""
    return when(full_coverage, TRIPLET_AT_FULL.at(day), TRIPLET_AT_REDUCED.at(day))


@rule(FTRL.section("14-9").subsection(6), called="foreldrepenger før fødsel", gives=DAYS)
def days_before_birth(day: Day) -> Days:
    """Days of the mother before the birth."""
    return DAYS_BEFORE_BIRTH.at(day)


@rule(FTRL.section("14-9").subsection(6), called="fars dager rundt fødselen", gives=DAYS)
def days_around_birth(day: Day) -> Days:
    """Days of the father around the birth, inside his own."""
    return DAYS_AROUND_BIRTH.at(day)


@rule(FTRL.section("14-14").subsection(3), called="minsterett", gives=DAYS)
def least_right_days(day: Day) -> Days:
    """Days of a father who alone has the right that ask nothing of the mother."""
    return LEAST_RIGHT_DAYS.at(day)


@rule(FTRL.section("14-10 a"), called="prematurdager", gives=DAYS)
def premature_extra_days(birth: Day, term: Day, care_days: Days) -> Days:
    """The weekdays from a birth more than 52 days before term to the day before term, less days of care benefit; none before July 2019."""
    early = PREMATURE_DAYS.at(birth)
    more = at_least(paid_days(birth, term - 1) - care_days, 0)
    return when(both(early > 0, birth + early < term), more, 0)


@account(FTRL.section("14-9"), called="stønadskontoer")
def quotas(child: Child) -> dict[str, int]:
    """Give the days of each account by its native name, only those that hold any; ``sum`` counts what can be taken.

    Raises NotAnswered for no child, NotKnown before 2010.
    """
    if child.children < 1:
        raise NotAnswered(said("law.no_child"))
    day = child.day.toordinal()
    more = _extra(child, day)
    kept = _parents(child, day)
    kept["FELLESPERIODE" if "FELLESPERIODE" in kept else "FORELDREPENGER"] += more["FLERBARNSDAGER"] + more["PREMATURDAGER"]
    if child.birth and child.right in MOTHERS_RIGHTS:
        kept["FORELDREPENGER_FOR_FODSEL"] = days_before_birth(day)
    in_all = {**kept, "sum": sum(kept.values()), **more, **_inside(child, day)}
    return {name: days for name, days in in_all.items() if days}


def _parents(child: Child, day: int) -> dict[str, int]:
    if child.right == "BEGGE_RETT":
        old = QUOTA_HISTORY.follows("history")
        quota, shared = (historical_own_quota, historical_shared_days) if old else (own_quota, shared_days)
        own = quota(day, child.full_coverage)
        return {"FELLESPERIODE": shared(day, child.full_coverage), "FEDREKVOTE": own, "MODREKVOTE": own}
    alone = only_father_days if child.right == "BARE_FAR" else sole_days
    return {"FORELDREPENGER": alone(day, child.full_coverage)}


def _extra(child: Child, day: int) -> dict[str, int]:
    several = {1: 0, TWO: twin_days(day, child.full_coverage)}
    premature = premature_extra_days(day, child.term.toordinal(), child.care_days) if child.birth and child.term else 0
    return {
        "FLERBARNSDAGER": several[child.children] if child.children in several else triplet_days(day, child.full_coverage),
        "PREMATURDAGER": premature,
    }


def _inside(child: Child, day: int) -> dict[str, int]:
    around = child.birth and child.right not in {"BARE_MOR", "MOR_ALENEOMSORG"}
    return {
        "FAR_RUNDT_FODSEL": days_around_birth(day) if around else 0,
        "MINSTERETT": least_right_days(day) if child.right == "BARE_FAR" else 0,
    }
