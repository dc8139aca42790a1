"""The income notice with its refund claim (inntektsmelding): what an employer asks of NAV for one leave, and its identity.

The claim is an amount a month from the start and a list of changes; the end of a refund is a change to nought from the
day after the last day with refund. A later notice for the same request takes the place of the earlier one as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from refusion.absences.norwegian import PARENTAL, Benefit
from refusion.values.period import ONE_DAY, Period
from refusion.values.said import Refused, Said, said


class WhyIncomeDiffers(StrEnum):
    """Why the stated income is not the average of the three months before, in the words of NAV's code list."""

    LAID_OFF = "permittering"
    NEW_POSITION = "ny_stilling"
    NEW_SHARE = "ny_stillingsprosent"
    SICK = "sykefravaer"
    BONUS = "bonus"
    HOLIDAY_PAY = "ferietrekk"
    NEWLY_EMPLOYED = "nyansatt"
    REPORTED_INCOMPLETE = "mangelfull_rapportering"
    NOT_REPORTED_YET = "ikke_rapportert_enda"
    TARIFF = "tariffendring"
    HOLIDAY = "ferie"
    LASTING_CHANGE = "varig_loennsendring"
    LEAVE = "permisjon"


@dataclass(frozen=True, slots=True)
class IncomeReason:
    """One reason with the days it holds; ``known_from`` is the day a tariff became known."""

    why: WhyIncomeDiffers
    first: date | None = None
    last: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True)
class RefundChange:
    """From this day another monthly amount is claimed, in øre; nought ends the refund."""

    first: date
    monthly: int


@dataclass(frozen=True, slots=True)
class LostInKind:
    """A benefit in kind that falls away during the leave: NAV's word for it, øre a month, and the days."""

    kind: str
    monthly: int
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom NAV may call; the phone number is no part of what is claimed."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class IncomeNotice:
    """One notice: ``request`` is NAV's reference, ``person`` the national number, ``workplace`` the sub-unit.

    ``income`` and ``refund`` are øre a month (``refund`` None claims nothing). ``employer_days`` are the periods that
    the employer pays itself (sickness only); ``changed`` tells that an earlier notice is put right (Endring).
    """

    request: str
    person: str
    workplace: str
    benefit: Benefit
    start: date
    income: int
    contact: Contact
    refund: int | None = None
    changes: tuple[RefundChange, ...] = ()
    reasons: tuple[IncomeReason, ...] = ()
    in_kind: tuple[LostInKind, ...] = ()
    employer_days: tuple[Period, ...] = ()
    income_on: date | None = None
    changed: bool = False

    @property
    def content(self) -> bytes:
        """Give what is claimed as canonical JSON; contact, NAV's reference and the word "changed" are no part of it.

        NAV knows one parental benefit, and for sickness a day of income in place of a start: so it is here.
        """
        in_order = tuple(sorted(self.changes, key=lambda one: one.first))
        told = asdict(replace(self, changes=in_order, income_on=self.income_on or self.start))
        for name in ("contact", "changed", "request", "start" if self.benefit is Benefit.SICKNESS else "income_on"):
            del told[name]
        if self.benefit in PARENTAL:
            told["benefit"] = "parental"
        return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()

    @property
    def content_hash(self) -> str:
        """Give the business identity: two notices with the same hash claim the same."""
        return sha256(self.content).hexdigest()


def ended_after(notice: IncomeNotice, last_day: date) -> IncomeNotice:
    """End the refund after its last day, as when an employment ends; later changes fall away, earlier ones stay.

    A last day before the start claims nothing at all (a refund of nought from the start).
    """
    if last_day < notice.start:
        return replace(notice, refund=0, changes=(), changed=True)
    end = RefundChange(last_day + ONE_DAY, 0)
    return replace(notice, changes=(*(one for one in notice.changes if one.first <= last_day), end), changed=True)


def claimed_on(notice: IncomeNotice, day: date) -> int:
    """Give what is claimed a month on a day, in øre: nought before the start and after a change to nought."""
    if notice.refund is None or day < notice.start:
        return 0
    amount, ended = notice.refund, False
    for change in sorted(notice.changes, key=lambda one: one.first):
        # A change after the end is ignored: the end counts.
        if change.first <= day and not ended:
            amount, ended = change.monthly, change.monthly == 0
    return amount


def wrong_in(notice: IncomeNotice) -> tuple[Said, ...]:
    """Say all that NAV would refuse before it is sent: dates of changes, amounts, the employer's days."""
    return tuple(_wrongs(notice))


def refuse_wrong(notice: IncomeNotice) -> None:
    """Raise Refused with the first thing that NAV would refuse."""
    for wrong in _wrongs(notice):
        raise Refused(wrong)


MOST = 2**31 * 100
"""More øre a month than NAV's field can hold."""


def _wrongs(notice: IncomeNotice) -> Iterator[Said]:
    days = [change.first for change in notice.changes]
    if len(set(days)) != len(days):
        yield said("nav.change_twice")
    if any(day <= notice.start for day in days):
        yield said("nav.change_not_after_start", start=notice.start)
    amounts = (notice.income, notice.refund or 0, *(change.monthly for change in notice.changes))
    if not all(0 <= amount < MOST for amount in amounts):
        yield said("nav.amount_out_of_range")
    if notice.refund is None and notice.changes:
        yield said("nav.change_without_refund")
    if notice.benefit is Benefit.SICKNESS:
        yield from _wrongs_of_sickness(notice)
    elif notice.employer_days:
        yield said("nav.employer_days_without_sickness")


def _wrongs_of_sickness(notice: IncomeNotice) -> Iterator[Said]:
    """Sickness alone: no more is claimed than the income, and changes come after the employer's own days."""
    highest = max((notice.refund or 0, *(change.monthly for change in notice.changes)))
    if notice.income and highest > notice.income:
        yield said("nav.refund_above_income", income_ore=notice.income, refund_ore=highest)
    last = max((days.last for days in notice.employer_days), default=None)
    if last is not None and any(change.first <= last for change in notice.changes):
        yield said("nav.change_in_employer_days", last=last)
