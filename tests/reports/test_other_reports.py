"""Losses, deadlines kept, money to come and work saved: what each says of its rows; rows gathered; PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.cases.facts import Kind
from refusion.claims.facts import Loss, LossCause
from refusion.claims.losses import Followed, FollowedLoss, Step
from refusion.reports import NAMES, Report, Rows, built
from refusion.reports.forecast import usual
from refusion.reports.grouping import grouped, groupings, side_by_side
from refusion.reports.letters import as_html, as_text
from refusion.reports.pages import as_pdf, letter_as_pdf
from refusion.reports.rows import FilingLine, History, IncomingLine, LossLine, WorkLine
from refusion.values.period import Period
from refusion.values.said import Refused, Said
from refusion.wiring.texts import render
from tests.reports.test_reports import LINES

DAY = date(2025, 5, 1)
APRIL = Period(date(2025, 4, 2), date(2025, 4, 10))


def danish(said: Said) -> str:
    return render(said, "da")


def loss(number: int, cause: LossCause, amount: int, *steps: Followed, first: date = date(2025, 3, 3), unit: str = "Bibliotek") -> LossLine:
    kept = Loss(UUID(int=number), UUID(int=1), APRIL, amount, cause, date(2025, 4, 11), date(2025, 4, 7), date(2025, 4, 11))
    return LossLine(FollowedLoss(kept, number, 100_000 + number, Kind.ORDINARY, first, f"Person {number}", steps), None, unit)


LOSSES = (
    loss(1, LossCause.LATE_NOTIFICATION, 100_000),
    loss(2, LossCause.LATE_REQUEST, 200_000, first=date(2025, 1, 2), unit="Museum"),
    loss(3, LossCause.UNDER_DECIDED, 40_000, Followed(Step.RECOVERED, DAY, "house", amount=15_000)),
    loss(4, LossCause.LATE_REQUEST, 10_000, Followed(Step.APPLIED, DAY, "kim", "x"), Followed(Step.GRANTED, DAY, "kim", "brev"), unit="Museum"),
)


def filing(number: int, spare: int, filed: str = "claim", known: date = date(2025, 1, 1), kind: str = "ordinary") -> FilingLine:
    deadline = date(2025, 4, 7)
    signed = deadline - timedelta(days=spare)
    first = date(2025, 3, 3)
    return FilingLine(number, number, "Person", "Bibliotek", kind, filed, first, None, APRIL, deadline, signed, known)


def incoming(number: int, requested: date, decided: int | None = None, received: int = 0, **days: date) -> IncomingLine:
    told = {"decided_on": None, "pays_on": None, **days}
    return IncomingLine(number, number, "Person", "Bibliotek", "ordinary", APRIL, requested, 100_000, decided, received, **told)  # type: ignore[arg-type]


FILINGS = (filing(1, 0), filing(2, -1), filing(3, -3, known=date(2025, 4, 1)), filing(4, 9, "notification"), filing(5, 5, "notification"))
INCOMING = (
    incoming(1, date(2025, 4, 20)),
    incoming(2, date(2025, 4, 1), 90_000, decided_on=date(2025, 4, 28), pays_on=date(2025, 5, 6)),
    incoming(3, date(2025, 4, 1), 80_000, 30_000, decided_on=date(2025, 4, 28)),
    incoming(4, date(2025, 1, 1)),
    incoming(5, date(2025, 4, 1), 70_000, 70_000),
)
WORK = (
    WorkLine(1, "A", "Bibliotek", "ordinary", date(2025, 3, 3), True, 8, 0, 2, 0),
    WorkLine(2, "B", "Bibliotek", "ordinary", date(2025, 4, 3), True, 7, 1, 2, 1),
    WorkLine(3, "C", "Museum", "new_hire", date(2025, 4, 9), False, 5, 3, 2, 4),
)
PAST = History((20, 30, 25, 22, 40), (5, 6, 7, 8, 9))
ROWS = Rows(claims=LINES, losses=LOSSES, filings=FILINGS, incoming=INCOMING, past=PAST, work=WORK)


def cells(report: Report, key: str) -> list[object]:
    place = [column.key for column in report.columns].index(key)
    return [row[place] for row in report.rows]


def test_losses_name_what_can_still_be_excused_first() -> None:
    report = built("lost", ROWS, DAY)
    assert cells(report, "loss_number") == [2, 1, 3, 4]
    assert cells(report, "excusable_until") == [date(2025, 7, 2), date(2025, 9, 3), None, None]
    assert cells(report, "standing") == [200_000, 100_000, 25_000, 0]
    assert (report.total("amount"), report.total("recovered"), report.total("standing")) == (350_000, 15_000, 325_000)
    assert (report.sentence.facts["amount_ore"], report.sentence.facts["excusable_ore"]) == (325_000, 300_000)
    assert report.sentence.facts["first_deadline"] == date(2025, 7, 2)


@pytest.mark.parametrize(("day", "until"), [(date(2025, 9, 3), date(2025, 9, 3)), (date(2025, 9, 4), None)])
def test_a_day_for_dispensation_is_shown_until_it_has_passed(day: date, until: date | None) -> None:
    assert cells(built("lost", Rows(losses=LOSSES[:1]), day), "excusable_until") == [until]


def test_deadlines_are_kept_and_missed_by_the_day_of_signing() -> None:
    report = built("punctuality", ROWS, DAY)
    assert cells(report, "days_to_spare") == [-3, -1, 0, 5, 9]
    assert (report.total("kept"), report.total("missed"), report.total("unavoidable")) == (3, 2, 1)
    # 28 days after 3 March: 31 March.
    assert cells(report, "centre_deadline") == [None, None, None, date(2025, 3, 31), date(2025, 3, 31)]
    assert cells(report, "centre_kept") == [None, None, None, 0, 1]
    assert (report.sentence.facts["centre_kept"], report.sentence.facts["centre_count"]) == (1, 2)


def test_money_is_expected_by_its_decision_else_by_history() -> None:
    report = built("forecast", ROWS, DAY)
    assert cells(report, "case_number") == [4, 3, 2, 1]
    assert cells(report, "expected_on") == [DAY, date(2025, 5, 5), date(2025, 5, 6), date(2025, 5, 15)]
    basis = [cell.key for cell in cells(report, "basis") if isinstance(cell, Said)]
    assert basis == ["reports.basis_overdue", "reports.basis_history", "reports.basis_decision", "reports.basis_history"]
    assert report.total("outstanding") == 100_000 + 50_000 + 90_000 + 100_000
    assert (report.sentence.facts["days"], report.sentence.facts["payments"]) == (25, 5)


def test_without_enough_history_the_forecast_says_that_it_rests_on_what_authorities_state() -> None:
    report = built("forecast", replace(ROWS, past=History((20, 30), ())), DAY)
    assert report.sentence.key == "reports.forecast_sentence_stated"
    assert dict(zip(cells(report, "case_number"), cells(report, "expected_on"), strict=True))[1] == date(2025, 5, 18)


@given(st.lists(st.integers(0, 200), min_size=5, max_size=60))
def test_half_of_the_payments_came_within_the_usual_days(taken: list[int]) -> None:
    found = usual(taken, 28)
    assert 2 * sum(days <= found.days for days in taken) >= len(taken)
    assert 2 * sum(days < found.days for days in taken) < len(taken)


def test_work_saved_counts_answers_touches_and_cases_nobody_touched() -> None:
    report = built("work-saved", ROWS, DAY)
    assert cells(report, "case_number") == [3, 2, 1]
    facts = report.sentence.facts
    assert (facts["answers"], facts["unasked"], facts["percent"], facts["closed"], facts["untouched"]) == (30, 26, 86, 2, 1)
    assert facts["touches"] == "1,6"
    assert built("work-saved", Rows(), DAY).sentence.facts["percent"] == 0


def test_rows_are_gathered_and_their_sums_stay() -> None:
    report = built("lost", ROWS, DAY)
    by_cause = grouped(report, "cause")
    assert [row[1] for row in by_cause.rows] == [1, 2, 1]
    assert by_cause.total("standing") == report.total("standing")
    assert [row[0] for row in grouped(report, "unit").rows] == ["Bibliotek", "Museum"]
    assert [row[0] for row in grouped(built("forecast", ROWS, DAY), "month").rows] == [date(2025, 5, 1)]


@pytest.mark.parametrize("name", NAMES)
def test_every_report_can_be_gathered_by_all_that_it_names_but_never_by_person(name: str) -> None:
    report = built(name, ROWS, DAY)
    assert {"unit", "kind", "month"} <= set(groupings(report))
    assert "person" not in groupings(report)
    for by in groupings(report):
        gathered = grouped(report, by)
        assert sum(row[1] for row in gathered.rows if isinstance(row[1], int)) == len(report.rows)
        assert list(gathered.totals[2:]) == [total for total in report.totals if total is not None]


def test_an_unknown_grouping_is_refused_with_those_there_are() -> None:
    for by in ("person", "colour", ""):
        with pytest.raises(Refused):
            grouped(built("lost", ROWS, DAY), by)


def test_institutions_stand_side_by_side() -> None:
    here, there = built("lost", ROWS, DAY), built("lost", Rows(losses=LOSSES[:1]), DAY)
    report = side_by_side([("HERE", here), ("THERE", there)])
    assert [row[:2] for row in report.rows] == [("HERE", 4), ("THERE", 1)]
    assert report.total("standing") == here.total("standing") + there.total("standing")


def objects(raw: bytes) -> list[bytes]:
    """Read a PDF's objects by the places that its index tells; raises where one does not begin there."""
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", raw)[1])  # type: ignore[index]
    places = [int(one) for one in re.findall(rb"(\d{10}) 00000 n ", raw[start:])]
    assert all(raw[place:].startswith(b"%d 0 obj" % number) for number, place in enumerate(places, start=1))
    return [raw[place : raw.index(b"endobj", place)] for place in places]


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_written_as_pdf_of_equal_bytes(name: str) -> None:
    raw = as_pdf(built(name, ROWS, DAY), danish, "da")
    assert raw == as_pdf(built(name, ROWS, DAY), danish, "da")
    assert raw.startswith(b"%PDF-1.4")
    assert len(objects(raw)) == 6


