"""Reads what cases cost in work: answers by where they came from, and how often a person had to act."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from refusion.cases.states import CLOSED
from refusion.reports.rows import WorkLine
from refusion.store.reads.rows import rows

MOST_LINES = 100_000
# Tasks that a run from a shell closed were closed by the house; an answer from there was typed by a person.
# An answer in a claim is [field, value, source, version, learned on]; one that was never given counts for nobody.
_WORK = """
    SELECT p.id, c.number, p.name, coalesce(e.unit, ''), c.kind, c.first_absence_day, c.state = ANY (%(closed)s),
           coalesce(a.payroll, 0), coalesce(a.entered, 0), coalesce(a.rule, 0), typed.answers + done.tasks
    FROM refund_case c
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE told ->> 2 = 'payroll') AS payroll, count(*) FILTER (WHERE told ->> 2 = 'entered') AS entered,
               count(*) FILTER (WHERE told ->> 2 IN ('rule', 'case')) AS rule
        FROM claim cl
        JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
        CROSS JOIN LATERAL jsonb_array_elements(v.answers) AS told
        WHERE cl.institution_id = c.institution_id AND cl.case_id = c.id AND cl.state <> 'dropped' AND told -> 1 <> 'null'
    ) a ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS answers FROM entered_answer q
        WHERE q.institution_id = c.institution_id AND q.employment_id = c.employment_id AND q.entered_by <> 'house'
          AND q.valid_from <= coalesce(c.last_absence_day, 'infinity') AND coalesce(q.valid_until, 'infinity') >= c.first_absence_day
    ) typed
    CROSS JOIN LATERAL (
        SELECT count(*) AS tasks FROM task t
        WHERE t.institution_id = c.institution_id AND t.case_id = c.id AND t.question IS NULL
          AND t.done_by <> 'house' AND t.done_by NOT LIKE 'shell:%%'
    ) done
    WHERE c.first_absence_day <= %(last)s AND coalesce(c.last_absence_day, 'infinity') >= %(first)s
    ORDER BY c.number LIMIT %(most)s
"""


def work_lines(first: date, last: date) -> tuple[tuple[UUID, WorkLine], ...]:
    """Give the cases whose absence touches the days, each with its person."""
    asked = {"first": first, "last": last, "most": MOST_LINES, "closed": [state.value for state in CLOSED]}
    return rows(_line, _WORK, asked)


def _line(person: UUID, *facts: Any) -> tuple[UUID, WorkLine]:
    return person, WorkLine(*facts)
