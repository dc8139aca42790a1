"""Open items: where lines belong, why NAV paid otherwise, and what a run posts for it."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.absences.norwegian import Benefit
from refusion.settlements.nav_items.book import Entry, Line, Why, accrual_entry, claim_entry, parked_entry, parts, roles_of
from refusion.settlements.nav_items.deviation import deviation_of, is_unexplained
from refusion.settlements.nav_items.item import Booked, Came, Carrier, Cause, Deviation, ItemKey, Nature, Wanted
from refusion.settlements.nav_items.place import Known, Part, place
from refusion.settlements.nav_report import ReportLine
from refusion.values.period import Period
from refusion.values.said import Said

CASE, OTHER = UUID(int=1), UUID(int=2)
JANUARY = Period(date(2026, 1, 5), date(2026, 1, 30))
KEY = ItemKey(CASE, date(2026, 1, 1))
WANTED = Wanted(20 * 230_800, JANUARY, 20, 230_800)
LEAVE = Known(CASE, Benefit.PARENTAL_BIRTH, date(2026, 1, 5), date(2026, 6, 26))
carriers = st.builds(Carrier, st.sampled_from(["100", "200", "300"]), st.sampled_from(["", "P1"]))
shares = st.lists(st.tuples(carriers, st.integers(1, 100_00)), min_size=1, max_size=5)


def line(code: str = "2", first: str | None = "2026-01-05", last: str | None = "2026-01-30", amount: int = 20 * 230_800) -> ReportLine:
    day = date.fromisoformat
    return ReportLine(
        1, "8020", "", "", code, "", None if first is None else day(first), None if last is None else day(last), amount, None, "", ""
    )


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (None, None),
        (Came(20 * 230_800, (JANUARY,)), None),
        (Came(20 * 150_200, (JANUARY,)), Deviation(20 * (150_200 - 230_800), Cause.RATE, 150_200)),
        (Came(20 * 230_800 - 12_345, (JANUARY,)), None),
        (Came(10 * 230_800, (Period(date(2026, 1, 5), date(2026, 1, 16)),)), None),
        (Came(20 * 150_200, (JANUARY,), dated=False), None),
        (Came(-100, (JANUARY,)), None),
    ],
    ids=["nothing yet", "as claimed", "own rate of NAV", "odd amount", "part of the days", "no days", "taken back"],
)
def test_only_a_rate_that_the_report_shows_explains_itself(came: Came | None, said: Deviation | None) -> None:
    assert deviation_of(WANTED, came) == said
    assert is_unexplained(WANTED, came, said) == (came is not None and came.amount != WANTED.amount and said is None)


def test_a_person_explains_any_difference_and_a_known_rate_foresees_what_is_open() -> None:
    assert deviation_of(WANTED, Came(1, (JANUARY,)), by_hand=True) == Deviation(1 - WANTED.amount, Cause.BY_HAND)
    assert deviation_of(WANTED, None, known_rate=150_200) == Deviation(20 * (150_200 - 230_800), Cause.RATE, 150_200)
    assert deviation_of(Wanted(150, by_law=120), Came(120, dated=False)) == Deviation(-30, Cause.HOLIDAY_RATE)


@pytest.mark.parametrize(
    ("told", "cases", "because"),
    [
        (line("Q"), [LEAVE], "refusjon.parked_code"),
        (line("4"), [LEAVE], "refusjon.parked_no_case"),
        (line(first="2025-01-01", last="2025-01-31"), [LEAVE], "refusjon.parked_outside"),
        (line(), [LEAVE, Known(OTHER, Benefit.PARENTAL_BIRTH, date(2026, 1, 5), None)], "refusjon.parked_several"),
        (line(first="2026-01-05", last="2026-02-27", amount=1), [LEAVE], "refusjon.parked_spans_months"),
        (line(first=None, last=None), [LEAVE], "refusjon.parked_undated"),
        (line("F", "2020-05-01", "2020-05-31"), [LEAVE], "refusjon.parked_no_earning_year"),
    ],
)
def test_what_is_in_doubt_is_parked(told: ReportLine, cases: list[Known], because: str) -> None:
    found = place(told, date(2026, 2, 25), cases, {})
    assert isinstance(found, Said)
    assert found.key == because


def test_lines_go_to_their_months() -> None:
    pays_on = date(2026, 3, 25)
    assert place(line(), pays_on, [LEAVE], {}) == (Part(KEY, 20 * 230_800, JANUARY),)
    two = place(line(last="2026-02-27", amount=40 * 100), pays_on, [LEAVE], {})
    assert not isinstance(two, Said)
    assert [(part.item.month.month, part.amount) for part in two] == [(1, 2000), (2, 2000)]
    assert place(line(first=None, last=None, amount=7), pays_on, [LEAVE], {KEY: 7}) == (Part(KEY, 7, None),)
    deducted = place(line("A", amount=-5), pays_on, [LEAVE], {})
    assert not isinstance(deducted, Said)
    assert deducted[0].item == KEY
    holiday = place(line("F", "2027-05-01", "2027-05-31"), date(2027, 6, 1), [LEAVE], {})
    assert holiday == (Part(ItemKey(CASE, date(2026, 1, 1), Nature.HOLIDAY), 20 * 230_800, None),)


@given(st.integers(-(10**9), 10**9), shares)
def test_parts_sum_to_the_whole(amount: int, given_shares: list[tuple[Carrier, int]]) -> None:
    assert sum(parts(amount, given_shares).values()) == amount


@given(st.integers(0, 10**9), st.integers(0, 10**9), shares, shares)
def test_what_is_booked_again_is_only_what_changed(first: int, then: int, one: list[tuple[Carrier, int]], other: list[tuple[Carrier, int]]) -> None:
    roles = roles_of(Nature.BENEFIT, sickness=False)
    booked = Booked(claimed=parts(first, one))
    entry = claim_entry(KEY, roles, then, other, booked)
    changed = {} if entry is None else {each.carrier: -each.amount for each in entry.lines if each.role is roles.income}
    stands = {carrier: booked.claimed.get(carrier, 0) + changed.get(carrier, 0) for carrier in {*booked.claimed, *changed}}
    assert {carrier: amount for carrier, amount in stands.items() if amount} == parts(then, other)
    assert claim_entry(KEY, roles, first, one, booked) is None


def test_an_entry_that_does_not_balance_is_refused() -> None:
    roles = roles_of(Nature.HOLIDAY, sickness=True)
    with pytest.raises(ValueError, match="sum"):
        Entry(Why.CLAIMED, KEY, (Line(roles.debtor, 1), Line(roles.income, 1)))
    assert parked_entry(0) is None
    back = accrual_entry(KEY, -5, (), sickness=False)
    assert back is not None
    assert back.why is Why.ACCRUAL_REVERSED
