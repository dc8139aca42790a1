"""Accounts are an institution's own by kind, and a claim's postings stay on those that it was pre-registered on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.ledger import (
    PURPOSES,
    Cause,
    Transaction,
    adjust,
    balances,
    chart_of,
    default_chart,
    imbalance,
    is_number,
    lose,
    outstanding,
    place_of,
    pre_register,
    reverse,
    standing,
)

HOUSE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
CLAIM = uuid5(HOUSE, "claim")
DAY, LEARNED = date(2025, 3, 3), datetime(2025, 3, 3, 12, tzinfo=UTC)
CHART = default_chart()
NUMBERS = st.sampled_from(["61.33", "61.34", "61.35"]), st.sampled_from(["18.91", "18.89"]), st.sampled_from(["63.00", "63.10"])


def cause(key: str) -> Cause:
    return Cause(HOUSE, CLAIM, key, DAY, LEARNED + timedelta(days=len(key)))


@pytest.mark.parametrize(
    ("numbers", "kind", "income"),
    [
        pytest.param({}, "parental", "18.91", id="the state's chart"),
        pytest.param({"income": "18.92"}, "parental", "18.92", id="own for every kind"),
        pytest.param({"income:parental": "18.89"}, "parental", "18.89", id="own for the kind"),
        pytest.param({"income:parental": "18.89"}, "ordinary", "18.91", id="of another kind"),
        pytest.param({"income": "18.92", "income:parental": "18.89"}, "parental", "18.89", id="the kind goes before all"),
        pytest.param({"income": "18.92", "income:parental": "18.89"}, "", "18.92", id="no kind"),
    ],
)
def test_which_account_a_kind_has(numbers: dict[str, str], kind: str, income: str) -> None:
    assert CHART.with_numbers(numbers, kind).income.number == income


@pytest.mark.parametrize("place", ["incomes", "incomes:parental", ""])
def test_an_unknown_purpose_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="no such purpose"):
        CHART.with_numbers({place: "1"})


@pytest.mark.parametrize("numbers", [{"bank": "61.33"}, {"income:parental": "61.33"}, {"receivable:parental": "63.00"}])
def test_the_receivable_stands_alone(numbers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="receivable needs an account of its own"):
        CHART.with_numbers(numbers, "parental")


@pytest.mark.parametrize("numbers", [{"bank": "18.91"}, {"income": "63.00"}, {"loss": "63.00"}])
def test_the_bank_stands_alone(numbers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="bank needs an account of its own"):
        CHART.with_numbers(numbers)


@pytest.mark.parametrize(
    ("written", "is_one"),
    [("61.33", True), ("A-1", True), ("1" * 20, True), ("1" * 21, False), ("", False), ("61 33", False), ("=1", False), ("-1", False), ("6\n", False)],
)
def test_what_is_an_account_number(written: str, *, is_one: bool) -> None:
    assert is_number(written) is is_one


def test_places_are_named_by_purpose_and_kind() -> None:
    assert [place_of("bank"), place_of("bank", "parental")] == ["bank", "bank:parental"]
    assert set(PURPOSES) == {"receivable", "income", "bank", "loss"}


@given(
    expected=st.integers(1, 10**9),
    received=st.lists(st.tuples(st.integers(-(10**9), 10**9), *NUMBERS), max_size=5),
    taken_back=st.lists(st.integers(0, 4), max_size=4),
    is_lost=st.booleans(),
)
def test_whatever_accounts_are_chosen_a_finished_claim_leaves_nothing_waiting(
    expected: int, received: list[tuple[int, str, str, str]], taken_back: list[int], *, is_lost: bool
) -> None:
    """Money comes under ever other accounts, postings are taken back, and the claim is settled or lost in the end."""
    first = pre_register(CHART, cause("1"), expected)
    assert first is not None
    books: list[Transaction] = [first]
    for number, (amount, receivable, income, bank) in enumerate(received):
        later = CHART.with_numbers({"receivable": receivable, "income": income, "bank": bank})
        money = adjust(chart_of(later, CLAIM, books), cause(f"money {number}"), amount, books, is_last=False)
        books += [money] if money else []
    for number, place in enumerate(taken_back):
        wrong = books[1:][place] if place < len(books) - 1 else None
        if wrong is not None and standing(wrong, books):
            books.append(reverse(wrong, cause(f"back {number}"), books))
    chart = chart_of(CHART, CLAIM, books)
    assert (chart.receivable.number, chart.income.number) == ("61.33", "18.91")
    left = outstanding(books, CLAIM, chart)
    last = lose(chart, cause("lost"), left, books) if is_lost and left > 0 else adjust(chart, cause("last"), 0, books)
    books += [last] if last else []
    assert outstanding(books, CLAIM, chart) == 0
    assert not [account for (account, _), _amount in balances(books).items() if account in {"61.34", "61.35", "18.89"}]
    assert imbalance(books) == 0


def test_without_a_pre_registration_the_chart_is_the_institutions() -> None:
    own = CHART.with_numbers({"bank": "63.10"})
    assert chart_of(own, CLAIM, []) is own
