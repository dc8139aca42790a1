"""Remind persons of their days by e-mail that tells nothing; each of a day once, handed out for the institution's own mail server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from refusion.cases.self_employed.reminders import AHEAD, Reminder, is_near, refuse_telling, reminder
from refusion.values.said import Said
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.self_employed.cases import OpenWait
from refusion.workflow.ports.work import Ports, Transaction

CHANNEL = "email"
Write = Callable[[Said], str]


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail: to whom, subject and text as they leave, and the name under which it is kept."""

    to: str
    subject: str
    text: str
    reference: str


def remind(ports: Ports, actor: Actor, institution: str, write: Write) -> tuple[Mail, ...]:
    """Give the e-mails of today that were not given before; ``write`` says words in the institution's language.

    Only persons who gave an address are written to. Raises Refused for a text that would tell of the illness.
    """
    with ports.work(institution, actor) as tx:
        near = [wait for wait in tx.self_employed.cases.waits(None, tx.at.day + AHEAD) if is_near(wait.wait, tx.at.day)]
        mails = [mail for wait in near if (mail := _mail(tx, wait, write)) is not None]
        if mails:
            tx.audit.note("remind_self_employed", tx.at.day.isoformat(), {"mails": len(mails)})
        return tuple(mails)


def _mail(tx: Transaction, wait: OpenWait, write: Write) -> Mail | None:
    person = tx.self_employed.cases.held(wait.case).person
    if not person.email:
        return None
    told: Reminder = reminder(wait.wait.due, wait.number)
    reference = f"{wait.number}-{wait.wait.due.isoformat()}"
    mail = Mail(person.email, refuse_telling(write(told.subject)), refuse_telling(write(told.text)), reference)
    raw = f"{mail.to}\n{mail.subject}\n\n{mail.text}".encode()
    return mail if tx.self_employed.filings.keep_message(wait.case, CHANNEL, "sent", reference, raw) else None
