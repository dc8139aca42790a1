"""The four comparisons and the shares: nothing differs without a row that says why, and what is open is said to be."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from refusion.ledger.nav_chart import Role
from refusion.reports.nav.reconciliation import NAMES, ItemRow, ParkedRow, ReportRow, reconciled
from refusion.reports.nav.shares import Covered, by_receipt, by_unit, cost_of_days
from refusion.values.said import said

MONTH = date(2026, 3, 1)
ITEM = ItemRow(1, date(2026, 1, 1), "benefit", "HF", 1000, 0, 1000, 0, 0, None)
WHY = said("refusjon.rate", rate_ore=1, own_rate_ore=2)


def balances(*items: ItemRow, interim: int = 0, bank: int = 0) -> dict[str, int]:
    return {Role.DEBTOR_PARENTAL: sum(item.open for item in items), Role.INTERIM: interim, Role.BANK: bank}


def test_an_ordinary_month_agrees() -> None:
    found = reconciled(MONTH, balances(ITEM, bank=7), [ITEM], [ReportRow(1, date(2026, 2, 25), 7, 7)], [])
    assert [one.name for one in found.comparisons] == list(NAMES)
    assert (found.residual, found.open, found.open_items, found.deviations) == (0, 0, (ITEM,), ())


def test_a_report_of_this_month_waits_and_one_of_last_month_is_open() -> None:
    waiting, late = ReportRow(2, date(2026, 3, 25), 10, 0), ReportRow(1, date(2026, 2, 25), 5, 0)
    found = reconciled(MONTH, balances(), [], [late, waiting], [])
    assert found.residual == 0
    assert found.open == 5


def test_money_that_differs_is_open_until_somebody_explains_it() -> None:
    unexplained = replace(ITEM, came=900, received=900, has_come=True, is_unexplained=True)
    found = reconciled(MONTH, balances(unexplained), [unexplained], [], [])
    assert (found.open, found.residual) == (100, 0)
    explained = replace(unexplained, deviated=-100, is_unexplained=False, explained=WHY)
    found = reconciled(MONTH, balances(explained), [explained], [], [])
    assert (found.open, found.residual, found.deviations) == (0, 0, (explained,))


def test_a_parked_line_stands_on_the_interim_account_until_it_is_placed() -> None:
    parked = ParkedRow(date(2026, 2, 25), 50, said("refusjon.parked_code", code="Q", amount_ore=50), on_interim=True, placed=False)
    found = reconciled(MONTH, balances(interim=-50), [], [], [parked])
    assert (found.open, found.residual) == (50, 0)
    found = reconciled(MONTH, balances(interim=-50), [], [], [replace(parked, placed=True)])
    assert (found.open, found.residual) == (0, 0)


def test_what_nobody_can_tell_is_a_residual() -> None:
    assert reconciled(MONTH, {Role.INTERIM: 1}, [], [], []).residual == 1


amounts = st.integers(-(10**9), 10**9)
items = st.builds(
    ItemRow,
    st.integers(1, 9), st.just(MONTH), st.just("benefit"), st.just("HF"), amounts, amounts, amounts, amounts, amounts, st.none(),
    st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(items, max_size=6))
def test_claims_and_debtor_never_differ_without_a_reason(rows: list[ItemRow]) -> None:
    assert reconciled(MONTH, balances(*rows), rows, [], []).residual == 0


def test_a_unit_carries_what_nav_does_not() -> None:
    cost = cost_of_days(8_000_000, 20, 21)
    (found,) = by_unit([Covered("HF", cost, 5_714_000)])
    assert (cost, found.own, found.share) == (7_619_048, 7_619_048 - 5_714_000, 75_00)
    assert by_unit([Covered("HF", 0, 0)])[0].share == 0
    assert cost_of_days(1, 1, 0) == 0


def test_the_month_of_receipt_decides() -> None:
    found = by_receipt([(date(2026, 2, 25), "933001547", 5), (date(2026, 2, 3), "933001547", 6), (date(2026, 3, 1), "933001547", 7)])
    assert found == {(date(2026, 2, 1), "933001547"): 11, (date(2026, 3, 1), "933001547"): 7}
