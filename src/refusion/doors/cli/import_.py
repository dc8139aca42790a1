"""``refusion import``: takes in a file of payroll, bank or a payer, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.nav.taking import FEED, Given, take
from refusion.doors.cli.nav.taking import KINDS as NORWEGIAN
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.workflow.funds.decide import DecisionsAbsorbed
    from refusion.workflow.payroll.absorb import PayrollAbsorbed
    from refusion.workflow.settlements.absorb import BankAbsorbed
    from refusion.workflow.settlements.absorb_specification import SpecificationAbsorbed

    Done = PayrollAbsorbed | BankAbsorbed | SpecificationAbsorbed | DecisionsAbsorbed

PAYROLL = ("payroll-employments", "payroll-pay", "payroll-absences")
BANK, PAYMENTS, DECISIONS = "bank", "payments", "decisions"
KINDS = (*PAYROLL, BANK, PAYMENTS, DECISIONS, *NORWEGIAN)
Mapping = Annotated[Path | None, typer.Option(help="A TOML file that names other columns, formats and codes.", show_default=False)]


PaysOn = Annotated[
    datetime | None,
    typer.Option("--pays-on", formats=ISO, metavar="DAY", help="The day of payment, for NAV's file that lacks it.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("import")(import_file)


def import_file(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=" | ".join(KINDS))],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to take in.")],
    *,
    mapping: Mapping = None,
    pays_on: PaysOn = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Take in a file; the same file twice has the effect of once, a file with a mistake has none."""
    if kind not in KINDS:
        raise Refused(said("payroll.import_unknown", kind=kind, known=", ".join(KINDS)))
    if mapping is not None and kind not in (*PAYROLL, PAYMENTS, *FEED):
        raise Refused(said("payroll.mapping_for_payroll"))
    raw = file.read_bytes()

    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        if kind in NORWEGIAN:
            words, result = take(house(), code, Given(kind, file, raw, mapping, day_of(pays_on)))
        elif kind == BANK:
            words, result = _of_bank(house().absorb_bank(from_shell(), code, file.name, raw))
        elif kind == DECISIONS:
            words, result = _of_decisions(house().absorb_decisions(from_shell(), code, file.name, raw))
        elif kind == PAYMENTS:
            words, result = _of_payments(house().absorb_payments(from_shell(), code, file.name, raw, mapping=mapping))
        else:
            words, result = _of_payroll(house().absorb_payroll(from_shell(), code, kind, file.name, raw, mapping=mapping))
    typer.echo(sentence(words), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json({"institution": code, "kind": kind, **result}, json)


def _of_payroll(done: PayrollAbsorbed) -> tuple[Said, dict[str, object]]:
    """Say what became of a payroll file."""
    counts = {"new": done.counts.new, "changed": done.counts.changed, "same": done.counts.same}
    return _words("payroll.absorbed", done, counts), _facts(done, counts)


def _of_bank(done: BankAbsorbed) -> tuple[Said, dict[str, object]]:
    """Say what became of a bank file."""
    counts = {"new": done.new, "known": done.known, "in_tray": done.in_tray}
    return _words("payroll.bank_absorbed", done, counts), _facts(done, counts)


def _of_payments(done: SpecificationAbsorbed) -> tuple[Said, dict[str, object]]:
    """Say what became of a payment specification."""
    counts = {"new": done.new, "known": done.known}
    return _words("payments.absorbed", done, counts), _facts(done, counts)


def _of_decisions(done: DecisionsAbsorbed) -> tuple[Said, dict[str, object]]:
    """Say what became of a fund's decision file."""
    counts = {"new": done.new, "known": done.known, "unplaced": done.unplaced}
    return _words("funds.decisions_absorbed", done, counts), _facts(done, counts)


def _words(key: str, done: Done, counts: dict[str, int]) -> Said:
    """Say the counts, or that the same bytes were taken in before."""
    return said("payroll.absorbed_before", file=done.file.name) if done.again else said(key, file=done.file.name, **counts)


def _facts(done: Done, counts: dict[str, int]) -> dict[str, object]:
    """Give what other programs read."""
    return {"file": done.file.name, "sha256": done.file.sha256, "again": done.again, **counts}
