"""Two workers at once: each report is sent once, and whoever comes late changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from refusion.workflow.day.run import begin_day, end_day
from refusion.workflow.filing.send import file_due
from refusion.workflow.ports.authority import Message, RawAnswer, Silence
from refusion.workflow.ports.institution import HOUSE
from tests.story.diary import Diary
from tests.story.line import ASK, FILE
from tests.story.payroll import hired, paid_through, sick

EVERYBODY = "1234"


def at_once(diary: Diary, *works: Callable[[], Any]) -> list[Any]:
    """Do works in threads with connections of their own; give what each gave or raised, in order."""
    given: list[Any] = [None] * len(works)
    start = Barrier(len(works))

    def do(place: int) -> None:
        try:
            start.wait()
            given[place] = works[place]()
        except Exception as wrong:  # noqa: BLE001 - what a thread raises is given to the test
            given[place] = wrong
        finally:
            connection.close()
            diary.line.client.close()

    threads = [Thread(target=do, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def told(diary: Diary) -> Diary:
    rows = [[hired(one), *paid_through(one, "2024-12", "2025-04"), sick(one)] for one in EVERYBODY]
    diary.on("2025-03-10").payroll_says(*rows)
    return diary


def due(diary: Diary) -> Diary:
    """Have everybody's notification in the outbox."""
    begin_day(told(diary).on("2025-03-30").ports, HOUSE, diary.code)
    return diary


def once(diary: Diary) -> None:
    assert [row[0] for row in diary.rows("SELECT state FROM filing")] == ["accepted"] * len(EVERYBODY)
    assert diary.authority("counts")["received"] == len(EVERYBODY)
    assert diary.value("SELECT count(*) FROM filing_attempt WHERE ended_at IS NULL OR outcome = ''") == 0


def test_two_workers_file_the_same_outbox(diary: Diary) -> None:
    due(diary)
    counts = at_once(diary, *[lambda: file_due(diary.ports, HOUSE, diary.code)] * 2)
    diary.the_house_files()
    assert all(isinstance(count, int) for count in counts), counts
    once(diary)
    assert diary.line.times(FILE) == len(EVERYBODY)


def test_two_workers_begin_the_same_day(diary: Diary) -> None:
    told(diary).on("2025-03-30")
    done = at_once(diary, *[lambda: begin_day(diary.ports, HOUSE, diary.code)] * 2)
    assert not [wrong for wrong in done if isinstance(wrong, Exception)], done
    assert diary.value("SELECT count(*) FROM refund_case") == len(EVERYBODY)
    assert diary.value("SELECT count(*) FROM filing") == len(EVERYBODY)
    diary.the_house_files()
    once(diary)


def test_two_workers_end_the_same_day(diary: Diary) -> None:
    due(diary).the_house_files()
    diary.on("2025-05-01").the_house_works()
    diary.on("2025-05-26")
    done = at_once(diary, *[lambda: end_day(diary.ports, HOUSE, diary.code)] * 2)
    assert not [wrong for wrong in done if isinstance(wrong, Exception)], done
    assert diary.value("SELECT count(*) FROM decision") == len(EVERYBODY)
    diary.until("2025-06-06")
    for one in EVERYBODY:
        assert diary.claims(one)[0].state.value == "settled"
    diary.the_books_balance()


def test_a_report_under_way_is_left_to_the_worker_that_sent_it(diary: Diary) -> None:
    def meanwhile(_message: Message, go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
        assert at_once(diary, lambda: file_due(diary.ports, HOUSE, diary.code)) == [len(EVERYBODY) - 1]
        return go_on()

    due(diary).line.befall(FILE, meanwhile)
    assert file_due(diary.ports, HOUSE, diary.code) == 1
    once(diary)
    assert (diary.line.times(FILE), diary.line.times(ASK)) == (len(EVERYBODY), 0)


def test_an_answer_that_comes_after_another_worker_took_over_is_left_to_the_inquiry(diary: Diary) -> None:
    def much_later(_message: Message, go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
        answer = go_on()
        diary.later(6)
        at_once(diary, lambda: file_due(diary.ports, HOUSE, diary.code))
        return answer

    due(diary).line.befall(FILE, much_later)
    assert file_due(diary.ports, HOUSE, diary.code) == 0
    assert sorted(row[0] for row in diary.rows("SELECT state FROM filing")) == ["accepted", "accepted", "accepted", "unknown"]
    diary.the_house_files()
    once(diary)
    assert (diary.line.times(FILE), diary.line.times(ASK)) == (len(EVERYBODY), 1)


def test_two_workers_that_ask_at_the_same_time_hear_one_answer(diary: Diary) -> None:
    def as_well(_message: Message, go_on: Callable[[], RawAnswer | Silence]) -> RawAnswer | Silence:
        at_once(diary, lambda: file_due(diary.ports, HOUSE, diary.code))
        return go_on()

    due(diary).the_authority("lose")
    file_due(diary.ports, HOUSE, diary.code)
    diary.later(11).line.befall(ASK, as_well)
    file_due(diary.ports, HOUSE, diary.code)
    assert {row[0] for row in diary.rows("SELECT not_found FROM filing")} == {1}
    assert diary.line.times(FILE) == len(EVERYBODY)
    diary.the_house_files()
    once(diary)
