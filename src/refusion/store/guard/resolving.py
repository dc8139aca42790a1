"""What people did about a payment: steps, proposals of one that another decides, requests to stop, postings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from refusion.ledger import Transaction
from refusion.salary_guard.holds import Hold
from refusion.salary_guard.resolving.approval import Subject
from refusion.salary_guard.resolving.states import Event
from refusion.store.columns import facts_as_json
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.said import Refused, said
from refusion.workflow.ports.guard.facts import Approval, Paid, Parked, Step, StopRequest

_MOVE = """
    UPDATE run_payment SET state = %(after)s, steps = steps + 1, hold = coalesce(%(hold)s::smallint, hold)
    WHERE institution_id = %(institution)s AND id = %(payment_id)s
"""
_STEP = "payment_id, position, event, before, after, amount, transaction_id, reason, by, at"
_KEEP_STEP = insert("payment_step", _STEP)
_STEPS = f"SELECT {_STEP} FROM payment_step WHERE institution_id = %(institution)s AND payment_id = %(payment)s ORDER BY position"  # noqa: S608 (our own names)
_PROPOSED = "payment_id, subject, amount, reason, content_hash, proposed_by, proposed_at, expires_at"
_PROPOSE = insert("payment_proposal", f"id, {_PROPOSED}") + " RETURNING number"
_DECIDED = "outcome, decided_by, decided_at, decided_hash"
_PROPOSALS = f"SELECT id, number, {_PROPOSED}, {_DECIDED} FROM payment_proposal WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_DECIDE = """
    UPDATE payment_proposal SET outcome = %(outcome)s, decided_by = %(decided_by)s, decided_at = %(decided_at)s,
        decided_hash = %(decided_hash)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_REQUEST = "id, payment_id, channel, asked_by, asked_at"
_ASK = insert("stop_request", _REQUEST)
_REQUESTS = f"""
    SELECT {_REQUEST}, answer, answered_by, answered_at FROM stop_request
    WHERE institution_id = %(institution)s AND payment_id = %(payment)s ORDER BY asked_at, id
"""  # noqa: S608 (our own names)
_ANSWER = """
    UPDATE stop_request SET answer = %(answer)s, answered_by = %(by)s, answered_at = %(at)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_POST = (
    insert("ledger_transaction", "id, reason, happened_on, learned_at, corrects_id, text_key, text_facts, postings")
    + " ON CONFLICT (institution_id, id) DO NOTHING"
)
# A posting on a run's sum names no payment; all postings of a transaction go in with one statement.
_POSTINGS = """
    INSERT INTO posting (institution_id, transaction_id, position, account, amount, payment_id)
    SELECT %(institution)s, %(id)s, line.position, line.account, line.amount, known.id
    FROM unnest(%(accounts)s::text[], %(amounts)s::bigint[], %(subjects)s::uuid[])
        WITH ORDINALITY AS line (account, amount, subject, position)
    LEFT JOIN run_payment known ON known.institution_id = %(institution)s AND known.id = line.subject
    ORDER BY line.position
"""
_STANDING = """
    SELECT account, sum(amount)::bigint FROM posting WHERE institution_id = %(institution)s AND payment_id = %(payment)s GROUP BY account
