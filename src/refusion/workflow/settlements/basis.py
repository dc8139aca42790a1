"""What an expected amount was computed from, read out of the claim's kept explanation, so that a difference can be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from refusion.claims.facts import Claim
from refusion.settlements.suggestions.tolerance import WEEKDAYS, Basis, RateChange


@dataclass(frozen=True, slots=True)
class _Week:
    """One week of the explanation: days with refund, absent and normal hours (hundredths), rates and what it gave, in øre."""

    days: int
    absent: int
    normal: int
    hourly: int
    weekly_maximum: int
    since: date | None
    gave: int

    @property
    def is_whole(self) -> bool:
        """Tell whether all weekdays of the week were away altogether."""
        return self.days == WEEKDAYS and self.absent == self.normal

    @property
    def at_maximum(self) -> bool:
        """Tell whether the weekly maximum decided the amount."""
        return self.gave * WEEKDAYS == self.weekly_maximum * self.days


def basis_of(claim: Claim) -> Basis:
    """Give what the claim's explanation tells; what it does not tell is None and explains nothing."""
    weeks = list(_weeks(claim.expected.explanation))
    whole = {week.gave for week in weeks if week.is_whole}
    hourly = {week.hourly for week in weeks}
    partial = any(week.absent != week.normal for week in weeks)
    return Basis(
        period=claim.period,
        supplement=claim.expected.supplement or None,
        weekly=whole.pop() if len(whole) == 1 and not partial else None,
        hourly=hourly.pop() if len(hourly) == 1 else None,
        absent_hours=_hours(weeks, "absent") if partial else None,
        normal_hours=_hours(weeks, "normal") if partial else None,
        rate=_rate(weeks),
    )


def _hours(weeks: Sequence[_Week], name: str) -> int:
    """Sum hours over the weeks, by their days."""
    return sum(int(getattr(week, name)) * week.days // WEEKDAYS for week in weeks)


def _rate(weeks: Sequence[_Week]) -> RateChange | None:
    """Give the weekly maximum's change within the claim, where the maximum decided every week."""
    if not weeks or not all(week.at_maximum for week in weeks):
        return None
    rates = list(dict.fromkeys((week.weekly_maximum, week.since) for week in weeks))
    if len(rates) != len(("before", "after")):
        return None
    (before, _), (after, since) = rates
    return RateChange(since, before, after) if since is not None else None


def _weeks(node: Mapping[str, Any]) -> Iterator[_Week]:
    """Find the weeks in an explanation, in their order; one that tells too little is left out."""
    if node.get("rule") == "refund":
        week = _week(node)
        if week is not None:
            yield week
        return
    for step in node.get("steps", ()):
        yield from _weeks(step)


def _week(node: Mapping[str, Any]) -> _Week | None:
    given = node.get("inputs", {}).get("week", {})
    benefit = _first(node, "week_benefit")
    maximum = _first(node, "weekly_maximum")
    if benefit is None or maximum is None or not {"weekly_hours", "absent_hours", "hourly_after_am"} <= set(given):
        return None
    limit = _first(node, "hourly_maximum")
    hourly = given["hourly_after_am"] if limit is None else min(given["hourly_after_am"], limit["result"])
    figures = [figure for figure in maximum.get("figures", ()) if figure.get("name") == "weekly_maximum"]
    return _Week(
        days=int(benefit["inputs"]["days"]),
        absent=int(given["absent_hours"]),
        normal=int(given["weekly_hours"]),
        hourly=int(hourly),
        weekly_maximum=int(maximum["result"]),
        since=_day(figures[0].get("since")) if figures else None,
        gave=int(benefit["result"]),
    )


def _day(written: object) -> date | None:
    """Give a day of the explanation, kept as a day or as its text."""
    if isinstance(written, date):
        return written
    return date.fromisoformat(written) if isinstance(written, str) else None


def _first(node: Mapping[str, Any], rule: str) -> Mapping[str, Any] | None:
    """Find the first step of a rule, however deep."""
    for step in node.get("steps", ()):
        found: Mapping[str, Any] | None = step if step.get("rule") == rule else _first(step, rule)
        if found is not None:
            return found
    return None
