"""The reader of SAP's files that the house asks: a table of text cells in, facts or every problem out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from refusion.absences.norwegian import FeedRow
from refusion.adapters.sap.cells import Value, Wrong, read_cell
from refusion.adapters.sap.mapping import OWN, Layout, read_mapping
from refusion.adapters.sap.messages import FEED, REJECTED, Column, Kind, Shape
from refusion.adapters.sap.refusals import problem, refusal, refuse_if_any, shown
from refusion.adapters.sap.translate import check_together, to_fact, wrong_in
from refusion.values.said import Fact, Problem
from refusion.workflow.ports.norway.sap import RejectedLine

Row = Mapping[str, Value]


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
class SapReader:
    """Reads CSV, xlsx and Parquet alike (the port ``FeedReader``); ``open_table`` makes text cells of a file's bytes."""

    open_table: Callable[[str, bytes, str], Table]

    def read(self, kind: str, name: str, raw: bytes, institution: str, mapping: Path | None = None) -> tuple[FeedRow, ...]:
        """Read one kind of the feed for one institution; a row told twice with the same content is one.

        Raises BadInput with every problem found, up to 100, each with file, row, column, value and remedy.
        """
        if kind not in FEED:
            raise refusal("kind_unknown", name, kind=shown(kind), known=", ".join(FEED))
        layout = read_mapping(mapping) if mapping else OWN
        rows = self._rows(FEED[kind], name, raw, layout)
        problems = _of_others(name, rows, institution)
        for number, row in rows:
            problems += [problem(key, name, number, column) for key, column in wrong_in(FEED[kind], row)]
        kept = _once(FEED[kind], name, rows, problems)
        problems += check_together(FEED[kind], name, kept)
        refuse_if_any(name, problems)
        return tuple(to_fact(FEED[kind], row) for _, row in kept)

    def read_rejected(self, name: str, raw: bytes) -> tuple[RejectedLine, ...]:
        """Read the lines that SAP did not take. Raises BadInput with every problem, each with its row."""
        problems: list[Problem] = []
        rows = _once(REJECTED, name, self._rows(REJECTED, name, raw, OWN), problems)
        refuse_if_any(name, problems)
        return tuple(RejectedLine(int(str(row["run"])), str(row["key"]), str(row["code"]), str(row["text"])) for _, row in rows)

    def _rows(self, kind: Kind, name: str, raw: bytes, layout: Layout) -> list[tuple[int, Row]]:
        table = self.open_table(name, raw, layout.decimal)
        fixed = {column: text for column, text in layout.fixed.items() if column in kind.headings}
        wanted = {layout.heading(column): column for column in kind.headings if column not in fixed}
        _check_headings(name, table.headings, wanted, layout.ignored)
        told = zip(table.headings, table.columns, strict=True)
        columns = {wanted[heading]: cells.to_pylist() for heading, cells in told if heading in wanted}
        rows = _Rows(kind, name, layout)
        for place, number in enumerate(table.rows):
            rows.add(int(number), fixed | {column: (texts[place] or "").strip() for column, texts in columns.items()})
        refuse_if_any(name, rows.problems)
        return rows.found


def _check_headings(file: str, headings: tuple[str, ...], wanted: Mapping[str, str], ignored: frozenset[str]) -> None:
    """Refuse unknown, doubled and missing headings, all at once."""
    known = ", ".join(wanted)
    found = [
        problem("column_doubled", file, 1, shown(heading))
        for heading in dict.fromkeys(headings)
        if headings.count(heading) > 1 and heading not in ignored
    ]
    found += [
        problem("column_unknown", file, 1, shown(heading), known=known)
        for heading in dict.fromkeys(headings)
        if heading not in wanted and heading not in ignored
    ]
    found += [problem("column_missing", file, 1, heading, known=known) for heading in wanted if heading not in headings]
    refuse_if_any(file, found)


@dataclass(slots=True)
class _Rows:
    """The rows that were read and what is wrong with them; each distinct text of a column is read once."""

    kind: Kind
    file: str
    layout: Layout
    found: list[tuple[int, Row]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: dict[tuple[str, str], Value | Wrong] = field(default_factory=dict)

    def add(self, number: int, cells: Mapping[str, str]) -> None:
        """Read the cells of a row; what is wrong is noted with its place."""
        values: dict[str, Value] = {}
        for column in self.kind.columns:
            text = cells[column.name]
            if (column.name, text) not in self.read:
                self.read[column.name, text] = self._cell(column, text)
            value = self.read[column.name, text]
            if isinstance(value, Wrong):
                self._note(number, column, text, str(value))
            else:
                values[column.name] = value
        self.found.append((number, values))

    def _cell(self, column: Column, text: str) -> Value | Wrong:
        try:
            return read_cell(column, text, self.layout)
        except Wrong as wrong:
            return wrong

    def _note(self, number: int, column: Column, text: str, key: str) -> None:
        shown_text = None if column.shape is Shape.NATIONAL_NUMBER else text
        form = self.layout.month_format if column.shape is Shape.MONTH else self.layout.date_format
        facts: dict[str, Fact] = {"choices": ", ".join(column.choices), "format": form}
        facts |= {"most": column.at_most, "decimal": self.layout.decimal}
        self.problems.append(problem(key, self.file, number, self.layout.heading(column.name), shown_text, **facts))


def _of_others(file: str, rows: Sequence[tuple[int, Row]], institution: str) -> list[Problem]:
    """Note rows of another institution; a file that is another's from first to last is told once."""
    wrong = [number for number, row in rows if row["institution"] != institution]
    if wrong and len(wrong) == len(rows):
        return [problem("institution_other", file, wrong[0], "institution", expected=institution)]
    return [problem("institution_row", file, number, "institution", expected=institution) for number in wrong]


def _once(kind: Kind, file: str, rows: Sequence[tuple[int, Row]], problems: list[Problem]) -> list[tuple[int, Row]]:
    """Leave out rows that repeat an earlier one; a row that contradicts an earlier one is a problem."""
    first: dict[tuple[Value, ...], tuple[int, Row]] = {}
    for number, row in rows:
        key = tuple(row[column] for column in kind.key)
        earlier = first.setdefault(key, (number, row))
        if earlier[1] != row:
            problems.append(problem("contradicts", file, number, kind.key[-1], earlier=earlier[0]))
    return list(first.values())
