"""Tells by its content what kind of file we were given, and refuses early what is none of ours or too large."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from refusion.adapters.sls.refusals import refusal

MEBIBYTE = 1 << 20
_SUFFIXES = {".csv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What the standard library raises for a damaged, encrypted or strange zip file."""
_FOREIGN = (
    (b"\xff\xfe", "utf_16"),
    (b"\xfe\xff", "utf_16"),
    (b"\xd0\xcf\x11\xe0", "old_workbook"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "packed"),
    (b"<", "xml"),
)


class Format(Enum):
    """The formats that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask of us: bytes of each format, bytes of a workbook unpacked, rows and columns."""

    csv: int = 256 * MEBIBYTE
    xlsx: int = 64 * MEBIBYTE
    unpacked: int = 256 * MEBIBYTE
    parquet: int = 256 * MEBIBYTE
    rows: int = 1_000_000
    columns: int = 200


def recognise(file: str, raw: bytes, limits: Limits) -> Format:
    """Tell the format by content; raises BadInput for another one, an empty file, or one too large for its kind."""
    if not raw.strip():
        raise refusal("empty_file", file)
    found = _format(file, raw)
    largest = {Format.CSV: limits.csv, Format.XLSX: limits.xlsx, Format.PARQUET: limits.parquet}[found]
    if len(raw) > largest:
        raise refusal("too_large", file, most=largest // MEBIBYTE)
    claimed = _SUFFIXES.get(PurePath(file).suffix.lower())
    if claimed not in (None, found.value):
        raise refusal("other_format", file, claimed=claimed, found=found.value)
    return found


def _format(file: str, raw: bytes) -> Format:
    """Sort by the first bytes."""
    if raw.startswith(b"PAR1"):
        return Format.PARQUET
    if raw.startswith(b"PK\x03\x04"):
        return _workbook(file, raw)
    opening = raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, key in _FOREIGN:
        if opening.startswith(signature):
            raise refusal(key, file)
    return Format.CSV


def _workbook(file: str, raw: bytes) -> Format:
    """Accept a zip only where it holds a workbook."""
    try:
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    except ZIP_ERRORS as error:
        raise refusal("workbook_broken", file) from error
    if "xl/workbook.xml" not in names:
        raise refusal("zip_file", file)
    return Format.XLSX
