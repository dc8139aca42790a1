"""The JSON Schema of a row of each kind of file, made from its columns."""

from __future__ import annotations

from refusion.adapters.sap.messages import Column, Kind, Shape

DAY = r"(19\d{2}|20\d{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
PATTERNS = {
    Shape.NATIONAL_NUMBER: r"\d{6}[ -]?\d{5}",
    Shape.ORGANISATION: r"\d{9}",
    Shape.DATE: DAY,
    Shape.MONTH: r"(19\d{2}|20\d{2}|2100)-(0[1-9]|1[0-2])",
    Shape.MONEY: r"-?\d{1,9}(\.\d{1,2})?",
    Shape.PERCENT: r"(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)",
    Shape.COUNT: r"[1-9]\d{0,8}",
    Shape.KEY: r"[0-9a-f]{32}",
}


def schema_of(kind: Kind) -> dict[str, object]:
    """Give the JSON Schema of one row, every cell as the text of a CSV file; in xlsx and Parquet it may be a date or number."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:refusion:file:{kind.name}",
        "title": kind.name,
        "description": kind.says,
        "type": "object",
        "properties": {column.name: _property(column) for column in kind.columns},
        "required": list(kind.headings),
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, object]:
    told: dict[str, object] = {"type": "string", "description": f"{column.says[0].upper()}{column.says[1:]}."}
    if column.shape is Shape.CHOICE:
        return {**told, "enum": [*([""] if column.may_be_empty else []), *column.choices]}
    if column.shape in PATTERNS:
        return {**told, "pattern": f"^({PATTERNS[column.shape]}){'?' if column.may_be_empty else ''}$"}
    return {**told, "maxLength": column.at_most, **({} if column.may_be_empty else {"minLength": 1})}
