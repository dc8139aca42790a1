"""Errors of every kind put into a clean month in equal parts, each labelled with what it is and how much it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from refusion.rehearsal.pay_runs.days import value_date
from refusion.rehearsal.pay_runs.events import World
from refusion.rehearsal.pay_runs.facts import CODES, PLACE, Code, Kind, LabelledRun
from refusion.rehearsal.pay_runs.sheet import Sheet, columns_of, deduct
from refusion.rehearsal.pay_runs.slips import (
    comma,
    doubled_line,
    dropped_deduction,
    times,
    wrong_absence,
    wrong_contract,
    wrong_hours,
    wrong_tax,
)
from refusion.rehearsal.pay_runs.trial import LIMIT, Change, Trial, inject, started, total_of
from refusion.salary_guard.columns import Ints, Payments, PayRun

SHORTLY = 7
DRIFT_FACTOR = 1_500
ONE_OFFS = (PLACE[Code.BONUS], PLACE[Code.BACK_PAY], PLACE[Code.TRAVEL])


def with_errors(world: World, sheet: Sheet, before: Sheet, month: date, wanted: tuple[int, int]) -> LabelledRun:
    """Put errors into a month's sheet; ``before`` is the sheet of the month before, ``wanted`` the seed and how many of a kind."""
    seed, each = wanted
    trial = started(world, np.random.default_rng([seed, month.toordinal()]), sheet)
    _drift(trial, each)
    _own(trial, each)
    _scale(trial, each)
    _duplicates(trial, before, each)
    _ended(trial, month, each)
    _new_accounts(trial, month, each)
    return labelled(trial, month)


def labelled(trial: Trial, month: date) -> LabelledRun:
    """Give the run in the order of employments, with its labels."""
    order = np.argsort(trial.sheet.employment, kind="stable")
    run = columns_of(trial.world, trial.sheet, month)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return LabelledRun(_reordered(run, order, place), trial.kind[order], trial.moved[order])


def _reordered(run: PayRun, order: Ints, place: Ints) -> PayRun:
    old = run.payments
    payments = Payments(
        old.number, old.person[order], old.employment[order], old.account[order], old.account_since[order], old.net[order]
    )
    at = place[run.lines.payment]
    by_payment = np.argsort(at, kind="stable")
    lines = replace(
        run.lines, payment=at[by_payment], code=run.lines.code[by_payment], quantity=run.lines.quantity[by_payment],
        amount=run.lines.amount[by_payment],
    )  # fmt: skip
    return replace(run, payments=payments, lines=lines)


def _drift(trial: Trial, each: int) -> None:
    """Pay the evening hours of one unit at a wrong rate: the unit whose people are nearest to the number wanted."""
    evening, unit = PLACE[Code.EVENING], trial.world.staff.unit[trial.sheet.employment - 1]
    holders = trial.sheet.amount[evening] > 0
    counts = np.bincount(unit[holders], minlength=len(trial.world.evening_rate))
    chosen = int(np.abs(counts - each).argmin())
    rows = np.flatnonzero(holders & (unit == chosen))
    was = trial.sheet.net[rows]
    trial.sheet.amount[evening, rows] = trial.sheet.amount[evening, rows] * DRIFT_FACTOR // 1_000
    deduct(trial.world, trial.sheet, rows)
    trial.label(rows, Kind.DRIFT, trial.sheet.net[rows] - was)


