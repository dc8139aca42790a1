"""Puts the lines of NAV's reports on their items, and tries parked ones again when the house has learned more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from refusion.absences.norwegian import AbsenceTold
from refusion.settlements.nav_items.item import ItemKey, Nature
from refusion.settlements.nav_items.place import Known, Part, place
from refusion.settlements.nav_report import ReportLine
from refusion.values.period import first_of_month
from refusion.values.said import Refused, Said, said
from refusion.workflow.nav.items import everything
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

BY_ITSELF = "house"
FOR_A_PERSON = frozenset({"nav.name_mangled", "nav.code_unknown", "nav.workplace_unknown", "nav.days_reversed"})
"""Why a line was parked that no better knowledge of our own cures."""


@dataclass(slots=True)
class Placing:
    """What lines are placed by: the persons' cases, and the open items where a line without days asks for them."""

    tx: Transaction
    cases: Mapping[UUID, Sequence[Known]]
    open_items: Mapping[ItemKey, int] | None = None

    def place(self, line: ReportLine, person: UUID | None, pays_on: date) -> tuple[Part, ...] | Said:
        """Give the parts of a line, or say why it is parked."""
        if person is None:
            return said("refusjon.parked_no_person", code=line.code, amount_ore=line.amount)
        known = self.cases.get(person, ())
        return place(line, pays_on, known, self._open(pays_on) if line.period is None else {})

    def _open(self, pays_on: date) -> Mapping[ItemKey, int]:
        if self.open_items is None:
            found = everything(self.tx, first_of_month(pays_on), lambda _part: True, self.tx.at.day)
            self.open_items = {
                key: item.wanted.amount - (item.came.amount if item.came else 0) for key, item in found.items.items()
            }
        return self.open_items


def placing(tx: Transaction) -> Placing:
    """Read the cases of all persons."""
    absences = {(row.number, row.absence_number): row for row in cast("Sequence[AbsenceTold]", tx.norway.facts.current(AbsenceTold))}
    cases: dict[UUID, list[Known]] = {}
    for case in tx.norway.facts.cases():
        told = absences[case.employment_number, case.absence_number]
        cases.setdefault(case.person, []).append(Known(case.id, case.benefit, told.first_day, told.last_day))
    return Placing(tx, cases)


def place_parked(tx: Transaction) -> int:
    """Place the parked lines that the house can place by now; gives how many."""
    waiting = [line for line in tx.norway.reports.parked() if line.placed_by is None and line.because.key not in FOR_A_PERSON]
    if not waiting:
        return 0
    by, placed = placing(tx), 0
    for one in waiting:
        _, line, person = tx.norway.reports.parked_line(one.report, one.place)
        known = person or tx.norway.facts.persons([line.person]).get(line.person)
        found = by.place(line, known, one.pays_on)
        if not isinstance(found, Said):
            tx.norway.reports.put(one.report, one.place, found, BY_ITSELF, tx.at.now)
            placed += 1
    return placed


def place_line(ports: Ports, actor: Actor, institution: str, line: tuple[UUID, int], *, case_number: int, month: date) -> int:
    """Place a parked line on a month of a case, as a person says; gives its øre.

    The next run takes the money from the interim account to the item. Raises Refused where there is no such line or case, or
    where the line was placed before.
    """
    with ports.work(institution, actor) as tx:
        parked, told, _ = tx.norway.reports.parked_line(*line)
        case = next((case for case in tx.norway.facts.cases() if case.number == case_number), None)
        if case is None:
            raise Refused(said("refusjon.no_such_case", number=case_number))
        holiday = told.meaning is not None and told.meaning.holiday_pay
        item = ItemKey(case.id, date(month.year, 1, 1), Nature.HOLIDAY) if holiday else ItemKey(case.id, first_of_month(month))
        tx.norway.reports.put(*line, [Part(item, parked.amount, told.period)], actor.name, tx.at.now)
        tx.audit.note("nav_place_line", str(line[0]), {"place": line[1], "case": case_number, "amount": parked.amount})
        return parked.amount
