"""The rule names of the basis and the amount of parental benefit in the case files, answered by what the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.law.engine.worked import (
    Answer,
    Given,
    Input,
    Worked,
    day,
    hundredths,
    not_negative,
    one_of,
    several,
    text,
    truth,
)
from refusion.law.norway import days
from refusion.law.norway.base_amount import six_base_amounts
from refusion.law.norway.parental import basis, rate, worked_days
from refusion.law.norway.parental.cap import Employer, Shares, capped_shares
from refusion.law.norway.parental.month import Leave, MonthExpectation, month_expectation
from refusion.law.norway.readers import amounts, month, months, percent, record, share, ten_decimals, whole
from refusion.values.period import Period
from refusion.values.said import said

PERCENTAGES = {80: 80_00, 100: 100_00}
PROFILE = Input(one_of("law", "uio"), "law")


def _month(given: Given) -> MonthExpectation:
    leave = Leave(
        start=given.of(date, "start"),
        coverage=given.of(int, "coverage_percent"),
        annual_basis=given.maybe(int, "annual_basis"),
        average_weekly_income=given.maybe(int, "average_weekly_income"),
        employment_ends=given.maybe(date, "employment_ends"),
    )
    with following(profile=given.of(str, "profile")):
        return month_expectation(leave, given.of(Period, "month"))


def _rate(given: Given) -> int:
    annual = given.maybe(int, "pr_aar")
    annual = given.maybe(int, "aarsinntekt") if annual is None else annual
    if annual is None:
        raise MissingFact("pr_aar", "aarsinntekt")
    return days.daily_rate(annual)


def _rates(given: Given, part: str) -> tuple[int, ...]:
    daily = [each.of(int, part) for each in given.of(tuple, "arbeidsforhold")]
    return tuple(days.daily_rate(amount * days.PAID_DAYS_OF_YEAR.ever()) for amount in daily)


def _graded(given: Given, *, refund: bool) -> int:
    position = rate.counted_position(given.of(int, "stillingsprosent"), given.of(bool, "gradering"))
    # The basis of pregnancy benefit is reduced already.
    degree = rate.WHOLE if given.of(str, "ytelse") == "SVP" else given.of(int, "utbetalingsgrad")
    facts = (given.of(int, "refusjon_pr_aar"), position, given.of(int, "arbeidstidsprosent"), degree)
    return rate.graded_refund_rate(*facts) if refund else rate.graded_person_rate(given.of(int, "bruker_pr_aar"), *facts)


def _shares(given: Given) -> Shares:
    gross, claims = given.of(tuple, "brutto_pr_aar"), given.of(tuple, "refusjonskrav_pr_aar")
    in_kind = given.maybe(tuple, "bortfalt_naturalytelse_pr_aar") or (0,) * len(gross)
    if not len(gross) == len(claims) == len(in_kind):
        raise NotAnswered(said("law.lists_unequal"))
    employers = [Employer(*each) for each in zip(gross, claims, in_kind, strict=True)]
    return capped_shares(employers, six_base_amounts(given.of(int, "grunnbelop")), given.of(int, "dekningsgrad"))


def _deviation(given: Given) -> tuple[int, bool]:
    counted = given.of(int, "beregnet_pr_aar") + given.of(int, "naturalytelse_bortfalt_pr_aar")
    return basis.basis_deviation(counted, given.of(int, "sammenligning_pr_aar"))


def _comparison(given: Given) -> basis.Comparison:
    return basis.comparison_basis(
        given.of(date, "behandlingsdato"),
        given.of(date, "skjaeringstidspunkt"),
        given.of(Period, "rapportert_maaneder"),
        given.of(int, "maanedsinntekt"),
    )


def _annual_basis(given: Given) -> int:
    start = given.of(date, "start").toordinal()
    with following(profile=given.of(str, "profile")):
        weekly = basis.is_basis_from_weeks(start)
    name = "ukeinntekt_snitt" if weekly else "tre_maaneder_sum"
    pay = given.of(int, name)
    annual = basis.annual_basis_from_week(pay) if weekly else basis.annual_basis_from_months(pay)
    return annual + basis.annual_benefits_in_kind(given.of(int, "naturalytelse_mnd"))


def _coverage(value: object) -> int:
    return PERCENTAGES.get(whole(value), whole(value) * 100)


def _graded_claims(given: Given) -> int:
    claims = given.of(tuple, "arbeidsgivere")
    return sum(rate.graded_annual_claim(each.of(int, "refusjon_mnd"), each.of(int, "utbetalingsgrad")) for each in claims)


EMPLOYMENTS = several(record({"bruker_dag": Input(not_negative, 0), "ag_dag": Input(not_negative, 0)}))
RULES = {
    **worked_days.RULES,
    "NO-FP-MONTH": Worked(
        {
            "start": Input(day),
            "annual_basis": Input(hundredths, None),
            "average_weekly_income": Input(hundredths, None),
            "coverage_percent": Input(_coverage),
            "month": Input(month),
            "employment_ends": Input(day, None),
            "profile": PROFILE,
        },
        {
            "weekdays": Answer(whole, lambda given: _month(given).days),
            "daily_rate": Answer(hundredths, lambda given: int(_month(given).rate)),
            "expected": Answer(hundredths, lambda given: int(_month(given).expected)),
        },
    ),
    "NO-FP-DAGSATS": Worked(
        {
            "pr_aar": Input(not_negative, None),
            "aarsinntekt": Input(not_negative, None),
            "dagsats_uavrundet": Input(text, None),
            "arbeidsforhold": Input(EMPLOYMENTS, None),
        },
        {
            "dagsats": Answer(hundredths, _rate),
            "bruker": Answer(amounts, lambda given: _rates(given, "bruker_dag")),
            "arbeidsgiver": Answer(amounts, lambda given: _rates(given, "ag_dag")),
        },
    ),
    "NO-FP-GRAD": Worked(
        {
            "bruker_pr_aar": Input(not_negative),
            "refusjon_pr_aar": Input(not_negative),
            "stillingsprosent": Input(percent),
            "arbeidstidsprosent": Input(percent),
            "utbetalingsgrad": Input(percent),
            "gradering": Input(truth),
            "ytelse": Input(one_of("FP", "SVP"), "FP"),
        },
        {
            "bruker": Answer(hundredths, lambda given: _graded(given, refund=False)),
            "arbeidsgiver": Answer(hundredths, lambda given: _graded(given, refund=True)),
        },
    ),
    "NO-GRL-6G": Worked(
        {
            "brutto_pr_aar": Input(several(not_negative)),
            "refusjonskrav_pr_aar": Input(several(not_negative)),
            "bortfalt_naturalytelse_pr_aar": Input(several(not_negative), None),
            "grunnbelop": Input(not_negative),
            "dekningsgrad": Input(share),
        },
        {
            "refusjon_pr_aar": Answer(amounts, lambda given: tuple(map(int, _shares(given).employers))),
            "bruker_pr_aar": Answer(amounts, lambda given: tuple(map(int, _shares(given).person))),
        },
    ),
    "NO-GRL-30": Worked(
        {
            "start": Input(day),
            "tre_maaneder_sum": Input(not_negative, None),
            "ukeinntekt_snitt": Input(not_negative, None),
            "naturalytelse_mnd": Input(not_negative, 0),
            "profile": PROFILE,
        },
        {"pr_aar": Answer(hundredths, _annual_basis)},
    ),
    "NO-GRL-25": Worked(
        {
            "beregnet_pr_aar": Input(not_negative),
            "naturalytelse_bortfalt_pr_aar": Input(not_negative, 0),
            "sammenligning_pr_aar": Input(hundredths),
        },
        {
            "avvik_prosent": Answer(ten_decimals, lambda given: _deviation(given)[0]),
            "over_grense": Answer(truth, lambda given: _deviation(given)[1]),
        },
    ),
    "NO-GRL-SAMMENLIGN": Worked(
        {
            "behandlingsdato": Input(day),
            "skjaeringstidspunkt": Input(day),
            "rapportert_maaneder": Input(months),
            "maanedsinntekt": Input(not_negative),
        },
        {
            "fom": Answer(day, lambda given: _comparison(given).months.first),
            "tom": Answer(day, lambda given: _comparison(given).months.last),
            "rapportert_pr_aar": Answer(hundredths, lambda given: _comparison(given).reported),
        },
    ),
    "NO-MIN-CLAIM": Worked(
        {"refusjon_mnd": Input(not_negative)},
        {"regnes_med": Answer(hundredths, lambda given: rate.counted_claim(given.of(int, "refusjon_mnd")))},
    ),
    "NO-GRADED-CLAIM": Worked(
        {"arbeidsgivere": Input(several(record({"refusjon_mnd": Input(not_negative), "utbetalingsgrad": Input(percent)})))},
        {"refusjon_pr_aar_paa_stp": Answer(hundredths, _graded_claims)},
    ),
}
