"""What went wrong, as one JSON shape: key, sentence, remedy, and where in what was sent it stands."""

from __future__ import annotations

import logging
from typing import Any

from refusion.values.said import BadInput, Problem, Refused, Said, said
from refusion.wiring.reading import LookUpNotKept
from refusion.wiring.texts import render
from refusion.wiring.trouble import NotReady

FORBIDDEN, NOT_FOUND, CONFLICT, WRONG, FAULT, UNAVAILABLE = 403, 404, 409, 422, 500, 503
NOTHING_CHANGED = (NotReady, LookUpNotKept)
_log = logging.getLogger("django.refusion.api")


def status_of(error: Exception) -> int:
    """Give the status of an error."""
    if isinstance(error, NOTHING_CHANGED):
        return UNAVAILABLE
    if isinstance(error, BadInput):
        return WRONG
    if not isinstance(error, Refused):
        return FAULT
    if error.because.key.startswith("access."):
        return FORBIDDEN
    return NOT_FOUND if error.because.key.endswith("not_found") else CONFLICT


def body_of(error: Exception, language: str) -> dict[str, Any]:
    """Give the body of an error; a fault of ours is logged and says nothing of itself."""
    if isinstance(error, BadInput):
        return {"problems": [_written(problem, language) for problem in error.problems]}
    if isinstance(error, Refused):
        return said_body(error.because, language)
    if isinstance(error, LookUpNotKept):
        return said_body(said("api.look_up_not_kept"), language)
    _log.error("the API failed", exc_info=error)
    return said_body(said("api.fault"), language)


def said_body(what: Said, language: str, remedy: Said | None = None) -> dict[str, Any]:
    """Give the body that says one thing."""
    return {"problems": [_problem(what, remedy, language)]}


def _written(problem: Problem, language: str) -> dict[str, Any]:
    places = {"file": problem.file, "row": problem.row, "column": problem.column, "value": problem.value}
    return {**_problem(problem.what, problem.remedy, language), **places}


def _problem(what: Said, remedy: Said | None, language: str) -> dict[str, Any]:
    told = None if remedy is None else render(remedy, language)
    places = dict.fromkeys(("file", "row", "column", "value"))
    return {"key": what.key, "sentence": render(what, language), "remedy": told, **places}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong; each problem with its key, a sentence in the language asked for, and what helps.",
    "required": ["problems"],
    "properties": {
        "problems": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["key", "sentence", "remedy", "file", "row", "column", "value"],
                "properties": {
                    "key": {"type": "string"},
                    "sentence": {"type": "string"},
                    "row": {"type": ["integer", "null"]},
                    **{name: {"type": ["string", "null"]} for name in ("remedy", "file", "column", "value")},
                },
            },
        }
    },
}
