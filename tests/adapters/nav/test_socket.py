"""Income notices over a real socket: every answer and every fault ends in a documented outcome, and unknown is asked about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from refusion.adapters.nav.authority import DEFINITE_NO, NavOffice
from refusion.adapters.nav.client import Client
from refusion.claims.income_notice import Contact, RefundChange, ended_after
from refusion.values.said import said
from refusion.workflow.ports.authority import NotFound, Page, Rejected, Silence, Unknown
from refusion.workflow.ports.norway.nav import (
    Duplicate,
    FoundNotice,
    FoundOtherNotice,
    NavAnswer,
    NavMessage,
    Outdated,
    Received,
    Standing,
    WaitFirst,
)
from tests.adapters.nav.world import ASKED_AT, WORKPLACE, World, noticed, world

REQUEST = "0f1e2d3c-0000-4000-8000-000000000001"
NOTICE = "inntektsmelding"


@pytest.fixture
def here() -> Iterator[World]:
    with world() as opened:
        yield opened


def fault(here: World, kind: str, **rule: object) -> None:
    here.order("faults", rules=[{"kind": kind, "per_mille": 1000, "on": [NOTICE], **rule}])


def test_received_first_and_accepted_later(here: World) -> None:
    request = here.apply()
    (asked,) = here.requests().items
    assert (asked.request, asked.workplace, asked.standing, asked.start) == (request, WORKPLACE, "open", date(2026, 1, 5))
    number = here.received(noticed(request))
    assert here.standing(number).standing is Standing.RECEIVED
    here.day("2026-01-13")
    held = here.standing(number)
    assert (held.standing, held.content_hash) == (Standing.ACCEPTED, noticed(request).content_hash)
    assert here.requests().items[0].standing == "answered"


def test_received_first_and_failed_later(here: World) -> None:
    request = here.apply()
    here.order("set", failed_notices={"requests": [request], "code": "TEKNISK_FEIL"})
    number = here.received(noticed(request))
    here.day("2026-01-13")
    assert (here.standing(number).standing, here.standing(number).failure) == (Standing.FAILED, "TEKNISK_FEIL")
    again = here.received(noticed(request))
    assert again != number, "a failed notice is no duplicate"


def test_an_income_that_nav_does_not_know_fails_later_unless_it_has_a_reason(here: World) -> None:
    request = here.apply()
    number = here.received(noticed(request, income=9_000_000))
    here.day("2026-01-13")
    assert here.standing(number).failure == "INNTEKT_AVVIKER_FRA_A_ORDNINGEN"


def test_a_duplicate_names_the_one_that_is_held(here: World) -> None:
    request = here.apply()
    number = here.received(noticed(request))
    assert here.file(noticed(request)) == Duplicate(number)
    assert here.file(replace(noticed(request), contact=Contact("Another", "1"))) == Duplicate(number), "the phone is not compared"
    found = here.inquire(noticed(request))
    assert isinstance(found, FoundNotice)
    assert found.held.notice_id == number
    assert here.order("counts")["notices"] == 1


def test_nav_that_takes_the_same_twice_is_found_out_by_its_own_list(here: World) -> None:
    notice = noticed(here.apply())
    here.order("set", blind_duplicates={"per_mille": 1000})
    first, second = here.received(notice), here.received(notice)
    assert first != second
    assert here.order("counts")["double_filings"] == 1
    found = here.inquire(notice, first)
    assert isinstance(found, FoundNotice)
    assert found.held.notice_id == second


def test_a_change_waits_until_the_earlier_one_is_done(here: World) -> None:
    request = here.apply()
    here.received(noticed(request))
    changed = replace(noticed(request), changes=(RefundChange(date(2026, 3, 1), 4_000_000),), changed=True)
    assert here.file(changed) == WaitFirst()
    here.day("2026-01-13")
    assert isinstance(here.file(changed), Received)


def test_an_old_request_names_the_new_one(here: World) -> None:
    old = here.apply()
    new = here.apply(first="2026-01-12", replaces="2026-01-05")
    assert here.file(noticed(old)) == Outdated(new)
    newest = here.apply(first="2026-01-14", replaces="2026-01-12")
    assert here.file(noticed(old)) == Outdated(newest), "the newest, not the next"
    assert isinstance(here.file(noticed(newest, first="2026-01-14")), Received)


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        (noticed(REQUEST), "UGYLDIG_NAV_REFERANSE_ID"),
        (noticed("", first="2026-01-06"), "MISMATCH_FØRSTE_UTTAKSDATO"),
        (noticed("", number=2), "MISMATCH_FØRSTE_UTTAKSDATO"),
    ],
)
def test_a_documented_no_is_a_no_with_its_code(here: World, notice: object, code: str) -> None:
    request = here.apply()
    assert hasattr(notice, "request")
    outcome = here.file(notice if notice.request else replace(notice, request=request))  # type: ignore[type-var] # a notice
    assert isinstance(outcome, Rejected)
    assert outcome.code == code


@pytest.mark.parametrize("kind", ["drop", "fail", "truncate", "garble"])
def test_taken_but_the_answer_is_lost(here: World, kind: str) -> None:
    notice = noticed(here.apply())
    fault(here, kind)
    assert isinstance(here.file(notice), Unknown)
    assert isinstance(here.inquire(notice), FoundNotice)
    assert here.order("counts")["notices"] == 1


@pytest.mark.parametrize("kind", ["lose", "refuse"])
def test_not_taken_and_no_word_of_it(here: World, kind: str) -> None:
    notice = noticed(here.apply())
    fault(here, kind)
    assert isinstance(here.file(notice), Unknown)
    assert here.inquire(notice) == NotFound(ASKED_AT)
    here.received(notice)
    assert here.order("counts")["notices"] == 1


def test_a_late_answer_is_an_unknown_and_found() -> None:
    with world(seconds=0.3) as here:
        notice = noticed(here.apply())
        fault(here, "late", delay_ms=2000)
        assert here.file(notice) == Unknown(said("nav.answer_missing"))
        here.order("faults", rules=[])
        assert isinstance(here.inquire(notice), FoundNotice)


def test_an_answer_given_twice_is_never_taken_for_the_next_one(here: World) -> None:
    asked = [noticed(here.apply(number), number) for number in range(1, 11)]
    fault(here, "twice")
    outcomes = [here.file(notice) for notice in asked]
    here.order("faults", rules=[])
    for notice, outcome in zip(asked, outcomes, strict=True):
        found = here.inquire(notice)
        assert isinstance(found, FoundNotice)
        assert outcome in (Unknown(said("nav.answer_to_another")), Received(found.held.notice_id))
    assert here.order("counts")["notices"] == 10


def test_what_nav_holds_of_an_earlier_version_is_no_stranger(here: World) -> None:
    request = here.apply()
    first = here.received(noticed(request))
    here.day("2026-01-13")
    changed = ended_after(noticed(request), date(2026, 3, 31))
    assert isinstance(here.inquire(changed), FoundOtherNotice)
    assert here.inquire(changed, first) == NotFound(ASKED_AT)
    second = here.received(changed)
    found = here.inquire(changed, first)
    assert isinstance(found, FoundNotice)
    assert found.held.notice_id == second


def test_a_cut_list_never_says_that_a_notice_is_absent(here: World) -> None:
    here.order("set", list_limit=1, process_seconds=0)
    request = here.apply()
    here.received(noticed(request))
    changed = ended_after(noticed(request), date(2026, 3, 31))
    here.received(changed)
    assert here.inquire(ended_after(noticed(request), date(2026, 4, 30))) == Unknown(said("nav.list_cut"))


def test_a_cut_list_is_read_on_to_its_end(here: World) -> None:
    here.order("set", list_limit=3)
    wanted = [here.apply(number) for number in range(1, 8)]
    found: list[str] = []
    after, complete = 0, False
    while not complete:
        page = here.requests(after)
        found += [one.request for one in page.items]
        complete, after = page.complete, int(page.marker)
    assert found == wanted
    for number, request in enumerate(wanted, 1):
        here.received(noticed(request, number))
    page = here.nav.read_notices(here.nav.send(here.nav.encode_notices(WORKPLACE, 2)))
    assert isinstance(page, Page)
    assert ([one.serial for one in page.items], page.complete) == ([3, 4, 5], False)


def test_a_notice_is_seen_after_the_delay_alone(here: World) -> None:
    here.order("set", read_delay_seconds=3600)
    notice = noticed(here.apply())
    here.received(notice)
    assert isinstance(here.inquire(notice), NotFound)
    here.day("2026-01-13")
    assert isinstance(here.inquire(notice), FoundNotice)


def test_nobody_there_is_a_silence_before_anything_was_sent() -> None:
    with world() as here:
        address = here.address
    answer = Client(address, 1).send(NavMessage("GET", "/v1/inntektsmelding/x"))
    assert answer == Silence(said("nav.unreachable"), sent=False)


@pytest.mark.parametrize("address", ["nav.no", "ftp://nav.no", "http://nav.no", "https://"])
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="NAV"):
        Client(address)


class Told:
    """A sender that never sends."""

    def send(self, _message: NavMessage) -> Silence:
        return Silence(said("nav.unreachable"), sent=False)


NAV = NavOffice(Told())


@pytest.mark.parametrize("status", sorted({200, 201, 301, 400, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503} | DEFINITE_NO))
@pytest.mark.parametrize("raw", [b"", b"<html>", b"[1]", b'"x"', b'{"feilkode":"DUPLIKAT_INNSENDING"}', b'{"id":3}', b"\xff"])
def test_an_answer_is_a_no_only_where_nav_documents_it_and_a_yes_only_with_an_id(status: int, raw: bytes) -> None:
    outcome = NAV.read_notice_answer(noticed(REQUEST), NavAnswer(status, raw))
    assert isinstance(outcome, Rejected if status in DEFINITE_NO else Unknown)


def test_persons_numbers_in_navs_words_are_left_out() -> None:
    told = json.dumps({"feilkode": "X", "feilmelding": "Ugyldig fnr 294700 49713 for 29470049713"}).encode()
    outcome = NAV.read_notice_answer(noticed(REQUEST), NavAnswer(400, told))
    assert outcome == Rejected("X", "Ugyldig fnr … for …")


def test_a_request_that_is_its_own_successor_is_no_direction() -> None:
    told = json.dumps({"feilkode": "INNSENDING_PAA_GAMMEL_FORESPOERSEL", "referanseId": REQUEST}).encode()
    assert isinstance(NAV.read_notice_answer(noticed(REQUEST), NavAnswer(400, told)), Unknown)


def test_an_answer_about_another_notice_is_unknown(here: World) -> None:
    one, other = here.received(noticed(here.apply())), REQUEST
    answer = here.nav.send(here.nav.encode_standing(one))
    assert here.nav.read_standing(other, answer) == Unknown(said("nav.answer_contradicts"))
    listed = here.nav.send(here.nav.encode_notices(WORKPLACE, 0))
    assert here.nav.read_inquiry(noticed(other), listed, ASKED_AT) == Unknown(said("nav.answer_contradicts"))
    with pytest.raises(ValueError, match="UUID"):
        here.nav.encode_standing("../x")
