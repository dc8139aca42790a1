"""Pay runs in, payment orders out, the bank's status reports back: what reads and writes them is pure but for the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from refusion.salary_guard.run_rows import RunRows
from refusion.values.said import Refused, said
from refusion.workflow.ports.guard.facts import Receiver


@dataclass(frozen=True, slots=True)
class Going:
    """One payment as it goes to the bank, øre."""

    payment: str
    amount: int
    receiver: Receiver


@dataclass(frozen=True, slots=True)
class OrderHead:
    """What holds for all payments of an order; ``made_at`` is the instant that stands in it."""

    name: str
    pays_on: date
    made_at: str
    payer: Path
    version: str


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """What the bank says of one payment, or of all of a file where ``payment`` is empty: ``accepted``, ``pending`` or ``rejected``.

    ``message`` is the file's identification, ``order`` the order's name in it and ``part`` the number of the file, from 1;
    ``code`` is the bank's own status, ``reason`` why not.
    """

    message: str
    order: str
    part: int
    payment: str
    status: str
    code: str
    reason: str


class PayRunFiles(Protocol):
    """Reads pay runs and status reports, writes payment orders."""

    def read(self, name: str, raw: bytes, institution: str) -> RunRows:
        """Give a run's rows. Raises BadInput with file, row, column, value and remedy, accounts that no bank takes among them."""

    def write(self, target: Path, head: OrderHead, payments: Sequence[Going]) -> tuple[Path, ...]:
        """Write a payment order, all its files or none. Raises BadInput and Refused; then nothing is there."""

    def answers(self, name: str, raw: bytes) -> tuple[BankAnswer, ...]:
        """Read a status report. Raises BadInput for what is no valid pain.002."""


class NoPayRuns:
    """Stands where nothing was connected that reads and writes pay runs."""

    def read(self, name: str, raw: bytes, institution: str) -> RunRows:  # noqa: ARG002 (the port names them)
        """Refuse; raises Refused."""
        raise Refused(said("stopped.not_connected"))

    def write(self, target: Path, head: OrderHead, payments: Sequence[Going]) -> tuple[Path, ...]:  # noqa: ARG002 (the port names them)
        """Refuse; raises Refused."""
        raise Refused(said("stopped.not_connected"))

    def answers(self, name: str, raw: bytes) -> tuple[BankAnswer, ...]:  # noqa: ARG002 (the port names them)
        """Refuse; raises Refused."""
        raise Refused(said("stopped.not_connected"))
