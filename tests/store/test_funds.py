"""What is kept of funds: cases without an absence, report files that end once, answers that are kept once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from refusion.cases.facts import Case, Kind, State
from refusion.claims.facts import State as ClaimState
from refusion.values.said import Refused
from refusion.wiring.work import OpenTransaction
from tests.store.asked_of_funds import DAY, QUARTER, answer_of, ask_funds
from tests.store.conftest import Open
from tests.store.filled import START, case_of, claim_of, with_case


def fund_case(tx: OpenTransaction, kind: Kind = Kind.STATE_FLEKSJOB) -> Case:
    own = UUID(int=7500)
    return replace(case_of(tx), id=own, absence=own, kind=kind, state=State.RUNNING, first_absence_day=START, refund_from=START)


def test_a_fund_s_case_has_no_absence_and_is_found_by_its_job(work: Open) -> None:
    with work() as tx:
        with_case(tx)
        case = fund_case(tx)
        assert tx.cases.open_many([case]) == 1
        assert tx.cases.open_many([replace(case, id=UUID(int=7501), absence=UUID(int=7501))]) == 0
        found = tx.cases.of_fund(case.employment, Kind.STATE_FLEKSJOB)
        assert found is not None
        assert found.absence == found.id == case.id
        assert tx.cases.of_fund(case.employment, Kind.WAGE_SUBSIDY) is None
        assert len(tx.cases.of_employment(case.employment)) == 2
        tx.audit.note("test", "1", {})


@pytest.mark.parametrize(("kind", "has_absence"), [("state_fleksjob", True), ("ordinary", False)])
def test_a_case_rests_on_an_absence_or_on_a_fund(work: Open, kind: str, *, has_absence: bool) -> None:
    with work() as tx:
        case = with_case(tx)
        tx.audit.note("test", "1", {})
    change = "UPDATE refund_case SET kind = %s WHERE id = %s" if has_absence else "UPDATE refund_case SET kind = %s, absence_id = NULL WHERE id = %s"
    with pytest.raises(Exception, match=r"refund_case_rests_on|permission denied"), work(), connection.cursor() as cursor:
        cursor.execute(change, [kind, case.id])


def test_a_report_is_received_or_withdrawn_once(work: Open) -> None:
    with work() as tx:
        claim = claim_of(with_case(tx))
        tx.claims.keep(claim, tx.at.now)
        ask_funds(tx, claim)
        (kept,) = tx.funds.reports()
        assert tx.funds.open_report_of(claim.id) == kept
        assert [line.claim for line in tx.funds.report(kept.number or 0).lines] == [claim.id]
        tx.funds.note_received(kept, "K-1", DAY, "kim")
        assert tx.funds.open_report_of(claim.id) is None
        assert tx.funds.raw(kept) == b"a;b"
        tx.audit.note("test", "1", {})
    for again in (lambda tx: tx.funds.note_received(kept, "K-2", DAY, "kim"), lambda tx: tx.funds.note_withdrawn(kept, "kim", tx.at.now)):
        with pytest.raises(Exception, match=r"received_on|fund_report_one_end"), work() as tx:
            again(tx)


def test_an_answer_is_kept_once_and_unplaced_ones_are_shown(work: Open) -> None:
    with work() as tx:
        claim = claim_of(with_case(tx))
        tx.claims.keep(claim, tx.at.now)
        ask_funds(tx, claim)
        file = tx.funds.reports()[0].file
        assert not tx.funds.keep_answer(UUID(int=7402), file, answer_of(1), None, tx.at.now)
        assert tx.funds.keep_answer(UUID(int=7403), file, answer_of(2), claim.id, tx.at.now)
        assert [one.decided.decision for one in tx.funds.unplaced()] == ["D1"]
        tx.audit.note("test", "1", {})


def test_what_waits_to_be_told(work: Open) -> None:
    with work() as tx:
        with_case(tx)
        case = fund_case(tx)
        tx.cases.open_many([case])
        states: Iterable[ClaimState] = (ClaimState.DRAFTED, ClaimState.FILING, ClaimState.CORRECTING, ClaimState.ANNULLING, ClaimState.DROPPED)
        for n, state in enumerate(states, 1):
            tx.claims.keep(replace(claim_of(case, n, state), state=state), tx.at.now)
        told = tx.claims.states(tx.funds.to_tell(Kind.STATE_FLEKSJOB, QUARTER))
        assert set(told.values()) == {ClaimState.DRAFTED, ClaimState.CORRECTING, ClaimState.ANNULLING}
        assert tx.funds.to_tell(Kind.WAGE_SUBSIDY, QUARTER) == ()
        assert [claim.state for claim in tx.funds.listed([Kind.STATE_FLEKSJOB], None)] == ["drafted", "filing", "correcting", "annulling"]
        with pytest.raises(Refused, match=r"funds\.no_report"):
            tx.funds.report(99)
        with pytest.raises(Refused, match=r"funds\.no_employment"):
            tx.funds.employment_numbered("X")
        tx.audit.note("test", "1", {})
