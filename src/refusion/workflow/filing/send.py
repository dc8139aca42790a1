"""One round of filing: what was left under way is unknown, unknown is inquired, what is due is sent.

Each report takes three steps: its intent stands in the outbox, the attempt is committed before the socket opens, the
outcome is committed after. Between the second and the third no transaction is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from refusion.claims.filing import MOVES, Event, Filing, State, lost_sight
from refusion.values.said import BadInput
from refusion.watch.deadlines import WorkingModel
from refusion.workflow.filing.inquire import PATIENCE, inquire
from refusion.workflow.filing.outcome import learn, refuse
from refusion.workflow.ports.authority import Message, RawAnswer, Unknown
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.report import Report
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import tell_unknown

AT_ONCE = 500
# Longer than a whole exchange with the authority can take: until then another worker may still be waiting for its answer.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of filing: reports answered with yes or no, and those of which nobody knows yet whether they were taken."""

    answered: int
    in_doubt: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits at a moment: reports to inquire, reports that may be sent, and how many are in doubt at all."""

    asked: tuple[UUID, ...]
    due: tuple[UUID, ...]
    in_doubt: int


def file_due(ports: Ports, actor: Actor, institution: str) -> int:
    """Do one round; give the number of reports that the authority answered with yes or no. See :func:`file_round`."""
    return file_round(ports, actor, institution).answered


def file_round(ports: Ports, actor: Actor, institution: str) -> Round:
    """Do one round of filing and tell how it went.

    Repeatable: a second round with nothing due does nothing. A case's reports go one after the other.
    """
    waiting = _survey(ports, actor, institution)
    answered = sum(inquire(ports, actor, institution, filing) for filing in waiting.asked)
    if waiting.asked:
        waiting = _waiting(ports, actor, institution)
    tried: set[UUID] = set()
    while due := [filing for filing in waiting.due if filing not in tried]:
        answered += sum(_send(ports, actor, institution, filing) for filing in due)
        tried.update(due)
        waiting = _waiting(ports, actor, institution)
    return Round(answered, waiting.in_doubt)


def _survey(ports: Ports, actor: Actor, institution: str) -> _Waiting:
    """Give what is to be inquired and what is to be sent.

    Nobody knows what became of an attempt that was under way when we last stopped; it is inquired in its time.
    """
    with ports.work(institution, actor) as tx:
        doubtful = tx.outbox.in_doubt()
        sending = [tx.outbox.find(id) for id, state in doubtful if state is State.SENDING]
        left = [filing for filing in sending if filing.state is State.SENDING and filing.next_try_at <= tx.at.now]
        for filing in left:
            _lose_sight(tx, filing, "interrupted")
        if left:
            tx.audit.note("note_left_sending", tx.at.day.isoformat(), {"reports": len(left)})
        return _seen(tx, doubtful)


def _waiting(ports: Ports, actor: Actor, institution: str) -> _Waiting:
    with ports.work(institution, actor) as tx:
        return _seen(tx, tx.outbox.in_doubt())


def _seen(tx: Transaction, doubtful: Sequence[tuple[UUID, State]]) -> _Waiting:
    asked = tx.outbox.to_inquire(tx.at.now, AT_ONCE) if doubtful else ()
    # Where the service centre speaks to the authority, what is due becomes an order (workflow.watch.orders).
    orders = tx.institution.settings.working_model is WorkingModel.ORDERS
    return _Waiting(asked, () if orders else tx.outbox.due(tx.at.now, tx.at.day, AT_ONCE), len(doubtful))


def _send(ports: Ports, actor: Actor, institution: str, id: UUID) -> int:
    begun = _begin(ports, actor, institution, id)
    if begun is None:
        return 0
    sending, message = begun
    answer = ports.authority.send(message)
    outcome = ports.authority.read_answer(id, answer)
    with ports.work(institution, actor) as tx:
        filing = tx.outbox.find(id)
        if isinstance(answer, RawAnswer):
            tx.messages.keep(id, sending.attempts, "received", answer.raw, tx.at.now)
        tx.audit.note("file", str(id), {"kind": filing.kind.value, "outcome": type(outcome).__name__.lower()})
        if (filing.state, filing.attempts) != (State.SENDING, sending.attempts):
            # The lease ran out and another worker took over; what it asks the authority decides.
            return 0
        if isinstance(outcome, Unknown):
            _lose_sight(tx, filing, outcome.why.key)
            return 0
        learn(tx, filing, outcome)
    return 1


def _begin(ports: Ports, actor: Actor, institution: str, id: UUID) -> tuple[Filing, Message] | None:
    """Commit the attempt and its raw message; None when somebody else has taken the report in the meantime."""
    with ports.work(institution, actor) as tx:
        filing = tx.outbox.find(id)
        if filing.state is not State.INTENDED:
            return None
        sending = replace(
            filing,
            state=MOVES[filing.state, Event.ATTEMPTED],
            attempts=filing.attempts + 1,
            next_try_at=tx.at.now + LEASE,
        )
        tx.outbox.keep(sending)
        tx.outbox.begin_attempt(sending, sending.attempts, tx.at.now)
        try:
            message = ports.authority.encode(written(filing))
        except BadInput as bad:
            # It cannot be written down, so it cannot be sent: a person must see it, and the others go on.
            refuse(tx, sending, "unsendable", bad.problems[0].what)
            tx.audit.note("refuse_unsent", str(id), {"kind": filing.kind.value})
            return None
        tx.messages.keep(id, sending.attempts, "sent", message.raw, tx.at.now)
        tx.audit.note("attempt", str(id), {"kind": filing.kind.value, "number": sending.attempts})
    return sending, message


def written(filing: Filing) -> Report:
    """Give the report as it was intended."""
    return Report(filing.id, filing.case, filing.kind.value, filing.content, filing.content_hash)


def _lose_sight(tx: Transaction, filing: Filing, why: str) -> None:
    tx.outbox.end_attempt(filing.id, filing.attempts, tx.at.now, "unknown", why)
    unknown = lost_sight(filing, tx.at.now)
    tx.outbox.keep(unknown)
    if tx.at.now - filing.intended_at > PATIENCE:
        tell_unknown(tx, unknown)
