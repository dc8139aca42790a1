"""The twin's files are valid, always the same, and read back as what was paid."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.adapters.bank import read_file
from refusion.adapters.bank.reader import CamtReader
from refusion.adapters.bank.stream import SCHEMAS
from refusion.adapters.bank.twin import (
    PENDING,
    Payment,
    StatementOrder,
    TwinAccount,
    lump,
    notification,
    split,
    statement,
    statements_by_day,
)
from refusion.settlements.bank_entry import line_key

pytestmark = pytest.mark.skipif(not any(SCHEMAS.glob("*.xsd")), reason="the ISO schemas are fetched at set-up")
ACCOUNT = TwinAccount("DK0320009876543210", "Eksempelinstitutionen")
DAY = date(2025, 3, 6)
printable = st.text(max_size=200)
payments = st.lists(
    st.builds(
        Payment,
        day=st.just(DAY) | st.just(DAY + timedelta(days=1)),
        amount=st.integers(-(10**11), 10**11),
        reference=st.none() | st.sampled_from(["KSD-1", "KSD-2"]),
        text=st.lists(printable, max_size=3).map(tuple),
        payer=st.none() | printable,
        payer_address=st.lists(printable, max_size=2).map(tuple),
        has_bank_reference=st.booleans(),
    ),
    max_size=6,
)


def keys(raw: bytes) -> list[str]:
    return sorted(line_key(entry) for entry in read_file(raw, "f").entries)


@settings(max_examples=60, deadline=None)
@given(payments)
def test_what_was_paid_is_read_back(paid: list[Payment]) -> None:
    for file in statements_by_day(ACCOUNT, paid, opening=1000):
        expected = [payment.amount for payment in paid if payment.day == file.day]
        assert [entry.amount for entry in read_file(file.content, file.name).entries] == expected


@settings(max_examples=60, deadline=None)
@given(payments, st.randoms(use_true_random=False))
def test_statement_and_notification_tell_of_the_same_lines_in_any_order(paid: list[Payment], chance: random.Random) -> None:
    told = keys(statement(ACCOUNT, DAY, paid))
    assert len(set(told)) == len(told) == sum(payment.day == DAY for payment in paid)
    assert keys(notification(ACCOUNT, DAY, paid)) == told
    chance.shuffle(paid)
    assert keys(statement(ACCOUNT, DAY, paid, StatementOrder(2, 5, "used before"))) == told


def test_the_same_payments_give_the_same_bytes() -> None:
    paid = [Payment(DAY, 100, "KSD-1"), Payment(DAY, 100, "KSD-1")]
    assert statement(ACCOUNT, DAY, paid) == statement(ACCOUNT, DAY, list(paid))
    assert len(set(keys(statement(ACCOUNT, DAY, paid)))) == 2


def test_balances_follow_one_another() -> None:
    paid = [Payment(DAY, 100, None), Payment(DAY + timedelta(days=3), -30, None), Payment(DAY, 7, None, status=PENDING)]
    first, second = statements_by_day(ACCOUNT, paid, opening=1000)
    assert b">10.00<" in first.content
    assert b">11.00<" in first.content
    assert b">11.00<" in second.content
    assert b">10.70<" in second.content


def test_a_lump_sum_lists_its_parts() -> None:
    whole = lump([Payment(DAY, 100, "KSD-1"), Payment(DAY, 250, "KSD-2")], payer="Eksempel Kommune")
    (entry,) = read_file(statement(ACCOUNT, DAY, [whole]), "f").entries
    assert (entry.amount, entry.details_hold) == (350, True)
    (line,) = CamtReader().read("f", statement(ACCOUNT, DAY, [whole]))
    assert line.text.split("\n") == ["KSD-1", "KSD-2"]
    with pytest.raises(ValueError, match="one day"):
        lump([])


def test_a_split_payment_adds_up() -> None:
    parts = split(Payment(DAY, 100, "KSD-1"), [60, 40])
    assert [entry.amount for entry in read_file(statement(ACCOUNT, DAY, parts), "f").entries] == [60, 40]
    with pytest.raises(ValueError, match="add up"):
        split(parts[0], [1])


@settings(max_examples=40, deadline=None)
@given(payments, st.randoms(use_true_random=False))
def test_overlapping_repeated_and_permuted_files_leave_the_same_lines(paid: list[Payment], chance: random.Random) -> None:
    whole = [file.content for file in statements_by_day(ACCOUNT, paid)]
    days = (DAY, DAY + timedelta(days=1))
    again = [notification(ACCOUNT, day, paid, StatementOrder(1, 0, "the same id")) for day in days if whole]
    files = [*whole, *again, *whole]
    chance.shuffle(files)
    once = {key for content in whole for key in keys(content)}
    told = [key for content in files if b"<Ntry>" in content for key in keys(content)]
    assert set(told) == once
    assert len(once) == len(paid)
