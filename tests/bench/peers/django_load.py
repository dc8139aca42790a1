"""The load as Django does it: model objects, ``bulk_create`` and ``bulk_update`` on tables with the product's keys and indexes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.db import connections, transaction

SCHEMA = "django"
AT_ONCE = 2000
_SPACE = UUID(int=7)
_LEARNED = {"institution_id": 1, "version": 1, "file_id": UUID(int=1), "recorded_at": datetime(2025, 3, 10, tzinfo=UTC)}
Told = dict[str, str]


@contextmanager
def in_schema() -> Iterator[None]:
    """Let Django's models stand for the tables of the peer's own schema."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute(f"SET search_path TO {SCHEMA}")
        try:
            yield
        finally:
            cursor.execute("RESET search_path")


def load(kind: str, raw: bytes) -> None:
    """Make and write an object for every row of a first file, in one transaction."""
    told = list(csv.DictReader(io.StringIO(raw.decode()), delimiter=";"))
    with in_schema(), transaction.atomic(using="migrator"):
        _FIRST[kind](told)


def change(kind: str, raw: bytes) -> None:
    """Bring the rows of a later file up to date: the objects of the file are fetched, those that differ are written."""
    told = list(csv.DictReader(io.StringIO(raw.decode()), delimiter=";"))
    with in_schema(), transaction.atomic(using="migrator"):
        _LATER[kind](told)


def _first_employments(told: list[Told]) -> None:
    _create("Person", [_person(row) for row in told])
    _create("Employment", [_thing(row["employment_number"]) for row in told])
    _create("EmploymentVersion", [_employment(row) for row in told])


def _first_absences(told: list[Told]) -> None:
    _create("Absence", [_absence(row) for row in told])
    _create("AbsenceVersion", [_absence_version(row) for row in told])


def _first_pay(told: list[Told]) -> None:
    _create("PayVersion", [_pay(row) for row in told])


def _later_pay(told: list[Told]) -> None:
    stands = {(row.employment_id, row.month): row for row in _written("PayVersion").all()}
    changed = [new for new in map(_pay, told) if _pay_facts(stands[new.employment_id, new.month]) != _pay_facts(new)]
    _written("PayVersion").bulk_update(changed, ["gross", "hours", "wage_paid"], batch_size=AT_ONCE)


def _later_absences(told: list[Told]) -> None:
    _written("AbsenceVersion").bulk_update([_absence_version(row) for row in told], ["first_day", "last_day", "code"], batch_size=AT_ONCE)


def _pay_facts(pay: Any) -> tuple[int, int, int]:
    return pay.gross, pay.hours, pay.wage_paid


def _person(row: Told) -> Any:
    number = row["national_number"].encode()
    return _made(
        "Person",
        institution_id=1,
        id=_id(row["national_number"]),
        number_index=sha256(number).digest(),
        sealed_number=number,
        name=row["name"],
    )


def _thing(number: str) -> Any:
    return _made("Employment", institution_id=1, id=_id(number), number=number, pay_changed=False)


def _employment(row: Told) -> Any:
    return _made(
        "EmploymentVersion",
        **_LEARNED,
        employment_id=_id(row["employment_number"]),
        person_id=_id(row["national_number"]),
        employed_since=date.fromisoformat(row["employed_since"]),
        ends=_day(row["employment_ends"]),
        weekly_hours=_hundredths(row["weekly_hours"]) if row["weekly_hours"] else None,
        job_kind=row["job_kind"],
        unit=row["unit"],
    )


def _pay(row: Told) -> Any:
    return _made(
        "PayVersion",
        **_LEARNED,
        employment_id=_id(row["employment_number"]),
        month=date.fromisoformat(f"{row['month']}-01"),
        gross=_hundredths(row["gross_pay"]),
        hours=_hundredths(row["hours"]),
        wage_paid=_hundredths(row["wage_paid"]),
    )


def _absence(row: Told) -> Any:
    key, employment = _absence_id(row), _id(row["employment_number"])
    return _made(
        "Absence", institution_id=1, id=key, employment_id=employment, number=row["absence_number"], handled_version=0, touched=True
    )


def _absence_version(row: Told) -> Any:
    return _made(
        "AbsenceVersion",
        **_LEARNED,
        absence_id=_absence_id(row),
        first_day=date.fromisoformat(row["first_day"]),
        last_day=_day(row["last_day"]),
        code=row["code"],
        partial_from=_day(row["partial_from"]),
        withdrawn=row["status"] == "withdrawn",
    )


def _absence_id(row: Told) -> UUID:
    return _id(f"{row['employment_number']} {row['absence_number']}")


def _id(text: str) -> UUID:
    return uuid5(_SPACE, text)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _hundredths(text: str) -> int:
    return int(Decimal(text) * 100)


def _made(model: str, **facts: Any) -> Any:
    return apps.get_model("store", model)(**facts)


def _written(model: str) -> Any:
    return apps.get_model("store", model).objects.using("migrator")


def _create(model: str, objects: list[Any]) -> None:
    _written(model).bulk_create(objects, batch_size=AT_ONCE)


_FIRST: dict[str, Callable[[list[Told]], None]] = {
    "payroll-employments": _first_employments,
    "payroll-absences": _first_absences,
    "payroll-pay": _first_pay,
}
_LATER: dict[str, Callable[[list[Told]], None]] = {"payroll-pay": _later_pay, "payroll-absences": _later_absences}
