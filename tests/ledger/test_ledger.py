"""The ledger balances whatever happens, and a claim's life ends with nothing waiting and the income that came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.ledger import (
    Cause,
    Clocks,
    Posting,
    PreRegistration,
    Reason,
    Rule,
    Transaction,
    adjust,
    balances,
    correct,
    default_chart,
    imbalance,
    lose,
    outstanding,
    pre_register,
    reverse,
    standing,
)
from refusion.ledger.columns import Place, PostingColumns, adjust_many, balances_many, lose_many, pre_register_many
from refusion.values.said import Refused, said

HOUSE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
CLAIM, OTHER = uuid5(HOUSE, "claim"), uuid5(HOUSE, "other claim")
CHART = default_chart()
FILED = date(2025, 3, 3)
LEARNED = datetime(2025, 3, 3, 12, tzinfo=UTC)
ore = st.integers(-(10**9), 10**9)
some_ore = st.integers(1, 10**9)


def cause(key: str, claim: UUID = CLAIM, days: int = 0) -> Cause:
    return Cause(HOUSE, claim, key, FILED + timedelta(days=days), LEARNED + timedelta(days=days))


def posted(transaction: Transaction | None) -> Transaction:
    assert transaction is not None
    return transaction


def on(transactions: list[Transaction], purpose: str, claim: UUID = CLAIM) -> int:
    return balances(transactions).get((getattr(CHART, purpose).number, claim), 0)


@pytest.mark.parametrize(
    ("expected", "payments", "income"),
    [
        pytest.param(1_000_00, [1_000_00], -1_000_00, id="paid as expected"),
        pytest.param(1_000_00, [990_00], -990_00, id="paid less"),
        pytest.param(1_000_00, [1_012_50], -1_012_50, id="paid more"),
        pytest.param(1_000_00, [400_00, 600_00], -1_000_00, id="paid in two sums"),
        pytest.param(1_000_00, [1_000_00, -200_00], -800_00, id="some of it taken back"),
        pytest.param(1_000_00, [0], 0, id="decided to nothing"),
    ],
)
def test_a_claims_life(expected: int, payments: list[int], income: int) -> None:
    books = [posted(pre_register(CHART, cause("1"), expected))]
    for number, received in enumerate(payments):
        last = number == len(payments) - 1
        books.append(posted(adjust(CHART, cause(f"line {number}", days=number), received, books, is_last=last)))
    assert on(books, "receivable") == 0
    assert on(books, "income") == income
    assert on(books, "bank") == sum(payments)
    assert imbalance(books) == 0


@given(some_ore, st.lists(ore, max_size=6))
def test_in_the_end_nothing_waits_and_income_is_what_came(expected: int, payments: list[int]) -> None:
    books = [posted(pre_register(CHART, cause("1"), expected))]
    for number, received in enumerate([*payments, 0]):
        last = number == len(payments)
        money = adjust(CHART, cause(str(number)), received, books, is_last=last)
        books += [money] if money else []
        assert imbalance(books) == 0
    assert outstanding(books, CLAIM, CHART) == 0
    assert on(books, "income") == -sum(payments)


def test_a_part_payment_leaves_the_rest_waiting() -> None:
    books = [posted(pre_register(CHART, cause("1"), 100))]
    books.append(posted(adjust(CHART, cause("line"), 30, books, is_last=False)))
    assert on(books, "receivable") == 70
    assert on(books, "income") == -100


def test_a_corrected_version_posts_only_the_change() -> None:
    books = [posted(pre_register(CHART, cause("1"), 100))]
    books.append(posted(pre_register(CHART, cause("2"), 80, books)))
    assert [posting.amount for posting in books[1].postings] == [-20, 20]
    books.append(posted(pre_register(CHART, cause("3"), 110, books)))
    assert on(books, "receivable") == 110
    assert pre_register(CHART, cause("4"), 110, books) is None


def test_without_pre_registration_nothing_is_ever_posted() -> None:
    other = [posted(pre_register(CHART, cause("1", OTHER), 500))]
    assert adjust(CHART, cause("line"), 1_000, other) is None
    assert lose(CHART, cause("loss"), 1_000, other) is None


def test_switching_on_later_never_reaches_back() -> None:
    setting = PreRegistration((Rule(date(2025, 1, 1), on=False), Rule(date(2025, 6, 1), on=True)))
    assert [setting.applies("sickness", day) for day in (date(2025, 5, 31), date(2025, 6, 1))] == [False, True]
    assert setting.applies("sickness", date(2024, 12, 31))


def test_a_rule_for_a_kind_goes_before_one_for_all() -> None:
    setting = PreRegistration((Rule(date(2025, 1, 1), on=False, kind="parental"), Rule(date(2025, 2, 1), on=True)))
    assert not setting.applies("parental", date(2025, 3, 1))
    assert setting.applies("sickness", date(2025, 3, 1))


def test_a_loss_leaves_the_receivable() -> None:
    books = [posted(pre_register(CHART, cause("1"), 100))]
    books.append(posted(lose(CHART, cause("too late"), 100, books)))
    assert on(books, "receivable") == 0
    assert on(books, "income") == 0, "loss and income share 18.91 by default: nothing was earned"
    own = CHART.with_numbers({"loss": "22.99"})
    apart = [books[0], posted(lose(own, cause("too late"), 100, books[:1]))]
    assert balances(apart)[("22.99", CLAIM)] == 100


@pytest.mark.parametrize("lost", [101, 0, -5])
def test_no_more_is_lost_than_waits(lost: int) -> None:
    books = [posted(pre_register(CHART, cause("1"), 100))]
    with pytest.raises(Refused) as refused:
        lose(CHART, cause("too late"), lost, books)
    assert refused.value.because == said("ledger.lost_beyond_waiting", lost_ore=lost, waiting_ore=100)


def test_a_reversal_is_refused_the_second_time() -> None:
    first = posted(pre_register(CHART, cause("1"), 100))
    undone = reverse(first, cause("wrong person"), [first])
    assert undone.corrects == first.id
    assert balances([first, undone]) == {}
    with pytest.raises(Refused):
        reverse(first, cause("again"), [first, undone])
    with pytest.raises(Refused):
        correct(first, cause("again"), first.postings, [first, undone])


def test_a_reversed_reversal_stands_again() -> None:
    first = posted(pre_register(CHART, cause("1"), 100))
    undone = reverse(first, cause("a"), [first])
    again = reverse(undone, cause("b"), [first, undone])
    assert standing(first, [first, undone, again]) == balances([first])
    assert balances([first, undone, again, reverse(first, cause("c"), [first, undone, again])]) == {}


@given(some_ore, some_ore)
def test_a_correction_leaves_what_is_right(wrong: int, right: int) -> None:
    first = posted(pre_register(CHART, cause("1"), wrong))
    wanted = posted(pre_register(CHART, cause("2"), right)).postings
    if wrong == right:
        with pytest.raises(Refused):
            correct(first, cause("c"), wanted, [first])
        return
    fixed = correct(first, cause("c"), wanted, [first])
    assert balances([first, fixed]) == {(p.account, p.claim): p.amount for p in wanted}
    assert balances([first, fixed, reverse(first, cause("r"), [first, fixed])]) == {}


@given(st.lists(st.tuples(st.sampled_from("pampalr"), some_ore), max_size=12))
def test_any_sequence_balances_and_told_twice_is_once(steps: list[tuple[str, int]]) -> None:
    books: list[Transaction] = []
    for number, (step, amount) in enumerate(steps):
        done = _do(step, amount, cause(str(number)), books)
        books += [done] if done else []
        assert imbalance(books) == 0
        assert sum(balances(books).values()) == 0
    assert balances(books + books) == balances(books)


def _do(step: str, amount: int, why: Cause, books: list[Transaction]) -> Transaction | None:
    try:
        match step:
            case "p":
                return pre_register(CHART, why, amount, books)
            case "a":
                return adjust(CHART, why, amount, books, is_last=bool(amount % 2))
            case "m":
                return adjust(CHART, why, -amount, books)
            case "l":
                return lose(CHART, why, amount, books)
            case _:
                return reverse(books[amount % len(books)], why, books) if books else None
    except Refused:
        return None


def test_the_same_cause_gives_the_same_id_and_another_cause_another() -> None:
    assert posted(pre_register(CHART, cause("1"), 1)).id == posted(pre_register(CHART, cause("1"), 2)).id
    assert posted(pre_register(CHART, cause("1"), 1)).id != posted(pre_register(CHART, cause("2"), 1)).id


def test_two_clocks() -> None:
    first = posted(pre_register(CHART, cause("1"), 100))
    late = posted(adjust(CHART, cause("line", days=10), 90, [first]))
    known_late = replace(late, happened_on=FILED)
    place = (CHART.receivable.number, CLAIM)
    assert balances([first, late], Clocks(happened_until=FILED)) == balances([first])
    assert place not in balances([first, known_late], Clocks(happened_until=FILED))
    assert balances([first, known_late], Clocks(FILED, LEARNED))[place] == 100


@pytest.mark.parametrize(
    "postings",
    [
        (),
        (Posting("61.33", 5, CLAIM),),
        (Posting("61.33", 5, CLAIM), Posting("18.91", -4, CLAIM)),
        (Posting("61.33", 0, CLAIM), Posting("18.91", 0, CLAIM)),
        (Posting("61.33", True, CLAIM), Posting("18.91", -1, CLAIM)),
    ],
)
def test_what_does_not_balance_is_no_transaction(postings: tuple[Posting, ...]) -> None:
    with pytest.raises(ValueError, match="posting"):
        Transaction(HOUSE, Reason.ADJUSTED, FILED, LEARNED, postings, None, said("ledger.adjusted"))


@pytest.mark.parametrize("learned", [datetime(2025, 3, 3), LEARNED.astimezone().replace(tzinfo=None)])
def test_an_instant_without_zone_is_refused(learned: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        replace(posted(pre_register(CHART, cause("1"), 1)), learned_at=learned)


def test_account_numbers_are_the_institutions_own() -> None:
    own = CHART.with_numbers({"bank": "63.10", "income": "18.92"})
    assert posted(pre_register(own, cause("1"), 7)).postings[1].account == "18.92"
    for wrong in ({"receivable": "18.91"}, {"cash": "1"}):
        with pytest.raises(ValueError, match=r"account of its own|no such purpose"):
            CHART.with_numbers(wrong)


rows = st.lists(st.tuples(some_ore, ore, st.booleans(), st.booleans()), min_size=1, max_size=20)


@given(rows)
def test_columns_post_what_the_verbs_post(rows: list[tuple[int, int, bool, bool]]) -> None:
    expected, received, applies, last = (np.array(column) for column in zip(*rows, strict=True))
    zero = np.zeros(len(rows), np.int64)
    first = pre_register_many(expected, zero, applies)
    table = balances_many(first.row, first.place, first.amount, len(rows))
    money = adjust_many(received, table[:, Place.RECEIVABLE], applies, last)
    table += balances_many(money.row, money.place, money.amount, len(rows))
    for row, (owed, came, on_by_setting, is_last) in enumerate(rows):
        books = [pre_register(CHART, cause("1"), owed)] if on_by_setting else []
        books += [adjust(CHART, cause("2"), came, [b for b in books if b], is_last=is_last)]
        sums = balances([b for b in books if b])
        for place, purpose in ((Place.RECEIVABLE, "receivable"), (Place.INCOME, "income"), (Place.BANK, "bank")):
            assert table[row, place] == sums.get((getattr(CHART, purpose).number, CLAIM), 0)


def test_columns_lose_and_refuse() -> None:
    waiting = np.array([100, 50], np.int64)
    lost = lose_many(np.array([40, 60], np.int64), waiting, np.array([True, False]))
    assert lost.amount.tolist() == [40, -40]
    with pytest.raises(ValueError, match="lost"):
        lose_many(np.array([40, 60], np.int64), waiting, np.array([True, True]))
    with pytest.raises(ValueError, match="row 1"):
        PostingColumns(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([1, -1, 5]))
