"""The whole year 2013 of the Swedish sick-leave grant: from the approvals to the last correction, as the office lives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from refusion.grants.course.ceilings import ceilings
from refusion.grants.course.records import Order
from refusion.grants.course.running import hindrances
from refusion.grants.evidence import State
from refusion.law.engine.refusals import NotAnswered
from refusion.values.said import BadInput, Refused
from refusion.wiring.database.clones import cloned
from refusion.workflow.grants.deciding import Proposal
from refusion.workflow.grants.papers import Heard
from refusion.workflow.grants.paying import Wanted
from refusion.workflow.grants.reporting import Report
from tests.story.grant_office import ANNA, BO, CODE, GOTLAND, NAME, SHARES, STATISTICS, Office, grant_office, made_up

M = 1_000_000_00
PLAN, PREMIUM, NATIONAL = "condition_5_plan", "condition_5_premium", "condition_5"
FEBRUARY = (
    "investigations", "follow_up", "variable", "condition_1", "condition_2", "condition_3", PLAN, PREMIUM, "condition_5_skl",
    "condition_5_fk", "condition_5_sos",
)  # fmt: skip


@pytest.fixture(scope="module")
def office(house_server: None) -> Iterator[Office]:
    with cloned(), grant_office() as opened:
        yield opened


def ordered(count: int) -> list[Order]:
    """Order investigations through the year: every fifth comes a day late, the last two never."""
    codes = [row["county"] for row in made_up() if row["county"] != "00"]
    orders = []
    for place in range(count):
        first = date(2013, 1, 7) + timedelta(days=place % 300)
        due = first + timedelta(days=42)
        came = None if place >= count - 2 else due + timedelta(days=1 if place % 5 == 0 else -1)
        unit = "team_investigations" if place % 2 else "doctor_statements"
        orders.append(Order(f"FMU-{place:05}", codes[place % 21], unit, first, due, came))
    return orders


def test_01_the_agreement_is_opened_once_and_waits_for_its_approvals(office: Office) -> None:
    office.opens()
    office.opens()
    assert [one.name for one in office.house.agreements(ANNA, CODE)] == [NAME]
    office.on("2012-12-13").approvals("government", "skl_board", "investigations_government", "investigations_skl_board")
    (waits,) = [one for one in hindrances(office.standing, "condition_4") if one.key == "agreements.waits_for_approval"]
    assert waits.facts["by"] == "Riksdagen"
    with pytest.raises(Refused, match="approval_unknown"):
        office.approvals("eu")
    with pytest.raises(Refused, match=r"access\.not_yours"):
        office.house.record_approval(BO, CODE, NAME, ("riksdag_funds", office.day, "dnr"))


def test_02_requirements_are_set_after_consulting_skl_and_sent_before_the_report_is_due(office: Office) -> None:
    office.on("2013-02-01").requires("condition_1", "condition_2", "condition_3", "condition_4", PLAN, NATIONAL, "investigations", "follow_up")
    nobody = Heard("", None, "", office.day)
    with pytest.raises(Refused, match="consultation_lacking"):
        office.house.set_requirement(ANNA, CODE, NAME, ("condition_1", office.day, "second edition"), nobody)
    office.on("2013-08-30")
    late = Heard("SKL", office.day, "minutes", office.day)
    with pytest.raises(Refused, match="requirement_late"):
        office.house.set_requirement(ANNA, CODE, NAME, ("condition_1", office.day, "second edition"), late)
    with pytest.raises(Refused, match="requirement_unknown"):
        office.house.set_requirement(ANNA, CODE, NAME, ("variable", office.day, "none asked"), late)


def test_03_orders_come_through_the_year_and_again(office: Office) -> None:
    office.on("2013-12-31")
    orders = ordered(2000)
    undelivered = [Order(one.reference, one.county, one.unit, one.ordered_on, one.due_on) for one in orders]
    assert office.orders(undelivered) == (2000, 0)
    due = [one for one in orders if one.delivered_on is None or one.delivered_on <= office.day]
    assert office.orders(due) == (0, sum(one.delivered_on is not None for one in due))
    assert office.orders(due) == (0, 0)
    with pytest.raises(BadInput) as refused:
        office.orders([Order("FMU-00000", "03", "team_investigations", office.day, office.day), Order("X", "02", "tmu", office.day, office.day)])
    assert {problem.what.key for problem in refused.value.problems} == {"agreements.order_otherwise", "agreements.unit_unknown"}


def test_04_reports_come_from_the_administrator_and_the_counties_themselves(office: Office) -> None:
    codes = office.standing.agreement.codes
    office.on("2013-02-15").house.name_reporter(ANNA, CODE, NAME, ("gun", "09", "letter of Region Gotland"))
    office.on("2013-08-29").reports("condition_1", *(code for code in codes if code not in {"09", "22", "25"}))
    office.reports("condition_1", "22", without=["C1-5"])
    own = Report("condition_1", "09", "dnr gotland", None, office.evidence("condition_1"))
    received = office.house.register_report(GOTLAND, CODE, NAME, own)
    assert (received.sent_by, received.received_on) == ("landsting", date(2013, 8, 29))
    with pytest.raises(Refused, match="not_your_county"):
        office.house.register_report(GOTLAND, CODE, NAME, Report("condition_1", "25", "dnr x"))
    with pytest.raises(Refused, match="exception_not_yours"):
        office.house.register_report(GOTLAND, CODE, NAME, Report("condition_2", "09", "dnr y", exception="please"))
    for pot in ("condition_2", "condition_3"):
        office.reports(pot, *codes)


def test_05_a_report_twice_a_used_diary_number_and_late_evidence_are_refused(office: Office) -> None:
    with pytest.raises(Refused, match="reported_twice"):
        office.reports("condition_2", "01")
    office.on("2013-08-31")
    used = office.standing.reports[0].diary
    with pytest.raises(Refused, match="diary_number_used"):
        office.house.register_report(ANNA, CODE, NAME, Report("condition_1", "25", used))
    with pytest.raises(Refused, match="evidence_late"):
        office.reports("condition_1", "25")
    with pytest.raises(Refused, match="check_unknown"):
        office.house.register_report(ANNA, CODE, NAME, Report("condition_1", "25", "dnr 25", None, {"C9-9": "x"}, late=True))
    with pytest.raises(NotAnswered, match="no_such_matter"):
        office.house.register_report(ANNA, CODE, NAME, Report("condition_4", "25", "dnr 26"))
    late = Report("condition_1", "25", "dnr 25", None, office.evidence("condition_1"), late=True)
    assert office.house.register_report(ANNA, CODE, NAME, late).late


def test_06_what_lacks_is_asked_for_and_comes(office: Office) -> None:
    office.on("2013-09-10").house.begin_review(ANNA, CODE, NAME, "condition_1")
    with pytest.raises(BadInput) as refused:
        office.house.propose_decisions(ANNA, CODE, NAME, Proposal("condition_1", (), True, "complete"))
    assert sorted(problem.what.key for problem in refused.value.problems) == ["grants.check_lacking", "grants.reported_late"]
    office.house.ask_completion(ANNA, CODE, NAME, ("condition_1", "22", "no measure on violence in close relationships"), date(2013, 9, 30))
    assert office.standing.state("condition_1", "22") is State.COMPLETION_REQUESTED
    office.on("2013-09-25").house.register_report(
        ANNA, CODE, NAME, Report("condition_1", "22", "dnr 22b", None, {"C1-5": "updated plan, page 4"})
    )
    assert office.standing.state("condition_1", "22") is State.UNDER_REVIEW
    assert office.standing.verdict("condition_1", "22").fulfilled


def test_07_decisions_take_two_persons_and_the_words_that_were_shown(office: Office) -> None:
    office.on("2013-10-15")
    codes = [code for code in office.standing.agreement.codes if code != "25"]
    proposed = office.house.propose_decisions(ANNA, CODE, NAME, Proposal("condition_1", tuple(codes), True, "complete"))
    with pytest.raises(Refused, match="proposed_already"):
        office.house.propose_decisions(ANNA, CODE, NAME, Proposal("condition_1", ("01",), True, "complete"))
    with pytest.raises(Refused, match="other_words"):
        office.house.approve_decisions(BO, CODE, NAME, "condition_1", proposed[0].content_hash)
    both = replace_roles(ANNA)
    with pytest.raises(Refused, match="four_eyes"):
        office.house.approve_decisions(both, CODE, NAME, "condition_1", "0" * 8)
    assert office.house.withdraw_decisions(ANNA, CODE, NAME, "condition_1") == 20
    office.decides("condition_1", *codes)
    office.decides("condition_1", "25", fulfilled=False, reason="reported on 31 August, no exception")
    # Riksdag has not given the funds, so nothing is payable yet.
    assert office.count("fulfilled") == 20
    office.on("2013-10-16").approvals("riksdag_funds")
    assert (office.count("fulfilled"), office.count("payable")) == (0, 20)


def replace_roles(actor: object) -> object:
    from refusion.workflow.ports.institution import Actor

    return Actor("anna", frozenset({"grant_approver"}))


def test_08_competence_is_reviewed_with_socialstyrelsen(office: Office) -> None:
    office.on("2013-10-20")
    for pot in ("condition_2", "condition_3"):
        office.house.begin_review(ANNA, CODE, NAME, pot)
    with pytest.raises(NotAnswered, match="decision_without_consultation"):
        office.house.propose_decisions(ANNA, CODE, NAME, Proposal("condition_2", (), True, "complete"))
    office.decides("condition_2")
    office.decides("condition_3")
    assert office.count("payable") == 62


def test_09_plans_premium_and_the_national_project(office: Office) -> None:
    codes = office.standing.agreement.codes
    office.on("2013-06-03").house.register_report(ANNA, CODE, NAME, Report(NATIONAL, "00", "interim", None, {}, interim=True))
    with pytest.raises(Refused, match="no_interim_asked"):
        office.house.register_report(ANNA, CODE, NAME, Report(NATIONAL, "00", "interim 2", interim=True))
    office.on("2013-10-31").reports(PLAN, *codes[:18])
    office.on("2013-12-02").house.register_report(ANNA, CODE, NAME, Report(NATIONAL, "00", "final", None, office.evidence(NATIONAL)))
    office.on("2013-12-20").reports(PREMIUM, "06", "08")
    office.on("2014-01-10")
    for pot in (PLAN, PREMIUM, NATIONAL):
        whos = {PLAN: codes[:18], PREMIUM: ("06", "08"), NATIONAL: ("00",)}[pot]
        office.house.begin_review(ANNA, CODE, NAME, pot, whos)
        office.decides(pot, *whos)
    overdue = [matter.key for matter, _ in office.standing.awaited(office.day)]
    assert overdue == [(PLAN, code) for code in codes[18:]] + [(PREMIUM, code) for code in codes if code not in {"06", "08"}]
    office.decides(PLAN, *codes[18:], fulfilled=False, reason="nothing reported by 31 October")
    office.decides(PREMIUM, *(code for code in codes if code not in {"06", "08"}), fulfilled=False, reason="not realised in 2013")


def test_10_the_follow_up_money_waits_for_the_governments_own_decision(office: Office) -> None:
    assert [one.key for one in hindrances(office.standing, "follow_up")] == ["agreements.undecided"]
    office.on("2014-01-15").house.register_report(ANNA, CODE, NAME, Report("follow_up", "00", "S2014/1/SF"))
    office.house.begin_review(ANNA, CODE, NAME, "follow_up")
    office.decides("follow_up", "00", reason="government decision of 9 January 2014")
    assert hindrances(office.standing, "follow_up") == ()


def test_11_the_variable_part_is_preliminary_until_orders_and_consumption_are_closed(office: Office) -> None:
    with pytest.raises(BadInput) as refused:
        office.house.propose_run(ANNA, CODE, NAME, Wanted(("variable",)))
    assert [problem.what.facts["other"] for problem in refused.value.problems] == ["investigations", "pilot"]
    office.on("2014-01-31").house.close_pot(ANNA, CODE, NAME, ("investigations", office.day, "orders closed"))
    with pytest.raises(Refused, match="used_asked"):
        office.house.close_pot(ANNA, CODE, NAME, ("pilot", office.day, "account of the pilot"))
    with pytest.raises(Refused, match="used_above_pot"):
        office.house.close_pot(ANNA, CODE, NAME, ("pilot", office.day, "account of the pilot"), 51 * M)
    office.house.close_pot(ANNA, CODE, NAME, ("pilot", office.day, "account of the pilot"), 31_250_000_00)
    with pytest.raises(Refused, match="not_to_be_closed"):
        office.house.close_pot(ANNA, CODE, NAME, ("condition_1", office.day, "x"))
    with pytest.raises(BadInput) as after:
        office.orders([Order("FMU-99999", "03", "team_investigations", date(2013, 12, 1), date(2013, 12, 31))])
    assert after.value.problems[0].what.key == "agreements.orders_closed"


def test_12_a_missing_county_stops_and_statistics_are_checked(office: Office) -> None:
    office.on("2014-02-03")
    with pytest.raises(BadInput) as refused:
        office.house.propose_run(ANNA, CODE, NAME, Wanted(FEBRUARY))
    assert refused.value.problems[0].what.key == "grants.counties_missing"
    with pytest.raises(BadInput) as share:
        office.statistics(SHARES, share_ok_2013="63.85")
    assert {problem.what.key for problem in share.value.problems} == {"grants.more_decimals_than_published"}
    with pytest.raises(BadInput) as column:
        office.statistics(("county", "condition_1_fulfilled"))
    assert column.value.problems[0].what.key == "agreements.column_recorded"
    office.statistics(STATISTICS)


def test_13_the_payout_of_february_goes_on_the_banking_day_before_the_fifteenth(office: Office) -> None:
    office.on("2014-02-10")
    run = office.house.propose_run(ANNA, CODE, NAME, Wanted(FEBRUARY))
    assert (run.number, run.pays_on, run.corrects) == (1, date(2014, 2, 14), None)
    assert [warning["key"] for warning in run.content["warnings"]] == ["grants.population_of_another_day"]
    with pytest.raises(Refused, match="run_open"):
        office.house.propose_run(ANNA, CODE, NAME, Wanted(("condition_1",)))
    with pytest.raises(Refused, match="four_eyes"):
        office.house.approve_run(replace_roles(ANNA), CODE, NAME, 1, run.content_hash)
    with pytest.raises(Refused, match="other_words"):
        office.house.approve_run(BO, CODE, NAME, 1, "00000000")
    with pytest.raises(Refused, match="run_not_approved"):
        office.house.pay_run(ANNA, CODE, NAME, 1)
    office.house.approve_run(BO, CODE, NAME, 1, run.content_hash[:8])
    office.on("2014-02-14").house.pay_run(ANNA, CODE, NAME, 1)
    with pytest.raises(Refused, match="run_not_approved"):
        office.house.pay_run(ANNA, CODE, NAME, 1)
    lines = office.standing.lines_of(1)
    assert {line.budget for line in lines} == {"UO 10, anslag 1:6, anslagspost 2"}
    paid = {pot: sum(line.difference for line in lines if line.pot == pot) for pot in FEBRUARY}
    assert (paid["condition_2"], paid["condition_3"], paid[PLAN], paid[PREMIUM]) == (150 * M, 50 * M, 25 * M, 25 * M)
    assert (paid["condition_5_skl"], paid["condition_5_fk"], paid["condition_5_sos"]) == (45 * M, 18 * M, 1_200_000_00)
    assert 0 < paid["condition_1"] < 50 * M
    investigations = sum(3_700_000 if order.unit == "team_investigations" else 1_400_000 for order in office.standing.orders if order.in_time)
    ordered_worth = sum(3_700_000 if order.unit == "team_investigations" else 1_400_000 for order in office.standing.orders)
    assert paid["investigations"] == investigations
    assert paid["variable"] == 230_800_000_00 + (250 * M - ordered_worth) + (50 * M - 31_250_000_00)
    assert office.count("payable") == 0


def test_14_condition_4_is_a_run_of_its_own_in_april(office: Office) -> None:
    office.on("2014-03-20").statistics(SHARES, "2014-01-31")
    run = office.house.propose_run(ANNA, CODE, NAME, Wanted(("condition_4",)))
    assert run.pays_on == date(2014, 4, 30)
    office.house.withdraw_run(ANNA, CODE, NAME, run.number)
    with pytest.raises(Refused, match="no_banking_day"):
        office.house.propose_run(ANNA, CODE, NAME, Wanted(("condition_4",), date(2014, 4, 18)))
    assert office.pays("condition_4") == 3
    assert sum(line.difference for line in office.standing.lines_of(3)) == 100 * M


def test_15_what_was_paid_is_held_against_the_ceilings(office: Office) -> None:
    found = {one.pot: one for one in ceilings(office.standing)}
    assert all(one.holds for one in found.values())
    assert found["total"].amount == 1000 * M
    assert found["total"].left == found["condition_1"].left + found["investigations"].left
    assert found["variable"].moved_in == found["investigations"].moved_out + found["pilot"].moved_out
    assert (found["variable"].left, found["pilot"].left) == (0, 0)


def test_16_a_correction_after_payout_is_a_new_run_with_differences(office: Office) -> None:
    office.on("2014-05-05")
    with pytest.raises(Refused, match="nothing_due"):
        office.house.propose_run(ANNA, CODE, NAME, Wanted(("condition_1",)))
    office.house.reopen_condition(ANNA, CODE, NAME, ("condition_1", "25", "the report lay at another desk on 30 August"))
    excuse = office.standing.reports_of("condition_1", "25")
    assert excuse[0].late
    office.house.ask_completion(ANNA, CODE, NAME, ("condition_1", "25", "the exception with its proof"), date(2014, 5, 10))
    office.house.register_report(ANNA, CODE, NAME, Report("condition_1", "25", "dnr 25b", exception="received on 30 August at the front desk"))
    office.decides("condition_1", "25", reason="exception of 5 May")
    number = office.pays("condition_1")
    assert office.standing.run(number).corrects == 1
    changed = {line.payee: line.difference for line in office.standing.lines_of(number) if line.difference}
    (amount,) = changed.values()
    assert set(changed) == {"25"}
    whole = sum(line.difference for line in office.standing.lines if line.pot == "condition_1")
    assert (amount > 0, whole) == (True, 50 * M)
    assert len(office.standing.lines_of(1)) > 100


def test_17_a_forgotten_delivery_opens_the_orders_again_and_moves_the_variable_part_by_no_krona(office: Office) -> None:
    office.on("2014-06-02")
    late = next(one for one in office.standing.orders if one.delivered_on is None)
    came = Order(late.reference, late.county, late.unit, late.ordered_on, late.due_on, late.due_on)
    with pytest.raises(BadInput):
        office.orders([came])
    with pytest.raises(Refused, match="not_closed_yet"):
        office.house.reopen_pot(ANNA, CODE, NAME, ("condition_1", office.day, "x"))
    office.house.reopen_pot(ANNA, CODE, NAME, ("investigations", office.day, "a delivery lay unopened"))
    assert office.orders([came]) == (0, 1)
    with pytest.raises(BadInput):
        office.house.propose_run(ANNA, CODE, NAME, Wanted(("investigations",)))
    office.house.close_pot(ANNA, CODE, NAME, ("investigations", office.day, "orders closed anew"))
    number = office.pays("investigations")
    run = office.standing.run(number)
    changed = {line.payee: line.difference for line in office.standing.lines_of(run.number) if line.difference}
    assert changed == {late.county: 3_700_000 if late.unit == "team_investigations" else 1_400_000}
    # What was ordered counts for the variable part, not what came: nothing more is due of it.
    with pytest.raises(Refused, match="nothing_due"):
        office.house.propose_run(ANNA, CODE, NAME, Wanted(("variable",)))


def test_18_a_changed_account_stops_a_run_that_was_approved_with_another(office: Office) -> None:
    office.on("2014-06-05").house.note_account(ANNA, CODE, NAME, ("01", "5050-1055", "form"))
    office.house.reopen_condition(ANNA, CODE, NAME, ("condition_3", "01", "an error"))
    office.decides("condition_3", "01", fulfilled=False, reason="the plan was of another year")
    number = office.pays("condition_3")
    back = office.standing.run(number)
    assert {line.payee: line.difference < 0 for line in office.standing.lines_of(back.number) if line.difference} == {"01": True}
    assert back.content["accounts"] == {}
    office.house.reopen_condition(ANNA, CODE, NAME, ("condition_3", "01", "the county was right"))
    office.decides("condition_3", "01")
    run = office.house.propose_run(ANNA, CODE, NAME, Wanted(("condition_3",)))
    assert run.content["accounts"] == {"01": "50501055"}
    office.house.approve_run(BO, CODE, NAME, run.number, run.content_hash)
    office.house.note_account(ANNA, CODE, NAME, ("01", "991-2346", "another form"))
    with pytest.raises(Refused, match="facts_changed"):
        office.house.pay_run(ANNA, CODE, NAME, run.number)
    office.house.withdraw_run(ANNA, CODE, NAME, run.number)
    office.house.name_reporter(ANNA, CODE, NAME, ("gun", "none", "letter"))
    assert office.house.own_conditions(GOTLAND, CODE, NAME) is None


def test_19_the_parties_find_whether_the_purpose_was_reached(office: Office) -> None:
    office.on("2014-06-10")
    given = {"reached": "partly", "why": "absence rose in all counties", "parties": "Socialdepartementet, SKL", "document": "minutes"}
    office.house.reconcile_purpose(ANNA, CODE, NAME, given, office.day)
    with pytest.raises(Refused, match="no_reason"):
        office.house.reconcile_purpose(ANNA, CODE, NAME, {**given, "why": " "}, office.day)
    with pytest.raises(Refused, match="reached_or_not"):
        office.house.reconcile_purpose(ANNA, CODE, NAME, {**given, "reached": "perhaps"}, office.day)
