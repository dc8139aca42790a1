"""Bank files are read whole and right, or refused with the place and the remedy."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from refusion.adapters.bank import read, read_file
from refusion.adapters.bank.reader import CamtReader
from refusion.adapters.bank.stream import SCHEMAS, Limits
from refusion.settlements.bank_entry import line_key
from refusion.values.said import BadInput, Problem

OURS = Path(__file__).parents[3] / "src/refusion/adapters/bank/samples"
SHARED = Path(__file__).parents[4] / "shared/samples/bank"
STATEMENT = (OURS / "statement-dk.camt.053.xml").read_bytes()
pytestmark = pytest.mark.skipif(not any(SCHEMAS.glob("*.xsd")), reason="the ISO schemas are fetched at set-up")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not beside the repository")


def refused(raw: bytes, limits: Limits | None = None) -> Problem:
    with pytest.raises(BadInput) as bad:
        read_file(raw, "file.xml", limits or Limits())
    (problem,) = bad.value.problems
    assert problem.file == "file.xml"
    assert problem.remedy.key.endswith("_remedy")
    return problem


def row_of(raw: bytes, fragment: bytes) -> int:
    return raw[: raw.index(fragment)].count(b"\n") + 1


def test_our_own_statement() -> None:
    found = read_file(STATEMENT, "s")
    assert (found.kind, found.version, found.account, found.currency) == ("camt.053", "02", "DK0320009876543210", "DKK")
    assert found.statement_ids == ("2025-03-07-021105-DKK3210",)
    assert [entry.amount for entry in found.entries] == [1830400, 125050, 41275, 100000, -3099925, 746010]
    assert {entry.booked_on for entry in found.entries} == {date(2025, 3, 6)}
    assert all(entry.details_hold for entry in found.entries)
    assert len({line_key(entry) for entry in found.entries}) == 6
    first, fik, named, batch, bulk, _ = found.entries
    assert first.payer is None
    assert first.payer_address[0] == "EKSEMPEL KOMMUNE"
    assert first.text[0] == "KSD-2025-000117"
    assert first.position == "/Document/BkToCstmrStmt/Stmt[1]/Ntry[1]"
    assert fik.reference == "25065000000000003", "the bank's reference stands with the only transaction"
    assert "71/000000000117256" in fik.text
    assert named.end_to_end == "TILSKUD-2025-31"
    assert [detail.amount for detail in batch.details] == [62000, 38000]
    assert [detail.payer for detail in bulk.details] == ["KONTORHUSET", "PAPIRHANDLEN"]


def test_the_balances_of_our_own_statement_follow_from_its_lines() -> None:
    root = etree.fromstring(STATEMENT)
    opening, closing, _ = (element.text.replace(".", "") for element in root.iterfind(".//{*}Bal/{*}Amt"))
    assert int(opening) + sum(entry.amount for entry in read_file(STATEMENT, "s").entries) == int(closing)


@needs_shared
def test_our_own_statement_has_the_structure_of_the_banks() -> None:
    def tree(raw: bytes) -> list[str]:
        root = etree.fromstring(raw)
        return [root.getroottree().getelementpath(element) for element in root.iter()]

    bank = (SHARED / "nordea-dk.camt.053e.xml").read_bytes()
    assert tree(STATEMENT) == tree(bank)
    texts = set(re.findall(rb"<(?:Ustrd|AdrLine|Nm|Ref|AcctSvcrRef|EndToEndId)>([^<]+)", bank))
    assert not texts & set(re.findall(rb">([^<]+)<", STATEMENT)), "nothing of the bank's own content"


@needs_shared
@pytest.mark.parametrize(
    ("name", "kind", "version", "amounts", "account"),
    [
        ("nordea-dk.camt.053e.xml", "camt.053", "02", [10000, 20000, 30000, 40000, -6696250, 2828658], "DK0320009876543210"),
        ("camt053.v2.minimal.ultimate.xml", "camt.053", "02", [885], "NL26VAYB8060476890"),
        ("camt053.v2.multi.statement.xml", "camt.053", "02", [885, -700], "NL26VAYB8060476890"),
        ("camt053.v4.xml", "camt.053", "04", [885], "NL26VAYB8060476890"),
        ("camt053.v8.xml", "camt.053", "08", [885], "NL26VAYB8060476890"),
        ("camt054.v2.xml", "camt.054", "02", [-20000000], "CH2801234000123456789"),
        ("camt054.v8.xml", "camt.054", "08", [-20000000], "CH2801234000123456789"),
    ],
)
def test_every_shared_file_is_read(name: str, kind: str, version: str, amounts: list[int], account: str) -> None:
    found = read_file((SHARED / name).read_bytes(), name)
    assert (found.kind, found.version, found.account) == (kind, version, account)
    assert [entry.amount for entry in found.entries] == amounts
    assert found.booked == found.entries
    assert tuple(read(SHARED / name, name)) == found.entries


@needs_shared
def test_the_shared_folder_holds_nothing_else() -> None:
    known = {"camt053.v2.wrong.xml", "danskebank-transaction-codes.dk.csv", "nordea-transaction-codes.dk.csv"}
    read_above = 7
    others = [path for path in SHARED.iterdir() if path.suffix != ".xsd" and path.name not in known]
    assert len(others) == read_above


@needs_shared
def test_the_wrong_shared_file_is_refused_with_its_schema_error() -> None:
    problem = refused((SHARED / "camt053.v2.wrong.xml").read_bytes())
    assert problem.what.key == "bank.schema_missing_expected"
    assert dict(problem.what.facts) == {"element": "BkToCstmrStmt", "expected": "Stmt"}
    assert problem.row == 8


@needs_shared
@pytest.mark.parametrize("name", ["danskebank-transaction-codes.dk.csv", "nordea-transaction-codes.dk.csv"])
def test_a_table_is_no_statement(name: str) -> None:
    assert refused((SHARED / name).read_bytes()).what.key == "bank.not_xml"


@needs_shared
def test_details_in_another_currency_say_nothing() -> None:
    (entry,) = read_file((SHARED / "camt054.v8.xml").read_bytes(), "n").entries
    assert [detail.amount for detail in entry.details] == [None, None, None]
    assert not entry.details_hold
    assert entry.transaction_code == "PMNT/ICDT/DMCT/Z24"


def test_our_wrong_statement_is_refused() -> None:
    raw = (OURS / "wrong-no-direction.camt.053.xml").read_bytes()
    problem = refused(raw)
    assert (problem.what.key, problem.column) == ("bank.schema_unexpected_expected", "Sts")
    assert problem.what.facts["expected"] == "CdtDbtInd"
    assert problem.row == row_of(raw, b"<Sts>")


AMOUNT = b'<Amt Ccy="DKK">1250.50</Amt>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "&b;&b;">]><Document>&c;</Document>' % (b"x" * 9999)


@pytest.mark.parametrize(
    ("raw", "key", "row"),
    [
        pytest.param(b"", "empty", None, id="nothing"),
        pytest.param(b" \n\t ", "empty", None, id="blanks"),
        pytest.param(b"dato;beloeb\n2025-03-06;100\n", "not_xml", 1, id="a table"),
        pytest.param(b"\x1f\x8b\x08\0\0", "not_xml", 1, id="packed"),
        pytest.param(BOMB, "document_type", None, id="entity bomb"),
        pytest.param(BOMB.decode().replace("?xml", '?xml').encode("utf-16"), "document_type", None, id="bomb in utf-16"),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document_type", None, id="outside file"),
        pytest.param(b"<html><body/></html>", "unknown_message", 1, id="a web page"),
        pytest.param(STATEMENT.replace(b"camt.053.001.02", b"pain.001.001.03"), "unknown_message", 1, id="pain.001"),
        pytest.param(STATEMENT.replace(b"camt.053.001.02", b"camt.053.001.99"), "no_schema", 1, id="unknown version"),
        pytest.param(STATEMENT.replace(b"camt.053.001.02", b"camt.053.001.../x"), "no_schema", 1, id="a path"),
        pytest.param(STATEMENT.replace(AMOUNT, AMOUNT.replace(b".50", b".505")), "amount_too_fine", None, id="half an oere"),
        pytest.param(STATEMENT.replace(AMOUNT, b""), "schema_unexpected_expected", None, id="no amount"),
        pytest.param(STATEMENT.replace(b"</Ntry>", b"</Entry>", 1), "broken_xml", None, id="tags that do not meet"),
        pytest.param(STATEMENT + b"<more/>", "broken_xml", None, id="more behind the end"),
        pytest.param(STATEMENT.replace(b"KSD-2025", b"KSD\0"), "broken_xml", None, id="a nul"),
        pytest.param(STATEMENT.replace(b"KSD-2025", b"\xe6\xf8\xe5"), "broken_xml", None, id="wrong charset"),
        pytest.param(STATEMENT[:9000], "cut_short", None, id="cut in the middle"),
        pytest.param(STATEMENT[:-4], "cut_short", None, id="cut at the end"),
        pytest.param(b"<?xml version='1.0'?><!-- nothing more -->", "cut_short", None, id="no element"),
        pytest.param(STATEMENT.replace(b"<Id>2025", b"<a>" * 100_000 + b"<Id>2025"), "schema_unexpected_expected", None, id="deep"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(raw: bytes, key: str, row: int | None) -> None:
    problem = refused(raw)
    assert problem.what.key == f"bank.{key}"
    if row is not None:
        assert problem.row == row


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_wrong_value_is_named_with_its_row(newline: bytes) -> None:
    raw = STATEMENT.replace(AMOUNT, AMOUNT.replace(b"1250.50", b"12x0"), 1).replace(b"\n", newline)
    problem = refused(raw)
    assert (problem.what.key, problem.column, problem.value) == ("bank.schema_value", "Amt", "12x0")
    assert problem.row == row_of(raw, b"12x0")


def test_a_wrong_value_far_into_the_file_is_named_with_its_row() -> None:
    entry = re.search(rb"<Ntry>.*?</Ntry>\s*", STATEMENT, re.DOTALL)
    assert entry
    raw = STATEMENT.replace(entry.group(0), entry.group(0) * 500, 1).replace(AMOUNT, AMOUNT.replace(b"1", b"x", 1), 1)
    assert refused(raw).row == row_of(raw, b"x250.50")


def test_a_text_that_may_name_a_person_is_not_repeated() -> None:
    raw = STATEMENT.replace(b"<Ustrd>KSD-2025-000117", b"<Ustrd>610180-0000 " + b"x" * 140)
    problem = refused(raw)
    assert (problem.column, problem.value) == ("Ustrd", None)
    assert "610180" not in repr(problem)


@pytest.mark.parametrize(
    ("limits", "key"),
    [
        (Limits(whole=1000), "too_large"),
        (Limits(piece=100), "piece_too_large"),
        (Limits(details=1), "too_many_details"),
    ],
)
def test_limits_hold(limits: Limits, key: str) -> None:
    assert refused(_many(2000) if key == "piece_too_large" else STATEMENT, limits).what.key == f"bank.{key}"


def _many(lines: int) -> bytes:
    long = b"<Ustrd>" + b"x" * 130 + b"</Ustrd>"
    return STATEMENT.replace(b"<Ustrd>SYGEDAGPENGEREFUSION</Ustrd>", long * lines)


class Endless(io.RawIOBase):
    """A stream that can't be wound back and never keeps what it gave."""

    def __init__(self, entries: int) -> None:
        start = STATEMENT.index(b"<Ntry>")
        end = STATEMENT.rindex(b"</Ntry>") + len(b"</Ntry>")
        self.parts = iter([STATEMENT[:start], *[STATEMENT[start:end]] * entries, STATEMENT[end:]])
        self.rest = b""

    def seekable(self) -> bool:
        """Say that it can't be wound back."""
        return False

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes."""
        while len(self.rest) < size:
            part = next(self.parts, b"")
            if not part:
                break
            self.rest += part
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def test_memory_stays_level() -> None:
    def peak(entries: int) -> tuple[int, int]:
        tracemalloc.start()
        count = sum(1 for _ in read(Endless(entries), "stream"))  # type: ignore[arg-type]
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return count, top

    few, many = peak(20), peak(200)
    assert (few[0], many[0]) == (120, 1200)
    assert many[1] < few[1] * 1.5 + 500_000


def test_equal_lines_without_a_reference_stay_two() -> None:
    entry = re.search(rb"<Ntry>\s*<NtryRef>5.*?</Ntry>\s*", STATEMENT, re.DOTALL)
    assert entry
    raw = STATEMENT.replace(entry.group(0), entry.group(0) * 2)
    alike = [found for found in read_file(raw, "s").entries if found.amount == -3099925]
    assert [found.occurrence for found in alike] == [1, 2]
    assert line_key(alike[0]) != line_key(alike[1])
    assert line_key(alike[0]) == line_key(read_file(STATEMENT, "s").entries[4])


def test_pending_lines_are_kept_apart() -> None:
    raw = STATEMENT.replace(b"<Sts>BOOK</Sts>", b"<Sts>PDNG</Sts>", 2)
    found = read_file(raw, "s")
    assert (len(found.booked), len(found.not_booked)) == (4, 2)
    assert len(CamtReader().read("s", raw)) == 4


def test_a_booked_line_without_any_day_is_refused() -> None:
    days = re.compile(rb"\s*<(BookgDt|ValDt)>.*?</\1>", re.DOTALL)
    without_booking = re.sub(rb"\s*<BookgDt>.*?</BookgDt>", b"", STATEMENT, flags=re.DOTALL)
    assert {entry.booked_on for entry in read_file(without_booking, "s").entries} == {date(2025, 3, 6)}
    assert refused(days.sub(b"", STATEMENT)).what.key == "bank.no_booking_day"


def test_a_reversal_is_told() -> None:
    raw = STATEMENT.replace(b"DBIT</CdtDbtInd>", b"DBIT</CdtDbtInd><RvslInd>true</RvslInd>", 1)
    assert [entry.is_reversal for entry in read_file(raw, "s").entries].count(True) == 1


def test_the_reader_gives_lines_to_keep() -> None:
    lines = CamtReader().read("s", STATEMENT)
    assert lines[0].payer == "EKSEMPEL KOMMUNE YDELSESCENTRET RAADHUSPLADSEN 0 0999 EKSEMPELBY"
    assert lines[0].text.splitlines()[:2] == ["KSD-2025-000117", "SYGEDAGPENGEREFUSION"]
    assert sum(line.amount for line in lines) == sum(entry.amount for entry in read_file(STATEMENT, "s").entries)


def test_nothing_is_read_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("socket.socket.connect", lambda *_: opened.append("socket"))
    raw = STATEMENT.replace(b"<BkToCstmrStmt>", b'<?xml-stylesheet href="http://example.org/x"?><BkToCstmrStmt>', 1)
    assert len(list(_texts(raw))) > 0
    assert opened == []


def _texts(raw: bytes) -> Iterator[str]:
    for entry in read_file(raw, "s").entries:
        yield from entry.text
