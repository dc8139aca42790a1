"""The pages of stopped salaries: what stands there in both languages, who may do what, release by two, errors beside the field."""

from __future__ import annotations

import re

import pytest

from refusion.workflow.ports.institution import HOUSE
from tests.doors.web.scene import Scene
from tests.doors.web.stopped_scene import sent_number, stopped_number


def number_of(served: Scene, name: str) -> int:
    return stopped_number(served.house, served.code, served.house.today(), name)


def state_of(served: Scene, number: int) -> str:
    with served.house.reading(HOUSE, served.code, "test") as reads:
        card = reads.stopped_payment(number)
    assert card is not None
    return card.row.paid.state.value


def test_nothing_is_stopped_at_first(served: Scene) -> None:
    for language, words in (("da", "Ingen standsede lønanvisninger"), ("en", "No stopped salary payments")):
        page = served.client("payroll_officer", language).get("/stopped").content.decode()
        assert words in page
        assert 'class="empty"' in page
    assert "70,000.00" in served.client("approver", "en").get("/stopped/limits").content.decode()


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_list_and_the_payment_say_all_of_it_without_a_number(served: Scene, language: str) -> None:
    number = number_of(served, "Seen")
    visitor = served.client("payroll_officer", language)
    listed, page = (visitor.get(place).content.decode() for place in ("/stopped", f"/stopped/{number}"))
    assert f'href="/stopped/{number}"' in listed
    assert 'data-keys="list"' in listed
    for text in (listed, page):
        assert "Åse Standset" in text
        assert "6101901234" not in text.replace("-", "")
        assert not re.search(r">\s*(stopped|guard|web)\.[a-z_]+", text)
    assert ("Skal anvises manuelt" if language == "da" else "Must be paid manually") in page
    assert "95.11" in page
    assert "2913" in page


def test_a_payment_is_released_by_two_on_the_pages(served: Scene) -> None:
    number = number_of(served, "Release")
    officer, approver, accountant = (served.client(role, "en") for role in ("payroll_officer", "approver", "accountant"))
    assert officer.post(f"/stopped/{number}/release", {"reason": "Gratuity, agreed"}).status_code == 302
    assert "/approve" not in officer.get(f"/stopped/{number}").content.decode()
    assert officer.post(f"/stopped/{number}/approve").status_code == 403
    assert "Gratuity, agreed" in approver.get(f"/stopped/{number}").content.decode()
    assert approver.post(f"/stopped/{number}/approve").status_code == 302
    assert accountant.post(f"/stopped/{number}/paid", {"reference": "aconto 1"}).status_code == 302
    assert state_of(served, number) == "paid_by_hand"
    assert officer.get("/stopped?every=yes").content.decode().count(f'href="/stopped/{number}"') == 2


def test_what_is_wrong_stays_beside_its_field_with_what_was_typed(served: Scene) -> None:
    number = number_of(served, "Wrong")
    officer = served.client("payroll_officer", "en")
    answer = officer.post(f"/stopped/{number}/release", {"reason": " "})
    assert answer.status_code == 422
    assert re.search(r'id="reason-release-error" role="alert"', answer.content.decode())
    answer = officer.post(f"/stopped/{sent_number(served.house, served.code, served.house.today(), 'Wrong')}/release", {"reason": "x"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert officer.post(f"/stopped/{number}/vanish").status_code == 404
    assert officer.get("/stopped/999999").status_code == 404


def test_a_payment_of_an_unwritten_file_is_held_back(served: Scene) -> None:
    number = sent_number(served.house, served.code, served.house.today(), "Held")
    officer = served.client("payroll_officer", "en")
    assert f'action="/stopped/{number}/hold"' in officer.get(f"/stopped/{number}").content.decode()
    assert officer.post(f"/stopped/{number}/hold", {"reason": "Wrong person"}).status_code == 302
    assert state_of(served, number) == "stopped"


def test_a_raise_is_proposed_by_one_and_approved_by_another(served: Scene) -> None:
    officer, approver = served.client("payroll_officer", "en"), served.client("approver", "en")
    typed = {"subject": "institution_limit_this_run", "amount": "90.000", "reason": "Many"}
    answer = officer.post("/stopped/limits/set", typed)
    assert answer.status_code == 422
    assert 'value="90.000"' in answer.content.decode()
    assert officer.post("/stopped/limits/set", {**typed, "amount": "90000,50"}).status_code == 302
    with served.house.reading(HOUSE, served.code, "test") as reads:
        (limit,) = reads.pay_limits()
    assert limit.amount == 90_000_50
    assert officer.post(f"/stopped/limits/{limit.number}/approve").status_code == 403
    assert "Many" in approver.get("/stopped/limits").content.decode()
    assert approver.post(f"/stopped/limits/{limit.number}/approve").status_code == 302
    assert approver.post(f"/stopped/limits/{limit.number}/approve").status_code == 422
    assert officer.post(f"/stopped/limits/{limit.number}/delete").status_code == 302
    assert officer.post(f"/stopped/limits/{limit.number}/vanish").status_code == 404


def test_who_only_looks_finds_no_form(served: Scene) -> None:
    number = number_of(served, "Looked at")
    page = served.client("auditor", "en").get(f"/stopped/{number}").content.decode()
    assert f"/stopped/{number}/" not in page
    assert served.client("auditor").post(f"/stopped/{number}/release", {"reason": "x"}).status_code == 403
    assert served.client("caseworker").get("/stopped").status_code == 403
    assert served.client(None).get(f"/stopped/{number}").status_code == 302
