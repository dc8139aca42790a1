"""The books: accounts, proofs, batches given out, postings proposed to be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import NUMBER, REASON
from refusion.ledger import Chart
from refusion.workflow.books.void import Proposed
from refusion.workflow.ports.books.journal import Batch
from refusion.workflow.ports.books.proofs import Certificate

PURPOSE = Field("purpose", "What the account is for.", longest=60)
ACCOUNT = Field("account", "The account's number.", longest=20)
KIND = Field("kind", "The kind of refund; every kind where none is named.", required=False, longest=60)
DAY = Field("day", "Proofs of this day alone.", date, required=False)
SUBJECT = Field("subject", "What the proof names.", UUID)


def _charts(call: Call) -> Mapping[str, Chart]:
    return call.house.account_charts(*call.at)


def _set_account(call: Call) -> Chart:
    given = call.given
    return call.house.set_account(*call.at, given["purpose"], given["account"], kind=given["kind"] or "")


def _certificates(call: Call) -> tuple[tuple[Certificate, bool], ...]:
    return call.house.certificates(*call.at, call.given["day"])


def _prove(call: Call) -> Certificate:
    return call.house.reconcile_books(*call.at)


def _accept(call: Call) -> None:
    call.house.accept_difference(*call.at, call.given["subject"], call.given["reason"])


def _batches(call: Call) -> tuple[Batch, ...]:
    return call.house.journal_batches(*call.at)


def _voids(call: Call) -> tuple[Proposed, ...]:
    return call.house.voids(*call.at)


def _propose(call: Call) -> Proposed:
    return call.house.propose_void(*call.at, call.given["number"], call.given["reason"])


def _withdraw(call: Call) -> None:
    call.house.withdraw_void(*call.at, call.given["number"])


BOOKS = (
    Operation("account_charts", "GET", "/books/accounts", Duty.SEE_BOOKS, "Accounts by kind; those of every kind under the empty name.",
              _charts, Mapping[str, Chart]),
    Operation("set_account", "POST", "/books/accounts", Duty.SET_ACCOUNTS, "Give a purpose an account of the institution's own.",
              _set_account, Chart, body=(PURPOSE, ACCOUNT, KIND)),
    Operation("certificates", "GET", "/books/proofs", Duty.SEE_BOOKS, "Proofs, each with whether it still says what it was signed for.",
              _certificates, tuple[Certificate, bool], query=(DAY,), paged=True),
    Operation("reconcile_books", "POST", "/books/proofs", Duty.PROVE_BOOKS, "Prove the books as they stand.", _prove, Certificate),
    Operation("accept_difference", "POST", "/books/proofs/accept", Duty.PROVE_BOOKS, "Note that a report is another system's.", _accept,
              body=(SUBJECT, REASON)),
    Operation("journal_batches", "GET", "/books/batches", Duty.SEE_BOOKS, "Batches given out, without their bytes.", _batches, Batch,
              paged=True),
    Operation("voids", "GET", "/books/voids", Duty.SEE_BOOKS, "Proposals to take postings back.", _voids, Proposed, paged=True),
    Operation("propose_void", "POST", "/books/entries/{number}/void", Duty.PROPOSE_VOID, "Propose to take an entry back.", _propose,
              Proposed, at=(NUMBER,), body=(REASON,)),
    Operation("withdraw_void", "POST", "/books/entries/{number}/void/withdraw", Duty.PROPOSE_VOID, "Withdraw an open proposal.", _withdraw,
              at=(NUMBER,)),
)  # fmt: skip
