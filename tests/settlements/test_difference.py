"""Each kind of difference has its reason, for one claim and for many alike."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.settlements.bank_entry import BankEntry, account_number
from refusion.settlements.difference import Amounts, Decided, Kind, difference_kind, difference_kinds, explain_difference
from refusion.settlements.tray import tray_reason


@pytest.mark.parametrize(
    ("expected", "decided", "received", "kind"),
    [
        (1_000_00, Decided(1_000_00, 0), 1_000_00, "none"),
        (1_000_00, None, 1_000_00, "none"),
        (1_000_00, None, 0, "unknown"),
        (1_000_00, None, 999_00, "unknown"),
        (1_000_00, Decided(1_000_00, 0), 0, "not_paid"),
        (1_000_00, Decided(1_000_00, 0), 900_00, "paid_wrong"),
        (1_000_00, Decided(990_00, 0), 1_000_00, "paid_wrong"),
        (1_000_00, Decided(1_000_00, 13_00), 1_013_00, "supplement"),
        (1_000_00, Decided(1_000_00, 1_00), 1_001_00, "supplement"),
        (1_000_00, Decided(997_00, 0), 997_00, "rounding"),
        (1_000_00, Decided(1_003_00, 0), 1_003_00, "rounding"),
        (1_000_00, Decided(996_99, 0), 996_99, "decided_less"),
        (1_000_00, Decided(0, 0), 0, "decided_less"),
        (1_000_00, Decided(1_003_01, 0), 1_003_01, "decided_more"),
    ],
)
def test_the_reason_of_a_difference(expected: int, decided: Decided | None, received: int, kind: str) -> None:
    told = explain_difference(expected, decided, received)
    assert told.key == f"settlements.difference_{kind}"
    assert told.facts["difference_ore"] == received - expected


near = st.sampled_from([0, 1, 100, 300, 301, 1_000_00, 1_003_00, 997_00])


@given(st.lists(st.tuples(near, near, near, near, st.booleans()), min_size=1, max_size=20))
def test_columns_say_what_one_says(rows: list[tuple[int, int, int, int, bool]]) -> None:
    expected, refund, supplement, received, has_decision = (np.array(column) for column in zip(*rows, strict=True))
    refund, supplement = refund * has_decision, supplement * has_decision
    kinds = difference_kinds(Amounts(expected, refund, supplement, received), has_decision)
    for row, (owed, given_refund, given_supplement, came, decided) in enumerate(rows):
        fact = Decided(given_refund, given_supplement) if decided else None
        assert kinds[row] == difference_kind(owed, fact, came)


@given(near, near, near)
def test_only_equal_sums_are_no_difference(expected: int, refund: int, received: int) -> None:
    kind = difference_kind(expected, Decided(refund, 0), received)
    assert (kind is Kind.NONE) == (expected == refund == received)


def entry(account: str = "DK0320009876543210", currency: str = "DKK", status: str = "BOOK") -> BankEntry:
    day = date(2025, 3, 6)
    return BankEntry(
        account=account, currency=currency, amount=1, booked_on=day, value_on=day, status=status, reference="1",
        end_to_end=None, payer=None, payer_address=(), text=(), transaction_code="", is_reversal=False,
        statement="s", position="/", fragment_hash="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "because"),
    [
        (entry(), None),
        (entry(account="DK5000400440116243"), "bank.foreign_account"),
        (entry(currency="EUR"), "bank.foreign_currency"),
        (entry(status="PDNG"), "bank.not_booked_yet"),
    ],
)
def test_what_is_not_ours_to_book_stays_in_the_tray(line: BankEntry, because: str | None) -> None:
    reason = tray_reason(line, {"dk03 2000 9876 5432 10": "DKK"})
    assert (reason.key if reason else None) == because


def test_account_numbers_are_written_in_one_way() -> None:
    assert account_number(" dk03 2000 9876 5432 10\n") == "DK0320009876543210"
