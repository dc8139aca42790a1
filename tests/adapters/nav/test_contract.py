"""The twin and the client against NAV's published interface of reports: what is asked is allowed, what is answered is as written there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

from tests.adapters.nav.test_codec import SHARED
from tests.adapters.nav.world import HEAD, World, noticed, world

PUBLISHED = SHARED / "samples" / "nav" / "rapport-v1.yaml"


@pytest.fixture
def here() -> Iterator[World]:
    with world() as opened:
        opened.accepted(noticed(opened.apply()), "2026-01-13")
        opened.day("2026-03-05")
        yield opened


def published() -> dict[str, Any]:
    if not PUBLISHED.is_file():
        pytest.skip("NAV's published interface is not beside the repository")
    yaml = pytest.importorskip("yaml", reason="the reader of YAML is installed with openfisca alone")
    told: dict[str, Any] = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))
    return told


def fitting(name: str, value: object) -> list[str]:
    """Say where a value is not as the published schema of a name; keys that the schema does not name are none of it."""
    told = published()
    schema = {"$ref": f"#/components/schemas/{name}", "components": told["components"]}
    strange = set(value) - set(told["components"]["schemas"][name]["properties"]) if isinstance(value, dict) else set()
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)] + sorted(strange)


def asked(here: World, method: str, path: str, told: object = None, accept: str = "application/json") -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", urlsplit(here.address).port, timeout=5)
    try:
        body = None if told is None else json.dumps(told).encode()
        connection.request(method, path, body=body, headers={"Accept": accept})
        response = connection.getresponse()
        return response.status, response.getheader("Content-Type") or "", response.read()
    finally:
        connection.close()


def found(here: World, **told: object) -> list[int]:
    status, _, raw = asked(here, "POST", "/api/rapport/v1", told)
    assert status == 200
    return [one["id"] for one in json.loads(raw)]


def test_what_the_house_asks_is_as_published(here: World) -> None:
    message = here.nav.encode_reports(HEAD, 17)
    assert fitting("RapportListeRequest", json.loads(message.raw)) == []
    assert message.path in published()["paths"]
    head = here.heads()[0]
    content = here.nav.encode_content(head)
    operation = published()["paths"]["/api/rapport/v1/{id}/innhold"][content.method.lower()]
    assert content.accept in operation["responses"]["200"]["content"]


def test_what_the_twin_answers_is_as_published(here: World) -> None:
    status, _, raw = asked(here, "POST", "/api/rapport/v1", {"orgnr": HEAD, "etterId": 0})
    heads = json.loads(raw)
    assert (status, len(heads)) == (200, 2)
    assert [fitting("Rapport", head) for head in heads] == [[], []]
    one = asked(here, "GET", "/api/rapport/v1/1")
    assert (one[0], json.loads(one[2])) == (200, heads[0])


def test_reports_are_polled_by_their_ids(here: World) -> None:
    assert found(here, orgnr=HEAD, etterId=0) == [1, 2]
    assert found(here, orgnr=HEAD, etterId=1) == [2]
    assert found(here, orgnr=HEAD, etterId=2) == []
    assert found(here, orgnr="983887457", etterId=0) == []


def test_reports_are_found_by_year_days_and_kind(here: World) -> None:
    assert found(here, aar=2026) == found(here) == found(here, rapportTyper=["K27"]) == [1, 2]
    assert found(here, aar=2025) == found(here, rapportTyper=["trekk-hend"]) == []
    assert found(here, fraDato="2026-03-01") == [2]
    assert found(here, fraDato="2026-01-01", tilDato="2026-02-28") == [1]


@pytest.mark.parametrize(
    "told",
    [{"orgnr": HEAD, "etterId": 1, "aar": 2026}, {"aar": 2026, "fraDato": "2026-01-01"}, {"tilDato": "2026-01-01"}, {"etterId": 1}],
)
def test_filters_that_exclude_each_other_are_refused(here: World, told: dict[str, object]) -> None:
    assert asked(here, "POST", "/api/rapport/v1", told)[0] == 400


def test_the_lines_come_as_csv_alone(here: World) -> None:
    status, kind, raw = asked(here, "GET", "/api/rapport/v1/1/innhold", accept="text/csv")
    assert (status, kind.partition(";")[0], raw.count(b"\r\n")) == (200, "text/csv", 1)
    for accept in ("application/json", "", "application/pdf"):
        assert asked(here, "GET", "/api/rapport/v1/1/innhold", accept=accept)[0] == 406


def test_a_report_is_put_away_and_taken_out_again(here: World) -> None:
    assert asked(here, "PUT", "/api/rapport/v1/1/arkiver")[0] == 204
    assert found(here, orgnr=HEAD, etterId=0) == [2]
    assert found(here, orgnr=HEAD, etterId=0, inkluderArkiverte=True) == [1, 2]
    assert [head.id for head in here.heads()] == [1, 2], "the house asks for those put away too"
    assert asked(here, "PUT", "/api/rapport/v1/1/arkiver?arkivert=false")[0] == 204
    assert found(here, orgnr=HEAD, etterId=0) == [1, 2]


@pytest.mark.parametrize("path", ["/api/rapport/v1/99", "/api/rapport/v1/x", "/api/rapport/v1/99/innhold", "/api/rapport/v1/1/x", "/x", "/v1/inntektsmelding/x"])
def test_what_is_not_there_is_404(here: World, path: str) -> None:
    assert asked(here, "GET", path, accept="text/csv")[0] == 404
