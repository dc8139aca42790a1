"""The matching board: what lies open is shown, matched, taken back and written off by two; errors stand beside the field."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from refusion.adapters.bank.twin import Payment, TwinAccount, statement
from refusion.workflow.ports.institution import HOUSE
from tests.doors.web.scene import Scene

REASON = "aftalt med kommunen"


@pytest.fixture(scope="module")
def line(served: Scene) -> int:
    """Let money come that names nothing, and give the number of its line."""
    return paid(served, 1245_00)


def paid(served: Scene, amount: int) -> int:
    profile = served.world.plan.profiles[0]
    day = served.house.today()
    raw = statement(TwinAccount(profile.account, profile.name), day, [Payment(day, amount, None, ("Kursusgebyr 010180-1234",))])
    served.house.absorb_bank(HOUSE, served.code, f"{amount}.xml", raw)
    return next(one.line.number for one in served.house.matching_board(HOUSE, served.code).lines if one.line.rest == amount)


def claim_of(served: Scene) -> int:
    """Give the number of a claim that was asked for and is not settled."""
    asked = "SELECT min(number) FROM claim WHERE requested_on IS NOT NULL AND state NOT IN ('settled', 'differing', 'dropped')"
    with served.house.ports.work(served.code, HOUSE), connection.cursor() as cursor:
        cursor.execute(asked)
        return int(cursor.fetchone()[0])


def test_the_board_shows_what_lies_open_in_both_languages_without_a_persons_number(served: Scene, line: int) -> None:
    for language, words in (("da", "Fordel selv"), ("en", "Match by hand")):
        page = served.client("accountant", language).get("/payments/match").content.decode()
        assert words in page
        assert f'id="line-{line}"' in page
        assert "010180-1234" not in page
        assert 'data-keys="list"' in page
        assert not re.search(r">web\.|>settlements\.", page)


def test_who_only_looks_finds_no_form(served: Scene, line: int) -> None:
    page = served.client("auditor").get("/payments/match").content.decode()
    assert f'id="line-{line}"' in page
    assert "/payments/match/" not in page
    assert served.client("auditor").post(f"/payments/match/{line}/hand", {"claims": "1", "reason": REASON}).status_code == 403
    assert served.client("integrator").get("/payments/match").status_code == 403
    assert served.client(None).get("/payments/match").status_code == 302


@pytest.mark.parametrize(
    ("form", "typed", "field"),
    [
        ("hand", {"claims": "abc", "reason": REASON}, "claims"),
        ("hand", {"claims": "1 2", "lines": "3", "reason": REASON}, "lines"),
        ("hand", {"claims": "1", "lines": "x", "reason": REASON}, "lines"),
        ("hand", {"claims": "1", "reason": " "}, "reason"),
        ("park", {"reason": REASON, "until": "tomorrow"}, "until"),
        ("write-off", {"reason": ""}, "reason"),
    ],
)
def test_what_cannot_be_used_stays_beside_its_field(served: Scene, line: int, form: str, typed: dict[str, str], field: str) -> None:
    answer = served.client("accountant").post(f"/payments/match/{line}/{form}", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-[^"]*-error" role="alert"', page)
    assert 'aria-invalid="true"' in page
    assert all(f'value="{value}"' in page for value in typed.values() if value.strip())


def test_what_is_refused_is_said_on_the_line(served: Scene, line: int) -> None:
    visitor = served.client("accountant", "en")
    for form, typed, said in (
        ("accept", {"code": "00000000"}, "no longer holds"),
        ("hand", {"claims": "999999999", "reason": REASON}, "There is no claim"),
        ("park", {"reason": REASON, "until": "2020-01-01"}, "not in the future"),
    ):
        answer = visitor.post(f"/payments/match/{line}/{form}", typed)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), form


def test_a_line_is_matched_by_hand_and_taken_back(served: Scene) -> None:
    number, claim = paid(served, 77_00), claim_of(served)
    visitor = served.client("accountant", "en")
    answer = visitor.post(f"/payments/match/{number}/hand", {"claims": f"{claim}=50,00", "reason": REASON}, follow=True)
    page = answer.content.decode()
    assert (answer.status_code, "The line is matched." in page, f'id="line-{number}"' in page) == (200, True, True)
    wrong = visitor.post("/payments/match/undo", {"line": "x", "reason": ""})
    assert (wrong.status_code, wrong.content.decode().count('aria-invalid="true"')) == (422, 2)
    answer = visitor.post("/payments/match/undo", {"line": str(number), "claim": str(claim), "reason": REASON}, follow=True)
    assert "The match is taken back." in answer.content.decode()
    board = served.house.matching_board(HOUSE, served.code)
    assert next(one.line.rest for one in board.lines if one.line.number == number) == 77_00


def test_a_write_off_is_proposed_by_one_and_approved_by_another(served: Scene) -> None:
    number = paid(served, 33_00)
    accountant, approver = served.client("accountant", "en"), served.client("approver", "en")
    page = accountant.post(f"/payments/match/{number}/write-off", {"reason": REASON}, follow=True).content.decode()
    (proposal,) = re.findall(r'id="proposal-(\d+)"', page)
    assert f"/payments/write-offs/{proposal}/approve" not in page
    assert accountant.post(f"/payments/write-offs/{proposal}/approve").status_code == 403
    assert accountant.post(f"/payments/write-offs/{proposal}/burn").status_code == 404
    assert f"/payments/write-offs/{proposal}/approve" in approver.get("/payments/match").content.decode()
    page = approver.post(f"/payments/write-offs/{proposal}/approve", follow=True).content.decode()
    assert "The write-off is approved." in page
    assert f'id="line-{number}"' not in page
    answer = accountant.post("/payments/match/claim", {"claim": str(claim_of(served)), "reason": REASON})
    assert answer.status_code == 422


def test_payments_lead_to_the_board(served: Scene) -> None:
    assert 'href="/payments/match"' in served.client("accountant").get("/payments").content.decode()
