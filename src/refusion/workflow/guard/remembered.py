"""What an earlier run tells of this one: to which account each person was paid last."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import numpy as np

from refusion.salary_guard.memory import MONTHS, Memory, Usual
from refusion.salary_guard.run_rows import RunRows, account_named, accounts_told, empty
from refusion.workflow.ports.work import Transaction


def remembered(tx: Transaction, rows: RunRows, people: Sequence[UUID]) -> Memory | None:
    """Give the accounts of the newest run before this one, numbered as this run numbers persons and accounts.

    None where there is no earlier run, or where this one does not tell since when its accounts are known: then a new
    account cannot be judged. What employments were paid per code is not in a run, so that nothing is remembered of it.
    """
    earlier = tx.guard.runs()[:1]
    if not earlier or not bool(rows.account_since.any()):
        return None
    paid = [one for in_file in (True, False) for one in tx.guard.payments_of(earlier[0].id, in_file=in_file)]
    receivers = tx.guard.receivers(paid)
    known: dict[str, int] = {"": 0}
    for account in accounts_told(rows):
        known.setdefault(account, len(known))
    numbers = {person: number for number, person in enumerate(people, 1)}
    last: dict[int, int] = {}
    for one in paid:
        if one.person in numbers:
            to = receivers[one.id]
            last[numbers[one.person]] = known.setdefault(account_named(to.form, to.bank, to.account, to.national_number), len(known))
    persons = np.array(sorted(last), np.int64)
    nothing, small = np.zeros(0, np.int64), np.zeros((MONTHS, 0), np.int32)
    return Memory(
        runs=1, last_month=earlier[0].value_date.replace(day=1).toordinal(), key=nothing, amount=small, quantity=small,
        ratio=np.zeros(0, np.int32), person=persons, account=np.array([last[one] for one in persons.tolist()], np.int64), unit=nothing,
        unit_people=nothing, usual=Usual(*empty(Usual)),
    )  # fmt: skip
