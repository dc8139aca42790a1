"""Pay against the contract and the absences: base pay, hourly wage, supplement, what absence takes away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.salary_guard.basis import Basis, per_place, row_of
from refusion.salary_guard.calendar import last_day, month_before, weekdays
from refusion.salary_guard.checks.findings import Check, Findings, Ground, finding_rows, together
from refusion.salary_guard.checks.settings import Settings, after_tax, matters
from refusion.salary_guard.columns import Flags, Ints, Role

WHOLE = 1_000_000
"""A whole month, in the unit of shares."""


@dataclass(frozen=True, slots=True)
class Due:
    """What contract and absence give each employment in the month, in øre before tax.

    ``base`` and ``supplement`` are those of the days employed; ``away`` the share of the month that spells of this
    month take, ``late`` the share of the month before that was not taken then, in millionths.
    """

    base: Ints
    supplement: Ints
    monthly: Ints
    away: Ints
    late: Ints


def due(basis: Basis) -> Due:
    """Work out what contract and absences say for the month."""
    run, contracts = basis.run, basis.run.contracts
    first, last = run.month, last_day(run.month)
    since, ends = basis.of_contract(contracts.since), basis.of_contract(contracts.ends)
    here = weekdays(np.maximum(since, first), np.where(ends == 0, last, np.minimum(ends, last)))
    whole = _weekdays_of(first, last)
    monthly = basis.of_contract(contracts.monthly)
    away, before = _away(basis, first), _away(basis, month_before(first))
    taken, was_paid = _last_month(basis, monthly)
    supplement = basis.of_contract(contracts.supplement) * here // whole
    return Due(monthly * here // whole, supplement, monthly, away, np.where(was_paid, np.maximum(0, before - taken), 0))


def check_contract(basis: Basis, settings: Settings) -> Findings:
    """Compare base pay, hourly wages and supplements with the contract."""
    owed = due(basis)
    by_month = owed.monthly > 0
    base, supplement = basis.total(Role.BASE), basis.total(Role.SUPPLEMENT)
    paid = (base != 0) | (basis.total(Role.HOURLY) != 0)
    parts = [
        _compared(basis, Ground.BASE_PAY, np.where(by_month | (base != 0), owed.base, base), base, settings),
        _compared(basis, Ground.SUPPLEMENT, _expected_supplement(owed, supplement, paid), supplement, settings),
        _hourly(basis, settings),
    ]
    return together(parts)


def check_absence(basis: Basis, settings: Settings) -> Findings:
    """Compare what was taken away with the spells without full pay, those told late among them."""
    owed = due(basis)
    taken = -basis.total(Role.ABSENCE)
    paid = basis.total(Role.BASE)
    now = np.minimum(owed.monthly * owed.away // WHOLE, np.maximum(paid, 0))
    with_late = np.minimum(owed.monthly * (owed.away + owed.late) // WHOLE, np.maximum(paid, 0))
    # Without an earlier run nobody knows whether the month before was settled then.
    expected = with_late if basis.memory is not None else _nearer(taken, now, with_late)
    excess = after_tax(expected - taken)
    wrong = matters(basis, np.arange(len(excess)), excess, settings.smallest) & (owed.monthly > 0) & (paid > 0)
    parts = []
    for ground, chosen in ((Ground.NOT_TAKEN, wrong & (excess > 0)), (Ground.TAKEN_WITHOUT, wrong & (excess < 0))):
        rows = np.flatnonzero(chosen)
        columns = {"expected": expected[rows], "found": taken[rows], "excess": excess[rows]}
        parts.append(finding_rows(Check.ABSENCE, ground, basis.first_payment[rows], columns))
    return together(parts)


def _compared(basis: Basis, ground: Ground, expected: Ints, paid: Ints, settings: Settings) -> Findings:
    excess = after_tax(paid - expected)
    known = basis.contract >= 0
    rows = np.flatnonzero(known & matters(basis, np.arange(len(excess)), excess, settings.smallest) & ~_is_over(basis))
    columns = {"expected": expected[rows], "found": paid[rows], "excess": excess[rows]}
    return finding_rows(Check.CONTRACT, ground, basis.first_payment[rows], columns)


def _is_over(basis: Basis) -> Flags:
    """Leave those whose employment is over to the check for it."""
    ends = basis.of_contract(basis.run.contracts.ends)
    return np.asarray((ends != 0) & (ends < basis.run.month))


def _expected_supplement(owed: Due, supplement: Ints, paid: Flags) -> Ints:
    """Give the supplement with or without the cut for absence, whichever is nearer; who is paid by the hour may have none.

    Nothing is expected where neither base pay nor hours are paid: what stands there then is a settlement.
    """
    cut = np.minimum(WHOLE, owed.away + owed.late)
    least = np.where(owed.monthly > 0, owed.supplement - owed.supplement * cut // WHOLE, 0)
    return np.where(paid, _nearer(supplement, least, owed.supplement), supplement)


def _hourly(basis: Basis, settings: Settings) -> Findings:
    """Compare the wage of an hour with the contract's."""
    chosen = np.flatnonzero((basis.role == Role.HOURLY) & (basis.quantity > 0))
    owner = basis.owner[chosen]
    expected = basis.quantity[chosen] * basis.of_contract(basis.run.contracts.hourly)[owner] // 100
    excess = after_tax(basis.amount[chosen] - expected)
    wrong = matters(basis, owner, excess, settings.smallest) & (basis.contract[owner] >= 0)
    rows = chosen[wrong]
    columns = {"code": basis.code[rows], "expected": expected[wrong], "found": basis.amount[rows], "excess": excess[wrong]}
    return finding_rows(Check.CONTRACT, Ground.HOURLY_WAGE, basis.first_payment[owner[wrong]], columns)


def _away(basis: Basis, first: int) -> Ints:
    """Give the share of a month's pay that each employment loses to its spells, in millionths."""
    spells, last = basis.run.absences, last_day(first)
    days = weekdays(np.maximum(spells.first_day, first), np.minimum(spells.last_day, last))
    lost = days * (1_000 - spells.paid) * 1_000 // _weekdays_of(first, last)
    place = row_of(basis.employment, spells.employment)
    return per_place(place[place >= 0], lost[place >= 0], len(basis.employment))


def _last_month(basis: Basis, monthly: Ints) -> tuple[Ints, Flags]:
    """Give the share of a month's pay that was taken away last month, in millionths, and whether base pay was paid then.

    Who got none owes nothing for that month: a payment that came to nothing is in no run.
    """
    return -basis.last.total(Role.ABSENCE) * WHOLE // np.maximum(1, monthly), basis.last.total(Role.BASE) > 0


def _nearer(value: Ints, one: Ints, other: Ints) -> Ints:
    return np.where(np.abs(value - one) <= np.abs(value - other), one, other)


def _weekdays_of(first: int, last: int) -> int:
    return int(weekdays(np.array([first], np.int64), np.array([last], np.int64))[0])
