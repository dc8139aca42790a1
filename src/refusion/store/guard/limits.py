"""Limits that people set and approved, and what an institution decides of its guard."""

from __future__ import annotations

from collections.abc import Mapping

from refusion.salary_guard.resolving.approval import Subject
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.said import Refused, said
from refusion.workflow.ports.guard.facts import PayLimit

_PROPOSED = (
    "subject, person_id, employment, amount, before, valid_from, reason, case_number, case_text, case_state, content_hash, "
    "proposed_by, proposed_at, expires_at"
)
_DECIDED = "outcome, decided_by, decided_at, decided_hash"
_CHANGED = f"case_number, case_state, {_DECIDED}, ended_on, deleted_by, deleted_at"
_PROPOSE = insert("pay_limit", f"id, {_PROPOSED}, {_DECIDED}") + " RETURNING number"
_LIMITS = f"""
    SELECT id, number, {_PROPOSED}, {_DECIDED}, used_run_id, ended_on, deleted_by, deleted_at
    FROM pay_limit WHERE institution_id = %(institution)s
"""  # noqa: S608 (our own names)
_CHANGE = f"""
    UPDATE pay_limit SET {", ".join(f"{name} = %({name})s" for name in _CHANGED.split(", "))}, used_run_id = %(used_run)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""  # noqa: S608 (our own names)
_SETTINGS = "SELECT name, value FROM guard_setting WHERE institution_id = %(institution)s ORDER BY name"
_SET = (
    insert("guard_setting", "name, value")
    + " ON CONFLICT (institution_id, name) DO UPDATE SET value = excluded.value WHERE guard_setting.value <> excluded.value"
)


def propose(tenant: Tenant, limit: PayLimit) -> int:
    """Keep a limit and give its number."""
    names = [name for name in f"id, {_PROPOSED}, {_DECIDED}".split(", ") if name not in {"subject", "person_id"}]
    facts = {name: getattr(limit, name) for name in names}
    return int(tenant.found(_PROPOSE, subject=limit.subject.value, person_id=limit.person, **facts)[0])


def limit(tenant: Tenant, number: int) -> PayLimit:
    """Give a limit and lock it. Raises Refused when there is none."""
    row = tenant.one(_LIMITS + " AND number = %(number)s FOR UPDATE", number=number)
    if row is None:
        raise Refused(said("stopped.no_limit", number=number))
    return _limit(row)


def limits(tenant: Tenant, *, every: bool) -> tuple[PayLimit, ...]:
    """Give limits that are proposed or in force, newest first; with ``every`` all of them."""
    chosen = (
        ""
        if every
        else " AND (outcome IS NULL OR outcome = 'approved') AND used_run_id IS NULL AND deleted_at IS NULL"
    )
    return tuple(map(_limit, tenant.rows(_LIMITS + chosen + " ORDER BY number DESC")))


def change(tenant: Tenant, limit: PayLimit) -> None:
    """Keep what was decided of a limit, that a run used it up, that it ended or was deleted."""
    tenant.run(_CHANGE, id=limit.id, used_run=limit.used_run, **{name: getattr(limit, name) for name in _CHANGED.split(", ")})


def settings(tenant: Tenant) -> Mapping[str, str]:
    """Give all settings of the guard."""
    return dict(tenant.rows(_SETTINGS))


def set_setting(tenant: Tenant, name: str, value: str) -> None:
    """Keep one setting of the guard."""
    tenant.run(_SET, name=name, value=value)


def _limit(row: Row) -> PayLimit:
    id, number, subject, *others = row
    return PayLimit(id, number, Subject(subject), *others)
