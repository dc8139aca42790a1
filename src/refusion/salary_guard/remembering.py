"""Puts a run into memory: what was paid per employment and code, to which account, and what is usual in each unit."""

from __future__ import annotations

import numpy as np

from refusion.salary_guard.basis import SPAN, Basis, grouped, merged, per_place, row_of
from refusion.salary_guard.columns import Ints, Role
from refusion.salary_guard.memory import MONTHS, Memory, Small, Usual

EVERYWHERE = 0
USUAL_ROLES = (Role.VARIABLE, Role.HOURLY, Role.ONE_OFF, Role.SUPPLEMENT)
RARE = 995
"""Thousandths of the people who stay at or below what is called high."""
RATE_MOVED, AMOUNT_MOVED = 10, 100
"""Hundredths from which on a rate, and an amount without hours, counts as moved."""
FADES = 98
"""Hundredths of an earlier high that still count the run after."""


def remember(basis: Basis) -> Memory:
    """Give the memory with this run in it, for the checks of the next one."""
    old = basis.memory
    key = basis.key if old is None else merged(old.key, basis.key)
    here = row_of(key, basis.key)
    amount = _shifted(None if old is None else old.amount, key, old, (here, basis.amount))
    quantity = _shifted(None if old is None else old.quantity, key, old, (here, basis.quantity))
    ratio = np.zeros(len(key), np.int32)
    if old is not None:
        ratio[row_of(key, old.key)] = old.ratio
    known = basis.ratio > 0
    ratio[here[known]] = np.minimum(basis.ratio[known], np.iinfo(np.int32).max)
    kept = (amount != 0).any(axis=0)
    person, account = _accounts(basis)
    unit, starts, _ = grouped(basis.unit)
    people = np.diff(np.append(starts, len(basis.employment)))
    return Memory(
        runs=1 if old is None else old.runs + 1,
        last_month=basis.run.month,
        key=key[kept],
        amount=amount[:, kept],
        quantity=quantity[:, kept],
        ratio=ratio[kept],
        person=person,
        account=account,
        unit=unit,
        unit_people=people.astype(np.int64),
        usual=_usual(basis),
    )


def _shifted(was: Small | None, key: Ints, old: Memory | None, now: tuple[Ints, Ints]) -> Small:
    """Put this run's column before the earlier ones; amounts beyond 21 million kroner are kept as that."""
    months = np.zeros((MONTHS, len(key)), np.int32)
    if was is not None and old is not None:
        months[1:, row_of(key, old.key)] = was[:-1]
    largest = np.iinfo(np.int32).max
    months[0, now[0]] = np.clip(now[1], -largest, largest)
    return months


def _accounts(basis: Basis) -> tuple[Ints, Ints]:
    """Give the account of each person: this run's, or the one that is remembered."""
    payments, old = basis.run.payments, basis.memory
    person, account = payments.person, payments.account
    if old is not None:
        person, account = np.concatenate([person, old.person]), np.concatenate([account, old.account])
    different, starts, order = grouped(person)
    return different, account[order[starts]]


def groups_of(basis: Basis, rows: Ints) -> tuple[Ints, Ints]:
    """Give rows twice, with their cohort: the code in the unit, and the code everywhere."""
    unit = basis.unit[basis.owner[rows]]
    cohort = np.concatenate([unit, np.full(len(rows), EVERYWHERE)]) * SPAN + np.concatenate([basis.code[rows], basis.code[rows]])
    return np.concatenate([rows, rows]), cohort.astype(np.int64)


def measure(basis: Basis, rows: Ints) -> Ints:
    """Give what a sum is measured by: its hours, or its amount where there are none."""
    return np.where(basis.quantity[rows] > 0, basis.quantity[rows], basis.amount[rows])


def moved_rate(now: Ints, before: Ints, hundredths: Ints) -> Ints:
    """Give 1 where a rate rose by so many hundredths or more, -1 where it fell by as much, else 0; 0 where either is unknown."""
    known = (now > 0) & (before > 0)
    up, down = now * 100 >= before * (100 + hundredths), now * (100 + hundredths) <= before * 100
    return np.where(known & up, 1, np.where(known & down, -1, 0)).astype(np.int64)


def middle_by(group: Ints, value: Ints, share: int = 500) -> tuple[Ints, Ints, Ints]:
    """Give the groups, how many rows each has, and the value that so many thousandths of the rows do not exceed."""
    if not len(group):
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, nothing
    order = np.lexsort((value, group))
    different, starts, _ = grouped(group[order])
    counts = np.diff(np.append(starts, len(group)))
    return different, counts, value[order][starts + np.minimum(counts - 1, counts * share // 1_000)]


def _usual(basis: Basis) -> Usual:
    rows, cohort = groups_of(basis, basis.having(*USUAL_ROLES))
    key, people, high = middle_by(cohort, measure(basis, rows), RARE)
    place = row_of(key, cohort)
    _, _, ratio = middle_by(cohort, basis.ratio[rows])
    total = per_place(place, basis.amount[rows], len(key))
    new = Usual(key, people, high, ratio, total // np.maximum(1, people), _moved(basis, (rows, place, len(key))))
    return new if basis.memory is None else _merged(basis.memory.usual, new)


def _moved(basis: Basis, grouped_rows: tuple[Ints, Ints, int]) -> Ints:
    """Give how many in a thousand of each cohort have a rate that moved since it was last paid."""
    rows, place, count = grouped_rows
    if basis.memory is None or not len(basis.memory.key):
        return np.zeros(count, np.int64)
    before = np.where(basis.before[rows] >= 0, basis.memory.ratio[basis.before[rows]], 0)
    least = np.where(basis.quantity[rows] > 0, RATE_MOVED, AMOUNT_MOVED)
    both = (before > 0) & (basis.ratio[rows] > 0)
    moved = moved_rate(basis.ratio[rows], before.astype(np.int64), least) != 0
    return per_place(place, moved * 1_000, count) // np.maximum(1, per_place(place, both.astype(np.int64), count))


def _merged(old: Usual, new: Usual) -> Usual:
    """Keep what is usual for cohorts that this run did not pay, and let an earlier high fade."""
    gone = row_of(new.key, old.key) < 0
    row = row_of(old.key, new.key)
    faded = np.where(row >= 0, old.high[row] * FADES // 100, 0) if len(old.key) else np.zeros(len(new.key), np.int64)
    key = np.concatenate([new.key, old.key[gone]])
    order = np.argsort(key, kind="stable")
    columns = (
        (new.people, old.people), (np.maximum(new.high, faded), old.high), (new.ratio, old.ratio),
        (new.per_head, old.per_head), (new.moved, old.moved),
    )  # fmt: skip
    return Usual(key[order], *(np.concatenate([now, was[gone]])[order] for now, was in columns))
