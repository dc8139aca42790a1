"""Small errors across many people: a pay code whose rate or average moved in a unit, or everywhere, from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from refusion.salary_guard.basis import SPAN, Basis, per_place, row_of
from refusion.salary_guard.checks.findings import Check, Findings, Ground, finding_rows
from refusion.salary_guard.checks.history import remembered
from refusion.salary_guard.checks.settings import Settings, after_tax
from refusion.salary_guard.columns import Flags, Ints, Role
from refusion.salary_guard.remembering import EVERYWHERE, groups_of, middle_by, moved_rate
from refusion.values.said import Said, said

TIMES_USUAL = 2
DEVIATIONS = 5
RUNS_TO_KNOW = 2


@dataclass(frozen=True, slots=True)
class Alarms:
    """Cohorts that drift, one per row: code, unit (0: everywhere), how many people moved of how many.

    ``ratio_before`` and ``ratio_now`` are the middle rates of those who moved, in thousandths of the hourly wage;
    ``more`` is what the change costs this month, in øre.
    """

    code: Ints
    unit: Ints
    moved: Ints
    people: Ints
    ratio_before: Ints
    ratio_now: Ints
    more: Ints


@dataclass(frozen=True, slots=True)
class _Compared:
    """Rows of sums with the rate that they are held against, and where that rate came from: another code, or the same."""

    rows: Ints
    cohort: Ints
    before: Ints
    moved: Ints


def check_drift(basis: Basis, settings: Settings) -> tuple[Findings, Alarms]:
    """Find pay codes whose rate moved for many people at once, told neither by agreement nor by what is usual."""
    varies = (basis.role == Role.VARIABLE) | (basis.role == Role.SUPPLEMENT)
    # How much amounts without hours vary by themselves is known after two runs.
    comparable = (basis.quantity > 0) | (remembered(basis).runs >= RUNS_TO_KNOW)
    rows = np.flatnonzero(varies & comparable & (basis.ratio > 0) & ~_is_agreed(basis))
    before = _rate_before(basis, rows, settings)
    rows, before = rows[before > 0], before[before > 0]
    twice, cohort = groups_of(basis, rows)
    # Where there are no hours the amount varies with them: then only twice as much says that a rate moved.
    least = np.where(basis.quantity[twice] > 0, settings.rate_moved, settings.amount_moved)
    moved = moved_rate(basis.ratio[twice], np.concatenate([before, before]), least)
    compared = _Compared(twice, cohort, np.concatenate([before, before]), moved)
    alarmed, alarms = _alarms(basis, compared, settings)
    chosen = np.isin(cohort * 2 + (moved > 0), alarmed) & (moved != 0)
    _, first = np.unique(twice[chosen], return_index=True)
    return _pointed_out(basis, twice[chosen][first], compared.before[chosen][first]), alarms


def explain_alarm(alarms: Alarms, row: int) -> Said:
    """Say which pay code drifts, where, for how many, and what it costs a month."""
    facts = {column.name: int(getattr(alarms, column.name)[row]) for column in fields(Alarms)}
    cost = {**facts, "more_ore": facts.pop("more")}
    return said("guard.drift_everywhere", **cost) if facts["unit"] == EVERYWHERE else said("guard.drift_in_unit", **cost)


def _rate_before(basis: Basis, rows: Ints, settings: Settings) -> Ints:
    """Give the rate that each sum is held against: the person's last, that of the code it replaced, or other units'."""
    memory = remembered(basis)
    own = np.where(basis.before[rows] >= 0, memory.ratio[basis.before[rows]], 0).astype(np.int64) if len(memory.key) else 0 * rows
    known = np.isin(basis.code[rows], memory.usual.key[memory.usual.key < SPAN])
    own = np.where(known, own, _replaced(basis, rows, ~known, settings))
    here = row_of(memory.usual.key, basis.unit[basis.owner[rows]] * SPAN + basis.code[rows])
    first_here = known & (basis.quantity[rows] > 0) & (here < 0)
    elsewhere = row_of(memory.usual.key, basis.code[rows])
    return np.where(first_here & (own == 0), memory.usual.ratio[elsewhere] if len(memory.usual.key) else 0, own)


def _replaced(basis: Basis, rows: Ints, is_new: Flags, settings: Settings) -> Ints:
    """Give the rate of the code that a code never seen before took the place of: the one its people lost with it."""
    memory, rate = remembered(basis), np.zeros(len(rows), np.int64)
    for code in np.unique(basis.code[rows][is_new]).tolist():
        own = np.flatnonzero(basis.code[rows] == code)
        employment = basis.employment[basis.owner[rows[own]]]
        best = settings.cohort - 1
        for old in np.unique(memory.key[memory.ratio > 0] % SPAN).tolist():
            had = row_of(memory.key, employment * SPAN + old)
            lost = (had >= 0) & (memory.amount[0][had] != 0) & (row_of(basis.key, employment * SPAN + old) < 0)
            if int(lost.sum()) > best:
                best = int(lost.sum())
                rate[own] = np.where(lost, memory.ratio[had], 0)
    return rate


def _is_agreed(basis: Basis) -> Flags:
    """Mark sums whose rate was changed by agreement, for their unit or everywhere."""
    agreed = basis.run.agreed.unit * SPAN + basis.run.agreed.code
    unit = basis.unit[basis.owner]
    return np.asarray(np.isin(unit * SPAN + basis.code, agreed) | np.isin(EVERYWHERE * SPAN + basis.code, agreed))


def _alarms(basis: Basis, compared: _Compared, settings: Settings) -> tuple[Ints, Alarms]:
    """Count per cohort and direction, and keep those that moved far more than usual."""
    key, people, _ = middle_by(compared.cohort, np.abs(compared.moved))
    place = row_of(key, compared.cohort)
    usual = _usually_moved(basis, key)
    kept: list[tuple[Ints, ...]] = []
    alarmed: list[Ints] = []
    for direction in (1, -1):
        count = per_place(place, (compared.moved == direction).astype(np.int64), len(key))
        most = np.maximum(settings.drifting, TIMES_USUAL * usual) * people
        # Five standard deviations beyond what usually moves, in whole numbers.
        beyond = np.maximum(0, count * 1_000 - people * usual)
        is_no_chance = beyond**2 >= DEVIATIONS**2 * people * usual * (1_000 - usual)
        chosen = np.flatnonzero((count >= settings.cohort) & (count * 1_000 >= most) & is_no_chance)
        alarmed.append(key[chosen] * 2 + (direction > 0))
        mine = (compared.moved == direction) & np.isin(compared.cohort, key[chosen])
        before, now, more = _sizes(basis, compared, mine)
        kept.append((key[chosen] % SPAN, key[chosen] // SPAN, count[chosen], people[chosen], before, now, more))
    return np.concatenate(alarmed), Alarms(*(np.concatenate(columns) for columns in zip(*kept, strict=True)))


def _sizes(basis: Basis, compared: _Compared, mine: Flags) -> tuple[Ints, Ints, Ints]:
    """Give, per alarmed cohort, the middle rate before and now, and what the change costs."""
    cohort, rows, before = compared.cohort[mine], compared.rows[mine], compared.before[mine]
    key, _, middle_before = middle_by(cohort, before)
    _, _, middle_now = middle_by(cohort, basis.ratio[rows])
    more = basis.amount[rows] - basis.amount[rows] * before // np.maximum(1, basis.ratio[rows])
    return middle_before, middle_now, per_place(row_of(key, cohort), more, len(key))


def _usually_moved(basis: Basis, key: Ints) -> Ints:
    """Give how many in a thousand usually move, in the unit or everywhere, whichever is more."""
    usual = remembered(basis).usual
    if not len(usual.key):
        return np.zeros(len(key), np.int64)
    unit, everywhere = row_of(usual.key, key), row_of(usual.key, key % SPAN)
    return np.maximum(np.where(unit >= 0, usual.moved[unit], 0), np.where(everywhere >= 0, usual.moved[everywhere], 0))


def _pointed_out(basis: Basis, rows: Ints, before: Ints) -> Findings:
    """Point out everybody whose rate moved with the cohort."""
    expected = basis.amount[rows] * before // np.maximum(1, basis.ratio[rows])
    columns = {
        "code": basis.code[rows], "expected": expected, "found": basis.amount[rows],
        "excess": after_tax(basis.amount[rows] - expected),
    }  # fmt: skip
    return finding_rows(Check.DRIFT, Ground.COHORT, basis.first_payment[basis.owner[rows]], columns)