def test_a_long_report_has_its_heads_on_every_page_and_no_row_is_left_out() -> None:
    many = Rows(losses=[loss(number, LossCause.LATE_REQUEST, number) for number in range(1, 201)])
    raw = as_pdf(built("lost", many, DAY), danish, "da")
    pages = [body for body in objects(raw) if b"stream" in body]
    assert len(pages) > 2
    assert all("Årsag".encode("cp1252") in page for page in pages)
    assert all(b"(Person %d)" % number in raw or b"(%d)" % (100_000 + number) in raw for number in range(1, 201))


def test_letters_outside_the_fonts_are_written_by_their_base_and_signs_are_escaped() -> None:
    raw = letter_as_pdf("Ansøgning (prøve) \\ Łódź", ["Æblegrød 😀 – „tak“"])
    assert "Ansøgning \\(prøve\\) \\\\ Lódz".encode("cp1252") in raw
    assert "Æblegrød ? – „tak“".encode("cp1252") in raw


def test_the_gap_inside_an_amount_is_kept_and_no_line_ends_there() -> None:
    raw = letter_as_pdf("Brev", ["kr\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}345,50 " * 40])
    lines = re.findall(rb"\(((?:kr|[\d, k])[^)]*)\) Tj", raw)
    assert len(lines) > 3
    assert all(re.fullmatch(rb"(kr 12 345,50 ?)+", line) for line in lines)


@given(st.text(max_size=60))
def test_any_text_gives_a_pdf_whose_index_is_right(text: str) -> None:
    assert objects(letter_as_pdf(text, [text]))


def test_a_letter_is_text_and_a_page_that_asks_nothing_of_anybody() -> None:
    assert as_text("Overskrift", ["et <b>", "to"]).decode() == "Overskrift\n==========\n\net <b>\n\nto\n"
    page = as_html("A & B", ["<script>x</script>"], "da").decode()
    assert "&lt;script&gt;" in page
    assert "A &amp; B" in page
    assert not re.search(r"<script|src=|href=|url\(", page)
