"""What payroll says in the stories: rows of the three kinds of file, with the ordinary as default."""

from __future__ import annotations

from datetime import date

from refusion.adapters.sls.messages import AbsenceRow, EmploymentRow, PayRow
from refusion.values.period import months_after

FULL_TIME, MONTHLY_HOURS = 37_00, 160_33
WELL_PAID = 40_000_00
NATIONAL_NUMBERS = {"1": "6101701234", "2": "7112801235", "3": "6505651236", "4": "6606661237"}


def day(written: str) -> date:
    return date.fromisoformat(written)


def optional(written: str | None) -> date | None:
    return None if written is None else day(written)


def hired(
    number: str = "1", since: str = "2015-01-01", weekly_hours: int | None = FULL_TIME, job_kind: str = "ordinary"
) -> EmploymentRow:
    """One employment; ``weekly_hours`` in hundredths, None where payroll does not know them."""
    person = NATIONAL_NUMBERS[number]
    return EmploymentRow(number, person, f"Prøve Person {number}", day(since), None, weekly_hours, job_kind, "Bibliotek")


def paid(number: str = "1", month: str = "2025-01", gross: int = WELL_PAID, hours: int = MONTHLY_HOURS) -> PayRow:
    """One month's pay in øre, all of it paid as wage."""
    return PayRow(number, day(f"{month}-01"), gross, hours, gross)


def paid_through(number: str, first: str, last: str, gross: int = WELL_PAID) -> list[PayRow]:
    """The same pay in every month from the first to the last."""
    month, end, rows = day(f"{first}-01"), day(f"{last}-01"), []
    while month <= end:
        rows.append(PayRow(number, month, gross, MONTHLY_HOURS, gross))
        month = months_after(month, 1)
    return rows


def sick(
    number: str = "1",
    since: str = "2025-03-03",
    until: str | None = None,
    partial_from: str | None = None,
    absence: str = "A1",
    code: str = "100",
) -> AbsenceRow:
    """One absence; still absent where no last day is given."""
    return AbsenceRow(number, absence, day(since), optional(until), code, optional(partial_from), "active")


def withdrawn(number: str = "1", since: str = "2025-03-03", absence: str = "A1") -> AbsenceRow:
    """One absence that payroll takes back."""
    return AbsenceRow(number, absence, day(since), None, "100", None, "withdrawn")
