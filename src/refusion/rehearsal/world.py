"""The simulated world: day by day payroll delivers, people answer, the house works, the authority decides, the bank pays.

Everything follows from the plan, the day and what the house and the twin hold, and nothing done twice has another
effect than done once. So a run that was killed anywhere goes on from the day that the books stand at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from refusion.adapters.sls.twin import as_csv
from refusion.rehearsal.institution.days import after
from refusion.rehearsal.institution.facts import Profile, Worker
from refusion.rehearsal.institution.year import KINDS, Year, institution
from refusion.rehearsal.outside.answers import ACCOUNTANT, AGREED_DAYS, CASEWORKER, DOCUMENTS, People
from refusion.rehearsal.outside.authority import NOT_THERE, Counterpart
from refusion.rehearsal.outside.clock import VirtualClock
from refusion.rehearsal.outside.payments import sample_statement, statement_of
from refusion.rehearsal.profiles import Plan
from refusion.rehearsal.side_by_side import SideBySide
from refusion.store.reads.questions import OpenQuestion, employments_without, open_questions
from refusion.wiring.house import House
from refusion.workflow.ports.institution import HOUSE, Actor

PEOPLE, DAY = "demo people", "demo day"
"""The steps of the rehearsal that are noted in the books."""
MOST_ROUNDS = 10
TRIES = 5
PURPOSE = "rehearsal"
AGREEMENT = "agreement_56"
CLOSING_REASON = "kommunens afgørelse er gennemgået og godtaget"
ANSWERABLE, DIFFERENCE = "answer_missing", "difference"
CASEWORK = Actor(CASEWORKER, frozenset({"caseworker"}))
ACCOUNTS = Actor(ACCOUNTANT, frozenset({"accountant"}))


@dataclass(frozen=True, slots=True)
class Stage:
    """One institution of the world: what payroll will tell, and the people who know the truth."""

    profile: Profile
    year: Year
    people: People


class World:
    """Connects the house with the payroll, the people, the authority's twin and the bank of a plan."""

    def __init__(self, house: House, plan: Plan, clock: VirtualClock, authority: Counterpart) -> None:
        """Take the house, whose clock and authority are the ones given."""
        self.house, self.plan, self.clock, self.authority = house, plan, clock, authority
        self._acted: dict[str, date] = {}
        self._stages = tuple(_stage(profile) for profile in plan.profiles)
        self._beside = SideBySide(len(self._stages) - 1)

    def close(self) -> None:
        """End the threads that the institutions live in."""
        self._beside.close()

    def lived_until(self) -> date | None:
        """Give the last day that is over at every institution."""
        return self.house.last_done(HOUSE, self.plan.profiles[-1].code, DAY)

    def next_day(self) -> date:
        """Give the day that is to be lived next."""
        over = self.lived_until()
        return self.plan.first if over is None else after(over, 1)

    def live(self, until: date, tell: Callable[[date], None] = lambda _day: None) -> None:
        """Live all days up to one, from where the books stand; ``tell`` hears each day that is over."""
        day = self.next_day()
        while day <= until:
            self.live_day(day)
            tell(day)
            day += timedelta(days=1)

    def live_day(self, day: date) -> None:
        """Live one day; when the twin dies in the middle of it, start it again and repeat the day.

        Raises OSError when it can't be kept alive.
        """
        last: Exception = OSError("the twin does not stay alive")
        for _ in range(TRIES):
            starts = self.authority.ensure()
            try:
                self._live(day)
            except NOT_THERE as gone:
                last = gone
                continue
            if self.authority.is_up() and self.authority.starts == starts:
                break
        else:
            raise last
        # The institutions live a day together, so the last one's note says that all have lived it.
        self.house.mark_step(HOUSE, self.plan.profiles[-1].code, day, DAY)

    def _live(self, day: date) -> None:
        self.clock.begin(day)
        self.authority.set_clock(self.clock.now())
        paid = self.authority.payments(day)
        self._beside.each(lambda stage: self._live_at(stage, day, paid), self._stages)

    def _live_at(self, stage: Stage, day: date, paid: Sequence[Mapping[str, Any]]) -> None:
        self._deliver_payroll(stage, day)
        self._deliver_statements(stage, day, paid)
        self._let_people_act(stage, day)
        self._let_the_house_work(stage.profile.code)

    def _deliver_payroll(self, stage: Stage, day: date) -> None:
        code = stage.profile.code
        for kind in KINDS:
            rows = stage.year.rows(day, kind)
            if rows:
                name = f"{kind}-{code.lower()}-{day.isoformat()}.csv"
                self.house.absorb_payroll(HOUSE, code, kind, name, as_csv(code, rows))

    def _deliver_statements(self, stage: Stage, day: date, paid: Sequence[Mapping[str, Any]]) -> None:
        made = (statement_of(stage.profile, day, paid), sample_statement(stage.profile, day))
        for statement in made:
            if statement is not None:
                self.house.absorb_bank(HOUSE, stage.profile.code, *statement)

    def _let_people_act(self, stage: Stage, day: date) -> None:
        """Let people answer once a day; what the house asks today they see tomorrow."""
        code = stage.profile.code
        acted = self._acted.get(code) or self.house.last_done(HOUSE, code, PEOPLE)
        if acted is not None and acted >= day:
            return
        agreed = {worker.number: worker for worker in stage.people.agreements(day)}
        with self.house.reading(HOUSE, code, PURPOSE):
            questions = [one for one in open_questions((ANSWERABLE, DIFFERENCE)) if stage.people.is_ready(one, day)]
            to_enter = employments_without(AGREEMENT, tuple(agreed))
        for number, employment in to_enter.items():
            self._enter_agreement(code, employment, agreed[number])
        for question in questions:
            self._act(stage, question)
        self.house.mark_step(HOUSE, code, day, PEOPLE)
        self._acted[code] = day

    def _enter_agreement(self, code: str, employment: UUID, worker: Worker) -> None:
        if worker.agreement_56 is not None:
            until = worker.agreement_56 + AGREED_DAYS
            since, document = worker.agreement_56, DOCUMENTS[AGREEMENT]
            self.house.enter_fact(
                CASEWORK, code, employment, AGREEMENT, "yes", valid_from=since, valid_until=until, document=document
            )

    def _act(self, stage: Stage, question: OpenQuestion) -> None:
        code = stage.profile.code
        if question.kind == DIFFERENCE and question.claim is not None:
            self.house.close_difference(ACCOUNTS, code, question.claim, CLOSING_REASON)
            return
        answer = stage.people.answer(question)
        if answer is not None:
            since, until = answer.valid_from, answer.valid_until
            self.house.answer_question(
                CASEWORK, code, question.task, answer.value, answer.document, valid_from=since, valid_until=until
            )

    def _let_the_house_work(self, code: str) -> None:
        """Let the house do its day in its own order, filing in rounds until nothing is due and nothing in doubt.

        What an interruption left in doubt is then known before the day's decisions are read, as without it.
        """
        self.clock.begin(self.clock.today())
        self.house.begin_day(HOUSE, code)
        done = self.house.file_due(HOUSE, code)
        for _ in range(MOST_ROUNDS):
            if not done.in_doubt:
                break
            self.clock.next_round()
            self.authority.ensure()
            self.authority.set_clock(self.clock.now())
            done = self.house.file_due(HOUSE, code)
        self.house.end_day(HOUSE, code)


def _stage(profile: Profile) -> Stage:
    truth = institution(profile)
    return Stage(profile, Year(truth), People(truth))
