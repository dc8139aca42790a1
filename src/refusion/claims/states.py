"""What may happen to a claim: every state and event, and the state that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import product
from types import MappingProxyType

from refusion.claims.facts import Claim, State
from refusion.values.said import Refused, Said, said


class Event(StrEnum):
    """What a claim can meet."""

    REDRAFTED = "redrafted"
    FILED = "filed"
    RECEIVED = "received"
    REFUSED = "refused"
    DECIDED = "decided"
    MONEY_AS_EXPECTED = "money_as_expected"
    MONEY_DIFFERS = "money_differs"
    DIFFERENCE_CLOSED = "difference_closed"
    FACTS_CHANGED = "facts_changed"
    ANNULLED = "annulled"
    STANDING_ANNULLED = "standing_annulled"


S, E = State, Event

MOVES: Mapping[tuple[State, Event], State] = MappingProxyType({
    (S.DRAFTED, E.REDRAFTED): S.DRAFTED,
    (S.DRAFTED, E.FACTS_CHANGED): S.DRAFTED,
    (S.DRAFTED, E.FILED): S.FILING,
    (S.DRAFTED, E.ANNULLED): S.DROPPED,
    (S.FILING, E.RECEIVED): S.ACCEPTED,
    (S.FILING, E.REFUSED): S.REJECTED,
    # The authority took the claim, and decides it, before we know that it did.
    (S.FILING, E.DECIDED): S.FILING,
    (S.FILING, E.MONEY_AS_EXPECTED): S.FILING,
    (S.FILING, E.MONEY_DIFFERS): S.FILING,
    (S.ACCEPTED, E.DECIDED): S.DECIDED,
    (S.ACCEPTED, E.FACTS_CHANGED): S.CORRECTING,
    (S.ACCEPTED, E.ANNULLED): S.ANNULLING,
    (S.DECIDED, E.DECIDED): S.DECIDED,
    (S.DECIDED, E.MONEY_AS_EXPECTED): S.SETTLED,
    (S.DECIDED, E.MONEY_DIFFERS): S.DIFFERING,
    (S.DECIDED, E.FACTS_CHANGED): S.CORRECTING,
    (S.DECIDED, E.ANNULLED): S.ANNULLING,
    (S.DIFFERING, E.DECIDED): S.DIFFERING,
    (S.DIFFERING, E.MONEY_AS_EXPECTED): S.SETTLED,
    (S.DIFFERING, E.MONEY_DIFFERS): S.DIFFERING,
    (S.DIFFERING, E.DIFFERENCE_CLOSED): S.SETTLED,
    (S.DIFFERING, E.FACTS_CHANGED): S.CORRECTING,
    (S.DIFFERING, E.ANNULLED): S.ANNULLING,
    # A revised decision or money after the books were closed opens the claim again.
    (S.SETTLED, E.DECIDED): S.DECIDED,
    (S.SETTLED, E.MONEY_AS_EXPECTED): S.SETTLED,
    (S.SETTLED, E.MONEY_DIFFERS): S.DIFFERING,
    (S.SETTLED, E.FACTS_CHANGED): S.CORRECTING,
    (S.SETTLED, E.ANNULLED): S.ANNULLING,
    (S.CORRECTING, E.RECEIVED): S.ACCEPTED,
    (S.CORRECTING, E.REFUSED): S.REJECTED,
    # Decision and money on the version before the correction are kept; the corrected one is decided later.
    (S.CORRECTING, E.DECIDED): S.CORRECTING,
    (S.CORRECTING, E.MONEY_AS_EXPECTED): S.CORRECTING,
    (S.CORRECTING, E.MONEY_DIFFERS): S.CORRECTING,
    (S.ACCEPTED, E.MONEY_AS_EXPECTED): S.SETTLED,
    (S.ACCEPTED, E.MONEY_DIFFERS): S.ACCEPTED,
    (S.REJECTED, E.REDRAFTED): S.DRAFTED,
    (S.REJECTED, E.FACTS_CHANGED): S.DRAFTED,
    (S.REJECTED, E.FILED): S.FILING,
    (S.REJECTED, E.ANNULLED): S.DROPPED,
    # A correction or annulment was refused: the version before it still stands with the authority.
    (S.REJECTED, E.STANDING_ANNULLED): S.ANNULLING,
    (S.REJECTED, E.DECIDED): S.REJECTED,
    (S.REJECTED, E.MONEY_AS_EXPECTED): S.REJECTED,
    (S.REJECTED, E.MONEY_DIFFERS): S.REJECTED,
    (S.DRAFTED, E.STANDING_ANNULLED): S.ANNULLING,
    (S.DRAFTED, E.DECIDED): S.DRAFTED,
    (S.DRAFTED, E.MONEY_AS_EXPECTED): S.DRAFTED,
    (S.DRAFTED, E.MONEY_DIFFERS): S.DRAFTED,
    (S.ANNULLING, E.RECEIVED): S.ANNULLED,
    (S.ANNULLING, E.REFUSED): S.REJECTED,
    (S.ANNULLING, E.DECIDED): S.ANNULLING,
    (S.ANNULLING, E.MONEY_AS_EXPECTED): S.ANNULLING,
    (S.ANNULLING, E.MONEY_DIFFERS): S.ANNULLING,
    # Money already paid for an annulled claim is taken back by a later decision and line.
    (S.ANNULLED, E.DECIDED): S.ANNULLED,
    (S.ANNULLED, E.MONEY_AS_EXPECTED): S.ANNULLED,
    (S.ANNULLED, E.MONEY_DIFFERS): S.ANNULLED,
})

_WHY: Mapping[State, str] = MappingProxyType({
    S.DRAFTED: "claims.not_filed_yet",
    S.FILING: "claims.filing_under_way",
    S.ACCEPTED: "claims.filed_already",
    S.DECIDED: "claims.decided_already",
    S.DIFFERING: "claims.difference_open",
    S.SETTLED: "claims.settled_already",
    S.CORRECTING: "claims.correction_under_way",
    S.REJECTED: "claims.refused_by_authority",
    S.ANNULLING: "claims.annulment_under_way",
    S.ANNULLED: "claims.annulled",
    S.DROPPED: "claims.dropped",
})
REFUSALS: Mapping[tuple[State, Event], str] = MappingProxyType({
    cell: _WHY[cell[0]] for cell in product(State, Event) if cell not in MOVES
})
UNDER_WAY = frozenset({S.FILING, S.CORRECTING})
FILED = frozenset({S.ACCEPTED, S.DECIDED, S.DIFFERING, S.SETTLED, S.CORRECTING})
FINISHED = frozenset({S.SETTLED, S.ANNULLED, S.DROPPED})


def move(state: State, event: Event) -> State | Said:
    """Say where the event takes a claim, or why it cannot happen there."""
    return MOVES.get((state, event)) or said(REFUSALS[state, event], state=state.value, event=event.value)


def moved(claim: Claim, event: Event) -> Claim:
    """Give the claim after an event; raises Refused with the reason when it cannot happen."""
    state = move(claim.state, event)
    if isinstance(state, Said):
        raise Refused(state)
    return replace(claim, state=state)
