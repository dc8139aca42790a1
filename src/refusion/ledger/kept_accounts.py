"""On which accounts a claim's postings stand: those it was pre-registered on, whatever the institution chooses later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from refusion.ledger.accounts import Chart
from refusion.ledger.transaction import Reason, Transaction


def chart_of(chart: Chart, claim: UUID, booked: Iterable[Transaction]) -> Chart:
    """Give the chart with the accounts on which the claim was first pre-registered; without that the chart as it is.

    A receivable that was opened on one account would never come to zero when its money were booked against another.
    """
    first = next((one for one in booked if _pre_registers(one, claim)), None)
    if first is None:
        return chart
    waits, gives = first.postings
    return replace(
        chart,
        receivable=replace(chart.receivable, number=waits.account),
        income=replace(chart.income, number=gives.account),
    )


def _pre_registers(one: Transaction, claim: UUID) -> bool:
    return one.reason is Reason.PRE_REGISTERED and any(posting.claim == claim for posting in one.postings)
