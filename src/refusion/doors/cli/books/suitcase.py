"""``refusion books suitcase``: the audit trail given out, with the little program that checks it without us."""

from __future__ import annotations

import json as json_
import shutil
from pathlib import Path
from typing import Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, said

PURPOSE = "audit"
TRAIL, PROGRAM = "trail.jsonl", "verify_trail.py"
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is made for it and must not stand yet.")]


def register(books: typer.Typer) -> None:
    """Add the verb."""
    books.command("suitcase")(suitcase)


def suitcase(folder: Folder, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Give out the audit trail, one line per verb, with a program that checks its chain by Python's own library alone."""
    from refusion.wiring.start import started

    if folder.exists():
        raise Refused(said("books.suitcase_stands", folder=str(folder)))
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        with house().reading(from_shell(), code, PURPOSE) as reads, (beside / TRAIL).open("w", encoding="utf-8") as out:
            lines, last = 0, ""
            for line in reads.trail():
                out.write(json_.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
                lines, last = lines + 1, line["hash"]
    shutil.copyfile(Path(__file__).with_name(PROGRAM), beside / PROGRAM)
    beside.rename(folder)
    if json:
        write_json({"folder": str(folder), "lines": lines, "last_hash": last}, json)
    typer.echo(sentence(said("books.suitcase_packed", folder=str(folder), lines=lines, last=last)), err=json == STANDARD_OUTPUT)
