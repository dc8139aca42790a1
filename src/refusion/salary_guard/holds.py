"""What of a run goes, what the limit stops and, where it is switched on, the deviating part that an anomaly holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from refusion.salary_guard.basis import Basis, per_place
from refusion.salary_guard.checks.contract import due
from refusion.salary_guard.checks.deductions import GROSS
from refusion.salary_guard.checks.findings import Findings
from refusion.salary_guard.columns import Flags, Ints, Role
from refusion.salary_guard.decision import Decision

WHOLE = 1_000_000


class Hold(IntEnum):
    """Why an amount of a payment stays out of the file."""

    NOTHING = 0
    LIMIT = 1
    """The limit: the whole net payment."""
    PART = 2
    """An anomaly below the limit: the deviating part alone."""
    PERSON = 3
    """A person, before the file was written: the whole net payment."""


@dataclass(frozen=True, slots=True)
class Split:
    """Per payment: what goes in the file and what stands on 95.11, in øre, and why; the two sum to the net payment."""

    goes: Ints
    held: Ints
    hold: Ints

    def __post_init__(self) -> None:
        """Refuse amounts below zero."""
        if bool((self.goes < 0).any() or (self.held < 0).any()):
            raise ValueError("what goes and what is held are not below zero")


def split(basis: Basis, decision: Decision, findings: Findings, *, holds_parts: bool = False) -> Split:
    """Divide every payment of a run; only the limit stops anything unless holding parts is switched on."""
    net = basis.run.payments.net
    stopped = decision.stopped_payments
    part = _parts(basis, findings) if holds_parts else np.zeros(len(net), np.int64)
    held = np.where(stopped, net, part)
    hold = np.where(stopped, int(Hold.LIMIT), np.where(held > 0, int(Hold.PART), int(Hold.NOTHING)))
    return Split(net - held, held, hold)


def base_after_deductions(basis: Basis) -> Ints:
    """Give, per employment, what of its contractual base pay reaches the person, in øre: what a held part never touches.

    Base pay by contract for the days employed, less absence, less the share that deductions took of pay: last month's
    or this month's, whichever is smaller, since a wrong line makes this month's larger. Hours count at what is paid.
    """
    owed = due(basis)
    base = owed.base - np.minimum(owed.base, owed.monthly * np.minimum(WHOLE, owed.away + owed.late) // WHOLE)
    by_hours = np.where(owed.monthly == 0, basis.total(Role.HOURLY), 0)
    now = _kept_share(basis.net, basis.total(*GROSS))
    before = _kept_share(basis.last.total(*Role), basis.last.total(*GROSS))
    return np.asarray(np.maximum(0, base + by_hours) * np.maximum(now, before) // WHOLE)


def _kept_share(net: Ints, gross: Ints) -> Ints:
    """Give what is left of gross pay, in millionths; nothing where there was none."""
    return np.asarray(np.clip(np.where(gross > 0, net * WHOLE // np.maximum(1, gross), 0), 0, WHOLE))


def _parts(basis: Basis, findings: Findings) -> Ints:
    """Give what is held of each payment: the largest deviation found in it, as far as base pay stays whole."""
    net = basis.run.payments.net
    largest = np.zeros(len(net), np.int64)
    np.maximum.at(largest, findings.payment, np.maximum(0, findings.excess))
    wanted = np.minimum(largest, net)
    spare = np.maximum(0, per_place(basis.place, net, len(basis.employment)) - base_after_deductions(basis))
    return _within(wanted, basis.place, spare)


def _within(wanted: Ints, place: Ints, spare: Ints) -> Ints:
    """Hold the payments of an employment one after the other, the later first, until nothing is to spare."""
    order = np.lexsort((-np.arange(len(wanted)), place))
    running = np.cumsum(wanted[order])
    first = np.flatnonzero(np.diff(place[order], prepend=-1))
    before_group = np.repeat(running[first] - wanted[order][first], np.diff(np.append(first, len(order))))
    taken_before = running - wanted[order] - before_group
    held = np.empty(len(wanted), np.int64)
    held[order] = np.clip(spare[place[order]] - taken_before, 0, wanted[order])
    return held


def stays_whole(basis: Basis, divided: Split) -> Flags:
    """Tell, per employment, that no held part leaves it below base pay; one that is below already loses nothing more."""
    goes = per_place(basis.place, np.where(divided.hold == Hold.LIMIT, basis.run.payments.net, divided.goes), len(basis.employment))
    whole = per_place(basis.place, basis.run.payments.net, len(basis.employment))
    return np.asarray(goes >= np.minimum(whole, base_after_deductions(basis)))
