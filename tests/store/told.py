"""What payroll tells in these tests, in columns made of plain rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.payroll import Absorbed

ANNA, BO = "6101701234", "7112801235"


def words(values: list[Any]) -> Any:
    column = np.empty(len(values), dtype=np.object_)
    column[:] = values
    return column


def ordinals(values: list[date | None]) -> Any:
    return np.array([value.toordinal() if value else 0 for value in values], dtype=np.int64)


def ints(values: list[int]) -> Any:
    return np.array(values, dtype=np.int64)


def employments(*rows: tuple[str, str, str, int]) -> EmploymentColumns:
    """Rows of number, national number, name, weekly hours."""
    number, national, name, hours = (list(column) for column in zip(*rows, strict=True))
    since: list[date | None] = [date(2020, 1, 1)] * len(rows)
    return EmploymentColumns(
        words(number), words(national), words(name), ordinals(since), ordinals([None] * len(rows)), ints(hours),
        words(["ordinary"] * len(rows)), words(["Library"] * len(rows)),
    )


def pay(*rows: tuple[str, date, int]) -> PayColumns:
    """Rows of employment number, month, gross øre."""
    number, month, gross = (list(column) for column in zip(*rows, strict=True))
    return PayColumns(words(number), ordinals(month), ints(gross), ints([16033] * len(rows)), ints(gross))


def absences(*rows: tuple[str, str, date, date | None, bool]) -> AbsenceColumns:
    """Rows of employment number, absence number, first and last day, withdrawn."""
    number, absence, first, last, withdrawn = (list(column) for column in zip(*rows, strict=True))
    return AbsenceColumns(
        words(number), words(absence), ordinals(first), ordinals(last), words(["100"] * len(rows)),
        ordinals([None] * len(rows)), np.array(withdrawn, dtype=np.bool_),
    )


def absorb(tx: OpenTransaction, columns: EmploymentColumns | PayColumns | AbsenceColumns, name: str = "file") -> Absorbed:
    """Absorb columns as if a file of that name had told them."""
    file = tx.files.keep(type(columns).__name__, name, name.encode(), tx.at.now).id
    if isinstance(columns, EmploymentColumns):
        return tx.payroll.absorb_employments(columns, file, tx.at.now)
    if isinstance(columns, PayColumns):
        return tx.payroll.absorb_pay(columns, file, tx.at.now)
    return tx.payroll.absorb_absences(columns, file, tx.at.now)


def employment_of(tx: OpenTransaction, number: str) -> UUID:
    """Give the id of an employment by its number."""
    from refusion.values.ids import derived_id

    return derived_id(tx.institution.namespace, "employment", number)


def absence_of(tx: OpenTransaction, number: str, absence: str) -> UUID:
    """Give the id of an absence by its employment's number and its own."""
    from refusion.values.ids import derived_id

    return derived_id(tx.institution.namespace, "absence", number, absence)
