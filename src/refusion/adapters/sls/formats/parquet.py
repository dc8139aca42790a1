"""Reads Parquet; dates may be dates, kroner and hours decimals or numbers, everything may be text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from refusion.adapters.sls.formats.grid import Grid, grid
from refusion.adapters.sls.formats.recognition import MEBIBYTE, Limits
from refusion.adapters.sls.refusals import refusal, shown

LONGEST_CELL = 1_000


def read_parquet(file: str, raw: bytes, limits: Limits, decimal: str) -> Grid:
    """Read the columns of a Parquet file as text cells; raises BadInput for a broken file or a type that is no cell."""
    try:
        # Texts stay as each distinct one and its places: written out, a small file could fill the memory.
        texts = [field.name for field in pq.read_schema(pa.BufferReader(raw)) if pa.types.is_string(field.type)]
        opened = pq.ParquetFile(pa.BufferReader(raw), read_dictionary=texts)
        _inspect(file, opened, limits)
        table = opened.read()
    except (pa.ArrowException, OSError) as error:
        raise refusal("parquet_broken", file) from error
    columns = [_text(file, name, column.combine_chunks(), decimal) for name, column in zip(table.column_names, table.columns, strict=True)]
    # The heading counts as row 1, as in the same rows written as CSV.
    return grid(file, table.column_names, columns, np.arange(table.num_rows, dtype=np.int64) + 2)


def _inspect(file: str, opened: pq.ParquetFile, limits: Limits) -> None:
    """Refuse by its description alone what is too large."""
    described = opened.metadata
    if described.num_rows > limits.rows:
        raise refusal("too_many_rows", file, most=limits.rows)
    if len(opened.schema_arrow) > limits.columns:
        raise refusal("too_wide", file, most=limits.columns)
    if sum(described.row_group(place).total_byte_size for place in range(described.num_row_groups)) > 4 * limits.parquet:
        raise refusal("too_large", file, most=4 * limits.parquet // MEBIBYTE)


def _text(file: str, name: str, column: pa.Array, decimal: str) -> pa.StringArray:
    """Write a column as text; a decimal loses noughts beyond øre, a number keeps what it has."""
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], type=column.type)
    kind = column.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
        if (pc.max(pc.binary_length(pc.cast(column.dictionary, pa.string()))).as_py() or 0) > LONGEST_CELL:
            raise refusal("cell_too_long", file, column=shown(name), most=LONGEST_CELL)
        column = column.dictionary_decode()
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        raise refusal("parquet_type", file, column=shown(name), found=str(kind)[:40])
    texts = pc.fill_null(pc.cast(column, pa.string()), "")
    if pa.types.is_decimal(kind):
        texts = pc.replace_substring_regex(texts, r"(\.\d\d)0+$", r"\1")
    if pa.types.is_timestamp(kind):
        texts = pc.replace_substring_regex(texts, r"[ T]00:00:00(\.0+)?Z?$", "")
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        texts = pc.replace_substring(texts, ".", decimal)
    return texts
