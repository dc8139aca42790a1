"""Orders at the service centre: made from what is due, sent by a person, followed until the authority's receipt is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from refusion.claims.facts import Claim
from refusion.claims.filing import MOVES, Filing
from refusion.claims.filing import Event as FilingEvent
from refusion.claims.filing import State as FilingState
from refusion.values.ids import derived_id
from refusion.values.said import Refused, Said, said
from refusion.watch.deadlines import WorkingModel
from refusion.watch.facts import Kind as TaskKind
from refusion.watch.facts import Task, Turn
from refusion.watch.orders import NAMES, Event, Form, Order, State, form_of, move, order_by, overdue
from refusion.workflow.filing.outcome import learn
from refusion.workflow.ports.authority import Accepted
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.tasks.ask import task_id

ASKED = (TaskKind.ORDER_DUE, TaskKind.ORDER_UNANSWERED)


def order_due(tx: Transaction) -> int:
    """Make an order of every report that may go and has none, where the institution orders; tell of what waits too long.

    An institution that files itself again drops orders that were not sent; those that were sent are followed to their end.
    """
    ordering = tx.institution.settings.working_model is WorkingModel.ORDERS
    made = [_made(tx, filing) for filing in tx.waits.orders.unordered()] if ordering else []
    standing = tx.waits.orders.open_orders()
    needless = [order for order in standing if not ordering and order.state is State.PREPARED]
    for order in needless:
        _step(tx, order, Event.NOT_NEEDED)
    told = _told(tx, [order for order in standing if order not in needless])
    if made or needless or told:
        tx.audit.note("order_due", tx.at.day.isoformat(), {"made": len(made), "dropped": len(needless), "told": told})
    return len(made) + len(needless)


def _told(tx: Transaction, orders: Sequence[Order]) -> int:
    """Tell of the orders that a person must do something about; give how many nobody was told of before."""
    known = {task.id for task in tx.tasks.open_tasks()} if orders else set()
    return sum(task not in known for order in orders if (task := _tell(tx, order)) is not None)


def order_sent(ports: Ports, actor: Actor, institution: str, id: UUID, reference: str) -> Order:
    """Note that an order was sent today, under the centre's reference. Raises Refused without one, or when it is not prepared."""
    with ports.work(institution, actor) as tx:
        order = tx.waits.orders.find(id)
        _require(reference)
        if order.form is Form.NONE:
            raise Refused(said("watch.order_needs_none"))
        sent = replace(order, sent_on=tx.at.day, reference=reference.strip())
        return _noted(tx, _step(tx, sent, Event.SEND), "order_sent")


def order_received(ports: Ports, actor: Actor, institution: str, id: UUID, receipt: str) -> Order:
    """Note the centre's receipt of an order. Raises Refused without one, or when the order waits for none."""
    with ports.work(institution, actor) as tx:
        _require(receipt)
        order = replace(tx.waits.orders.find(id), received_on=tx.at.day, receipt=receipt.strip())
        return _noted(tx, _step(tx, order, Event.RECEIPT), "order_received")


def order_returned(ports: Ports, actor: Actor, institution: str, id: UUID, because: str) -> Order:
    """Note that the centre sent an order back and why; the next day's work makes a new one. Raises Refused without a reason."""
    with ports.work(institution, actor) as tx:
        _require(because)
        order = replace(tx.waits.orders.find(id), answer=because.strip(), ended_on=tx.at.day)
        returned = _noted(tx, _step(tx, order, Event.REFUSAL), "order_returned")
        _made(tx, tx.outbox.find(order.filing))
        return returned


def order_filed(
    ports: Ports, actor: Actor, institution: str, id: UUID, receipt: tuple[str, str], *, signed_at: datetime
) -> Order:
    """Note the authority's receipt and its id of the report that the centre filed; the case goes on as if the house had filed.

    ``signed_at`` is an instant with its zone: the proof of timeliness. Raises Refused without receipt or id, and for
    an instant in the future.
    """
    with ports.work(institution, actor) as tx:
        for word in receipt:
            _require(word)
        if signed_at > tx.at.now:
            raise Refused(said("watch.order_signed_later", day=tx.at.day_of(signed_at)))
        order = replace(tx.waits.orders.find(id), ended_on=tx.at.day, answer=receipt[0].strip())
        filed = _step(tx, order, Event.AUTHORITY_RECEIPT)
        filing = tx.outbox.find(order.filing)
        if filing.state is not FilingState.INTENDED:
            raise Refused(said("watch.order_answered_already"))
        _accept(tx, filing, Accepted(receipt[0].strip(), receipt[1].strip(), signed_at))
        return _noted(tx, filed, "order_filed")


