"""A run taken in: the same one once, whole or not at all, limits in their order, raises that payroll alone cannot make."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.salary_guard.decision import Applied
from refusion.salary_guard.intake import Announced
from refusion.salary_guard.resolving.approval import CaseState, PortalCase, Subject
from refusion.salary_guard.resolving.states import State
from refusion.values.said import BadInput, Refused
from refusion.workflow.guard.limits import Wanted
from refusion.workflow.guard.take import Delivered
from refusion.workflow.ports.guard.facts import PayLimit
from tests.workflow.guard.conftest import APPROVER, CODE, OFFICER, PAYDAY, PAYER, Guarding, row, run_file

AT_LIMIT, ABOVE = row("P1", 0, "70000.00"), row("P2", 1, "70000.01")


def raised(guarding: Guarding, wanted: Wanted) -> PayLimit:
    """Propose a raise and have it approved."""
    proposed = guarding.house.propose_limit(OFFICER, CODE, wanted)
    assert proposed.outcome is None
    return guarding.house.approve_limit(APPROVER, CODE, proposed.number or 0)


def test_strictly_above_is_stopped_and_the_total_counts(guarding: Guarding) -> None:
    taken = guarding.take(AT_LIMIT, ABOVE, row("P3", 2, "40000"), row("P4", 2, "40000"))
    assert [(paid.payment, paid.total, Applied(paid.applied)) for paid in taken.stopped] == [
        ("P2", 70_000_01, Applied.DEFAULT), ("P3", 80_000_00, Applied.DEFAULT), ("P4", 80_000_00, Applied.DEFAULT),
    ]  # fmt: skip
    assert "drift" in taken.run.not_checked


def test_the_same_run_twice_is_once(guarding: Guarding) -> None:
    first = guarding.take(AT_LIMIT, ABOVE)
    again = guarding.take(AT_LIMIT, ABOVE)
    assert (again.again, again.run.number, len(again.stopped)) == (True, first.run.number, 1)
    assert guarding.stands("P2") == {"95.11": -70_000_01}
    with pytest.raises(Refused, match="taken_otherwise"):
        guarding.take(AT_LIMIT, ABOVE, value_date=date(2025, 7, 31))
    with pytest.raises(Refused, match="name_taken"):
        guarding.take(row("P9", 3, "1000"))
    with pytest.raises(Refused, match="payments_taken"):
        guarding.take(AT_LIMIT, row("P9", 3, "1000"), name="June again")
    with pytest.raises(Refused, match="value_date_passed"):
        guarding.take(AT_LIMIT, name="May", value_date=date(2025, 5, 30))


@pytest.mark.parametrize(
    ("rows", "announced"),
    [
        ((AT_LIMIT, AT_LIMIT), Announced()),
        ((AT_LIMIT,), Announced(total=1)),
        ((AT_LIMIT,), Announced(count=2)),
        ((AT_LIMIT.replace("6101901234", ""),), Announced()),
        ((AT_LIMIT.replace("nemkonto_cpr,,", "dk,12,34"),), Announced()),
        ((AT_LIMIT.replace("70000.00", "0"),), Announced()),
    ],
)
def test_a_run_with_anything_wrong_is_refused_whole(guarding: Guarding, rows: tuple[str, ...], announced: Announced) -> None:
    with pytest.raises(BadInput) as refused:
        guarding.house.take_run(OFFICER, CODE, Delivered("June.csv", run_file(rows), "June", PAYDAY, announced))
    assert refused.value.problems[0].file == "June.csv"
    with guarding.peek(CODE, OFFICER) as tx:
        assert tx.guard.runs() == ()


def test_payroll_lowers_a_limit_alone_and_raises_none(guarding: Guarding) -> None:
    rows = (row("P1", 0, "60000", "50000,,"), row("P2", 1, "80000", "90000,,"), row("P3", 2, "80000", ",85000,active"))
    taken = guarding.take(*rows)
    assert [(paid.payment, paid.limit, paid.unapproved) for paid in taken.stopped] == [
        ("P1", 50_000_00, False), ("P2", 70_000_00, True), ("P3", 70_000_00, True),
    ]  # fmt: skip


def test_a_raise_that_was_approved_lets_payrolls_raise_hold_up_to_it(guarding: Guarding) -> None:
    guarding.take(row("P0", 1, "30000"), name="May")
    raised(guarding, Wanted(Subject.EMPLOYEE_LIMIT_THIS_RUN, 95_000_00, "Jubilee", "E1"))
    taken = guarding.take(row("P2", 1, "92000", "90000,,"))
    assert [(paid.payment, paid.limit) for paid in taken.stopped] == [("P2", 90_000_00)]


def test_limits_of_one_run_are_set_back_after_it(guarding: Guarding) -> None:
    raised(guarding, Wanted(Subject.INSTITUTION_LIMIT_THIS_RUN, 90_000_00, "Many large payments"))
    assert guarding.take(row("P1", 0, "85000")).stopped == ()
    assert len(guarding.take(row("P2", 0, "85000"), name="July", value_date=date(2025, 7, 31)).stopped) == 1


def test_component_244_holds_until_it_is_deleted_also_when_it_ended(guarding: Guarding) -> None:
    guarding.take(row("P0", 1, "30000"), name="May")
    number = raised(guarding, Wanted(Subject.COMPONENT_244, 90_000_00, "Surgeon", "E1", date(2025, 7, 1))).number or 0
    assert len(guarding.take(row("P1", 1, "85000")).stopped) == 1
    guarding.house.end_limit(OFFICER, CODE, number, date(2025, 7, 15))
    july = guarding.take(row("P2", 1, "85000"), row("P3", 2, "1"), name="July", value_date=date(2025, 7, 31))
    assert july.stopped == ()
    assert guarding.paid("P2", "July").warned
    guarding.house.delete_limit(OFFICER, CODE, number)
    assert len(guarding.take(row("P4", 1, "85000"), name="August", value_date=date(2025, 8, 29)).stopped) == 1


def test_a_lower_limit_is_set_by_one_and_only_two_lift_it(guarding: Guarding) -> None:
    lower = guarding.house.propose_limit(OFFICER, CODE, Wanted(Subject.INSTITUTION_LIMIT, 50_000_00, "New payroll system"))
    assert lower.outcome == "approved"
    with pytest.raises(Refused, match="removal_raises"):
        guarding.house.delete_limit(OFFICER, CODE, lower.number or 0)
    portal = PortalCase("SP-1", "Back to 70,000", CaseState.GRANTED)
    raised(guarding, Wanted(Subject.INSTITUTION_LIMIT, 70_000_00, "System runs", case=portal))
    assert guarding.take(row("P1", 0, "65000")).stopped == ()


def test_a_raise_is_bound_to_what_held_when_it_was_proposed(guarding: Guarding) -> None:
    wanted = Wanted(Subject.INSTITUTION_LIMIT_THIS_RUN, 90_000_00, "Many")
    proposed = guarding.house.propose_limit(OFFICER, CODE, wanted)
    guarding.house.propose_limit(OFFICER, CODE, Wanted(Subject.INSTITUTION_LIMIT, 40_000_00, "Careful"))
    with pytest.raises(Refused, match="content_changed"):
        guarding.house.approve_limit(APPROVER, CODE, proposed.number or 0)
    with pytest.raises(Refused, match="own_proposal"):
        guarding.house.approve_limit(type(APPROVER)("Olga", APPROVER.roles), CODE, proposed.number or 0)


def test_a_file_that_cannot_be_written_leaves_the_run_as_it_was(guarding: Guarding) -> None:
    guarding.take(row("P1", 0, "30000"))
    payer = guarding.folder / "payer.toml"
    payer.write_text(PAYER.replace("iban", "nothing"), encoding="utf-8")
    with pytest.raises(BadInput):
        guarding.house.write_bank_file(OFFICER, CODE, 1, target=guarding.folder / "bank.xml", payer=payer)
    assert not list(guarding.folder.glob("*.xml"))
    number = guarding.paid("P1").number
    assert guarding.house.hold_payment(OFFICER, CODE, number, "Wrong").state is State.STOPPED
    with pytest.raises(Refused, match="none"):
        guarding.write()


def test_a_deviating_part_is_held_where_it_is_switched_on(guarding: Guarding) -> None:
    with guarding.house.ports.work(CODE, OFFICER) as tx:
        tx.guard.set_setting("holds_parts", "yes")
        tx.audit.note("set_holding", CODE, {"on": True})
    twice = (row("P1", 0, "30000"), row("P2", 0, "30000"))
    taken = guarding.take(*twice)
    assert [(paid.payment, paid.amount, paid.hold) for paid in taken.stopped] == [("P2", 30_000_00, 2)]
    assert (taken.run.goes, taken.run.held) == (30_000_00, 30_000_00)


def test_a_new_account_shortly_before_pay_is_pointed_out(guarding: Guarding) -> None:
    own = row("P1", 0, "30000")
    guarding.take(own, row("P2", 1, "30000"), name="May")
    other = own.replace("P1", "Q1").replace("nemkonto_cpr,,", "dk,0040,440116243")
    raw = run_file([f"{other},2025-06-27", f"{row('Q2', 1, '30000')},2020-01-01"]).replace(b",text\n", b",text,account_since\n")
    taken = guarding.take(raw=raw)
    assert [(paid.payment, paid.findings[0].key) for paid in taken.pointed_out] == [("Q1", "guard.entered_shortly")]
    assert "new_account" not in taken.run.not_checked
    assert "new_account" in guarding.take(row("R1", 0, "1000"), name="July", value_date=date(2025, 7, 31)).run.not_checked
