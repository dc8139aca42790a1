"""What the tests of payroll files share: the samples, the reader, and rows of every kind."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from refusion.adapters.sls import SlsReader
from refusion.adapters.sls.messages import AbsenceRow, EmploymentRow, PayRow

SAMPLES = Path(__file__).resolve().parents[3] / "src" / "refusion" / "adapters" / "sls" / "samples"
READER = SlsReader()
PROBLEM_KEYS = ("file", "row", "column", "value")


def read(kind: str, raw: bytes | str, name: str = "file.csv", mapping: Path | None = None) -> Any:
    return READER.read(kind, name, raw.encode() if isinstance(raw, str) else raw, "SDU", mapping)


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@st.composite
def danish_numbers(draw: st.DrawFn) -> str:
    """Draw replacement numbers: the day of birth plus 60."""
    born = draw(st.dates(date(1940, 1, 1), date(1999, 12, 31)))
    return f"{born.day + 60:02d}{born:%m%y}{draw(st.integers(0, 3999)):04d}"


days = st.dates(date(1950, 1, 1), date(2097, 1, 1))
numbers = st.text("0123456789ABCÆØÅ-", min_size=1, max_size=12)
words = st.text(st.characters(categories=["L", "Nd", "Zs", "Po"], exclude_characters='\u200b'), max_size=30).map(str.strip)
names = words.filter(bool)
spans = st.none() | st.integers(0, 900)


def _after(first: date, span: int | None) -> date | None:
    return None if span is None else first + timedelta(days=span)


employments = st.builds(
    lambda first, span, **other: EmploymentRow(employed_since=first, employment_ends=_after(first, span), **other),
    days,
    spans,
    employment_number=numbers,
    national_number=danish_numbers(),
    name=names,
    weekly_hours=st.none() | st.integers(1, 168_00),
    job_kind=st.sampled_from(["ordinary", "fleksjob"]),
    unit=words,
)
pay = st.builds(
    PayRow,
    employment_number=numbers,
    month=days.map(lambda day: day.replace(day=1)),
    gross_pay=st.integers(-(10**9), 10**10),
    hours=st.integers(0, 744_00),
    wage_paid=st.integers(-(10**9), 10**10),
)
absences = st.builds(
    lambda first, spans, **other: AbsenceRow(
        first_day=first,
        last_day=_after(first, max(spans) if None not in spans else spans[0]),
        partial_from=_after(first, min(spans)) if None not in spans else None,
        **other,
    ),
    days,
    st.tuples(spans, spans),
    employment_number=numbers,
    absence_number=numbers,
    code=st.integers(0, 999).map("{:03d}".format),
    status=st.sampled_from(["active", "withdrawn"]),
)
