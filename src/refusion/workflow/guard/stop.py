"""Stop a payment that was sent: in the last two banking days, through the bank or NemKonto, until its answer is in the books."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from refusion.salary_guard.resolving.states import Event
from refusion.salary_guard.resolving.window import guidance, may_stop, stop_message, stop_window
from refusion.values.ids import derived_id
from refusion.values.said import Refused, Said, said
from refusion.workflow.guard.step import found, given, take_step
from refusion.workflow.ports.guard.facts import Paid, StopRequest
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

CHANNELS = ("bank", "nemkonto")
ANSWERS = {"stopped": Event.BANK_STOPPED, "too_late": Event.BANK_TOO_LATE, "already_paid": Event.BANK_HAD_PAID}


@dataclass(frozen=True, slots=True)
class StopOrdered:
    """A payment that is asked to be stopped: the message to send, where help is found, and until when it can be stopped."""

    paid: Paid
    message: Said
    guidance: Said
    until: date


def order_stop(ports: Ports, actor: Actor, institution: str, number: int, *, channel: str, reason: str) -> StopOrdered:
    """Prepare the message that asks bank or NemKonto to stop a payment.

    Raises Refused outside the last two banking days before the value date, for a payment whose file was not written (it can be
    held back instead), one that is not in a file, and an unknown channel.
    """
    if channel not in CHANNELS:
        raise Refused(said("stopped.no_channel", known=", ".join(CHANNELS)))
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        run = tx.guard.run(paid.run_number)
        if run.state == "taken":
            raise Refused(said("stopped.hold_instead", number=number))
        now = take_step(tx, paid, Event.STOP_ORDERED, given(reason))
        because = may_stop(tx.at.day, paid.value_date)
        if because is not None:
            raise Refused(because)
        id = derived_id(tx.institution.namespace, "stop_request", paid.id, now.steps)
        tx.guard.ask_stop(StopRequest(id, paid.id, channel, actor.name, tx.at.now))
        tx.audit.note("order_stop", str(paid.id), {"payment": number, "channel": channel, "amount": paid.amount})
        message = stop_message(f"{run.name} {paid.payment}", paid.amount, paid.value_date)
        return StopOrdered(now, message, guidance(), stop_window(paid.value_date).last)


def answer_stop(ports: Ports, actor: Actor, institution: str, number: int, answer: str) -> Paid:
    """Note the answer to a request to stop: ``stopped``, ``too_late`` or ``already_paid``; too late becomes a matter of repayment."""
    if answer not in ANSWERS:
        raise Refused(said("stopped.no_answer", known=", ".join(ANSWERS)))
    with ports.work(institution, actor) as tx:
        paid = found(tx, number)
        now = take_step(tx, paid, ANSWERS[answer], answer)
        for request in tx.guard.stop_requests(paid.id):
            if request.answer is None:
                tx.guard.answer_stop(replace(request, answer=answer, answered_by=actor.name, answered_at=tx.at.now))
        tx.audit.note("answer_stop", str(paid.id), {"payment": number, "answer": answer})
        return now
