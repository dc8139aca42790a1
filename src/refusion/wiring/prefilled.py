"""The notification's answers as they stand now, each with where it came from, before anything is filed."""

from __future__ import annotations

from refusion.cases.facts import Case, Kind, State
from refusion.claims.answers import MONTHS_OF_EARNINGS, Known, notification_answers
from refusion.claims.facts import Answer
from refusion.store.payroll import StoredPayroll
from refusion.store.reads.case import CaseHead
from refusion.store.tenant import Tenant
from refusion.values.period import Period, first_of_month, last_of_month, months_after


def notification_of(tenant: Tenant, head: CaseHead) -> tuple[Answer, ...]:
    """Prefill the notification of a case from payroll's current versions and persons' answers."""
    return notification_answers(_case(head), _known(tenant, head), tenant.institution.settings.contact)


def _known(tenant: Tenant, head: CaseHead) -> Known:
    payroll = StoredPayroll(tenant)
    absence = payroll.absence(head.absence)
    since = months_after(first_of_month(absence.first_day), -MONTHS_OF_EARNINGS)
    months = Period(since, max(last_of_month(tenant.at.day), last_of_month(absence.first_day)))
    pay, entered = payroll.pay(head.employment, months), payroll.entered(head.employment)
    return Known(payroll.employment(head.employment), absence, pay, entered)


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
