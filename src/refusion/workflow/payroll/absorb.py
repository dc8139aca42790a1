"""Absorb a payroll file: the raw file first, in a transaction of its own, then all of its rows or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns
from refusion.values.said import BadInput, Problem, said
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.payroll import Absorbed
from refusion.workflow.ports.work import Ports, Transaction

NEWEST = "newest "


@dataclass(frozen=True, slots=True)
class Delivered:
    """A payroll file as it came: its kind, its name and its bytes."""

    kind: str
    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class PayrollAbsorbed:
    """What became of a payroll file; ``again`` when the same bytes were absorbed before."""

    file: RawFile
    counts: Absorbed
    again: bool = False


def absorb_payroll(
    ports: Ports, actor: Actor, institution: str, delivered: Delivered, mapping: Path | None = None
) -> PayrollAbsorbed:
    """Keep and absorb one payroll file.

    The newest file of its kind once more changes nothing. Older bytes that come again are payroll's newest word: it
    went back to what it had said before. Raises BadInput naming file, row, column, value and remedy; then nothing of
    it was absorbed and the file is kept as refused.
    """
    kind, name = delivered.kind, delivered.name
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(kind, name, delivered.raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_payroll", str(file.id), {"kind": kind})
        newest = tx.messages.marker(NEWEST + kind)
    if newest == str(file.id):
        return PayrollAbsorbed(file, Absorbed(0, 0, 0), again=True)
    try:
        columns = ports.payroll_reader.read(kind, name, delivered.raw, institution, mapping)
        with ports.work(institution, actor) as tx:
            counts = _absorb(tx, columns, file)
            _refuse_unknown(name, counts)
            tx.files.set_state(file.id, "absorbed")
            tx.messages.set_marker(NEWEST + kind, str(file.id))
            tx.audit.note(
                "absorb_payroll", str(file.id), {"kind": kind, "new": counts.new, "changed": counts.changed}
            )
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_payroll", str(file.id), {"kind": kind, "problems": len(bad.problems)})
        raise
    return PayrollAbsorbed(file, counts)


def _absorb(
    tx: Transaction, columns: EmploymentColumns | PayColumns | AbsenceColumns, file: RawFile
) -> Absorbed:
    now = tx.at.now
    if isinstance(columns, EmploymentColumns):
        return tx.payroll.absorb_employments(columns, file.id, now)
    if isinstance(columns, PayColumns):
        return tx.payroll.absorb_pay(columns, file.id, now)
    return tx.payroll.absorb_absences(columns, file.id, now)


def _refuse_unknown(name: str, counts: Absorbed) -> None:
    if counts.unknown:
        raise BadInput(*(_unknown_employment(name, number) for number in counts.unknown[:100]))


def _unknown_employment(name: str, number: str) -> Problem:
    return Problem(
        said("payroll.unknown_employment", number=number),
        said("payroll.send_employments_first"),
        file=name,
        column="employment_number",
        value=number,
    )
