"""Payroll files as bytes become tables of text cells, whatever format they have; pure."""

from __future__ import annotations

from refusion.adapters.sls.formats.comma_separated import read_csv
from refusion.adapters.sls.formats.grid import Grid
from refusion.adapters.sls.formats.parquet import read_parquet
from refusion.adapters.sls.formats.recognition import Format, Limits, recognise
from refusion.adapters.sls.formats.workbook import read_workbook


def read_grid(file: str, raw: bytes, limits: Limits, decimal: str = ".") -> Grid:
    """Read a CSV, xlsx or Parquet file; typed numbers are written with ``decimal`` between whole and part.

    Raises BadInput for every other file, with its place and remedy.
    """
    match recognise(file, raw, limits):
        case Format.CSV:
            return read_csv(file, raw, limits)
        case Format.XLSX:
            return read_workbook(file, raw, limits, decimal)
        case Format.PARQUET:
            return read_parquet(file, raw, limits, decimal)
