"""Whole journeys of a self-employed person's case through the verbs: both authorities near, every way in, what goes wrong among it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_DNS, uuid5

import pytest

from refusion.cases.self_employed.facts import Event, State, Track
from refusion.rehearsal.faults import Fault
from refusion.rehearsal.self_employed.world import SelfWorld
from refusion.values.said import BadInput, Refused
from refusion.wiring.founding import founded
from refusion.workflow.ports.institution import HOUSE, Actor, Settings
from refusion.workflow.ports.self_employed.cases import FilingState, Form, Person, SelfCase
from refusion.workflow.self_employed.keep import Entry, Opening
from refusion.workflow.self_employed.look import CaseView
from refusion.workflow.self_employed.opening import read_opening
from refusion.workflow.self_employed.post import Reply

CODE = "RAADGIVER"
KIM = Actor("kim", frozenset({"caseworker"}))
BERIT = Person("6101651236", "Berit Bager", "12345678")
FIRST = date(2022, 3, 1)
Opened = Callable[..., "Story"]


class Story:
    """One case in its world, told day by day."""

    def __init__(self, world: SelfWorld, **facts: object) -> None:
        self.world = world
        opening = replace(Opening(BERIT, FIRST, income_year=900_000_00), **facts)  # type: ignore[arg-type]
        self.number = world.house.open_self_employed(KIM, CODE, opening).number or 0

    def on(self, day: date) -> Story:
        self.world.turn_to(day)
        return self

    def file(self, form: Form) -> None:
        self.world.house.intend_self_employed(KIM, CODE, self.number, form)

    def works(self) -> int:
        return self.world.house.self_employed_day(HOUSE, CODE)

    def record(self, event: Event, **facts: object) -> SelfCase:
        return self.world.house.record_self_employed(KIM, CODE, self.number, Entry(event, self.world.clock.today(), facts))

    def gets(self, event: Event, **facts: object) -> None:
        self.world.writes(self.view().case.id, event.value, facts)
        self.works()

    def view(self) -> CaseView:
        return self.world.house.self_employed_case(KIM, CODE, self.number)

    @property
    def state(self) -> State:
        return self.view().case.course.main

    def due(self) -> dict[str, date]:
        return {each.wait.kind: each.wait.due for each in self.view().waits}

    def granted(self) -> Story:
        """File, answer the form, and let the municipality grant."""
        self.on(date(2022, 3, 10)).file(Form.NOTIFICATION)
        self.file(Form.REQUEST)
        self.works()
        self.on(date(2022, 3, 14)).gets(Event.FORM_SENT, answer_by=date(2022, 3, 22))
        self.on(date(2022, 3, 20)).world.house.answer_self_employed_form(KIM, CODE, self.number, Reply(date(2022, 6, 1)))
        self.on(date(2022, 3, 25)).gets(Event.GRANTED, benefit_from=date(2022, 3, 15))
        return self


@pytest.fixture
def opened(house_database: str) -> Opened:
    """Give stories, each in a world of its own at one institution."""
    founded(CODE, "Rådgiverne", uuid5(NAMESPACE_DNS, "raadgiver"), ("12345678", "1234567890"), Settings(contact="Rådgiverne"))

    def open_story(*faults: Fault, **facts: object) -> Story:
        return Story(SelfWorld(CODE, date(2022, 3, 8), faults), **facts)

    return open_story


def test_from_notification_to_the_last_payment(opened: Opened) -> None:
    story = opened().granted()
    assert story.state is State.RUNNING
    assert story.due()["payment"] == date(2022, 3, 31)
    story.on(date(2022, 3, 31)).world.house.record_self_employed_payment(KIM, CODE, story.number, on=date(2022, 3, 31), paid_ore=8037_00)
    story.on(date(2022, 4, 6)).record(Event.FIT_AGAIN)
    assert story.state is State.PAYING_OUT
    last = story.view().expected[-1]
    story.on(last.day).world.house.record_self_employed_payment(KIM, CODE, story.number, on=last.day, paid_ore=last.amount - 100)
    view = story.view()
    assert view.case.course.main is State.ENDED
    assert view.case.course.words["ended_because"] == "recovered"
    assert view.difference == -100
    assert view.waits == ()
    assert [filing.state for filing in view.filings] == [FilingState.ACCEPTED] * 2


def test_a_day_done_twice_changes_nothing_more(opened: Opened) -> None:
    story = opened().granted()
    before = story.view()
    story.works()
    story.works()
    after = story.view()
    assert (before.case, before.steps, before.waits) == (after.case, after.steps, after.waits)
    again = story.world.house.open_self_employed(KIM, CODE, Opening(BERIT, FIRST, income_year=900_000_00))
    assert again.number == story.number
    with pytest.raises(Refused, match="opened_otherwise"):
        story.world.house.open_self_employed(KIM, CODE, Opening(BERIT, FIRST, income_year=1))


@pytest.mark.parametrize("fault", ["lose", "drop", "fail", "truncate", "garble"])
def test_a_form_is_received_once_whatever_happens_on_the_way(opened: Opened, fault: str) -> None:
    story = opened()
    story.world.nemrefusion.order("faults", rules=[{"kind": fault, "per_mille": 1000, "times": 1, "on": ["OpretRetIndberetninger"]}])
    story.file(Form.NOTIFICATION)
    story.file(Form.REQUEST)
    for day in range(9, 18):
        story.on(date(2022, 3, day)).works()
    assert story.state is State.REQUESTED
    counts = story.world.nemrefusion.order("counts")
    assert (counts["double_filings"], counts["by_form"]) == (0, {"Opret DP200C": 1, "Opret DP200CAnmodning": 1})


def test_a_refused_form_is_seen_and_may_be_filed_anew(opened: Opened) -> None:
    story = opened(person=replace(BERIT, national_number=""))
    story.file(Form.NOTIFICATION)
    story.works()
    filing = story.view().filings[0]
    assert (filing.state, filing.answer[:4]) == (FilingState.REJECTED, "1001")
    assert story.state is State.OPENED
    story.file(Form.NOTIFICATION)
    assert [each.state for each in story.view().filings] == [FilingState.REJECTED, FilingState.INTENDED]
    with pytest.raises(Refused, match="filed_already"):
        story.file(Form.NOTIFICATION)


def test_an_adviser_needs_a_power_that_holds_today(opened: Opened) -> None:
    story = opened(by_adviser=True)
    with pytest.raises(Refused, match="no_power"):
        story.file(Form.NOTIFICATION)
    story.record(Event.POWER_GIVEN, adviser="Rådgiver", power_until=date(2022, 3, 9))
    story.on(date(2022, 3, 10))
    with pytest.raises(Refused, match="no_power"):
        story.file(Form.NOTIFICATION)
    story.record(Event.POWER_GIVEN, adviser="Rådgiver", power_until=date(2023, 3, 9))
    story.file(Form.NOTIFICATION)
    story.works()
    assert story.state is State.NOTIFIED


def test_paper_at_borgerservice_has_its_day(opened: Opened) -> None:
    story = opened()
    with pytest.raises(Refused, match="not_exempt"):
        story.record(Event.NOTIFIED, way="borgerservice")
    story.record(Event.EXEMPTION_SHOWN)
    story.record(Event.NOTIFIED, way="borgerservice")
    story.record(Event.REQUESTED, way="borgerservice")
    story.on(date(2022, 3, 14)).gets(Event.FORM_SENT, answer_by=date(2022, 3, 22))
    with pytest.raises(Refused, match="answers_on_paper"):
        story.world.house.answer_self_employed_form(KIM, CODE, story.number, Reply())
    case = story.on(date(2022, 3, 18)).record(Event.FORM_ANSWERED, way="borgerservice")
    assert (case.course.main, case.course.days["form_answered"]) == (State.APPLIED, date(2022, 3, 18))
    assert story.due()["decision"] == date(2022, 4, 1)


def test_the_answers_receipt_day_is_the_day_of_application(opened: Opened) -> None:
    story = opened()
    with pytest.raises(Refused, match="no_form"):
        story.world.house.answer_self_employed_form(KIM, CODE, story.number, Reply())
    story.file(Form.NOTIFICATION)
    story.file(Form.REQUEST)
    story.works()
    story.on(date(2022, 3, 14)).gets(Event.FORM_SENT, answer_by=date(2022, 3, 22))
    story.world.post.order("faults", rules=[{"kind": "drop", "per_mille": 1000, "times": 1, "on": ["BesvarSkema"]}])
    with pytest.raises(Refused, match="answer_unknown"):
        story.on(date(2022, 3, 16)).world.house.answer_self_employed_form(KIM, CODE, story.number, Reply(wishes_standby=True))
    case = story.world.house.answer_self_employed_form(KIM, CODE, story.number, Reply(wishes_standby=True))
    assert case.course.days["form_answered"] == date(2022, 3, 16)
    assert case.course.on(Track.FOLLOW_UP) is State.STANDBY_ASKED
    assert len(story.world.post.order("answers")["items"]) == 1


def test_what_passes_is_seen_the_day_after_once(opened: Opened) -> None:
    story = opened()
    for day in range(1, 5):
        story.on(date(2022, 3, 20) + timedelta(days=day)).works()
    with story.world.house.ports.work(CODE, HOUSE) as tx:
        late = [wait for wait in tx.self_employed.cases.waits(None, date(2022, 3, 22)) if wait.warned_on]
    assert {(wait.wait.kind, wait.warned_on) for wait in late} == {("notification", date(2022, 3, 23)), ("request", date(2022, 3, 23))}


def test_a_letter_that_cannot_happen_stands_to_be_read(opened: Opened) -> None:
    story = opened()
    story.gets(Event.GRANTED, benefit_from=date(2022, 3, 15))
    assert story.state is State.OPENED
    assert story.view().to_read == ("letter-1",)
    story.works()
    assert story.view().to_read == ("letter-1",)


def test_undo_takes_back_what_a_person_recorded_and_no_more(opened: Opened) -> None:
    story = opened().granted()
    before = story.view().case.course
    story.on(date(2022, 4, 1)).record(Event.FIT_AGAIN)
    with pytest.raises(Refused, match="undo_reason"):
        story.world.house.undo_self_employed(KIM, CODE, story.number, " ")
    undone = story.world.house.undo_self_employed(KIM, CODE, story.number, "wrong person")
    assert undone.course == before
    with pytest.raises(Refused, match="undo_told"):
        story.world.house.undo_self_employed(KIM, CODE, story.number, "again")
    assert [step.undone_by for step in story.view().steps][-1] == "kim"


def test_nothing_happens_in_the_future_and_no_money_that_is_not_expected(opened: Opened) -> None:
    story = opened()
    with pytest.raises(Refused, match="in_future"):
        story.world.house.record_self_employed(
            KIM, CODE, story.number, Entry(Event.EXEMPTION_SHOWN, story.world.clock.today() + timedelta(days=1), {})
        )
    with pytest.raises(Refused, match="no_payment_expected"):
        story.world.house.record_self_employed_payment(KIM, CODE, story.number, on=date(2022, 3, 8), paid_ore=100)
    with pytest.raises(Refused, match="not_yours"):
        story.world.house.record_self_employed(Actor("eve", frozenset({"auditor"})), CODE, story.number, Entry(Event.WITHDRAWN, FIRST, {}))


def test_an_opening_is_read_with_every_problem_named_and_no_number_repeated() -> None:
    with pytest.raises(BadInput) as bad:
        read_opening({"national_number": "990000-0000", "cvr": "12", "email": "nobody", "first_absence_day": "soon", "colour": "red"})
    assert {problem.column for problem in bad.value.problems} == {
        "colour", "name", "income_year", "national_number", "cvr", "email", "first_absence_day"
    }  # fmt: skip
    assert not [problem for problem in bad.value.problems if problem.value and "990000" in problem.value]
    told = {"national_number": "610165-1236", "name": "Berit", "cvr": "12345678", "first_absence_day": "2022-03-01", "income_year": "350000"}
    assert read_opening(told).person.national_number == "6101651236"


def test_a_case_touched_on_the_day_after_is_warned_of_on_that_day_too(opened: Opened) -> None:
    story = opened()
    story.on(date(2022, 3, 22)).works()
    story.on(date(2022, 3, 23)).record(Event.FAST_TRACK_ASKED)
    story.works()
    with story.world.house.ports.work(CODE, HOUSE) as tx:
        late = {wait.warned_on for wait in tx.self_employed.cases.waits(None, date(2022, 3, 22))}
    assert late == {date(2022, 3, 23)}


def test_a_person_is_reminded_once_and_only_where_he_gave_an_address(opened: Opened) -> None:
    story = opened(person=replace(BERIT, email="berit@example.test"))
    other = opened(person=Person("6201651236", "Carl Carlsen", "12345678"))
    assert story.number != other.number
    assert story.on(date(2022, 3, 18)).world.house.remind_self_employed(KIM, CODE, "da") == ()
    mails = story.on(date(2022, 3, 20)).world.house.remind_self_employed(KIM, CODE, "da")
    assert [(mail.to, mail.reference) for mail in mails] == [("berit@example.test", f"{story.number}-2022-03-22")]
    assert "22. marts 2022" in mails[0].text
    assert story.on(date(2022, 3, 21)).world.house.remind_self_employed(KIM, CODE, "da") == ()


def test_who_notified_on_paper_and_requests_digitally_is_known_to_nemrefusion(opened: Opened) -> None:
    story = opened()
    story.record(Event.EXEMPTION_SHOWN)
    story.record(Event.NOTIFIED, way="borgerservice")
    story.record(Event.DIGITAL_AGAIN)
    story.file(Form.REQUEST)
    story.works()
    view = story.view()
    assert view.case.course.main is State.REQUESTED
    assert [filing.state for filing in view.filings] == [FilingState.ACCEPTED] * 2
    assert [step.happened.event for step in view.steps].count(Event.NOTIFIED) == 1


def test_what_was_withdrawn_before_it_went_is_not_sent(opened: Opened) -> None:
    story = opened()
    story.file(Form.NOTIFICATION)
    story.record(Event.WITHDRAWN)
    story.works()
    assert (story.state, story.view().filings[0].answer) == (State.WITHDRAWN, "withdrawn")
    assert story.world.nemrefusion.order("counts")["accepted"] == 0


def test_what_was_withdrawn_while_it_was_under_way_keeps_its_receipt(opened: Opened) -> None:
    story = opened()
    story.world.nemrefusion.order("faults", rules=[{"kind": "drop", "per_mille": 1000, "times": 1, "on": ["OpretRetIndberetninger"]}])
    story.file(Form.NOTIFICATION)
    story.works()
    story.record(Event.WITHDRAWN)
    story.on(date(2022, 3, 9)).works()
    assert (story.state, story.view().filings[0].state) == (State.WITHDRAWN, FilingState.ACCEPTED)


def test_what_cannot_be_written_down_is_refused_and_the_others_go_on(opened: Opened) -> None:
    bad = opened(person=replace(BERIT, name="Berit\x01"))
    good = Story(bad.world, person=Person("6201651236", "Carl Carlsen", "12345678"))
    bad.file(Form.NOTIFICATION)
    good.file(Form.NOTIFICATION)
    good.works()
    assert bad.view().filings[0].state is FilingState.REJECTED
    assert good.state is State.NOTIFIED
