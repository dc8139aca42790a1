"""Funds that rest on a job's wage, from payroll and decisions to the bank: asked by report file, decided, booked, netted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from refusion.absences.facts import Question
from refusion.adapters.bank.twin import Payment
from refusion.adapters.udbetaling_danmark.codec import read_report, write_decisions
from refusion.adapters.udbetaling_danmark.messages import SCHEMES, Afgoerelse
from refusion.cases.facts import Case, Kind
from refusion.cases.stages import Group, Stage
from refusion.claims.facts import Claim
from refusion.claims.funds.periods import asked_together
from refusion.claims.recalculation import recalculated
from refusion.ledger import default_chart
from refusion.values.money import kroner
from refusion.values.period import Period
from refusion.values.said import Refused
from refusion.watch.facts import Kind as TaskKind
from refusion.workflow.cases.stages import Wanted
from refusion.workflow.funds.decide import absorb_decisions
from refusion.workflow.funds.give_out import GivenOut, give_out, receive, take_back
from refusion.workflow.ports.institution import Actor
from tests.story.diary import CASEWORKER, Diary
from tests.story.payroll import WELL_PAID, hired, paid, paid_through, sick

ADMIN = Actor("administrator", frozenset({"institution_admin"}))
CAP_2024_HALF = 73_523_50


def switched(diary: Diary, *groups: Group, stage: Stage = Stage.LIVE, on: str = "2025-01-06") -> Diary:
    house = diary.on(on).house()
    for group in groups:
        house.set_stage(ADMIN, diary.code, Wanted(group, stage, date.fromisoformat(on)))
    return diary


def case_of(diary: Diary, kind: Kind, number: str = "1") -> Case:
    with diary.reading() as tx:
        found = tx.cases.of_fund(diary.id_of("employment", number), kind)
    assert found is not None
    return found


def claims_of(diary: Diary, kind: Kind, number: str = "1") -> tuple[Claim, ...]:
    case = case_of(diary, kind, number)
    with diary.reading() as tx:
        return tx.claims.of_case(case.id)


def told(diary: Diary, kind: Kind, day: str) -> GivenOut:
    return give_out(diary.ports, CASEWORKER, diary.code, kind, asked_together(kind, date.fromisoformat(day)))


def received(diary: Diary, given: GivenOut, receipt: str = "K-1") -> None:
    receive(diary.ports, CASEWORKER, diary.code, given.report.number or 0, receipt=receipt, on=diary.clock.today())


def decided(diary: Diary, kind: Kind, claim: str, refund: int, **more: Any) -> dict[str, int]:
    facts = {"decision": f"A-{claim}", "supplement": 0, "pays": refund + more.get("supplement", 0), "reference": f"REF-{claim}", **more}
    row = {
        "ordning": SCHEMES[kind.value], "afgoerelse": facts["decision"], "anmodning": claim,
        "udfald": "Bevilget" if refund else "Afslag", "refusion": kroner(refund), "tillaeg": kroner(facts["supplement"]),
        "udbetales": kroner(facts["pays"]), "afgjort": diary.clock.today().isoformat(), "dispositionsdag": diary.clock.today().isoformat(),
        "betalingsreference": facts["reference"], "erstatter": facts.get("revises", ""),
    }  # fmt: skip
    done = absorb_decisions(diary.ports, CASEWORKER, diary.code, f"{facts['decision']}.csv", write_decisions([Afgoerelse(2, row)]))
    return {"new": done.new, "known": done.known, "unplaced": done.unplaced}


def test_the_state_s_fleksjob_scheme_from_payroll_to_bank(diary: Diary) -> None:
    switched(diary, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2014-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-02", gross=60_000_00))
    diary.the_house_works()
    claim = claims_of(diary, Kind.STATE_FLEKSJOB)[0]
    assert (claim.period, claim.state.value) == (Period(date(2025, 1, 1), date(2025, 3, 31)), "drafted")
    with pytest.raises(Refused, match=r"funds\.nothing_to_tell"):
        told(diary, Kind.STATE_FLEKSJOB, "2025-02-01")
    diary.payroll_says(paid("1", "2025-03", gross=60_000_00))
    diary.until("2025-04-07")
    assert [task.kind for task in diary.tasks()] == [TaskKind.FUND_DUE]
    assert diary.tasks()[0].legal_day == date(2025, 9, 1), "31 August 2025 is a Sunday"
    given = told(diary, Kind.STATE_FLEKSJOB, "2025-02-01")
    (row,) = read_report("out.csv", given.raw)
    assert (row.celler["i_alt"], row.celler["udbetalt_loen"], row.celler["handling"]) == ("73523.50", "180000.00", "Ny")
    assert [task.kind for task in diary.tasks()] == [TaskKind.FUND_ANSWER]
    received(diary, given)
    assert diary.tasks() == ()
    assert diary.balance("receivable") == CAP_2024_HALF
    number = claims_of(diary, Kind.STATE_FLEKSJOB)[0].number
    assert decided(diary, Kind.STATE_FLEKSJOB, f"{number}-1", CAP_2024_HALF) == {"new": 1, "known": 0, "unplaced": 0}
    diary.the_bank_tells(Payment(diary.clock.today(), CAP_2024_HALF, f"REF-{number}-1", ("Fleks",), "Økonomistyrelsen"))
    diary.the_house_works()
    claim = claims_of(diary, Kind.STATE_FLEKSJOB)[0]
    assert (claim.state.value, claim.received) == ("settled", CAP_2024_HALF)
    assert diary.balance("receivable") == 0
    assert diary.tasks() == ()
    with diary.reading() as tx:
        assert tx.ledger.imbalance() == 0


def test_sickness_is_taken_off_and_a_later_one_is_put_right(diary: Diary) -> None:
    switched(diary, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2014-05-01", job_kind="fleksjob"), paid_through("1", "2024-10", "2025-03"))
    diary.until("2025-04-07")
    given = told(diary, Kind.STATE_FLEKSJOB, "2025-02-01")
    received(diary, given)
    whole = claims_of(diary, Kind.STATE_FLEKSJOB)[0].expected.total
    assert whole == 3 * WELL_PAID // 2
    diary.payroll_says(sick(since="2025-03-03", until="2025-03-14"))
    diary.until("2025-04-14")
    sickness = diary.claims()[0].expected.refund
    assert sickness > 0
    diary.until("2025-04-21")
    claim = claims_of(diary, Kind.STATE_FLEKSJOB)[0]
    assert (claim.state.value, claim.version, claim.expected.total) == ("correcting", 2, (3 * WELL_PAID - sickness) // 2)
    again = told(diary, Kind.STATE_FLEKSJOB, "2025-02-01")
    (row,) = read_report("out.csv", again.raw)
    assert (row.celler["handling"], row.celler["erstatter"], row.celler["anden_refusion"]) == ("Rettelse", "K-1", kroner(sickness))
    received(diary, again, "K-2")
    assert claims_of(diary, Kind.STATE_FLEKSJOB)[0].state.value == "accepted"
    account, query = default_chart().receivable.number, "SELECT sum(amount) FROM posting WHERE claim_id = %(claim)s AND account = %(account)s"
    assert diary.value(query, claim=claim.id, account=account) == claim.expected.total


def test_the_municipality_s_half_month_by_month(diary: Diary) -> None:
    switched(diary, Group.FLEKSJOB, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2010-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    diary.caseworker_enters(Question.FLEKSJOB_SHARE, "two_thirds", "2010-05-01")
    diary.until("2025-04-07")
    months = claims_of(diary, Kind.FLEKSJOB_WAGE)
    assert [claim.period.first.month for claim in months] == [1, 2, 3, 4]
    for month in ("2025-01-01", "2025-02-01", "2025-03-01"):
        received(diary, told(diary, Kind.FLEKSJOB_WAGE, month), f"K-{month}")
    municipal = sum(claim.expected.refund for claim in claims_of(diary, Kind.FLEKSJOB_WAGE)[:3])
    diary.until("2025-04-14")
    state = claims_of(diary, Kind.STATE_FLEKSJOB)[0]
    assert state.expected.total == (3 * WELL_PAID - municipal + 1) // 2
    assert municipal + state.expected.total <= 3 * WELL_PAID


def test_wage_subsidy_within_the_term_of_its_decision(diary: Diary) -> None:
    switched(diary, Group.WAGE_SUBSIDY)
    diary.payroll_says(hired(since="2025-01-06"), paid_through("1", "2025-01", "2025-06", gross=20_000_00))
    diary.caseworker_enters(Question.SUBSIDY_SECTOR, "public", "2025-01-06")
    diary.until("2025-07-07")
    found = claims_of(diary, Kind.WAGE_SUBSIDY)
    # Four months with a public employer: to 5 May. January and February were never given out, so that they were lost.
    assert [(claim.period.first, claim.period.last) for claim in found][-1] == (date(2025, 5, 1), date(2025, 5, 5))
    assert case_of(diary, Kind.WAGE_SUBSIDY).state.value == "ended"
    lost = diary.rows("SELECT first_day, amount, cause FROM loss ORDER BY first_day")
    assert [(first, cause) for first, _, cause in lost] == [(date(2025, 1, 6), "late_request"), (date(2025, 2, 1), "late_request"),
                                                            (date(2025, 3, 1), "late_request")]  # fmt: skip
    assert {task.kind for task in diary.tasks()} >= {TaskKind.FUND_DUE, TaskKind.REFUND_LOST}


def test_the_barselsfond_asks_for_the_pay_grade_and_takes_leave_by_quarter(diary: Diary) -> None:
    switched(diary, Group.PARENTAL, Group.PARENTAL_FUND)
    diary.payroll_says(hired(), paid_through("1", "2024-10", "2025-06"), sick(since="2025-03-24", until="2025-05-16", code="400"))
    for question, value in ((Question.PARENT, "father"), (Question.CHILD_BORN, "2025-03-24"), (Question.WEEKS_TRANSFERRED, "0")):
        diary.caseworker_enters(question, value, "2025-01-01")
    diary.until("2025-04-07")
    (asked,) = [task for task in diary.tasks(TaskKind.ANSWER_MISSING) if task.question == "pay_grade"]
    assert asked.legal_day == date(2025, 9, 1)
    diary.caseworker_answers("36", kind=Question.PAY_GRADE)
    first = claims_of(diary, Kind.PARENTAL_FUND)[0]
    # Six weekdays of 7.4 hours at 247 kroner, of which the wage leaves room for all.
    assert first.period == Period(date(2025, 1, 1), date(2025, 3, 31))
    assert first.missing == ()
    others = next(answer.value for answer in first.answers if answer.field == "other_refunds")
    wage = next(answer.value for answer in first.answers if answer.field == "wage_paid")
    assert others > 0
    assert first.expected.refund == min(6 * 740 * 247_00 // 100, wage - others)
    received(diary, told(diary, Kind.PARENTAL_FUND, "2025-03-24"))
    assert diary.value("SELECT account FROM posting WHERE claim_id = %(claim)s AND amount < 0", claim=first.id) == "18.89"


def test_a_pilot_drafts_and_gives_nothing_out(diary: Diary) -> None:
    switched(diary, Group.CLARIFICATION, stage=Stage.PILOT)
    diary.payroll_says(hired(), paid_through("1", "2025-01", "2025-03"))
    diary.caseworker_enters(Question.CLARIFICATION_GROUP, "provider", "2025-01-06", "2025-12-31")
    diary.until("2025-04-07")
    case = case_of(diary, Kind.CLARIFICATION)
    assert case.pilot
    assert claims_of(diary, Kind.CLARIFICATION)[1].expected.refund > 0
    assert diary.tasks() == ()
    with pytest.raises(Refused, match=r"funds\.nothing_to_tell"):
        told(diary, Kind.CLARIFICATION, "2025-02-01")
    switched(diary, Group.CLARIFICATION, on="2025-04-08").the_house_works()
    assert not case_of(diary, Kind.CLARIFICATION).pilot
    assert len(read_report("x", told(diary, Kind.CLARIFICATION, "2025-02-01").raw)) == 1


def test_a_file_that_never_left_is_taken_back_and_given_out_anew(diary: Diary) -> None:
    switched(diary, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2014-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    diary.until("2025-04-07")
    given = told(diary, Kind.STATE_FLEKSJOB, "2025-02-01")
    take_back(diary.ports, CASEWORKER, diary.code, given.report.number or 0)
    assert claims_of(diary, Kind.STATE_FLEKSJOB)[0].state.value == "drafted"
    assert [task.kind for task in diary.tasks()] == [TaskKind.FUND_DUE]
    with pytest.raises(Refused, match=r"funds\.withdrawn_already"):
        received(diary, given)
    again = told(diary, Kind.STATE_FLEKSJOB, "2025-02-01")
    received(diary, again)
    with pytest.raises(Refused, match=r"funds\.received_already"):
        take_back(diary.ports, CASEWORKER, diary.code, again.report.number or 0)
    assert claims_of(diary, Kind.STATE_FLEKSJOB)[0].state.value == "accepted"


def test_a_right_that_was_never_there_is_withdrawn(diary: Diary) -> None:
    switched(diary, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2014-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    diary.until("2025-04-07")
    received(diary, told(diary, Kind.STATE_FLEKSJOB, "2025-02-01"))
    diary.payroll_says(hired(since="2014-05-01", job_kind="ordinary"))
    diary.until("2025-04-14")
    assert [claim.state.value for claim in claims_of(diary, Kind.STATE_FLEKSJOB)] == ["annulling", "dropped"]
    received(diary, told(diary, Kind.STATE_FLEKSJOB, "2025-02-01"), "K-2")
    assert claims_of(diary, Kind.STATE_FLEKSJOB)[0].state.value == "annulled"
    assert diary.balance("receivable") == 0
    assert case_of(diary, Kind.STATE_FLEKSJOB).state.value == "closed_without_claim"


def test_an_answer_about_no_claim_of_ours_is_kept_and_shown(diary: Diary) -> None:
    switched(diary, Group.STATE_FLEKSJOB)
    assert decided(diary, Kind.STATE_FLEKSJOB, "99-1", 5_00) == {"new": 0, "known": 0, "unplaced": 1}
    assert decided(diary, Kind.STATE_FLEKSJOB, "99-1", 6_00) == {"new": 0, "known": 1, "unplaced": 0}
    assert [task.kind for task in diary.tasks()] == [TaskKind.FUND_ANSWER]
    with diary.reading() as tx:
        assert [one.decided.claim for one in tx.funds.unplaced()] == ["99-1"]


def test_a_day_done_twice_changes_nothing_and_without_funds_nothing_is_asked(diary: Diary) -> None:
    diary.payroll_says(hired(since="2014-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    assert diary.on("2025-01-06").the_house_works()["review_funds"] == 0
    switched(diary, Group.STATE_FLEKSJOB, on="2025-04-07")
    assert diary.the_house_works()["review_funds"] == 1
    assert diary.the_house_works()["review_funds"] == 0


def test_the_page_of_a_fund_s_case_shows_its_claims_and_receipt(diary: Diary) -> None:
    switched(diary, Group.STATE_FLEKSJOB)
    diary.payroll_says(hired(since="2014-05-01", job_kind="fleksjob"), paid_through("1", "2025-01", "2025-03"))
    diary.until("2025-04-07")
    received(diary, told(diary, Kind.STATE_FLEKSJOB, "2025-02-01"), "K-9")
    number = case_of(diary, Kind.STATE_FLEKSJOB).number or 0
    reader = Actor("reader", frozenset({"caseworker"}))
    with diary.house().reading(reader, diary.code, "case") as reads:
        chain = reads.case(number)
        days = reads.case_days(number)
        at_risk = reads.at_risk()
        lines = reads.claim_lines(date(2025, 1, 1), date(2025, 3, 31))
        kept = list(reads.kept_claims())
    assert chain is not None
    assert days is not None
    assert (chain.notification, chain.spells, days.deadlines) == ((), (), ())
    assert [report.receipt for report in chain.reports] == ["K-9"]
    assert [line.kind for line in lines] == ["state_fleksjob"]
    assert {one.kind for one in kept} == {Kind.STATE_FLEKSJOB}
    assert [one.difference for one in recalculated(kept, {})] == [0, 0]
    assert at_risk is not None
