"""The document says what is: it is sound, every answer is as it says, and requests drawn from it never meet a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from refusion.access.scopes import NEVER_BY_MACHINE
from refusion.doors.api.openapi import ROOT, document
from refusion.doors.api.operation import Operation
from refusion.doors.api.operations import OPERATIONS
from tests.doors.api.conftest import Machine, Machines
from tests.doors.web.scene import Scene

DOCUMENT = document()
UNREADABLE = st.text(st.characters(codec="utf-8"), max_size=12) | st.integers() | st.booleans() | st.none() | st.just([])
DAYS = st.dates().map(str)
FILES = st.binary(max_size=60) | st.sampled_from([b"a;b\n1;2\n", b"<Document/>", b"PK\x03\x04", b"PAR1", b"{}", b"[1]", b"\xef\xbb\xbf", b"<!DOCTYPE a>"])


def test_it_names_every_operation_once_and_refers_to_what_is_there() -> None:
    written = [one for path in DOCUMENT["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in written}) == len(OPERATIONS)
    assert DOCUMENT["openapi"] == "3.1.0"
    for reference in references(DOCUMENT):
        assert reference.removeprefix("#/components/schemas/") in DOCUMENT["components"]["schemas"]
    for schema in DOCUMENT["components"]["schemas"].values():
        assert schema
        Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for below in part.values():
            yield from references(below)
    elif isinstance(part, list):
        for below in part:
            yield from references(below)


def test_the_document_is_served_to_everybody(served: Scene) -> None:
    answer = Machine("").client.get(f"{ROOT}/openapi.json")
    assert (answer.status_code, answer.json()) == (200, DOCUMENT)


def test_nothing_of_it_names_what_stays_sealed() -> None:
    written = json.dumps(DOCUMENT)
    assert not [word for word in ("sealed_", "secret", "wrapped_keys", "national_number\"") if word in written]


def scopes_of(operation: Operation) -> tuple[str, ...]:
    return tuple(f"duty:{duty}" for duty in operation.duties if duty not in NEVER_BY_MACHINE and duty != "read") or ("duty:see_work",)


def described(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][f"{ROOT}{operation.path}"][operation.method.lower()]
    return found


def as_described(operation: Operation, answer: Any) -> None:
    """Hold an answer against what the document says of the operation."""
    said = described(operation)["responses"]
    assert str(answer.status_code) in said, f"{operation.name}: {answer.status_code} {answer.content[:300]!r}"
    schema = said[str(answer.status_code)]["content"]["application/json"]["schema"]
    found = next(Draft202012Validator({**schema, "components": DOCUMENT["components"]}).iter_errors(answer.json()), None)
    assert found is None, f"{operation.name}: {found.message[:200] if found else ''} at {list(found.absolute_path) if found else ''}"


def filled(served: Scene, operation: Operation) -> str:
    """Fill an address with what is there, where the scene has it."""
    known = {"number": served.any_claim() if "claims" in operation.path else served.any_case(), "year": 2024, "name": "requested"}
    query = {"first": "2024-01-01", "last": "2024-12-31", "month": "2024-08-01"}
    path = operation.path
    for one in operation.at:
        path = path.replace(f"{{{one.name}}}", str(known.get(one.name, "7d0c0a0e-6a6e-5d0c-8f0a-0f6f1d1f2a11")))
    asked = urlencode({one.name: query[one.name] for one in operation.query if one.required})
    return f"{path}?{asked}" if asked else path


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.method == "GET"], ids=lambda one: one.name)
def test_what_is_read_is_as_described(served: Scene, machine: Machines, operation: Operation) -> None:
    answer = machine(*scopes_of(operation)).whole("GET", filled(served, operation))
    as_described(operation, answer)
    at_nothing = bool({one.name for one in operation.at} & {"task", "id"}) or "stopped/" in operation.path or "runs/" in operation.path
    if not at_nothing and not operation.path.startswith(("/nav", "/agreements/", "/self-employed")):
        assert answer.status_code == 200, answer.content


def of_schema(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Draw what a schema allows."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([of_schema(one) for one in schema["anyOf"]])
    match schema.get("type"):
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"]) | st.integers(schema["minimum"], min(schema["maximum"], schema["minimum"] + 400))
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            return st.lists(of_schema(schema["items"]), min_size=1, max_size=3)
        case "object":
            required = {name: of_schema(schema["properties"][name]) for name in schema["required"]}
            return st.fixed_dictionaries(required, optional={name: of_schema(one) for name, one in schema["properties"].items() if name not in required})
    formats = {"date": DAYS, "uuid": st.uuids().map(str), "date-time": st.datetimes().map(lambda at: f"{at.isoformat()}+01:00")}
    return formats.get(schema.get("format", ""), st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))


@st.composite
def requests(draw: st.DrawFn, operation: Operation) -> tuple[str, bytes, str]:
    """Draw an address, a body and its media type: mostly as the document allows, now and then spoiled."""
    path, said = operation.path, described(operation)
    query: dict[str, str] = {}
    for one in said["parameters"]:
        if one["in"] == "header":
            continue
        value = draw(of_schema(one["schema"]) if draw(st.integers(0, 5)) else UNREADABLE)
        written = value if isinstance(value, str) else json.dumps(value)
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(written, safe="") or "-")
        elif one.get("required") or draw(st.booleans()):
            query[one["name"]] = written
    if operation.takes_file:
        body, media = draw(FILES), draw(st.sampled_from(operation.media))
    else:
        content = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        drawn = draw(of_schema(content)) if content and draw(st.integers(0, 5)) else draw(st.dictionaries(st.text(max_size=5), UNREADABLE, max_size=3))
        body, media = json.dumps(drawn).encode(), "application/json"
    return f"{path}?{urlencode(query)}" if query else path, body, media


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_no_request_meets_a_fault_or_an_answer_that_is_not_described(served: Scene, machine: Machines, operation: Operation) -> None:
    asking = machine(*scopes_of(operation))

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(requests(operation))
    def tried(request: tuple[str, bytes, str]) -> None:
        path, body, media = request
        answer = asking.whole(operation.method, path, body, media=media)
        if answer.status_code == 404 and path.partition("?")[0].count("/") != operation.path.count("/"):
            return  # what was drawn holds a stroke: another address
        as_described(operation, answer)

    tried()
