"""Which accounts an institution's postings go to: its own numbers, for every kind of case or for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from refusion.cases.facts import Kind
from refusion.ledger import PURPOSES, Chart, default_chart, is_number, place_of
from refusion.values.said import Refused, said
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

EVERY_KIND = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What an account is for: its purpose, and the kind of case, or every kind."""

    purpose: str
    kind: str = EVERY_KIND


def charts(ports: Ports, actor: Actor, institution: str) -> Mapping[str, Chart]:
    """Give the accounts for every kind (under the empty name), and for each kind that has its own."""
    with ports.work(institution, actor) as tx:
        numbers = tx.institution.settings.accounts
    own = [kind.value for kind in Kind if any(place_of(purpose, kind.value) in numbers for purpose in PURPOSES)]
    return {kind: default_chart().with_numbers(numbers, kind) for kind in (EVERY_KIND, *own)}


def set_account(ports: Ports, actor: Actor, institution: str, place: Place, number: str) -> Chart:
    """Give a purpose an account of the institution's own; an empty number takes it back to the state's chart.

    Raises Refused for an unknown purpose or kind, for what is no account number, and where two purposes that must be
    told apart would share an account. Claims that were pre-registered before keep the accounts they stand on.
    """
    _require_known(place, number)
    with ports.work(institution, actor) as tx:
        before = dict(tx.institution.settings.accounts)
        after = {**before, place_of(place.purpose, place.kind): number}
        after = {name: own for name, own in after.items() if own}
        _require_apart(tx, place, number, after)
        if after != before:
            tx.books.set_accounts(after)
            tx.audit.note("set_account", place_of(place.purpose, place.kind), {"number": number or None})
    return default_chart().with_numbers(after, place.kind)


def set_nightly(ports: Ports, actor: Actor, institution: str, *, nightly: bool) -> None:
    """Have the books proved each night, or on the last day of each month only."""
    with ports.work(institution, actor) as tx:
        if tx.institution.settings.nightly_reconciliation is not nightly:
            tx.books.set_nightly(nightly=nightly)
            tx.audit.note("set_nightly", institution, {"nightly": nightly})


def _require_known(place: Place, number: str) -> None:
    if place.purpose not in PURPOSES:
        raise Refused(said("books.no_purpose", purpose=place.purpose, known=", ".join(PURPOSES)))
    if place.kind and place.kind not in set(Kind):
        raise Refused(said("books.no_kind", kind=place.kind, known=", ".join(Kind)))
    if number and not is_number(number):
        raise Refused(said("books.no_account_number", number=number))


def _require_apart(tx: Transaction, place: Place, number: str, numbers: Mapping[str, str]) -> None:
    """Raise Refused where a receivable would share its account, in any kind, with what is something else or once was one."""
    for kind in (EVERY_KIND, *Kind):
        try:
            default_chart().with_numbers(numbers, kind)
        except ValueError:
            raise Refused(said("books.account_shared", number=number or place.purpose)) from None
    if number and place.purpose != "receivable" and number in tx.books.receivables():
        raise Refused(said("books.account_was_receivable", number=number))
