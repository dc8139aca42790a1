"""The door: who comes in by which token and scope, what is refused and how, and that each write has the effect of once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from refusion.access import DUTIES, Duty, Role, may
from refusion.access.scopes import NEVER_BY_MACHINE, as_roles
from refusion.doors.api.openapi import unreachable
from refusion.doors.api.operation import Operation
from refusion.doors.api.operations import OPERATIONS
from refusion.wiring.service.pace import Pace
from refusion.workflow.ports.institution import HOUSE
from tests.doors.api.conftest import Machines
from tests.doors.web.scene import Scene

BY_NAME = {operation.name: operation for operation in OPERATIONS}


def address(operation: Operation) -> str:
    """Fill the address of an operation with something that is not there."""
    path = operation.path
    for one in operation.at:
        filled = one.choices[0] if one.choices else str(uuid4()) if one.kind.__name__ == "UUID" else "2025" if one.name == "year" else "999999"
        path = path.replace(f"{{{one.name}}}", filled)
    return path


def test_every_operation_has_a_name_and_an_address_of_its_own() -> None:
    assert len(BY_NAME) == len(OPERATIONS)
    assert len({(one.method, one.path) for one in OPERATIONS}) == len(OPERATIONS)
    assert [one.name for one in OPERATIONS if unreachable(one)] == []


def test_every_duty_that_changes_something_can_be_asked_for_or_is_a_persons() -> None:
    asked = {one.duty for one in OPERATIONS}
    assert asked.isdisjoint(NEVER_BY_MACHINE)
    # What needs a file at hand, or is an outsider's suitcase, is done at the command line.
    persons = {Duty.SWEEP, Duty.TAKE_PAY_RUN, Duty.EXPORT_JOURNAL, Duty.ADMINISTER_GRANT, Duty.REPORT_CONDITION, Duty.SEE_TOKENS, Duty.SEE_TRAIL}
    assert set(Duty) - asked - NEVER_BY_MACHINE <= persons


@pytest.mark.parametrize("written", ["", "Bearer", "Bearer ", "Bearer refusion.X.1.y", "Basic eDp5", "Bearer \xff"])
def test_without_a_token_nobody_comes_in(served: Scene, written: str) -> None:
    stranger = Client()
    for operation in OPERATIONS:
        answer = stranger.generic(operation.method, f"/api/v1{address(operation)}", headers={"Authorization": written})
        assert answer.status_code == 401, operation.name
        assert answer.json()["problems"][0]["key"] == "api.no_token"
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_the_cookie_of_a_person_opens_nothing_here(served: Scene) -> None:
    assert served.client("caseworker").get("/api/v1/work").status_code == 401


@pytest.mark.parametrize("role", sorted(Role))
def test_a_role_reaches_exactly_what_its_duties_carry(served: Scene, machine: Machines, role: str) -> None:
    if DUTIES[Role(role)] - NEVER_BY_MACHINE == {Duty.READ}:
        pytest.skip("this role carries nothing that a machine may do")
    asking = machine(role)
    for operation in OPERATIONS:
        status, body = asking.ask(operation.method, address(operation), media="application/nothing")
        carried = all(may(as_roles([role]), duty) for duty in operation.duties)
        assert (status == 403) == (not carried), f"{operation.name}: {status} {body}"
        assert status < 500


@pytest.mark.parametrize("duty", sorted({one.duty for one in OPERATIONS} - {Duty.READ}))
def test_a_single_duty_opens_its_own_operations_alone(served: Scene, machine: Machines, duty: str) -> None:
    asking = machine(f"duty:{duty}")
    for operation in OPERATIONS:
        status, _ = asking.ask(operation.method, address(operation), media="application/nothing")
        assert (status == 403) == (not {duty, Duty.READ} >= set(operation.duties)), operation.name


def test_who_asks_is_told_who_he_is(served: Scene, machine: Machines) -> None:
    status, body = machine("duty:see_work").ask("GET", "/myself")
    assert (status, body["duties"], body["institution"]) == (200, ["read", "see_work"], served.code)
    assert body["today"] == served.house.today().isoformat()


def test_who_is_shown_is_noted_with_purpose_under_the_tokens_name(served: Scene, machine: Machines) -> None:
    asking = machine("auditor")
    number = served.any_case()
    status, body = asking.ask("GET", f"/cases/{number}", Refusion_Purpose="audit of March")
    assert (status, body["head"]["number"]) == (200, number)
    with served.house.ports.work(served.code, HOUSE), connection.cursor() as cursor:
        cursor.execute("SELECT actor, purpose FROM look_up ORDER BY at DESC, purpose DESC")
        assert ("api case: audit of March") in {purpose for actor, purpose in cursor.fetchall() if actor.startswith("token:")}
    assert asking.ask("GET", f"/cases/{number}", Refusion_Purpose="0101014321")[0] == 422


def test_the_same_write_twice_has_the_effect_of_once(served: Scene, machine: Machines) -> None:
    asking, key = machine("leader"), str(uuid4())
    body = {"person": "kim", "first": "2024-10-01", "last": "2024-10-04"}
    one = asking.whole("POST", "/colleagues-away", body, Idempotency_Key=key)
    two = asking.whole("POST", "/colleagues-away", body, Idempotency_Key=key)
    assert (one.status_code, two.status_code, two["Idempotency-Replayed"]) == (200, 200, "true")
    assert one.content == two.content
    assert "Idempotency-Replayed" not in one
    other = asking.whole("POST", "/colleagues-away", {**body, "last": "2024-10-05"}, Idempotency_Key=key)
    assert (other.status_code, other.json()["problems"][0]["key"]) == (409, "api.key_of_other_request")
    listed = asking.ask("GET", "/colleagues-away")[1]["rows"]
    assert [row["away"]["days"]["last"] for row in listed] == ["2024-10-04"]


def test_a_refusal_is_answered_again_as_it_was(served: Scene, machine: Machines) -> None:
    asking, key = machine("leader"), str(uuid4())
    body = {"person": "kim", "first": "2024-10-05", "last": "2024-10-04"}
    answers = [asking.whole("POST", "/colleagues-away", body, Idempotency_Key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].content == answers[1].content


def test_a_write_without_its_key_is_refused(served: Scene, machine: Machines) -> None:
    for key in ("", "x" * 101, "k\xe9y"):
        status, body = machine("leader").ask("POST", "/colleagues-away", {"person": "kim", "first": "2024-10-01", "last": "2024-10-04"}, Idempotency_Key=key)
        assert (status, body["problems"][0]["column"]) == (422, "Idempotency-Key")


def test_a_fault_of_ours_says_nothing_of_itself_and_keeps_its_key_closed(served: Scene, machine: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, key = machine("leader"), str(uuid4())
    body = {"person": "ida", "first": "2024-10-01", "last": "2024-10-04"}

    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("a secret of ours")

    with monkeypatch.context() as patched:
        patched.setattr(type(served.house), "note_away", broken)
        answer = asking.whole("POST", "/colleagues-away", body, Idempotency_Key=key)
        assert answer.status_code == 500
        assert b"secret" not in answer.content
    assert asking.ask("POST", "/colleagues-away", body, Idempotency_Key=key)[1]["problems"][0]["key"] == "api.key_in_progress"


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status"),
    [
        ("GET", "/nothing", None, "application/json", 404),
        ("GET", "/../work", None, "application/json", 404),
        ("GET", "/cases/999999", None, "application/json", 404),
        ("DELETE", "/work", None, "application/json", 405),
        ("GET", "/cases/abc", None, "application/json", 422),
        ("GET", "/cases/99999999999999999999", None, "application/json", 422),
        ("GET", "/cases?limit=0", None, "application/json", 422),
        ("GET", "/cases?limit=201", None, "application/json", 422),
        ("GET", "/cases?colour=red", None, "application/json", 422),
        ("GET", "/claims?first=2024-13-01&last=2024-01-01", None, "application/json", 422),
        ("GET", "/claims?first=2024-03-01&last=2024-01-01", None, "application/json", 422),
        ("GET", "/claims", None, "application/json", 422),
        ("POST", "/cases/search", b"[]", "application/json", 422),
        ("POST", "/cases/search", b"{" * 5000, "application/json", 422),
        ("POST", "/cases/search", b"\xff\xfe", "application/json", 422),
        ("POST", "/cases/search", {"asked": "a\x00b"}, "application/json", 422),
        ("POST", "/cases/search", b'{"asked": "\\ud800"}', "application/json", 422),
        ("POST", "/cases/search", {"asked": "0101014321"}, "application/json", 422),
        ("POST", "/cases/search", {"asked": "Ager"}, "text/html", 415),
        ("POST", "/cases/search", b" " * (256 * 1024 + 1), "application/json", 413),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_shape(
    served: Scene, machine: Machines, method: str, path: str, body: object, media: str, status: int
) -> None:
    answer = machine("auditor").whole(method, path, body, media=media)
    assert answer.status_code == status, answer.content
    (problem, *_) = answer.json()["problems"]
    assert set(problem) == {"key", "sentence", "remedy", "file", "row", "column", "value"}
    assert problem["sentence"] != problem["key"]
    assert "0101014321" not in answer.content.decode()


@pytest.mark.parametrize(("asked", "answered"), [("da", "da"), ("en-GB", "en"), ("no", "nb"), ("fi", "en"), ("", "en")])
def test_sentences_come_in_the_language_asked_for(served: Scene, machine: Machines, asked: str, answered: str) -> None:
    answer = machine("auditor").whole("GET", "/cases/999999", Accept_Language=asked)
    assert answer["Content-Language"] == answered


def test_every_answer_is_protected(served: Scene, machine: Machines) -> None:
    for path in ("/work", "/nothing", "/openapi.json"):
        answer = machine("auditor").whole("GET", path)
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_pages_go_on_to_their_end(served: Scene, machine: Machines) -> None:
    asking = machine("auditor")
    whole = asking.ask("GET", "/claims?first=2020-01-01&last=2030-01-01&limit=200")[1]["rows"]
    after, gathered = 0, []
    while after is not None:
        page = asking.ask("GET", f"/claims?first=2020-01-01&last=2030-01-01&limit=3&after={after}")[1]
        gathered += page["rows"]
        after = page["next"]
    assert gathered == whole
    assert len(whole) > 3


def test_a_pace_lets_so_many_through_and_says_when_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    seconds = [100.0]
    pace = Pace(2, 60, lambda: seconds[0])
    assert [pace.wait("a"), pace.wait("a"), pace.wait("a"), pace.wait("b")] == [0, 0, 20, 0]
    assert pace.wait("a", weight=0) == 20
    assert pace.wait("b", weight=0) == 0
    seconds[0] = 120.0
    assert pace.wait("a") == 0
