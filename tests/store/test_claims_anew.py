"""Claims and open cases read for calculating them anew: whole, in pages, without those that are taken back, one's own alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from refusion.cases import facts as cases
from refusion.claims.facts import State
from refusion.claims.recalculation import moved, recalculated
from refusion.store.reads import claim_lines
from tests.store.conftest import Open
from tests.store.filled import claim_of, fill, with_case


@pytest.mark.parametrize("chunk", [1, 2, 3, 2_000])
def test_every_claim_that_stands_is_read_once(work: Open, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(claim_lines, "CHUNK", chunk)
    with work() as tx:
        case = with_case(tx)
        for place, state in enumerate(State, start=1):
            tx.claims.keep(claim_of(case, place, state), tx.at.now)
        kept = list(claim_lines.kept_claims())
        assert {one.state for one in kept} == set(State) - {State.ANNULLING, State.ANNULLED, State.DROPPED}
        assert len(kept) == len(State) - 3
        assert kept[0].answers == claim_of(case).answers
        assert (kept[0].total, kept[0].case_number, kept[0].waived) == (1_237_000, case.number, False)
    with work("THERE"):
        assert list(claim_lines.kept_claims()) == []


def test_what_was_kept_with_a_claim_can_be_read_and_calculated_anew(work: Open) -> None:
    fill(work)
    with work():
        (kept,) = claim_lines.kept_claims()
        assert claim_lines.kept_explanation(kept.id)["rule"] == "refund"
        (anew,) = recalculated([kept], {})
        assert anew.refused is None
        assert anew.before == kept.total
    with work("THERE"):
        assert claim_lines.kept_explanation(kept.id) == {}


@pytest.mark.parametrize(("state", "open_cases"), [(cases.State.RUNNING, 1), (cases.State.SETTLED, 0), (cases.State.WITHDRAWN, 0)])
def test_cases_are_read_while_they_are_open(work: Open, state: cases.State, open_cases: int) -> None:
    with work() as tx:
        case = with_case(tx)
        tx.cases.keep(replace(case, state=state), "test", tx.at.now)
        standing = list(claim_lines.standing_cases())
        assert [one.case_number for one in standing] == [case.number] * open_cases
        assert list(moved(standing, {})) == []
    with work("THERE"):
        assert list(claim_lines.standing_cases()) == []
