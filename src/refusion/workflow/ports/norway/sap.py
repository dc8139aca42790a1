"""SAP and the accounting system (OA) as the house knows them: the feed in, the load file and the transfer out, rejects in.

Files out are the same bytes for the same lines: a run that is made again after a failure gives the file it gave before.
Every line has a ``key`` that names it for good; SAP and OA take a key once, so that the same file twice has the effect of
once. Keys are made by :func:`line_key`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from refusion.absences.norwegian import FeedRow
from refusion.values.period import Period


class RunKind(StrEnum):
    """The two payroll runs of a month."""

    MAIN = "main"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Run:
    """One booking run: the month, main or correction, the day it is booked, and its number (the same when repeated)."""

    institution: str
    number: int
    kind: RunKind
    month: date
    booked_on: date


class LoadKind(StrEnum):
    """What a line of the load file tells SAP."""

    CLAIM = "claim"
    PAYMENT = "payment"
    MAX_DATE = "max_date"


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A line back to SAP: a claim or a payment of an absence in øre (signed), or NAV's maximum date (``amount`` 0)."""

    key: str
    kind: LoadKind
    employment_number: str
    absence_number: str
    period: Period | None
    amount: int
    account: str = ""
    max_date: date | None = None


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line of a load file that SAP did not take, with SAP's own code and words."""

    run: int
    key: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A posting for the accounting system: øre, debit positive, with the cost allocation of the period it belongs to.

    ``standard_account`` is the account of the SAF-T standard chart; ``corrects`` is the key of the line of a closed run
    that this one corrects.
    """

    key: str
    account: str
    standard_account: str
    cost_centre: str
    project: str
    period: Period
    amount: int
    text: str
    corrects: str = ""


def line_key(*parts: object) -> str:
    """Name a line from what it is (institution, run, what it concerns): 32 hexadecimal digits, the same every time."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


class FeedReader(Protocol):
    """Reads the files that SAP exports: CSV, xlsx or Parquet alike, by a mapping file where the headings are others."""

    def read(self, kind: str, name: str, raw: bytes, institution: str, mapping: Path | None = None) -> tuple[FeedRow, ...]:
        """Read ``sap-employments``, ``sap-pay``, ``sap-absences`` or ``sap-allocations`` in the order of the file.

        Raises BadInput with every problem found, up to 100, each with file, row, column, value and remedy.
        """


class RunFiles(Protocol):
    """Writes what a run tells SAP and the accounting system, and reads what SAP did not take."""

    def load_file(self, run: Run, lines: Sequence[LoadLine]) -> bytes:
        """Write the load file of a run; the same lines give the same bytes. Raises ValueError for a key that is there twice."""

    def transfer_file(self, run: Run, lines: Sequence[TransferLine]) -> bytes:
        """Write the transfer to the accounting system; raises ValueError when the lines do not sum to nought."""

    def read_rejected(self, name: str, raw: bytes) -> tuple[RejectedLine, ...]:
        """Read the lines that SAP did not take. Raises BadInput with every problem, each with its row."""
