"""What people do wrong when they enter pay, one function a slip: each changes lines of the rows it is given."""

from __future__ import annotations

import numpy as np

from refusion.rehearsal.pay_runs.facts import PLACE, Code
from refusion.rehearsal.pay_runs.trial import Change, Trial, one_of_lines, sizes
from refusion.salary_guard.columns import Flags, Ints

VARIABLE = tuple(PLACE[code] for code in (Code.EVENING, Code.WEEKEND, Code.OVERTIME, Code.TRAVEL, Code.HOURLY))
ENTERED = (*VARIABLE, *(PLACE[code] for code in (Code.BASE, Code.SUPPLEMENT, Code.BONUS, Code.BACK_PAY)))
UNPAID, BASE, SUPPLEMENT, HOURLY = PLACE[Code.UNPAID], PLACE[Code.BASE], PLACE[Code.SUPPLEMENT], PLACE[Code.HOURLY]


def wrong_hours(trial: Trial, rows: Ints) -> None:
    """Enter too many hours, or hours for somebody who has none; one in four has the right hours at a wrong rate."""
    place, size = one_of_lines(trial, rows, VARIABLE), sizes(trial, rows)
    wage = trial.world.staff.hourly[trial.sheet.employment[rows] - 1]
    place = np.where(place < 0, PLACE[Code.EVENING], place)
    amount, quantity = trial.sheet.amount[place, rows], trial.sheet.quantity[place, rows]
    rate = np.where(quantity > 0, amount * 100 // np.maximum(1, quantity), wage * 270 // 1_000)
    rate_wrong = (quantity > 0) & (trial.luck.random(len(rows)) < 0.25)
    has_hours = place != PLACE[Code.TRAVEL]
    more = np.where(rate_wrong | ~has_hours, 0, size * 100 // np.maximum(1, rate) // 25 * 25 + 25)
    trial.sheet.quantity[place, rows] = quantity + more
    trial.sheet.amount[place, rows] = np.where(rate_wrong | ~has_hours, amount + size, amount + more * rate // 100)


def wrong_tax(trial: Trial, rows: Ints) -> None:
    """Take no tax at all, or too little or too much."""
    place, size = PLACE[Code.TAX], sizes(trial, rows) * 55 // 100
    tax = -trial.sheet.amount[place, rows]
    draw = trial.luck.random(len(rows))
    wrong = np.select([draw < 0.4, draw < 0.7], [np.zeros(len(rows), np.int64), np.maximum(0, tax - size)], tax + size)
    trial.sheet.amount[place, rows] = -wrong


def dropped_deduction(trial: Trial, rows: Ints) -> None:
    """Leave out pension or the labour market contribution, or take it twice."""
    place = np.where(trial.luck.random(len(rows)) < 0.5, PLACE[Code.PENSION], PLACE[Code.LABOUR_MARKET])
    factor = np.where(trial.luck.random(len(rows)) < 0.5, 0, 2)
    trial.sheet.amount[place, rows] *= factor


def wrong_contract(trial: Trial, rows: Ints) -> None:
    """Pay at other hours, another grade, or another supplement than agreed."""
    sheet, luck, size = trial.sheet, trial.luck, sizes(trial, rows)
    draw, sign = luck.random(len(rows)), np.where(luck.random(len(rows)) < 0.35, -1, 1)
    base_place = np.where(sheet.amount[BASE, rows] > 0, BASE, HOURLY)
    base = sheet.amount[base_place, rows]
    hours = trial.world.staff.hours[sheet.employment[rows] - 1]
    other_hours = np.where(hours < 3700, base * 3700 // hours, base * luck.choice((1850, 2800, 3200), len(rows)) // 3700)
    sheet.amount[base_place, rows] = np.select([draw < 0.35, draw < 0.6], [np.maximum(0, base + sign * size), other_hours], base)
    supplement = sheet.amount[SUPPLEMENT, rows]
    changed = np.where(supplement - size > 0, supplement + sign * size, supplement + size)
    sheet.amount[SUPPLEMENT, rows] = np.where(draw < 0.6, supplement, changed)


def wrong_absence(trial: Trial, rows: Ints) -> None:
    """Take nothing away for an absence, or too much; take something away for no absence."""
    sheet, taken = trial.sheet, -trial.sheet.amount[UNPAID, rows]
    without = np.minimum(sizes(trial, rows), sheet.amount[BASE, rows])
    forgotten = trial.luck.random(len(rows)) < 0.8
    doubled = np.minimum(2 * taken, sheet.amount[BASE, rows])
    sheet.amount[UNPAID, rows] = -np.where(taken == 0, without, np.where(forgotten, 0, doubled))


def doubled_line(trial: Trial, rows: Ints) -> None:
    """Let one line stand twice."""
    place = one_of_lines(trial, rows, ENTERED)
    rows, place = rows[place >= 0], place[place >= 0]
    trial.sheet.add_lines(rows, place, trial.sheet.quantity[place, rows], trial.sheet.amount[place, rows])


def times(factor: int) -> Change:
    """Give the slip that makes one line so many times too large; every other time in the hours, else in the amount."""

    def slip(trial: Trial, rows: Ints) -> None:
        _scaled(trial, rows, np.full(len(rows), factor), np.ones(len(rows), np.bool_))

    return slip


def comma(trial: Trial, rows: Ints) -> None:
    """Move the comma of one line one or two places, either way."""
    factor = np.where(trial.luck.random(len(rows)) < 0.5, 10, 100)
    _scaled(trial, rows, factor, trial.luck.random(len(rows)) < 0.5)


def _scaled(trial: Trial, rows: Ints, factor: Ints, is_up: Flags) -> None:
    place = one_of_lines(trial, rows, ENTERED)
    rows, factor, is_up, place = rows[place >= 0], factor[place >= 0], is_up[place >= 0], place[place >= 0]
    in_hours = trial.luck.random(len(rows)) < 0.5
    amount, quantity = trial.sheet.amount[place, rows], trial.sheet.quantity[place, rows]
    trial.sheet.amount[place, rows] = np.where(is_up, amount * factor, amount // factor)
    trial.sheet.quantity[place, rows] = np.where(in_hours, np.where(is_up, quantity * factor, quantity // factor), quantity)
