"""The rows that were refused: as they were given, with row number, column, value and reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import pyarrow as pa

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.rules.rows import COLUMN, PROBLEM, REASON, ROW, SET_ASIDE, VALUE, Faulty
from refusion.values.said import said

REASONS = pa.schema([(ROW, pa.int64()), (COLUMN, pa.string()), (VALUE, pa.string()), (REASON, pa.string())])


def with_reasons(bad: pa.RecordBatch, own: pa.Schema) -> pa.RecordBatch:
    """Give refused rows as they stood in the table whose columns are ``own``, and what is wrong with each."""
    words = cache(lambda key, column: sentence(said(key, column=column)))
    places = bad.column(COLUMN).to_pylist()
    reasons = [words(key, column) for key, column in zip(bad.column(PROBLEM).to_pylist(), places, strict=True)]
    given = [bad.column(name) for name in own.names]
    told = [bad.column(ROW), bad.column(COLUMN), _values(bad, places), pa.array(reasons, pa.string())]
    return pa.RecordBatch.from_arrays(_as(own, given) + _as(REASONS, told), schema=_all(own))


def unread(faulty: Sequence[Faulty], own: pa.Schema) -> pa.RecordBatch:
    """Give rows that could not be read: no cells, the row's text as its value."""
    given = [pa.nulls(len(faulty), field.type) for field in own]
    columns = ([row.row for row in faulty], [None] * len(faulty), [row.text for row in faulty], [sentence(row.because) for row in faulty])
    told = [pa.array(column, field.type) for column, field in zip(columns, REASONS, strict=True)]
    return pa.RecordBatch.from_arrays(given + told, schema=_all(own))


def in_order(bad: pa.RecordBatch, others: pa.RecordBatch) -> pa.RecordBatch:
    """Put both together by the number of the row."""
    if not others.num_rows:
        return bad
    both = pa.Table.from_batches([bad, others]).sort_by(ROW).combine_chunks()
    return both.to_batches()[0]


def own_columns(batch: pa.RecordBatch) -> pa.Schema:
    """Give the table's own columns, without the row's number."""
    return pa.schema([field for field in batch.schema if field.name not in SET_ASIDE])


def _all(own: pa.Schema) -> pa.Schema:
    return pa.schema([*own, *REASONS])


def _as(schema: pa.Schema, columns: Iterable[pa.Array]) -> list[pa.Array]:
    return [column.cast(field.type) if column.type != field.type else column for column, field in zip(columns, schema, strict=True)]


def _values(bad: pa.RecordBatch, places: Sequence[str | None]) -> pa.Array:
    """Find the cell that each reason speaks of; a reason that speaks of several, or of one that the table lacks, has none."""
    columns = {place: bad.column(place).to_pylist() for place in set(places) if place in bad.schema.names}
    found = [columns[place][row] if place in columns else None for row, place in enumerate(places)]
    return pa.array([None if value is None else str(value) for value in found], pa.string())