"""
_PARK = insert("parked_answer", "id, file_id, message, payment, status, reason, recorded_at") + " ON CONFLICT DO NOTHING"
_PARKED = "SELECT message, payment, status, reason FROM parked_answer WHERE institution_id = %(institution)s ORDER BY recorded_at, id"


def move(tenant: Tenant, paid: Paid, step: Step) -> None:
    """Move a payment on and keep the step."""
    facts = {name: getattr(step, name) for name in ("position", "event", "before", "after", "amount", "reason", "by", "at")}
    # What a person held back is no longer in the file.
    tenant.run(_MOVE, payment_id=paid.id, after=step.after, hold=int(Hold.PERSON) if step.event == Event.HELD_BACK else None)
    tenant.run(_KEEP_STEP, payment_id=paid.id, transaction_id=step.transaction, **facts)


def steps(tenant: Tenant, payment: UUID) -> tuple[Step, ...]:
    """Give what happened to a payment, oldest first."""
    return tuple(Step(*row) for row in tenant.rows(_STEPS, payment=payment))


def propose(tenant: Tenant, approval: Approval) -> int:
    """Keep a proposal and give its number. Raises Refused when one for the payment is open."""
    if proposals(tenant, approval.payment, only_open=True):
        raise Refused(said("stopped.proposed_already"))
    names = ("id", "amount", "reason", "content_hash", "proposed_by", "proposed_at", "expires_at")
    facts = {name: getattr(approval, name) for name in names}
    return int(tenant.found(_PROPOSE, payment_id=approval.payment, subject=approval.subject.value, **facts)[0])


def proposals(tenant: Tenant, payment: UUID | None, *, only_open: bool) -> tuple[Approval, ...]:
    """Give proposals, newest first."""
    chosen = " AND outcome IS NULL" if only_open else ""
    chosen += "" if payment is None else " AND payment_id = %(payment)s"
    return tuple(map(_approval, tenant.rows(_PROPOSALS + chosen + " ORDER BY number DESC", payment=payment)))


def decide(tenant: Tenant, approval: Approval) -> None:
    """Keep a decision; the database refuses the proposer's own approval, a late one and another content."""
    tenant.run(_DECIDE, id=approval.id, **{name: getattr(approval, name) for name in _DECIDED.split(", ")})


def ask_stop(tenant: Tenant, request: StopRequest) -> None:
    """Keep a request to stop a payment."""
    tenant.run(
        _ASK, id=request.id, payment_id=request.payment, channel=request.channel, asked_by=request.asked_by, asked_at=request.asked_at
    )


def stop_requests(tenant: Tenant, payment: UUID) -> tuple[StopRequest, ...]:
    """Give the requests to stop a payment, oldest first."""
    return tuple(StopRequest(*row) for row in tenant.rows(_REQUESTS, payment=payment))


def answer_stop(tenant: Tenant, request: StopRequest) -> None:
    """Keep the answer to a request."""
    tenant.run(_ANSWER, id=request.id, answer=request.answer, by=request.answered_by, at=request.answered_at)


def post(tenant: Tenant, transaction: Transaction) -> bool:
    """Post once; False when it was posted already."""
    is_new = tenant.run(
        _POST,
        id=transaction.id, reason=transaction.reason.value, happened_on=transaction.happened_on, learned_at=transaction.learned_at,
        corrects_id=transaction.corrects, text_key=transaction.text.key, text_facts=facts_as_json(transaction.text),
        postings=len(transaction.postings),
    )  # fmt: skip
    if is_new:
        accounts, amounts, subjects = zip(*((line.account, line.amount, line.claim) for line in transaction.postings), strict=True)
        tenant.run(_POSTINGS, id=transaction.id, accounts=list(accounts), amounts=list(amounts), subjects=list(subjects))
    return bool(is_new)


def standing(tenant: Tenant, payment: UUID) -> Mapping[str, int]:
    """Give what stands of a payment on each account in øre, debit positive."""
    return {account: int(amount) for account, amount in tenant.rows(_STANDING, payment=payment)}


def park(tenant: Tenant, file: UUID, answers: Sequence[Parked]) -> int:
    """Keep answers about payments that nobody here sent, once each; give how many were new."""
    new = 0
    for one in answers:
        id = tenant.id_of("parked_answer", file, one.message, one.payment)
        facts = {"message": one.message, "payment": one.payment, "status": one.status, "reason": one.reason}
        new += tenant.run(_PARK, id=id, file_id=file, recorded_at=tenant.at.now, **facts)
    return new


def parked(tenant: Tenant) -> tuple[Parked, ...]:
    """Give the answers about payments that nobody here sent."""
    return tuple(Parked(*row) for row in tenant.rows(_PARKED))


def _approval(row: Row) -> Approval:
    id, number, payment, subject, *others = row
    return Approval(id, number, payment, Subject(subject), *others)
