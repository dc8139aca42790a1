"""A look back through history finds what gave a right and was not claimed, and files nothing late by itself."""

from __future__ import annotations

from datetime import date

from refusion.absences.facts import Question
from refusion.claims.unclaimed import Sort, Unclaimed
from refusion.watch.facts import Kind
from refusion.workflow.ports.institution import HOUSE
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick

SINCE = date(2025, 1, 1)


def swept(diary: Diary, *, only_look: bool = False, since: date = SINCE) -> tuple[Unclaimed, ...]:
    return diary.house().sweep(HOUSE, diary.code, since, only_look=only_look)


def forgotten(diary: Diary) -> None:
    """Let an absence of two weeks be handled, which gives nothing, before anybody tells of the agreement under § 56."""
    diary.on("2025-03-20").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03", until="2025-03-16"))
    diary.the_house_works()
    assert diary.value("SELECT count(*) FROM refund_case") == 0
    diary.caseworker_enters(Question.AGREEMENT_56, "yes", "2025-01-01")
    # As if the answer had come from elsewhere: the absence is not handled again.
    with diary.ports.work(diary.code, HOUSE) as tx:
        columns = tx.payroll.touched()
        tx.audit.note("forget", "absences", {})
        tx.payroll.mark_handled(list(columns.absence), [int(version) for version in columns.version])


def test_a_forgotten_right_is_found_told_and_opened_while_nothing_is_late(diary: Diary) -> None:
    forgotten(diary)
    diary.on("2025-04-01")
    (found,) = swept(diary, only_look=True)
    assert (found.sort, found.in_time, found.lost, found.last_day) == (Sort.NO_CASE, True, 0, date(2025, 6, 3))
    assert found.claimable > 0
    assert not diary.tasks(Kind.UNCLAIMED)
    assert swept(diary) == (found,)
    assert [(task.at_stake, task.legal_day) for task in diary.tasks(Kind.UNCLAIMED)] == [(found.claimable, date(2025, 6, 3))]
    diary.the_house_works()
    diary.the_claims_are("accepted")
    assert diary.claims()[0].expected.total == found.claimable
    assert swept(diary) == ()
    assert not diary.tasks(Kind.UNCLAIMED)


def test_what_is_late_is_told_and_never_filed_by_itself(diary: Diary) -> None:
    forgotten(diary)
    diary.on("2025-06-10")
    (found,) = swept(diary)
    assert (found.in_time, found.claimable > 0, found.lost > 0) == (False, True, True)
    assert found.last_day == date(2025, 6, 10)
    diary.the_house_works()
    assert diary.value("SELECT count(*) FROM refund_case") == 0
    assert len(diary.tasks(Kind.UNCLAIMED)) == 1


def test_what_no_request_reaches_any_more_is_named_as_lost(diary: Diary) -> None:
    forgotten(diary)
    diary.on("2025-08-01")
    (found,) = swept(diary)
    assert (found.claimable, found.last_day) == (0, None)
    assert found.lost > 0
    assert not diary.tasks(Kind.UNCLAIMED)


def test_a_house_in_order_has_nothing_to_find(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(until="2025-05-10"))
    diary.the_house_works()
    diary.until("2025-07-15")
    assert swept(diary) == ()


def test_only_absences_that_last_until_the_day_are_looked_at(diary: Diary) -> None:
    forgotten(diary)
    diary.on("2025-04-01")
    assert len(swept(diary, only_look=True, since=date(2025, 3, 16))) == 1
    assert swept(diary, only_look=True, since=date(2025, 3, 17)) == ()


def test_days_without_a_claim_are_found_until_the_house_has_claimed_them(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-06"), sick())
    diary.the_house_works()
    diary.until("2025-04-10").on("2025-06-10")
    found = swept(diary)
    assert [(one.sort, one.period.first) for one in sorted(found, key=lambda one: one.period.first)] == [
        (Sort.UNCOVERED, date(2025, 5, 1)),
    ]
    assert (found[0].lost, found[0].last_day, found[0].in_time) == (0, date(2025, 8, 1), False)
    assert [task.legal_day for task in diary.tasks(Kind.UNCLAIMED)] == [date(2025, 8, 1)]
    diary.the_house_works()
    assert swept(diary) == ()
    assert not diary.tasks(Kind.UNCLAIMED)


def test_a_claim_on_too_little_is_found_and_named_as_lost_when_it_is_too_late(diary: Diary) -> None:
    low, higher = 2_000_000, 2_100_000
    diary.on("2025-03-03").payroll_says(hired(), paid_through("1", "2024-12", "2025-06", low), sick(until="2025-04-20"))
    diary.the_house_works()
    diary.until("2025-05-10").payroll_says(paid_through("1", "2024-12", "2025-06", higher))
    (found,) = swept(diary)
    claim = diary.claims()[0]
    assert (found.sort, found.claim, found.last_day) == (Sort.UNDER_CLAIMED, claim.id, claim.request_by)
    diary.on("2025-08-01")
    (late,) = swept(diary, only_look=True)
    assert (late.claimable, late.lost) == (0, found.claimable)
    diary.on("2025-05-11").the_house_works()
    assert diary.claims()[0].expected.total == claim.expected.total + found.claimable
    assert swept(diary) == ()
