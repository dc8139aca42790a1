"""The mapping file: how one payroll's own headings, dates, numbers and codes become the house's columns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from refusion.adapters.sls.messages import KINDS, Column, Shape
from refusion.adapters.sls.refusals import refusal, shown

_TOKENS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
_PARTS = re.compile(r"YYYY|MM|DD|[-./ ]")
_COLUMNS: Mapping[str, Column] = {column.name: column for kind in KINDS.values() for column in kind.columns}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a payroll writes its files; the house's own columns where nothing else is said.

    ``headings`` maps our column to theirs, ``codes`` per column their word to ours, ``fixed`` the value of a column
    that their file lacks; columns in ``ignored`` are left unread.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    day: re.Pattern[str] = re.compile(r"(?!)")
    day_format: str = "YYYY-MM-DD"
    month: re.Pattern[str] = re.compile(r"(?!)")
    month_format: str = "YYYY-MM"
    decimal: str = "."
    thousands: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()

    def heading(self, column: str) -> str:
        """Name the heading under which a column stands in their file."""
        return self.headings.get(column, column)


OWN = Layout()


def read_mapping(file: Path) -> Layout:
    """Read a mapping file; raises BadInput naming the file, the setting and what it may be."""
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise refusal("mapping_unreadable", file.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refusal("mapping_broken", file.name, detail=shown(str(error))) from error
    arguments: dict[str, object] = {}
    for name, value in settings.items():
        if name not in _SETTINGS:
            raise refusal("mapping_setting", file.name, column=shown(name), known=", ".join(_SETTINGS))
        arguments |= _SETTINGS[name](value, _Place(file.name, name))
    layout = Layout(**arguments)  # type: ignore[arg-type] # each reader of a setting gives that field's type
    if layout.decimal == layout.thousands:
        raise refusal("mapping_separator", file.name, column="thousands")
    return layout


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in which mapping file a setting stands."""

    file: str
    setting: str


def _separator(value: object, place: _Place) -> dict[str, object]:
    """Read the character between kroner and øre or between thousands."""
    allowed = (".", ",") if place.setting == "decimal" else (".", ",", " ", "")
    if value not in allowed:
        raise refusal("mapping_separator", place.file, column=place.setting)
    return {place.setting: value}


def _pattern(value: object, place: _Place) -> dict[str, object]:
    """Read a format of dates or months such as ``DD-MM-YYYY``."""
    wanted = {"YYYY", "MM", "DD"} if place.setting == "date_format" else {"YYYY", "MM"}
    parts = _PARTS.findall(value) if isinstance(value, str) else []
    tokens = [part for part in parts if part in _TOKENS]
    if "".join(parts) != value or set(tokens) != wanted or len(tokens) != len(wanted):
        raise refusal("mapping_format", place.file, column=place.setting)
    pattern = re.compile("".join(_TOKENS.get(part) or re.escape(part) for part in parts), re.ASCII)
    name = "day" if place.setting == "date_format" else "month"
    return {name: pattern, f"{name}_format": value}


def _headings(value: object, place: _Place) -> dict[str, object]:
    """Read the table of headings: our column = their heading."""
    table = _table(value, place)
    theirs = list(table.values())
    for heading in theirs:
        if theirs.count(heading) > 1:
            raise refusal("mapping_heading_twice", place.file, column=shown(heading))
    return {"headings": table}


def _codes(value: object, place: _Place) -> dict[str, object]:
    """Read, for each column of words or codes, their word = ours."""
    if not isinstance(value, dict):
        raise refusal("mapping_table", place.file, column=place.setting)
    codes = {}
    for name, table in value.items():
        column = _COLUMNS.get(name)
        if column is None or column.shape not in (Shape.CHOICE, Shape.CODE, Shape.INSTITUTION):
            raise refusal("mapping_codes", place.file, column=shown(name))
        codes[name] = _words(table, place)
        for word in codes[name].values():
            if column.choices and word not in column.choices:
                raise refusal("mapping_word", place.file, column=name, word=shown(word), choices=", ".join(column.choices))
    return {"codes": codes}


def _fixed(value: object, place: _Place) -> dict[str, object]:
    """Read the values of columns that their file lacks."""
    return {"fixed": _table(value, place)}


def _ignored(value: object, place: _Place) -> dict[str, object]:
    """Read the headings that are left unread."""
    if not isinstance(value, list) or not all(isinstance(heading, str) for heading in value):
        raise refusal("mapping_list", place.file, column=place.setting)
    return {"ignored": frozenset(cast("list[str]", value))}


def _table(value: object, place: _Place) -> dict[str, str]:
    """Read a table whose keys are columns of ours."""
    table = _words(value, place)
    for name in table:
        if name not in _COLUMNS:
            raise refusal("mapping_column", place.file, column=shown(name), known=", ".join(_COLUMNS))
    return table


def _words(value: object, place: _Place) -> dict[str, str]:
    """Read a table of texts."""
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise refusal("mapping_table", place.file, column=place.setting)
    return {str(name): str(text).strip() for name, text in value.items()}


_SETTINGS: Mapping[str, Callable[[object, _Place], dict[str, object]]] = {
    "columns": _headings,
    "date_format": _pattern,
    "month_format": _pattern,
    "decimal": _separator,
    "thousands": _separator,
    "codes": _codes,
    "fixed": _fixed,
    "ignore": _ignored,
}
