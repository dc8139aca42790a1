"""Payroll: the reader of its files, and the versions that the house keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns, TouchedColumns
from refusion.absences.facts import Absence, Employment, Entered, Pay
from refusion.values.period import Period


class PayrollReader(Protocol):
    """Reads payroll files; pure but for the mapping file. Raises BadInput naming file, row, column, value, remedy."""

    def read(
        self, kind: str, name: str, raw: bytes, institution: str, mapping: Path | None = None
    ) -> EmploymentColumns | PayColumns | AbsenceColumns:
        """Read CSV, xlsx or Parquet of ``payroll-employments``, ``payroll-pay`` or ``payroll-absences``."""


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What a file changed; ``unknown`` lists employment numbers that no employment has (nothing was absorbed then)."""

    new: int
    changed: int
    same: int
    unknown: tuple[str, ...] = ()


class Payroll(Protocol):
    """Payroll facts as versions: ``superseded_at`` is set once, nothing else ever changes."""

    def absorb_employments(self, columns: EmploymentColumns, file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever a row differs from the current one; persons are known by their blind index."""

    def absorb_pay(self, columns: PayColumns, file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever a month's pay differs; nothing is absorbed when an employment is unknown."""

    def absorb_absences(self, columns: AbsenceColumns, file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever an absence differs; nothing is absorbed when an employment is unknown."""

    def touched(self) -> TouchedColumns:
        """Give the absences whose current version was not handled yet, in the order of employment and absence number."""

    def touch_employment(self, employment: UUID) -> None:
        """Let the absences of an employment be handled again, after an answer or a change of pay."""

    def mark_handled(self, absences: Iterable[UUID], versions: Iterable[int]) -> None:
        """Note which version of each absence has been handled."""

    def pay_changed(self) -> tuple[UUID, ...]:
        """Give employments whose pay in a month already in the house, hours or end changed, and forget them."""

    def absence(self, id: UUID) -> Absence:
        """Give the absence in its current version."""

    def read_ahead(self, absences: Sequence[UUID]) -> None:
        """Read at once what is then asked one by one: absences, their employments, pay and answers."""

    def employment(self, id: UUID) -> Employment:
        """Give the employment in its current version."""

    def pay(self, employment: UUID, months: Period) -> tuple[Pay, ...]:
        """Give the current version of the months' pay that the house has, oldest first."""

    def entered(self, employment: UUID) -> tuple[Entered, ...]:
        """Give the answers that persons entered for an employment, oldest first."""

    def keep_entered(self, entered: Entered) -> None:
        """Keep an answer; a later one for the same question and days takes its place without erasing it."""

    def national_number(self, person: UUID) -> str:
        """Unseal a person's national number, for a report to an authority only."""

    def name(self, person: UUID) -> str:
        """Give a person's name."""
