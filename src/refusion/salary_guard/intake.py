"""Whether a pay run can be used at all: everything wrong in it, with the row, before anything is decided or written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from refusion.salary_guard.basis import SPAN, grouped, per_place
from refusion.salary_guard.columns import Flags, Payments, PayRun, row_count
from refusion.values.said import BadInput, Problem, Said, said

HEADING = 2
"""The first payment stands in row 2 of its table, below the heading."""
MOST = 100
"""Problems told of one kind; more would hide the others."""
UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class Announced:
    """What the run says of itself: how many payments, and their sum in øre. None where it says nothing."""

    count: int | None = None
    total: int | None = None


def need_sound(run: PayRun, announced: Announced, file: str | None = None) -> None:
    """Refuse a run with anything wrong in it. Raises BadInput with every problem, up to a hundred of a kind."""
    found = [*problems_of_payments(run.payments, announced, file), *problems_of_lines(run, file)]
    if found:
        raise BadInput(*found)


def problems_of_payments(payments: Payments, announced: Announced, file: str | None = None) -> list[Problem]:
    """Find what is wrong in the payments alone: totals, ids told twice, accounts and persons that nobody knows, amounts."""
    row_count(payments)
    rows: tuple[tuple[Flags, Said, Said, str], ...] = (
        (_repeated(payments), said("guard.repeated_id"), said("guard.repeated_id_remedy"), "payment"),
        (payments.person == UNKNOWN, said("guard.person_missing"), said("guard.person_missing_remedy"), "person"),
        (payments.account == UNKNOWN, said("guard.account_unknown"), said("guard.account_unknown_remedy"), "account"),
        (payments.net <= 0, said("guard.nothing_to_pay"), said("guard.nothing_to_pay_remedy"), "net_pay"),
        (_nameless(payments), said("guard.id_missing"), said("guard.id_missing_remedy"), "payment"),
    )
    found = list(_totals(payments, announced, file))
    for wrong, what, remedy, column in rows:
        found += [Problem(what, remedy, file, int(row) + HEADING, column) for row in np.flatnonzero(wrong)[:MOST]]
    return found


def problems_of_lines(run: PayRun, file: str | None = None) -> list[Problem]:
    """Find payments whose lines do not sum to the net pay, and lines of no payment or of a code out of reach."""
    lines, payments = run.lines, run.payments
    if not row_count(lines):
        return []
    astray = (lines.payment < 0) | (lines.payment >= len(payments.net)) | (lines.code < 0) | (lines.code >= SPAN)
    if bool(astray.any()):
        row = int(np.flatnonzero(astray)[0])
        return [Problem(said("guard.line_astray"), said("guard.line_astray_remedy"), file, row + HEADING, "payment")]
    sums = per_place(lines.payment, lines.amount, len(payments.net))
    differing = np.flatnonzero(sums != payments.net)[:MOST]
    return [
        Problem(
            said("guard.lines_differ", net_ore=int(payments.net[row]), lines_ore=int(sums[row])),
            said("guard.lines_differ_remedy"), file, int(row) + HEADING, "net_pay",
        )
        for row in differing
    ]  # fmt: skip


def _totals(payments: Payments, announced: Announced, file: str | None) -> Iterator[Problem]:
    count, total = len(payments.net), int(payments.net.sum())
    if announced.count is not None and announced.count != count:
        what = said("guard.count_differs", announced=announced.count, count=count)
        yield Problem(what, said("guard.total_differs_remedy"), file)
    if announced.total is not None and announced.total != total:
        what = said("guard.total_differs", announced_ore=announced.total, total_ore=total)
        yield Problem(what, said("guard.total_differs_remedy"), file)


def _repeated(payments: Payments) -> Flags:
    """Mark payments whose id stood in a row before."""
    count = len(payments.number)
    if len(set(payments.number.tolist())) == count:
        return np.zeros(count, np.bool_)
    _, code = np.unique(payments.number.astype(str), return_inverse=True)
    _, starts, order = grouped(code.astype(np.int64))
    repeated = np.ones(count, np.bool_)
    repeated[order[starts]] = False
    return repeated


def _nameless(payments: Payments) -> Flags:
    if "" not in set(payments.number.tolist()):
        return np.zeros(len(payments.number), np.bool_)
    return np.array([not number for number in payments.number.tolist()], np.bool_)


