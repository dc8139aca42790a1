"""The files that SAP gives for the Norwegian demo: employments, pay, absences and allocations as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from refusion.absences.norwegian import PARENTAL
from refusion.adapters.sap.messages import FEED
from refusion.rehearsal.norway.leaves import Leave, Telling
from refusion.rehearsal.norway.people import Person
from refusion.rehearsal.norway.profile import NorwegianPlan
from refusion.values.money import kroner

PERCENT = 100


def employments(plan: NorwegianPlan, people: Iterable[Person], ends: Mapping[str, date | None], on: date) -> bytes:
    """Write employments; ``ends`` gives the last day of those whose contract has one."""
    rows = [
        (
            person.number,
            person.national_number,
            person.name,
            person.since.isoformat(),
            _day(ends.get(person.number)),
            "temporary" if person.number in ends else "permanent",
            plan.workplace,
            person.unit,
            kroner(person.position),
            on.isoformat(),
        )
        for person in people
    ]
    return _written(plan, "sap-employments", rows)


def pay(plan: NorwegianPlan, people: Iterable[Person], months: Sequence[date], on: date) -> bytes:
    """Write months of pay; everybody keeps full pay."""
    told = [(person, month.isoformat()[:7]) for person in people for month in months]
    rows = [(person.number, month, kroner(person.pay), kroner(person.pay), "", on.isoformat()) for person, month in told]
    return _written(plan, "sap-pay", rows)


def allocations(plan: NorwegianPlan, people: Iterable[Person]) -> bytes:
    """Write who carries the cost."""
    first = plan.first.replace(year=plan.first.year - 1)
    return _written(
        plan,
        "sap-allocations",
        [
            (person.number, first.isoformat(), "", centre, project, kroner(share), first.isoformat())
            for person in people
            for centre, project, share in person.projects
        ],
    )


def absences(plan: NorwegianPlan, told: Iterable[tuple[Leave, Telling]]) -> bytes:
    """Write absences as they are told."""
    return _written(plan, "sap-absences", [_absence(leave, telling) for leave, telling in told])


def _absence(leave: Leave, telling: Telling) -> tuple[str, ...]:
    parental = leave.benefit in PARENTAL
    return (
        leave.person.number,
        leave.number,
        leave.benefit.value,
        leave.first.isoformat(),
        telling.last.isoformat(),
        kroner(leave.degree),
        str(leave.coverage // PERCENT) if parental else "",
        leave.first.isoformat() if parental else "",
        "withdrawn" if telling.withdrawn else "active",
        telling.on.isoformat(),
    )


def _written(plan: NorwegianPlan, kind: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    return "".join(_lines(plan, kind, rows)).encode()


def _lines(plan: NorwegianPlan, kind: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield ";".join(FEED[kind].headings) + "\r\n"
    for row in rows:
        yield ";".join((plan.code, *row)) + "\r\n"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
