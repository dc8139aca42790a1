"""Give journal lines out to an accounting program: each transaction once per target, each batch again as often as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from refusion.ledger import PURPOSES, default_chart
from refusion.salary_guard.resolving.bookings import default_chart as guard_chart
from refusion.values.said import Refused, Said, said
from refusion.workflow.guard.settings import accounts as guard_accounts
from refusion.workflow.ports.books.journal import Batch, BookedLine, Journal, JournalLine, JournalWriter
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

Say = Callable[[Said, str], str]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the form, the target that keeps count of what it got, and the days."""

    form: str
    target: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Means:
    """What an export is written with: the writer of forms, and what says sentences in a language."""

    writer: JournalWriter
    say: Say


def export_journal(ports: Ports, actor: Actor, institution: str, order: Order, means: Means) -> Batch:
    """Give out what happened on the days and never went to the target, as its next batch.

    Where nothing is new the batch that was made for the same days is given once more, byte for byte, so that a download
    that was interrupted can be repeated. Raises Refused for an unknown form, days that end before they begin, a target
    that gets another form, and where there is nothing to give.
    """
    if order.form not in means.writer.forms:
        raise Refused(said("books.no_form", form=order.form, known=", ".join(means.writer.forms)))
    if order.last < order.first:
        raise Refused(said("books.days_backwards", first=order.first, last=order.last))
    with ports.work(institution, actor) as tx:
        number, booked = tx.books.to_export(order.target, order.first, order.last)
        return _made(tx, order, number, booked, means) if booked else _given_before(tx, order)


def journal_batch(ports: Ports, actor: Actor, institution: str, target: str, number: int) -> Batch:
    """Give a batch once more, byte for byte. Raises Refused when the target never got one of that number."""
    with ports.work(institution, actor) as tx:
        batch = tx.books.batch(target, number)
        tx.audit.note("give_journal_again", f"{target} {number}", {"sha256": batch.sha256})
    return batch


def journal_batches(ports: Ports, actor: Actor, institution: str) -> tuple[Batch, ...]:
    """Give all batches without their bytes, newest first."""
    with ports.work(institution, actor) as tx:
        return tx.books.batches()


def _given_before(tx: Transaction, order: Order) -> Batch:
    batch = tx.books.batch_of(order.target, order.first, order.last)
    if batch is None:
        raise Refused(said("books.nothing_to_export", target=order.target, first=order.first, last=order.last))
    _require_form(batch, order)
    tx.audit.note("give_journal_again", f"{batch.target} {batch.number}", {"sha256": batch.sha256})
    return batch


def _made(tx: Transaction, order: Order, number: int, booked: Sequence[BookedLine], means: Means) -> Batch:
    if number > 1:
        _require_form(tx.books.batch(order.target, number - 1), order)
    lines = tuple(_lines(tx, booked, means.say))
    here = tx.institution
    journal = Journal(here.code, here.company_number, here.currency, order.target, number, order.first, order.last, lines)
    raw = means.writer.write(order.form, journal)
    digest = sha256(raw).hexdigest()
    counts = (journal.entries, len(lines), journal.debit)
    batch = Batch(order.target, number, order.form, order.first, order.last, *counts, digest, raw, tx.actor.name, tx.at.now)
    tx.books.keep_batch(batch, sorted({line.entry for line in lines}))
    facts = {"form": order.form, "transactions": journal.entries, "debit_ore": journal.debit, "sha256": digest}
    tx.audit.note("export_journal", f"{order.target} {number}", facts)
    return batch


def _require_form(batch: Batch, order: Order) -> None:
    """Raise Refused when the target got another form before: its reader knows one."""
    if batch.form != order.form:
        raise Refused(said("books.other_form", target=batch.target, form=batch.form))


def _lines(tx: Transaction, booked: Iterable[BookedLine], say: Say) -> Iterable[JournalLine]:
    numbers, language = tx.institution.settings.accounts, tx.institution.language
    of_pay = guard_chart().with_numbers(dict(guard_accounts(tx))).accounts.values()

    @cache
    def name(account: str, kind: str) -> str:
        """Name an account by its purpose; one that serves none any more has its number alone."""
        chart = default_chart().with_numbers(numbers, kind)
        held = (*(getattr(chart, purpose) for purpose in PURPOSES), *of_pay)
        return next((say(said(one.says), language) for one in held if one.number == account), "")

    for one in booked:
        yield JournalLine(
            entry=one.entry,
            line=one.line,
            day=one.day,
            account=one.account,
            account_name=name(one.account, one.kind or ""),
            amount=one.amount,
            reason=one.reason,
            says=say(one.text, language),
            claim=one.claim,
            case=one.case,
            kind=one.kind,
            corrects=one.corrects,
        )
