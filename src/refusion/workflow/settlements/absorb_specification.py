"""Absorb a payer's payment specification: the raw file first, then every row of it once, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from refusion.settlements.facts import Specified
from refusion.settlements.known_again import known_parts
from refusion.values.said import BadInput
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.matching import PaymentRow
from refusion.workflow.ports.work import Ports, Transaction

KIND = "payments"


@dataclass(frozen=True, slots=True)
class SpecificationAbsorbed:
    """What became of a specification: rows kept for the first time, rows known already."""

    file: RawFile
    new: int
    known: int
    again: bool = False


def absorb_specification(
    ports: Ports, actor: Actor, institution: str, name: str, raw: bytes, *, mapping: Path | None = None
) -> SpecificationAbsorbed:
    """Keep and absorb a payment specification. Raises BadInput when it cannot be read; the file is then kept as refused."""
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, name, raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_payments", str(file.id), {})
    if file.state == "absorbed":
        return SpecificationAbsorbed(file, 0, 0, again=True)
    try:
        rows = ports.payment_reader.read(name, raw, mapping)
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_payments", str(file.id), {"problems": len(bad.problems)})
        raise
    with ports.work(institution, actor) as tx:
        parts = _parts(tx, rows)
        new = tx.matching.keep_parts(parts, file.id, tx.at.now)
        tx.files.set_state(file.id, "absorbed")
        tx.audit.note("absorb_payments", str(file.id), {"new": new, "known": len(parts) - new})
    return SpecificationAbsorbed(file, new, len(parts) - new)


def _parts(tx: Transaction, rows: Sequence[PaymentRow]) -> tuple[Specified, ...]:
    """Give the rows as parts that are known again by their content, persons by opaque keys."""
    nobody = tx.institution.namespace
    told = (
        Specified(
            part=nobody,
            payment=row.payment,
            amount=row.amount,
            told=row.told,
            person_key=tx.matching.person_key(row.number) if row.number else "",
            period=row.period,
            payer=row.payer,
            pays_on=row.pays_on,
        )
        for row in rows
    )
    return known_parts(tx.institution.namespace, told)
