"""Pay runs with their payments: kept once, receivers sealed to their rows, read back as facts."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from refusion.salary_guard.resolving.states import FINISHED, State
from refusion.store.columns import as_json, from_json
from refusion.store.sets.staging import numbers, raw, stage, words
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.said import Refused, Said, said
from refusion.workflow.ports.guard.facts import Paid, Receiver, Run
from refusion.workflow.ports.guard.repository import PaymentColumns

_RUN = "name, file_id, value_date, payments, total, goes, held, state, not_checked, accounts, made_at, taken_by"
_KEEP_RUN = insert("pay_run", f"id, {_RUN}") + " RETURNING number"
_RUNS = f"SELECT id, number, {_RUN}, written_at, written_by FROM pay_run WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_SHARING = """
    SELECT r.number FROM pay_run r JOIN run_payment p ON p.institution_id = r.institution_id AND p.run_id = r.id
    WHERE r.institution_id = %(institution)s AND r.value_date = %(day)s AND p.payment = ANY (%(payments)s) LIMIT 1
"""
_RUN_STATE = """
    UPDATE pay_run SET state = %(state)s, written_at = coalesce(written_at, %(at)s::timestamptz), written_by = coalesce(written_by, %(by)s)
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_STAGED = (
    "id uuid, payment text, employment text, person_id uuid, sealed bytea, row int, net bigint, amount bigint, hold smallint, "
    "total bigint, held_against bigint, applied smallint, warned boolean, unapproved boolean, findings jsonb, state text"
)
_NAMES = ", ".join(column.split()[0] for column in _STAGED.split(", "))
_KEEP = f"""
    INSERT INTO run_payment (institution_id, run_id, {_NAMES.replace("sealed", "sealed_receiver")}, steps, bank_reason)
    SELECT %(institution)s, %(run)s, {_NAMES}, 0, '' FROM pg_temp.run_payments ORDER BY place
"""  # noqa: S608 (our own names)
_PAID = """
    SELECT p.id, p.number, p.run_id, r.number, r.value_date, p.row, p.payment, p.employment, p.person_id, p.net, p.amount, p.hold,
           p.total, p.held_against, p.applied, p.warned, p.unapproved, p.findings, p.state, p.steps, p.bank_status, p.bank_reason
    FROM run_payment p JOIN pay_run r ON r.institution_id = p.institution_id AND r.id = p.run_id
    WHERE p.institution_id = %(institution)s
"""
_NUMBERED = """
    SELECT number FROM run_payment WHERE institution_id = %(institution)s AND run_id = %(run)s AND payment = %(payment)s
    ORDER BY hold LIMIT 1
"""
_SEALED = "SELECT id, sealed_receiver FROM run_payment WHERE institution_id = %(institution)s AND id = ANY (%(ids)s)"
_PERSON_OF = """
    SELECT v.person_id FROM employment e
    JOIN employment_version v ON v.institution_id = e.institution_id AND v.employment_id = e.id AND v.superseded_at IS NULL
    WHERE e.institution_id = %(institution)s AND e.number = %(employment)s
    UNION ALL
    SELECT * FROM (SELECT p.person_id FROM run_payment p WHERE p.institution_id = %(institution)s AND p.employment = %(employment)s
        ORDER BY p.number DESC LIMIT 1) AS told
    LIMIT 1
"""
_BANK_STATUS = """
    UPDATE run_payment SET bank_status = %(status)s, bank_reason = %(reason)s WHERE institution_id = %(institution)s AND id = %(id)s
"""
_KNOWN = "SELECT id FROM person WHERE institution_id = %(institution)s AND id = ANY (%(ids)s)"
_STAGED_PERSON = "id uuid, number_index bytea, sealed_number bytea, name text"
_ADD_PEOPLE = """
    INSERT INTO person (institution_id, id, number_index, sealed_number, name)
    SELECT %(institution)s, id, number_index, sealed_number, name FROM pg_temp.run_people ON CONFLICT DO NOTHING
"""
FIELD, NUMBER = "receiver", "national_number"
ORDINARY = ("sent", "paid_by_bank")
NOT_CHECKED, ACCOUNTS, FINDINGS, STATE = 10, 11, 17, 18
"""Where these stand in the rows of runs and of payments."""


def keep(tenant: Tenant, run: Run, columns: PaymentColumns) -> tuple[int, tuple[UUID, ...]]:
    """Keep a run with its payments; give its number and the ids of the payments in order."""
    number = tenant.found(
        _KEEP_RUN,
        id=run.id, name=run.name, file_id=run.file, value_date=run.value_date, payments=run.payments, total=run.total, goes=run.goes,
        held=run.held, state=run.state, not_checked=json.dumps(run.not_checked), accounts=json.dumps(dict(run.accounts)),
        made_at=run.made_at, taken_by=run.taken_by,
    )[0]  # fmt: skip
    places = [str(hold) for hold in columns.hold]
    _add_people(tenant, columns)
    ids = tenant.ids_of("run_payment", [str(run.id)] * len(places), columns.payment, places)
    sealed = tenant.keys.seal_many([_written(receiver) for receiver in columns.receivers], ids, FIELD)
    found = ["[]"] * len(ids)
    for row, findings in columns.findings.items():
        found[row] = as_json([[one.key, one.facts] for one in findings])
    counted = (columns.row, columns.net, columns.amount, columns.hold, columns.total, columns.limit, columns.applied)
    told = (columns.warned, columns.unapproved, found, columns.state)
    stage(tenant, "run_payments", _STAGED, [
        words(ids), words(columns.payment), words(columns.employment), words(columns.person), raw(sealed),
        *(numbers(np.asarray(column, np.int64)) for column in counted), *(words(column) for column in told),
    ])  # fmt: skip
    tenant.run(_KEEP, run=run.id)
    return int(number), tuple(map(UUID, ids))


