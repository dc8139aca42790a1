"""A simulated year of self-employed persons who fall ill, lived through every verb of the house, day by day where something is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random
from uuid import UUID

from refusion.cases.self_employed.facts import Course, Event, Happened, State, Way
from refusion.cases.self_employed.tables import TRACK_OF
from refusion.cases.self_employed.waits import Wait, notify_by
from refusion.rehearsal.chance import chance
from refusion.rehearsal.self_employed.player import (
    ANSWERS,
    COMES,
    ENDS,
    Cell,
    acts_on,
    answer_to,
    paid_on,
    possible,
)
from refusion.rehearsal.self_employed.world import LETTER_OF, SelfWorld
from refusion.values.period import ONE_DAY
from refusion.workflow.ports.institution import HOUSE, Actor
from refusion.workflow.ports.self_employed.cases import Form, Person, SelfCase
from refusion.workflow.self_employed.keep import Entry, Opening
from refusion.workflow.self_employed.post import Reply

KIM = Actor("kim", frozenset({"caseworker"}))
FORMS = {Event.NOTIFIED: Form.NOTIFICATION, Event.REQUESTED: Form.REQUEST}
INSURANCES = (None, None, "day1_min", "day1_max", "day3_min", "day3_max")
ROUNDS, LONGEST, VISITS = 8, 420, 12
# A case in so many lives as long as the law lets it: two courses of clarification and more.
LIVES_LONG = 25
UNTIL = timedelta(days=1500)


@dataclass
class Simulated:
    """One case as its people know it: when they mean to do what, and how often they come by themselves."""

    number: int
    id: UUID
    chance: Random
    opened_on: date
    longest: int
    plans: dict[tuple[str, date, State], date | None] = field(default_factory=dict)
    visits: set[date] = field(default_factory=set)
    left: int = VISITS


@dataclass(frozen=True)
class Seen:
    """One case as it stands, with what it waits for."""

    number: int
    case: SelfCase
    waits: list[Wait]


class Year:
    """The year of a world: opens its cases over the year and lives until all are over."""

    def __init__(self, world: SelfWorld, seed: int, cases: int, first_day: date) -> None:
        """Plan the openings; nothing happens yet."""
        self.world, self.seed, self.first_day = world, seed, first_day
        self.walked: set[Cell] = set()
        self.cases: dict[int, Simulated] = {}
        self._days: list[tuple[date, int]] = []
        self._openings: dict[date, list[int]] = {}
        for number in range(cases):
            day = first_day + timedelta(days=chance(seed, "open", number).randrange(365))
            self._openings.setdefault(day, []).append(number)
            heappush(self._days, (day, 0))

    def live(self) -> int:
        """Live through all days on which something is due; give the number of such days."""
        count, last = 0, self.first_day + UNTIL
        while self._days and self._days[0][0] <= last:
            day, due = self._days[0][0], set[int]()
            while self._days and self._days[0][0] == day:
                due.add(heappop(self._days)[1])
            self._live_day(day, due - {0})
            count += 1
        return count

    def _live_day(self, day: date, due: set[int]) -> None:
        self.world.turn_to(day)
        # The day's work is done in the morning: what passed yesterday is seen before anybody acts today.
        self.world.house.self_employed_day(HOUSE, self.world.code)
        due |= {self._open(number, day) for number in self._openings.pop(day, ())}
        moved = due
        for _ in range(ROUNDS):
            moved = {each.number for each in self._standing(moved) if self._act(each, self.cases[each.number], day)}
            self.world.house.self_employed_day(HOUSE, self.world.code)
            if not moved:
                break
        for each in self._standing(due):
            self._plan_next(each, self.cases[each.number], day)

    def _standing(self, numbers: set[int]) -> list[Seen]:
        if not numbers:
            return []
        with self.world.house.ports.work(self.world.code, HOUSE) as tx:
            found = [(number, tx.self_employed.cases.find(number)) for number in sorted(numbers)]
            return [Seen(number, case, [each.wait for each in tx.self_employed.cases.waits(case.id, None)]) for number, case in found]

    def _open(self, drawn: int, day: date) -> int:
        dice = chance(self.seed, "case", drawn)
        weekdays = (1, 2, 3, 4, 5) if dice.random() < 0.5 else ()
        insurance = dice.choice(INSURANCES)
        first = Course(day, insurance, working_weekdays=weekdays)
        ago = min(dice.randrange(7), (notify_by(first) - day).days)
        opening = Opening(
            Person(f"{61 + drawn % 28}0165{drawn // 28:04d}", f"Prøve Person {drawn}", "12345678"),
            day - timedelta(days=ago),
            insurance,
            working_weekdays=weekdays,
            income_year=dice.randrange(0, 600_000_00),
            by_adviser=dice.random() < 0.2,
        )
        case = self.world.house.open_self_employed(KIM, self.world.code, opening)
        number = case.number or 0
        longest = 1400 if drawn % LIVES_LONG == 0 else LONGEST
        self.cases[number] = Simulated(number, case.id, dice, day, longest)
        if opening.by_adviser:
            self._record(number, Happened(Event.POWER_GIVEN, day, {"adviser": "Rådgiver", "power_until": day + timedelta(days=200)}))
        return number

    def _act(self, seen: Seen, told: Simulated, day: date) -> bool:
        """Let people do one thing that they planned for today or before; tell whether they did anything."""
        course = seen.case.course
        for wait in seen.waits:
            planned = told.plans.setdefault((wait.kind, wait.due, course.main), self._planned(wait, told, day))
            if planned is not None and planned <= day and self._answer(course, told, wait, day):
                return True
        if day in told.visits:
            told.visits.discard(day)
            return self._visit(course, told, day)
        return False

    def _planned(self, wait: Wait, told: Simulated, day: date) -> date | None:
        if wait.kind in COMES and (wait.kind == "benefit" or told.chance.random() < 0.3):
            return None
        return acts_on(wait, day, told.chance)

    def _answer(self, course: Course, told: Simulated, wait: Wait, day: date) -> bool:
        if wait.kind == "payment":
            happened = paid_on(course, day, short=told.chance.random() < 0.05)
        else:
            happened = answer_to(wait, list(possible(course, day, told.chance)), self.walked, course, told.chance)
        return self._does(course, told, happened)

    def _visit(self, course: Course, told: Simulated, day: date) -> bool:
        """Let something come of itself: what nobody walked yet where there is such; in the end, the end."""
        answers = {event for events in ANSWERS.values() for event in events}
        options = [each for each in possible(course, day, told.chance) if each.event not in answers or each.event in ENDS]
        old = (day - told.opened_on).days > told.longest
        ending = [each for each in options if each.event in ENDS]
        new = [each for each in options if (course.on(TRACK_OF[each.event]), each.event) not in self.walked]
        calm = [each for each in options if each.event not in ENDS] or options
        chosen = ending if old and ending else new or (ending if ending and told.chance.random() < 0.1 else calm)
        return self._does(course, told, told.chance.choice(chosen) if chosen else None)

    def _does(self, course: Course, told: Simulated, happened: Happened | None) -> bool:
        if happened is None:
            return False
        self.walked.add((course.on(TRACK_OF[happened.event]), happened.event))
        self._tell(told, happened)
        return True

    def _tell(self, told: Simulated, happened: Happened) -> None:
        """Tell the house on the way that such a thing comes: NemRefusion, a letter, Mit Sygefravær, or by hand."""
        house, code, way = self.world.house, self.world.code, happened.facts.get("way")
        if happened.event in FORMS and way == Way.NEMREFUSION.value:
            house.intend_self_employed(KIM, code, told.number, FORMS[happened.event])
        elif happened.event is Event.FORM_ANSWERED and way == Way.MIT_SYGEFRAVAER.value:
            house.answer_self_employed_form(KIM, code, told.number, Reply(wishes_standby=told.chance.random() < 0.05))
        elif happened.event is Event.PAID:
            house.record_self_employed_payment(KIM, code, told.number, on=happened.day, paid_ore=int(str(happened.facts["paid_ore"])))
        elif happened.event.value in LETTER_OF:
            self.world.writes(told.id, happened.event.value, happened.facts)
        else:
            self._record(told.number, happened)

    def _record(self, number: int, happened: Happened) -> None:
        self.world.house.record_self_employed(KIM, self.world.code, number, Entry(happened.event, happened.day, happened.facts))

    def _plan_next(self, seen: Seen, told: Simulated, day: date) -> None:
        """Come again when somebody means to do something, when the house looks, and now and then by oneself."""
        case = seen.case
        days = [case.next_look] if case.next_look else []
        for wait in seen.waits:
            planned = told.plans.setdefault((wait.kind, wait.due, case.course.main), self._planned(wait, told, day + ONE_DAY))
            days += [planned] if planned is not None and planned > day else []
        if told.left and not any(visit > day for visit in told.visits):
            told.left -= 1 if (day - told.opened_on).days <= told.longest else 0
            told.visits.add(day + timedelta(days=told.chance.randrange(3, 40)))
        days += [visit for visit in told.visits if visit > day]
        if days and not (case.course.main is State.WITHDRAWN and not seen.waits):
            heappush(self._days, (min(days), told.number))
