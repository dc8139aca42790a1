"""Absorb a bank file: the raw file first, then every booked line once; foreign lines stay in the tray."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from refusion.values.said import BadInput
from refusion.workflow.ports.bank import BankLine
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

KIND = "bank"


@dataclass(frozen=True, slots=True)
class BankAbsorbed:
    """What became of a bank file: lines kept for the first time, lines known already, lines in the tray."""

    file: RawFile
    new: int
    known: int
    in_tray: int
    again: bool = False


def absorb_bank(ports: Ports, actor: Actor, institution: str, name: str, raw: bytes) -> BankAbsorbed:
    """Keep and absorb one camt file. Raises BadInput when it cannot be read; the file is then kept as refused."""
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, name, raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_bank", str(file.id), {})
    if file.state == "absorbed":
        return BankAbsorbed(file, 0, 0, 0, again=True)
    try:
        lines = ports.bank_reader.read(name, raw)
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_bank", str(file.id), {"problems": len(bad.problems)})
        raise
    with ports.work(institution, actor) as tx:
        owned = tx.bank.owners(sorted({line.account for line in lines}))
        sorted_out = [replace(line, tray=tray_reason(line, owned)) for line in lines]
        new, known = tx.bank.absorb(sorted_out, file.id, tx.at.now)
        in_tray = sum(line.tray is not None for line in sorted_out)
        tx.files.set_state(file.id, "absorbed")
        tx.audit.note("absorb_bank", str(file.id), {"new": new, "known": known, "in_tray": in_tray})
    return BankAbsorbed(file, new, known, in_tray)


def tray_reason(line: BankLine, owned: Mapping[str, tuple[str, str]]) -> str | None:
    """Say why a line is not the institution's to book, or None when it is."""
    if line.account not in owned:
        return "bank.foreign_account"
    currency, _mandate = owned[line.account]
    return None if currency == line.currency else "bank.foreign_currency"
