"""The rule names of sickness benefit in the case files, answered by the functions that the product itself calls."""

from __future__ import annotations

from datetime import date, timedelta

from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.law.engine.worked import (
    Answer,
    Given,
    Input,
    Worked,
    day,
    day_or_null,
    hundredths,
    not_negative,
    one_of,
    period,
    several,
    truth,
)
from refusion.law.norway.readers import TO_A_YEAR, amounts, per_year, record, whole, whole_percent, yearly, yearly_fields
from refusion.law.norway.sickness import employer_period, right
from refusion.law.norway.sickness.limit import Limit, last_paid_day
from refusion.law.norway.sickness.split import DaySplit, Work, day_split, sickness_basis, sickness_rate
from refusion.values.period import FRIDAY, ONE_DAY, Period
from refusion.values.said import said


def _work(value: object) -> Work:
    given = record({"grad": Input(whole_percent), **yearly_fields("inntekt", "refusjon")})(value)
    income, claim = yearly(given, "inntekt"), yearly(given, "refusjon")
    if income is None:
        raise ValueError("an employer without inntekt_dag, inntekt_mnd or inntekt_aar")
    return Work(given.of(int, "grad"), income, claim or 0)


def _split(given: Given) -> DaySplit:
    return day_split(given.of(tuple, "arbeidsgivere"), given.of(int, "sykepengegrunnlag_begrenset"))


def _paid_days(given: Given) -> Period:
    days = given.of(int, "kalenderdager")
    if not days:
        raise NotAnswered(said("law.no_days"))
    return Period(given.of(date, "fom"), given.of(date, "fom") + timedelta(days=days - 1))


def _sum(given: Given) -> int:
    basis = yearly(given, "sykepengegrunnlag")
    if basis is None:
        raise MissingFact("sykepengegrunnlag_dag", "sykepengegrunnlag_aar")
    start = given.of(date, "fom").toordinal()
    income = given.of(int, "dagsinntekt") * TO_A_YEAR["dag"]
    return _paid_days(given).weekdays * sickness_rate(sickness_basis(basis, start), income, given.of(int, "grad"))


def _counted(given: Given) -> employer_period.Counted:
    return employer_period.counted_absence((each.of(str, "type"), each.of(int, "kalenderdager")) for each in given.of(tuple, "sekvens"))


def _limit(given: Given) -> Limit:
    return last_paid_day(given.of(tuple, "perioder") or [_absence(given)], given.maybe(date, "fodt"))


def _absence(given: Given) -> Period:
    first = given.maybe(date, "fom_nav")
    sick = given.maybe(date, "fom_sykdom")
    if first is None and sick is not None:
        first = sick + timedelta(days=given.of(int, "agp_kalenderdager"))
    if first is None:
        raise MissingFact("fom_nav", "fom_sykdom")
    days, weekdays = given.maybe(int, "kalenderdager"), given.maybe(int, "nav_ukedager")
    if days:
        return Period(first, first + timedelta(days=days - 1))
    if not weekdays:
        raise MissingFact("nav_ukedager", "kalenderdager")
    return Period(first, _weekday_on(first, weekdays))


def _weekday_on(first: date, count: int) -> date:
    last = first - ONE_DAY
    while count:
        last += ONE_DAY
        count -= last.weekday() <= FRIDAY
    return last


def _refund_from(given: Given) -> date:
    received, term = given.of(date, "soknad_mottatt"), given.maybe(date, "termindato")
    if given.of(str, "grunn") == "kronisk":
        return date.fromordinal(right.chronic_refund_from(received.toordinal()))
    if term is None:
        raise MissingFact("termindato")
    return date.fromordinal(right.pregnancy_refund_from(received.toordinal(), term.toordinal()))


def _has_right(given: Given) -> bool:
    days = [given.of(date, name).toordinal() for name in ("ansatt_fra", "forste_fravaersdag", "fodt")]
    return bool(right.has_sickness_right(*days, given.of(int, "inntekt_aar")))


RULES = {
    "NO-SP-FORDELING": Worked(
        {"sykepengegrunnlag_begrenset": Input(per_year), "arbeidsgivere": Input(several(_work))},
        {
            "arbeidsgiver": Answer(amounts, lambda given: tuple(map(int, _split(given).employers))),
            "person": Answer(amounts, lambda given: tuple(map(int, _split(given).person))),
        },
    ),
    "NO-SP-6G": Worked(
        {
            "fom": Input(day),
            "kalenderdager": Input(whole),
            "dagsinntekt": Input(not_negative),
            "grad": Input(whole_percent),
            **yearly_fields("sykepengegrunnlag"),
        },
        {"sum": Answer(hundredths, _sum)},
    ),
    "NO-SP-AGP": Worked(
        {"sekvens": Input(several(record({"type": Input(one_of(*employer_period.KINDS)), "kalenderdager": Input(whole)})))},
        {
            "agp_dager": Answer(whole, lambda given: _counted(given).employer_days),
            "sykedager_etter_agp": Answer(whole, lambda given: _counted(given).sick_days_after),
        },
    ),
    "NO-SP-MAKS": Worked(
        {
            "fom_nav": Input(day, None),
            "fom_sykdom": Input(day, None),
            "agp_kalenderdager": Input(whole, 0),
            "nav_ukedager": Input(whole, None),
            "kalenderdager": Input(whole, None),
            "perioder": Input(several(period), ()),
            "fodt": Input(day, None),
        },
        {
            "maksdato": Answer(day_or_null, lambda given: _limit(given).last_day),
            "avvist": Answer(several(day), lambda given: _limit(given).refused),
        },
    ),
    "NO-SP-8-20": Worked(
        {"grunn": Input(one_of("kronisk", "svangerskap")), "soknad_mottatt": Input(day), "termindato": Input(day, None)},
        {"refusjon_fra": Answer(day, _refund_from)},
    ),
    "NO-SP-RETT": Worked(
        {"ansatt_fra": Input(day), "forste_fravaersdag": Input(day), "fodt": Input(day), "inntekt_aar": Input(not_negative)},
        {"rett": Answer(truth, _has_right)},
    ),
}
