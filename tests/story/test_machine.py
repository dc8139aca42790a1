"""Whatever happens in whatever order: the books balance, nothing is asked twice, nothing waits unseen, a day again is no day."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from refusion.absences.facts import Question
from refusion.adapters.bank.twin import Payment
from refusion.cases.facts import State as CaseState
from refusion.cases.states import CLOSED
from refusion.claims.states import FILED
from refusion.values.period import ONE_DAY, first_of_month, months_after
from refusion.watch.facts import Kind
from refusion.wiring.database.clones import cloned
from refusion.workflow.cases.retry import retry_refused
from refusion.workflow.settlements.close import close_difference
from tests.story.diary import ACCOUNTANT, CASEWORKER, PLACES, Diary, opened_diary
from tests.story.line import FILE, refuses
from tests.story.payroll import hired, paid, paid_through, sick, withdrawn
from tests.workflow.dump import dumped

PEOPLE = ("1", "2")
PERSON, CHOSEN = st.sampled_from(PEOPLE), st.integers(0, 1)
FAULTS = ("drop", "lose", "fail", "garble", "truncate", "refuse")
FIRST = date(2025, 3, 3)


class House(RuleBasedStateMachine):
    """Two employees, their payroll, people, authority and bank."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(cloned())
        self.diary: Diary = self.stack.enter_context(opened_diary())
        self.absent: dict[str, date] = {}
        self.ends: dict[str, date] = {}
        self.held: list[Payment] = []
        self.is_faulty = False

    @initialize(knows_hours=st.booleans(), gross=st.integers(15_000_00, 45_000_00))
    def hire(self, knows_hours: bool, gross: int) -> None:
        people = [hired("1"), hired("2", weekly_hours=3000 if knows_hours else None, since="2025-02-20")]
        self.diary.on(FIRST.isoformat()).payroll_says(people, *(paid_through(one, "2024-12", "2025-12", gross) for one in PEOPLE))

    @property
    def today(self) -> date:
        return self.diary.clock.today()

    def one_absent(self, chosen: int) -> str:
        return sorted(self.absent)[chosen % len(self.absent)]

    def tell(self, person: str, last: date | None = None, partial: date | None = None) -> None:
        until, since = (day.isoformat() if day else None for day in (last, partial))
        self.diary.payroll_says(sick(person, self.absent[person].isoformat(), until, since))
        self.ends.pop(person, None)
        if last is not None:
            self.ends[person] = last
        self.diary.the_house_works()

    @precondition(lambda self: len(self.absent) < len(PEOPLE))
    @rule(ago=st.integers(0, 45))
    def fall_ill(self, ago: int) -> None:
        person = PEOPLE[len(self.absent)]
        self.absent[person] = max(self.today - timedelta(days=ago), FIRST)
        self.tell(person)

    @precondition(lambda self: self.absent)
    @rule(chosen=CHOSEN, ago=st.integers(1, 40))
    def come_back(self, chosen: int, ago: int) -> None:
        person = self.one_absent(chosen)
        self.tell(person, max(self.today - timedelta(days=ago), self.absent[person]))

    @precondition(lambda self: self.absent)
    @rule(chosen=CHOSEN)
    def still_be_absent(self, chosen: int) -> None:
        person = self.one_absent(chosen)
        self.tell(person)

    @precondition(lambda self: self.absent)
    @rule(chosen=CHOSEN, ago=st.integers(0, 20))
    def work_some_hours(self, chosen: int, ago: int) -> None:
        person = self.one_absent(chosen)
        if person in self.ends:
            return
        day = max(self.today - timedelta(days=ago), self.absent[person])
        self.tell(person, None, day - timedelta(days=day.weekday()) if day.weekday() <= (day - self.absent[person]).days else day)

    @precondition(lambda self: self.absent)
    @rule(chosen=CHOSEN, move=st.integers(-5, 5))
    def move_the_first_day(self, chosen: int, move: int) -> None:
        person = self.one_absent(chosen)
        self.absent[person] = max(FIRST, self.absent[person] + timedelta(days=move))
        last = self.ends.get(person)
        self.tell(person, last and max(last, self.absent[person]))

    @precondition(lambda self: self.absent)
    @rule(chosen=CHOSEN)
    def withdraw(self, chosen: int) -> None:
        person = self.one_absent(chosen)
        self.ends.pop(person, None)
        self.diary.payroll_says(withdrawn(person, self.absent[person].isoformat()))
        self.diary.the_house_works()

    @rule(person=PERSON, back=st.integers(0, 4), gross=st.integers(15_000_00, 45_000_00))
    def correct_the_pay(self, person: str, back: int, gross: int) -> None:
        month = max(months_after(first_of_month(self.today), -back), date(2024, 12, 1))
        self.diary.payroll_says(paid(person, month.strftime("%Y-%m"), gross))
        self.diary.the_house_works()

    @rule(hours=st.sampled_from(["0", "1000", "1850", "3500"]))
    def answer(self, hours: str) -> None:
        for question, value in ((Question.WEEKLY_HOURS, "3700"), (Question.HOURS_WORKED, hours)):
            self.diary.caseworker_answers(value, kind=question)
        self.diary.the_house_works()

    @precondition(lambda self: self.today < date(2025, 9, 1))
    @rule(days=st.integers(1, 35), faithful=st.booleans())
    def pass_days(self, days: int, faithful: bool) -> None:
        for _ in range(days):
            self.next_day(faithful)
        self.diary.the_house_works()
        if not self.is_faulty:
            before = dumped(self.diary)
            self.diary.the_house_works()
            assert dumped(self.diary) == before

    def next_day(self, faithful: bool) -> None:
        diary = self.diary.on((self.today + ONE_DAY).isoformat())
        if faithful:
            paid_today = diary.the_bank_pays()
        else:
            paid_today, day = None, self.today.isoformat()
            for one in diary.authority("payments", **{"from": day, "to": day})["items"]:
                if one["cvr"] == PLACES[diary.code][1][0]:
                    self.held.append(Payment(self.today, one["amount_ore"], one["reference"], (one["text"],), one["payer"]))
        if paid_today or self.today.weekday() == 0 or self.today.day in (1, 2):
            diary.the_house_works()

    @rule(fault=st.sampled_from(FAULTS), times=st.integers(1, 2))
    def trouble(self, fault: str, times: int) -> None:
        self.diary.the_authority(fault, times=times)
        self.is_faulty = True

    @rule()
    def no_trouble(self) -> None:
        self.diary.the_authority()
        self.diary.later(60).the_house_works()
        self.diary.later(60).the_house_works()
        self.is_faulty = False

    @rule()
    def be_refused(self) -> None:
        self.diary.line.befall(FILE, refuses)

    @precondition(lambda self: self.held)
    @rule(less=st.sampled_from([0, 0, 100_00]))
    def pay_what_was_held_back(self, less: int) -> None:
        lines = [Payment(self.today, one.amount - less, one.reference, one.text, one.payer) for one in self.held]
        self.held.clear()
        self.diary.the_bank_tells(*lines)
        self.diary.the_house_works()

    @rule()
    def let_people_act(self) -> None:
        for task in self.diary.tasks(Kind.DIFFERENCE, Kind.REFUSED_BY_AUTHORITY):
            if task.kind is Kind.REFUSED_BY_AUTHORITY and task.case is not None and task.id in {one.id for one in self.diary.tasks()}:
                retry_refused(self.diary.ports, CASEWORKER, self.diary.code, task.case)
            elif task.claim is not None and self.state_of(task.claim) == "differing":
                close_difference(self.diary.ports, ACCOUNTANT, self.diary.code, task.claim, "gennemgået")
        self.diary.the_house_works()

    def state_of(self, claim: object) -> str:
        return str(self.diary.value("SELECT state FROM claim WHERE id = %(claim)s", claim=claim))

    @invariant()
    def books_balance_and_nothing_is_held_twice(self) -> None:
        self.diary.the_books_balance()

    @invariant()
    def filed_claims_follow_one_another(self) -> None:
        held: dict[str, list[tuple[date, date]]] = {}
        for _, one in self.diary.host._state.scan("report"):
            if one["form"] == "DP202" and one["standing"] != "annulleret":
                period = (date.fromisoformat(one["fields"][f"Refusionsperiode{end}"]) for end in ("Fra", "Til"))
                held.setdefault(one["bundle"], []).append(tuple(period))  # type: ignore[arg-type]
        for periods in held.values():
            assert all(later[0] == earlier[1] + ONE_DAY for earlier, later in pairwise(sorted(periods))), periods

    @invariant()
    def the_authority_refuses_nothing_that_the_house_says(self) -> None:
        refused = self.diary.rows("SELECT kind, answer_code FROM filing WHERE state = 'rejected' AND answer_code <> 'HTTP 400'")
        assert refused == []

    @invariant()
    def claims_never_overlap(self) -> None:
        for person in self.absent:
            if self.diary.case_or_none(person):
                filed = [claim for claim in self.diary.claims(person) if claim.state in FILED]
                assert all(later.period.first > earlier.period.last for earlier, later in pairwise(filed)), filed

    @invariant()
    def nothing_waits_unseen(self) -> None:
        for person in self.absent:
            case = self.diary.case_or_none(person)
            if case is None or case.state in CLOSED | {CaseState.RUNNING}:
                continue
            if case.state is CaseState.WATCHING:
                assert case.file_on <= case.notify_by or case.known_on > case.notify_by or case.opened_on >= case.notify_by
                continue
            open_filing = self.diary.value("SELECT count(*) FROM filing WHERE case_id = %(case)s AND state IN ('intended', 'sending', 'unknown')", case=case.id)
            open_task = any(task.case == case.id for task in self.diary.tasks())
            open_claims = any(claim.state.value in ("accepted", "decided", "drafted") for claim in self.diary.claims(person))
            assert open_filing or open_task or open_claims, case

    def teardown(self) -> None:
        try:
            self.everything_comes_to_its_end()
        finally:
            self.stack.close()

    def everything_comes_to_its_end(self) -> None:
        self.diary.line.troubles.clear()
        self.no_trouble()
        for _ in range(4):
            if self.held:
                self.pay_what_was_held_back(0)
            self.answer("1000")
            self.let_people_act()
            for _ in range(31):
                self.next_day(faithful=True)
            self.diary.the_house_works()
        for check in (self.books_balance_and_nothing_is_held_twice, self.filed_claims_follow_one_another, self.nothing_waits_unseen):
            check()
        for person in self.ends:
            case = self.diary.case_or_none(person)
            assert case is None or case.state in CLOSED or any(task.case == case.id for task in self.diary.tasks()), case


@pytest.mark.usefixtures("house_server")
class TestHouse(House.TestCase):  # type: ignore[misc,valid-type]
    """Runs the machine."""

    settings = settings(
        max_examples=6, stateful_step_count=15, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
    )
