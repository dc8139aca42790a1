"""Reads for the doors: the tenant is set, nothing can be written, and who was shown is logged in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from refusion.access import Duty, require
from refusion.cases.facts import FUNDS, Case, Kind, State
from refusion.claims.answers import MONTHS_OF_EARNINGS, Known, notification_answers
from refusion.claims.facts import Answer
from refusion.claims.recalculation import Kept, Standing
from refusion.reports.catalogue import Rows, require_known
from refusion.reports.rows import ClaimLine
from refusion.store import institutions
from refusion.store.columns import open_bytes
from refusion.store.payroll import StoredPayroll
from refusion.store.reads import case as case_reads
from refusion.store.reads import case_reports, claim_lines, look_ups, places
from refusion.store.reads import cases as cases_reads
from refusion.store.reads import explanation as explanation_reads
from refusion.store.reads import files as file_reads
from refusion.store.reads import payments as payment_reads
from refusion.store.reads import summary as summary_reads
from refusion.store.reads import work_list as work_reads
from refusion.store.reads.case import CaseChain, CaseHead
from refusion.store.reads.cases import CasesPage
from refusion.store.reads.explanation import ClaimExplanation
from refusion.store.reads.files import FileRow
from refusion.store.reads.payments import Payments
from refusion.store.reads.reporting import trail as trail_reads
from refusion.store.reads.reporting.of_report import rows_of
from refusion.store.reads.summary import Summary
from refusion.store.reads.work_list import WorkList, WorkRow
from refusion.store.tenant import Tenant, open_connection
from refusion.store.waits.answer_rules import rules_of
from refusion.values.period import Period, first_of_month, last_of_month, months_after
from refusion.wiring.keys import InstitutionKeys, Vault, open_vault
from refusion.wiring.verbs.funds import FundReads
from refusion.wiring.verbs.guard_seen import GuardReads
from refusion.wiring.verbs.seen import WatchingReads
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Moment

SEALED_NUMBER = "national_number"
SHOWN_DIGITS = 6


class LookUpNotKept(Exception):
    """Who looked at whom could not be written down, so nothing may be shown."""


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A raw message in the clear; whoever shows it masks the national numbers."""

    direction: str
    at: datetime
    raw: bytes
    case_number: int


@dataclass(slots=True)
class Reads(FundReads, GuardReads, WatchingReads):
    """What one person may read at one institution, in one transaction that cannot write."""

    actor: Actor
    tenant: Tenant
    keys: InstitutionKeys
    shown: dict[str, Counter[UUID]] = field(default_factory=dict)

    def work_list(self, turns: Sequence[str] | None, kind: str | None, limit: int) -> WorkList:
        """Read the open tasks, of some turns or one kind where asked."""
        self._may(Duty.SEE_WORK)
        found = work_reads.work_list(self.tenant.at.day, turns, kind, limit, self.actor.name)
        self._note("work_list", (row.person for row in found.rows))
        return found

    def task(self, id: UUID) -> WorkRow | None:
        """Read one task."""
        self._may(Duty.SEE_WORK)
        found = work_reads.task(id)
        self._note("task", [found.person] if found else ())
        return found

    def cases(self, state: str | None, before: int | None, limit: int) -> CasesPage:
        """Read a page of cases."""
        self._may(Duty.SEE_CASES)
        return self._noted("cases", cases_reads.cases(state, before, limit))

    def search(self, asked: str, limit: int) -> CasesPage:
        """Find cases by case number, by national number (through its blind index) or by part of a name."""
        self._may(Duty.SEE_CASES)
        return self._noted("search", self._found(asked.strip(), limit))

    def _found(self, asked: str, limit: int) -> CasesPage:
        if is_national_number(asked):
            return cases_reads.by_number_index(self.keys.index(asked), limit)
        if asked.isdecimal() and asked.isascii() and len(asked) < len(str(2**63)):
            return cases_reads.by_number(int(asked))
        return cases_reads.by_name(asked, limit)

    def case(self, number: int) -> CaseChain | None:
        """Read a case with its whole chain; the national number masked."""
        self._may(Duty.SEE_CASE)
        found = case_reads.case(number)
        if found is None:
            return None
        self._note("case", [found.head.person])
        number_in_clear = self.keys.unseal(found.head.sealed_number, str(found.head.person), SEALED_NUMBER)
        head = replace(found.head, sealed_number=b"", masked_number=masked(number_in_clear))
        return replace(found, head=head, notification=notification_of(self.tenant, head))

    def message(self, id: UUID) -> OpenedMessage | None:
        """Read a raw message as it was sent or came."""
        self._may(Duty.SEE_CASE)
        found = case_reports.message(id)
        if found is None:
            return None
        self._note("message", [found.person])
        return OpenedMessage(
            found.direction, found.at, open_bytes(self.keys, found.sealed_raw, found.id, "message"), found.case_number
        )

    def claim_explanation(self, number: int, version: int | None = None) -> ClaimExplanation | None:
        """Read why a claim's amount is what it is, in its current version or an earlier one."""
        self._may(Duty.SEE_EXPLANATION)
        found = explanation_reads.claim_explanation(number, version)
        self._note("explanation", [found.person] if found else ())
        return found

    def payments(self, limit: int) -> Payments:
        """Read the bank lines: unmatched, matched, tray."""
        self._may(Duty.SEE_PAYMENTS)
        return payment_reads.payments(limit)

    def claim_lines(self, first: date, last: date) -> tuple[ClaimLine, ...]:
        """Read the claims of some days as the rows of reports."""
        self._may(Duty.SEE_REPORTS)
        found = claim_lines.claim_lines(first, last)
        self._note("claim_lines", (person for person, _ in found))
        return tuple(line for _, line in found)

    def report_rows(self, name: str, first: date, last: date) -> Rows:
        """Read the rows of a report by its name; raises Refused for a name that no report has."""
        self._may(Duty.SEE_REPORTS)
        require_known(name)
        found, persons = rows_of(name, first, last, str(self.tenant.at.zone))
        self._note(f"report {name}", persons)
        return found

    def kept_claims(self) -> Iterator[Kept]:
        """Read every claim as it stands, for calculating it anew; read while these reads are open, nothing of a person."""
        self._may(Duty.SEE_REPORTS)
        return claim_lines.kept_claims()

    def kept_explanation(self, claim: UUID) -> Mapping[str, Any]:
        """Read the explanation of a claim's current version as the tree that was kept; nothing of a person."""
        self._may(Duty.SEE_REPORTS)
        return claim_lines.kept_explanation(claim)

    def standing_cases(self) -> Iterator[Standing]:
        """Read every open case with its days, nothing of a person."""
        self._may(Duty.SEE_REPORTS)
        return claim_lines.standing_cases()

    def files(self, limit: int) -> tuple[FileRow, ...]:
        """Read what was read in."""
        self._may(Duty.SEE_FILES)
        return file_reads.files(limit)

    def summary(self) -> Summary:
        """Read the counts and sums of the institution."""
        self._may(Duty.SEE_REPORTS)
        return summary_reads.summary()

    def trail(self) -> Iterator[Mapping[str, str]]:
        """Read the audit trail line by line as it was hashed; read while these reads are open, nothing of a person."""
        self._may(Duty.SEE_TRAIL)
        return trail_reads.trail()

    def _may(self, duty: Duty) -> None:
        if not self.actor.is_house:
            require(self.actor.roles, duty)

    def _noted(self, page: str, found: CasesPage) -> CasesPage:
        self._note(page, (row.person for row in found.rows))
        return found

    def _note(self, page: str, persons: Iterable[UUID | None]) -> None:
        self.shown.setdefault(page, Counter()).update(person for person in persons if person is not None)


