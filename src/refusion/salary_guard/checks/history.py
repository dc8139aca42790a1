"""Variable pay against what the person had before, and where that says too little, against what others have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.salary_guard.basis import SPAN, Basis, row_of
from refusion.salary_guard.checks.contract import due
from refusion.salary_guard.checks.findings import Check, Findings, Ground, finding_rows, scale_of
from refusion.salary_guard.checks.settings import Settings, after_tax, matters, reaches
from refusion.salary_guard.columns import Flags, Ints, Role
from refusion.salary_guard.memory import MONTHS, Memory
from refusion.salary_guard.remembering import EVERYWHERE, measure, middle_by

DAYS_OF_A_MONTH = 30
BLOCK = 65_536
"""Sums that are looked up in memory at a time."""
SEASON_SEEN_IN = 50
SEASONS = (67, 150)
"""Hundredths of the usual that a season may explain."""
SETTLED_IN = 3
"""Runs after which it says something that nobody in a unit was ever paid a code."""


@dataclass(frozen=True, slots=True)
class Past:
    """What sums were in earlier runs: months paid, mean, lowest and highest (hours, or øre where there are no hours)."""

    months: Ints
    mean: Ints
    low: Ints
    high: Ints
    is_regular: Flags


def check_hours(basis: Basis, settings: Settings) -> Findings:
    """Find hours and amounts far above or below the person's own, or above what hardly anybody has."""
    memory = remembered(basis)
    rows = basis.having(Role.VARIABLE, Role.HOURLY, Role.ONE_OFF)
    past, value, owner = past_of(basis, rows, measure(basis, rows), settings), measure(basis, rows), basis.owner[rows]
    others = _usual_high(memory, basis.code[rows])
    season = _season(basis.code[rows], value, past)
    spread = np.maximum(past.high * (settings.above_own - 100) // 100, (past.high - past.low) // 2)
    own = (past.high + spread) * np.maximum(100, season) // 100
    too_much = value > np.where(past.is_regular, own, np.where(others > 0, others, value))
    fell = past.is_regular & (value * 100 < past.low * settings.fell_to)
    strange = _is_strange(basis, rows, settings) & (past.months == 0)
    expected = basis.amount[rows] * np.where(strange, 0, past.mean * season // 100) // np.maximum(1, value)
    excess = reaches(basis, rows, basis.amount[rows] - expected)
    by_value = np.where(basis.quantity[rows] > 0, int(Ground.HOURS), int(Ground.AMOUNT))
    # What is strange is told before what is much, and that before what fell.
    ground = np.where(strange, int(Ground.NEVER_PAID_HERE), np.where(too_much, by_value, np.where(fell, int(Ground.FELL), 0)))
    found = np.flatnonzero((ground != 0) & matters(basis, owner, excess, settings.smallest))
    columns = {"code": basis.code[rows[found]], "expected": expected[found], "found": basis.amount[rows[found]], "excess": excess[found]}
    return finding_rows(Check.HISTORY, ground[found], basis.first_payment[owner[found]], columns)


def check_rates(basis: Basis, settings: Settings) -> Findings:
    """Find hours paid at another rate than the person's last one, and than the unit's middle one."""
    memory = remembered(basis)
    rows = np.flatnonzero((basis.role == Role.VARIABLE) & (basis.ratio > 0) & (basis.quantity > 0))
    owner, ratio = basis.owner[rows], basis.ratio[rows]
    own = np.where(basis.before[rows] >= 0, memory.ratio[basis.before[rows]], 0).astype(np.int64) if len(memory.key) else 0 * ratio
    unit = row_of(memory.usual.key, basis.unit[owner] * SPAN + basis.code[rows])
    theirs = np.where(unit >= 0, memory.usual.ratio[unit], 0) if len(memory.usual.key) else 0 * ratio
    nearest = np.where((own > 0) & ((np.abs(ratio - own) <= np.abs(ratio - theirs)) | (theirs == 0)), own, theirs)
    expected = np.where(nearest > 0, basis.amount[rows] * nearest // np.maximum(1, ratio), basis.amount[rows])
    excess = after_tax(basis.amount[rows] - expected)
    found = np.flatnonzero(matters(basis, owner, excess, settings.smallest))
    columns = {"code": basis.code[rows[found]], "expected": expected[found], "found": basis.amount[rows[found]], "excess": excess[found]}
    return finding_rows(Check.HISTORY, Ground.RATE, basis.first_payment[owner[found]], columns)


def check_scale(basis: Basis, settings: Settings) -> Findings:
    """Find amounts that are ten or a hundred times the usual one, or a tenth or a hundredth of it."""
    rows = basis.having(Role.BASE, Role.HOURLY, Role.SUPPLEMENT, Role.VARIABLE, Role.ONE_OFF)
    rows = rows[basis.before[rows] >= 0]
    past = past_of(basis, rows, basis.amount[rows], settings)
    owner, amount = basis.owner[rows], basis.amount[rows]
    expected = _by_contract(basis, rows, past.mean)
    factor = scale_of(expected, amount)
    excess = reaches(basis, rows, amount - expected)
    outside = np.where(factor > 0, amount > past.high, (amount < past.low) & past.is_regular)
    agreed = (basis.role[rows] == Role.BASE) | (basis.role[rows] == Role.SUPPLEMENT)
    enough = agreed | (outside & (past.months >= settings.months_for_own))
    found = np.flatnonzero((factor != 0) & enough & matters(basis, owner, excess, settings.smallest))
    columns = {
        "code": basis.code[rows[found]], "expected": expected[found], "found": amount[found],
        "excess": excess[found], "factor": factor[found],
    }  # fmt: skip
    return finding_rows(Check.SCALE, Ground.FACTOR_OFF, basis.first_payment[owner[found]], columns)


def past_of(basis: Basis, rows: Ints, value: Ints, settings: Settings) -> Past:
    """Give what the sums were in earlier runs, by hours where the value is hours."""
    memory = remembered(basis)
    if not len(memory.key):
        nothing = np.zeros(len(rows), np.int64)
        return Past(nothing, nothing, nothing, nothing, nothing != 0)
    parts = [_earlier(basis, rows[start : start + BLOCK], value[start : start + BLOCK]) for start in range(0, max(1, len(rows)), BLOCK)]
    months, total, low, high = (np.concatenate([part[column] for part in parts]) for column in range(4))
    could = np.minimum(min(memory.runs, MONTHS), _months_here(basis)[basis.owner[rows]])
    is_regular = (months >= settings.months_for_own) & (months >= could)
    return Past(months, total // np.maximum(1, months), low, high, is_regular)


def _earlier(basis: Basis, rows: Ints, value: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Give months paid, sum, lowest and highest of earlier runs for a block of sums: all months at once take much memory."""
    memory, before = remembered(basis), basis.before[rows]
    by_hours = (value == basis.quantity[rows]) & (basis.quantity[rows] > 0)
    was = np.where(by_hours, memory.quantity[:, before], memory.amount[:, before]).astype(np.int64)
    was = np.where((before >= 0) & (was > 0), was, 0)
    months = (was > 0).sum(axis=0)
    low = np.where(was > 0, was, np.iinfo(np.int64).max).min(axis=0)
    return months, was.sum(axis=0), np.where(months > 0, low, 0), was.max(axis=0)


def remembered(basis: Basis) -> Memory:
    """Give the memory; a check that needs one is not made without (see the guard)."""
    assert basis.memory is not None
    return basis.memory


def _months_here(basis: Basis) -> Ints:
    return np.maximum(0, basis.run.month - basis.of_contract(basis.run.contracts.since)) // DAYS_OF_A_MONTH


def _season(code: Ints, value: Ints, past: Past) -> Ints:
    """Give, for each sum, how its code stands this month with those who have it every month: hundredths of their mean.

    A few people say nothing of a season: one wrong entry among them would explain itself.
    """
    regular = past.is_regular & (past.mean > 0)
    key, people, middle = middle_by(code[regular], value[regular] * 100 // past.mean[regular])
    row = row_of(key, code)
    if not len(key):
        return np.full(len(code), 100, np.int64)
    return np.where((row >= 0) & (people[row] >= SEASON_SEEN_IN), np.clip(middle[row], *SEASONS), 100)


def _by_contract(basis: Basis, rows: Ints, otherwise: Ints) -> Ints:
    """Give what the contract says of base pay and supplement, and for all else what is given."""
    owed, owner = due(basis), basis.owner[rows]
    base = np.where(basis.role[rows] == Role.BASE, owed.base[owner], otherwise)
    return np.where(basis.role[rows] == Role.SUPPLEMENT, owed.supplement[owner], base)


def _usual_high(memory: Memory, code: Ints) -> Ints:
    row = row_of(memory.usual.key, EVERYWHERE * SPAN + code)
    return np.where(row >= 0, memory.usual.high[row], 0) if len(memory.usual.key) else 0 * code


def _is_strange(basis: Basis, rows: Ints, settings: Settings) -> Flags:
    """Tell whether hardly anybody in the unit was ever paid the code, when there were runs enough to know."""
    memory, unit = remembered(basis), basis.unit[basis.owner[rows]]
    usual, people = row_of(memory.usual.key, unit * SPAN + basis.code[rows]), row_of(memory.unit, unit)
    if not len(memory.usual.key) or memory.runs < SETTLED_IN:
        return np.zeros(len(rows), np.bool_)
    paid = np.where(usual >= 0, memory.usual.people[usual], 0)
    size = np.where(people >= 0, memory.unit_people[people], 0)
    by_hours = (basis.role[rows] == Role.VARIABLE) & (basis.quantity[rows] > 0)
    return np.asarray(by_hours & (size > settings.cohort) & (paid * 1_000 < size * settings.in_use))
