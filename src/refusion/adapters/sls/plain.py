"""Reads the plain cells of a column all at once: names as they are, amounts without surprises; the rest is left to :mod:`cells`."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from refusion.adapters.sls.mapping import Layout
from refusion.adapters.sls.messages import Column, Shape

_PRINTABLE_ASCII_AND_LETTERS = r"^[\x20-\x7e\p{L}]*$"


def plainly(column: Column, layout: Layout, texts: pa.StringArray) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Give the values of plain cells, and which cells those are; what is given equals what the cell reader gives."""
    if column.name not in layout.codes:
        if column.shape is Shape.MONEY:
            return _amounts(texts, layout.decimal)
        if column.shape is Shape.TEXT:
            return _words(texts, column.at_most)
    return np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=np.bool_)


def _amounts(texts: pa.StringArray, decimal: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Read amounts such as 30000.5, positive and without separated thousands, into øre."""
    found = pc.extract_regex(texts, rf"^(?P<whole>\d{{1,9}})(?:{re.escape(decimal)}(?P<part>\d{{1,2}}))?$")
    plain = pc.is_valid(found)
    whole = pc.cast(pc.fill_null(pc.struct_field(found, "whole"), "0"), pa.int64())
    part = pc.cast(pc.utf8_rpad(pc.fill_null(pc.struct_field(found, "part"), ""), 2, "0"), pa.int64())
    return (
        whole.to_numpy(zero_copy_only=False) * 100 + part.to_numpy(zero_copy_only=False),
        plain.to_numpy(zero_copy_only=False),
    )


def _words(texts: pa.StringArray, at_most: int) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Take names and numbers that are neither empty nor long and hold nothing unseen."""
    length = pc.utf8_length(texts)
    fits = pc.and_(pc.greater(length, 0), pc.less_equal(length, at_most))
    plain = pc.and_(fits, pc.match_substring_regex(texts, _PRINTABLE_ASCII_AND_LETTERS))
    return texts.to_numpy(zero_copy_only=False), plain.to_numpy(zero_copy_only=False)
