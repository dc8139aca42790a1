"""The mapping file: how one payer's own headings, days and numbers become the columns of a specification."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from refusion.adapters.specifications.messages import COLUMNS, Layout
from refusion.adapters.specifications.refusals import refusal

KNOWN = ("headings", "fixed", "ignore", "decimal", "date_format")
TOKENS = ("YYYY", "MM", "DD")


def read_mapping(file: Path) -> Layout:
    """Read a mapping file. Raises BadInput naming the file, the setting and what it may be."""
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refusal("mapping_broken", file.name) from error
    unknown = [name for name in settings if name not in KNOWN]
    if unknown:
        raise refusal("mapping_setting", file.name, column=unknown[0], known=", ".join(KNOWN))
    return Layout(
        headings=_table(file.name, settings, "headings"),
        fixed=_table(file.name, settings, "fixed"),
        ignored=frozenset(_words(file.name, settings)),
        decimal=_decimal(file.name, settings),
        date_format=_date_format(file.name, settings),
    )


def _table(file: str, settings: dict[str, Any], name: str) -> dict[str, str]:
    table = settings.get(name, {})
    names = {column.name for column in COLUMNS}
    if not isinstance(table, dict) or not set(table) <= names or not all(isinstance(one, str) for one in table.values()):
        raise refusal("mapping_table", file, column=name, known=", ".join(sorted(names)))
    return table


def _words(file: str, settings: dict[str, Any]) -> list[str]:
    given = settings.get("ignore", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise refusal("mapping_setting", file, column="ignore", known=", ".join(KNOWN))
    return given


def _decimal(file: str, settings: dict[str, Any]) -> str:
    given = settings.get("decimal", ".")
    if given not in (".", ","):
        raise refusal("mapping_decimal", file, column="decimal")
    return str(given)


def _date_format(file: str, settings: dict[str, Any]) -> str:
    given = settings.get("date_format", "YYYY-MM-DD")
    if not isinstance(given, str) or any(given.count(token) != 1 for token in TOKENS):
        raise refusal("mapping_date_format", file, column="date_format")
    return given
