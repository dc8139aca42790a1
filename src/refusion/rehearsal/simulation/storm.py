"""The simulated world in a storm: files in disorder, people away, and a house that dies and is started again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from django.db import connection

from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.rehearsal.chance import drawn
from refusion.rehearsal.institution.facts import Institution
from refusion.rehearsal.institution.year import Year, institution
from refusion.rehearsal.outside.answers import SLOWEST, People
from refusion.rehearsal.outside.authority import Manners
from refusion.rehearsal.outside.clock import VirtualClock, morning_of
from refusion.rehearsal.outside.near import NearAuthority
from refusion.rehearsal.simulation.deaths import Fate, HouseDied, MortalWork
from refusion.rehearsal.simulation.plan import YearPlan
from refusion.rehearsal.simulation.post import Letter, Post
from refusion.rehearsal.simulation.trace import Trace
from refusion.rehearsal.stage import BANK, CONTACT, MANDATE, switch_on
from refusion.rehearsal.world import Stage, World
from refusion.store.reads.questions import OpenQuestion
from refusion.wiring.founding import banked, founded
from refusion.wiring.house import House
from refusion.wiring.parts import ports_of
from refusion.workflow.ports.authority import Message
from refusion.workflow.ports.institution import HOUSE, Settings

NAMES = UUID("2d1c0c39-8f0b-5f3e-9a7c-61f0a4b3c5de")
"""The root of the simulated institutions' ids."""
FILING_DAY = 21
"""Fourteen days and one before the five weeks are over: who files on the 28th day outlives an outage of a week alone."""
RELENTLESS_EVERY = 120
"""On one day in so many the house dies at each commit point in turn."""
MOST_DEATHS = 2000


class AwayPeople(People):
    """People who are on holiday at times, all of them at once."""

    def __init__(self, truth: Institution, holidays: tuple[tuple[date, date], ...]) -> None:
        """Learn the truth and when nobody is there."""
        super().__init__(truth)
        self._holidays, self._seed = holidays, truth.profile.seed

    def is_ready(self, question: OpenQuestion, day: date) -> bool:
        """Tell whether somebody turns to the task today: within twelve days, but not while everybody is away."""
        if any(first <= day <= last for first, last in self._holidays):
            return False
        delay = drawn(self._seed, SLOWEST + 1, "answer", question.task)
        return question.opened_on < day and question.opened_on + timedelta(days=delay) <= day


@dataclass(frozen=True, slots=True)
class Outside:
    """What lives on when the house dies: the letter box, and the trace of what happened."""

    post: Post
    trace: Trace


class StormyWorld(World):
    """One life of a house: from a start or a death to the next death."""

    def __init__(self, house: House, year: YearPlan, clock: VirtualClock, authority: NearAuthority, outside: Outside) -> None:
        """Take the house and what is drawn for the year."""
        super().__init__(house, year.plan, clock, authority)
        (stage,) = self._stages
        self._stages = (replace(stage, people=AwayPeople(stage.year.truth, year.holidays)),)
        self._post, self._trace, self._authority = outside.post, outside.trace, authority

    def _deliver_payroll(self, stage: Stage, day: date) -> None:
        for letter in self._post.payroll(day):
            self._trace.tell(self.clock.now(), "came", *told(letter))
            self.house.absorb_payroll(HOUSE, stage.profile.code, letter.kind, letter.name, letter.raw)

    def _deliver_statements(self, stage: Stage, day: date, paid: object) -> None:  # noqa: ARG002 - the post asks for more days
        for letter in self._post.bank(day, self._authority.payments):
            self._trace.tell(self.clock.now(), "came", *told(letter))
            self.house.absorb_bank(HOUSE, stage.profile.code, letter.name, letter.raw)


class Storm:
    """One institution-year: the world outside, which lives on, and the house, which dies and is started again."""

    def __init__(self, year: YearPlan, trace: Trace) -> None:
        """Set the year up in a database that is up and empty, with Django set up."""
        self.year, self.trace = year, trace
        profile = year.profile
        self.fate = Fate(profile.seed, self._died)
        self.clock = VirtualClock(morning_of(profile.first))
        self.authority = NearAuthority(
            profile.first, Manners(str(profile.seed), year.plan.faults), self.fate.passes, self._sent
        )
        self.authority.order("set", **year.errors)
        settings = Settings(filing_day=FILING_DAY, contact=CONTACT, nightly_reconciliation=False)
        founded(profile.code, profile.name, uuid5(NAMES, profile.code), (profile.company_number, profile.unit_number), settings)
        banked(f"{MANDATE}-{profile.code}", BANK, [(profile.account, "DKK", profile.code)])
        self.today, self.messages = profile.first, 0
        truth = institution(profile)
        self._outside = Outside(Post(profile, Year(truth)), trace)
        self._ports = ports_of(self.clock, self.authority)
        switch_on(self.house(), profile)
        self.world = self._born()

    def house(self) -> House:
        """Give a house that does not die, to look at the books with."""
        return House(replace(self._ports, authority=NemRefusion(self.authority)))

    def _born(self) -> StormyWorld:
        """Start a house that knows nothing but its books."""
        house = House(replace(self._ports, work=MortalWork(self._ports.work, self.fate), authority=NemRefusion(self.authority)))
        return StormyWorld(house, self.year, self.clock, self.authority, self._outside)

    def live(self, day: date) -> None:
        """Live a day, as many times as the house dies on it."""
        self.today = day
        relentless = drawn(self.year.profile.seed, RELENTLESS_EVERY, "relentless", day) == 0
        self.fate.begin_day(relentless=relentless)
        for _ in range(MOST_DEATHS):
            try:
                self.world.live_day(day)
            except HouseDied:
                connection.close()
                self.world = self._born()
                self.fate.live_again()
            else:
                return
        raise RuntimeError("the house dies without end")

    def _died(self, place: str) -> None:
        self.trace.tell(self.now, "died", place)

    def _sent(self, message: Message, manner: str) -> None:
        self.messages += 1
        self.trace.tell(self.now, "sent", message.operation, sha256(message.raw).hexdigest()[:16], manner)

    @property
    def now(self) -> datetime:
        """Give the instant."""
        return self.clock.now()


def told(letter: Letter) -> tuple[str, str]:
    """Give how a letter stands in a trace."""
    return letter.name, sha256(letter.raw).hexdigest()[:16]
