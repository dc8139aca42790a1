"""Late tasks climb with their kroner, holidays hand on, missing hours are warned of, settings move what hangs on them."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.values.said import Refused
from refusion.watch.deadlines import WorkingModel
from refusion.watch.facts import Kind, Turn
from refusion.wiring.house import HOUSE
from refusion.workflow.ports.institution import Actor
from refusion.workflow.watch.settings import Change
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick
from tests.workflow.dump import dumped

ADMIN, LEADER, CASEWORKER = (Actor(role, frozenset({role})) for role in ("institution_admin", "leader", "caseworker"))
PEOPLE = Change(people={Turn.CASEWORKER: "anna", Turn.DEPUTY: "bo", Turn.LEADER: "clara"})


def rungs(diary: Diary) -> list[tuple[str, str, int]]:
    """Give the rungs of today, as the database has them."""
    with diary.reading() as tx:
        found = tx.institution.id
    assert found
    today = diary.clock.today()
    asked = "SELECT string_agg(turn || ' ' || person || ' ' || days_late, ',' ORDER BY task_id) FROM task_rung WHERE day = %(day)s"
    written = diary.value(asked, day=today)
    return [(turn, person, int(late)) for turn, person, late in (row.split(" ") for row in (written or "").split(",") if row)]


def with_hours_missing(diary: Diary) -> Diary:
    """Live up to a notification that lacks weekly hours: its task has the last safe day 5 April, the law's 7 April."""
    diary.on("2025-03-03").payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.the_house_works()
    return diary


def settle_people(diary: Diary) -> None:
    diary.house().change_settings(ADMIN, diary.code, PEOPLE)


def test_a_task_past_its_safe_day_climbs_a_rung_a_day_and_comes_back_when_answered(diary: Diary) -> None:
    with_hours_missing(diary)
    settle_people(diary)
    (task,) = diary.tasks(Kind.ANSWER_MISSING)
    assert task.safe_day == date(2025, 4, 5)
    seen = []
    for day in range(4, 9):
        diary.on(f"2025-04-{day:02}").the_house_works()
        seen.append(rungs(diary))
    assert seen == [[], [], [("deputy", "bo", 1)], [("leader", "clara", 2)], [("leader", "clara", 3)]]
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        (late,) = reads.late_tasks()
        assert (late.turn, late.colleague, late.days_late, late.at_stake) == ("leader", "clara", 3, task.at_stake)
        shown = reads.work_list(["leader"], None, 50)
        assert [row.turn for row in shown.rows] == ["leader"]
    diary.caseworker_answers("3700")
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        assert reads.late_tasks() == ()


def test_a_day_done_twice_climbs_once(diary: Diary) -> None:
    with_hours_missing(diary)
    settle_people(diary)
    diary.on("2025-04-07").the_house_works()
    before = dumped(diary)
    diary.the_house_works()
    assert dumped(diary) == before


def test_a_holiday_hands_on_at_once_and_taking_it_back_hands_back(diary: Diary) -> None:
    with_hours_missing(diary)
    settle_people(diary)
    house, code = diary.house(), diary.code
    id = house.note_away(LEADER, code, "anna", first=date(2025, 3, 3), last=date(2025, 4, 20))
    assert rungs(diary) == [("deputy", "bo", 0)]
    assert house.note_away(LEADER, code, "anna", first=date(2025, 3, 3), last=date(2025, 4, 20)) == id
    house.withdraw_away(LEADER, code, id)
    assert diary.value("SELECT count(*) FROM task WHERE climbed_to IS NOT NULL") == 0
    with pytest.raises(Refused, match="away_unknown"):
        house.withdraw_away(LEADER, code, id)


@pytest.mark.parametrize(
    ("person", "first", "last", "because"),
    [
        (" ", date(2025, 3, 3), date(2025, 3, 4), "away_nobody"),
        ("anna", date(2025, 3, 4), date(2025, 3, 3), "away_backwards"),
        ("anna", date(2025, 2, 1), date(2025, 3, 2), "away_over"),
    ],
)
def test_days_away_that_cannot_be_are_refused(diary: Diary, person: str, first: date, last: date, because: str) -> None:
    diary.on("2025-03-03")
    before = dumped(diary)
    with pytest.raises(Refused, match=because):
        diary.house().note_away(LEADER, diary.code, person, first=first, last=last)
    assert dumped(diary) == before


def test_missing_hours_are_warned_of_once_before_the_12th(diary: Diary) -> None:
    diary.on("2025-03-03").payroll_says(
        hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03", partial_from="2025-04-07")
    )
    diary.until("2025-04-30").every_day_until("2025-05-03")
    assert diary.value("SELECT count(*) FROM hours_warning") == 0
    # 12 May is a Monday: five working days before it is Monday 5 May.
    diary.every_day_until("2025-05-06")
    asked = "SELECT string_agg(week || ' ' || due || ' ' || warned_on, ',' ORDER BY week) FROM hours_warning"
    warned = diary.value(asked)
    assert warned == ",".join(f"2025-04-{week} 2025-05-12 2025-05-05" for week in ("07", "14", "21"))
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        owed = reads.hours_owed()
    assert [(one.due, len(one.weeks)) for one in owed] == [(date(2025, 5, 12), 3), (date(2025, 6, 12), 1)]
    assert sum(one.amount for one in owed) == sum(task.at_stake for task in diary.tasks(Kind.ANSWER_MISSING))
    diary.caseworker_answers("1800")
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        assert reads.hours_owed() == ()


