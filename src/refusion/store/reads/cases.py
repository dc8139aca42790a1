"""Reads the list of cases, a page at a time from the newest number down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.store.reads.rows import bounded, rows

_BEFORE_ALL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with the sums of its claims in øre; ``decided`` None where nothing is decided yet."""

    number: int
    id: UUID
    person: UUID
    name: str
    unit: str
    kind: str
    state: str
    first_absence_day: date
    last_absence_day: date | None
    expected: int
    decided: int | None
    received: int
    open_tasks: int
    pilot: bool


@dataclass(frozen=True, slots=True)
class CasesPage:
    """A page of cases; ``before`` is the number to go on from, None on the last page."""

    rows: tuple[CaseRow, ...]
    before: int | None


_FOUND = """
    WITH found AS MATERIALIZED (
        SELECT c.* FROM refund_case c {join}
        WHERE c.number < %(before)s {narrowed}
        ORDER BY c.number DESC LIMIT %(limit)s
    )
    SELECT c.number, c.id, p.id, p.name, coalesce(e.unit, ''), c.kind, c.state, c.first_absence_day, c.last_absence_day,
           coalesce(s.expected, 0)::bigint, s.decided::bigint, coalesce(s.received, 0)::bigint, coalesce(t.open, 0), c.pilot
    FROM found c
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT sum(v.refund + v.supplement) AS expected, sum(cl.decided) AS decided, sum(cl.received) AS received
        FROM claim cl
        JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
        WHERE cl.institution_id = c.institution_id AND cl.case_id = c.id AND cl.state NOT IN ('annulled', 'dropped', 'lost')
    ) s ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS open FROM task t
        WHERE t.institution_id = c.institution_id AND t.case_id = c.id AND t.done_on IS NULL
    ) t ON true
    ORDER BY c.number DESC
"""
_PERSON = "JOIN person n ON n.institution_id = c.institution_id AND n.id = c.person_id"
_ALL = _FOUND.format(join="", narrowed="")
_BY_STATE = _FOUND.format(join="", narrowed="AND c.state = %(state)s")
_BY_NUMBER = _FOUND.format(join="", narrowed="AND c.number = %(number)s")
_BY_NAME = _FOUND.format(join=_PERSON, narrowed="AND lower(n.name) LIKE %(name)s")
_BY_INDEX = _FOUND.format(join=_PERSON, narrowed="AND n.number_index = %(index)s")


def cases(state: str | None, before: int | None, limit: int) -> CasesPage:
    """Give a page of cases, of one state where asked."""
    return _page(_BY_STATE if state else _ALL, limit, before, state=state)


def by_number(number: int) -> CasesPage:
    """Give the case of a number, as a page of one or none."""
    return _page(_BY_NUMBER, 1, None, number=number)


def by_name(part: str, limit: int) -> CasesPage:
    """Give the newest cases of persons whose name holds the text."""
    plain = part.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return _page(_BY_NAME, limit, None, name=f"%{plain}%")


def by_number_index(index: bytes, limit: int) -> CasesPage:
    """Give the newest cases of the person whose national number has that blind index."""
    return _page(_BY_INDEX, limit, None, index=index)


def _page(query: str, limit: int, before: int | None, **narrowed: object) -> CasesPage:
    length = bounded(limit)
    found = rows(CaseRow, query, {"before": before or _BEFORE_ALL, "limit": length + 1, **narrowed})
    shown = found[:length]
    return CasesPage(shown, shown[-1].number if len(found) > length else None)
