"""Whatever comes over the wire, at NAV's twin or from NAV, is answered or unknown; nothing raises and nothing hangs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from refusion.adapters.nav import twin
from refusion.adapters.nav.authority import NavOffice
from refusion.adapters.nav.counterpart.applications import apply
from refusion.adapters.nav.notices import encode
from refusion.rehearsal.host import Request
from refusion.rehearsal.shelves import Shelves
from refusion.settlements.nav_report import ReportHead
from refusion.values.said import BadInput
from refusion.workflow.ports.norway.nav import NavAnswer
from tests.adapters.nav.world import ACCOUNT, ASKED_AT, HEAD, INCOME, WORKPLACE, noticed, person

SCALARS = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=12) | some.sampled_from(["1e999999999", "1/0", WORKPLACE])
WORDS = ["id", "loepenr", "status", "forespoerselId", "orgnr", "etterId", "aar", "fraDato", "rapportTyper", "inntekt", "refusjon", "startdato", "type"]
TREES = some.recursive(
    SCALARS, lambda below: some.lists(below, max_size=3) | some.dictionaries(some.sampled_from(WORDS) | some.text(max_size=5), below, max_size=5), max_leaves=12
)  # fmt: skip
REQUEST = "0f1e2d3c-0000-4000-8000-000000000001"
PATHS = ["/v1/inntektsmelding", "/v1/inntektsmeldinger", "/v1/forespoersler", "/api/rapport/v1", "/api/rapport/v1/1/innhold", "/", "/v1/inntektsmelding/"]


def asked(state: Shelves) -> str:
    employer = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": INCOME}
    period = {"first": "2026-01-05", "last": "2026-06-26"}
    told = apply({"fnr": person(), "code": "2", "start": "2026-01-05", "periods": [period], "employers": [employer]}, state)
    return str(told["requests"][WORKPLACE])


@given(some.sampled_from(PATHS), some.sampled_from(["GET", "POST", "PUT"]), TREES.map(lambda tree: json.dumps(tree).encode()) | some.binary(max_size=60))
def test_the_twin_answers_whatever_comes(path: str, method: str, body: bytes) -> None:
    state = Shelves(":memory:")
    with state.transaction():
        reply, _ = twin.answer(Request(path, body, method, "text/csv"), state, ASKED_AT)
    state.close()
    assert 200 <= reply.status < 500


@given(some.sampled_from(["inntekt", "refusjon", "startdato", "soekerFnr", "ytelse", "naturalytelser"]), TREES)
def test_a_notice_with_anything_in_a_field_is_taken_or_refused_and_the_days_go_on(field: str, tree: object) -> None:
    state = Shelves(":memory:")
    with state.transaction():
        told: dict[str, Any] = json.loads(encode(noticed(asked(state))))
        reply, _ = twin.answer(Request("/v1/inntektsmelding", json.dumps(told | {field: tree}).encode()), state, ASKED_AT)
        twin.advance(state, ASKED_AT.replace(month=4))
        listed, _ = twin.answer(Request("/v1/inntektsmeldinger", json.dumps({"orgnr": WORKPLACE}).encode()), state, ASKED_AT)
    state.close()
    assert reply.status in {201, 400}
    assert listed.status == 200


class Silent:
    """A sender that is never asked."""


NAV = NavOffice(Silent())  # type: ignore[arg-type] # nothing is sent here
HEAD_OF = ReportHead(1, HEAD, date(2026, 2, 3), ACCOUNT)


@given(TREES.map(lambda tree: json.dumps([tree, tree]).encode()) | TREES.map(lambda tree: json.dumps(tree).encode()) | some.binary(max_size=80))
def test_the_house_reads_whatever_nav_answers(raw: bytes) -> None:
    notice = noticed(REQUEST)
    for status in (200, 201, 400, 409, 500):
        answer = NavAnswer(status, raw)
        assert NAV.read_notice_answer(notice, answer)
        assert NAV.read_inquiry(notice, answer, ASKED_AT)
        assert NAV.read_standing(REQUEST, answer)
        assert NAV.read_notices(answer)
        assert NAV.read_requests(answer)
        assert NAV.read_reports(answer) is not None
    try:
        NAV.read_content(HEAD_OF, NavAnswer(200, raw))
    except BadInput as refusal:
        assert refusal.problems
