"""The people of a demo institution: they answer what the house asks after some days, from the truth, and invent nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from refusion.rehearsal.chance import drawn
from refusion.rehearsal.institution.facts import Institution, Spell, Worker
from refusion.store.reads.questions import OpenQuestion

SLOWEST = 12
"""The most days that somebody takes to answer."""
CASEWORKER, LEADER, ACCOUNTANT = "demo-sagsbehandler", "demo-leder", "demo-regnskab"
DOCUMENTS: Mapping[str, str] = MappingProxyType({
    "weekly_hours": "ansættelsesbrev",
    "hours_worked": "tidsregistrering",
    "agreement_56": "§ 56-aftale godkendt af kommunen",
    "fleksjob_decision": "kommunens bevilling af fleksjob",
    "child_born": "fødselsattest",
    "weeks_transferred": "varsling af orlov",
    "hospital_days": "sygehusets erklæring",
})
LEFT_TO_VISITORS = timedelta(days=30)
WEEK = timedelta(days=6)
AGREED_DAYS = timedelta(days=730)
"""An agreement under § 56 holds for two years at a time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers to a task in canonical text, the days it holds, and the document it stands in."""

    value: str
    valid_from: date
    valid_until: date | None
    document: str


class People:
    """Those who know the truth of an institution."""

    def __init__(self, truth: Institution) -> None:
        """Learn the truth."""
        self._truth = truth
        self._spells = {(spell.worker, spell.number): spell for spell in (*truth.spells, *truth.leaves)}

    def is_ready(self, question: OpenQuestion, day: date) -> bool:
        """Tell whether somebody turns to the task today: 0 to 12 days after it opened, but not before it was seen.

        Questions of the last month are left open: whoever visits the demo afterwards finds work to do.
        """
        if question.opened_on > self._truth.profile.last - LEFT_TO_VISITORS:
            return False
        delay = drawn(self._truth.profile.seed, SLOWEST + 1, "answer", question.task)
        return question.opened_on < day and question.opened_on + timedelta(days=delay) <= day

    def answer(self, question: OpenQuestion) -> Answer | None:
        """Answer from the truth; None to what nobody here can know."""
        worker = self._truth.workers.get(question.employment_number or "")
        spell = self._spells.get((question.employment_number or "", question.absence_number or ""))
        tell = _TELL.get(question.question or "")
        if worker is None or spell is None:
            return None
        known = spell.known.get(question.question or "")
        if known is not None:
            return Answer(known, spell.first_day, None, DOCUMENTS.get(question.question or "", "personalesag"))
        if tell is None:
            return None
        value, document = tell(worker, spell, question), DOCUMENTS.get(question.question or "", "personalesag")
        if question.about:
            week = date.fromisoformat(question.about)
            return Answer(value, week, week + WEEK, document)
        return Answer(value, spell.first_day, None, document)

    def agreements(self, day: date) -> list[Worker]:
        """Name those whose agreement under § 56 is on the table today, the day it begins."""
        return [worker for worker in self._truth.workers.values() if worker.agreement_56 == day]


def _weekly_hours(worker: Worker, _spell: Spell, _question: OpenQuestion) -> str:
    return str(worker.weekly_hours)


def _hours_worked(_worker: Worker, spell: Spell, question: OpenQuestion) -> str:
    return str(spell.worked.get(date.fromisoformat(question.about or ""), 0))


def _agreement(worker: Worker, spell: Spell, _question: OpenQuestion) -> str:
    return "yes" if worker.agreement_56 and worker.agreement_56 <= spell.first_day else "no"


def _fleksjob(worker: Worker, _spell: Spell, _question: OpenQuestion) -> str:
    return "yes" if worker.fleksjob else "no"


def _no(_worker: Worker, _spell: Spell, _question: OpenQuestion) -> str:
    return "no"


_TELL: Mapping[str, Callable[[Worker, Spell, OpenQuestion], str]] = MappingProxyType({
    "weekly_hours": _weekly_hours,
    "hours_worked": _hours_worked,
    "agreement_56": _agreement,
    "fleksjob_decision": _fleksjob,
    "pregnancy_cause": _no,
    "other_employer": _no,
})
