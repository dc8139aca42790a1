"""The columns of a payment specification, what their cells may hold, and how one payer writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Shape(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NATIONAL_NUMBER = "national_number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what its cells are, whether file and cell may lack it, and the longest text."""

    name: str
    shape: Shape
    may_be_empty: bool = True
    at_most: int = 200


COLUMNS = (
    Column("payment", Shape.TEXT, may_be_empty=False, at_most=80),
    Column("amount", Shape.MONEY, may_be_empty=False),
    Column("payer", Shape.TEXT),
    Column("pays_on", Shape.DATE),
    Column("reference", Shape.TEXT),
    Column("national_number", Shape.NATIONAL_NUMBER),
    Column("first_day", Shape.DATE),
    Column("last_day", Shape.DATE),
    Column("text", Shape.TEXT, at_most=500),
)
NEEDED = tuple(column.name for column in COLUMNS if not column.may_be_empty)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a payer writes its file: ``headings`` are our column to theirs, ``fixed`` the value of a column it lacks."""

    headings: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    decimal: str = "."
    date_format: str = "YYYY-MM-DD"

    def heading(self, column: str) -> str:
        """Name the heading under which a column stands in the file."""
        return self.headings.get(column, column)

    @property
    def day(self) -> re.Pattern[str]:
        """Give the pattern of a day as the payer writes it."""
        written = re.escape(self.date_format)
        for token, name, digits in (("YYYY", "year", 4), ("MM", "month", 2), ("DD", "day", 2)):
            written = written.replace(token, rf"(?P<{name}>\d{{{digits}}})")
        return re.compile(written, re.ASCII)


OWN = Layout()
