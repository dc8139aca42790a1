"""Kinds switched off, to pilot and live: what opens, what is filed, what is picked up and what runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from refusion.absences.facts import Question
from refusion.cases.stages import Group, Stage
from refusion.values.money import Ore
from refusion.values.period import Period
from refusion.values.said import Refused
from refusion.workflow.cases.stages import Effect, Wanted
from refusion.workflow.ports.authority import Decision
from refusion.workflow.ports.institution import HOUSE, Actor
from tests.story.diary import Diary
from tests.story.payroll import hired, paid_through, sick

ADMIN = Actor("administrator", frozenset({"institution_admin"}))


def switched(diary: Diary, kind: Group, stage: Stage, since: str, codes: tuple[str, ...] = ()) -> Effect:
    return diary.house().set_stage(ADMIN, diary.code, Wanted(kind, stage, date.fromisoformat(since), codes))


def fallen_ill(diary: Diary, until: str | None = None) -> None:
    diary.payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03", until=until))


def test_a_pilot_drafts_and_computes_and_files_and_posts_nothing(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.PILOT, "2025-03-03")
    fallen_ill(diary)
    diary.the_house_works()
    diary.until("2025-05-01").on("2025-05-12").payroll_says(sick(since="2025-03-03", until="2025-05-11"))
    diary.the_house_works()
    diary.until("2025-06-20").the_case_is("watching").the_authority_holds().the_claims_are("drafted", "drafted")
    diary.the_periods_are("2025-04-02..2025-04-30", "2025-05-01..2025-05-11")
    assert diary.case().pilot
    assert all(claim.expected.total > 0 for claim in diary.claims())
    assert diary.value("SELECT count(*) FROM filing") == diary.value("SELECT count(*) FROM posting") == 0
    assert diary.value("SELECT count(*) FROM loss") == 0


def test_a_pilot_is_held_against_what_others_were_decided(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.PILOT, "2025-03-03")
    fallen_ill(diary, until="2025-05-11")
    diary.the_house_works()
    drafts = diary.until("2025-05-13").claims()
    periods = [claim.period for claim in drafts]
    with diary.ports.work(diary.code, HOUSE) as tx:
        assert tx.stages.keep_other_decision(decided("A1", periods[0], drafts[0].expected.total - 500), tx.at.now)
        assert not tx.stages.keep_other_decision(decided("A1", periods[0], 1), tx.at.now)
        tx.stages.keep_other_decision(decided("B1", periods[1], 100), tx.at.now)
        tx.stages.keep_other_decision(decided("B2", periods[1], 200), tx.at.now)
        tx.audit.note("fetch_decisions", "", {})
    lines = diary.house().pilot_lines(HOUSE, diary.code)
    assert [(line.period, line.expected) for line in lines] == [(claim.period, claim.expected.total) for claim in drafts]
    # The second period was decided twice over: nobody can say which of the two it was.
    assert [(line.decided, line.alike) for line in lines] == [(drafts[0].expected.total - 500, 1), (None, 2)]
    with diary.ports.work(diary.code, HOUSE) as tx:
        tx.stages.keep_other_decision(replace(decided("B3", periods[1], 300), revises="B2"), tx.at.now)
        tx.stages.keep_other_decision(replace(decided("B4", periods[1], 400), revises="B1"), tx.at.now)
        tx.stages.keep_other_decision(replace(decided("B5", periods[1], 500), revises="B4"), tx.at.now)
        tx.audit.note("fetch_decisions", "", {})
    assert [line.alike for line in diary.house().pilot_lines(HOUSE, diary.code)] == [1, 2]


def decided(name: str, period: Period, refund: int) -> Decision:
    day = period.last
    return Decision(
        name, UUID(int=1), "K1", "granted", period, 20, Ore(refund), Ore(0), Ore(refund), day, day, "KSD-1", None, ""
    )


def test_live_picks_up_what_is_still_claimable(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.PILOT, "2025-03-03")
    fallen_ill(diary)
    diary.the_house_works()
    diary.until("2025-04-03").the_claims_are("drafted").the_authority_holds()
    effect = switched(diary, Group.LONG_SICKNESS, Stage.LIVE, "2025-04-04")
    assert (effect.filed, effect.resting) == (1, 0)
    assert effect.filed_ore == diary.claims()[0].expected.total
    diary.until("2025-04-03").the_authority_holds()
    diary.until("2025-04-04").the_case_is("running").the_authority_holds("Opret DP201")
    assert not diary.case().pilot
    diary.until("2025-05-01").the_claims_are("accepted", "drafted").the_books_balance()


def test_what_a_pilot_asks_loses_nothing_by_waiting_until_the_kind_is_live(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.PILOT, "2025-03-03")
    diary.payroll_says(hired(weekly_hours=None), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03"))
    diary.the_house_works()
    assert [(task.question, task.at_stake, task.legal_day) for task in diary.tasks()] == [("weekly_hours", 0, None)]
    switched(diary, Group.LONG_SICKNESS, Stage.LIVE, "2025-03-05")
    diary.until("2025-03-05")
    (task,) = diary.tasks()
    assert (task.question, task.at_stake > 0, task.legal_day) == ("weekly_hours", True, date(2025, 4, 7))


def test_what_another_system_filed_stays_a_pilot_s(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.PILOT, "2025-03-03")
    fallen_ill(diary)
    diary.the_house_works()
    diary.caseworker_enters(Question.FILED_ELSEWHERE, "yes", "2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.LIVE, "2025-03-04")
    diary.until("2025-05-02").the_case_is("watching").the_authority_holds().the_claims_are("drafted", "drafted")


def test_pilot_after_live_rests_what_was_not_notified_and_lets_the_rest_run_out(diary: Diary) -> None:
    diary.on("2025-03-03")
    fallen_ill(diary)
    diary.payroll_says(hired("2"), paid_through("2", "2024-12", "2025-05"), sick("2", since="2025-03-20"))
    diary.the_house_works()
    diary.until("2025-03-31").the_case_is("running")
    effect = switched(diary, Group.LONG_SICKNESS, Stage.PILOT, "2025-04-01")
    assert (effect.filed, effect.resting, effect.running_out) == (0, 1, 1)
    diary.until("2025-05-02").the_claims_are("accepted", "drafted").the_case_is("watching", "2")
    diary.the_authority_holds("Opret DP201", "Opret DP202")
    assert (diary.case().pilot, diary.case("2").pilot) == (False, True)


def test_off_opens_nothing_and_on_again_opens_what_was_passed_by(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.LONG_SICKNESS, Stage.OFF, "2025-03-03")
    fallen_ill(diary)
    diary.the_house_works()
    assert diary.case_or_none() is None
    effect = switched(diary, Group.LONG_SICKNESS, Stage.LIVE, "2025-03-10")
    assert effect.looked_at == 1
    diary.until("2025-03-09")
    assert diary.case_or_none() is None
    diary.until("2025-03-10").the_case_is("watching")


def test_kinds_stand_side_by_side(diary: Diary) -> None:
    diary.on("2025-03-03")
    switched(diary, Group.OTHER_SICKNESS, Stage.PILOT, "2025-03-03")
    diary.payroll_says(hired(), paid_through("1", "2024-12", "2025-05"), sick(since="2025-03-03", until="2025-04-20"))
    diary.payroll_says(hired("2", since="2025-02-15"), paid_through("2", "2025-02", "2025-05"), sick("2", until="2025-03-09"))
    diary.until("2025-04-22").the_case_is("ended").the_case_is("watching", "2")
    assert (diary.case().pilot, diary.case("2").pilot) == (False, True)
    diary.the_authority_holds("Opret DP201", "Opret DP202")


@pytest.mark.parametrize(
    ("kind", "stage", "since", "because"),
    [
        (Group.PARENTAL, Stage.LIVE, "2025-03-02", "cases.stage_reaches_back"),
        (Group.ILL_CHILD, Stage.PILOT, "2025-03-03", "cases.stage_without_codes"),
    ],
)
def test_a_switch_that_cannot_be_is_refused_and_nothing_is_said(
    diary: Diary, kind: Group, stage: Stage, since: str, because: str
) -> None:
    diary.on("2025-03-03")
    with pytest.raises(Refused) as refused:
        switched(diary, kind, stage, since)
    assert refused.value.because.key == because
    assert diary.house().stages(ADMIN, diary.code).switches == ()


def test_a_code_means_one_kind(diary: Diary) -> None:
    diary.on("2025-03-03")
    with pytest.raises(Refused, match="stage_code_taken"):
        switched(diary, Group.ILL_CHILD, Stage.LIVE, "2025-03-03", ("400",))


def test_only_an_administrator_switches(diary: Diary) -> None:
    diary.on("2025-03-03")
    caseworker = Actor("sagsbehandler", frozenset({"caseworker"}))
    with pytest.raises(Refused, match="not_yours"):
        diary.house().set_stage(caseworker, diary.code, Wanted(Group.PARENTAL, Stage.LIVE, date(2025, 3, 3)))
