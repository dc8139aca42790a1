"""The OpenAPI 3.1 document: written from the same operations that answer, so that it says what is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from refusion.access.scopes import NEVER_BY_MACHINE
from refusion.doors.api import problems
from refusion.doors.api.operation import AFTER, LIMIT, Field, Operation
from refusion.doors.api.operations import OPERATIONS
from refusion.doors.api.plain import Schema, Schemas

ROOT = "/api/v1"
VERSION = "1"
KINDS: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
}
SAYS = {
    401: "No token, or one that opens nothing (any more).",
    403: "The token's scopes do not carry the duty.",
    404: "There is nothing of that number or name.",
    409: "Refused as things stand, or the Idempotency-Key belongs to another request.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "What was sent cannot be used; each problem names its field.",
    429: "Asked too fast; `Retry-After` says when to go on.",
    503: "Nothing was done: who looks at whom could not be written down, or the installation lacks something.",
}
ABOUT = (
    "Everything that the pages do, for machines. Amounts are whole øre. Days are ISO days, both ends of a period included. "
    "Each write carries an `Idempotency-Key`: the same request again gets the same answer and has the effect of once; the answer "
    "is kept 30 days. Each person shown is noted with the purpose in `Refusion-Purpose`. Approvals are given by persons alone."
)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Give the whole document."""
    schemas = Schemas()
    schemas.named["Problems"] = problems.SCHEMA
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(f"{ROOT}{operation.path}", {})[operation.method.lower()] = _written(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Refusion", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "`refusion token make` shows it once."},
            },
            "schemas": dict(sorted(schemas.named.items())),
        },
    }


def _written(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    written: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.says,
        "description": f"Asks for {' and '.join(f'`{duty.value}`' for duty in operation.duties)}.",
        "parameters": list(_parameters(operation)),
        "responses": {"200": _answer(operation, schemas), **{str(status): _problem(status) for status in statuses(operation)}},
    }
    if operation.media:
        written["requestBody"] = {"required": True, "content": {media: {"schema": _body(operation)} for media in operation.media}}
    return written


def statuses(operation: Operation) -> tuple[int, ...]:
    """Give the statuses, beside 200, that an operation may be answered with."""
    body = (413, 415) if operation.media else ()
    return tuple(sorted((401, 403, 404, 409, *body, 422, 429, 503)))


def _answer(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    if operation.gives is None:
        schema: Schema = {"type": "object", "properties": {"done": {"const": True}}, "required": ["done"]}
    elif operation.paged:
        rows = {"type": "array", "items": schemas.of(operation.gives)}
        schema = {"type": "object", "properties": {"rows": rows, "next": {"type": ["integer", "null"]}}, "required": ["rows", "next"]}
    else:
        schema = schemas.of(operation.gives)
    return {"description": operation.says, "content": {"application/json": {"schema": schema}}}


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problems"}
    return {"description": SAYS[status], "content": {"application/json": {"schema": schema}}}


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for one in operation.at:
        yield _parameter(one, "path")
    for one in (*operation.query, *((AFTER, LIMIT) if operation.paged else ())):
        yield _parameter(one, "query")
    if operation.writes:
        says = "The same request again under the same key has the effect of once."
        key = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[ -~]+$"}
        yield {"name": "Idempotency-Key", "in": "header", "required": True, "description": says, "schema": key}
    purpose = {"type": "string", "maxLength": 60}
    yield {"name": "Refusion-Purpose", "in": "header", "description": "What persons are looked up for.", "schema": purpose}


def _parameter(one: Field, place: str) -> dict[str, Any]:
    required = place == "path" or one.required
    return {"name": one.name, "in": place, "required": required, "description": one.says, "schema": schema_of(one)}


def _body(operation: Operation) -> Schema:
    return {"type": "string", "format": "binary"} if operation.takes_file else _object(operation.body)


def _object(wanted: tuple[Field, ...]) -> Schema:
    properties = {one.name: {**schema_of(one, in_body=True), "description": one.says} for one in wanted}
    required = [one.name for one in wanted if one.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def schema_of(one: Field, *, in_body: bool = False) -> Schema:
    """Give the schema of a field; in a body, what is not required may be null as well."""
    schema: Schema = {**KINDS[one.kind]}
    if one.parts:
        schema = {"type": "array", "minItems": 1, "maxItems": one.most_parts, "items": _object(one.parts)}
    elif one.kind is int:
        schema |= {"minimum": one.least, "maximum": one.most}
    elif one.kind is str:
        schema |= {"minLength": 1, "maxLength": one.longest}
    if one.choices:
        schema["enum"] = [*one.choices]
    return {"anyOf": [schema, {"type": "null"}]} if in_body and not one.required else schema


def unreachable(operation: Operation) -> bool:
    """Tell whether no token can ever do it: such an operation is a defect of the table."""
    return not NEVER_BY_MACHINE.isdisjoint(operation.duties)
