"""Orders at the service centre followed to the authority's receipt; stops of benefit kept in sight; answers approved beforehand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection

from refusion.adapters.nemrefusion.authority import NemRefusion
from refusion.values.said import Refused
from refusion.watch.deadlines import WorkingModel
from refusion.watch.facts import Kind, Turn
from refusion.watch.orders import Form, State
from refusion.watch.stops import Cause
from refusion.wiring.house import HOUSE
from refusion.wiring.parts import NotConnected
from refusion.wiring.trouble import NotReady
from refusion.workflow.ports.institution import Actor
from refusion.workflow.watch.rules import Proposal
from refusion.workflow.watch.settings import Change
from refusion.workflow.watch.stops import Stopped
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick
from tests.workflow.dump import dumped

ADMIN, LEADER, CASEWORKER = (Actor(role, frozenset({role})) for role in ("institution_admin", "leader", "caseworker"))
ALWAYS = date(2020, 1, 1)


def ordering(diary: Diary) -> Diary:
    """Let the institution order at the service centre."""
    diary.on("2025-03-03")
    diary.house().change_settings(ADMIN, diary.code, Change(working_model=WorkingModel.ORDERS))
    return diary


def sick_since_march(diary: Diary, partial_from: str | None = None) -> Diary:
    diary.payroll_says(hired(), paid_through("1", "2024-12", "2025-06"), sick(since="2025-03-03", partial_from=partial_from))
    diary.the_house_works()
    return diary


def orders(diary: Diary) -> list[tuple[str, str, date]]:
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        return [(row.form, row.state, row.order_by) for row in reads.orders()]


def the_order(diary: Diary):
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        (row,) = reads.orders()
    return row


def test_an_order_goes_from_its_form_to_the_authority_s_receipt_and_the_case_goes_on(diary: Diary) -> None:
    sick_since_march(ordering(diary))
    diary.every_day_until("2025-03-30").the_authority_holds().the_case_is("notifying")
    assert orders(diary) == [("new_sickness", "prepared", date(2025, 3, 31))]
    (task,) = diary.tasks(Kind.ORDER_DUE)
    assert (task.safe_day, task.legal_day, task.said.facts["form"]) == (date(2025, 3, 31), date(2025, 4, 7), "Refusion: Sygemelding (ny)")
    house, id = diary.house(), the_order(diary).id
    house.order_sent(CASEWORKER, diary.code, id, "SAM-1")
    assert diary.tasks(Kind.ORDER_DUE) == ()
    house.order_received(CASEWORKER, diary.code, id, "KV-1")
    assert orders(diary) == [("new_sickness", "received", date(2025, 3, 31))]
    diary.the_case_is("notifying")
    signed = datetime(2025, 3, 30, 6, 30, tzinfo=UTC)
    done = house.order_filed(CASEWORKER, diary.code, id, receipt="NR-9", authority_id="A-9", signed_at=signed)
    assert (done.state, done.form) == (State.FILED, Form.NEW_SICKNESS)
    diary.the_case_is("running").the_claims_are("drafted")
    assert (diary.case().authority_id, diary.case().notified_on) == ("A-9", date(2025, 3, 30))
    number = diary.case().number or 0
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        days = reads.case_days(number)
    assert days is not None
    (report,) = days.reports
    assert (report.signed_at, report.receipt, report.order_by, report.order_receipt) == (signed, "NR-9", date(2025, 3, 31), "KV-1")
    # The claim of somebody away altogether is asked for by the centre itself: no form, no task to send one.
    diary.until("2025-05-01")
    assert orders(diary) == [("none", "prepared", date(2025, 5, 12))]
    assert diary.tasks(Kind.ORDER_DUE) == ()
    claim_order = the_order(diary).id
    with pytest.raises(Refused, match="order_needs_none"):
        house.order_sent(CASEWORKER, diary.code, claim_order, "SAM-2")
    at = datetime(2025, 5, 1, 6, 0, tzinfo=UTC)
    house.order_filed(CASEWORKER, diary.code, claim_order, receipt="NR-10", authority_id="A-10", signed_at=at)
    diary.the_claims_are("accepted", "drafted").the_authority_holds()
    assert diary.balance("receivable") == diary.claims()[0].expected.total > 0


@pytest.mark.parametrize(
    ("signed", "day", "kept"),
    [
        # On 30 March 2025 the day has 23 hours: local midnight is 22 o'clock UTC. The law's last day is 7 April.
        (datetime(2025, 3, 30, 21, 59, 59, tzinfo=UTC), date(2025, 3, 30), True),
        (datetime(2025, 3, 30, 22, 0, 0, tzinfo=UTC), date(2025, 3, 31), True),
        (datetime(2025, 4, 7, 21, 59, 59, tzinfo=UTC), date(2025, 4, 7), True),
        (datetime(2025, 4, 7, 22, 0, 0, tzinfo=UTC), date(2025, 4, 8), False),
    ],
)
def test_the_signing_time_decides_in_local_days(diary: Diary, signed: datetime, day: date, kept: bool) -> None:
    sick_since_march(ordering(diary)).until("2025-04-09")
    diary.house().order_filed(CASEWORKER, diary.code, the_order(diary).id, receipt="NR-9", authority_id="A-9", signed_at=signed)
    assert diary.case().notified_on == day
    assert diary.claims()[0].period.first == (date(2025, 4, 2) if kept else day)
    assert bool(diary.value("SELECT count(*) FROM loss WHERE cause = 'late_notification'")) is not kept


def test_partial_absence_is_ordered_by_the_12th(diary: Diary) -> None:
    sick_since_march(ordering(diary), partial_from="2025-04-07").every_day_until("2025-03-30")
    at = datetime(2025, 3, 30, 6, 30, tzinfo=UTC)
    diary.house().order_filed(CASEWORKER, diary.code, the_order(diary).id, receipt="NR-9", authority_id="A-9", signed_at=at)
    diary.until("2025-05-01")
    diary.caseworker_answers("1800").every_day_until("2025-05-05")
    diary.caseworker_answers("1800").the_house_works()
    assert orders(diary) == [("follow_up", "prepared", date(2025, 5, 12))]


def test_who_orders_needs_no_connection_to_the_authority(diary: Diary) -> None:
    ordering(diary)
    alone = replace(diary, ports=replace(diary.ports, authority=NemRefusion(NotConnected()), connected=False))
    sick_since_march(alone).every_day_until("2025-03-30")
    assert orders(alone) == [("new_sickness", "prepared", date(2025, 3, 31))]
    diary.house().change_settings(ADMIN, diary.code, Change(working_model=WorkingModel.FILES_ITSELF))
    with pytest.raises(NotReady, match="no_authority"):
        alone.the_house_works()


def test_an_order_sent_back_is_made_again_and_an_unanswered_one_is_told_of(diary: Diary) -> None:
    sick_since_march(ordering(diary)).every_day_until("2025-03-30")
    house, first = diary.house(), the_order(diary).id
    house.order_sent(CASEWORKER, diary.code, first, "SAM-1")
    house.order_returned(CASEWORKER, diary.code, first, "the wrong form was used")
    again = the_order(diary)
    assert (again.id != first, again.state) == (True, "prepared")
    house.order_sent(CASEWORKER, diary.code, again.id, "SAM-2")
    diary.every_day_until("2025-04-04")
    assert diary.tasks(Kind.ORDER_UNANSWERED) == ()
    diary.every_day_until("2025-04-05")
    (task,) = diary.tasks(Kind.ORDER_UNANSWERED)
    assert (task.safe_day, task.legal_day, task.at_stake > 0) == (date(2025, 4, 5), date(2025, 4, 7), True)
    diary.every_day_until("2025-04-07")
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        late = {row.task: row.turn for row in reads.late_tasks()}
    assert late[task.id] == "leader"


@pytest.mark.parametrize(
    ("word", "because"),
    [("sent", "order_word_missing"), ("received", "order_word_missing"), ("returned", "order_not_now"), ("later", "order_signed_later")],
)
def test_what_cannot_happen_to_an_order_changes_nothing(diary: Diary, word: str, because: str) -> None:
    sick_since_march(ordering(diary)).every_day_until("2025-03-30")
    house, code, id = diary.house(), diary.code, the_order(diary).id
    verbs = {
        "sent": lambda: house.order_sent(CASEWORKER, code, id, " "),
        "received": lambda: house.order_received(CASEWORKER, code, id, ""),
        "returned": lambda: house.order_returned(CASEWORKER, code, id, "never sent"),
        "later": lambda: house.order_filed(
            CASEWORKER, code, id, receipt="NR", authority_id="A", signed_at=datetime(2025, 4, 1, tzinfo=UTC)
        ),
    }
    before = dumped(diary)
    with pytest.raises(Refused, match=because):
        verbs[word]()
    assert dumped(diary) == before


def test_an_institution_that_files_itself_again_files_what_was_not_sent_and_nothing_twice(diary: Diary) -> None:
    sick_since_march(ordering(diary)).every_day_until("2025-03-30").the_authority_holds()
    diary.house().change_settings(ADMIN, diary.code, Change(working_model=WorkingModel.FILES_ITSELF))
    diary.on("2025-03-31").the_house_works()
    diary.the_authority_holds("Opret DP201").the_case_is("running")
    assert orders(diary) == []
    assert diary.value("SELECT string_agg(state, ',') FROM service_order") == "dropped"


def test_what_was_sent_to_the_centre_is_not_filed_by_the_house(diary: Diary) -> None:
    sick_since_march(ordering(diary)).every_day_until("2025-03-30")
    diary.house().order_sent(CASEWORKER, diary.code, the_order(diary).id, "SAM-1")
    diary.house().change_settings(ADMIN, diary.code, Change(working_model=WorkingModel.FILES_ITSELF))
    diary.every_day_until("2025-04-05").the_authority_holds().the_case_is("notifying")
    assert len(diary.tasks(Kind.ORDER_UNANSWERED)) == 1


def stopped(diary: Diary, since: str = "2025-04-14", letter: str | None = "2025-04-03") -> Stopped:
    on = None if letter is None else date.fromisoformat(letter)
    return Stopped(Cause.NO_ANSWER, date.fromisoformat(since), on, "brev 17")


def test_a_stop_is_told_to_the_leader_with_its_kroner_and_lifted(diary: Diary) -> None:
    sick_since_march(diary.on("2025-03-03")).until("2025-04-15")
    house, case = diary.house(), diary.case().id
    stop = house.note_stop(CASEWORKER, diary.code, case, stopped(diary))
    april = diary.claims()[0]
    # From 14 to 30 April 2025 there are 13 of the 21 weekdays from 2 to 30 April.
    assert 0 < stop.at_risk == (april.expected.total * 13 + 10) // 21
    (task,) = diary.tasks(Kind.BENEFIT_STOPPED)
    assert (task.turn, task.at_stake, task.safe_day) == (Turn.LEADER, stop.at_risk, date(2025, 4, 11))
    diary.on("2025-05-01").the_house_works()
    (later,) = diary.tasks(Kind.BENEFIT_STOPPED)
    assert later.at_stake > stop.at_risk
    # The claim goes on being filed, so that no deadline passes while the stop stands.
    diary.the_claims_are("accepted", "drafted")
    with pytest.raises(Refused, match="stop_stands"):
        house.note_stop(CASEWORKER, diary.code, case, stopped(diary))
    lifted = house.lift_stop(LEADER, diary.code, case, date(2025, 4, 21), document="afgørelse 3")
    assert (lifted.resumed_from, lifted.at_risk) == (date(2025, 4, 21), (april.expected.total * 5 + 10) // 21)
    assert diary.tasks(Kind.BENEFIT_STOPPED) == ()
    with pytest.raises(Refused, match="no_stop"):
        house.lift_stop(LEADER, diary.code, case, date(2025, 4, 21), document="afgørelse 3")
    again = house.note_stop(CASEWORKER, diary.code, case, stopped(diary, since="2025-05-05"))
    assert again.id != stop.id


@pytest.mark.parametrize(
    ("told", "because"),
    [
        (Stopped(Cause.NO_ANSWER, date(2025, 4, 14), None, "brev"), "stop_letter_missing"),
        (Stopped(Cause.NO_ANSWER, date(2025, 4, 14), date(2025, 4, 15), "brev"), "stop_before_letter"),
        (Stopped(Cause.NO_COOPERATION, date(2025, 3, 2), None, "brev"), "stop_before_absence"),
        (Stopped(Cause.NO_COOPERATION, date(2025, 4, 14), None, " "), "stop_document_missing"),
    ],
)
def test_a_stop_that_cannot_be_is_refused(diary: Diary, told: Stopped, because: str) -> None:
    sick_since_march(diary.on("2025-03-03")).until("2025-04-15")
    case, before = diary.case().id, dumped(diary)
    with pytest.raises(Refused, match=because):
        diary.house().note_stop(CASEWORKER, diary.code, case, told)
    assert dumped(diary) == before


def test_an_approved_rule_answers_what_waits_and_is_named_in_what_is_filed(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.the_house_works()
    house, code = diary.house(), diary.code
    rule = house.propose_rule(CASEWORKER, code, Proposal("weekly_hours", "3700", "the agreement's full time", ALWAYS, None))
    assert len(diary.tasks(Kind.ANSWER_MISSING)) == 1
    diary.until("2025-03-30").the_case_is("watching")
    with pytest.raises(Refused, match="rule_other_words"):
        house.approve_rule(LEADER, code, rule.number, "0" * 8)
    house.approve_rule(LEADER, code, rule.number, rule.content_hash[:8])
    assert diary.tasks(Kind.ANSWER_MISSING) == ()
    diary.on("2025-03-31").the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201")
    case = diary.case().id
    with diary.reading() as tx:
        filed = tx.outbox.last_accepted(case)
    assert filed is not None
    content = json.loads(filed.content)
    assert (content["weekly_hours"], content["answered_by_rule"]) == (3700, "R1 weekly_hours")
    diary.until("2025-05-01").the_claims_are("accepted", "drafted").the_books_balance()
    answer = next(answer for answer in diary.claims()[0].answers if answer.field == "weekly_hours")
    assert (answer.source, answer.version, answer.value) == ("rule", 1, 3700)
    withdrawn = house.withdraw_rule(CASEWORKER, code, rule.number)
    assert withdrawn.withdrawn_by == "caseworker"
    with pytest.raises(Refused, match="rule_decided"):
        house.approve_rule(LEADER, code, rule.number, rule.content_hash[:8])


def test_what_payroll_says_is_never_answered_over_by_a_rule(diary: Diary) -> None:
    diary.on("2025-03-03")
    house, code = diary.house(), diary.code
    rule = house.propose_rule(CASEWORKER, code, Proposal("weekly_hours", "1000", "a mistake", ALWAYS, None))
    house.approve_rule(LEADER, code, rule.number, rule.content_hash)
    sick_since_march(diary).until("2025-03-30").the_case_is("running")
    assert {answer.source for answer in diary.claims()[0].answers if answer.field == "weekly_hours"} == {"payroll"}


@pytest.mark.parametrize(
    ("proposal", "because"),
    [
        (Proposal("wage", "yes", "so", ALWAYS, None), "rule_no_field"),
        (Proposal("weekly_hours", "0", "so", ALWAYS, None), "rule_cannot_be"),
        (Proposal("pregnancy", "maybe", "so", ALWAYS, None), "rule_cannot_be"),
        (Proposal("pregnancy", "no", " ", ALWAYS, None), "rule_reason_missing"),
        (Proposal("pregnancy", "no", "so", ALWAYS, date(2019, 1, 1)), "away_backwards"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(diary: Diary, proposal: Proposal, because: str) -> None:
    with pytest.raises(Refused, match=because):
        diary.house().propose_rule(CASEWORKER, diary.code, proposal)


def test_nobody_approves_his_own_rule_not_even_past_the_house(diary: Diary) -> None:
    both = Actor("one", frozenset({"caseworker", "leader"}))
    house, code = diary.house(), diary.code
    rule = house.propose_rule(both, code, Proposal("pregnancy", "no", "asked at hiring", ALWAYS, None))
    with pytest.raises(Refused, match="rule_four_eyes"):
        house.approve_rule(both, code, rule.number, rule.content_hash)
    for by, digest in (("one", rule.content_hash), ("two", "other words")):
        with pytest.raises(DatabaseError, match="four_eyes"):
            approved_past_the_house(diary, by, digest)


def approved_past_the_house(diary: Diary, by: str, digest: str) -> None:
    with diary.reading(), connection.cursor() as cursor:
        asked = "UPDATE answer_rule SET approved_by = %s, approved_at = proposed_at, approved_hash = %s"
        cursor.execute(asked, [by, digest])


def test_who_orders_asks_and_orders_in_time_for_the_centre(diary: Diary) -> None:
    ordering(diary).payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.the_house_works()
    (task,) = diary.tasks(Kind.ANSWER_MISSING)
    assert (task.safe_day, task.legal_day) == (date(2025, 3, 31), date(2025, 4, 7))
    diary.every_day_until("2025-03-30")
    assert orders(diary) == []
    # With the answer still missing the order goes with what there is, on the centre's last day.
    diary.every_day_until("2025-03-31")
    assert orders(diary) == [("new_sickness", "prepared", date(2025, 3, 31))]
    back = diary.house().foresee_settings(ADMIN, diary.code, Change(working_model=WorkingModel.FILES_ITSELF))
    assert back.tasks == 1
    diary.house().change_settings(ADMIN, diary.code, Change(working_model=WorkingModel.FILES_ITSELF))
    (later,) = diary.tasks(Kind.ANSWER_MISSING)
    assert later.safe_day == date(2025, 4, 5)


MANDATORY = {
    "notification": {"first_absence_day"},
    "claim": {"number", "first_day", "last_day", "weekly_hours", "hourly_after_am", "wage_paid"},
}


def test_every_mandatory_answer_comes_from_payroll_a_person_or_an_approved_rule(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(
        hired(weekly_hours=None), paid_through("1", "2024-12", "2025-06"), sick(since="2025-03-03", partial_from="2025-04-07")
    )
    house, code = diary.house(), diary.code
    rule = house.propose_rule(CASEWORKER, code, Proposal("weekly_hours", "3700", "the agreement's full time", ALWAYS, None))
    house.approve_rule(LEADER, code, rule.number, rule.content_hash)
    diary.until("2025-05-05").caseworker_answers("1800").the_house_works()
    diary.the_claims_are("accepted", "drafted")
    april = {answer.field: answer for answer in diary.claims()[0].answers}
    assert MANDATORY["claim"] <= set(april)
    sources = {field: (april[field].source, april[field].version) for field in MANDATORY["claim"]}
    # The case itself says which claim it is and of which days; the rest is payroll's, a person's, or the rule's by its number.
    assert {field for field, (source, _) in sources.items() if source == "case"} == {"number", "first_day", "last_day"}
    assert sources["weekly_hours"] == ("rule", 1)
    assert {sources["hourly_after_am"][0], sources["wage_paid"][0]} == {"payroll"}
    assert april["absent_hours_by_week"].source == "entered"
    number, told = diary.case().number or 0, {}
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        chain = reads.case(number)
        told = {} if chain is None else {answer.field: answer.source for answer in chain.notification}
    assert {told[field] for field in MANDATORY["notification"]} == {"payroll"}
