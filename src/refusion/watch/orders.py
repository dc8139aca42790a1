"""An order at the service centre: which form tells it, by which day, and where it stands until the authority has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from refusion.cases.facts import NO_NOTICE, Case
from refusion.cases.facts import Kind as CaseKind
from refusion.claims.facts import Claim
from refusion.claims.filing import Filing, Kind
from refusion.values.said import Said, said
from refusion.watch.deadlines import follow_up_by, is_partial, of_case

# The centre answers within the week; after that somebody asks.
USUAL_RECEIPT_DAYS = 7


class Form(StrEnum):
    """The service centre's forms by what they tell; ``NONE`` where the centre asks the authority without an order."""

    NEW_SICKNESS = "new_sickness"
    FOLLOW_UP = "follow_up"
    PREGNANCY_NEW = "pregnancy_new"
    PREGNANCY_FOLLOW_UP = "pregnancy_follow_up"
    NONE = "none"


# As the centre names them (danish-counterparties §2.2): a name is looked for in its list, so it is never translated.
NAMES: Mapping[Form, str] = MappingProxyType({
    Form.NEW_SICKNESS: "Refusion: Sygemelding (ny)",
    Form.FOLLOW_UP: "Refusion: Opfølgning på eksisterende sygdom",
    Form.PREGNANCY_NEW: "Refusion: Graviditetsbetinget sygefravær (ny)",
    Form.PREGNANCY_FOLLOW_UP: "Refusion: Graviditetsbetinget sygefravær (opfølgning)",
    Form.NONE: "",
})


class State(StrEnum):
    """Where an order stands: nothing is with the authority before ``FILED`` and its receipt."""

    PREPARED = "prepared"
    SENT = "sent"
    RECEIVED = "received"
    FILED = "filed"
    RETURNED = "returned"
    DROPPED = "dropped"


class Event(StrEnum):
    """What an order can meet."""

    SEND = "send"
    RECEIPT = "receipt"
    AUTHORITY_RECEIPT = "authority_receipt"
    REFUSAL = "refusal"
    NOT_NEEDED = "not_needed"


S, E = State, Event
MOVES: Mapping[tuple[State, Event], State] = MappingProxyType({
    (S.PREPARED, E.SEND): S.SENT,
    (S.PREPARED, E.NOT_NEEDED): S.DROPPED,
    # What the centre does by itself comes back without having been sent.
    (S.PREPARED, E.RECEIPT): S.RECEIVED,
    (S.PREPARED, E.AUTHORITY_RECEIPT): S.FILED,
    (S.SENT, E.RECEIPT): S.RECEIVED,
    (S.SENT, E.AUTHORITY_RECEIPT): S.FILED,
    (S.SENT, E.REFUSAL): S.RETURNED,
    (S.RECEIVED, E.AUTHORITY_RECEIPT): S.FILED,
    (S.RECEIVED, E.REFUSAL): S.RETURNED,
})
OPEN = frozenset({S.PREPARED, S.SENT, S.RECEIVED})


@dataclass(frozen=True, slots=True)
class Order:
    """One order for one report of a case: its form, its days, and the evidence of each step.

    ``order_by`` is the centre's day, ``legal_day`` the law's; ``reference`` is the centre's number of the order,
    ``receipt`` its receipt; ``number`` counts the orders of one report, from 1.
    """

    id: UUID
    filing: UUID
    case: UUID
    number: int
    form: Form
    state: State
    order_by: date
    legal_day: date
    at_stake: int
    made_on: date
    sent_on: date | None = None
    reference: str = ""
    received_on: date | None = None
    receipt: str = ""
    ended_on: date | None = None
    answer: str = ""

    @property
    def waits_since(self) -> date | None:
        """Give the day since which the centre owes a word; None while it owes none."""
        return self.sent_on if self.state is State.SENT else None


def move(state: State, event: Event) -> State | Said:
    """Say where the event takes an order, or why it cannot happen there."""
    return MOVES.get((state, event)) or said("watch.order_not_now", state=state.value, event=event.value)


def form_of(case: Case, kind: Kind, claim: Claim | None, pregnancy: bool) -> Form:
    """Choose the form of a report.

    A new absence is told with the new form, a recovery, a change and a month of partial absence with the follow-up;
    a claim for somebody away altogether is requested by the centre itself, and leave by the codes that payroll has.
    """
    if case.kind in NO_NOTICE:
        return Form.NONE
    pregnancy = pregnancy or case.kind is CaseKind.PREGNANCY
    if kind is Kind.CLAIM and claim is not None and not is_partial(claim):
        return Form.NONE
    if kind is Kind.NOTIFICATION:
        return Form.PREGNANCY_NEW if pregnancy else Form.NEW_SICKNESS
    return Form.PREGNANCY_FOLLOW_UP if pregnancy else Form.FOLLOW_UP


def order_by(filing: Filing, case: Case, claim: Claim | None, day: date) -> date:
    """Give the centre's last day for an order: 28 or 60 days for a new absence, the 12th for what goes on."""
    if filing.kind is Kind.NOTIFICATION:
        return min(deadline.day for deadline in of_case(case))
    if claim is not None:
        return min(follow_up_by(claim.period.last), filing.deadline)
    return follow_up_by(case.last_absence_day or day)


def overdue(order: Order, day: date) -> bool:
    """Tell whether the centre's receipt has not come in the usual time."""
    return order.waits_since is not None and (day - order.waits_since).days > USUAL_RECEIPT_DAYS
