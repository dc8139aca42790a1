"""Logging in: failures close it for a while and the page says how long, alike for names that there are and are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from refusion.values.said import Refused
from refusion.wiring.clock import SystemClock
from refusion.workflow.ports.institution import HOUSE, Actor
from tests.doors.web.scene import Scene


@pytest.fixture(autouse=True)
def nothing_failed_yet(served: Scene) -> Iterator[None]:
    yield
    with connections["migrator"].cursor() as cursor:
        cursor.execute("DELETE FROM log_in_attempt")


def attempt(name: str, password: str, address: str = "192.0.2.1") -> tuple[int, str]:
    answer = Client(headers={"accept-language": "en"}).post("/log-in", {"name": name, "password": password}, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def fail(name: str, times: int, address: str = "192.0.2.1") -> list[int]:
    return [attempt(name, "wrong", address)[0] for _ in range(times)]


def test_the_fifth_failure_closes_it_and_the_right_password_does_not_open_it(served: Scene) -> None:
    user = served.user("caseworker")
    assert fail(user.name, 5) == [403] * 5
    status, page = attempt(user.name, user.password)
    assert status == 429
    assert "closed until" in page


def test_a_name_that_there_is_not_is_answered_alike(served: Scene) -> None:
    user = served.user("caseworker")
    seen = [(fail(name, 6), attempt(name, "wrong")[0]) for name in (user.name, "nobody-of-that-name")]
    assert seen[0] == seen[1] == ([403] * 5 + [429], 429)


def test_it_opens_again_when_its_time_is_over(served: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    user = served.user("caseworker")
    fail(user.name, 5)
    later = SystemClock().now() + timedelta(minutes=1, seconds=1)
    monkeypatch.setattr(SystemClock, "now", lambda self: later)
    assert attempt(user.name, user.password)[0] == 302


def test_whoever_comes_in_begins_anew(served: Scene) -> None:
    user = served.user("caseworker")
    fail(user.name, 4)
    assert attempt(user.name, user.password)[0] == 302
    assert fail(user.name, 5) == [403] * 5


def test_guesses_from_many_networks_do_not_keep_the_person_out(served: Scene) -> None:
    user = served.user("caseworker")
    assert attempt(user.name, user.password, "198.51.100.7")[0] == 302
    for network in range(20):
        fail(user.name, 1, f"203.0.{network}.9")
    assert attempt(user.name, user.password, "203.0.99.9")[0] == 429
    assert attempt(user.name, user.password, "198.51.100.8")[0] == 302


def test_the_administrator_opens_it_and_the_trail_says_so(served: Scene) -> None:
    user, admin = served.user("caseworker"), Actor("admin", frozenset({"institution_admin"}))
    fail(user.name, 5)
    with pytest.raises(Refused, match=r"access\.not_yours"):
        served.house.release_log_in(Actor("kim", frozenset({"caseworker"})), served.code, user.name)
    with pytest.raises(Refused, match=r"api\.user_not_found"):
        served.house.release_log_in(admin, served.code, "nobody-of-that-name")
    served.house.release_log_in(admin, served.code, user.name)
    assert attempt(user.name, user.password)[0] == 302
    with served.house.ports.work(served.code, HOUSE), connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT actor, subject FROM audit_entry WHERE verb = 'release_log_in'")
        assert cursor.fetchall() == [("admin", user.name)]


def test_names_and_addresses_stand_nowhere_in_the_clear(served: Scene) -> None:
    fail("a-password-typed-as-a-name", 1)
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT string_agg(subject, ' ') FROM log_in_attempt")
        kept = cursor.fetchone()[0]
    assert "a-password" not in kept
    assert "192.0.2" not in kept
