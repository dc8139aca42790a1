"""What an operation is: its address, its duty, the fields it takes, and the one call that does it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from refusion.access import Duty
from refusion.doors.api.plain import masked
from refusion.values.said import BadInput, Problem, Refused, said
from refusion.wiring.house import House
from refusion.wiring.reading import Reads
from refusion.workflow.ports.institution import Actor

LARGEST_NUMBER = 2**63 - 1
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LONGEST_TEXT = 200
LARGEST_BODY = 256 * 1024
LARGEST_FILE = 64 * 1024 * 1024
JSON = ("application/json",)
FILES = (
    "application/octet-stream",
    "text/csv",
    "text/plain",
    "application/xml",
    "text/xml",
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.apache.parquet",
)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an operation is given: in its address, its query or its body. ``many`` is a list of such."""

    name: str
    says: str
    kind: type = str
    required: bool = True
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = LARGEST_NUMBER
    longest: int = LONGEST_TEXT
    parts: tuple[Field, ...] = ()
    most_parts: int = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One request that came in: who asks, where, in which language, for what, and what was given."""

    house: House
    actor: Actor
    institution: str
    language: str
    purpose: str
    given: Mapping[str, Any]
    raw: bytes = b""

    def reading(self) -> AbstractContextManager[Reads]:
        """Open reads under the request's purpose; who is shown is logged."""
        return self.house.reading(self.actor, self.institution, self.purpose)

    @property
    def at(self) -> tuple[Actor, str]:
        """Give who acts where, as every verb asks first."""
        return self.actor, self.institution


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a machine may ask for; everything that the document and the tests know of it stands here."""

    name: str
    method: str
    path: str
    duty: Duty
    says: str
    call: Callable[[Call], object]
    gives: Any = None
    at: tuple[Field, ...] = ()
    query: tuple[Field, ...] = ()
    body: tuple[Field, ...] = ()
    takes_file: bool = False
    paged: bool = False
    only_reads: bool = False
    also: tuple[Duty, ...] = ()

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Give the duties that it asks for: its own, and those of what it reads on the way."""
        return (self.duty, *self.also)

    @property
    def writes(self) -> bool:
        """Tell whether it changes something, and so must have the effect of once."""
        return self.method != "GET" and not self.only_reads

    @property
    def media(self) -> tuple[str, ...]:
        """Give the media types of the body; none where there is no body."""
        return FILES if self.takes_file else JSON if self.body else ()

    @property
    def largest(self) -> int:
        """Give the largest body in bytes."""
        return LARGEST_FILE if self.takes_file else LARGEST_BODY


AFTER = Field("after", "Where to go on: `next` of the page before.", int, required=False, most=10**9)
LIMIT = Field("limit", "How many rows at most.", int, required=False, least=1, most=200)
USUAL_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; ``next`` is where the next one begins, None on the last."""

    rows: tuple[object, ...]
    next: int | None


def page_of(rows: Iterable[object], given: Mapping[str, Any]) -> Page:
    """Cut a page out of rows."""
    every = tuple(rows)
    first, count = given.get("after") or 0, given.get("limit") or USUAL_LIMIT
    end = first + count
    return Page(every[first:end], end if end < len(every) else None)


def there(found: Found | None) -> Found:
    """Give what was found. Raises Refused, which is answered by 404, where nothing was."""
    if found is None:
        raise Refused(said("api.not_found"))
    return found


def read_body(raw: bytes) -> Mapping[str, Any]:
    """Read a JSON object. Raises BadInput for anything else."""
    try:
        found = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadInput(_problem("", "api.not_an_object", None))
    return found


def read_fields(wanted: Iterable[Field], sent: Mapping[str, Any], *, written: bool) -> dict[str, Any]:
    """Read fields from a body, or from an address where they are ``written`` as text. Raises BadInput with all that is wrong."""
    wanted = tuple(wanted)
    unknown = sorted(set(sent) - {one.name for one in wanted})
    problems = [_problem(_shown(name), "api.field_unknown", None) for name in unknown]
    read: dict[str, Any] = {}
    for one in wanted:
        try:
            read[one.name] = _read(one, sent.get(one.name), written=written)
        except BadInput as bad:
            problems.extend(bad.problems)
    if problems:
        raise BadInput(*problems)
    return read


def _read(one: Field, sent: Any, *, written: bool) -> Any:
    if sent is None:
        if one.required:
            raise BadInput(_problem(one.name, "api.field_missing", None))
        return None
    if one.parts:
        return _list(one, sent)
    if one.kind is int:
        return _integer(one, sent, written=written)
    if one.kind is bool:
        return _boolean(one, sent, written=written)
    return _text(one, sent)


def _list(one: Field, sent: Any) -> list[dict[str, Any]]:
    if not isinstance(sent, list) or not 0 < len(sent) <= one.most_parts or not all(isinstance(part, dict) for part in sent):
        raise BadInput(_problem(one.name, "api.field_list", None, most=one.most_parts))
    return [read_fields(one.parts, part, written=False) for part in sent]


def _integer(one: Field, sent: Any, *, written: bool) -> int:
    if written and isinstance(sent, str) and sent.removeprefix("-").isdecimal() and sent.isascii() and len(sent) < 21:
        sent = int(sent)
    if not isinstance(sent, int) or isinstance(sent, bool) or not one.least <= sent <= one.most:
        raise BadInput(_problem(one.name, "api.field_number", sent, least=one.least, most=one.most))
    return sent


def _boolean(one: Field, sent: Any, *, written: bool) -> bool:
    if written and sent in ("true", "false"):
        return bool(sent == "true")
    if not isinstance(sent, bool):
        raise BadInput(_problem(one.name, "api.field_boolean", sent))
    return sent


def _text(one: Field, sent: Any) -> Any:
    if not isinstance(sent, str) or not sent.strip() or len(sent) > one.longest or not _is_clean(sent):
        raise BadInput(_problem(one.name, "api.field_text", sent, longest=one.longest))
    if one.choices and sent not in one.choices:
        raise BadInput(_problem(one.name, "api.field_choice", sent, choices=", ".join(one.choices)))
    if one.kind is str:
        return sent.strip()
    try:
        return _KINDS[one.kind](sent)
    except ValueError:
        raise BadInput(_problem(one.name, f"api.field_{one.kind.__name__.lower()}", sent)) from None


def _is_clean(sent: str) -> bool:
    """Tell whether a text can be kept: no half letters, no signs that move a cursor."""
    return not any((ord(sign) < 32 and sign not in "\n\t") or ord(sign) == 127 or 0xD800 <= ord(sign) < 0xE000 for sign in sent)


def _instant(sent: str) -> datetime:
    found = datetime.fromisoformat(sent)
    if found.tzinfo is None or not FIRST_DAY < found.date() < LAST_DAY:
        raise ValueError("an instant without its zone, or of no institution's days")
    return found


def _day(sent: str) -> date:
    found = date.fromisoformat(sent)
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError("a day that no institution has")
    return found


_KINDS: Mapping[type, Callable[[str], Any]] = {date: _day, datetime: _instant, UUID: UUID}


def _shown(value: object) -> str:
    return str(value)[:40].encode("utf-8", "replace").decode()


def _problem(name: str, key: str, value: object, **facts: str | int) -> Problem:
    """Make the problem of a field; a value is shown short, with what may be a national number masked."""
    shown = masked(_shown(value)) if isinstance(value, str | int) else None
    return Problem(said(key, field=name, **facts), said(f"{key}_remedy", field=name, **facts), column=name or None, value=shown)
