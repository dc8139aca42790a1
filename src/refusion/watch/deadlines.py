"""Deadlines in two layers: the law's, on which kroner are lost, and the service centre's, which keeps the law's within reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from refusion.cases.facts import FUNDS, Case, Kind
from refusion.claims.facts import Claim
from refusion.law.denmark.service_centre.deadlines import (
    service_follow_up_last_day,
    service_leave_last_day,
    tell_service_centre_by,
)
from refusion.values.period import ONE_DAY


class Layer(StrEnum):
    """Whose deadline it is."""

    LAW = "law"
    SERVICE_CENTRE = "service_centre"


class WorkingModel(StrEnum):
    """Who speaks to the authority: the institution itself, or the service centre on the institution's order."""

    FILES_ITSELF = "files_itself"
    ORDERS = "orders"


class Step(StrEnum):
    """What must be there by the deadline."""

    NOTIFY = "notify"
    REQUEST = "request"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """The last local day on which a step is in time in one layer."""

    day: date
    layer: Layer
    step: Step


def of_case(case: Case) -> tuple[Deadline, ...]:
    """Give the deadlines of telling of the absence, in both layers (SDL §§ 40, 59; the service centre's table)."""
    return to_notify(case.kind, case.first_absence_day, case.last_absence_day, case.notify_by)


def to_notify(kind: Kind, first: date, last: date | None, notify_by: date) -> tuple[Deadline, ...]:
    """Give the same for an absence of a kind with its first day, its last one where it is known, and the law's day."""
    if kind in FUNDS:
        # A fund is told of no absence: its claims alone have days.
        return ()
    law, centre = Deadline(notify_by, Layer.LAW, Step.NOTIFY), centre_day(kind, first, last)
    return (law,) if centre is None else (law, Deadline(min(centre, notify_by), Layer.SERVICE_CENTRE, Step.NOTIFY))


def centre_day(kind: Kind, first: date, last: date | None) -> date | None:
    """Give the day by which the service centre knows of an absence; None for a kind that its table has no line for."""
    if kind is Kind.ILL_CHILD:
        return None
    if kind is Kind.PARENTAL:
        return date.fromordinal(int(service_leave_last_day(first.toordinal())))
    return tell_service_centre_by(first, waived=kind not in (Kind.ORDINARY, Kind.PREGNANCY), last_absence_day=last)


def of_claim(claim: Claim) -> tuple[Deadline, ...]:
    """Give the deadlines of a claim: three months in law, and the 12th at the centre where the person works some hours."""
    return to_request(claim.period.last, claim.request_by, is_partial(claim))


def to_request(last_day: date, request_by: date, partial: bool) -> tuple[Deadline, ...]:
    """Give the same for a claim's last day, the law's day, and whether the person works some hours."""
    law = Deadline(request_by, Layer.LAW, Step.REQUEST)
    if not partial:
        return (law,)
    return (law, Deadline(min(follow_up_by(last_day), request_by), Layer.SERVICE_CENTRE, Step.FOLLOW_UP))


def is_partial(claim: Claim) -> bool:
    """Tell whether the claim counts hours by week: an empty answer says that the person was away altogether."""
    return any(answer.field == "absent_hours_by_week" and answer.value != {} for answer in claim.answers)


def follow_up_by(day: date) -> date:
    """Give the 12th of the month after a day: until then its closed weeks of partial absence are reported."""
    return date.fromordinal(int(service_follow_up_last_day(day.toordinal())))


def safe_day(deadlines: Iterable[Deadline], model: WorkingModel, margin_days: int) -> date:
    """Give the last day on which doing it loses nothing for certain.

    The margin lies before the law's day; whoever orders at the service centre must also keep the centre's.
    """
    every = tuple(deadlines)
    law = min(one.day for one in every if one.layer is Layer.LAW) - timedelta(days=margin_days)
    centre = [one.day for one in every if one.layer is Layer.SERVICE_CENTRE]
    return min([law, *centre]) if model is WorkingModel.ORDERS else law


def over_at(day: date, zone: tzinfo) -> datetime:
    """Give the instant at which a local day is over: the midnight after it, on days of 23 and of 25 hours too."""
    return datetime.combine(day + ONE_DAY, time.min, zone)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The proof that a report came in time, or the measure of how late it was: signing time against the day's end."""

    signed_at: datetime
    last_day: date
    over_at: datetime

    @property
    def kept(self) -> bool:
        """Tell whether it was signed before the last day was over."""
        return self.signed_at < self.over_at

    @property
    def spare(self) -> timedelta:
        """Give the time left at signing; negative where it came late. Counted in real time, not on the wall's clock."""
        return timedelta(seconds=self.over_at.timestamp() - self.signed_at.timestamp())


def timeliness(signed_at: datetime, last_day: date, zone: tzinfo) -> Timeliness:
    """Hold a signing time (an instant with its zone) against the end of a local day."""
    return Timeliness(signed_at, last_day, over_at(last_day, zone))
