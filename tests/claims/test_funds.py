"""Rights, periods, amounts and netting of funds: against a reading of their own in fractions, and as properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.absences.facts import Employment, Entered, JobKind, Learned, Pay, Question
from refusion.cases.facts import FUNDS, QUARTERLY, Kind
from refusion.claims.expectation import expected
from refusion.claims.facts import Answer
from refusion.claims.funds.accounts import INCOME, own_numbers
from refusion.claims.funds.amounts import fund_amount
from refusion.claims.funds.answers import Facts, fund_answers
from refusion.claims.funds.netting import Refunded, goes_before, net, others_before
from refusion.claims.funds.periods import asked_together, claim_periods, name_of, reached_from, request_by, still_reached
from refusion.claims.funds.rights import Known, Right, right
from refusion.ledger import default_chart
from refusion.values.period import Period, last_of_month, months_after

NOBODY, AT = UUID(int=1), datetime(2025, 1, 2, 8, tzinfo=UTC)
LEARNED = Learned(1, NOBODY, AT)
KRONER = st.integers(0, 9_000_000)
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))


def job(since: str = "2014-05-01", ends: str | None = None, kind: JobKind = JobKind.FLEKSJOB, hours: int | None = 3700) -> Employment:
    return Employment(NOBODY, "1", NOBODY, date.fromisoformat(since), ends and date.fromisoformat(ends), hours, kind, "U", LEARNED)


def said(question: Question, value: str, since: str, until: str | None = None) -> Entered:
    last = None if until is None else date.fromisoformat(until)
    return Entered(UUID(int=9), NOBODY, question, value, date.fromisoformat(since), last, "letter", "kim", AT)


def months(first: str, count: int, wage: int = 30_000_00, hours: int = 160_33) -> list[Pay]:
    start = date.fromisoformat(first)
    return [Pay(NOBODY, months_after(start, n), wage, hours, wage, LEARNED) for n in range(count)]


def given_answers(**values: object) -> tuple[Answer, ...]:
    return tuple(Answer(field, value, "payroll") for field, value in values.items())


def nearest(amount: Fraction) -> int:
    return int((2 * amount + 1) // 2)


# --- an independent reading of each fund, in fractions and with figures of its own -------------------------------

CAPS = {2018: 129_189, 2019: 131_773, 2020: 134_408, 2021: 137_097, 2022: 138_742, 2023: 142_488, 2024: 147_047}


def state_by_hand(hired: date, year: int, wage: int, excluded: int, others: int) -> int:
    cost = Fraction(max(wage - excluded, 0))
    if hired >= date(2006, 7, 5):
        cost = min(cost, Fraction(CAPS[year] * 100))
    share = Fraction(1) if hired < date(2002, 4, 1) else Fraction(1, 2)
    return max(min(nearest(max(cost - others, Fraction(0)) * share), wage - others), 0)


@given(st.dates(date(1999, 1, 1), date(2017, 12, 31)), st.integers(2018, 2024), st.integers(1, 4), st.tuples(KRONER, KRONER, KRONER))
def test_the_state_s_fleksjob_scheme_as_read_by_hand(hired: date, year: int, quarter: int, amounts: tuple[int, int, int]) -> None:
    wage, excluded, others = amounts
    answers = given_answers(hired_on=hired.isoformat(), wage_paid=wage, excluded_pay=excluded, other_refunds=others)
    period = asked_together(Kind.STATE_FLEKSJOB, date(year, 3 * quarter, 1))
    assert fund_amount(Kind.STATE_FLEKSJOB, period, answers).refund == state_by_hand(hired, year, wage, excluded, others)


@given(st.integers(2017, 2022), st.integers(1, 60), st.integers(0, 60_000), KRONER, KRONER)
def test_the_barselsfond_as_read_by_hand(year: int, grade: int, hours: int, wage: int, others: int) -> None:
    rates = {2017: (71, 224), 2018: (72, 228), 2019: (74, 233), 2020: (75, 238), 2021: (77, 242), 2022: (78, 247)}[year]
    by_hand = nearest(Fraction(hours, 100) * rates[grade > 35] * 100)
    answers = given_answers(pay_grade=grade, leave_hours=hours, wage_paid=wage, other_refunds=others)
    found = fund_amount(Kind.PARENTAL_FUND, asked_together(Kind.PARENTAL_FUND, date(year, 5, 1)), answers)
    assert found.refund == max(min(by_hand, wage - others), 0)


@given(st.sampled_from([(2018, 26_856), (2015, 25_457), (2024, 30_569)]), st.integers(1, 12), st.integers(1, 30_000), KRONER, st.sampled_from(["half", "two_thirds"]))
def test_the_municipality_s_share_as_read_by_hand(rate: tuple[int, int], month: int, hours: int, gross: int, share: str) -> None:
    (year, ceiling), period = rate, asked_together(Kind.FLEKSJOB_WAGE, date(rate[0], month, 1))
    hourly = nearest(Fraction(min(nearest(Fraction(gross * 100, hours)), ceiling)) * (Fraction(2, 3) if share == "two_thirds" else Fraction(1, 2)))
    paid = min(hours, nearest(Fraction(3700 * period.weekdays, 5)))
    answers = given_answers(fleksjob_share=share, gross=gross, paid_hours=hours, wage_paid=10**9, other_refunds=0)
    assert year == period.first.year
    assert fund_amount(Kind.FLEKSJOB_WAGE, period, answers).refund == nearest(Fraction(hourly * paid, 100))


@given(st.integers(1, 12), st.integers(0, 40_000), st.integers(0, 100_000), st.tuples(KRONER, KRONER, KRONER))
def test_wage_subsidy_as_read_by_hand(month: int, hours: int, before: int, amounts: tuple[int, int, int]) -> None:
    wage, wage_before, others = amounts
    period = asked_together(Kind.WAGE_SUBSIDY, date(2021, month, 1))

    def until(paid_hours: int, cost: int) -> int:
        return min(nearest(Fraction(82_90 * paid_hours, 100)), nearest(Fraction(cost, 2)))

    by_hand = max(until(before + hours, wage_before + wage) - until(before, wage_before) - others, 0)
    answers = given_answers(subsidy_sector="private", paid_hours=hours, hours_before=before, wage_paid=wage, wage_before=wage_before,
                            other_refunds=others)  # fmt: skip
    assert fund_amount(Kind.WAGE_SUBSIDY, period, answers).refund == max(min(by_hand, wage - others), 0)


@pytest.mark.parametrize(("group", "month", "kroner"), [("provider", 2, 15_547), ("non_provider", 3, 11_698), ("young_at_home", 12, 3_639)])
def test_a_whole_month_of_clarification(group: str, month: int, kroner: int) -> None:
    answers = given_answers(clarification_group=group, wage_paid=20_000_00, other_refunds=0)
    found = fund_amount(Kind.CLARIFICATION, asked_together(Kind.CLARIFICATION, date(2021, month, 4)), answers)
    assert found.refund == kroner * 100
    assert found.supplement == 100 * nearest(Fraction(kroner * 6, 1000))


def test_the_supplement_of_january_changes_on_its_first_monday() -> None:
    answers = given_answers(clarification_group="provider", wage_paid=20_000_00, other_refunds=0)
    found = fund_amount(Kind.CLARIFICATION, asked_together(Kind.CLARIFICATION, date(2021, 1, 4)), answers)
    before = nearest(Fraction(15_547_00 * 3, 31))
    assert found.supplement == 100 * (nearest(Fraction(before * 3, 100_000)) + nearest(Fraction((15_547_00 - before) * 6, 100_000)))


# --- properties ---------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**8), st.lists(st.integers(0, 10**8), max_size=6))
def test_no_wage_is_refunded_more_than_once(wage: int, asked: list[int]) -> None:
    found = net(wage, asked)
    assert sum(found) <= wage
    assert all(0 <= one <= wanted for one, wanted in zip(found, asked, strict=True))
    assert sum(found) == min(wage, sum(asked)), "nothing is left that the wage has room for"


def fund_answers_of(kind: Kind, wage: int, hours: int, others: int) -> tuple[Answer, ...]:
    return given_answers(fleksjob_share="two_thirds", subsidy_sector="public", clarification_group="provider", pay_grade=40, hired_on="2001-01-01",
                         gross=wage, paid_hours=hours, leave_hours=hours, wage_paid=wage, other_refunds=others, kind=kind.value)  # fmt: skip


@given(KRONER, st.integers(1, 30_000), st.integers(0, 5_000_000), DAYS)
def test_all_funds_of_one_wage_together_never_pass_it(wage: int, hours: int, benefit: int, day: date) -> None:
    period, given_before = asked_together(Kind.CLARIFICATION, day), min(benefit, wage)
    refunded = [Refunded(Kind.FLEKSJOB, period, given_before)]
    for kind in FUNDS:
        others = others_before(kind, period, refunded)
        found = fund_amount(kind, period, fund_answers_of(kind, wage, hours, others))
        refunded.append(Refunded(kind, period, found.refund))
    assert sum(one.refund for one in refunded) <= wage


@given(st.sampled_from(FUNDS), KRONER, st.integers(1, 30_000), st.tuples(KRONER, KRONER))
def test_more_from_others_never_gives_more(kind: Kind, wage: int, hours: int, others: tuple[int, int]) -> None:
    period = asked_together(kind, date(2022, 5, 1))
    less, more = sorted(others)
    gives = [fund_amount(kind, period, fund_answers_of(kind, wage, hours, amount)).refund for amount in (less, more)]
    assert gives[0] >= gives[1]


def test_an_order_among_all_kinds_without_ties_of_funds() -> None:
    assert all(goes_before(one, other) for one, other in pairwise(FUNDS))
    assert all(goes_before(kind, fund) for fund in FUNDS for kind in Kind if kind not in FUNDS)
    assert not any(goes_before(kind, kind) for kind in Kind)


@given(st.sampled_from(FUNDS), DAYS, st.integers(0, 400))
def test_a_request_on_its_last_day_reaches_all_and_later_less(kind: Kind, day: date, late: int) -> None:
    period = asked_together(kind, day)
    last = request_by(kind, period)
    assert still_reached(kind, period, last) == (period, None)
    reached, lost = still_reached(kind, period, last + timedelta(days=1 + late))
    assert lost is not None
    assert lost.first == period.first
    assert (lost.days if lost else 0) + (reached.days if reached else 0) == period.days
    if kind in QUARTERLY:
        assert reached is None
        assert last.weekday() < 5
    else:
        assert reached_from(kind, last) <= period.first < reached_from(kind, last + timedelta(days=1))


@given(st.sampled_from(FUNDS), st.lists(st.tuples(DAYS, st.integers(0, 300)), min_size=1, max_size=3), DAYS, DAYS)
def test_periods_cover_the_right_once_and_in_order(kind: Kind, spells: Sequence[tuple[date, int]], since: date, day: date) -> None:
    rights = sorted(Period(first, first + timedelta(days=length)) for first, length in spells)
    merged: list[Period] = []
    for spell in rights:
        if merged and spell.first <= merged[-1].last + timedelta(days=1):
            merged[-1] = Period(merged[-1].first, max(merged[-1].last, spell.last))
        else:
            merged.append(spell)
    found = claim_periods(kind, merged, since, day)
    assert all(one.last < other.first for one, other in pairwise(found))
    assert all(asked_together(kind, one.first) == asked_together(kind, one.last) for one in found)
    asked, begun = asked_together(kind, since).first, asked_together(kind, day).last
    if asked > begun:
        assert found == ()
        return
    for one in (part for part in (spell.overlap(Period(asked, begun)) for spell in merged) if part is not None):
        assert any(one.first in period for period in found)
        assert any(one.last in period for period in found)


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "employment", "entered", "spells"),
    [
        (Kind.STATE_FLEKSJOB, job(), (), [("2014-05-01", None)]),
        (Kind.STATE_FLEKSJOB, job(kind=JobKind.ORDINARY), (), []),
        (Kind.STATE_FLEKSJOB, job(kind=JobKind.ORDINARY), (said(Question.FLEKSJOB_DECISION, "yes", "2020-01-01", "2021-12-31"),), [("2020-01-01", "2021-12-31")]),
        (Kind.STATE_FLEKSJOB, job(ends="2024-06-30"), (), [("2014-05-01", "2024-06-30")]),
        (Kind.FLEKSJOB_WAGE, job("2012-12-31"), (said(Question.FLEKSJOB_SHARE, "half", "2010-01-01"),), [("2012-12-31", None)]),
        (Kind.FLEKSJOB_WAGE, job("2013-01-01"), (said(Question.FLEKSJOB_SHARE, "half", "2010-01-01"),), []),
        (Kind.FLEKSJOB_WAGE, job("2012-12-31"), (), []),
        (Kind.WAGE_SUBSIDY, job("2024-01-01"), (said(Question.SUBSIDY_SECTOR, "public", "2024-01-01"),), [("2024-01-01", "2024-04-30")]),
        (Kind.WAGE_SUBSIDY, job("2024-01-01"), (said(Question.SUBSIDY_SECTOR, "private", "2024-01-01", "2024-12-31"),), [("2024-01-01", "2024-06-30")]),
        (Kind.WAGE_SUBSIDY, job("2024-01-01"), (said(Question.SUBSIDY_SECTOR, "pensioner_low", "2024-01-01"),), [("2024-01-01", None)]),
        (Kind.CLARIFICATION, job(), (said(Question.CLARIFICATION_GROUP, "provider", "2023-02-01"),), [("2023-02-01", "2025-01-31")]),
        (Kind.CLARIFICATION, job(), (said(Question.CLARIFICATION_GROUP, "provider", "2023-02-01", "2023-03-31"),
                                     said(Question.CLARIFICATION_GROUP, "provider", "2023-02-01", "2023-02-28")), [("2023-02-01", "2023-02-28")]),
    ],
)  # fmt: skip
def test_who_has_a_right_and_when(
    kind: Kind, employment: Employment, entered: tuple[Entered, ...], spells: list[tuple[str, str | None]]
) -> None:
    found = right(kind, Known(employment, entered), date(2024, 7, 1))
    horizon = date(2025, 12, 31)
    assert [(one.first, one.last) for one in found.spells] == [
        (date.fromisoformat(first), horizon if last is None else date.fromisoformat(last)) for first, last in spells
    ]
    assert found.open_ended == any(last is None for _, last in spells)


def test_the_barselsfond_counts_the_leave_that_payroll_tells() -> None:
    leave = Period(date(2024, 3, 25), date(2024, 4, 12))
    found = right(Kind.PARENTAL_FUND, Known(job(), (), (leave,)), date(2024, 7, 1))
    assert found == Right(Kind.PARENTAL_FUND, (leave,))
    facts = Facts(job(), months("2024-01-01", 6), (said(Question.PAY_GRADE, "36", "2024-01-01"),), found, ())
    quarter = asked_together(Kind.PARENTAL_FUND, date(2024, 4, 1))
    told = {answer.field: answer.value for answer in fund_answers(1, quarter, facts)}
    # Ten weekdays in April, holidays among them: a fifth of 37 hours each.
    assert (told["leave_hours"], told["pay_grade"], told["wage_paid"]) == (10 * 740, 36, nearest(Fraction(30_000_00 * 10, 22)))


def test_what_payroll_lacks_is_missing_and_never_assumed() -> None:
    facts = Facts(job(), months("2024-01-01", 2), (), Right(Kind.STATE_FLEKSJOB, (Period(date(2014, 5, 1), date(2025, 12, 31)),)), ())
    answers = fund_answers(1, asked_together(Kind.STATE_FLEKSJOB, date(2024, 1, 1)), facts)
    assert [answer.field for answer in answers if answer.missing] == ["wage_paid"]
    facts = Facts(job(hours=None), months("2024-01-01", 3), (), Right(Kind.PARENTAL_FUND, (Period(date(2024, 1, 1), date(2024, 1, 31)),)), ())
    answers = fund_answers(1, asked_together(Kind.PARENTAL_FUND, date(2024, 1, 1)), facts)
    assert [answer.field for answer in answers if answer.missing] == ["pay_grade", "leave_hours"]


def test_part_of_a_month_has_its_weekdays_of_the_pay_and_the_first_month_of_a_job_all_of_it() -> None:
    hired = job("2024-01-15", kind=JobKind.ORDINARY)
    spells = (Period(date(2024, 1, 15), date(2024, 2, 9)),)
    facts = Facts(hired, months("2024-01-01", 2, wage=21_000_00), (said(Question.SUBSIDY_SECTOR, "public", "2024-01-15"),), Right(Kind.WAGE_SUBSIDY, spells), ())
    first = {one.field: one.value for one in fund_answers(1, spells[0].overlap(asked_together(Kind.WAGE_SUBSIDY, date(2024, 1, 1))) or spells[0], facts)}
    assert (first["wage_paid"], first["wage_before"]) == (21_000_00, 0)
    second = {one.field: one.value for one in fund_answers(2, Period(date(2024, 2, 1), date(2024, 2, 9)), facts)}
    assert (second["wage_paid"], second["wage_before"]) == (7_000_00, 21_000_00)


def test_the_explanation_names_the_rule_and_what_cut_it() -> None:
    answers = given_answers(hired_on="2014-05-01", wage_paid=100_000_00, excluded_pay=0, other_refunds=95_000_00)
    found = expected(asked_together(Kind.STATE_FLEKSJOB, date(2024, 1, 1)), answers, Kind.STATE_FLEKSJOB)
    assert found.total == 2_500_00
    assert [step["rule"] for step in found.explanation["steps"]] == ["fleksjob_wage_cost", "quarter_refund", "within_wage"]


def test_accounts_of_funds_stand_beside_the_institution_s_own() -> None:
    for kind, number in INCOME.items():
        assert default_chart().with_numbers(own_numbers({}), kind.value).income.number == number
        assert default_chart().with_numbers(own_numbers({"income": "18.00"}), kind.value).income.number == "18.00"
        assert default_chart().with_numbers(own_numbers({f"income:{kind.value}": "18.01"}), kind.value).income.number == "18.01"
    assert default_chart().with_numbers(own_numbers({}), "ordinary") == default_chart()


@pytest.mark.parametrize(("kind", "day", "name"), [(Kind.STATE_FLEKSJOB, "2025-08-09", "2025Q3"), (Kind.WAGE_SUBSIDY, "2025-08-09", "2025-08")])
def test_a_period_has_the_name_that_people_ask_by(kind: Kind, day: str, name: str) -> None:
    whole = asked_together(kind, date.fromisoformat(day))
    assert name_of(whole) == name
    assert last_of_month(whole.last) == whole.last
