"""Opens many cases at once."""

from __future__ import annotations

from collections.abc import Sequence

from refusion.cases.facts import Case
from refusion.store.sets.staging import stage, words
from refusion.store.tenant import Tenant

_STAGED = (
    "id uuid, employment_id uuid, person_id uuid, absence_id uuid, kind text, state text, first_absence_day date, "
    "last_absence_day date, refund_from date, file_on date, notify_by date, opened_on date, known_on date, notified_on date, "
    "told_last_day date, authority_id text, version int, pilot boolean"
)
_NAMES = [column.split()[0] for column in _STAGED.split(", ")]
_LIST = ", ".join(_NAMES)
_OPEN = f"""
    WITH opened AS (
        INSERT INTO refund_case (institution_id, {_LIST})
        SELECT %(institution)s, {_LIST} FROM pg_temp.staged_case s WHERE NOT EXISTS (
            SELECT 1 FROM refund_case c WHERE c.institution_id = %(institution)s AND (c.id = s.id OR c.absence_id = s.absence_id))
        ORDER BY s.place
        ON CONFLICT DO NOTHING
        RETURNING id, state, number
    )
    INSERT INTO case_history (institution_id, case_id, state, because, "by", at)
    SELECT %(institution)s, id, state, 'opened', %(by)s, %(at)s FROM opened ORDER BY number
"""  # noqa: S608 (our own names)


def open_cases(tenant: Tenant, cases: Sequence[Case]) -> int:
    """Open cases in one statement, numbered in the order given; those that stand already are left alone."""
    if not cases:
        return 0
    columns = [[_cell(case, name) for case in cases] for name in _NAMES]
    stage(tenant, "staged_case", _STAGED, [words(column) for column in columns])
    return tenant.run(_OPEN, by=tenant.actor.name, at=tenant.at.now)


def _cell(case: Case, name: str) -> object:
    """Give what stands in a column; a fund's case rests on no absence."""
    if name == "absence_id" and case.is_of_fund:
        return None
    return getattr(case, name if name == "authority_id" else name.removesuffix("_id"))
