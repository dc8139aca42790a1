"""Log-ins by name and password, counted before anybody is known: closed for a while after failures, whoever the name is."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from django.conf import settings
from django.db import transaction

from refusion.access.lockout import Against, Standing, came_in, closed_until, failed, network_of
from refusion.store.access import attempts
from refusion.values.said import Refused, said
from refusion.wiring.clock import Clock, SystemClock
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

PURPOSE = b"refusion log-in attempts"
Person = TypeVar("Person")


@dataclass(frozen=True, slots=True)
class Admitted(Generic[Person]):
    """How an attempt ended: who came in, or until when nobody does; neither where name or password is wrong."""

    person: Person | None
    closed_until: datetime | None = None


def admit(
    name: str, address: str, recognise: Callable[[], Person | None], clock: Clock | None = None
) -> Admitted[Person]:
    """Let one attempt be made, or say until when none is; a failure is counted whether there is such a name or not.

    The count stands before the answer goes out. One attempt at a name is made at a time, so that guesses side by side
    do not slip by it.
    """
    now = (clock or SystemClock()).now()
    subjects = _subjects(name, network_of(address))
    with transaction.atomic():
        attempts.alone(subjects[Against.NAME])
        found = attempts.standings(subjects.values())
        standings = {against: found[subject] for against, subject in subjects.items()}
        closed = closed_until(standings, now)
        if closed is not None:
            return Admitted(None, closed)
        person = recognise()
        attempts.keep(_counted(subjects, standings, now, came=person is not None))
    return Admitted(person)


def address_of(named: Mapping[str, str]) -> str:
    """Give the address that a request comes from; behind TLS it is the last one that the machine in front wrote down."""
    forwarded = named.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or named.get("REMOTE_ADDR", "")


def _counted(
    subjects: dict[Against, str], standings: dict[Against, Standing], now: datetime, *, came: bool
) -> dict[str, Standing]:
    """Give what is kept: a failure counts against all three; who comes in clears himself, not his neighbours."""
    if came:
        return {subjects[Against.PAIR]: came_in(now)}
    known = standings[Against.PAIR].is_known(now)
    return {
        subject: failed(against, standings[against], now)
        for against, subject in subjects.items()
        if not (known and against is Against.NAME)
    }


def release(ports: Ports, actor: Actor, institution: str, name: str) -> None:
    """Open the log-in of a user who has a role at the institution. Raises Refused for anybody else."""
    with ports.work(institution, actor) as tx:
        if not attempts.works_at(name, institution):
            raise Refused(said("api.user_not_found", name=name))
        closed = attempts.release(_named(name))
        tx.audit.note("release_log_in", name, {"closed": closed})


def _subjects(name: str, network: str) -> dict[Against, str]:
    """Name what is counted; a name and its pairs begin alike, so that one release opens them all."""
    named = _named(name)
    return {
        Against.NAME: f"{named} any",
        Against.PAIR: f"{named} {_keyed(network)}",
        Against.NETWORK: f"network {_keyed(network)}",
    }


def _named(name: str) -> str:
    return f"name {_keyed(name.strip().casefold())}"


def _keyed(text: str) -> str:
    """Hash a name or network under the process's secret; what people mistype into the name is told to nobody."""
    return hmac.new(settings.SECRET_KEY.encode(), PURPOSE + b"\x1f" + text.encode(), sha256).hexdigest()
