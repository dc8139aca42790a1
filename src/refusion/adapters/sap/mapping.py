"""The mapping file: how one employer's SAP names its columns, days, numbers and codes; the same settings as for other payrolls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from refusion.adapters.sap.messages import ALL, Column, Shape
from refusion.adapters.sap.refusals import refusal, shown

KNOWN = ("columns", "codes", "fixed", "ignore", "date_format", "month_format", "decimal", "thousands")
_TOKENS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
_PARTS = re.compile(r"YYYY|MM|DD|[-./ ]")
_COLUMNS: Mapping[str, Column] = {column.name: column for kind in ALL.values() for column in kind.columns}


@dataclass(frozen=True, slots=True)
class Layout:
    """How an employer's SAP writes its files; the house's own columns where nothing else is said.

    ``headings`` maps our column to theirs, ``codes`` per column their word to ours, ``fixed`` the value of a column
    that their file lacks; columns in ``ignored`` are left unread.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    date_format: str = "YYYY-MM-DD"
    month_format: str = "YYYY-MM"
    decimal: str = "."
    thousands: str = ""

    def heading(self, column: str) -> str:
        """Name the heading under which a column stands in their file."""
        return self.headings.get(column, column)


OWN = Layout()


@cache
def pattern_of(written: str) -> re.Pattern[str]:
    """Make the pattern of a format such as ``DD.MM.YYYY``."""
    return re.compile("".join(_TOKENS.get(part) or re.escape(part) for part in _PARTS.findall(written)), re.ASCII)


def read_mapping(file: Path) -> Layout:
    """Read a mapping file; raises BadInput naming the file, the setting and what it may be."""
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refusal("mapping_broken", file.name) from error
    for name in settings:
        if name not in KNOWN:
            raise refusal("mapping_setting", file.name, shown(name), known=", ".join(KNOWN))
    decimal, thousands = _separator(settings, "decimal", file.name), _separator(settings, "thousands", file.name)
    if decimal == thousands:
        raise refusal("mapping_separator", file.name, "thousands")
    return Layout(
        headings=_headings(settings, file.name),
        codes={column: _codes(column, table, file.name) for column, table in _table(settings, "codes", file.name).items()},
        fixed=_texts(_table(settings, "fixed", file.name), "fixed", file.name),
        ignored=frozenset(_words(settings, file.name)),
        date_format=_format(settings, "date_format", {"YYYY", "MM", "DD"}, file.name),
        month_format=_format(settings, "month_format", {"YYYY", "MM"}, file.name),
        decimal=decimal,
        thousands=thousands,
    )


def _separator(settings: Mapping[str, Any], name: str, file: str) -> str:
    allowed = {"decimal": (".", ","), "thousands": ("", ".", ",", " ")}[name]
    given = settings.get(name, allowed[0])
    if given not in allowed:
        raise refusal("mapping_separator", file, name)
    return str(given)


def _format(settings: Mapping[str, Any], name: str, wanted: set[str], file: str) -> str:
    given = settings.get(name, getattr(OWN, name))
    parts = _PARTS.findall(given) if isinstance(given, str) else []
    tokens = [part for part in parts if part in _TOKENS]
    if "".join(parts) != given or set(tokens) != wanted or len(tokens) != len(wanted):
        raise refusal("mapping_format", file, name)
    return str(given)


def _headings(settings: Mapping[str, Any], file: str) -> dict[str, str]:
    table = _texts(_table(settings, "columns", file), "columns", file)
    theirs = list(table.values())
    for heading in theirs:
        if theirs.count(heading) > 1:
            raise refusal("mapping_heading_twice", file, shown(heading))
    return table


def _codes(name: str, table: object, file: str) -> dict[str, str]:
    column = _COLUMNS[name]
    if column.shape not in (Shape.CHOICE, Shape.INSTITUTION):
        raise refusal("mapping_codes", file, name)
    words = _texts(table, "codes", file)
    for word in words.values():
        if column.choices and word not in column.choices:
            raise refusal("mapping_word", file, name, word=shown(word), choices=", ".join(column.choices))
    return words


def _table(settings: Mapping[str, Any], name: str, file: str) -> Mapping[str, Any]:
    table = settings.get(name, {})
    if not isinstance(table, dict):
        raise refusal("mapping_table", file, name)
    for column in table:
        if column not in _COLUMNS:
            raise refusal("mapping_column", file, shown(column), known=", ".join(_COLUMNS))
    return table


def _texts(table: object, name: str, file: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
        raise refusal("mapping_table", file, name)
    return {str(key): text.strip() for key, text in table.items()}


def _words(settings: Mapping[str, Any], file: str) -> list[str]:
    given = settings.get("ignore", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise refusal("mapping_list", file, "ignore")
    return given
