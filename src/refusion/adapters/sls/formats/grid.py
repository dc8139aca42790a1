"""A table of text cells, as it stands in whatever kind of file, with the row numbers that a person sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Cells: TypeAlias = pa.StringArray


@dataclass(frozen=True, slots=True)
class Grid:
    """Headings, a column of trimmed cells under each, and the row number of each row (the heading is row 1 of a CSV)."""

    file: str
    headings: tuple[str, ...]
    columns: tuple[Cells, ...]
    rows: NDArray[np.int64]


def grid(file: str, headings: Sequence[str], columns: Sequence[Cells], rows: NDArray[np.int64]) -> Grid:
    """Make a table of raw cells: trims them, drops rows without any content, and unnamed columns without any."""
    left = list(columns)
    del columns  # a column goes as soon as it is trimmed: together they are as large as the file
    trimmed = [pc.utf8_trim_whitespace(left.pop(0)) for _ in headings]
    keep = np.zeros(len(rows), dtype=np.bool_)
    for column in trimmed:
        keep |= pc.not_equal(column, "").to_numpy(zero_copy_only=False)
    if not keep.all():
        trimmed = [column.filter(pa.array(keep)) for column in trimmed]
    named = [
        (heading.strip(), column)
        for heading, column in zip(headings, trimmed, strict=True)
        if heading.strip() or pc.any(pc.not_equal(column, "")).as_py()
    ]
    return Grid(file, tuple(heading for heading, _ in named), tuple(column for _, column in named), rows[keep])
