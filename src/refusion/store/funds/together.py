"""The repository of funds: jobs with a right, report files with their lines, answers, and the list of claims."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from refusion.cases.facts import FUNDS, Kind
from refusion.claims.facts import State
from refusion.claims.funds.netting import Refunded
from refusion.store.claims import answers_from_json
from refusion.store.columns import open_bytes
from refusion.store.funds import jobs
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.period import Period
from refusion.values.said import Refused, said
from refusion.workflow.ports.funds import Decided, FundClaim, Report, ReportLine, Unplaced

_COLUMNS = (
    "id, number, kind, first_day, last_day, name, file_id, total, made_by, made_at, receipt, received_on, received_by, "
    "withdrawn_by, withdrawn_at"
)
_MADE = "id, kind, first_day, last_day, name, file_id, total, made_by, made_at"
_KEEP = insert("fund_report", _MADE) + " RETURNING number"
_LINE = insert("fund_report_line", "report_id, claim_id, version, action, amount")
_REPORTS = f"SELECT {_COLUMNS} FROM fund_report WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_LINES = """
    SELECT l.claim_id, l.version, l.action, l.amount FROM fund_report_line l
    JOIN claim c ON c.institution_id = l.institution_id AND c.id = l.claim_id
    WHERE l.institution_id = %(institution)s AND l.report_id = %(report)s ORDER BY c.number
"""
_RECEIVED = """
    UPDATE fund_report SET receipt = %(receipt)s, received_on = %(on)s, received_by = %(by)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_WITHDRAWN = """
    UPDATE fund_report SET withdrawn_by = %(by)s, withdrawn_at = %(at)s WHERE institution_id = %(institution)s AND id = %(id)s
"""
_OPEN_OF = """ AND receipt IS NULL AND withdrawn_at IS NULL AND EXISTS (
    SELECT 1 FROM fund_report_line l WHERE l.institution_id = fund_report.institution_id AND l.report_id = fund_report.id
    AND l.claim_id = %(claim)s) ORDER BY number DESC LIMIT 1"""
_TO_TELL = """
    SELECT cl.id FROM claim cl
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id AND c.absence_id IS NULL AND NOT c.pilot
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    WHERE cl.institution_id = %(institution)s AND c.kind = %(kind)s AND cl.state = ANY (%(waiting)s)
      AND v.first_day BETWEEN %(first)s AND %(last)s
      AND NOT EXISTS (
        SELECT 1 FROM fund_report_line l JOIN fund_report r ON r.institution_id = l.institution_id AND r.id = l.report_id
        WHERE l.institution_id = cl.institution_id AND l.claim_id = cl.id AND r.receipt IS NULL AND r.withdrawn_at IS NULL)
    ORDER BY cl.number
"""
_EMPLOYMENT = "SELECT id FROM employment WHERE institution_id = %(institution)s AND number = %(number)s"
_RAW = "SELECT sealed_raw FROM raw_file WHERE institution_id = %(institution)s AND id = %(id)s"
_NUMBERED = """
    SELECT cl.id FROM claim cl
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id AND c.absence_id IS NULL
    WHERE cl.institution_id = %(institution)s AND cl.number = %(number)s
"""
_TOLD = "kind, decision, claim_number, outcome, refund, supplement, pays, decided_on, pays_on, reference, revises, reason"
_ANSWER = insert("fund_answer", f"id, file_id, claim_id, learned_at, {_TOLD}") + " ON CONFLICT DO NOTHING"
_UNPLACED = f"""
    SELECT f.name, {", ".join(f"a.{name}" for name in _TOLD.split(", "))} FROM fund_answer a
    JOIN raw_file f ON f.institution_id = a.institution_id AND f.id = a.file_id
    WHERE a.institution_id = %(institution)s AND a.claim_id IS NULL ORDER BY a.decided_on, a.decision
"""  # noqa: S608 (our own names)
_LISTED = """
    SELECT c.person_id, cl.number, c.number, c.kind, p.name, e.number, v.first_day, v.last_day, cl.state, c.pilot,
           v.refund + v.supplement, cl.decided, cl.received, v.request_by, v.answers::text, told.number, told.receipt
    FROM claim cl
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id AND c.absence_id IS NULL
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    JOIN employment e ON e.institution_id = c.institution_id AND e.id = c.employment_id
    LEFT JOIN LATERAL (
        SELECT r.number, r.receipt FROM fund_report_line l
        JOIN fund_report r ON r.institution_id = l.institution_id AND r.id = l.report_id AND r.withdrawn_at IS NULL
        WHERE l.institution_id = cl.institution_id AND l.claim_id = cl.id ORDER BY r.number DESC LIMIT 1
    ) told ON true
    WHERE cl.institution_id = %(institution)s AND c.kind = ANY (%(kinds)s) AND cl.state <> ALL (%(gone)s)
      AND v.first_day <= %(last)s AND v.last_day >= %(first)s
    ORDER BY v.first_day, c.kind, cl.number
"""
_WAITING = [State.DRAFTED.value, State.REJECTED.value, State.CORRECTING.value, State.ANNULLING.value]
_GONE = [State.ANNULLED.value, State.DROPPED.value]


