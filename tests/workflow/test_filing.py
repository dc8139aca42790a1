"""Filing to an authority that cannot be relied on: never twice in effect, never lost, never sent again blindly."""

from __future__ import annotations

import json

import pytest

from refusion.absences.facts import Question
from refusion.claims.filing import State
from refusion.values.said import BadInput, Problem, said
from refusion.watch.facts import Kind
from refusion.workflow.day.run import begin_day
from refusion.workflow.filing.send import file_due, written
from refusion.workflow.ports.authority import Message, Silence
from refusion.workflow.ports.institution import HOUSE
from refusion.workflow.ports.report import report
from tests.story.diary import Diary
from tests.story.line import ASK, DECISIONS, FILE, HouseDied, dies_after, dies_before, refuses
from tests.story.payroll import hired, paid_through, sick, withdrawn

HARD = ("drop", "down", "lose", "refuse", "fail", "truncate", "garble", "late", "twice")


def ready(diary: Diary, *numbers: str) -> Diary:
    """Have a notification in the outbox for each, on the morning of the filing day."""
    rows = [[hired(one), *paid_through(one, "2024-12", "2025-04"), sick(one)] for one in numbers or ("1",)]
    diary.on("2025-03-10").payroll_says(*rows)
    diary.the_house_works()
    diary.on("2025-03-30")
    begin_day(diary.ports, HOUSE, diary.code)
    # The nights before asked for the authority's whole list to prove the books; what is counted begins here.
    diary.line.sent.clear()
    return diary


def round_of(diary: Diary) -> int:
    return file_due(diary.ports, HOUSE, diary.code)


def states(diary: Diary) -> list[str]:
    return [row[0] for row in diary.rows("SELECT state FROM filing ORDER BY position")]


def attempts(diary: Diary) -> list[tuple[str, str | None]]:
    return [tuple(row) for row in diary.rows("SELECT outcome, error FROM filing_attempt ORDER BY number")]


def received(diary: Diary) -> int:
    return int(diary.authority("counts")["received"])


@pytest.mark.parametrize("fault", HARD)
def test_whatever_befalls_the_message_or_its_answer_the_report_is_there_once(diary: Diary, fault: str) -> None:
    rules = [{"kind": fault, "per_mille": 1000, "on": [FILE], "delay_ms": 1500}]
    if fault == "down":
        rules = [{"kind": "down", "since": "2025-03-30T00:00:00+01:00", "until": "2025-03-30T09:15:00+02:00"}]
    ready(diary).authority("faults", rules=rules)
    diary.the_house_files()
    assert states(diary) == ["accepted"]
    assert received(diary) == 1
    diary.the_case_is("running").the_authority_holds("Opret DP201").the_books_balance()
    assert all(outcome for outcome, _error in attempts(diary))


@pytest.mark.parametrize("fault", ["drop", "fail", "truncate", "garble"])
def test_what_the_authority_took_is_asked_about_and_never_sent_again(diary: Diary, fault: str) -> None:
    ready(diary).the_authority(fault)
    assert round_of(diary) == 0
    assert states(diary) == ["unknown"]
    for _ in range(3):
        round_of(diary)
        diary.later(2)
    assert (diary.line.times(FILE), diary.line.times(ASK)) == (1, 0), "asked before the answer could be known"
    diary.later(10)
    assert round_of(diary) == 1
    assert (diary.line.times(FILE), diary.line.times(ASK)) == (1, 1)
    assert states(diary) == ["accepted"]


def test_what_the_authority_never_got_goes_again_only_when_it_said_so_twice(diary: Diary) -> None:
    ready(diary).the_authority("lose")
    round_of(diary)
    sent = next(message.raw for message in diary.line.sent if message.operation == FILE)
    diary.later(11)
    assert (round_of(diary), states(diary), diary.line.times(FILE)) == (0, ["unknown"], 1)
    diary.later(5)
    assert (round_of(diary), diary.line.times(ASK)) == (0, 1)
    diary.later(6)
    assert (round_of(diary), states(diary)) == (1, ["accepted"])
    assert (diary.line.times(FILE), diary.line.times(ASK)) == (2, 2)
    assert [message.raw for message in diary.line.sent if message.operation == FILE] == [sent, sent]
    assert [outcome for outcome, _error in attempts(diary)] == ["unknown", "accepted"]


