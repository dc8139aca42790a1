"""The files that a booking run gives: the load file for SAP and the transfer for the accounting system; the same lines, the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.adapters.sap.messages import LOAD, TRANSFER, Column, Kind, Shape
from refusion.adapters.sap.reading import SapReader
from refusion.adapters.sap.schema import PATTERNS
from refusion.values.money import kroner
from refusion.values.period import Period
from refusion.workflow.ports.norway.sap import LoadKind, LoadLine, RejectedLine, Run, TransferLine


@dataclass(frozen=True, slots=True)
class SapFiles:
    """Writes a run's files and reads what SAP did not take (the port ``RunFiles``)."""

    reader: SapReader

    def load_file(self, run: Run, lines: Sequence[LoadLine]) -> bytes:
        """Write the load file of a run, lines in the order of their keys.

        Raises ValueError for a key that is there twice, a line that its columns can't hold, or one that tells too much.
        """
        return written(LOAD, _ordered([_loaded(run, line) for line in lines]))

    def transfer_file(self, run: Run, lines: Sequence[TransferLine]) -> bytes:
        """Write the transfer to the accounting system; raises ValueError when the lines do not sum to nought, or as above."""
        if sum(line.amount for line in lines):
            raise ValueError("the lines of a transfer sum to nought")
        return written(TRANSFER, _ordered([_transferred(run, line) for line in lines]))

    def read_rejected(self, name: str, raw: bytes) -> tuple[RejectedLine, ...]:
        """Read the lines that SAP did not take. Raises BadInput with every problem, each with its row."""
        return self.reader.read_rejected(name, raw)


def written(kind: Kind, rows: Sequence[Mapping[str, str]]) -> bytes:
    """Write rows under their headings: UTF-8, semicolons, CR LF. Raises ValueError for a cell that its column refuses."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(kind.headings)
    for row in rows:
        writer.writerow([_fitting(column, row[column.name]) for column in kind.columns])
    return sheet.getvalue().encode()


def _ordered(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    keys = [row["key"] for row in rows]
    if len(set(keys)) != len(keys):
        raise ValueError("a key names one line")
    return sorted(rows, key=lambda row: row["key"])


def _head(run: Run, key: str) -> dict[str, str]:
    told = {"institution": run.institution, "run": str(run.number), "run_kind": run.kind.value}
    return told | {"booked_on": run.booked_on.isoformat(), "key": key}


def _loaded(run: Run, line: LoadLine) -> dict[str, str]:
    is_date = line.kind is LoadKind.MAX_DATE
    if is_date != (line.max_date is not None) or is_date == (line.period is not None) or (is_date and line.amount):
        raise ValueError("a line tells an amount for a period, or a maximum date")
    return _head(run, line.key) | {
        "kind": line.kind.value,
        "employment_number": line.employment_number,
        "absence_number": line.absence_number,
        **_days(line.period),
        "amount": "" if is_date else kroner(line.amount),
        "account": line.account,
        "max_date": _day(line.max_date),
    }


def _transferred(run: Run, line: TransferLine) -> dict[str, str]:
    return _head(run, line.key) | {
        "account": line.account,
        "standard_account": line.standard_account,
        "cost_centre": line.cost_centre,
        "project": line.project,
        **_days(line.period),
        "amount": kroner(line.amount),
        "text": " ".join(line.text.split()),
        "corrects": line.corrects,
    }


def _days(period: Period | None) -> dict[str, str]:
    return {"first_day": _day(period.first if period else None), "last_day": _day(period.last if period else None)}


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _fitting(column: Column, text: str) -> str:
    """Give a cell as its column has it; raises ValueError naming the column, never what stands in it."""
    if not all(_wants(column, text)):
        raise ValueError(f"the column {column.name} does not take what is to be written")
    return text


def _wants(column: Column, text: str) -> Iterator[bool]:
    if not text:
        yield column.may_be_empty
    elif column.shape is Shape.CHOICE:
        yield text in column.choices
    elif column.shape in PATTERNS:
        yield re.fullmatch(PATTERNS[column.shape], text, re.ASCII) is not None
    else:
        yield len(text) <= column.at_most
        yield text.isprintable()
