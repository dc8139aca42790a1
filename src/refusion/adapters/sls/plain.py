"""Reads the plain cells of a column all at once: names as they are, amounts without surprises; the rest is left to :mod:`cells`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from refusion.adapters.sls.cells import Reader
from refusion.adapters.sls.mapping import Layout
from refusion.adapters.sls.messages import Column, Shape
from refusion.adapters.sls.persons import danish_number
from refusion.values.national_number import REPLACEMENT_DAY

Plain: TypeAlias = tuple[NDArray[Any], NDArray[np.bool_]]
PlainReader: TypeAlias = Callable[[pa.StringArray], Plain]

_PRINTABLE_ASCII_AND_LETTERS = r"^[\x20-\x7e\p{L}]*$"
_TEN_DIGITS = r"^[0-9]{10}$"
# The days that each month has in every year; place 0 is no month.
_DAYS_OF_ALL_YEARS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def plainly(column: Column, layout: Layout, national_number: Reader, texts: pa.StringArray) -> Plain:
    """Give the values of plain cells, and which cells those are; what is given equals what the cell reader gives."""
    if column.name not in layout.codes:
        if column.shape is Shape.NATIONAL_NUMBER and national_number is danish_number:
            return plain_danish(texts)
        if column.shape is Shape.MONEY:
            return _amounts(texts, layout.decimal)
        if column.shape is Shape.TEXT:
            return _words(texts, column.at_most)
    return np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=np.bool_)


def plain_danish(texts: pa.StringArray) -> Plain:
    """Take ten digits whose first six are a day in every century, or in every century once 60 is taken from the day."""
    plain = pc.match_substring_regex(texts, _TEN_DIGITS).to_numpy(zero_copy_only=False)
    digits = pc.if_else(pa.array(plain), texts, "0000000000")
    day, month = (pc.cast(pc.utf8_slice_codeunits(digits, start, start + 2), pa.int64()).to_numpy() for start in (0, 2))
    day = np.where(day > REPLACEMENT_DAY, day - REPLACEMENT_DAY, day)
    plain &= (month >= 1) & (month <= len(_DAYS_OF_ALL_YEARS) - 1) & (day >= 1)
    return texts.to_numpy(zero_copy_only=False), plain & (day <= _DAYS_OF_ALL_YEARS[np.where(plain, month, 0)])


def _amounts(texts: pa.StringArray, decimal: str) -> Plain:
    """Read amounts such as 30000.5, positive and without separated thousands, into øre."""
    found = pc.extract_regex(texts, rf"^(?P<whole>\d{{1,9}})(?:{re.escape(decimal)}(?P<part>\d{{1,2}}))?$")
    plain = pc.is_valid(found)
    whole = pc.cast(pc.fill_null(pc.struct_field(found, "whole"), "0"), pa.int64())
    part = pc.cast(pc.utf8_rpad(pc.fill_null(pc.struct_field(found, "part"), ""), 2, "0"), pa.int64())
    return (
        whole.to_numpy(zero_copy_only=False) * 100 + part.to_numpy(zero_copy_only=False),
        plain.to_numpy(zero_copy_only=False),
    )


def _words(texts: pa.StringArray, at_most: int) -> Plain:
    """Take names and numbers that are neither empty nor long and hold nothing unseen."""
    length = pc.utf8_length(texts)
    fits = pc.and_(pc.greater(length, 0), pc.less_equal(length, at_most))
    plain = pc.and_(fits, pc.match_substring_regex(texts, _PRINTABLE_ASCII_AND_LETTERS))
    return texts.to_numpy(zero_copy_only=False), plain.to_numpy(zero_copy_only=False)