@pytest.mark.parametrize(("death", "times_sent"), [(dies_before, 2), (dies_after, 1)])
def test_our_own_death_between_attempt_and_outcome(diary: Diary, death: object, times_sent: int) -> None:
    ready(diary).line.befall(FILE, death)  # type: ignore[arg-type]
    with pytest.raises(HouseDied):
        round_of(diary)
    assert states(diary) == ["sending"]
    diary.the_house_files()
    assert (states(diary), diary.line.times(FILE), received(diary)) == (["accepted"], times_sent, 1)
    assert attempts(diary)[0] == ("unknown", "interrupted")


def test_an_inquiry_that_gets_no_answer_is_asked_again_and_after_a_day_a_person_is_told(diary: Diary) -> None:
    ready(diary).the_authority("drop").authority("faults", rules=[
        {"kind": "drop", "per_mille": 1000, "on": [FILE]}, {"kind": "drop", "per_mille": 1000, "on": [ASK], "times": 9},
    ])  # fmt: skip
    diary.the_house_files(rounds=4)
    assert states(diary) == ["unknown"]
    assert diary.tasks() == ()
    diary.on("2025-03-31").later(30)
    round_of(diary)
    assert [task.kind for task in diary.tasks()] == [Kind.ANSWER_UNKNOWN]
    diary.the_authority().later(11)
    round_of(diary)
    assert states(diary) == ["accepted"]
    assert diary.tasks() == ()


def test_another_content_under_our_intent_goes_to_a_person(diary: Diary) -> None:
    ready(diary)
    intent = diary.value("SELECT id FROM filing")
    with diary.reading() as tx:
        ours = written(tx.outbox.find(intent))
    foreign = report(ours.intent, ours.about, ours.kind, {**json.loads(ours.content), "first_absence_day": "2025-03-01"})
    diary.line.client.send(diary.ports.authority.encode(foreign))
    diary.line.befall(FILE, lambda _message, _go_on: Silence(said("nemrefusion.no_answer"), sent=True))
    diary.the_house_files()
    assert states(diary) == ["foreign"]
    assert [task.kind for task in diary.tasks()] == [Kind.FOREIGN_FILING]
    assert diary.line.times(FILE) == 1


def test_a_refused_notification_stops_waits_for_a_person_and_goes_when_told(diary: Diary) -> None:
    ready(diary).line.befall(FILE, refuses)
    diary.the_house_files()
    diary.the_case_is("stopped").the_authority_holds()
    (task,) = diary.tasks()
    assert task.kind is Kind.REFUSED_BY_AUTHORITY
    assert task.at_stake > 0
    diary.until("2025-04-02").the_case_is("stopped")
    assert diary.line.times(FILE) == 1, "a refused report went again by itself"
    diary.caseworker_retries().the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201")
    assert diary.tasks() == ()


def test_a_refused_claim_waits_for_a_person_and_goes_when_told(diary: Diary) -> None:
    ready(diary).the_house_works()
    diary.on("2025-05-01").line.befall(FILE, refuses)
    diary.the_house_works()
    diary.the_claims_are("rejected", "drafted")
    assert [task.kind for task in diary.tasks()] == [Kind.REFUSED_BY_AUTHORITY]
    diary.until("2025-05-04").the_claims_are("rejected", "drafted")
    diary.caseworker_retries().the_house_works()
    diary.the_claims_are("accepted", "drafted")
    assert diary.tasks() == ()


