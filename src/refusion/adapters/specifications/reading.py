"""The reader of payment specifications that the house asks: a table of text cells in, rows or every problem out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from refusion.adapters.specifications.mapping import read_mapping
from refusion.adapters.specifications.messages import COLUMNS, OWN
from refusion.adapters.specifications.translate import check_headings, payment_row, refuse_if_any
from refusion.values.said import Problem
from refusion.workflow.ports.matching import PaymentRow


class Cells(Protocol):
    """A column of text cells."""

    def to_pylist(self) -> list[str]:
        """Give the cells in their order."""


class Table(Protocol):
    """A table of text cells with the row numbers that a person sees."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""

    @property
    def columns(self) -> Sequence[Cells]:
        """Give a column under each heading."""

    @property
    def rows(self) -> Iterable[Any]:
        """Number the rows."""


@dataclass(frozen=True, slots=True)
class SpecificationReader:
    """Reads CSV, xlsx and Parquet alike (the port ``PaymentReader``); ``open_table`` makes text cells of a file's bytes."""

    open_table: Callable[[str, bytes, str], Table]

    def read(self, name: str, raw: bytes, mapping: Path | None = None) -> tuple[PaymentRow, ...]:
        """Give the rows in the order of the file, by a mapping file where the headings are others.

        Raises BadInput with every problem found, up to 100, each with file, row, column, value and remedy.
        """
        layout = read_mapping(mapping) if mapping else OWN
        table = self.open_table(name, raw, layout.decimal)
        check_headings(name, table.headings, layout)
        ours = {layout.heading(column.name): column.name for column in COLUMNS}
        known = ((ours.get(heading), cells) for heading, cells in zip(table.headings, table.columns, strict=True))
        columns = {column: cells.to_pylist() for column, cells in known if column is not None}
        rows: list[PaymentRow] = []
        problems: list[Problem] = []
        for place, number in enumerate(table.rows):
            row, wrong = payment_row(name, int(number), {column: cells[place] or "" for column, cells in columns.items()}, layout)
            rows += [row] if row is not None else []
            problems += wrong
        refuse_if_any(name, problems)
        return tuple(rows)
