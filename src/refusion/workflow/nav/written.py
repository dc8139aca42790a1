"""An income notice as it is kept on its way: JSON that gives back the very same notice."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from refusion.absences.norwegian import Benefit
from refusion.claims.income_notice import Contact, IncomeNotice, IncomeReason, LostInKind, RefundChange, WhyIncomeDiffers
from refusion.values.period import Period


def write(notice: IncomeNotice) -> str:
    """Write a notice."""
    return json.dumps(asdict(notice), default=str, ensure_ascii=False, sort_keys=True)


def read(written: str) -> IncomeNotice:
    """Read back what :func:`write` wrote."""
    told = json.loads(written)
    day = date.fromisoformat
    return IncomeNotice(
        request=told["request"],
        person=told["person"],
        workplace=told["workplace"],
        benefit=Benefit(told["benefit"]),
        start=day(told["start"]),
        income=told["income"],
        contact=Contact(**told["contact"]),
        refund=told["refund"],
        changes=tuple(RefundChange(day(one["first"]), one["monthly"]) for one in told["changes"]),
        reasons=tuple(IncomeReason(WhyIncomeDiffers(one["why"]), *(_day(one[name]) for name in _REASON_DAYS)) for one in told["reasons"]),
        in_kind=tuple(LostInKind(one["kind"], one["monthly"], day(one["first"]), _day(one["last"])) for one in told["in_kind"]),
        employer_days=tuple(Period(day(one["first"]), day(one["last"])) for one in told["employer_days"]),
        income_on=_day(told["income_on"]),
        changed=told["changed"],
    )


_REASON_DAYS = ("first", "last", "known_from")


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