@pytest.mark.parametrize("what", ["recovery", "correction of the end"])
def test_a_refused_word_about_the_absence_waits_for_a_person_and_goes_when_told(diary: Diary, what: str) -> None:
    ready(diary).the_house_works()
    diary.on("2025-04-07")
    if what != "recovery":
        diary.payroll_says(sick(until="2025-04-06"))
        diary.the_house_works()
        diary.on("2025-04-08").payroll_says(sick(until="2025-04-08"))
    else:
        diary.payroll_says(sick(until="2025-04-06"))
    diary.line.befall(FILE, refuses)
    diary.the_house_works()
    assert Kind.REFUSED_BY_AUTHORITY in {task.kind for task in diary.tasks()}
    told = "SELECT count(*) FROM filing WHERE subject_id = case_id"
    before = diary.value(told)
    diary.on("2025-04-09").caseworker_enters(Question.PREGNANCY_CAUSE, "no", "2025-01-01").the_house_works()
    assert diary.value(told) == before
    diary.caseworker_retries().the_house_works()
    assert diary.tasks() == ()
    assert diary.case().told_last_day == diary.case().last_absence_day


@pytest.mark.parametrize("refused", [1, 2])
def test_a_refused_annulment_waits_for_a_person_and_goes_when_told(diary: Diary, refused: int) -> None:
    ready(diary).the_house_works()
    diary.on("2025-05-01").the_house_works()
    diary.on("2025-05-05").payroll_says(withdrawn())
    if refused == 1:
        diary.line.befall(FILE, refuses)
    else:
        diary.line.befall(FILE, lambda _message, go_on: go_on(), refuses)
    diary.the_house_works()
    assert Kind.REFUSED_BY_AUTHORITY in {task.kind for task in diary.tasks()}
    diary.on("2025-05-06").caseworker_retries().the_house_works()
    diary.the_case_is("annulled").the_claims_are()
    assert {one["standing"] for one in diary.accepted()} == {"annulleret"}
    assert diary.balance("receivable") == 0


def test_a_report_that_cannot_be_written_blocks_nobody_else(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(diary, "1", "2", "3")
    poison = diary.value("SELECT id FROM filing ORDER BY position LIMIT 1")
    encode = type(diary.ports.authority).encode

    def encoded(self: object, one: object) -> Message:
        if getattr(one, "intent", None) == poison:
            raise BadInput(Problem(said("nemrefusion.text_not_sendable"), said("nemrefusion.text_not_sendable_remedy")))
        return encode(self, one)  # type: ignore[arg-type]

    monkeypatch.setattr(type(diary.ports.authority), "encode", encoded)
    diary.the_house_files()
    assert sorted(states(diary)) == ["accepted", "accepted", "rejected"]
    assert [task.kind for task in diary.tasks()] == [Kind.REFUSED_BY_AUTHORITY]
    assert diary.line.times(FILE) == 2


def test_decisions_that_cannot_be_fetched_are_fetched_the_next_time(diary: Diary) -> None:
    ready(diary).the_house_works()
    diary.on("2025-05-01").the_house_works()
    diary.on("2025-05-26").the_authority("drop", on=(DECISIONS,)).the_house_works()
    diary.the_claims_are("accepted", "drafted")
    diary.the_house_works()
    diary.the_claims_are("decided", "drafted")


def test_a_decision_and_its_money_may_come_before_we_know_that_the_claim_was_taken(diary: Diary) -> None:
    ready(diary).the_house_works()
    diary.on("2025-05-01").authority("faults", rules=[
        {"kind": "drop", "per_mille": 1000, "on": [FILE]}, {"kind": "drop", "per_mille": 1000, "on": [ASK], "times": 10_000},
    ])  # fmt: skip
    diary.the_house_works()
    diary.until("2025-06-06")
    assert diary.claims()[0].state.value == "filing"
    assert diary.value("SELECT count(*) FROM bank_match") == 1
    diary.the_authority().the_house_files()
    claim = diary.claims()[0]
    assert (claim.state.value, claim.received) == ("settled", claim.expected.total)
    diary.the_books_balance()
    assert State.ACCEPTED.value in states(diary)
