"""The rule names of parental benefit in the case files, answered by the functions that the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.law.engine.worked import (
    WHOLE,
    Answer,
    Given,
    Input,
    Worked,
    day,
    hundredths,
    not_negative,
    one_of,
    period,
    several,
    text,
    truth,
)
from refusion.law.norway import days, deadline
from refusion.law.norway.base_amount import six_base_amounts
from refusion.law.norway.parental import basis, rate, timeline
from refusion.law.norway.parental.cap import Employer, Shares, capped_shares
from refusion.law.norway.parental.month import Leave, MonthExpectation, month_expectation
from refusion.law.norway.parental.quotas import RIGHTS, Child, quotas
from refusion.law.norway.readers import amounts, month, months, percent, record, share, ten_decimals, whole
from refusion.values.period import Period
from refusion.values.said import said

PERCENTAGES = {80: 80_00, 100: 100_00}
PROFILE = Input(one_of("law", "uio"), "law")
ACCOUNTS = (
    "FELLESPERIODE", "FEDREKVOTE", "MODREKVOTE", "FORELDREPENGER", "FORELDREPENGER_FOR_FODSEL", "FLERBARNSDAGER", "PREMATURDAGER",
    "FAR_RUNDT_FODSEL", "MINSTERETT", "sum",
)  # fmt: skip


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


def _quotas(given: Given) -> dict[str, int]:
    child = Child(
        day=given.of(date, "dato"),
        full_coverage=given.of(int, "dekningsgrad") == PERCENTAGES[100],
        right=given.of(str, "rettighet"),
        children=given.of(int, "antall_barn"),
        birth=given.of(bool, "fodsel"),
        term=given.maybe(date, "termindato"),
    )
    with following(quota_history=given.of(str, "kvoter")):
        return quotas(child)


def _account(name: str) -> Answer:
    return Answer(whole, lambda given: _quotas(given).get(name, 0))


def _coverage(value: object) -> int:
    return PERCENTAGES.get(whole(value), whole(value) * 100)


def _one_coverage(value: object) -> int:
    found = whole(value)
    if found not in PERCENTAGES:
        raise ValueError(f"not 80 or 100: {value!r}")
    return PERCENTAGES[found]


def _split(given: Given) -> deadline.Split:
    return deadline.in_time(given.of(tuple, "perioder"), given.of(date, "krav_mottatt"), given.maybe(int, "frist_maaneder"))


def _refused(given: Given) -> Period | None:
    return _split(given).refused


def _segments(given: Given) -> tuple[tuple[date, date | None, int], ...]:
    changes = {each.of(date, "fra"): each.of(int, "belop") for each in given.of(tuple, "endringer")}
    found = timeline.claim_timeline(
        given.of(date, "forste_fravaersdag"), given.of(int, "refusjon"), given.maybe(date, "opphorsdato"), changes
    )
    ends = given.maybe(date, "arbeidsforhold_slutt")
    return _plain(timeline.ended_with_employment(found, ends) if ends else found)


def _plain(segments: tuple[timeline.Segment, ...]) -> tuple[tuple[date, date | None, int], ...]:
    return tuple((each.first, each.last, int(each.amount)) for each in segments)


def _segment(value: object) -> tuple[date, date | None, int]:
    given = record({"fom": Input(day), "tom": Input(day, None), "belop": Input(not_negative)})(value)
    return given.of(date, "fom"), given.maybe(date, "tom"), given.of(int, "belop")


def _or_null(value: object) -> Period | None:
    return None if value is None else period(value)


def _day_or_null(value: object) -> date | None:
    return None if value is None else day(value)


def _graded_claims(given: Given) -> int:
    claims = given.of(tuple, "arbeidsgivere")
    return sum(rate.graded_annual_claim(each.of(int, "refusjon_mnd"), each.of(int, "utbetalingsgrad")) for each in claims)


EMPLOYMENTS = several(record({"bruker_dag": Input(not_negative, 0), "ag_dag": Input(not_negative, 0)}))
RULES = {
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
    "NO-FP-KONTO": Worked(
        {
            "dato": Input(day),
            "dekningsgrad": Input(_one_coverage),
            "rettighet": Input(one_of(*RIGHTS)),
            "antall_barn": Input(whole),
            "fodsel": Input(truth),
            "termindato": Input(day, None),
            "kvoter": Input(one_of("nav_configuration", "history"), "nav_configuration"),
        },
        {name: _account(name) for name in ACCOUNTS},
    ),
    "NO-FRIST-3M": Worked(
        {"innsendt": Input(day)},
        {
            "forste_gyldige_dato": Answer(
                day, lambda given: date.fromordinal(deadline.claim_from_day(given.of(date, "innsendt").toordinal()))
            )
        },
    ),
    "NO-FRIST-2020": Worked(
        {"perioder": Input(several(period)), "krav_mottatt": Input(day), "frist_maaneder": Input(whole, None)},
        {"avslag": Answer(_or_null, _refused), "innvilget_fra": Answer(_day_or_null, lambda given: _split(given).granted_from)},
    ),
    "NO-IM-REFUSJON": Worked(
        {
            "forste_fravaersdag": Input(day),
            "refusjon": Input(not_negative),
            "opphorsdato": Input(day, None),
            "endringer": Input(several(record({"fra": Input(day), "belop": Input(not_negative)})), ()),
            "arbeidsforhold_slutt": Input(day, None),
        },
        {WHOLE: Answer(several(_segment), _segments)},
    ),
}