@dataclass(frozen=True, slots=True)
class StoredFunds:
    """What an institution asks of funds by report file."""

    tenant: Tenant

    def employments(self, kinds: Collection[Kind], codes: Collection[str]) -> tuple[UUID, ...]:
        """Give the employments that may have a right against one of the kinds; ``codes`` are payroll's for leave."""
        return jobs.employments(self.tenant, kinds, codes)

    def employment_numbered(self, number: str) -> UUID:
        """Give the employment of payroll's number; raises Refused where there is none."""
        row = self.tenant.one(_EMPLOYMENT, number=number)
        if row is None:
            raise Refused(said("funds.no_employment", number=number))
        return UUID(str(row[0]))

    def leaves(self, employment: UUID, codes: Collection[str]) -> tuple[Period, ...]:
        """Give the days of leave of an employment that have passed or have an end, by payroll's codes."""
        return jobs.leaves(self.tenant, employment, codes)

    def refunded(self, employment: UUID, *, pilot: bool) -> tuple[Refunded, ...]:
        """Give what claims of an employment give: decided where it is, else expected; a pilot's drafts count for a pilot only."""
        return jobs.refunded(self.tenant, employment, pilot=pilot)

    def cases(self, kinds: Collection[Kind]) -> tuple[UUID, ...]:
        """Give the cases of funds of these kinds that are not closed, by number."""
        return jobs.cases(self.tenant, kinds)

    def to_tell(self, kind: Kind, period: Period) -> tuple[UUID, ...]:
        """Give the claims on a fund of a period that wait to be told: drafts, corrections, withdrawals not in an open report."""
        return self.tenant.column(_TO_TELL, kind=kind.value, first=period.first, last=period.last, waiting=_WAITING)

    def keep_report(self, report: Report) -> Report:
        """Keep a report file with its lines and give it with its number."""
        facts = {"first_day": report.period.first, "last_day": report.period.last, "file_id": report.file, "kind": report.kind.value}
        facts |= {name: getattr(report, name) for name in ("id", "name", "total", "made_by", "made_at")}
        number = self.tenant.found(_KEEP, **facts)[0]
        self.tenant.run_many(_LINE, [_line_facts(report, line) for line in report.lines])
        return replace(report, number=number)

    def report(self, number: int) -> Report:
        """Give a report with its lines and hold it; raises Refused when there is none."""
        row = self.tenant.one(_REPORTS + " AND number = %(number)s FOR UPDATE", number=number)
        if row is None:
            raise Refused(said("funds.no_report", number=number))
        lines = tuple(ReportLine(*line) for line in self.tenant.rows(_LINES, report=row[0]))
        return replace(_report(row), lines=lines)

    def reports(self) -> tuple[Report, ...]:
        """Give all reports, the newest first, without their lines."""
        return tuple(map(_report, self.tenant.rows(_REPORTS + " ORDER BY number DESC")))

    def raw(self, report: Report) -> bytes:
        """Give the bytes of a report file."""
        return open_bytes(self.tenant.keys, self.tenant.found(_RAW, id=report.file)[0], report.file, "raw_file")

    def note_received(self, report: Report, receipt: str, on: date, by: str) -> None:
        """Note that the fund received a report."""
        self.tenant.run(_RECEIVED, id=report.id, receipt=receipt, on=on, by=by)

    def note_withdrawn(self, report: Report, by: str, at: datetime) -> None:
        """Note that a report never left the house."""
        self.tenant.run(_WITHDRAWN, id=report.id, by=by, at=at)

    def open_report_of(self, claim: UUID) -> Report | None:
        """Give the report that told of a claim and waits for its receipt, or None."""
        row = self.tenant.one(_REPORTS + _OPEN_OF, claim=claim)
        return None if row is None else _report(row)

    def claim_numbered(self, number: int) -> UUID | None:
        """Give the claim on a fund of a number, or None."""
        row = self.tenant.one(_NUMBERED, number=number)
        return None if row is None else row[0]

    def keep_answer(self, id: UUID, file: UUID, decided: Decided, claim: UUID | None, at: datetime) -> bool:  # noqa: A002 (the port's word)
        """Keep a row of a decision file once; False when it lies there already."""
        facts = {name: getattr(decided, name) for name in _TOLD.split(", ") if name not in ("kind", "claim_number")}
        facts |= {"kind": decided.kind.value, "claim_number": decided.claim}
        return bool(self.tenant.run(_ANSWER, id=id, file_id=file, claim_id=claim, learned_at=at, **facts))

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Give the answers that are about no claim of ours, oldest first."""
        return tuple(Unplaced(file, Decided(Kind(kind), *told)) for file, kind, *told in self.tenant.rows(_UNPLACED))

    def listed(self, kinds: Collection[Kind], period: Period | None) -> tuple[FundClaim, ...]:
        """Give the claims on funds, by period and number; all of them where no days are named."""
        first, last = (period.first, period.last) if period else (date.min, date.max)
        rows = self.tenant.rows(_LISTED, kinds=sorted(set(kinds) & set(FUNDS)), first=first, last=last, gone=_GONE)
        return tuple(map(_listed, rows))


def _report(row: Row) -> Report:
    found, number, kind, first, last, *rest = row
    return Report(found, number, Kind(kind), Period(first, last), *rest)


def _line_facts(report: Report, line: ReportLine) -> dict[str, object]:
    return {"report_id": report.id, "claim_id": line.claim, "version": line.version, "action": line.action, "amount": line.amount}


def _listed(row: Row) -> FundClaim:
    person, number, case, kind, name, employment, first, last, state, pilot, *rest = row
    expected, decided, received, request_by, answers, report, receipt = rest
    missing = tuple(answer.field for answer in answers_from_json(answers) if answer.missing)
    period = Period(first, last)
    return FundClaim(person, number, case, Kind(kind), name, employment, period, state, pilot, expected, decided, received,
                     request_by, missing, report, receipt)  # fmt: skip
