"""The twin answers as its README says; the client reads what comes, whole or broken; the same answer counts once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.adapters.digital_post import translate, twin
from refusion.adapters.digital_post.client import Client
from refusion.adapters.digital_post.mailbox import DigitalPost
from refusion.cases.self_employed.asked import FACTS
from refusion.cases.self_employed.facts import Event
from refusion.rehearsal.host import Host, Machine, morning, opened
from refusion.rehearsal.shelves import Shelves
from refusion.values.said import said
from refusion.workflow.ports.authority import Page, RawAnswer, Rejected, Silence, Unknown
from refusion.workflow.ports.self_employed.mailbox import FormAnswer, Received

SAMPLES = Path(translate.__file__).parent / "samples"
CASE = UUID("6f2f6f0a-52a1-5b7e-9d0c-3f1f3c1b7a55")
NOBODY = DigitalPost(cast("Client", None))


class Box:
    """A twin over a real socket, its control door, and the mailbox that speaks to it."""

    def __init__(self, host: Host, address: str) -> None:
        self.host, self.mailbox = host, DigitalPost(Client(address))

    def order(self, name: str, **facts: object) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(self.host.control(json.dumps({"order": name, **facts}).encode()).body))

    def deliver(self, number: int, kind: str, **fields: str) -> None:
        self.order("deliver", id=f"b-{number}", sagsreference=str(CASE), type=kind, dato="2022-03-14", felter=fields)

    def fetch(self, marker: str = "") -> Page[Any]:
        page = self.mailbox.read_fetch(self.mailbox.send(self.mailbox.encode_fetch(marker)))
        assert isinstance(page, Page)
        return page

    def reply(self, intent: str, until: date | None = None) -> object:
        id = uuid5(CASE, intent)
        answer = FormAnswer(id, CASE, until, affects_work=True, wishes_standby=False)
        return self.mailbox.read_answer(id, self.mailbox.send(self.mailbox.encode_answer(answer)))


@pytest.fixture
def box() -> Iterator[Box]:
    host = Host(cast("Machine", twin), Shelves(":memory:"), morning("2022-03-20"))
    with opened(host) as address:
        yield Box(host, address)


def test_letters_come_in_order_page_by_page(box: Box) -> None:
    for number in range(5):
        box.deliver(number, "Oplysningsskema", svarfrist="2022-03-22")
    box.deliver(1, "Oplysningsskema", svarfrist="2022-03-22")
    box.order("set", page=2)
    found, marker, pages = [], "", 0
    while True:
        page = box.fetch(marker)
        found += [letter.id for letter in page.items]
        marker, pages = page.marker, pages + 1
        if page.complete:
            break
    assert (found, pages) == ([f"b-{number}" for number in range(5)], 3)


def test_a_letter_is_said_in_the_houses_words(box: Box) -> None:
    box.deliver(1, "Bevilling", bevilgetFra="2022-03-15")
    box.deliver(2, "Julekort")
    granted, card = box.fetch().items
    assert (granted.event, granted.case, granted.day, granted.facts) == ("granted", CASE, date(2022, 3, 14), {"benefit_from": "2022-03-15"})
    assert card.event is None


def test_an_answer_counts_once_and_only_where_a_form_was_sent(box: Box) -> None:
    refused = box.reply("one")
    assert isinstance(refused, Rejected)
    assert refused.code == "intet-skema"
    box.deliver(1, "Oplysningsskema", svarfrist="2022-03-22")
    first, again = box.reply("one"), box.reply("one")
    assert first == again == Received(cast("Received", first).receipt, date(2022, 3, 20))
    other = box.reply("one", date(2022, 5, 1))
    assert isinstance(other, Rejected)
    assert other.code == "andet-svar"
    assert len(box.order("answers")["items"]) == 1


@pytest.mark.parametrize("kind", ["drop", "lose", "fail", "garble", "truncate"])
def test_what_goes_wrong_is_unknown_and_a_second_try_is_one_answer(box: Box, kind: str) -> None:
    box.deliver(1, "Oplysningsskema", svarfrist="2022-03-22")
    box.order("faults", rules=[{"kind": kind, "per_mille": 1000, "times": 1}])
    assert isinstance(box.reply("one"), Unknown)
    assert isinstance(box.reply("one"), Received)
    assert len(box.order("answers")["items"]) == 1


@pytest.mark.parametrize("sample", sorted(path.name for path in (SAMPLES / "broken").iterdir()))
def test_broken_pages_are_unknown(sample: str) -> None:
    assert isinstance(NOBODY.read_fetch(RawAnswer(200, (SAMPLES / "broken" / sample).read_bytes())), Unknown)


def test_valid_samples_are_read() -> None:
    page = NOBODY.read_fetch(RawAnswer(200, (SAMPLES / "valid" / "hent-beskeder.svar.json").read_bytes()))
    assert isinstance(page, Page)
    assert page.items[0].event == "form_sent"
    assert isinstance(NOBODY.read_answer(CASE, RawAnswer(200, (SAMPLES / "valid" / "besvar-skema.svar.json").read_bytes())), Received)
    assert isinstance(NOBODY.read_answer(CASE, RawAnswer(422, (SAMPLES / "valid" / "besvar-skema.afslag.json").read_bytes())), Rejected)
    assert (SAMPLES / "valid" / "hent-beskeder.anmodning.json").read_bytes() == NOBODY.encode_fetch("").raw


@pytest.mark.parametrize("status", [300, 429, 500, 503])
def test_other_statuses_are_unknown(status: int) -> None:
    assert isinstance(NOBODY.read_answer(CASE, RawAnswer(status, b"")), Unknown)
    assert isinstance(NOBODY.read_fetch(RawAnswer(status, b"")), Unknown)
    assert isinstance(NOBODY.read_fetch(Silence(said("post.unreachable"), sent=False)), Unknown)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_unknown(raw: bytes) -> None:
    assert isinstance(NOBODY.read_fetch(RawAnswer(200, raw)), Page | Unknown)
    assert isinstance(NOBODY.read_answer(CASE, RawAnswer(200, raw)), Received | Unknown)


def test_every_type_of_letter_names_an_event_and_every_field_a_fact() -> None:
    assert set(translate.TYPES.values()) <= {event.value for event in Event}
    assert set(translate.FIELDS.values()) <= {asked.name for each in FACTS.values() for asked in each}


def test_it_is_spoken_to_without_tls_on_this_machine_only() -> None:
    with pytest.raises(ValueError, match="TLS"):
        Client("http://example.test")
    with pytest.raises(ValueError, match="https"):
        Client("ftp://example.test")
    assert isinstance(DigitalPost(Client("http://127.0.0.1:9")).send(NOBODY.encode_fetch("")), Silence)
