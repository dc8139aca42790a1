"""SAP's twin over a real socket: its feed is the adapter's, load files and transfers are taken once, whatever goes wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from typing import cast
from urllib.parse import urlsplit

import pytest

from refusion.adapters.sap import twin
from refusion.rehearsal.host import Host, Machine, morning, opened
from refusion.rehearsal.process import order
from refusion.rehearsal.shelves import Shelves
from refusion.workflow.ports.norway.sap import line_key
from tests.adapters.sap.test_reading import FILES as SAMPLES
from tests.adapters.sap.test_reading import READER
from tests.adapters.sap.test_writing import CLAIM, CREDIT, DEBIT, FILES, LAST_DAY, RUN


@pytest.fixture
def address() -> Iterator[str]:
    with closing(Shelves(":memory:")) as state, opened(Host(cast("Machine", twin), state, morning("2026-02-15"))) as found:
        for kind, file in SAMPLES.items():
            headings, *rows = [line.split(";") for line in file.read_text(encoding="utf-8").splitlines()]
            order(found, "rows", kind=kind, rows=[dict(zip(headings, row, strict=True)) for row in rows])
        yield found


def asked(address: str, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", urlsplit(address).port, timeout=5)) as connection:
        connection.request(method, path, body=body)
        response = connection.getresponse()
        return response.status, response.read()


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_its_feed_is_read_as_the_samples(address: str, kind: str) -> None:
    status, raw = asked(address, "GET", f"/feed/{kind}")
    told = READER.read(kind, "feed.csv", raw, "UIO")
    assert status == 200
    assert set(told) == set(READER.read(kind, "sample.csv", SAMPLES[kind].read_bytes(), "UIO"))


def test_a_load_file_is_taken_once(address: str) -> None:
    raw = FILES.load_file(RUN, [CLAIM, LAST_DAY])
    for _ in range(2):
        status, answer = asked(address, "POST", "/load", raw)
        assert (status, FILES.read_rejected("rejected.csv", answer)) == (200, ())
    counts = order(address, "counts")
    assert (counts["loaded"], counts["loaded_again"]) == (2, 2)


def test_what_sap_does_not_take_comes_back_and_may_come_again(address: str) -> None:
    stranger = replace(CLAIM, key=line_key("x"), employment_number="99999")
    order(address, "set", rejected={"keys": [CLAIM.key]})
    raw = FILES.load_file(RUN, [CLAIM, LAST_DAY, stranger])
    _, answer = asked(address, "POST", "/load", raw)
    rejected = FILES.read_rejected("rejected.csv", answer)
    assert {(one.run, one.key, one.code) for one in rejected} == {(12, CLAIM.key, "PG/017"), (12, stranger.key, "PG/344")}
    order(address, "set", rejected={"keys": []})
    asked(address, "POST", "/load", raw)
    assert order(address, "counts")["loaded"] == 2


def test_a_transfer_is_taken_once_and_whole(address: str) -> None:
    raw = FILES.transfer_file(RUN, [DEBIT, CREDIT])
    for _ in range(3):
        assert asked(address, "POST", "/transfer", raw)[0] == 200
    counts = order(address, "counts")
    assert (counts["transferred"], counts["transferred_again"]) == (2, 4)
    assert counts["balances_ore"] == {"1574": 4_616_000, "5812": -4_616_000}
    assert asked(address, "POST", "/transfer", raw.replace(CREDIT.key.encode(), b"0" * 32))[0] == 400, "half of a run is no run"


def test_a_closed_run_is_refused_and_corrected_in_the_next(address: str) -> None:
    order(address, "set", closed_runs=[12])
    assert asked(address, "POST", "/transfer", FILES.transfer_file(RUN, [DEBIT, CREDIT])) == (400, b"run 12 is closed")
    assert asked(address, "POST", "/transfer", FILES.transfer_file(replace(RUN, number=13), [DEBIT, CREDIT]))[0] == 200


@pytest.mark.parametrize("kind", ["drop", "fail", "truncate"])
def test_a_lost_answer_is_sent_again_and_nothing_is_there_twice(address: str, kind: str) -> None:
    order(address, "faults", rules=[{"kind": kind, "per_mille": 1000, "on": ["transfer"]}])
    raw = FILES.transfer_file(RUN, [DEBIT, CREDIT])
    try:
        assert asked(address, "POST", "/transfer", raw)[0] == 500
    except (OSError, HTTPException):
        assert kind != "fail"
    assert asked(address, "POST", "/transfer", raw)[0] == 200
    assert order(address, "counts")["balances_ore"]["5812"] == -4_616_000


@pytest.mark.parametrize("body", [b"\xff", b"a;b\n1;2\n", b"run;key;account;amount\n1;2\n", b'run;key;account;amount\n"1'])
def test_a_file_of_another_shape_is_not_taken(address: str, body: bytes) -> None:
    assert asked(address, "POST", "/transfer", body)[0] == 400


def test_an_address_that_is_none_and_orders_that_are_none(address: str) -> None:
    assert asked(address, "GET", "/feed/x")[0] == 404
    for words in ({"order": "x"}, {"order": "set", "x": 1}, {"order": "rows", "kind": "x", "rows": []}, {"order": "rows", "kind": "sap-pay", "rows": [{"x": 1}]}):
        with pytest.raises(ValueError, match=r".+"):
            order(address, str(words["order"]), **{name: value for name, value in words.items() if name != "order"})