def _add_people(tenant: Tenant, columns: PaymentColumns) -> None:
    """Keep persons whom payroll has not told of: whoever is shown later is noted as seen."""
    told = dict(zip(columns.person, columns.receivers, strict=True))
    known = set(tenant.column(_KNOWN, ids=list(told)))
    new = {person: receiver for person, receiver in told.items() if person not in known}
    if not new:
        return
    people = [str(person) for person in new]
    digits = [receiver.national_number for receiver in new.values()]
    sealed = tenant.keys.seal_many(digits, people, NUMBER)
    rows = [words(people), raw(tenant.keys.index_many(digits)), raw(sealed), words([receiver.name for receiver in new.values()])]
    stage(tenant, "run_people", _STAGED_PERSON, rows)
    tenant.run(_ADD_PEOPLE)


def run(tenant: Tenant, number: int) -> Run:
    """Give a run and lock it. Raises Refused when there is none."""
    row = tenant.one(_RUNS + " AND number = %(number)s FOR UPDATE", number=number)
    if row is None:
        raise Refused(said("stopped.no_run", number=number))
    return _run(row)


def runs(tenant: Tenant, more: str = "", **facts: object) -> tuple[Run, ...]:
    """Give runs, the newest first; ``more`` narrows them."""
    return tuple(map(_run, tenant.rows(_RUNS + more + " ORDER BY number DESC", **facts)))


def sharing(tenant: Tenant, day: date, payments: Sequence[str]) -> Run | None:
    """Give a run of the same value date that has one of the payments already, or None."""
    row = tenant.one(_SHARING, day=day, payments=list(payments))
    return None if row is None else run(tenant, row[0])


def set_state(tenant: Tenant, found: Run, state: str, *, written: bool) -> None:
    """Move a run on."""
    by, at = (tenant.actor.name, tenant.at.now) if written else (None, None)
    tenant.run(_RUN_STATE, id=found.id, state=state, by=by, at=at)


def payment(tenant: Tenant, number: int) -> Paid:
    """Give a payment and lock it. Raises Refused when there is none."""
    row = tenant.one(_PAID + " AND p.number = %(number)s FOR UPDATE OF p", number=number)
    if row is None:
        raise Refused(said("stopped.no_payment", number=number))
    return _paid(row)


def payments(tenant: Tenant, more: str, **facts: object) -> tuple[Paid, ...]:
    """Give the payments that ``more`` names."""
    return tuple(map(_paid, tenant.rows(_PAID + more, **facts)))


def of_run(tenant: Tenant, run: UUID, *, in_file: bool) -> tuple[Paid, ...]:
    """Give a run's payments in its order: those in the file, or those that do not go."""
    chosen = " AND p.run_id = %(run)s AND p.hold " + ("= 0" if in_file else "<> 0") + " ORDER BY p.number"
    return payments(tenant, chosen, run=run)


def pointed_out(tenant: Tenant) -> tuple[Paid, ...]:
    """Give the payments that a check points at in files that are not written yet."""
    return payments(tenant, " AND r.state = 'taken' AND p.hold = 0 AND p.findings <> '[]'::jsonb ORDER BY r.value_date, p.number")


def stopped(tenant: Tenant, *, every: bool) -> tuple[Paid, ...]:
    """Give the payments that a person must still resolve, the first payday first; with ``every`` the resolved ones too."""
    closed = ORDINARY if every else tuple(state.value for state in (State.SENT, *FINISHED))
    more = " AND p.state <> ALL (%(closed)s) ORDER BY r.value_date, p.number"
    return payments(tenant, more, closed=list(closed))


def numbered(tenant: Tenant, run: UUID, payment: str) -> int | None:
    """Give the number of the part of a payment that stands in the file, else of the held one, or None."""
    row = tenant.one(_NUMBERED, run=run, payment=payment)
    return None if row is None else int(row[0])


def receivers(tenant: Tenant, paid: Collection[Paid]) -> Mapping[UUID, Receiver]:
    """Open the receivers of payments."""
    rows = tenant.rows(_SEALED, ids=[one.id for one in paid])
    opened = tenant.keys.unseal_many([row[1] for row in rows], [str(row[0]) for row in rows], FIELD)
    return {row[0]: Receiver(*json.loads(text)) for row, text in zip(rows, opened, strict=True)}


def person_of(tenant: Tenant, employment: str) -> UUID:
    """Give the person of an employment number, from payroll or from a run. Raises Refused when nobody has it."""
    row = tenant.one(_PERSON_OF, employment=employment)
    if row is None:
        raise Refused(said("stopped.no_employment", employment=employment))
    found: UUID = row[0]
    return found


def set_bank_status(tenant: Tenant, id: UUID, status: str, reason: str) -> None:
    """Note what the bank answered about a payment."""
    tenant.run(_BANK_STATUS, id=id, status=status, reason=reason)


def _written(receiver: Receiver) -> str:
    parts = (receiver.name, receiver.national_number, receiver.form, receiver.bank, receiver.account, receiver.text)
    return json.dumps(parts, ensure_ascii=False)


def _run(row: Row) -> Run:
    told = list(row)
    told[NOT_CHECKED] = tuple(_read(told[NOT_CHECKED]))
    told[ACCOUNTS] = _read(told[ACCOUNTS])
    return Run(*told)


def _paid(row: Row) -> Paid:
    told = list(row)
    told[FINDINGS] = tuple(Said(key, facts) for key, facts in _read(told[FINDINGS]))
    told[STATE] = State(told[STATE])
    return Paid(*told)


def _read(written: Any) -> Any:
    """Read JSON, which the connection gives as text or as values."""
    return from_json(written) if isinstance(written, str) else written
