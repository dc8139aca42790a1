"""The rule names of days of parental benefit, deadlines and claims in the case files, answered by what the product itself calls."""

from __future__ import annotations

from datetime import date

from refusion.law.engine.policies import following
from refusion.law.engine.worked import (
    WHOLE,
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
    period_or_null,
    several,
    truth,
)
from refusion.law.norway import deadline
from refusion.law.norway.parental import timeline
from refusion.law.norway.parental.quotas import RIGHTS, Child, quotas
from refusion.law.norway.readers import record, whole
from refusion.values.period import Period

PERCENTAGES = {80: 80_00, 100: 100_00}
ACCOUNTS = (
    "FELLESPERIODE", "FEDREKVOTE", "MODREKVOTE", "FORELDREPENGER", "FORELDREPENGER_FOR_FODSEL", "FLERBARNSDAGER", "PREMATURDAGER",
    "FAR_RUNDT_FODSEL", "MINSTERETT", "sum",
)  # fmt: skip


def _quotas(given: Given) -> dict[str, int]:
    child = Child(
        day=given.of(date, "dato"),
        full_coverage=given.of(int, "dekningsgrad") == PERCENTAGES[100],
        right=given.of(str, "rettighet"),
        children=given.of(int, "antall_barn"),
        birth=given.of(bool, "fodsel"),
        term=given.maybe(date, "termindato"),
        care_days=given.of(int, "pleiepengedager"),
    )
    with following(quota_history=given.of(str, "kvoter")):
        return quotas(child)


def _account(name: str) -> Answer:
    return Answer(whole, lambda given: _quotas(given).get(name, 0))


def _one_coverage(value: object) -> int:
    found = whole(value)
    if found not in PERCENTAGES:
        raise ValueError(f"not 80 or 100: {value!r}")
    return PERCENTAGES[found]


def _split(given: Given) -> deadline.Split:
    with following(extended_deadline=given.of(str, "utvidet_frist")):
        return deadline.in_time(given.of(tuple, "perioder"), given.of(date, "krav_mottatt"), given.maybe(int, "frist_maaneder"))


def _refused(given: Given) -> Period | None:
    return _split(given).refused


def _claim(value: object) -> deadline.ReceivedClaim:
    given = record({"mottatt": Input(day), "fra": Input(day), "belop": Input(not_negative)})(value)
    return deadline.ReceivedClaim(given.of(date, "mottatt"), given.of(date, "fra"), given.of(int, "belop"))


def _claimed(given: Given) -> int:
    return int(deadline.claimed_on(given.of(date, "dag"), given.of(tuple, "krav"), given.maybe(date, "fastsatt_fra")))


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


RULES = {
    "NO-FP-KONTO": Worked(
        {
            "dato": Input(day),
            "dekningsgrad": Input(_one_coverage),
            "rettighet": Input(one_of(*RIGHTS)),
            "antall_barn": Input(whole),
            "fodsel": Input(truth),
            "termindato": Input(day, None),
            "pleiepengedager": Input(whole, 0),
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
        {
            "perioder": Input(several(period)),
            "krav_mottatt": Input(day),
            "frist_maaneder": Input(whole, None),
            "utvidet_frist": Input(one_of("receipt", "absence"), "receipt"),
        },
        {"avslag": Answer(period_or_null, _refused), "innvilget_fra": Answer(day_or_null, lambda given: _split(given).granted_from)},
    ),
    "NO-FRIST-KRAV": Worked(
        {"dag": Input(day), "krav": Input(several(_claim)), "fastsatt_fra": Input(day, None)},
        {"belop": Answer(hundredths, _claimed)},
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