def test_a_change_of_settings_says_what_it_moves_and_moves_it(diary: Diary) -> None:
    with_hours_missing(diary)
    house, code = diary.house(), diary.code
    change = Change(filing_day=20, safe_margin_days=5)
    before = dumped(diary)
    foreseen = house.foresee_settings(ADMIN, code, change)
    assert dumped(diary) == before
    assert (foreseen.cases.open_cases, foreseen.tasks) == (1, 1)
    (moved,) = foreseen.cases.moved
    assert (moved.before, moved.after) == (date(2025, 3, 30), date(2025, 3, 22))
    assert house.change_settings(ADMIN, code, change) == foreseen
    assert diary.case().file_on == date(2025, 3, 22)
    (task,) = diary.tasks(Kind.ANSWER_MISSING)
    assert task.safe_day == date(2025, 4, 2)
    diary.on("2025-04-01").the_house_works()
    diary.the_case_is("watching").on("2025-04-02").the_house_works()
    diary.the_case_is("running").the_authority_holds("Opret DP201")
    house.change_settings(ADMIN, code, Change(filing_day=28, safe_margin_days=2))
    assert diary.tasks(Kind.ANSWER_MISSING)[0].safe_day == date(2025, 4, 5)


def test_the_autopilot_files_a_minimum_report_at_the_margin_with_nobody_at_work(diary: Diary) -> None:
    with_hours_missing(diary)
    settle_people(diary)
    for person in ("anna", "bo", "clara"):
        diary.house().note_away(LEADER, diary.code, person, first=date(2025, 3, 3), last=date(2025, 5, 31))
    diary.every_day_until("2025-04-04").the_case_is("watching").the_authority_holds()
    diary.every_day_until("2025-04-05").the_case_is("running").the_authority_holds("Opret DP201")
    number = diary.case().number or 0
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        days = reads.case_days(number)
    assert days is not None
    assert [(report.kind, report.legal_day, report.signed_at is not None) for report in days.reports] == [
        ("notification", date(2025, 4, 7), True)
    ]  # fmt: skip
    assert diary.value("SELECT count(*) FROM loss") == 0


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (Change(filing_day=0), "filing_day_cannot_be"),
        (Change(filing_day=36), "filing_day_cannot_be"),
        (Change(safe_margin_days=-1), "margin_cannot_be"),
        (Change(safe_margin_days=21), "margin_cannot_be"),
    ],
)
def test_settings_that_cannot_be_are_refused(diary: Diary, change: Change, because: str) -> None:
    with pytest.raises(Refused, match=because):
        diary.house().change_settings(ADMIN, diary.code, change)


def test_the_clock_counts_what_is_not_safe_yet(diary: Diary) -> None:
    with_hours_missing(diary)
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        clock = reads.at_risk()
    (row,) = clock.rows
    assert (row.safe_day, row.legal_day, row.claim_number) == (date(2025, 4, 5), date(2025, 4, 7), None)
    assert clock.within == ((7, 0), (14, 0), (30, 0))
    diary.on("2025-03-07")
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        assert reads.at_risk().within == ((7, 0), (14, 0), (30, row.amount))
    diary.on("2025-04-06").caseworker_answers("3700").the_house_works()
    diary.the_claims_are("drafted")
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        (claim,) = reads.at_risk().rows
    assert (claim.amount, claim.legal_day) == (diary.claims()[0].expected.total, date(2025, 7, 2))
    diary.until("2025-05-01").the_claims_are("accepted", "drafted")
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        (later,) = reads.at_risk().rows
    assert later.legal_day == date(2025, 8, 1)


def test_the_year_s_end_of_a_sickness_over_new_year(diary: Diary) -> None:
    diary.on("2025-11-03").payroll_says(hired(), paid_through("1", "2025-08", "2026-02"), sick(since="2025-11-03"))
    diary.until("2025-12-31").the_house_works()
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        found = reads.year_end(2025)
    (december,) = found.rows
    assert (december.run.value, december.owner and december.owner.value) == ("open", "house")
    expected = diary.claims()[0].expected.total
    assert december.accrual == found.accrual == found.still_possible == expected > 0
    diary.until("2026-01-20").the_house_works()
    with diary.house().reading(HOUSE, diary.code, "test") as reads:
        found = reads.year_end(2025)
    (december,) = found.rows
    assert (december.run.value, found.next_year) == ("second", 0)
    assert december.line.in_on == date(2026, 1, 1)
    assert found.owed == ()


def test_whoever_may_not_change_settings_is_refused(diary: Diary) -> None:
    for verb in (diary.house().foresee_settings, diary.house().change_settings):
        with pytest.raises(Refused, match="not_yours"):
            verb(CASEWORKER, diary.code, Change(working_model=WorkingModel.ORDERS))
