"""Income notices in NAV's two forms: what is written is read, what NAV is known to refuse never leaves the house."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.absences.norwegian import Benefit
from refusion.adapters.nav.notices import OF_PARENTAL, OF_SICKNESS, encode, read_notice
from refusion.claims.income_notice import (
    Contact,
    IncomeNotice,
    IncomeReason,
    LostInKind,
    RefundChange,
    WhyIncomeDiffers,
    claimed_on,
    ended_after,
    wrong_in,
)
from refusion.values.period import Period
from refusion.values.said import Refused

START = date(2026, 2, 2)
PLAIN = IncomeNotice(
    request="0f1e2d3c-0000-4000-8000-000000000001",
    person="29470049713",
    workplace="933001547",
    benefit=Benefit.PARENTAL_BIRTH,
    start=START,
    income=5_000_000,
    contact=Contact("Lønn og refusjon", "22850000"),
    refund=5_000_000,
)
DAYS = some.dates(date(2015, 1, 1), date(2031, 12, 31))
AMOUNTS = some.integers(0, 2**31 * 100 - 1)


def held(notice: IncomeNotice) -> dict[str, Any]:
    told = json.loads(encode(notice), parse_float=Decimal)
    return {**told, "arbeidsgiver": {"orgnr": notice.workplace}}


@some.composite
def notices(draw: some.DrawFn) -> IncomeNotice:
    benefit = draw(some.sampled_from([Benefit.PARENTAL_BIRTH, Benefit.PARENTAL_ADOPTION, Benefit.PREGNANCY, Benefit.SICKNESS]))
    start, income = draw(DAYS), draw(AMOUNTS)
    sick = benefit is Benefit.SICKNESS
    most = income if sick and income else 2**31 * 100 - 1
    refund = draw(some.none() | some.integers(0, most))
    days = sorted(draw(some.sets(some.integers(20, 700), max_size=4)))
    changes = tuple(RefundChange(start + timedelta(n), draw(some.integers(0, most))) for n in days) if refund is not None else ()
    reasons = draw(some.lists(some.sampled_from(sorted(OF_SICKNESS if sick else OF_PARENTAL)), max_size=3))
    return replace(
        PLAIN,
        benefit=benefit,
        start=start,
        income=income,
        refund=refund,
        changes=changes,
        reasons=tuple(IncomeReason(WhyIncomeDiffers(why), draw(some.none() | DAYS)) for why in reasons),
        in_kind=tuple(draw(some.lists(some.builds(LostInKind, some.just("BIL"), AMOUNTS, DAYS, some.none() | DAYS), max_size=2))),
        employer_days=(Period(start, start + timedelta(15)),) if sick else (),
        income_on=draw(some.none() | DAYS) if sick else None,
    )


@given(notices())
def test_what_is_written_is_read_with_the_same_identity(notice: IncomeNotice) -> None:
    read = read_notice(held(notice))
    assert read.content_hash == notice.content_hash
    assert encode(notice) == encode(notice)
    assert read_notice(held(replace(notice, contact=Contact("Someone", "1")))).content_hash == notice.content_hash


def test_the_form_of_parental_benefit() -> None:
    notice = ended_after(replace(PLAIN, income=5_012_350), date(2026, 6, 30))
    assert json.loads(encode(notice)) == {
        "forespoerselId": PLAIN.request,
        "soekerFnr": PLAIN.person,
        "startdato": "2026-02-02",
        "ytelse": "FORELDREPENGER",
        "inntekt": {"beloepPerMaaned": 50123.5, "endringAarsaker": []},
        "refusjon": {"beloepPerMaaned": 50000, "endringer": [{"beloepPerMaaned": 0, "startdato": "2026-07-01"}]},
        "naturalytelser": [],
        "kontaktinformasjon": {"navn": "Lønn og refusjon", "telefonnummer": "22850000"},
        "avsender": {"systemNavn": "Refusion", "systemVersjon": "1"},
    }


def test_the_form_of_sickness_benefit() -> None:
    notice = replace(PLAIN, benefit=Benefit.SICKNESS, employer_days=(Period(START, date(2026, 2, 17)),), changed=True)
    told = json.loads(encode(notice))
    assert told["agp"]["perioder"] == [{"fom": "2026-02-02", "tom": "2026-02-17"}]
    assert told["inntekt"]["inntektsdato"] == "2026-02-02"
    assert told["aarsakInnsending"] == "Endring"
    assert (told["navReferanseId"], told["sykmeldtFnr"]) == (PLAIN.request, PLAIN.person)


WRONG: dict[str, dict[str, Any]] = {
    "nav.change_not_after_start": {"changes": (RefundChange(START, 1),)},
    "nav.change_twice": {"changes": (RefundChange(date(2026, 3, 1), 1), RefundChange(date(2026, 3, 1), 2))},
    "nav.amount_out_of_range": {"refund": -1},
    "nav.change_without_refund": {"refund": None, "changes": (RefundChange(date(2026, 3, 1), 1),)},
    "nav.employer_days_without_sickness": {"employer_days": (Period(START, START),)},
    "nav.refund_above_income": {"benefit": Benefit.SICKNESS, "refund": 5_000_001},
    "nav.change_in_employer_days": {
        "benefit": Benefit.SICKNESS,
        "employer_days": (Period(START, date(2026, 2, 17)),),
        "changes": (RefundChange(date(2026, 2, 17), 1),),
    },
    "nav.benefit_without_notice": {"benefit": Benefit.TRAVEL},
    "nav.reason_not_taken": {"benefit": Benefit.SICKNESS, "reasons": (IncomeReason(WhyIncomeDiffers.NOT_REPORTED_YET),)},
}


@pytest.mark.parametrize("key", sorted(WRONG))
def test_what_nav_refuses_never_leaves_the_house(key: str) -> None:
    with pytest.raises(Refused) as refusal:
        encode(replace(PLAIN, **WRONG[key]))
    assert refusal.value.because.key == key


def test_a_plain_notice_has_nothing_wrong() -> None:
    assert wrong_in(PLAIN) == ()
    assert wrong_in(replace(PLAIN, benefit=Benefit.SICKNESS, income=0, refund=1)) == (), "without income NAV does not compare"


@pytest.mark.parametrize(
    ("day", "claimed"),
    [
        (date(2026, 2, 1), 0),
        (START, 5_000_000),
        (date(2026, 3, 31), 5_000_000),
        (date(2026, 4, 1), 4_000_000),
        (date(2026, 6, 30), 4_000_000),
        (date(2026, 7, 1), 0),
        (date(2026, 9, 1), 0),
    ],
)
def test_what_is_claimed_day_by_day(day: date, claimed: int) -> None:
    changes = (RefundChange(date(2026, 4, 1), 4_000_000), RefundChange(date(2026, 7, 1), 0), RefundChange(date(2026, 8, 1), 9))
    assert claimed_on(replace(PLAIN, changes=changes), day) == claimed


def test_the_end_of_an_employment_ends_the_claim_that_day() -> None:
    changes = (RefundChange(date(2026, 4, 1), 4_000_000), RefundChange(date(2026, 8, 1), 3_000_000))
    ended = ended_after(replace(PLAIN, changes=changes), date(2026, 6, 30))
    assert ended.changes == (changes[0], RefundChange(date(2026, 7, 1), 0))
    assert [claimed_on(ended, day) for day in (date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 2))] == [4_000_000, 0, 0]
    never = ended_after(PLAIN, date(2026, 2, 1))
    assert (never.refund, never.changes, claimed_on(never, START)) == (0, (), 0)


@given(notices())
def test_birth_and_adoption_are_one_benefit_to_nav(notice: IncomeNotice) -> None:
    if notice.benefit is Benefit.PARENTAL_BIRTH:
        assert replace(notice, benefit=Benefit.PARENTAL_ADOPTION).content_hash == notice.content_hash
    assert replace(notice, income=notice.income + 1).content_hash != notice.content_hash


@pytest.mark.parametrize("written", [1.123, True, "1", None, float("nan")])
def test_an_amount_that_is_none_is_not_read(written: object) -> None:
    told = json.loads(json.dumps({**held_plain(), "inntekt": {"beloepPerMaaned": written, "endringAarsaker": []}}), parse_float=Decimal)
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        read_notice(told)


def held_plain() -> dict[str, Any]:
    return {**json.loads(encode(PLAIN)), "arbeidsgiver": {"orgnr": PLAIN.workplace}}
