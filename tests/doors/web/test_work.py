"""Answering, searching, exporting: what a form takes, what it says when it cannot, and what stands in the books after."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.reports import BUILDERS
from refusion.store.reads.work_list import WorkRow
from refusion.workflow.ports.institution import HOUSE
from tests.doors.web.scene import Scene


def questions(served: Scene) -> list[WorkRow]:
    with served.house.reading(HOUSE, served.code, "test") as reads:
        return [row for row in reads.work_list(None, "answer_missing", 200).rows if row.question]


def test_the_list_is_ordered_by_kroner_about_to_be_lost_per_day(served: Scene) -> None:
    today = served.house.today()
    with served.house.reading(HOUSE, served.code, "test") as reads:
        rows = reads.work_list(None, None, 200).rows
    dated = [row.at_stake // max((row.safe_day - today).days + 1, 1) for row in rows if row.safe_day]
    assert dated == sorted(dated, reverse=True)
    assert [row.safe_day is None for row in rows] == sorted(row.safe_day is None for row in rows)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "many", "document": "rota", "valid_from": "2024-08-19"}, "not a number of hours"),
        ({"value": "169", "document": "rota", "valid_from": "2024-08-19"}, "not have that many hours"),
        ({"value": "12", "document": "", "valid_from": "2024-08-19"}, "document is missing"),
        ({"value": "12", "document": "rota", "valid_from": "yesterday"}, "not a day"),
        ({"value": "12", "document": "rota", "valid_from": "2024-08-19", "valid_until": "2024-08-18"}, "before the first"),
    ],
)
def test_an_answer_that_cannot_be_used_stays_with_its_reason(served: Scene, typed: dict[str, str], said: str) -> None:
    row = questions(served)[0]
    visitor = served.client("caseworker", "en")
    for headers in ({}, {"hx-request": "true"}):
        answer = visitor.post(f"/tasks/{row.task}/answer", typed, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert 'aria-invalid="true"' in page
        assert all(f'value="{value}"' in page for value in typed.values() if value)
    assert row.task in {open_row.task for open_row in questions(served)}


def test_an_answer_is_taken_without_leaving_the_list_and_stands_on_the_case(served: Scene) -> None:
    row = questions(served)[0]
    visitor = served.client("caseworker", "en")
    page = visitor.get("/work?whose=all").content.decode()
    assert f"/tasks/{row.task}/answer" in page
    typed = {"value": "12,5", "document": "rota no. 7", "valid_from": row.about or "2024-08-19", "valid_until": ""}
    answer = visitor.post(f"/tasks/{row.task}/answer", typed, headers={"hx-request": "true"})
    assert answer.status_code == 200, answer.content.decode()
    assert b"Saved" in answer.content
    assert row.task not in {open_row.task for open_row in questions(served)}
    case = visitor.get(f"/cases/{row.case_number}").content.decode()
    assert "12.5" in case
    assert "rota no. 7" in case


def test_a_fact_is_entered_on_the_case(served: Scene) -> None:
    number = served.any_case()
    visitor = served.client("caseworker", "en")
    wrong = visitor.post(f"/cases/{number}/facts", {"question": "agreement_56", "document": "letter", "valid_from": "2024-01-01"})
    assert (wrong.status_code, b"Choose yes or no" in wrong.content) == (422, True)
    assert visitor.post(f"/cases/{number}/facts", {"question": "colour"}).status_code == 404
    typed = {"question": "other_employer", "value": "no", "document": "letter of 1 June", "valid_from": "2024-01-01"}
    assert visitor.post(f"/cases/{number}/facts", typed).status_code == 302
    assert b"letter of 1 June" in visitor.get(f"/cases/{number}").content


def test_a_search_by_national_number_asks_its_purpose_once_and_masks_the_number(served: Scene) -> None:
    number = served.any_case()
    with served.house.reading(HOUSE, served.code, "test") as reads:
        chain = reads.case(number)
    assert chain is not None
    with served.house.ports.work(served.code, HOUSE) as tx:
        national = tx.payroll.national_number(chain.head.person)
    visitor = served.client("caseworker", "en")
    asked = visitor.post("/search", {"asked": national})
    assert b"needs a purpose" in asked.content
    found = visitor.post("/search", {"asked": f"{national[:6]}-{national[6:]}", "purpose": "control"})
    assert f"/cases/{number}" in found.content.decode()
    again = visitor.post("/search", {"asked": national})
    assert f"/cases/{number}" in again.content.decode()
    page = visitor.get(f"/cases/{number}").content.decode()
    assert f"{national[:6]}-••••" in page
    assert national not in page


def test_a_search_by_number_or_name(served: Scene) -> None:
    visitor = served.client("caseworker", "en")
    number = served.any_case()
    assert visitor.post("/search", {"asked": str(number)})["Location"] == f"/cases/{number}"
    with served.house.reading(HOUSE, served.code, "test") as reads:
        name = next(row.name for row in reads.cases(None, None, 200).rows if row.number == number)
    assert f"/cases/{number}" in visitor.post("/search", {"asked": name.upper()[:6]}).content.decode()
    assert b"No cases" in visitor.post("/search", {"asked": "%"}).content
    assert b"No cases" in visitor.post("/search", {"asked": "123456789012345678"}).content


def test_pages_of_cases_show_each_once(served: Scene) -> None:
    seen: list[int] = []
    before = None
    while True:
        with served.house.reading(HOUSE, served.code, "test") as reads:
            page = reads.cases(None, before, 5)
        seen += [row.number for row in page.rows]
        before = page.before
        if before is None:
            break
    assert len(seen) == len(set(seen)) > 5
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_a_report_is_a_sentence_a_table_and_two_files(served: Scene, name: str) -> None:
    visitor = served.client("controller", "en")
    page = visitor.get(f"/reports/{name}?first=2024-07-01&last=2024-12-31")
    assert page.status_code == 200
    text = visitor.get(f"/reports/{name}.csv?first=2024-07-01&last=2024-12-31")
    assert text["Content-Disposition"] == f'attachment; filename="{name}-2024-07-01-2024-12-31.csv"'
    assert text.content.startswith(b"\xef\xbb\xbf")
    assert visitor.get(f"/reports/{name}.xlsx").content[:2] == b"PK"
    assert visitor.get(f"/reports/{name}?first=2024-12-31&last=2024-07-01").status_code == 422
    assert visitor.get(f"/reports/{name}.pdf").content[:5] == b"%PDF-"
    assert visitor.get(f"/reports/{name}.docx").status_code == 404


def test_the_next_day_of_the_demo(served: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = served.client("caseworker", "en")
    assert b"Next day" in visitor.get("/work").content
    before = served.house.today()
    assert visitor.post("/next-day").status_code == 302
    assert served.house.today() == date.fromordinal(before.toordinal() + 1)
    monkeypatch.setattr(served.house, "demo", None)
    assert b"Next day" not in visitor.get("/work").content
    assert visitor.post("/next-day").status_code == 409
