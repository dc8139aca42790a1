"""The Norwegian rule names of the case files: base amount, holiday pay, sickness, and those of parental benefit."""

from __future__ import annotations

from datetime import date

from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.worked import WHOLE, Answer, Given, Input, Worked, day, hundredths, not_negative, one_of, several, text, truth
from refusion.law.norway import base_amount, holiday_pay
from refusion.law.norway.days import daily_rate
from refusion.law.norway.parental import worked as parental
from refusion.law.norway.parental.holiday_window import HolidayPay, Paid, Parents, Part, holiday_pay_of
from refusion.law.norway.readers import record, share, whole
from refusion.law.norway.sickness import worked as sickness
from refusion.values.money import ore
from refusion.values.period import Period
from refusion.values.said import said

LINE = 3
COVERAGE = {80: 80_00, 100: 100_00}


def _base_amount(given: Given) -> int:
    on = given.of(date, "dato")
    effect = given.maybe(date, "virkning_fra") or on
    return base_amount.base_amount_in_effect(on.toordinal(), effect.toordinal())


def _limit(given: Given) -> int:
    return base_amount.six_base_amounts(_base_amount(given))


def _average(given: Given) -> int:
    year = given.of(int, "aar")
    if not date.min.year < year < date.max.year:
        raise NotAnswered(said("law.year_impossible", year=year))
    return base_amount.average_base_amount(date(year, 1, 1).toordinal())


def _part(value: object) -> Part:
    given = record(
        {
            "ag": Input(text),
            "dagsats_bruker": Input(not_negative, 0),
            "dagsats_refusjon": Input(not_negative, 0),
            "arbeidstaker": Input(truth, default=True),
        }
    )(value)
    return Part(given.of(str, "ag"), given.of(int, "dagsats_bruker"), given.of(int, "dagsats_refusjon"), given.of(bool, "arbeidstaker"))


def _paid(value: object) -> Paid:
    given = record({"fom": Input(day), "tom": Input(day), "andeler": Input(several(_part))})(value)
    return Paid(Period(given.of(date, "fom"), given.of(date, "tom")), given.of(tuple, "andeler"))


def _holiday_pay(given: Given) -> HolidayPay | None:
    if not given.of(bool, "arbeidstaker_ved_stp"):
        return None
    parents = Parents(
        own=given.of(tuple, "egne_perioder"),
        other=given.of(tuple, "annen_part_perioder"),
        other_has_right=given.of(bool, "annen_part_rett"),
        first=given.of(bool, "forelder1"),
    )
    days = given.maybe(int, "maks_dager_100")
    coverage = given.of(int, "dekningsgrad")
    limit = holiday_pay.holiday_pay_days(coverage) if days is None else holiday_pay.stretched_days(days, coverage)
    return holiday_pay_of(parents, limit)


def _found(given: Given) -> HolidayPay:
    found = _holiday_pay(given)
    if found is None:
        raise NotAnswered(said("law.no_holiday_pay"))
    return found


def _lines(value: object) -> tuple[tuple[int, str, int], ...]:
    if not isinstance(value, list) or any(not isinstance(each, list) or len(each) != LINE for each in value):
        raise ValueError(f"not a list of [year, employer, amount]: {value!r}")
    return tuple(sorted((whole(each[0]), str(each[1]), int(ore(str(each[2])))) for each in value))


def _whole(given: Given) -> object:
    found = _holiday_pay(given)
    return None if found is None else (found.window, found.person, found.employers)


def _null(value: object) -> None:
    if value is not None:
        raise ValueError(f"not null: {value!r}")


def _of_days(given: Given) -> int:
    with following(profile=given.of(str, "profile")):
        return holiday_pay.holiday_pay_of_days(given.of(int, "days"), given.of(int, "daily_rate"), given.of(bool, "age_over_60"))


def _sick_benefit(given: Given) -> int:
    return holiday_pay.sickness_holiday_pay_days(given.of(int, "dager")) * given.of(int, "belop_dag")


def _age(given: Given) -> tuple[int, int]:
    return given.of(date, "fodt").toordinal(), date(given.of(int, "opptjeningsaar"), 7, 1).toordinal()


def _older(given: Given) -> bool:
    with following(holiday_age=given.of(str, "aldersregel")):
        return bool(holiday_pay.is_of_holiday_age(*_age(given)))


def _coverage(value: object) -> int:
    if whole(value) not in COVERAGE:
        raise ValueError(f"not 80 or 100: {value!r}")
    return COVERAGE[whole(value)]


DATES = {"dato": Input(day), "virkning_fra": Input(day, None)}
RULES = {
    **parental.RULES,
    **sickness.RULES,
    "NO-G": Worked(
        DATES,
        {
            "g": Answer(hundredths, _base_amount),
            "seks_g": Answer(hundredths, _limit),
            "dagsats_6g": Answer(hundredths, lambda given: daily_rate(_limit(given))),
        },
    ),
    "NO-G-SNITT": Worked({"aar": Input(whole)}, {"snitt_1g": Answer(hundredths, _average)}),
    "NO-FP-HOLIDAY-PAY": Worked(
        {
            "days": Input(whole),
            "daily_rate": Input(not_negative),
            "age_over_60": Input(truth, default=False),
            "profile": Input(one_of("law", "uio"), "law"),
        },
        {"holiday_pay": Answer(hundredths, _of_days)},
    ),
    "NO-FP-FERIEPENGER": Worked(
        {
            "egne_perioder": Input(several(_paid)),
            "annen_part_perioder": Input(several(_paid), ()),
            "annen_part_rett": Input(truth, default=False),
            "dekningsgrad": Input(_coverage),
            "forelder1": Input(truth, default=True),
            "maks_dager_100": Input(whole, None),
            "arbeidstaker_ved_stp": Input(truth, default=True),
        },
        {
            "fom": Answer(day, lambda given: _found(given).window.first),
            "tom": Answer(day, lambda given: _found(given).window.last),
            "bruker": Answer(_lines, lambda given: _found(given).person),
            "arbeidsgiver": Answer(_lines, lambda given: _found(given).employers),
            WHOLE: Answer(_null, _whole),
        },
    ),
    "NO-SP-FERIE": Worked(
        {"dager": Input(whole), "belop_dag": Input(not_negative), "sats": Input(share)},
        {
            "feriepenger_person": Answer(
                hundredths, lambda given: holiday_pay.holiday_pay_in_ore(_sick_benefit(given), given.of(int, "sats"))
            ),
            "feriepenger_ag_avrundet": Answer(
                hundredths, lambda given: holiday_pay.holiday_pay(_sick_benefit(given), given.of(int, "sats"))
            ),
        },
    ),
    "NO-HOLIDAY-AGE": Worked(
        {
            "fodt": Input(day),
            "opptjeningsaar": Input(whole),
            "aldersregel": Input(one_of("before_september", "year_end"), "before_september"),
        },
        {
            "sats_sykepenger": Answer(share, lambda given: holiday_pay.sickness_holiday_rate(_older(given))),
            "uenighet": Answer(truth, lambda given: bool(holiday_pay.is_holiday_age_disputed(*_age(given)))),
        },
    ),
}
