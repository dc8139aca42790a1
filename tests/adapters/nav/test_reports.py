"""Settlement reports in both forms: NAV's order gives the twelve fields byte for byte, and whatever contradicts itself is refused or parked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.absences.norwegian import Benefit
from refusion.adapters.nav.codec import decode, encode
from refusion.adapters.nav.messages import CODES
from refusion.adapters.nav.order import read_order
from refusion.adapters.nav.reading import SettlementFiles
from refusion.adapters.nav.translate import NotUnderstood, to_heads
from refusion.settlements.nav_report import MEANINGS, SettlementReport, refuse_contradictions, sort_out
from refusion.values.said import BadInput
from tests.adapters.nav.test_codec import NAVS, SAMPLE

ORGANISATION, ACCOUNT, TODAY = "974600013", "02470305404", date(2025, 11, 1)
PLAIN = {
    "navenhet": 8020,
    "bedriftsnummer": "933001547",
    "kode": "H",
    "tekst": "Sykepenger feriepenger",
    "fnr": "29470049713",
    "navn": "wopoj hyfom",
    "fraDato": "2025-05-01",
    "tilDato": "2025-05-31",
    "belop": 9905.0,
    "maxDato": "2026-07-31",
}


def order(*rows: dict[str, Any], **head: object) -> bytes:
    lines = [PLAIN | row for row in rows] or [PLAIN]
    total = sum(line["belop"] for line in lines if isinstance(line["belop"], float))
    told = {"orgnr": ORGANISATION, "bankkonto": ACCOUNT, "sumBelop": total, "valutert": "2025-10-28", "linjer": len(lines)} | head
    return json.dumps({"header": told, "datarec": lines}, ensure_ascii=False).encode()


def report(*rows: dict[str, Any], **head: object) -> SettlementReport:
    return SettlementFiles().read("k27.json", order(*rows, **head))


# The rows that NAV's own generator is tested with, in its order: what changes, and the twelve fields that follow.
NAVS_OWN = [
    ({"maxDato": None}, "wopoj hyfom              ;20250531;0000990500 ;0000000000 ;00000000"),
    ({}, "wopoj hyfom              ;20250531;0000990500 ;0000000000 ;20260731"),
    ({"navn": "Kort navn"}, "Kort navn                ;20250531;0000990500 ;0000000000 ;20260731"),
    ({"navn": "Dette navnet er definitivt lengre enn tjuefem tegn"}, "Dette navnet er definitiv;20250531;0000990500 ;0000000000 ;20260731"),
    ({"navn": "Navn;med;semikolon"}, "Navn med semikolon       ;20250531;0000990500 ;0000000000 ;20260731"),
    ({"navn": "Navn med nøyaktig tjuefem"}, "Navn med nøyaktig tjuefem;20250531;0000990500 ;0000000000 ;20260731"),
    ({"navn": "Navn\r\n\r\nmed\nlinjeskift"}, "Navn med linjeskift      ;20250531;0000990500 ;0000000000 ;20260731"),
    ({"belop": -9905.0}, "wopoj hyfom              ;20250531;0000990500-;0000000000 ;20260731"),
    ({"belop": 9905.126789}, "wopoj hyfom              ;20250531;0000990513 ;0000000000 ;20260731"),
]


@pytest.mark.parametrize(("change", "fields"), NAVS_OWN)
def test_an_order_gives_the_fields_of_the_byte_rules(change: dict[str, Any], fields: str) -> None:
    written = encode(read_order(order(change), "k27.json").lines)
    assert written == f"8020;{ORGANISATION};933001547;H;29470049713;20250501;{ACCOUNT};{fields}\r\n".encode("iso-8859-1")
    assert encode(decode(written, "k27.csv")) == written


@pytest.mark.skipif(not NAVS.is_file(), reason="NAV's own example is not beside the repository")
def test_navs_own_order_gives_the_csv_and_the_csv_itself() -> None:
    told = read_order(NAVS.read_bytes(), NAVS.name)
    written = encode(told.lines)
    assert written.decode("iso-8859-1").split("\r\n") == [
        f"8020;974600013;933001547;H;{rest}"
        for rest in (
            "29470049713;20250501;02470305404;wopoj hyfom              ;20250531;0000990500 ;0000000000 ;00000000",
            "29470049713;20250501;02470305404;wopoj hyfom              ;20250531;0000990500 ;0000000000 ;00000000",
            "15460337361;00000000;02470305404;sujamg gjusit            ;20250531;0001900500 ;0000000000 ;00000000",
            "17410403471;20250501;02470305404;wgjy ypab                ;00000000;0000990800-;0000000000 ;20260331",
            "18501040408;00000000;02470305404;odexiv ngr               ;00000000;0000990600-;0000000000 ;20260131",
            "23420043473;20250501;02470305404;f na nuxy                ;20250531;0000990800-;0000000000 ;20260731",
        )
    ] + [""]
    assert encode(decode(written, "k27.csv")) == written
    by_order = SettlementFiles().read("k27.json", NAVS.read_bytes())
    by_fields = SettlementFiles().read("k27.csv", written, date(2025, 10, 28))
    assert by_order.lines == by_fields.lines
    assert (by_order.head, by_order.stated_total, by_fields.stated_total) == (by_fields.head, 909_300, None)
    assert by_order.total == by_fields.total == 909_300
    refuse_contradictions(by_order, "k27.json", {ORGANISATION}, TODAY)
    assert sort_out(by_order, {"933001547"}).parked == ()


def test_two_lines_that_are_alike_are_two() -> None:
    assert [line.place for line in report({}, {}).lines] == [1, 2]
    assert report({}, {}).total == 2 * 990_500


BROKEN: dict[str, tuple[bytes, str, int | None, str | None]] = {
    "no json": (b"{", "nav.not_an_order", None, None),
    "not utf-8": (b'{"header": "\xff"}', "nav.not_an_order", None, None),
    "no lines told": (b'{"header": {}}', "nav.not_an_order", None, None),
    "lines that are none": (b'{"header": {}, "datarec": 3}', "nav.not_an_order", None, None),
    "a number that is none": (order().replace(b"9905.0", b"NaN"), "nav.not_an_order", None, None),
    "a line that is none": (b'{"header": {"orgnr": 1}, "datarec": [3]}', "nav.field_unreadable", None, "orgnr"),
    "a wrong organisation number": (order(orgnr="97460001"), "nav.field_unreadable", None, "orgnr"),
    "no sub-unit": (order({"bedriftsnummer": None}), "nav.field_missing", 1, "bedriftsnummer"),
    "a day that is none": (order({}, {"fraDato": "2025-02-30"}), "nav.field_unreadable", 2, "fraDato"),
    "a code of two letters": (order({"kode": "HH"}), "nav.field_unreadable", 1, "kode"),
    "a person that is none": (order({"fnr": "2947004971"}), "nav.field_unreadable", 1, "fnr"),
    "an amount in words": (order({"belop": "9905"}), "nav.field_unreadable", 1, "belop"),
    "an amount too long": (order({"belop": 1e9}), "nav.field_unreadable", 1, "belop"),
    "an endless total": (order(sumBelop=1e300), "nav.field_unreadable", None, "sumBelop"),
    "fewer lines than told": (order(linjer=2), "nav.lines_differ", None, None),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_order_is_refused_by_name(name: str) -> None:
    raw, key, row, column = BROKEN[name]
    with pytest.raises(BadInput) as refusal:
        SettlementFiles().read("k27.json", raw)
    problem = refusal.value.problems[0]
    assert (problem.what.key, problem.remedy.key, problem.file) == (key, f"{key}_remedy", "k27.json")
    assert (problem.row, problem.column) == (row, column)


@given(some.binary(max_size=300) | some.text(max_size=200).map(str.encode))
def test_whatever_comes_is_read_or_refused(raw: bytes) -> None:
    for form in (raw, b"{" + raw, order().replace(b"9905.0", raw[:20])):
        try:
            SettlementFiles().read("k27", form, TODAY)
        except BadInput as refusal:
            assert refusal.problems


def test_twelve_fields_need_a_day_of_payment_and_a_line() -> None:
    for raw, key in ((SAMPLE.read_bytes(), "nav.day_of_payment_missing"), (b"", "nav.no_lines")):
        with pytest.raises(BadInput) as refusal:
            SettlementFiles().read("k27.csv", raw)
        assert refusal.value.problems[0].what.key == key


def test_a_file_saved_anew_as_utf_8_is_refused_and_not_read_wrongly() -> None:
    good = encode(read_order(order({"navn": "Bjørn Åsen"}), "k27.json").lines)
    with pytest.raises(BadInput) as refusal:
        SettlementFiles().read("k27.csv", good.decode("iso-8859-1").encode(), TODAY)
    (problem,) = refusal.value.problems
    assert (problem.column, problem.value) == ("name", None)


CONTRADICTIONS: dict[str, SettlementReport] = {
    "nav.total_differs": report(sumBelop=9905.01),
    "nav.report_of_another": report(orgnr="983887457"),
    "nav.paid_in_future": report(valutert="2025-11-02"),
    "nav.line_of_another": replace(report(), lines=(replace(report().lines[0], organisation="983887457"),)),
    "nav.line_to_another_account": replace(report(), lines=(replace(report().lines[0], account="12345678901"),)),
}


@pytest.mark.parametrize("key", sorted(CONTRADICTIONS))
def test_a_report_that_contradicts_itself_is_refused_whole(key: str) -> None:
    with pytest.raises(BadInput) as refusal:
        refuse_contradictions(CONTRADICTIONS[key], "k27", {ORGANISATION}, TODAY)
    assert [problem.what.key for problem in refusal.value.problems] == [key]


PARKED: dict[str, dict[str, Any]] = {
    "nav.code_unknown": {"kode": "Q"},
    "nav.workplace_unknown": {"bedriftsnummer": "983887457"},
    "nav.name_mangled": {"navn": "Kari \x96 Nordmann"},
    "nav.days_reversed": {"fraDato": "2025-06-01"},
}


@pytest.mark.parametrize("key", sorted(PARKED))
def test_a_line_that_nobody_can_place_is_parked_with_its_amount(key: str) -> None:
    told = report({}, PARKED[key] | {"belop": 12.34})
    refuse_contradictions(told, "k27", {ORGANISATION}, TODAY)
    done = sort_out(told, {"933001547"})
    (parked,) = done.parked
    assert (parked.because.key, parked.because.facts["amount_ore"], done.parked_total) == (key, 1234, 1234)
    assert done.parked_total + sum(line.amount for line in done.lines) == told.total


def test_a_report_of_several_sub_units_keeps_each_line_with_its_own() -> None:
    told = report({}, {"bedriftsnummer": "983887457", "belop": 1.0}, {"bedriftsnummer": ORGANISATION, "belop": -2.0})
    refuse_contradictions(told, "k27", {ORGANISATION}, TODAY)
    done = sort_out(told, {"933001547", "983887457", ORGANISATION})
    assert [(line.workplace, line.amount) for line in done.lines] == [("933001547", 990_500), ("983887457", 100), (ORGANISATION, -200)]
    assert done.parked == ()


def test_missing_days_negative_lines_and_deductions_are_lines_like_others() -> None:
    rows = ({"fraDato": None}, {"tilDato": None}, {"fraDato": None, "tilDato": None}, {"belop": -9905.0}, {"kode": "A", "belop": -1.0})
    told = report(*rows)
    assert sort_out(told, ()).parked == ()
    assert [line.period is None for line in told.lines] == [True, True, True, False, False]
    assert told.lines[4].meaning == MEANINGS["A"]
    assert told.lines[4].meaning is not None
    assert told.lines[4].meaning.benefit is None


def test_every_code_that_nav_uses_has_one_meaning() -> None:
    assert MEANINGS.keys() == CODES.keys()
    assert {code for code, meaning in MEANINGS.items() if meaning.holiday_pay} == set("EFGHIJKM")
    assert (MEANINGS["2"].benefit, MEANINGS["F"].benefit) == (Benefit.PARENTAL_BIRTH, Benefit.PARENTAL_BIRTH)


HEAD = {
    "id": 42,
    "orgnr": "983887457",
    "orgNavn": "SKRAVLETE ALTETENDE TIGER AS",
    "type": "ref-arbg",
    "datoValutert": "2025-11-17",
    "bankkonto": "12345678901",
    "opprettet": "2025-11-18T06:30:00Z",
    "arkivert": False,
}


def test_the_published_example_of_a_head_is_read_and_other_reports_are_left_out() -> None:
    heads = to_heads([HEAD | {"id": 43, "type": "K27", "bankkonto": None}, HEAD | {"id": 44, "type": "trekk-hend"}, HEAD])
    assert [(head.id, head.pays_on, head.account) for head in heads] == [(42, date(2025, 11, 17), "12345678901"), (43, date(2025, 11, 17), "")]


@pytest.mark.parametrize("told", [{}, [3], [HEAD | {"id": "42"}], [HEAD | {"id": True}], [HEAD | {"datoValutert": "x"}], [{"type": "K27"}]])
def test_a_list_of_another_shape_is_not_understood(told: object) -> None:
    with pytest.raises(NotUnderstood):
        to_heads(told)