def _accept(tx: Transaction, filing: Filing, yes: Accepted) -> None:
    sending = replace(filing, state=MOVES[filing.state, FilingEvent.ATTEMPTED], attempts=filing.attempts + 1)
    tx.outbox.keep(sending)
    tx.outbox.begin_attempt(sending, sending.attempts, tx.at.now)
    learn(tx, sending, yes)


def _made(tx: Transaction, filing: Filing) -> Order:
    case, claim = tx.cases.find(filing.case), _claim(tx, filing)
    number = tx.waits.orders.made_for(filing.id) + 1
    order = Order(
        id=derived_id(tx.institution.namespace, "order", filing.id, number),
        filing=filing.id,
        case=filing.case,
        number=number,
        form=form_of(case, filing.kind, claim, _tells_pregnancy(filing)),
        state=State.PREPARED,
        order_by=order_by(filing, case, claim, tx.at.day),
        legal_day=filing.deadline,
        at_stake=filing.at_stake,
        made_on=tx.at.day,
    )
    tx.waits.orders.keep(order)
    _tell(tx, order)
    return order


def _claim(tx: Transaction, filing: Filing) -> Claim | None:
    return None if filing.subject == filing.case else tx.claims.find(filing.subject)


def _tells_pregnancy(filing: Filing) -> bool:
    content = json.loads(filing.content)
    return bool(content.get("content", content).get("pregnancy", False))


def _step(tx: Transaction, order: Order, event: Event) -> Order:
    moved = move(order.state, event)
    if isinstance(moved, Said):
        raise Refused(moved)
    stepped = replace(order, state=moved, ended_on=order.ended_on or (tx.at.day if event is Event.NOT_NEEDED else None))
    tx.waits.orders.keep(stepped)
    for kind in ASKED:
        tx.tasks.close(task_id(tx, kind, order.filing, str(order.number)), tx.at.day, tx.actor.name)
    return stepped


def _noted(tx: Transaction, order: Order, verb: str) -> Order:
    tx.audit.note(verb, str(order.id), {"state": order.state.value, "reference": order.reference, "receipt": order.receipt})
    return order


def _require(word: str) -> None:
    if not word.strip():
        raise Refused(said("watch.order_word_missing"))


def _tell(tx: Transaction, order: Order) -> UUID | None:
    """Open the task that an order needs today: to send it, to ask the centre, or to ask what became of the filing."""
    margin = timedelta(days=tx.institution.settings.safe_margin_days)
    safe = min(order.order_by, order.legal_day - margin)
    if order.state is State.PREPARED and order.form is not Form.NONE:
        what = said("watch.order_due", form=NAMES[order.form], order_by=order.order_by)
        return _open(tx, order, TaskKind.ORDER_DUE, what, safe)
    if overdue(order, tx.at.day) or tx.at.day >= order.legal_day - margin:
        what = said("watch.order_unanswered", form=NAMES[order.form], since=order.sent_on or order.made_on, legal_deadline=order.legal_day)
        return _open(tx, order, TaskKind.ORDER_UNANSWERED, what, order.legal_day - margin)
    return None


def _open(tx: Transaction, order: Order, kind: TaskKind, what: Said, safe: date) -> UUID:
    filing, id = tx.outbox.find(order.filing), task_id(tx, kind, order.filing, str(order.number))
    tx.tasks.open(
        Task(
            id=id,
            kind=kind,
            said=what,
            turn=Turn.CASEWORKER,
            at_stake=order.at_stake,
            opened_on=tx.at.day,
            safe_day=safe,
            legal_day=order.legal_day,
            case=order.case,
            claim=None if filing.subject == order.case else filing.subject,
        )
    )
    return id
