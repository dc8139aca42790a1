"""Whether a county fulfilled a condition: what it reported, by when, what is lacking, and the states of its way to the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from refusion.grants.agreement import Agreement, Check
from refusion.grants.policies import INTEGRATION_CHECK, LATE_REPORT
from refusion.law.engine.refusals import NotAnswered
from refusion.values.said import Said, said

REPORTER = "landsting"
HARD = ("precondition", "required", "national")
INTEGRATION = "integration"


class State(StrEnum):
    """Where a county stands with one condition."""

    EXPECTED = "expected"
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    COMPLETION_REQUESTED = "completion_requested"
    FULFILLED = "fulfilled"
    NOT_FULFILLED = "not_fulfilled"
    PAYABLE = "payable"
    PAID = "paid"


class Event(StrEnum):
    """What can happen to it."""

    REPORTED = "reported"
    REPORTED_ON_THE_WAY = "reported_on_the_way"
    REVIEW_BEGAN = "review_began"
    COMPLETION_ASKED = "completion_asked"
    FOUND_FULFILLED = "found_fulfilled"
    FOUND_NOT_FULFILLED = "found_not_fulfilled"
    NOTHING_CAME = "nothing_came"
    RELEASED = "released"
    PAID = "paid"
    REOPENED = "reopened"


# A report comes once, and again only where its completion was asked for; what was decided is reviewed anew, never overwritten.
MOVES: Mapping[tuple[State, Event], State] = {
    (State.EXPECTED, Event.REPORTED): State.RECEIVED,
    (State.EXPECTED, Event.REPORTED_ON_THE_WAY): State.EXPECTED,
    (State.EXPECTED, Event.NOTHING_CAME): State.NOT_FULFILLED,
    (State.RECEIVED, Event.REVIEW_BEGAN): State.UNDER_REVIEW,
    (State.UNDER_REVIEW, Event.COMPLETION_ASKED): State.COMPLETION_REQUESTED,
    (State.UNDER_REVIEW, Event.FOUND_FULFILLED): State.FULFILLED,
    (State.UNDER_REVIEW, Event.FOUND_NOT_FULFILLED): State.NOT_FULFILLED,
    (State.COMPLETION_REQUESTED, Event.REPORTED): State.UNDER_REVIEW,
    (State.COMPLETION_REQUESTED, Event.NOTHING_CAME): State.NOT_FULFILLED,
    (State.FULFILLED, Event.RELEASED): State.PAYABLE,
    (State.PAYABLE, Event.PAID): State.PAID,
    (State.FULFILLED, Event.REOPENED): State.UNDER_REVIEW,
    (State.NOT_FULFILLED, Event.REOPENED): State.UNDER_REVIEW,
    (State.PAYABLE, Event.REOPENED): State.UNDER_REVIEW,
    (State.PAID, Event.REOPENED): State.UNDER_REVIEW,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a county reported on one condition: the local day, evidence by check, the reason of a recorded exception."""

    county: str
    pot: str
    received: date | None
    evidence: Mapping[str, str]
    exception: str = ""
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report is enough: the checks without evidence, the reasons, what is only to be noted, the choices followed by name."""

    fulfilled: bool
    lacking: tuple[Check, ...]
    reasons: tuple[Said, ...]
    notes: tuple[Said, ...]
    followed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the authority decided on a county's condition, with who, when, why, on what evidence, after consulting whom.

    ``must_consult`` is who the agreement says must be heard (``Requirement.reviewed_with``).
    """

    county: str
    pot: str
    fulfilled: bool
    decider: str
    day: date
    reason: str
    evidence: tuple[str, ...]
    consulted: str = ""
    must_consult: str = ""

    def __post_init__(self) -> None:
        """Refuse a decision without decider or reason, one without evidence, or without the consultation that it needs."""
        if not self.decider.strip() or not self.reason.strip():
            raise NotAnswered(said("grants.decision_unfounded", county=self.county, pot=self.pot))
        if self.fulfilled and not self.evidence:
            raise NotAnswered(said("grants.decision_without_evidence", county=self.county, pot=self.pot))
        if self.must_consult not in self.consulted:
            raise NotAnswered(said("grants.decision_without_consultation", county=self.county, pot=self.pot, asked=self.must_consult))


def next_state(state: State, event: Event) -> State:
    """Give the state after an event; raises NotAnswered for an event that the state does not meet."""
    moved = MOVES.get((state, event))
    if moved is None:
        raise NotAnswered(said("grants.no_such_move", state=state.value, event=event.value))
    return moved


def last_day(agreement: Agreement, pot: str) -> date:
    """Give the last day on which a pot is reported on; raises NotAnswered where the agreement names none."""
    required = agreement.requirement(pot)
    if required is not None and required.by is not None:
        return required.by
    days = [deadline.by for deadline in agreement.deadlines if pot in deadline.pots and deadline.who.startswith(REPORTER)]
    if not days:
        raise NotAnswered(said("grants.no_deadline", pot=pot))
    return max(days)


def assess(agreement: Agreement, report: Report) -> Verdict:
    """Hold a report against the checks and the last day of its condition.

    Late without a recorded exception it fails (policy ``late_report``); a hard check without evidence fails it; the integration
    in the ordinary systems is hard or soft (policy ``integration_check``). Nothing is late where the agreement names no last day.
    """
    checks = [check for check in agreement.checks if check.pot == report.pot]
    hard = (*HARD, INTEGRATION) if INTEGRATION_CHECK.follows("hard") else HARD
    lacking = tuple(check for check in checks if check.kind in hard and not report.evidence.get(check.id, "").strip())
    soft = [check for check in checks if check.kind == INTEGRATION and check not in lacking and check.id not in report.evidence]
    reasons = [said("grants.check_lacking", check=check.id, asks=check.asks) for check in lacking]
    notes = [said("grants.check_lacking", check=check.id, asks=check.asks) for check in soft]
    late = _late(agreement, report)
    if late is not None and report.exception.strip():
        notes.append(said("grants.exception_recorded", reason=report.exception))
    elif late is not None:
        reasons.append(late)
    followed = {policy.name: policy.chosen() for policy in (LATE_REPORT, INTEGRATION_CHECK)}
    return Verdict(not reasons, lacking, tuple(reasons), tuple(notes), followed)


def report_day(agreement: Agreement, pot: str) -> date | None:
    """Give the last day on which a pot is reported on, or None where the agreement names none."""
    try:
        return last_day(agreement, pot)
    except NotAnswered:
        return None


def _late(agreement: Agreement, report: Report) -> Said | None:
    last = report_day(agreement, report.pot)
    if last is None:
        return None
    if report.received is None:
        return said("grants.nothing_reported", last_day=last)
    grace = report.grace_days if LATE_REPORT.follows("grace_days") else 0
    if report.received > last + timedelta(days=grace):
        return said("grants.reported_late", day=report.received, last_day=last)
    return None
