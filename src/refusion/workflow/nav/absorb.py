"""Absorbs SAP's feed: the raw file first, in a transaction of its own, then all of its rows or none; opens cases of absences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from refusion.absences.columns import EmploymentColumns
from refusion.absences.norwegian import AbsenceTold, EmploymentTold, FeedRow
from refusion.cases.nav_case import REFUNDED, Event, Moved, State, move
from refusion.values.ids import derived_id
from refusion.values.said import BadInput, Problem, said
from refusion.workflow.nav.place import place_parked
from refusion.workflow.nav.run import world_of
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import KeptCase
from refusion.workflow.ports.payroll import Absorbed
from refusion.workflow.ports.work import Ports, Transaction

KINDS = ("sap-employments", "sap-pay", "sap-absences", "sap-allocations")
NEWEST, MOST_NAMED = "newest ", 100


@dataclass(frozen=True, slots=True)
class SapAbsorbed:
    """What became of a file: its counts, how many cases it opened; ``again`` when the newest file came once more."""

    file: RawFile
    counts: Absorbed
    opened: int = 0
    again: bool = False


def absorb_sap(ports: Ports, actor: Actor, institution: str, told: tuple[str, str, bytes], mapping: Path | None = None) -> SapAbsorbed:
    """Keep and absorb one file of SAP: its kind, name and bytes.

    The newest file of its kind once more changes nothing. Raises BadInput naming file, row, column, value and remedy; then
    nothing of it was absorbed and the file is kept as refused.
    """
    world, (kind, name, raw) = world_of(ports), told
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(kind, name, raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_sap", str(file.id), {"kind": kind})
        newest = tx.messages.marker(NEWEST + kind)
    if newest == str(file.id):
        return SapAbsorbed(file, Absorbed(0, 0, 0), again=True)
    try:
        rows = world.feed.read(kind, name, raw, institution, mapping)
        with ports.work(institution, actor) as tx:
            return _absorbed(tx, file, rows)
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_sap", str(file.id), {"kind": kind, "problems": len(bad.problems)})
        raise


def _absorbed(tx: Transaction, file: RawFile, rows: Sequence[FeedRow]) -> SapAbsorbed:
    employed = [row for row in rows if isinstance(row, EmploymentTold)]
    if employed:
        tx.payroll.absorb_employments(_columns(employed), file.id, tx.at.now)
    counts = tx.norway.facts.absorb(rows, file.id, tx.at.now)
    if counts.unknown:
        raise BadInput(*(_unknown(file.name, number) for number in counts.unknown[:MOST_NAMED]))
    opened = review_absences(tx) if file.kind == "sap-absences" and counts.new + counts.changed else 0
    if opened or counts.changed:
        place_parked(tx)
    tx.files.set_state(file.id, "absorbed")
    tx.messages.set_marker(NEWEST + file.kind, str(file.id))
    tx.audit.note("absorb_sap", str(file.id), {"kind": file.kind, "new": counts.new, "changed": counts.changed, "opened": opened})
    return SapAbsorbed(file, counts, opened)


def review_absences(tx: Transaction) -> int:
    """Open a case for each absence that NAV refunds and that has none, and close those of absences that SAP took back."""
    absences = cast("Sequence[AbsenceTold]", tx.norway.facts.current(AbsenceTold))
    cases = {(case.employment_number, case.absence_number): case for case in tx.norway.facts.cases()}
    employees = tx.norway.facts.employees()
    new = []
    for absence in absences:
        case = cases.get((absence.number, absence.absence_number))
        if case is not None:
            _follow(tx, case, absence)
        elif absence.benefit in REFUNDED and not absence.withdrawn:
            id = derived_id(tx.institution.namespace, "nav_case", absence.number, absence.absence_number)
            person = employees[absence.number]
            new.append(KeptCase(id, 0, absence.number, absence.absence_number, person, absence.benefit, State.REGISTERED))
    tx.norway.facts.open_cases(new)
    return len(new)


def _follow(tx: Transaction, case: KeptCase, absence: AbsenceTold) -> None:
    """Take a case back with its absence, and open it again when SAP tells of it again."""
    if absence.withdrawn and case.state is not State.WITHDRAWN:
        _moved(tx, case, Event.WITHDRAWN)
    elif not absence.withdrawn and case.state is State.WITHDRAWN:
        _moved(tx, case, Event.CHANGED)


def _moved(tx: Transaction, case: KeptCase, event: Event) -> None:
    to = move(case.state, event)
    if isinstance(to, Moved) and to.state is not case.state:
        tx.norway.facts.change(replace(case, state=to.state))


def _columns(rows: Sequence[EmploymentTold]) -> EmploymentColumns:
    """Give the persons and employments to payroll, who knows them for the whole house."""

    def words(values: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        return np.array(values, np.object_)

    def days(values: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array(values, np.int64)

    return EmploymentColumns(
        number=words([row.number for row in rows]),
        national_number=words([row.national_number for row in rows]),
        name=words([row.name for row in rows]),
        employed_since=days([row.employed_since.toordinal() for row in rows]),
        ends=days([row.ends.toordinal() if row.ends else 0 for row in rows]),
        weekly_hours=days([-1] * len(rows)),
        job_kind=words(["ordinary"] * len(rows)),
        unit=words([row.unit for row in rows]),
    )


def _unknown(name: str, number: str) -> Problem:
    return Problem(
        said("payroll.unknown_employment", number=number),
        said("payroll.send_employments_first"),
        file=name,
        column="employment_number",
        value=number,
    )
