"""What the authority's twin witnessed: the reports that it accepted, put together by absence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

NOTIFICATION, CLAIM, RECOVERY = "DP201", "DP202", "DP212s"
ON_LEAVE = {
    "BarselAnmeldelse": NOTIFICATION, "BarselAnmodning": CLAIM, "BarselRaskmelding": RECOVERY,
    "SygtBarnAnmeldelse": NOTIFICATION, "SygtBarnAnmodning": CLAIM,
}  # fmt: skip
"""Forms on leave, with those on sickness that say the same; :mod:`refusion.rehearsal.oracle.leave` judges them."""
NEW, ANNULMENT = "Opret", "Annuller"
ANNULLED = "annulleret"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One report as the twin lists it; ``bundle`` is the absence it belongs to, ``person`` empty but for notifications."""

    bundle: str
    form: str
    action: str
    authority_id: str
    signed_at: str
    signed_on: date
    business_hash: str
    is_active: bool
    employer: str
    person: str
    first: date | None
    last: date | None
    on_leave: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that was accepted about one absence, by signing time."""

    employer: str
    person: str
    first_absence_day: date
    reports: tuple[Accepted, ...]
    on_leave: bool = False

    def of(self, form: str) -> Iterator[Accepted]:
        """Go through the new reports of a form."""
        return (one for one in self.reports if one.form == form and one.action == NEW)

    @property
    def notified_on(self) -> date | None:
        """Give the day of the first notification if one still counts."""
        held = list(self.of(NOTIFICATION))
        return min(one.signed_on for one in held) if any(one.is_active for one in held) else None

    def requested(self) -> dict[date, date]:
        """Give for each day that an active claim holds the day on which it was first asked for."""
        asked: dict[date, date] = {}
        held = {day for claim in self.of(CLAIM) if claim.is_active for day in days_of(claim)}
        for claim in self.of(CLAIM):
            for day in days_of(claim):
                if day in held:
                    asked[day] = min(asked.get(day, claim.signed_on), claim.signed_on)
        return asked


def accepted(items: Iterable[Mapping[str, Any]]) -> tuple[Accepted, ...]:
    """Read the twin's list, ordered by signing time."""
    return tuple(sorted((_accepted(item) for item in items), key=lambda one: (one.signed_at, one.authority_id)))


def dossiers(reports: Iterable[Accepted]) -> tuple[Dossier, ...]:
    """Put the reports on sickness together by absence; one without a notification belongs to nobody and is an error."""
    return tuple(one for one in every_dossier(reports) if not one.on_leave)


def every_dossier(reports: Iterable[Accepted]) -> tuple[Dossier, ...]:
    """Put all reports together by absence, those on leave too."""
    bundles: dict[str, list[Accepted]] = {}
    for report in reports:
        bundles.setdefault(report.bundle, []).append(report)
    return tuple(_dossier(bundle) for _, bundle in sorted(bundles.items()))


def days_of(claim: Accepted) -> Iterator[date]:
    """Go through the days that a claim asks for."""
    day = claim.first
    while day is not None and claim.last is not None and day <= claim.last:
        yield day
        day += ONE_DAY


def _accepted(item: Mapping[str, Any]) -> Accepted:
    fields: Mapping[str, Any] = item["fields"]
    names = {NOTIFICATION: ("FoersteFravaersdag", "SidsteFravaersdag"), RECOVERY: ("SidsteFravaersdag",) * 2}
    form = ON_LEAVE.get(item["form"], item["form"])
    first, last = names.get(form, ("RefusionsperiodeFra", "RefusionsperiodeTil"))
    return Accepted(
        bundle=item["bundle"],
        form=form,
        action=item["action"],
        authority_id=item["authority_id"],
        signed_at=item["signed_at"],
        signed_on=date.fromisoformat(item["signed_on"]),
        business_hash=item["business_hash"],
        is_active=item["standing"] != ANNULLED,
        employer=item["cvr"],
        person=str(fields.get("PersonCivilRegistrationIdentifier") or ""),
        first=_day(fields.get(first)),
        last=_day(fields.get(last)),
        on_leave=item["form"] in ON_LEAVE,
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _dossier(reports: list[Accepted]) -> Dossier:
    notification = next(one for one in reports if one.form == NOTIFICATION and one.person and one.first)
    if notification.first is None:
        raise ValueError("a notification names the first absence day")
    return Dossier(notification.employer, notification.person, notification.first, tuple(reports), notification.on_leave)
