"""A row in every table of grant agreements, made through the repository as the verbs would."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.grants.course.records import Decided, Line, Order, PaperKind, PayoutRun, Received, Step
from refusion.grants.evidence import Event, State
from refusion.grants.reading import text_of
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.grants.agreements import NewPaper, Opened

DAY = date(2025, 3, 3)
NAME = "se-2013"


def grant(tx: OpenTransaction) -> UUID:
    """Open an agreement and record everything once; gives its id."""
    at, id = tx.at.now, UUID(int=9000)
    assert tx.agreements.open(Opened(id, NAME, text_of(NAME), "hash", "kim", at))
    tx.agreements.keep_paper(id, NewPaper(PaperKind.APPROVAL, "government", DAY, "decision", {}))
    tx.agreements.keep_report(
        id, Received(UUID(int=9001), "condition_1", "01", 1, "dnr 1", at, DAY, "landsting", {"C1-1": "plan"}, "", False, False, "kim")
    )
    tx.agreements.keep_steps(id, [Step("condition_1", "01", 1, State.RECEIVED, Event.REPORTED, at, "kim")])
    tx.agreements.propose_decisions(id, [decided(tx)])
    tx.agreements.absorb_orders(id, [Order("FMU-1", "01", "team_investigations", DAY, DAY)])
    run = PayoutRun(UUID(int=9003), 1, ("condition_1",), DAY, None, {"pots": {}}, "hash", "kim", at)
    tx.agreements.propose_run(id, run, [Line(1, "01", "condition_1", 500, 200, 300, "UO 10, anslag 1:6, anslagspost 2")])
    return id


def decided(tx: OpenTransaction, number: int = 1) -> Decided:
    """Make a proposed decision."""
    words = ("condition_1", "01", number, True, "complete", ("dnr 1",), "", "hash")
    return Decided(UUID(int=9100 + number), *words, "kim", tx.at.now)
