"""Tokens: shown once, approved by another where they may do more than read, withdrawn at once; requests have the effect of once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, connections

from refusion.access import Duty
from refusion.values.said import Refused
from refusion.wiring.clock import HERE, SetClock
from refusion.wiring.house import House
from refusion.wiring.parts import ports_of
from refusion.workflow.access.tokens import Wanted
from refusion.workflow.ports.access.tokens import Asked
from refusion.workflow.ports.institution import Actor
from tests.store.conftest import make_institution

DAY = date(2025, 3, 3)
ADMIN, OTHER = Actor("kim", frozenset({"institution_admin"})), Actor("dpo", frozenset({"data_protection_officer"}))
READS = Wanted("reader", ("duty:see_work", "duty:see_cases"), DAY + timedelta(days=30))
WRITES = Wanted("answers", ("caseworker",), DAY + timedelta(days=30))
Build = Callable[[date], House]


@pytest.fixture
def at(house_database: str) -> Build:
    for code in ("HERE", "TH.ERE"):
        make_institution(code)
    return lambda day: House(ports_of(clock=SetClock(day, HERE)))


def because(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.because.key


def test_a_token_opens_what_its_scopes_say_and_its_secret_is_kept_nowhere(at: Build) -> None:
    house = at(DAY)
    made = house.make_token(ADMIN, "HERE", READS)
    found = house.machine(made.written)
    assert found is not None
    actor, institution, token = found
    assert (actor.name, institution, token.number) == ("token:reader", "HERE", 1)
    assert actor.roles == {"duty:read", "duty:see_work", "duty:see_cases"}
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT api_token::text, encode(secret_hash, 'escape') FROM api_token")
        secret = made.written.rpartition(".")[2]
        assert not [row for row in cursor.fetchall() if secret in "".join(row)]
    assert [one.last_used_on for one in house.api_tokens(OTHER, "HERE")] == [DAY]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda written: written[:-1] + ("A" if written[-1] != "A" else "B"),
        lambda written: written.replace(".1.", ".2."),
        lambda written: written.replace("HERE", "TH.ERE"),
        lambda written: written.replace("HERE", "NOWHERE"),
        lambda written: written.replace(".1.", ".99999999999999999999."),
        lambda written: "",
        lambda written: "refusion.HERE",
    ],
)
def test_anything_but_the_token_itself_opens_nothing(at: Build, spoil: Callable[[str], str]) -> None:
    house = at(DAY)
    made = house.make_token(ADMIN, "HERE", READS)
    assert house.machine(made.written) is not None
    assert house.machine(spoil(made.written)) is None


def test_the_code_of_an_institution_may_hold_points(at: Build) -> None:
    house = at(DAY)
    found = house.machine(house.make_token(ADMIN, "TH.ERE", READS).written)
    assert found is not None
    assert found[1] == "TH.ERE"


def test_a_token_ends_on_its_last_day_and_at_once_when_withdrawn(at: Build) -> None:
    written = at(DAY).make_token(ADMIN, "HERE", READS).written
    assert at(READS.valid_until).machine(written) is not None
    assert at(READS.valid_until + timedelta(days=1)).machine(written) is None
    at(DAY).withdraw_token(ADMIN, "HERE", 1)
    assert at(DAY).machine(written) is None
    with pytest.raises(Refused) as again:
        at(DAY).withdraw_token(ADMIN, "HERE", 1)
    assert because(again) == "api.token_not_found"


def test_what_may_change_something_waits_for_another_person(at: Build) -> None:
    house = at(DAY)
    made = house.make_token(ADMIN, "HERE", WRITES)
    assert made.token.by_two
    assert house.machine(made.written) is None
    maker = Actor("kim", frozenset({"data_protection_officer"}))
    for actor, content, key in (
        (maker, made.token.content_hash, "api.token_four_eyes"),
        (OTHER, "00000000", "api.token_other_content"),
        (OTHER, made.token.content_hash[:7], "api.token_other_content"),
        (ADMIN, made.token.content_hash, "access.not_yours"),
    ):
        with pytest.raises(Refused) as refused:
            house.approve_token(actor, "HERE", 1, content)
        assert because(refused) == key
    house.approve_token(OTHER, "HERE", 1, made.token.content_hash[:8])
    assert house.machine(made.written) is not None
    with pytest.raises(Refused) as twice:
        house.approve_token(OTHER, "HERE", 1, made.token.content_hash)
    assert because(twice) == "api.token_needs_no_approval"


def test_the_database_itself_refuses_one_pair_of_eyes(at: Build) -> None:
    house = at(DAY)
    house.make_token(ADMIN, "HERE", WRITES)
    for by, content in (("kim", "content_hash"), ("dpo", "'another'")):
        with pytest.raises(Exception, match="api_token_four_eyes"), house.ports.work("HERE", ADMIN), connection.cursor() as cursor:
            cursor.execute(f"UPDATE api_token SET approved_by = '{by}', approved_at = made_at, approved_hash = {content}")


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (Wanted("", ("integrator",), DAY), "api.token_name"),
        (Wanted("two words", ("integrator",), DAY), "api.token_name"),
        (Wanted("x", (), DAY), "api.scope_unknown"),
        (Wanted("x", ("everything",), DAY), "api.scope_unknown"),
        (Wanted("x", ("duty:approve_write_off",), DAY), "api.scope_unknown"),
        (Wanted("x", ("duty:make_token",), DAY), "api.scope_unknown"),
        (Wanted("x", ("grant_approver", "duty:read"), DAY), None),
        (Wanted("x", ("duty:read",), DAY), "api.scope_carries_nothing"),
        (Wanted("x", ("caseworker", "accountant"), DAY), "access.exclusive"),
        (Wanted("x", ("integrator",), DAY - timedelta(days=1)), "api.token_days"),
        (Wanted("x", ("integrator",), DAY + timedelta(days=367)), "api.token_days"),
    ],
)
def test_a_token_that_cannot_be_is_refused(at: Build, wanted: Wanted, key: str | None) -> None:
    if key is None:
        assert at(DAY).make_token(ADMIN, "HERE", wanted).token.number == 1
        return
    with pytest.raises(Refused) as refused:
        at(DAY).make_token(ADMIN, "HERE", wanted)
    assert because(refused) == key


def test_no_role_of_a_token_carries_a_second_pair_of_eyes(at: Build) -> None:
    house = at(DAY)
    made = house.make_token(ADMIN, "HERE", Wanted("grants", ("grant_approver",), DAY))
    found = house.machine(made.written)
    assert found is not None
    assert f"duty:{Duty.APPROVE_GRANT}" not in found[0].roles


def test_a_name_is_used_by_one_token_at_a_time(at: Build) -> None:
    house = at(DAY)
    house.make_token(ADMIN, "HERE", READS)
    with pytest.raises(Refused) as taken:
        house.make_token(ADMIN, "HERE", READS)
    assert because(taken) == "api.token_name_taken"
    house.withdraw_token(ADMIN, "HERE", 1)
    assert house.make_token(ADMIN, "HERE", READS).token.number == 2


def test_who_may_not_make_tokens_makes_none(at: Build) -> None:
    for role in ("caseworker", "accountant", "approver", "integrator", "operator", "data_protection_officer"):
        with pytest.raises(Refused) as refused:
            at(DAY).make_token(Actor("x", frozenset({role})), "HERE", READS)
        assert because(refused) == "access.not_yours"


ASKED = Asked("token:reader", "key-1", "hash")


def test_the_same_request_gets_the_same_answer_and_another_is_refused(at: Build) -> None:
    house, actor = at(DAY), Actor("token:reader")
    assert house.begin_once(actor, "HERE", ASKED) is None
    with pytest.raises(Refused) as unfinished:
        house.begin_once(actor, "HERE", ASKED)
    assert because(unfinished) == "api.key_in_progress"
    house.keep_answer(actor, "HERE", ASKED, (201, b'{"name": "\xc3\x85se"}'))
    before = house.begin_once(actor, "HERE", ASKED)
    assert before is not None
    assert (before.status, before.body) == (201, b'{"name": "\xc3\x85se"}')
    with pytest.raises(Refused) as other:
        house.begin_once(actor, "HERE", Asked("token:reader", "key-1", "other"))
    assert because(other) == "api.key_of_other_request"
    assert house.begin_once(actor, "HERE", Asked("token:somebody", "key-1", "other")) is None
    assert house.begin_once(actor, "TH.ERE", ASKED) is None


def test_an_answer_is_sealed_given_once_and_forgotten_after_its_days(at: Build) -> None:
    house, actor = at(DAY), Actor("token:reader")
    house.begin_once(actor, "HERE", ASKED)
    house.keep_answer(actor, "HERE", ASKED, (200, b"the answer in the clear"))
    with connections["migrator"].cursor() as cursor:
        cursor.execute("SELECT sealed_body FROM api_answer")
        assert b"in the clear" not in bytes(cursor.fetchone()[0])
    with pytest.raises(Exception, match="status was set once already"):
        house.keep_answer(actor, "HERE", ASKED, (200, b"another"))
    assert at(DAY + timedelta(days=30)).begin_once(actor, "HERE", ASKED) is not None
    assert at(DAY + timedelta(days=31)).begin_once(actor, "HERE", ASKED) is None


def test_what_a_fault_rolled_back_may_be_sent_again(at: Build) -> None:
    house, actor = at(DAY), Actor("token:reader")
    house.begin_once(actor, "HERE", ASKED)
    house.give_up_once(actor, "HERE", ASKED)
    assert house.begin_once(actor, "HERE", ASKED) is None
