"""Reads the sums that the books hold altogether, for the demo's summary and the front of reports."""

from __future__ import annotations

from dataclasses import dataclass

from refusion.store.reads.rows import one


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and sums of one institution, øre. ``requested`` counts claims accepted by the authority, last version."""

    employees: int
    absences: int
    cases: int
    notifications_filed: int
    claims_filed: int
    requested: int
    decided: int
    received_of_decided: int
    requested_of_decided: int
    received: int
    lost: int
    unmatched_lines: int
    tray_lines: int
    open_tasks: int


_SUMMARY = """
    WITH filed AS (
        SELECT v.refund + v.supplement AS expected, cl.decided, cl.received
        FROM claim cl
        JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
        WHERE cl.state IN ('accepted', 'decided', 'differing', 'settled', 'correcting')
    ), matched AS (SELECT line_id, sum(amount) AS amount FROM bank_match GROUP BY line_id)
    SELECT (SELECT count(*) FROM employment), (SELECT count(*) FROM absence), (SELECT count(*) FROM refund_case),
           (SELECT count(*) FROM filing WHERE kind = 'notification' AND state = 'accepted'),
           (SELECT count(*) FROM filing WHERE kind = 'claim' AND state = 'accepted'),
           (SELECT coalesce(sum(expected), 0)::bigint FROM filed),
           (SELECT coalesce(sum(decided), 0)::bigint FROM filed),
           (SELECT coalesce(sum(received), 0)::bigint FROM filed WHERE decided IS NOT NULL),
           (SELECT coalesce(sum(expected), 0)::bigint FROM filed WHERE decided IS NOT NULL),
           (SELECT coalesce(sum(amount), 0)::bigint FROM bank_match),
           (SELECT coalesce(sum(amount), 0)::bigint FROM loss),
           (SELECT count(*) FROM bank_line l LEFT JOIN matched m ON m.line_id = l.id
             WHERE l.tray IS NULL AND l.amount <> coalesce(m.amount, 0) + coalesce((
                 SELECT sum(w.amount) FROM write_off w WHERE w.line_id = l.id AND w.outcome = 'approved'), 0)),
           (SELECT count(*) FROM bank_line WHERE tray IS NOT NULL),
           (SELECT count(*) FROM task WHERE done_on IS NULL)
"""


def summary() -> Summary:
    """Give the institution's counts and sums as its books hold them now."""
    found = one(Summary, _SUMMARY, {})
    if found is None:
        raise LookupError("a query of sums gives one row")
    return found
