"""The contract over a real socket: every fault ends in one of three outcomes, and an inquiry tells the truth."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from refusion.adapters.nemrefusion.authority import DEFINITE_NO, NemRefusion
from refusion.adapters.nemrefusion.client import Client
from refusion.values.said import said
from refusion.workflow.ports.authority import Accepted, Found, Message, NotFound, Page, RawAnswer, Rejected, Silence, Unknown
from tests.adapters.nemrefusion.world import CVR, World, notification, world

FILING = "OpretRetIndberetninger"


@pytest.fixture
def here() -> Iterator[World]:
    with world() as opened:
        yield opened


def fault(here: World, kind: str, **rule: object) -> None:
    here.order("faults", rules=[{"kind": kind, "per_mille": 1000, "on": [FILING], **rule}])


@pytest.mark.parametrize("kind", ["drop", "fail", "truncate", "garble"])
def test_taken_but_the_answer_is_lost(here: World, kind: str) -> None:
    fault(here, kind)
    assert isinstance(here.file(notification()), Unknown)
    found = here.inquire(notification())
    assert isinstance(found, Found)
    assert found.content_hash == notification().content_hash
    assert here.order("counts")["accepted"] == 1


@pytest.mark.parametrize("kind", ["lose", "refuse"])
def test_not_taken_and_no_word_of_it(here: World, kind: str) -> None:
    fault(here, kind)
    assert isinstance(here.file(notification()), Unknown)
    assert isinstance(here.inquire(notification()), NotFound)
    assert isinstance(here.file(notification()), Accepted), "the same intent, once it is known not to be there"
    assert here.order("counts")["accepted"] == 1


def test_a_late_answer_is_an_unknown_and_found() -> None:
    with world(seconds=0.3) as here:
        fault(here, "late", delay_ms=2000)
        assert here.file(notification()) == Unknown(said("nemrefusion.answer_missing"))
        here.order("faults", rules=[])
        assert isinstance(here.inquire(notification()), Found)


def test_an_answer_given_twice_is_never_taken_for_the_next_one(here: World) -> None:
    fault(here, "twice")
    outcomes = [here.file(notification(number)) for number in range(1, 21)]
    here.order("faults", rules=[])
    for number, outcome in enumerate(outcomes, start=1):
        found = here.found(notification(number))
        assert outcome == Unknown(said("nemrefusion.answer_to_another")) or (
            isinstance(outcome, Accepted) and outcome.receipt == found.receipt
        )
    assert here.order("counts")["received"] == 20


def test_down_for_a_while_by_the_twins_clock(here: World) -> None:
    fault(here, "down", since="2024-08-28T00:00:00+02:00", until="2024-08-30T00:00:00+02:00", on=[])
    assert isinstance(here.file(notification()), Unknown)
    assert isinstance(here.inquire(notification()), Unknown), "silence is no absence"
    here.day("2024-08-30")
    assert isinstance(here.inquire(notification()), NotFound)
    here.accepted(notification())


def test_a_fault_is_drawn_from_the_message_and_not_from_the_order() -> None:
    def lost(numbers: list[int]) -> set[int]:
        with world() as here:
            fault(here, "drop", per_mille=300)
            return {number for number in numbers if not isinstance(here.file(notification(number)), Accepted)}

    numbers = list(range(1, 60))
    assert lost(numbers) == lost(numbers[::-1])
    assert 5 <= len(lost(numbers)) <= 30


def test_nobody_there_is_silence_and_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        answer = Client(address, 2).send(Message(FILING, b"<a/>"))
    assert answer == Silence(said("nemrefusion.unreachable"), sent=False)


def test_a_kept_connection_that_was_closed_is_opened_anew(here: World) -> None:
    fault(here, "truncate")
    for number in range(1, 4):
        assert isinstance(here.file(notification(number)), Unknown)
        assert isinstance(here.inquire(notification(number)), Found)


@contextmanager
def speaking(say: Callable[[socket.socket, Event], None]) -> Iterator[str]:
    """Open a server that reads one request and then says what it likes."""
    ended = Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            try:
                say(connection, ended)
            except OSError:
                return  # the client has gone, as it should

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    ended.set()
    thread.join(5)
    listener.close()


def _drips(connection: socket.socket, ended: Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not ended.wait(0.05):
        connection.sendall(b" ")


def _silent(connection: socket.socket, ended: Event) -> None:
    ended.wait(10)


def _nonsense(connection: socket.socket, ended: Event) -> None:
    connection.sendall(b"\x00\xff not http\r\n\r\n")


def _another(connection: socket.socket, ended: Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Korrelation: other\r\nContent-Length: 4\r\n\r\n<a/>")


def _moved(connection: socket.socket, ended: Event) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("say", [_drips, _silent, _nonsense, _another, _moved], ids=lambda say: say.__name__)
def test_a_strange_authority_is_an_unknown(say: Callable[[socket.socket, Event], None]) -> None:
    filed = notification()
    with speaking(say) as address:
        client = Client(address, 0.5)
        authority = NemRefusion(client)
        outcome = authority.read_answer(filed.intent, authority.send(authority.encode(filed)))
        client.close()
    assert isinstance(outcome, Unknown)


def test_every_status_is_a_no_or_unknown_and_only_documented_ones_are_no() -> None:
    authority = NemRefusion(Client("http://127.0.0.1:1"))
    outcomes = {status: authority.read_answer(notification().intent, RawAnswer(status, b"610190-0001")) for status in range(201, 600)}
    for status, outcome in outcomes.items():
        no, unknown = Rejected(f"HTTP {status}", "…"), Unknown(said("nemrefusion.status_unclear", status=status))
        assert outcome == (no if status in DEFINITE_NO else unknown)
    assert {408, 409, 425, 429, 500, 502, 503, 504}.isdisjoint(DEFINITE_NO)


@pytest.mark.parametrize("address", ["http://example.org", "ftp://127.0.0.1", "127.0.0.1:8000", "http://"])
def test_without_tls_only_this_machine_is_spoken_to(address: str) -> None:
    with pytest.raises(ValueError):
        Client(address)


def test_an_unreadable_message_is_a_documented_no(here: World) -> None:
    for raw in (b"<a", b"<a/>", b'<!DOCTYPE a SYSTEM "x"><a/>'):
        outcome = here.authority.read_answer(notification().intent, here.authority.send(Message(FILING, raw)))
        assert isinstance(outcome, Rejected)
        assert outcome.code == "HTTP 400"
    outcome = here.authority.read_answer(notification().intent, here.authority.send(Message("Andet", b"<a/>")))
    assert isinstance(outcome, Rejected)


def test_cut_lists_never_prove_absence_and_are_read_to_their_end(here: World) -> None:
    here.order("set", list_limit=7)
    filed = [notification(number) for number in range(1, 26)]
    for each in filed:
        here.accepted(each)
    authority = here.authority
    held, marker, pages = set(), "", 0
    while True:
        answer = authority.send(authority.encode_list(CVR, marker))
        page = authority.read_list(answer)
        assert isinstance(page, Page)
        held |= {each.intent for each in page.items}
        missing = next((each for each in filed if each.intent not in {one.intent for one in page.items}), None)
        if missing is not None and not page.complete:
            assert authority.read_inquiry(missing.intent, missing.content_hash, answer) == Unknown(said("nemrefusion.list_cut"))
        marker, pages = page.marker, pages + 1
        if page.complete:
            break
    assert held == {each.intent for each in filed}
    assert pages == 4


def test_another_employer_sees_nothing(here: World) -> None:
    here.accepted(notification())
    page = here.authority.read_list(here.authority.send(here.authority.encode_list("87654321", "")))
    assert isinstance(page, Page)
    assert page.items == ()


def test_the_control_door_says_what_it_does_not_know(here: World) -> None:
    for name, facts in (("dance", {}), ("set", {"colour": 1}), ("faults", {"rules": [{"kind": "rain"}]}), ("faults", {"rules": 3}), ("clock", {})):
        with pytest.raises(ValueError):
            here.order(name, **facts)
    assert here.order("settings")["list_limit"] == 1000


def test_the_clock_never_goes_back(here: World) -> None:
    here.day("2024-09-10")
    assert here.order("clock", day="2024-09-01")["now"] == "2024-09-10T08:00:00+02:00"
