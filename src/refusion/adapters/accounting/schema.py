"""The JSON Schema of a row of each form, made from its columns."""

from __future__ import annotations

from refusion.adapters.accounting.messages import COLUMNS


def schema_of(form: str) -> dict[str, object]:
    """Give the JSON Schema of one row, every cell as the text that stands in the file."""
    columns = COLUMNS[form]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One row of a journal export, form {form}",
        "type": "object",
        "properties": {
            column.name: {"type": "string", "description": column.says, "pattern": f"^(?:{column.pattern})$", "maxLength": column.most}
            for column in columns
        },
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }
