"""A large employer's day and the same day again: first load of 50,000 employments, then nothing new; no row may change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID, uuid5

from django.db import connections

from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.adapters.sls.twin import AbsenceRow, EmploymentRow, PayRow, as_csv
from refusion.rehearsal.outside.authority import Manners, TwinAuthority
from refusion.wiring.clock import SetClock
from refusion.wiring.database.clones import cloned
from refusion.wiring.founding import banked, founded
from refusion.wiring.house import House
from refusion.wiring.keys import open_vault
from refusion.wiring.launcher import session
from refusion.wiring.parts import ports_of
from refusion.workflow.ports.institution import HOUSE, Settings

Row = tuple[str, str, str, bool]
File = tuple[str, str, bytes]
EMPLOYMENTS, ABSENCES = 50_000, 28_000
DAY = date(2025, 3, 10)
CODE, NAMES = "LARGE", UUID("0d6c0b9e-33a5-5c55-9a4f-6f7b5ad6d4a1")
LIMIT_RATIO = 0.3
KINDS = ("payroll-employments", "payroll-pay", "payroll-absences")


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    open_vault()
    session.ensure()
    try:
        return measured(delivered(EMPLOYMENTS, ABSENCES))
    finally:
        session.stop()


def measured(files: list[File]) -> list[Row]:
    """Do the day, the same day again, and the same day with its rows in other files."""
    others = [(kind, f"again-{name}", reordered(raw)) for kind, name, raw in files]
    with large_house() as house:
        first = timed(house, files)
        before = rows_as_they_are()
        second = timed(house, files)
        unchanged = rows_as_they_are() == before
        facts = versions()
        third = timed(house, others)
        told_nothing = versions() == facts
    what = f"{EMPLOYMENTS:,} employments, {ABSENCES:,} absences"
    return [
        (f"first day, {what}", f"{first:.1f} s", "none set", facts > EMPLOYMENTS),
        ("the same day again, of the first", f"{second / first:.3f}", f"{LIMIT_RATIO}", unchanged and second <= LIMIT_RATIO * first),
        ("the same rows in other files, of the first", f"{third / first:.3f}", f"{LIMIT_RATIO}", told_nothing and third <= LIMIT_RATIO * first),
    ]


@contextmanager
def large_house() -> Iterator[House]:
    """Give a house with one institution on a fresh database of the running server, and the authority's twin."""
    with cloned(), TemporaryDirectory() as folder:
        authority = TwinAuthority(Path(folder), DAY, Manners("1"))
        try:
            authority.ensure()
            founded(CODE, "Large", uuid5(NAMES, CODE), ("99990014", "9999000141"), Settings(contact="Desk"))
            banked("BANK", "Bank", [("DK0320009876543210", "DKK", CODE)])
            yield House(replace(ports_of(SetClock(DAY)), authority=NemRefusion(authority)))
        finally:
            authority.stop()


def timed(house: House, files: list[File]) -> float:
    """Do the day: take the files in, then all its steps; give the seconds."""
    start = perf_counter()
    for kind, name, raw in files:
        house.absorb_payroll(HOUSE, CODE, kind, name, raw)
    house.run_day(HOUSE, CODE)
    return perf_counter() - start


def delivered(employments: int, absences: int) -> list[File]:
    """Give the three files of the day."""
    rows = (
        [_employment(n) for n in range(employments)],
        [PayRow(_number(n), date(2025, 2, 1), 3_000_000 + 100 * (n % 9000), 16033, 3_000_000) for n in range(employments)],
        [_absence(n, n * employments // absences) for n in range(absences)],
    )
    return [(kind, f"{kind}.csv", as_csv(CODE, told)) for kind, told in zip(KINDS, rows, strict=True)]


def reordered(raw: bytes) -> bytes:
    """Give a file with the same rows, the last one first."""
    heading, *lines = raw.splitlines(keepends=True)
    return b"".join((heading, *reversed(lines)))


def _number(n: int) -> str:
    return f"{n:06d}"


def _employment(n: int) -> EmploymentRow:
    """A person with a replacement number, hours that payroll knows nearly always."""
    day, month, year, rest = n % 28, n // 28 % 12, n // 336 % 40, n // 13_440
    number = f"{61 + day}{1 + month:02d}{58 + year:02d}{rest:04d}"
    return EmploymentRow(_number(n), number, f"Person {n}", date(2015, 1, 1), None, None if n % 500 == 0 else 3700, unit=f"Unit {n % 40}")


def _absence(n: int, whose: int) -> AbsenceRow:
    """Seven in ten are over in days, two in ten in weeks, one goes on; one in 140 is to be notified today."""
    number, kind = f"{n:07d}", n % 20
    if n % 140 == 0:
        return AbsenceRow(_number(whose), number, DAY - timedelta(28))
    first = DAY - timedelta(3 + n % 21)
    if kind >= 18:
        return AbsenceRow(_number(whose), number, first)
    length = n % 3 if kind < 14 else 3 + n % 19
    return AbsenceRow(_number(whose), number, first - timedelta(length), first)


def versions() -> int:
    """Count the versions of payroll facts."""
    return sum(_value(f"SELECT count(*) FROM {table}_version") for table in ("employment", "pay", "absence"))


def rows_as_they_are() -> dict[str, str]:
    """Give a checksum of every table: what its rows say, and that none was written anew with the same words."""
    every = _values("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return {table: str(_value(f"SELECT md5(string_agg(md5(t.xmin::text || t::text), '' ORDER BY t::text)) FROM {table} t")) for table in every}


def _value(query: str) -> Any:
    return _values(query)[0]


def _values(query: str) -> list[Any]:
    with connections["migrator"].cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]
