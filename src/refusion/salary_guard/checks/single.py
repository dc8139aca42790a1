"""What is wrong whatever anybody earns: paid twice, paid after the end, paid to an account entered just before pay."""

from __future__ import annotations

import numpy as np

from refusion.salary_guard.basis import SPAN, Basis, row_of
from refusion.salary_guard.calendar import last_day
from refusion.salary_guard.checks.findings import Check, Findings, Ground, finding_rows, together
from refusion.salary_guard.checks.settings import Settings, after_tax, matters, reaches
from refusion.salary_guard.columns import Flags, Ints, Role

LATEST_SETTLEMENT = 100
"""Days after the end from which on nothing at all is expected any more."""
ONE_PERSON = 1


def check_duplicates(basis: Basis, settings: Settings) -> Findings:
    """Find payments, lines and one-offs that say the same as one before."""
    rows = np.flatnonzero(basis.repeats)
    net = basis.run.payments.net[rows]
    payments = finding_rows(Check.DUPLICATE, Ground.SAME_PAYMENT, rows, {"found": net, "excess": net})
    return together([payments, _same_lines(basis, settings), _same_one_offs(basis, settings)])


def check_ended(basis: Basis, settings: Settings) -> Findings:
    """Find pay for employments that are over, have not begun, or are not known."""
    del settings
    contracts, month = basis.run.contracts, basis.run.month
    ends, since = basis.of_contract(contracts.ends), basis.of_contract(contracts.since)
    known = basis.contract >= 0
    regular = basis.total(Role.BASE, Role.HOURLY, Role.SUPPLEMENT) > 0
    over = known & (ends != 0) & (ends < month) & (regular | (ends < month - LATEST_SETTLEMENT))
    early = known & (since > last_day(month))
    found = [(Ground.ENDED_BEFORE, over, month - ends), (Ground.NOT_BEGUN, early, since - month), (Ground.NO_CONTRACT, ~known, ends)]
    return together(_whole(basis, ground, np.flatnonzero(chosen), days) for ground, chosen, days in found)


def check_accounts(basis: Basis, settings: Settings) -> Findings:
    """Find pay that goes to an account other than last time, entered a few days before, or shared with a stranger."""
    assert basis.memory is not None
    payments, memory = basis.run.payments, basis.memory
    row = row_of(memory.person, payments.person)
    is_new = np.zeros(len(row), np.bool_) if not len(memory.person) else (row >= 0) & (memory.account[row] != payments.account)
    days = basis.run.value_date - payments.account_since
    sharing = _people_per_account(payments.person, payments.account)
    shared = is_new & (sharing > ONE_PERSON)
    shortly = is_new & ~shared & (days <= settings.account_days)
    parts = []
    for ground, chosen in ((Ground.ENTERED_SHORTLY, shortly), (Ground.SHARED_ACCOUNT, shared)):
        rows = np.flatnonzero(chosen)
        columns = {"expected": days[rows], "found": sharing[rows], "excess": payments.net[rows]}
        parts.append(finding_rows(Check.NEW_ACCOUNT, ground, rows, columns))
    return together(parts)


def _whole(basis: Basis, ground: Ground, rows: Ints, days: Ints) -> Findings:
    """Point out all that the employments are paid."""
    net = basis.net[rows]
    return finding_rows(Check.ENDED, ground, basis.first_payment[rows], {"expected": days[rows], "found": net, "excess": net})


def _same_lines(basis: Basis, settings: Settings) -> Findings:
    """Find lines of one payment that say the same code, quantity and amount."""
    lines = basis.run.lines
    key = lines.payment * SPAN + lines.code
    doubled = np.flatnonzero(_neighbours(key))
    if not len(doubled):
        return together([])
    several = np.unique(key[doubled])
    rows = np.flatnonzero(row_of(several, key) >= 0)
    order = rows[np.lexsort((lines.amount[rows], lines.quantity[rows], key[rows]))]
    columns = (key[order], lines.quantity[order], lines.amount[order])
    same = np.logical_and.reduce([np.diff(column) == 0 for column in columns])
    second = order[1:][same]
    owner, excess = basis.place[lines.payment[second]], after_tax(lines.amount[second])
    wrong = matters(basis, owner, excess, settings.smallest) & (lines.amount[second] > 0) & ~basis.repeats[lines.payment[second]]
    second = second[wrong]
    found = {"code": lines.code[second], "expected": lines.amount[second], "found": 2 * lines.amount[second], "excess": excess[wrong]}
    return finding_rows(Check.DUPLICATE, Ground.SAME_LINE, lines.payment[second], found)


def _neighbours(key: Ints) -> Flags:
    """Mark rows whose key stands elsewhere too; lines come in the order of payments and codes, or are sorted first."""
    if bool((np.diff(key) >= 0).all()):
        return np.concatenate([[False], np.diff(key) == 0]).astype(np.bool_)
    order = np.argsort(key, kind="stable")
    marked = np.zeros(len(key), np.bool_)
    marked[order[1:]] = np.diff(key[order]) == 0
    return marked


def _same_one_offs(basis: Basis, settings: Settings) -> Findings:
    """Find amounts without hours that were paid to the øre the month before."""
    if basis.memory is None or not len(basis.memory.key):
        return together([])
    rows = basis.having(Role.ONE_OFF, Role.VARIABLE)
    rows = rows[(basis.quantity[rows] == 0) & (basis.before[rows] >= 0)]
    before = basis.memory.amount[:, basis.before[rows]].astype(np.int64)
    was, earlier = before[0], before[1:]
    # A monthly amount is no one-off: it stood there in the months before too.
    rows = rows[(was == basis.amount[rows]) & ~(earlier == was).any(axis=0)]
    excess, owner = reaches(basis, rows, basis.amount[rows]), basis.owner[rows]
    wrong = matters(basis, owner, excess, settings.smallest)
    rows = rows[wrong]
    found = {"code": basis.code[rows], "found": basis.amount[rows], "excess": excess[wrong]}
    return finding_rows(Check.DUPLICATE, Ground.SAME_ONE_OFF, basis.first_payment[owner[wrong]], found)


def _people_per_account(person: Ints, account: Ints) -> Ints:
    """Count the different people that are paid to each payment's account."""
    order = np.lexsort((person, account))
    changes_account = np.diff(account[order], prepend=account[order][:1] - 1) != 0
    changes_person = changes_account | (np.diff(person[order], prepend=person[order][:1] - 1) != 0)
    group = np.cumsum(changes_account) - 1
    counts = np.bincount(group, weights=None, minlength=1) * 0
    np.add.at(counts, group, changes_person.astype(np.int64))
    people = np.empty(len(person), np.int64)
    people[order] = counts[group]
    return people