def _own(trial: Trial, each: int) -> None:
    """Deviations from a person's own history, contract and absence."""
    everybody = np.ones(len(trial.kind), np.bool_)
    parts: tuple[tuple[int, tuple[Change, Change | None]], ...] = (
        (55, (wrong_hours, None)),
        (30, (_nothing, wrong_tax)),
        (15, (_nothing, dropped_deduction)),
    )
    for hundredths, changes in parts:
        wanted = each * hundredths // 100
        inject(trial, Kind.HISTORY, trial.draw(everybody, wanted), wanted, changes)
    at_work = (trial.sheet.amount[PLACE[Code.BASE]] > 0) | (trial.sheet.amount[PLACE[Code.HOURLY]] > 0)
    inject(trial, Kind.CONTRACT, trial.draw(at_work, each), each, (wrong_contract, None))
    away = trial.sheet.amount[PLACE[Code.UNPAID]] < 0
    monthly = (trial.sheet.amount[PLACE[Code.BASE]] > 0) & ~away
    inject(trial, Kind.ABSENCE, trial.draw(away, each), each - each // 2, (wrong_absence, None))
    inject(trial, Kind.ABSENCE, trial.draw(monthly, each), each // 2, (wrong_absence, None))


def _scale(trial: Trial, each: int) -> None:
    """Factors of ten and a hundred, and commas that moved."""
    everybody = np.ones(len(trial.kind), np.bool_)
    for kind, change in ((Kind.TIMES_TEN, times(10)), (Kind.TIMES_HUNDRED, times(100)), (Kind.COMMA, comma)):
        left = each
        while left > 0:
            rows = trial.draw(everybody, left)
            left -= inject(trial, kind, rows, left, (change, None))
            if not len(rows):
                break


def _duplicates(trial: Trial, before: Sheet, each: int) -> None:
    """Whole payments twice, lines twice, and one-offs of the month before paid once more."""
    everybody = np.ones(len(trial.kind), np.bool_)
    inject(trial, Kind.DUPLICATE, trial.draw(everybody, each), each // 4, (doubled_line, None))
    had = np.zeros((len(CODES), trial.world.staff.count + 1), np.int64)
    had[:, before.employment] = before.amount

    def once_more(trial: Trial, rows: Ints) -> None:
        for place in ONE_OFFS:
            trial.sheet.amount[place, rows] += had[place, trial.sheet.employment[rows]]

    repeated = had[list(ONE_OFFS)].sum(axis=0)[trial.sheet.employment] > 0
    inject(trial, Kind.DUPLICATE, trial.draw(repeated, each), each // 4, (once_more, None))
    rows = trial.draw(everybody, each)
    rows = rows[2 * total_of(trial, rows) <= LIMIT][: each - 2 * (each // 4)]
    copies = trial.sheet.repeat(rows)
    trial.lengthen()
    trial.hit[trial.person[rows]] = True
    trial.label(copies, Kind.DUPLICATE, trial.sheet.net[copies])


def _ended(trial: Trial, month: date, each: int) -> None:
    """Pay people whose employment ended before the month as if they were still there."""
    staff, first = trial.world.staff, month.toordinal()
    gone = np.flatnonzero((staff.ends > 0) & (staff.ends < first) & (staff.ends > first - 400) & ~trial.hit[staff.person])
    gone = np.setdiff1d(gone, trial.sheet.employment - 1)
    gone = trial.luck.permutation(gone)[:each]
    pattern = np.flatnonzero((trial.sheet.amount[PLACE[Code.BASE]] > 0) & (trial.kind == Kind.NONE))[: len(gone)]
    rows = trial.sheet.repeat(pattern)
    trial.lengthen()
    sheet = trial.sheet
    sheet.twice = sheet.twice[:, ~np.isin(sheet.twice[0], rows)]
    sheet.employment[rows], sheet.account[rows], sheet.account_since[rows] = gone + 1, staff.account[gone], staff.account_since[gone]
    sheet.amount[:, rows], sheet.quantity[:, rows] = 0, 0
    sheet.amount[PLACE[Code.BASE], rows] = staff.monthly[gone]
    sheet.amount[PLACE[Code.SUPPLEMENT], rows] = staff.supplement[gone]
    hours = np.where(staff.is_hourly[gone], staff.hours[gone] * 433 // 100, 0)
    sheet.quantity[PLACE[Code.HOURLY], rows] = hours
    sheet.amount[PLACE[Code.HOURLY], rows] = hours * staff.hourly[gone] // 100
    deduct(trial.world, sheet, rows)
    good = rows[total_of(trial, rows) <= LIMIT]
    trial.label(good, Kind.ENDED, sheet.net[good])
    keep = np.ones(len(sheet.employment), np.bool_)
    keep[np.setdiff1d(rows, good)] = False
    sheet.only(keep)
    trial.kind, trial.moved = trial.kind[keep], trial.moved[keep]


def _new_accounts(trial: Trial, month: date, each: int) -> None:
    """Turn pay to an account entered a few days before; some thieves take several people's pay to one account."""
    staff, first = trial.world.staff, month.toordinal()
    settled = (staff.since < first - 60)[trial.sheet.employment - 1]
    rows = trial.draw(settled & (total_of(trial, np.arange(len(trial.kind))) <= LIMIT), each)[:each]
    thief = np.where(trial.luck.random(len(rows)) < 0.4, np.arange(len(rows)) // 3, 1_000_000 + np.arange(len(rows)))
    trial.sheet.account[rows] = 9_000_000_000_000 + thief
    trial.sheet.account_since[rows] = value_date(month).toordinal() - trial.luck.integers(1, SHORTLY, len(rows))
    trial.label(rows, Kind.NEW_ACCOUNT, trial.sheet.net[rows])


def _nothing(trial: Trial, rows: Ints) -> None:
    """Leave the lines above the deductions as they are."""
