"""A sheet into which errors are put: each person is hit at most once, and an error too small or above the limit is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from refusion.rehearsal.pay_runs.events import World
from refusion.rehearsal.pay_runs.facts import CODES, Kind
from refusion.rehearsal.pay_runs.sheet import Sheet, deduct
from refusion.salary_guard.columns import Flags, Ints

LIMIT = 70_000_00
SMALLEST = 5
"""An error moves net pay by so many hundredths at least."""
TRIES = 8
"""Candidates drawn for each error wanted; the first that qualify stay."""


@dataclass(slots=True)
class Trial:
    """A sheet with the kind of error of each row, how far it moved net pay, and who was hit."""

    world: World
    luck: np.random.Generator
    sheet: Sheet
    kind: Ints
    moved: Ints
    hit: Flags

    @property
    def person(self) -> Ints:
        """Give the person of each row."""
        return self.world.staff.person[self.sheet.employment - 1]

    def draw(self, eligible: Flags, wanted: int) -> Ints:
        """Draw rows of people who were not hit, one row a person, more than wanted."""
        free = np.flatnonzero(eligible & ~self.hit[self.person] & (self.kind == Kind.NONE))
        drawn = self.luck.permutation(free)[: wanted * TRIES]
        _, first = np.unique(self.person[drawn], return_index=True)
        return drawn[np.sort(first)]

    def label(self, rows: Ints, kind: Kind, moved: Ints) -> None:
        """Say what was done to rows."""
        self.kind[rows], self.moved[rows] = kind, moved
        self.hit[self.person[rows]] = True

    def lengthen(self) -> None:
        """Give rows that were added to the sheet their place in the labels."""
        more = len(self.sheet.employment) - len(self.kind)
        self.kind, self.moved = np.append(self.kind, np.zeros(more, np.int64)), np.append(self.moved, np.zeros(more, np.int64))


Change = Callable[[Trial, Ints], None]


def inject(trial: Trial, kind: Kind, rows: Ints, wanted: int, changes: tuple[Change, Change | None]) -> int:
    """Change rows, let payroll deduct, change deductions, and keep the first so many that qualify; give their count."""
    sheet, (before_deduction, after_deduction) = trial.sheet, changes
    kept_amount, kept_quantity, kept_twice, was = sheet.amount[:, rows], sheet.quantity[:, rows], sheet.twice, sheet.net[rows]
    before_deduction(trial, rows)
    deduct(trial.world, sheet, rows)
    if after_deduction is not None:
        after_deduction(trial, rows)
    moved = sheet.net[rows] - was
    good = np.flatnonzero((np.abs(moved) * 100 >= was * SMALLEST) & (sheet.net[rows] > 0) & (total_of(trial, rows) <= LIMIT))[:wanted]
    bad = np.setdiff1d(np.arange(len(rows)), good)
    sheet.amount[:, rows[bad]], sheet.quantity[:, rows[bad]] = kept_amount[:, bad], kept_quantity[:, bad]
    sheet.twice = np.concatenate([kept_twice, _added(sheet, kept_twice.shape[1], rows[good])], axis=1)
    trial.label(rows[good], kind, moved[good])
    return len(good)


def total_of(trial: Trial, rows: Ints) -> Ints:
    """Give the total net pay of the persons of the rows."""
    totals = np.zeros(len(trial.hit), np.int64)
    np.add.at(totals, trial.person, trial.sheet.net)
    return totals[trial.person[rows]]


def sizes(trial: Trial, rows: Ints) -> Ints:
    """Draw how large an error is before tax, in øre: evenly on a logarithmic scale from 5 % of net pay to 80 %."""
    share = np.exp(trial.luck.uniform(np.log(0.05), np.log(0.8), len(rows)))
    return (trial.sheet.net[rows] * share / 0.55).astype(np.int64) + 100


def one_of_lines(trial: Trial, rows: Ints, places: tuple[int, ...]) -> Ints:
    """Draw, for each row, the place of one code among those given that it is paid; -1 where it has none."""
    paid = trial.sheet.amount[list(places)][:, rows] > 0
    draw = np.where(paid, trial.luck.random((len(places), len(rows))), -1.0)
    return np.where(paid.any(axis=0), np.array(places)[draw.argmax(axis=0)], -1)


def started(world: World, luck: np.random.Generator, sheet: Sheet) -> Trial:
    """Begin with a clean sheet."""
    count = len(sheet.employment)
    assert sheet.amount.shape[0] == len(CODES)
    return Trial(world, luck, sheet, np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(world.next_person + 1, np.bool_))


def _added(sheet: Sheet, known: int, rows: Ints) -> Ints:
    new = sheet.twice[:, known:]
    return new[:, np.isin(new[0], rows)]
