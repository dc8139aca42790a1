"""A day's work on self-employed persons' cases: send what is intended, read the post, look at every case whose day it is."""

from __future__ import annotations

from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.self_employed.cases import OpenWait
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.self_employed.course import look_at
from refusion.workflow.self_employed.file import file_round
from refusion.workflow.self_employed.post import read_post

AT_ONCE = 200


def self_employed_due(tx: Transaction) -> int:
    """Tell whether the institution has such cases at all; asks the database nothing."""
    return int(tx.institution.settings.self_employed)


def self_employed_day(ports: Ports, actor: Actor, institution: str) -> int:
    """Do a day's work; give the number of cases looked at. Done twice it changes nothing more."""
    if ports.connected:
        file_round(ports, actor, institution)
    if ports.mailbox is not None:
        read_post(ports, actor, institution)
    with ports.work(institution, actor) as tx:
        due = tx.self_employed.cases.to_look_at(tx.at.day)
    for start in range(0, len(due), AT_ONCE):
        with ports.work(institution, actor) as tx:
            warned = sum(_looked_at(tx, number) for number in due[start : start + AT_ONCE])
            tx.audit.note("look_at_self_employed", tx.at.day.isoformat(), {"cases": len(due[start : start + AT_ONCE]), "warned": warned})
    return len(due)


def _looked_at(tx: Transaction, number: int) -> int:
    """Look at a case: what happens by itself, and a warning, once, of every wait whose day has passed."""
    case = look_at(tx, tx.self_employed.cases.find(number))
    late = [wait for wait in tx.self_employed.cases.waits(case.id, tx.at.day) if is_late(wait, tx)]
    for wait in late:
        tx.self_employed.cases.warn(wait, tx.at.day)
    if late:
        look_at(tx, case)
    return len(late)


def is_late(wait: OpenWait, tx: Transaction) -> bool:
    """Tell whether a wait's day has passed and nobody was warned of it yet."""
    return wait.wait.due < tx.at.day and wait.warned_on is None
