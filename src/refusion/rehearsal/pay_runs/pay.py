"""What payroll pays in a month when nothing goes wrong: base pay, supplements, hours, one-offs, absence."""

from __future__ import annotations

from datetime import date

import numpy as np

from refusion.rehearsal.pay_runs.days import last_day, weekdays
from refusion.rehearsal.pay_runs.events import World, working
from refusion.rehearsal.pay_runs.facts import CODES, PLACE, Code
from refusion.rehearsal.pay_runs.sheet import Sheet, deduct
from refusion.salary_guard.columns import Flags, Ints

WEEKEND_RATE, OVERTIME_RATE = 500, 1_500
"""Thousandths of the hourly wage; evening hours have a rate per unit."""
BUSY = {12: 1.4, 7: 0.6}
WINTER = (11, 12, 1, 2)
HOLIDAY_MONTHS, CHRISTMAS = (5, 8), 12
ARREARS = 45
"""Days after the end within which the last settlement comes."""


def clean_sheet(world: World, month: date) -> Sheet:
    """Pay everybody who worked in the month or whose employment ended just before it."""
    first, last = month.toordinal(), last_day(month)
    here = working(world.staff, first, last)
    gone = ~here & (world.staff.ends >= first - ARREARS) & (world.luck.random(world.staff.count) < 0.5)
    row = np.flatnonzero(here | gone)
    sheet = _empty(world, row)
    present = here[row]
    _contract_pay(world, sheet, present, (first, last))
    _hours(world, sheet, present, month)
    _one_offs(world, sheet, present, month)
    _settle(world, sheet, ~present)
    _absence(world, sheet, (first, last))
    _split(world, sheet)
    deduct(world, sheet, np.arange(len(row)))
    sheet.only(sheet.net > 0)
    return sheet


def _empty(world: World, row: Ints) -> Sheet:
    table = np.zeros((len(CODES), len(row)), np.int64)
    return Sheet(row + 1, world.staff.account[row], world.staff.account_since[row], table, table.copy(), np.zeros((4, 0), np.int64))