@contextmanager
def reading(actor: Actor, institution: str, purpose: str, at: Moment) -> Iterator[Reads]:
    """Open reads at an institution at a moment; every person shown is logged in the same transaction.

    Raises Refused when there is no institution of that code, LookUpNotKept when the log cannot be written.
    """
    with transaction.atomic(durable=True):
        opened = open_connection()
        standing = institutions.enter(opened, institution)
        keys = _vault().open(standing.wrapped_keys)
        reads = Reads(actor, Tenant(standing.institution, actor, at, keys, opened), keys)
        with transaction.atomic():
            look_ups.only_read()
            yield reads
        _keep_look_ups(reads, at.now, purpose)


def _keep_look_ups(reads: Reads, at: datetime, purpose: str) -> None:
    try:
        for page, persons in reads.shown.items():
            if persons:
                look_ups.keep(reads.tenant.institution.id, at, reads.actor.name, purpose, look_ups.LookedUp(page, persons))
    except DatabaseError as error:
        raise LookUpNotKept(str(error)) from error


def places_of(user: int) -> tuple[places.Place, ...]:
    """Give the institutions where a user has roles."""
    with transaction.atomic(durable=True):
        return places.places_of(user)


def is_national_number(asked: str) -> bool:
    """Tell whether a search has the form of a national number: ten or eleven digits, a hyphen allowed."""
    digits = asked.replace("-", "").replace(" ", "")
    return digits.isascii() and digits.isdecimal() and len(digits) in (10, 11)


def masked(number: str) -> str:
    """Show the day of birth of a national number alone."""
    return f"{number[:SHOWN_DIGITS]}-••••"


@lru_cache(maxsize=1)
def _vault() -> Vault:
    return open_vault()


def notification_of(tenant: Tenant, head: CaseHead) -> tuple[Answer, ...]:
    """Prefill the notification of a case from payroll's current versions and persons' answers; a fund is notified of nothing."""
    if Kind(head.kind) in FUNDS:
        return ()
    return notification_answers(_case(head), _known(tenant, head), tenant.institution.settings.contact)


def _known(tenant: Tenant, head: CaseHead) -> Known:
    payroll = StoredPayroll(tenant)
    absence = payroll.absence(head.absence)
    since = months_after(first_of_month(absence.first_day), -MONTHS_OF_EARNINGS)
    months = Period(since, max(last_of_month(tenant.at.day), last_of_month(absence.first_day)))
    pay, entered = payroll.pay(head.employment, months), payroll.entered(head.employment)
    return Known(payroll.employment(head.employment), absence, pay, entered, rules=rules_of(tenant))


def _case(head: CaseHead) -> Case:
    return Case(
        id=head.id,
        number=head.number,
        employment=head.employment,
        person=head.person,
        absence=head.absence,
        kind=Kind(head.kind),
        state=State(head.state),
        first_absence_day=head.first_absence_day,
        last_absence_day=head.last_absence_day,
        refund_from=head.refund_from,
        file_on=head.file_on,
        notify_by=head.notify_by,
        opened_on=head.opened_on,
        known_on=head.known_on,
    )
