"""A row in every table of pay runs and stopped payments, made through their repository."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from refusion.salary_guard.resolving.approval import Subject
from refusion.salary_guard.resolving.states import State
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.guard.facts import Approval, Parked, PayLimit, Receiver, Run, Step, StopRequest
from refusion.workflow.ports.guard.repository import PaymentColumns
from tests.store.told import ANNA

DAY = date(2025, 3, 3)


def guard(tx: OpenTransaction) -> None:
    """Take in a run of one stopped payment and do everything about it that leaves a row."""
    at, until = tx.at.now, tx.at.now + timedelta(days=1)
    file = tx.files.keep("pay-run", "run.csv", b"run", at).id
    people = tx.guard.people([ANNA])
    run = Run(UUID(int=8000), None, "March", file, DAY, 1, 900, 0, 900, "taken", ("drift",), {}, at, "kim")
    receiver = Receiver("Anna", ANNA, "nemkonto_cpr", "", "", "Løn")
    columns = PaymentColumns(
        ["P1"], ["E1"], list(people), [receiver], [2], [900], [900], [1], [900], [700], [5], [False], [False], {}, [State.STOPPED]
    )
    tx.guard.keep_run(run, columns)
    (paid,) = tx.guard.payments_of(run.id, in_file=False)
    tx.guard.propose(Approval(UUID(int=8001), None, paid.id, Subject.MANUAL_PAYMENT, 900, "right", "hash", "kim", at, until))
    tx.guard.ask_stop(StopRequest(UUID(int=8002), paid.id, "bank", "kim", at))
    tx.guard.move(paid, Step(paid.id, 1, "found_right", "stopped", "payment_proposed", 900, None, "right", "kim", at))
    tx.guard.park(file, [Parked("March-001", "P9", "RJCT", "AC01")])
    tx.guard.set_setting("holds_parts", "no")
    subject = Subject.INSTITUTION_LIMIT_THIS_RUN
    tx.guard.propose_limit(
        PayLimit(UUID(int=8003), None, subject, None, "", 800, 700, None, "many", "", "", "", "hash", "kim", at, until)
    )
