"""A month's pay as a table of payments by pay codes, its deductions, and the run's columns made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from refusion.rehearsal.pay_runs.days import last_day
from refusion.rehearsal.pay_runs.days import value_date as value_date_of
from refusion.rehearsal.pay_runs.events import World
from refusion.rehearsal.pay_runs.facts import CODES, PAY_CODES, PLACE, Code
from refusion.salary_guard.columns import Absences, AgreedRates, Contracts, Flags, Ints, Lines, Payments, PayRun

DEDUCTIONS = (Code.PENSION, Code.LABOUR_MARKET, Code.TAX, Code.MEMBERSHIP)
TAX_FREE = (Code.TRAVEL,)
KNOWN_AFTER_END = 800
"""Days for which the register keeps an employment that has ended."""


@dataclass(slots=True)
class Sheet:
    """Rows are payments; ``quantity`` and ``amount`` have one row per pay code (in the order of CODES).

    ``twice`` holds further lines of the same code, on top of the table: row, place of the code, quantity, amount.
    """

    employment: Ints
    account: Ints
    account_since: Ints
    quantity: Ints
    amount: Ints
    twice: Ints

    @property
    def gross(self) -> Ints:
        """Give all that is paid or taken away before deductions, tax-free lines included."""
        places = [PLACE[code] for code in CODES if code not in DEDUCTIONS]
        total = self.amount[places].sum(axis=0)
        np.add.at(total, self.twice[0], self.twice[3])
        return np.asarray(total)

    @property
    def net(self) -> Ints:
        """Give what is paid out."""
        return np.asarray(self.gross + self.amount[[PLACE[code] for code in DEDUCTIONS]].sum(axis=0))

    def add_lines(self, rows: Ints, place: Ints, quantity: Ints, amount: Ints) -> None:
        """Add second lines of a code."""
        self.twice = np.concatenate([self.twice, np.stack([rows, place, quantity, amount])], axis=1)

    def repeat(self, rows: Ints) -> Ints:
        """Add the rows a second time and give where the copies stand."""
        first = len(self.employment)
        self.employment = np.concatenate([self.employment, self.employment[rows]])
        self.account = np.concatenate([self.account, self.account[rows]])
        self.account_since = np.concatenate([self.account_since, self.account_since[rows]])
        self.quantity = np.concatenate([self.quantity, self.quantity[:, rows]], axis=1)
        self.amount = np.concatenate([self.amount, self.amount[:, rows]], axis=1)
        copies = np.arange(first, first + len(rows), dtype=np.int64)
        for source, copy in zip(rows.tolist(), copies.tolist(), strict=True):
            own = self.twice[:, self.twice[0] == source]
            self.twice = np.concatenate([self.twice, np.stack([np.full(own.shape[1], copy), *own[1:]])], axis=1)
        return copies

    def only(self, keep: Flags) -> None:
        """Leave out the rows that are not kept."""
        place = np.cumsum(keep) - 1
        self.twice = self.twice[:, keep[self.twice[0]]]
        self.twice[0] = place[self.twice[0]]
        self.employment, self.account, self.account_since = self.employment[keep], self.account[keep], self.account_since[keep]
        self.quantity, self.amount = self.quantity[:, keep], self.amount[:, keep]


def deduct(world: World, sheet: Sheet, rows: Ints) -> None:
    """Work out pension, labour market contribution, tax and membership of the rows anew, as payroll does at the end."""
    staff, who = world.staff, sheet.employment[rows] - 1
    free = sheet.amount[[PLACE[code] for code in TAX_FREE]].sum(axis=0)
    np.add.at(free, sheet.twice[0], np.where(np.isin(sheet.twice[1], [PLACE[code] for code in TAX_FREE]), sheet.twice[3], 0))
    taxable = (sheet.gross - free)[rows]
    base = sheet.amount[[PLACE[Code.BASE], PLACE[Code.HOURLY], PLACE[Code.UNPAID]]][:, rows].sum(axis=0)
    pension = np.maximum(0, base) * staff.pension[who] // 1_000
    labour = np.maximum(0, taxable - pension) * 8 // 100
    tax = np.maximum(0, taxable - pension - labour - staff.allowance[who]) * staff.tax[who] // 1_000 // 100 * 100
    for code, amount in zip(DEDUCTIONS, (pension, labour, tax, staff.membership[who]), strict=True):
        sheet.amount[PLACE[code], rows] = -amount


def columns_of(world: World, sheet: Sheet, month: date) -> PayRun:
    """Give the run as the guard is given it."""
    staff, count = world.staff, len(sheet.employment)
    numbers = np.array([f"{month:%y%m}-{number:06d}" for number in range(1, count + 1)], object)
    payments = Payments(numbers, staff.person[sheet.employment - 1], sheet.employment, sheet.account, sheet.account_since, sheet.net)
    place, row = np.nonzero(sheet.amount)
    payment = np.concatenate([row, sheet.twice[0]]).astype(np.int64)
    code = PAY_CODES.code[np.concatenate([place, sheet.twice[1]])]
    quantity = np.concatenate([sheet.quantity[place, row], sheet.twice[2]])
    amount = np.concatenate([sheet.amount[place, row], sheet.twice[3]])
    order = np.lexsort((code, payment))
    lines = Lines(payment[order], code[order], quantity[order], amount[order])
    agreed = np.array([world.agreed_unit] if world.agreed_unit else [], np.int64)
    rates = AgreedRates(np.full(len(agreed), int(Code.EVENING), np.int64), agreed)
    value_date = value_date_of(month).toordinal()
    return PayRun(month.toordinal(), value_date, payments, lines, _contracts(world, month), _absences(world, month), rates)


def _contracts(world: World, month: date) -> Contracts:
    staff = world.staff
    row = np.flatnonzero((staff.since <= last_day(month)) & ((staff.ends == 0) | (staff.ends > month.toordinal() - KNOWN_AFTER_END)))
    return Contracts(
        employment=row + 1,
        person=staff.person[row],
        unit=staff.unit[row],
        since=staff.since[row],
        ends=staff.ends[row],
        monthly=world.registered_monthly[row],
        hourly=staff.hourly[row],
        supplement=staff.supplement[row],
    )


def _absences(world: World, month: date) -> Absences:
    """Give the spells that payroll knows and that reach into this month or the one before."""
    spells, first = world.spells, month.toordinal()
    told = (spells.known <= first) & (spells.last_day >= first - 31)
    return Absences(spells.employment[told], spells.first_day[told], spells.last_day[told], spells.paid[told])
