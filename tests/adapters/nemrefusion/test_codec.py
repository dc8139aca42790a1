"""Bytes ↔ messages: without loss, and deaf to what is hostile or broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.adapters.nemrefusion import codec, messages
from refusion.adapters.nemrefusion.codec import Unreadable
from refusion.adapters.nemrefusion.messages import Felt
from refusion.values.said import BadInput
from tests.adapters.nemrefusion.world import SAMPLES

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=20) | st.sampled_from(
    [" ", "\n a\r\n", "<&>\"'", "]]>", "=1+1", "𝄞"]
)
NAMES = st.sampled_from(["Andet", "Nyt", "{urn:other}Fremmed"])
FELTER = st.recursive(
    st.builds(Felt, NAMES, TEXT, attributter=st.sampled_from([(), (("enhed", "timer"),)]), tom=st.booleans()),
    lambda inside: st.builds(lambda navn, parts: Felt(navn, felter=tuple(parts)), NAMES, st.lists(inside, min_size=1, max_size=3)),
    max_leaves=6,
)
UNKNOWN = st.lists(FELTER, max_size=2).map(tuple)
VALUES = {
    str: TEXT,
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}
KINDS = [kind for kind in vars(messages).values() if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__") and "ukendt" in kind.__dataclass_fields__]


def _register() -> None:
    st.register_type_strategy(str, TEXT)
    for kind in KINDS:
        st.register_type_strategy(kind, st.builds(kind, ukendt=UNKNOWN, **({"indhold": UNKNOWN} if kind is messages.Indberetning else {})))


_register()
st.register_type_strategy(datetime, VALUES[datetime])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_message_survives_the_wire(kind: type) -> None:
    @given(st.from_type(kind))
    def holds(message: object) -> None:
        assert codec.decode(codec.encode(message), kind) == message

    assert KINDS
    holds()


def test_what_we_do_not_know_is_kept() -> None:
    asked = messages.HentHaendelser("12345678", "")
    raw = codec.encode(asked).replace(b"</HentHaendelser>", b'<Ny enhed="dag">7</Ny></HentHaendelser>')
    read = codec.decode(raw, messages.HentHaendelser)
    assert read == replace(asked, ukendt=(Felt("Ny", "7", attributter=(("enhed", "dag"),)),))
    assert codec.decode(codec.encode(read), messages.HentHaendelser) == read


BOMB = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><HentHaendelser>&b;</HentHaendelser>'
HOSTILE = {
    "entities": BOMB,
    "outside file": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "outside definition": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "utf-16 definition": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a SYSTEM "x"><a/>'.encode("utf-16"),
    "too deep": b"<a>" * 100_000,
    "too large": b" " * (codec.SIZE_LIMIT + 1),
    "nothing": b"",
    "html": b"<html><body>Service unavailable</body>",
    "nul": b"<a>\x00</a>",
    "other message": b"<HentSagsbehandling/>",
    "without its fields": b'<HentHaendelser xmlns="urn:refusion:nemrefusion:virksomhedsservice:2.9"/>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_bytes_are_unreadable(name: str) -> None:
    with pytest.raises(Unreadable):
        codec.decode(HOSTILE[name], messages.HentHaendelser)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_read_or_unreadable(noise: bytes, at: int) -> None:
    whole = codec.encode(messages.Besked("1109", 3, "Overlapper"))
    for raw in (noise, whole[:at] + noise + whole[at:]):
        try:
            codec.decode(raw, messages.Besked)
        except Unreadable as wrong:
            assert wrong.reason


def test_a_character_that_xml_lacks_is_refused_before_sending() -> None:
    with pytest.raises(BadInput) as refused:
        codec.encode(messages.HentHaendelser("1234\x005678", ""))
    assert refused.value.problems[0].what.key == "nemrefusion.text_not_sendable"


@pytest.mark.parametrize("file", sorted((SAMPLES / "valid").glob("*.xml")), ids=lambda file: file.name)
def test_valid_samples_are_read_and_written_back(file: Path) -> None:
    raw = file.read_bytes()
    kind = getattr(messages, codec.parse(raw).navn)
    message = codec.decode(raw, kind)
    assert codec.decode(codec.encode(message), kind) == message


@pytest.mark.parametrize("file", sorted((SAMPLES / "broken").glob("*.xml")), ids=lambda file: file.name)
def test_broken_samples_are_unreadable(file: Path) -> None:
    with pytest.raises(Unreadable):
        codec.decode(file.read_bytes(), messages.OpretRetIndberetningerSvar)


def test_there_are_samples_of_both() -> None:
    assert len(list((SAMPLES / "valid").glob("*.xml"))) >= 8
    assert len(list((SAMPLES / "broken").glob("*.xml"))) >= 4
