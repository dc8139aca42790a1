"""What the books are proved from, each question asked of the whole institution at once, and the proofs that were made."""

from __future__ import annotations

import json
from datetime import date

from refusion.claims.facts import State
from refusion.claims.filing import Kind
from refusion.claims.filing import State as FilingState
from refusion.store.tenant import Row, Tenant, insert
from refusion.workflow.ports.books.proofs import Certificate, ClaimBooks, Overmatched, Reported, Stand

_FIGURES = (
    "transactions", "debit_ore", "claims_posted", "bank_lines", "bank_ore", "matched_ore", "unmatched_lines", "unmatched_ore",
    "reports_accepted",
)
_STAND = """
    WITH came AS (
        SELECT line_id, sum(amount) AS amount FROM bank_match WHERE institution_id = %(institution)s GROUP BY line_id
    ), lines AS (
        SELECT count(*) AS lines, coalesce(sum(l.amount), 0)::bigint AS amount,
               count(*) FILTER (WHERE l.amount <> coalesce(m.amount, 0)) AS open,
               coalesce(sum(l.amount - coalesce(m.amount, 0)), 0)::bigint AS left_open,
               count(*) FILTER (WHERE abs(m.amount) > abs(l.amount) OR m.amount * l.amount < 0) AS over
        FROM bank_line l LEFT JOIN came m ON m.line_id = l.id WHERE l.institution_id = %(institution)s
    ), sums AS (
        SELECT coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS debit, coalesce(sum(amount), 0)::bigint AS total,
               count(DISTINCT claim_id) AS claims
        FROM posting WHERE institution_id = %(institution)s
    ), last AS (
        SELECT digest, certified FROM certificate WHERE institution_id = %(institution)s ORDER BY position DESC LIMIT 1
    )
    SELECT (SELECT count(*) FROM ledger_transaction WHERE institution_id = %(institution)s), sums.debit, sums.claims,
           lines.lines, lines.amount, (SELECT coalesce(sum(amount), 0)::bigint FROM came), lines.open, lines.left_open,
           (SELECT count(*) FROM filing WHERE institution_id = %(institution)s AND state = 'accepted'),
           sums.total, lines.over,
           (SELECT coalesce(max(number), 0) + 1 FROM certificate WHERE institution_id = %(institution)s AND day = %(day)s),
           (SELECT digest FROM last), (SELECT certified FROM last)
    FROM sums, lines
"""
# A claim's receivable and income are the accounts of its first pre-registration, and a posting that takes another back
# counts where that one counts.
_CLAIMS = """
    WITH RECURSIVE back (id, target) AS (
        SELECT id, corrects_id FROM ledger_transaction WHERE institution_id = %(institution)s AND corrects_id IS NOT NULL
        UNION ALL
        SELECT b.id, t.corrects_id FROM back b
        JOIN ledger_transaction t ON t.institution_id = %(institution)s AND t.id = b.target AND t.corrects_id IS NOT NULL
    ), meant AS (
        SELECT t.id, t.position, t.reason, coalesce(o.reason, t.reason) AS root
        FROM ledger_transaction t
        LEFT JOIN back b ON b.id = t.id
        LEFT JOIN ledger_transaction o ON o.institution_id = %(institution)s AND o.id = b.target
        WHERE t.institution_id = %(institution)s AND (b.id IS NULL OR o.corrects_id IS NULL)
    ), opened AS (
        SELECT DISTINCT ON (p.claim_id) p.claim_id, p.account AS receivable, g.account AS income
        FROM meant t
        JOIN posting p ON p.institution_id = %(institution)s AND p.transaction_id = t.id AND p.position = 1
        JOIN posting g ON g.institution_id = %(institution)s AND g.transaction_id = t.id AND g.position = 2
        WHERE t.reason = 'pre_registered'
        ORDER BY p.claim_id, t.position
    ), booked AS (
        SELECT p.claim_id,
               coalesce(sum(p.amount) FILTER (WHERE p.account = f.receivable), 0)::bigint AS waiting,
               coalesce(sum(p.amount) FILTER (WHERE p.account = f.receivable AND t.root = 'pre_registered'), 0)::bigint AS asked,
               coalesce(sum(p.amount) FILTER (WHERE p.account NOT IN (f.receivable, f.income) AND t.root = 'adjusted'), 0)::bigint AS money,
               coalesce(max(t.position) FILTER (WHERE t.reason <> t.root), 0)
                   > coalesce(max(t.position) FILTER (WHERE t.reason IN ('pre_registered', 'adjusted')), 0) AS voided
        FROM posting p
        JOIN opened f ON f.claim_id = p.claim_id
        JOIN meant t ON t.id = p.transaction_id
        WHERE p.institution_id = %(institution)s GROUP BY p.claim_id
    ), standing AS (
        SELECT DISTINCT ON (f.subject_id) f.subject_id,
               CASE WHEN f.kind = 'annulment' THEN 0 ELSE v.refund + v.supplement END AS total
        FROM filing f
        LEFT JOIN claim_version v ON v.institution_id = f.institution_id AND v.claim_id = f.subject_id AND v.version = f.version
        WHERE f.institution_id = %(institution)s AND f.state = 'accepted' AND f.subject_id <> f.case_id
            AND f.kind IN ('claim', 'correction', 'annulment')
        ORDER BY f.subject_id, f.signed_at DESC NULLS LAST, f.position DESC
    ), came AS (
        SELECT claim_id, sum(amount)::bigint AS amount FROM bank_match WHERE institution_id = %(institution)s GROUP BY claim_id
    )
    SELECT cl.id, cl.case_id, c.kind, cl.state, cl.requested_on, s.total, coalesce(b.asked, 0), coalesce(b.money, 0),
           coalesce(b.waiting, 0), coalesce(m.amount, 0), b.claim_id IS NOT NULL, coalesce(b.voided, false)
    FROM claim cl
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    LEFT JOIN booked b ON b.claim_id = cl.id
    LEFT JOIN standing s ON s.subject_id = cl.id
    LEFT JOIN came m ON m.claim_id = cl.id
    WHERE cl.institution_id = %(institution)s AND (
        (b.claim_id IS NOT NULL AND (b.asked <> coalesce(s.total, 0) OR b.money <> coalesce(m.amount, 0)))
        OR (coalesce(b.waiting, 0) <> 0 AND cl.state IN ('settled', 'annulled', 'dropped'))
        OR (%(unposted)s AND b.claim_id IS NULL AND s.total > 0))
    ORDER BY cl.number
"""
_BY_HASHES = "SELECT set_config('enable_nestloop', %(switch)s, true)"
_OVERMATCHED = """
    SELECT l.id, l.amount, m.amount FROM bank_line l
    JOIN (SELECT line_id, sum(amount)::bigint AS amount FROM bank_match WHERE institution_id = %(institution)s GROUP BY line_id) m
        ON m.line_id = l.id
    WHERE l.institution_id = %(institution)s AND (abs(m.amount) > abs(l.amount) OR m.amount * l.amount < 0)
    ORDER BY l.booked_on, l.key
"""
# What a fund is told stands in report files and not on the authority's list.
_REPORTED = """
    SELECT id, kind, case_id, subject_id, state, receipt, content_hash, at_stake, intended_at, signed_at, supersedes
    FROM filing WHERE institution_id = %(institution)s
    AND case_id NOT IN (SELECT id FROM refund_case WHERE institution_id = %(institution)s AND absence_id IS NULL)
    ORDER BY position
"""
_PROVED = "SELECT EXISTS (SELECT 1 FROM certificate WHERE institution_id = %(institution)s AND day = %(day)s)"
_COLUMNS = "day, number, certified, figures, differences, digest, previous, made_by, made_at"
_KEEP = insert("certificate", _COLUMNS)
_ALL = f"SELECT {_COLUMNS} FROM certificate WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)


