"""The tables of the tracks: state × event → state; what stands in none of them is refused with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from refusion.cases.self_employed.facts import Event, State, Track

S, E, T = State, Event, Track
Table = Mapping[tuple[State, Event], State]

# In their order: what comes before a state is too early for it, what comes after too late.
COURSE = (
    S.OPENED, S.NOTIFIED, S.REQUESTED, S.FORM_SENT, S.APPLIED, S.DELAYED, S.INCOMPLETE, S.WAITING, S.RUNNING, S.REASSESSING,
    S.EXTENDED, S.CLARIFICATION, S.PAYING_OUT, S.ENDED, S.WITHDRAWN,
)  # fmt: skip
UNDECIDED = COURSE[:7]
WITH_BENEFIT = (S.WAITING, S.RUNNING, S.REASSESSING, S.EXTENDED)
_UNDER_DECISION = (S.APPLIED, S.DELAYED, S.INCOMPLETE)

MAIN: Table = {
    (S.OPENED, E.NOTIFIED): S.NOTIFIED,
    (S.NOTIFIED, E.REQUESTED): S.REQUESTED,
    (S.REQUESTED, E.FORM_SENT): S.FORM_SENT,
    (S.FORM_SENT, E.FORM_ANSWERED): S.APPLIED,
    (S.APPLIED, E.DELAY_TOLD): S.DELAYED,
    (S.DELAYED, E.DELAY_TOLD): S.DELAYED,
    (S.INCOMPLETE, E.DELAY_TOLD): S.INCOMPLETE,
    (S.APPLIED, E.COMPLETION_ASKED): S.INCOMPLETE,
    (S.DELAYED, E.COMPLETION_ASKED): S.INCOMPLETE,
    (S.INCOMPLETE, E.COMPLETION_ASKED): S.INCOMPLETE,
    (S.INCOMPLETE, E.COMPLETED): S.APPLIED,
    **{(state, E.GRANTED): S.WAITING for state in _UNDER_DECISION},
    **{(state, E.REFUSED): S.ENDED for state in _UNDER_DECISION},
    (S.WAITING, E.BENEFIT_BEGAN): S.RUNNING,
    # Well again before anything was decided: the days until then are still to be decided and paid.
    **{(state, E.FIT_AGAIN): state for state in (*UNDECIDED, S.WAITING)},
    **{(state, E.FIT_AGAIN): S.PAYING_OUT for state in (S.RUNNING, S.REASSESSING, S.EXTENDED)},
    (S.CLARIFICATION, E.FIT_AGAIN): S.ENDED,
    (S.RUNNING, E.REASSESSMENT_BEGUN): S.REASSESSING,
    (S.EXTENDED, E.REASSESSMENT_BEGUN): S.REASSESSING,
    (S.REASSESSING, E.EXTENDED): S.EXTENDED,
    (S.EXTENDED, E.EXTENSION_CHECKED): S.EXTENDED,
    (S.REASSESSING, E.CLARIFICATION_BEGUN): S.CLARIFICATION,
    (S.CLARIFICATION, E.CLARIFICATION_RENEWED): S.CLARIFICATION,
    **{(state, E.TIME_LIMIT_REACHED): S.PAYING_OUT for state in (S.RUNNING, S.REASSESSING, S.EXTENDED)},
    (S.CLARIFICATION, E.TIME_LIMIT_REACHED): S.ENDED,
    **{(state, E.RIGHT_LAPSED): S.ENDED for state in UNDECIDED[1:]},
    **{(state, E.RIGHT_LAPSED): S.PAYING_OUT for state in WITH_BENEFIT},
    (S.PAYING_OUT, E.ALL_PAID): S.ENDED,
    (S.PAYING_OUT, E.RIGHT_RESTORED): S.RUNNING,
    (S.ENDED, E.RIGHT_RESTORED): S.WAITING,
    **{(state, E.WITHDRAWN): S.WITHDRAWN for state in (*UNDECIDED, S.WAITING)},
}
CAPACITY: Table = {
    **{(state, E.PARTLY_FIT): S.PARTLY_REPORTED for state in (S.UNFIT, S.WORKS_A_QUARTER, S.WORKS_HALF, S.WORKS_MORE)},
    (S.PARTLY_REPORTED, E.ASSESSED_A_QUARTER): S.WORKS_A_QUARTER,
    (S.PARTLY_REPORTED, E.ASSESSED_HALF): S.WORKS_HALF,
    (S.PARTLY_REPORTED, E.ASSESSED_MORE): S.WORKS_MORE,
    **{(state, E.UNFIT_AGAIN): S.UNFIT for state in (S.PARTLY_REPORTED, S.WORKS_A_QUARTER, S.WORKS_HALF, S.WORKS_MORE)},
}
FOLLOW_UP: Table = {
    (S.FIRST_MEETING_DUE, E.FAST_TRACK_ASKED): S.FAST_TRACK,
    **{(state, E.MEETING_HELD): S.IN_FOLLOW_UP for state in (S.FIRST_MEETING_DUE, S.FAST_TRACK, S.IN_FOLLOW_UP)},
    (S.FIRST_MEETING_DUE, E.STANDBY_ASKED): S.STANDBY_ASKED,
    (S.FAST_TRACK, E.STANDBY_ASKED): S.STANDBY_ASKED,
    (S.IN_FOLLOW_UP, E.STANDBY_ASKED): S.STANDBY_ASKED_LATER,
    (S.STANDBY_ASKED, E.STANDBY_GRANTED): S.STANDBY,
    (S.STANDBY_ASKED, E.STANDBY_REFUSED): S.FIRST_MEETING_DUE,
    (S.STANDBY_ASKED_LATER, E.STANDBY_GRANTED): S.STANDBY,
    (S.STANDBY_ASKED_LATER, E.STANDBY_REFUSED): S.IN_FOLLOW_UP,
    (S.STANDBY, E.STANDBY_GRANTED): S.STANDBY,
    (S.STANDBY, E.STANDBY_ENDED): S.IN_FOLLOW_UP,
}
STATEMENT: Table = {
    (S.NO_STATEMENT, E.STATEMENT_ASKED): S.STATEMENT_ASKED,
    (S.STATEMENT_ASKED, E.STATEMENT_RECEIVED): S.STATEMENT_RECEIVED,
    (S.STATEMENT_RECEIVED, E.STATEMENT_ASKED): S.STATEMENT_ASKED,
}
TREATMENT: Table = {
    (S.NO_TREATMENT_QUESTION, E.TREATMENT_REFUSED): S.AT_CLINICAL_FUNCTION,
    (S.AT_CLINICAL_FUNCTION, E.TREATMENT_PROPOSED): S.TREATMENT_PROPOSED,
    (S.AT_CLINICAL_FUNCTION, E.NO_OTHER_TREATMENT): S.TREATMENT_SETTLED,
    (S.TREATMENT_PROPOSED, E.PROPOSAL_ACCEPTED): S.TREATMENT_SETTLED,
    # What the clinical function proposes may be refused too, and the right stands.
    (S.TREATMENT_PROPOSED, E.PROPOSAL_REFUSED): S.TREATMENT_SETTLED,
    (S.TREATMENT_SETTLED, E.TREATMENT_REFUSED): S.AT_CLINICAL_FUNCTION,
}
COMPLAINT: Table = {
    **{(state, E.COMPLAINED): S.COMPLAINED for state in (S.NO_COMPLAINT, S.COMPLAINT_CHANGED, S.COMPLAINT_FINAL)},
    (S.COMPLAINED, E.DECISION_CHANGED): S.COMPLAINT_CHANGED,
    (S.COMPLAINED, E.DECISION_KEPT): S.AT_APPEALS_BOARD,
    (S.AT_APPEALS_BOARD, E.BOARD_CHANGED): S.COMPLAINT_FINAL,
    (S.AT_APPEALS_BOARD, E.BOARD_KEPT): S.COMPLAINT_FINAL,
}
AGREEMENT: Table = {
    **{(state, E.AGREEMENT_APPLIED): S.AGREEMENT_APPLIED for state in (S.NO_AGREEMENT, S.AGREEMENT_DECLINED)},
    (S.AGREEMENT_APPLIED, E.AGREEMENT_MADE): S.AGREEMENT_IN_FORCE,
    (S.AGREEMENT_APPLIED, E.AGREEMENT_DECLINED): S.AGREEMENT_DECLINED,
    (S.AGREEMENT_IN_FORCE, E.AGREEMENT_ENDED): S.NO_AGREEMENT,
}
POWER: Table = {
    (S.ACTS_HIMSELF, E.POWER_GIVEN): S.REPRESENTED,
    (S.REPRESENTED, E.POWER_GIVEN): S.REPRESENTED,
    (S.REPRESENTED, E.POWER_WITHDRAWN): S.ACTS_HIMSELF,
}
CHANNEL: Table = {
    (S.DIGITAL, E.DISPENSATION_GRANTED): S.DISPENSED,
    **{(state, E.EXEMPTION_SHOWN): S.EXEMPT for state in (S.DIGITAL, S.DISPENSED)},
    **{(state, E.DIGITAL_AGAIN): S.DIGITAL for state in (S.DISPENSED, S.EXEMPT)},
}
REPAYMENT: Table = {
    **{(state, E.REPAYMENT_ASKED): S.REPAYMENT_ASKED for state in (S.NOTHING_OVERPAID, S.REPAID)},
    (S.REPAYMENT_ASKED, E.REPAID): S.REPAID,
}
PAYOUT: Table = {(state, E.PAID): S.PAID_SO_FAR for state in (S.NOTHING_PAID, S.PAID_SO_FAR)}
TABLES: Mapping[Track, Table] = MappingProxyType(
    {
        T.MAIN: MAIN,
        T.CAPACITY: CAPACITY,
        T.FOLLOW_UP: FOLLOW_UP,
        T.STATEMENT: STATEMENT,
        T.TREATMENT: TREATMENT,
        T.COMPLAINT: COMPLAINT,
        T.AGREEMENT: AGREEMENT,
        T.POWER: POWER,
        T.CHANNEL: CHANNEL,
        T.REPAYMENT: REPAYMENT,
        T.PAYOUT: PAYOUT,
    }
)
TRACK_OF: Mapping[Event, Track] = MappingProxyType({event: track for track, table in TABLES.items() for _, event in table})
STATES_OF: Mapping[Track, tuple[State, ...]] = MappingProxyType(
    {
        track: COURSE if track is T.MAIN else tuple(dict.fromkeys(state for (at, _), after in table.items() for state in (at, after)))
        for track, table in TABLES.items()
    }
)
EVENTS_OF: Mapping[Track, tuple[Event, ...]] = MappingProxyType(
    {track: tuple(event for event in Event if TRACK_OF[event] is track) for track in Track}
)


def refusals(track: Track) -> Mapping[tuple[State, Event], str]:
    """Give the cells of a track that are no move, each with the key of the sentence that says why."""
    return {
        (state, event): _why(track, state, event)
        for state in STATES_OF[track] for event in EVENTS_OF[track] if (state, event) not in TABLES[track]
    }  # fmt: skip


def _why(track: Track, state: State, event: Event) -> str:
    """On the main track say too early or too late, beside it that the question does not stand."""
    if track is not T.MAIN:
        return "self_employed.does_not_stand"
    if state in (S.ENDED, S.WITHDRAWN):
        return "self_employed.case_closed"
    first = min(COURSE.index(at) for at, each in MAIN if each is event)
    return "self_employed.too_early" if COURSE.index(state) < first else "self_employed.too_late"