def _contract_pay(world: World, sheet: Sheet, present: Flags, month: tuple[int, int]) -> None:
    staff, who = world.staff, sheet.employment - 1
    first, last = month
    ends = np.where(staff.ends[who] == 0, last, np.minimum(staff.ends[who], last))
    here = weekdays(np.maximum(staff.since[who], first), ends)
    whole = int(weekdays(np.array([first]), np.array([last]))[0])
    sheet.amount[PLACE[Code.BASE]] = np.where(present, staff.monthly[who] * here // whole, 0)
    sheet.amount[PLACE[Code.SUPPLEMENT]] = np.where(present & ~staff.is_hourly[who], staff.supplement[who] * here // whole, 0)
    usual = staff.hours[who] * 433 // 100 * here // whole
    hours = usual * world.luck.normal(1.0, 0.1, len(who)).clip(0.4, 1.6) // 25 * 25
    worked = np.where(present & staff.is_hourly[who], hours, 0).astype(np.int64)
    _by_hours(sheet, Code.HOURLY, worked, staff.hourly[who])


def _hours(world: World, sheet: Sheet, present: Flags, month: date) -> None:
    staff, luck, who = world.staff, world.luck, sheet.employment - 1
    season = 1.12 if month.month in WINTER else 1.0
    evening = staff.evening[who] * luck.lognormal(0, 0.16, len(who)) * season // 25 * 25
    weekend = staff.weekend[who] * luck.lognormal(0, 0.2, len(who)) // 25 * 25
    works_over = luck.random(len(who)) * 1_000 < staff.overtime[who] * BUSY.get(month.month, 1.0)
    over = np.where(works_over, 100 + luck.gamma(1.5, 160, len(who)) // 25 * 25, 0)
    wage = staff.hourly[who]
    _by_hours(sheet, Code.EVENING, _if(present, evening), wage * world.evening_rate[staff.unit[who]] // 1_000)
    _by_hours(sheet, Code.WEEKEND, _if(present, weekend), wage * WEEKEND_RATE // 1_000)
    _by_hours(sheet, Code.OVERTIME, _if(present, over), wage * OVERTIME_RATE // 1_000)
    travels = present & (luck.random(len(who)) * 1_000 < staff.travel[who])
    sheet.amount[PLACE[Code.TRAVEL]] = _if(travels, luck.lognormal(np.log(60_000), 0.5, len(who)).clip(5_000, 400_000))


def _one_offs(world: World, sheet: Sheet, present: Flags, month: date) -> None:
    staff, luck, who = world.staff, world.luck, sheet.employment - 1
    granted = present & (luck.random(len(who)) < 0.005)
    bonus = _if(granted, luck.integers(6, 40, len(who)) * 50_000)
    if month.month == CHRISTMAS:
        bonus = np.where(present & (staff.unit[who] % 7 == 3), 600_000, bonus)
    sheet.amount[PLACE[Code.BONUS]] = bonus
    sheet.amount[PLACE[Code.BACK_PAY]] = _if(present, world.back_pay[who])
    if month.month in HOLIDAY_MONTHS:
        sheet.amount[PLACE[Code.HOLIDAY_SUPPLEMENT]] = _if(present, staff.monthly[who] * 12 * 75 // 10_000)


def _settle(world: World, sheet: Sheet, gone: Flags) -> None:
    staff, luck, who = world.staff, world.luck, sheet.employment - 1
    months = luck.integers(10, 120, len(who))
    sheet.amount[PLACE[Code.SETTLEMENT]] = _if(gone, (staff.monthly[who] + 500_000) * months // 1_000)
    late = gone & (luck.random(len(who)) < 0.3)
    _by_hours(sheet, Code.OVERTIME, sheet.quantity[PLACE[Code.OVERTIME]] + _if(late, luck.integers(4, 40, len(who)) * 25),
              staff.hourly[who] * OVERTIME_RATE // 1_000)  # fmt: skip


def _absence(world: World, sheet: Sheet, month: tuple[int, int]) -> None:
    """Take away pay for the spells known now, and for the month before where a spell was told late."""
    spells, first, last = world.spells, *month
    before = first - 1
    due = _days(world, (first, last), spells.known <= first)
    due += _days(world, (_first_of(before), before), (spells.known == first) & (spells.first_day < first))
    taken = world.staff.monthly * due[: world.staff.count] // 1_000_000
    who = sheet.employment - 1
    base = sheet.amount[PLACE[Code.BASE]]
    sheet.amount[PLACE[Code.UNPAID]] = -np.minimum(taken[who], base)
    part = np.where(base > 0, np.minimum(1_000_000, due[who]), 0)
    sheet.amount[PLACE[Code.SUPPLEMENT]] -= sheet.amount[PLACE[Code.SUPPLEMENT]] * part // 1_000_000


def _days(world: World, month: tuple[int, int], told: Flags) -> Ints:
    """Give the share of the month's pay that each employment loses to the spells, in millionths."""
    spells, (first, last) = world.spells, month
    whole = int(weekdays(np.array([first]), np.array([last]))[0])
    away = weekdays(np.maximum(spells.first_day, first), np.minimum(spells.last_day, last))
    lost = np.zeros(world.staff.count + 1, np.int64)
    np.add.at(lost, spells.employment[told] - 1, (away * (1_000 - spells.paid) * 1_000 // whole)[told])
    return lost


def _first_of(day: int) -> int:
    return date.fromordinal(day).replace(day=1).toordinal()


def _split(world: World, sheet: Sheet) -> None:
    """Let some overtime and travel stand in two lines, some of them alike."""
    for code, share in ((Code.OVERTIME, 0.1), (Code.TRAVEL, 0.1)):
        place = PLACE[code]
        rows = np.flatnonzero((sheet.amount[place] > 0) & (world.luck.random(len(sheet.employment)) < share))
        alike = world.luck.random(len(rows)) < 0.05
        part = np.where(alike, 500, world.luck.integers(200, 800, len(rows)))
        amount, quantity = sheet.amount[place, rows] * part // 1_000, sheet.quantity[place, rows] * part // 1_000
        sheet.add_lines(rows, np.full(len(rows), place), quantity, amount)
        sheet.amount[place, rows] -= amount
        sheet.quantity[place, rows] -= quantity


def _by_hours(sheet: Sheet, code: Code, hours: Ints, rate: Ints) -> None:
    sheet.quantity[PLACE[code]] = hours
    sheet.amount[PLACE[code]] = hours * rate // 100


def _if(condition: Flags, values: object) -> Ints:
    return np.where(condition, np.asarray(values), 0).astype(np.int64)