def stand(tenant: Tenant, day: date) -> Stand:
    """Give counts and øre of ledger, matches, bank lines and reports, and which proofs went before."""
    *figures, imbalance, over, number, previous, certified = tenant.found(_STAND, day=day)
    named = {name: int(figure) for name, figure in zip(_FIGURES, figures, strict=True)}
    return Stand(named, int(imbalance), int(over), int(number), previous or "", certified is not False)


def claims_in_question(tenant: Tenant, *, unposted: bool) -> tuple[ClaimBooks, ...]:
    """Give the claims that differ from their postings; with ``unposted`` the filed ones without postings too."""
    # Of what it gathers itself the server knows no sizes: whole books are joined by hashes, never row by row.
    tenant.run(_BY_HASHES, switch="off")
    found = tenant.rows(_CLAIMS, unposted=unposted)
    tenant.run(_BY_HASHES, switch="on")
    return tuple(map(_claim_books, found))


def _claim_books(row: Row) -> ClaimBooks:
    claim, case, kind, state, *rest = row
    return ClaimBooks(claim, case, kind, State(state), *rest)


def overmatched(tenant: Tenant) -> tuple[Overmatched, ...]:
    """Give the bank lines of which more was given away than came."""
    return tuple(Overmatched(*row) for row in tenant.rows(_OVERMATCHED))


def reported(tenant: Tenant) -> tuple[Reported, ...]:
    """Give every report of ours with what became of it, in the order they were intended."""
    return tuple(_reported(row) for row in tenant.rows(_REPORTED))


def _reported(row: Row) -> Reported:
    found, kind, case, subject, state, *rest = row
    return Reported(found, Kind(kind), case, subject, FilingState(state), *rest)


def is_proved(tenant: Tenant, day: date) -> bool:
    """Tell whether a proof of the day was made."""
    return bool(tenant.found(_PROVED, day=day)[0])


def keep_certificate(tenant: Tenant, certificate: Certificate) -> None:
    """Keep a proof; it never changes."""
    facts = {name: getattr(certificate, name) for name in _COLUMNS.split(", ")}
    facts |= {"figures": json.dumps(dict(certificate.figures), sort_keys=True)}
    facts |= {"differences": json.dumps([list(one) for one in certificate.differences])}
    tenant.run(_KEEP, **facts)


def certificates(tenant: Tenant, day: date | None) -> tuple[Certificate, ...]:
    """Give the proofs of a day, or all of them, in the order they were made."""
    chosen = "" if day is None else " AND day = %(day)s"
    return tuple(_certificate(row) for row in tenant.rows(_ALL + chosen + " ORDER BY position", day=day))


def _certificate(row: Row) -> Certificate:
    day, number, certified, figures, differences, *rest = row
    named = tuple((what, subject, amount) for what, subject, amount in json.loads(differences))
    return Certificate(day, number, certified, json.loads(figures), named, *rest)
