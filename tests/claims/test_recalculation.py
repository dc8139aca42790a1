"""Claims calculated anew under a change: the supplement of 2020–21 as it came late is the worked example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.claims.expectation import expected
from refusion.claims.facts import Answer, State
from refusion.claims.recalculation import Kept, Moved, Recalculated, Standing, explained, moved, recalculated
from refusion.law.denmark.rates import SUPPLEMENT_RATE
from refusion.law.engine.change.effect import Applied
from refusion.law.engine.change.proposal import Proposal, instead, proposals
from refusion.law.engine.parameters import Dated, trying
from refusion.values.period import Period
from refusion.wiring.rulebook import figures

# As the house knew it in the autumn of 2021, before the supplement was switched on for the two years behind.
LATE = (2020, 2021)
AS_IT_WAS = Dated(
    "supplement_rate",
    {"says": "x", "law": SUPPLEMENT_RATE.law, "unit": "basis_points"},
    [value for value in SUPPLEMENT_RATE.values if value.since.year not in LATE],
)
SWITCHED_ON = """
[supplement_rate]
since = [
    { day = 2020-01-06, value = 30, source = "sam-nyt", verified = true },
    { day = 2021-01-04, value = 60, source = "sam-nyt", verified = true },
]
"""
SUPPLEMENT = (Applied("sats for tillæg til refusion", "SDL § 54 b"),)


def day(written: str) -> date:
    return date.fromisoformat(written)


def changes(text: str, **others: Dated) -> tuple[Proposal, ...]:
    return proposals(text.encode(), {**figures(), **others}, "change.toml")


def answers(hourly: int = 500_00, wage: int | None = 10**9, weekly_hours: int = 37_00) -> tuple[Answer, ...]:
    given = {"weekly_hours": weekly_hours, "hourly_after_am": hourly, "wage_paid": wage, "absent_hours_by_week": {}}
    return tuple(Answer(field, value, "payroll") for field, value in given.items())


def kept(first: str, last: str, **other: Any) -> Kept:
    """A claim of an absence that began long before its period, in time, its amounts as the law stood when it was made."""
    period = Period(day(first), day(last))
    told = other.pop("answers", answers())
    amount = expected(period, told)
    facts = {
        "id": UUID(int=1), "case_number": 1, "claim_number": 2, "state": State.ACCEPTED, "decided": None,
        "first_absence_day": date(period.first.year - 1, 11, 2), "last_absence_day": None, "waived": False,
        "notified_on": date(period.first.year - 1, 11, 30), "period": period, "answers": told, "refund": amount.refund,
        "supplement": amount.supplement, "made_on": period.last,
    }  # fmt: skip
    return Kept(**{**facts, **other})


def under(change: str, *claims: Kept, **others: Dated) -> list[Recalculated]:
    return list(recalculated(claims, instead(changes(change, **others))))


@pytest.mark.parametrize(
    ("first", "last", "supplement"),
    [
        # A full week is the maximum: 4,405.00 x 0.3 % = 13.215, so 13 kroner; 4,460.00 x 0.6 % = 26.76, so 27.
        ("2020-01-06", "2020-01-12", 13_00),
        ("2020-02-03", "2020-03-01", 4 * 13_00),
        ("2021-01-04", "2021-01-10", 27_00),
        ("2021-02-01", "2021-02-28", 4 * 27_00),
        # The week before the first Monday still has the year before: 4,355.00 in 2019 without, 4,405.00 in 2020 with 0.3 %.
        ("2019-12-30", "2020-01-05", 0),
        ("2020-12-28", "2021-01-03", 11_00),  # New Year's Day gives nothing: 3,524.00 x 0.3 % = 10.57
        ("2020-12-28", "2021-01-10", 11_00 + 27_00),
        # 2022 was switched on in time.
        ("2022-01-03", "2022-01-09", 0),
    ],
)
def test_the_supplement_of_2020_and_2021_switched_on_late(first: str, last: str, supplement: int) -> None:
    with trying({SUPPLEMENT_RATE: AS_IT_WAS}):
        claim = kept(first, last, decided=1)
        (found,) = under(SWITCHED_ON, claim, supplement_rate=AS_IT_WAS)
    assert (found.before, found.after, found.difference) == (claim.total, claim.total + supplement, supplement)
    assert (found.strayed, found.refused) == (0, None)
    assert found.rules == (SUPPLEMENT if supplement else ())


def test_once_it_is_in_the_law_the_books_are_held_against_it() -> None:
    with trying({SUPPLEMENT_RATE: AS_IT_WAS}):
        claim = kept("2021-02-01", "2021-02-28")
        tree = expected(claim.period, claim.answers).explanation
    (found,) = explained(recalculated([claim], {}), {claim.id: tree}.__getitem__)
    assert (found.before, found.after, found.strayed) == (claim.total, claim.total + 4 * 27_00, 4 * 27_00)
    assert found.rules == SUPPLEMENT


def test_a_claim_as_the_law_stands_is_not_asked_for_its_explanation() -> None:
    (found,) = explained(recalculated([kept("2021-02-01", "2021-02-28")], {}), {}.__getitem__)
    assert (found.difference, found.strayed, found.rules) == (0, 0, ())


def test_a_claim_that_strayed_shows_what_the_change_does_apart_from_that() -> None:
    claim = replace(kept("2021-02-01", "2021-02-28"), supplement=0)
    (found,) = under(SWITCHED_ON.replace("60", "70").replace("30,", "31,"), claim)
    # 4,460.00 x 0.7 % = 31.22 for each week.
    assert (found.strayed, found.difference) == (4 * 27_00, 4 * (31_00 - 27_00))


def test_a_longer_employer_period_takes_days_away() -> None:
    change = '[employer_period]\nsince = [{ day = 2025-01-01, value = 45, source = "a bill", verified = false }]'
    claim = kept("2025-04-02", "2025-04-30", first_absence_day=day("2025-03-03"), notified_on=day("2025-03-30"))
    (found,) = under(change, claim)
    later = expected(Period(day("2025-04-17"), day("2025-04-30")), answers())
    assert (found.before, found.after) == (claim.total, later.total)
    assert found.rules == (Applied("arbejdsgiverperiodens sidste dag", "SDL § 30, stk. 1"),)
    (all_lost,) = under(change.replace("45", "90"), claim)
    assert all_lost.after == 0


def test_a_claim_made_late_keeps_the_days_that_it_lost() -> None:
    (found,) = recalculated([replace(kept("2025-04-02", "2025-04-30"), made_on=day("2025-07-20"))], {})
    assert found.after == expected(Period(day("2025-04-20"), day("2025-04-30")), answers()).total


def test_a_missing_answer_is_taken_at_the_most_as_it_was_before() -> None:
    lacking = tuple(replace(answer, value=None) if answer.field == "weekly_hours" else answer for answer in answers())
    (found,) = recalculated([kept("2025-04-02", "2025-04-30", answers=lacking)], {})
    assert found.difference == 0


def test_a_claim_that_the_law_has_no_amount_for_says_why_and_stays_as_it_is() -> None:
    claim = replace(kept("2025-04-02", "2025-04-30"), answers=answers(hourly=-1))
    (found,) = under(SWITCHED_ON.replace("30,", "31,").replace("60", "61"), claim)
    assert found.refused is not None
    assert (found.difference, found.strayed) == (0, 0)


WEEKS = some.integers(0, 250).map(lambda week: date.fromordinal(day("2020-01-06").toordinal() + 7 * week))


@given(WEEKS, some.integers(0, 200_00), some.integers(0, 1000), some.integers(0, 1000))
def test_a_higher_rate_never_takes_anything_away_and_a_change_and_back_gives_nothing(
    monday: date, hourly: int, lower: int, higher: int
) -> None:
    lower, higher = sorted((lower, higher))
    claim = kept(str(monday), str(date.fromordinal(monday.toordinal() + 6)), answers=answers(hourly))
    rates = [
        Dated("supplement_rate", {"says": "x", "law": "l", "unit": "basis_points"}, [replace(SUPPLEMENT_RATE.values[0], amount=rate)])
        for rate in (lower, higher)
    ]
    low, high = (next(recalculated([claim], {SUPPLEMENT_RATE: rate})) for rate in rates)
    assert low.after <= high.after
    assert low.before == high.before == claim.total
    with trying({SUPPLEMENT_RATE: rates[0]}):
        back = next(recalculated([claim], {rates[0]: rates[1]}))
    assert back.difference == high.after - low.after


def standing(first: str = "2025-03-03", waived: bool = False) -> Standing:
    from refusion.law.denmark.sickness.dates import notify_by, refund_from

    began = day(first)
    return Standing(7, began, None, waived, refund_from(began, waived), notify_by(began, waived))


def test_open_cases_whose_days_move_are_named() -> None:
    change = instead(changes('[employer_period]\nsince = [{ day = 2025-03-03, value = 45, source = "a bill", verified = false }]'))
    before, after = standing("2025-03-02"), standing()
    assert list(moved([before, after, standing(waived=True)], change)) == [Moved(after, day("2025-04-17"), after.notify_by)]
    assert list(moved([before, after], {})) == []
    astray = replace(before, notify_by=day("2025-01-01"))
    assert list(moved([astray], {})) == [Moved(astray, before.refund_from, before.notify_by)]
