"""Finds what waits and is watched by nobody: open without a day that is still to come, a report under way, or a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.store.reads.rows import rows


@dataclass(frozen=True, slots=True)
class Unwatched:
    """One thing that waits and that nothing brings back: what it is, where it stands, and its id."""

    what: str
    state: str
    subject: UUID


# A case under way is watched through its own task, a report that is not answered, or a claim that is not finished;
# without any of them only a day that is still to come brings it back. What the authority holds is watched for as long
# as an answer usually takes, and then by a task.
_UNWATCHED = """
    WITH waiting AS (SELECT case_id, subject_id FROM filing WHERE state IN ('intended', 'sending', 'unknown')),
         tasks AS (SELECT kind, case_id, claim_id, line_id FROM task WHERE done_on IS NULL),
         told AS (SELECT claim_id, max(pays_on) AS pays_on FROM decision GROUP BY claim_id),
         told_by_file AS (
            SELECT l.claim_id FROM fund_report_line l JOIN fund_report r ON r.institution_id = l.institution_id AND r.id = l.report_id
            WHERE r.received_on IS NULL AND r.withdrawn_at IS NULL
              AND EXISTS (SELECT 1 FROM tasks t WHERE t.kind = 'fund_answer')),
         matched AS (SELECT line_id, sum(amount) AS amount FROM bank_match GROUP BY line_id)
    SELECT 'case', c.state, c.id FROM refund_case c
    WHERE NOT c.pilot AND c.state NOT IN ('settled', 'closed_without_claim', 'withdrawn', 'annulled')
      AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.case_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id)
      AND NOT (c.state = 'watching' AND c.file_on > %(today)s)
      AND NOT (c.state = 'running' AND c.last_absence_day IS NULL)
      AND NOT (c.state IN ('running', 'ended') AND EXISTS (
            SELECT 1 FROM claim cl WHERE cl.case_id = c.id AND cl.state NOT IN ('settled', 'annulled', 'dropped')))
    UNION ALL
    SELECT 'claim', cl.state, cl.id FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    LEFT JOIN told d ON d.claim_id = cl.id
    WHERE NOT c.pilot AND cl.state NOT IN ('settled', 'annulled', 'dropped')
      AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.subject_id = cl.id OR w.case_id = cl.case_id)
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.claim_id = cl.id OR t.case_id = cl.case_id)
      AND NOT (cl.state = 'drafted' AND v.last_day >= %(today)s)
      AND NOT (cl.state = 'accepted' AND greatest(cl.requested_on, v.made_on) >= %(decided_after)s)
      AND NOT (cl.state = 'decided' AND d.pays_on >= %(paid_after)s)
      AND NOT EXISTS (SELECT 1 FROM told_by_file f WHERE f.claim_id = cl.id)
    UNION ALL
    SELECT 'line', 'unmatched', l.id FROM bank_line l LEFT JOIN matched m ON m.line_id = l.id
    WHERE l.tray IS NULL AND l.amount <> coalesce(m.amount, 0)
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.line_id = l.id)
    UNION ALL
    SELECT 'decision', 'unpaid', d.id FROM decision d
    WHERE d.pays_on < %(paid_after)s AND d.pays <> 0
      AND d.pays <> (SELECT coalesce(sum(m.amount), 0) FROM bank_match m WHERE m.decision_id = d.id)
      AND EXISTS (SELECT 1 FROM claim cl WHERE cl.id = d.claim_id AND cl.state = 'decided')
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.claim_id = d.claim_id)
    ORDER BY 1, 2, 3
"""


def unwatched(today: date, decided_after: date, paid_after: date) -> tuple[Unwatched, ...]:
    """Give what waits unseen; claims made before ``decided_after`` and payments due before ``paid_after`` need a task."""
    facts = {"today": today, "decided_after": decided_after, "paid_after": paid_after}
    return rows(Unwatched, _UNWATCHED, facts)
