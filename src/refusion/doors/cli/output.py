"""What a verb gives to other programs: JSON, to a file or to standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

STANDARD_OUTPUT = "-"
JsonFile = Annotated[
    str | None,
    typer.Option("--json", metavar="FILE", help="Write the result as JSON to a file; - is standard output.", show_default=False),
]


def write_json(result: object, file: str) -> None:
    """Write a result of plain values as JSON, keys as they come; a file is replaced as a whole or not at all."""
    text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    if file == STANDARD_OUTPUT:
        sys.stdout.write(text)
        return
    target = Path(file)
    beside = target.with_name(f"{target.name}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(target)
