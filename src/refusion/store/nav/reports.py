"""NAV's settlement reports with their lines, their parts and what is parked; the numbers of persons sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from refusion.settlements.nav_items.item import ItemKey, Nature
from refusion.settlements.nav_items.place import Part
from refusion.settlements.nav_report import ReportHead, ReportLine, SettlementReport
from refusion.store.columns import as_json, said_from
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.period import Period
from refusion.values.said import Refused, said
from refusion.workflow.ports.norway.kept import DuePart, KeptLine, KeptReport, ParkedLine

_REPORT = insert("nav_report", "id, nav_number, organisation, pays_on, total, lines, file_id, received_at")
_LINE = insert(
    "nav_line",
    "report_id, place, code, workplace, person_id, sealed_person, first_day, last_day, amount, max_date, because_key, because_facts",
).replace("%(because_facts)s", "%(because_facts)s::jsonb")
_PART = insert("nav_part", "report_id, place, part, case_id, month, nature, amount, first_day, last_day")
# Bytes that came as a file may come again with NAV's number, and NAV may list a payment twice; equal bytes of two days are two payments.
_HAS = """
    SELECT 1 FROM nav_report WHERE institution_id = %(institution)s AND file_id = %(file)s
    AND (nav_number IS NULL OR %(number)s::bigint IS NULL OR pays_on = %(pays_on)s)
"""
_REPORTS = """
    SELECT id, nav_number, organisation, pays_on, total, lines FROM nav_report WHERE institution_id = %(institution)s
    ORDER BY pays_on, nav_number NULLS LAST, id
"""
_PARTS = """
    SELECT p.report_id, p.place, p.part, r.pays_on, p.case_id, p.month, p.nature, p.amount, p.first_day, p.last_day, p.run_id,
           l.interim_run_id IS NOT NULL
    FROM nav_part p
    JOIN nav_line l ON l.institution_id = p.institution_id AND l.report_id = p.report_id AND l.place = p.place
    JOIN nav_report r ON r.institution_id = p.institution_id AND r.id = p.report_id
    WHERE p.institution_id = %(institution)s ORDER BY r.pays_on, r.nav_number NULLS LAST, r.id, p.place, p.part
"""
_PARKED = """
    SELECT l.report_id, l.place, r.pays_on, l.code, l.amount, l.because_key, l.because_facts::text, l.interim_run_id IS NOT NULL,
           l.placed_by
    FROM nav_line l JOIN nav_report r ON r.institution_id = l.institution_id AND r.id = l.report_id
    WHERE l.institution_id = %(institution)s AND l.because_key IS NOT NULL
"""
_TOLD = """
    SELECT r.organisation, l.workplace, l.code, l.person_id, l.sealed_person, l.first_day, l.last_day, l.amount, l.max_date
    FROM nav_line l JOIN nav_report r ON r.institution_id = l.institution_id AND r.id = l.report_id
    WHERE l.institution_id = %(institution)s AND l.report_id = %(report)s AND l.place = %(place)s
"""
_PLACED = """
    UPDATE nav_line SET placed_by = %(by)s, placed_at = %(at)s WHERE institution_id = %(institution)s
    AND report_id = %(report)s AND place = %(place)s AND because_key IS NOT NULL AND placed_at IS NULL
"""
# The newest report that names a maximum date for a case says until when the right lasts.
_RIGHT_ENDS = """
    SELECT DISTINCT ON (p.case_id) p.case_id, l.max_date FROM nav_part p
    JOIN nav_line l ON l.institution_id = p.institution_id AND l.report_id = p.report_id AND l.place = p.place
    JOIN nav_report r ON r.institution_id = p.institution_id AND r.id = p.report_id
    WHERE p.institution_id = %(institution)s AND l.max_date IS NOT NULL
    ORDER BY p.case_id, r.pays_on DESC, r.nav_number DESC NULLS LAST, p.place DESC
"""


@dataclass(frozen=True, slots=True)
class StoredNavReports:
    """An institution's reports."""

    tenant: Tenant

    def has(self, file: UUID, head: ReportHead) -> bool:
        """Tell whether this report is kept: the same bytes for the same day of payment, or a file that names no number."""
        return self.tenant.one(_HAS, file=file, number=head.id, pays_on=head.pays_on) is not None

    def keep(self, report: SettlementReport, file: UUID, lines: Sequence[KeptLine], at: datetime) -> UUID:
        """Keep a report with its lines; raises Refused where NAV's number is kept with other bytes."""
        head, id = report.head, self.tenant.id_of("nav_report", report.sha256, report.head.pays_on)
        query = "SELECT 1 FROM nav_report WHERE institution_id = %(institution)s AND nav_number = %(number)s"
        if head.id is not None and self.tenant.one(query, number=head.id):
            raise Refused(said("refusjon.report_with_other_lines", number=head.id, amount_ore=report.total))
        self.tenant.run(
            _REPORT,
            id=id,
            nav_number=head.id,
            organisation=head.organisation,
            pays_on=head.pays_on,
            total=report.total,
            lines=len(report.lines),
            file_id=file,
            received_at=at,
        )
        self.tenant.run_many(_LINE, (self._line(id, line) for line in lines))
        parts = [
            _part(id, line.line.place, number, part) for line in lines for number, part in enumerate(line.parts, 1)
        ]
        if parts:
            self.tenant.run_many(_PART, parts)
        return id

    def reports(self) -> tuple[KeptReport, ...]:
        """Give all reports by day of payment."""
        return tuple(KeptReport(*row) for row in self.tenant.rows(_REPORTS))

    def parts(self) -> tuple[DuePart, ...]:
        """Give all parts of lines, booked or not, in order of payment."""
        return tuple(map(_due, self.tenant.rows(_PARTS)))

    def parked(self) -> tuple[ParkedLine, ...]:
        """Give all lines that are or were parked."""
        return tuple(map(_parked, self.tenant.rows(_PARKED + " ORDER BY r.pays_on, r.id, l.place")))

    def parked_line(self, report: UUID, place: int) -> tuple[ParkedLine, ReportLine, UUID | None]:
        """Give a parked line with its text and person; raises Refused where there is none."""
        row = self.tenant.one(_PARKED + " AND l.report_id = %(report)s AND l.place = %(place)s", report=report, place=place)
        if row is None:
            raise Refused(said("refusjon.no_such_line", place=place))
        organisation, workplace, code, person, sealed, first, last, amount, max_date = self.tenant.found(_TOLD, report=report, place=place)
        number = self.tenant.keys.unseal(bytes(sealed), str(report), f"nav_line:{place}")
        line = ReportLine(place, "", organisation, workplace, code, number, first, last, amount, max_date, "", "")
        return _parked(row), line, person

    def put(self, report: UUID, place: int, parts: Sequence[Part], by: str, at: datetime) -> None:
        """Place a parked line, as a person says."""
        if not self.tenant.run(_PLACED, report=report, place=place, by=by, at=at):
            raise Refused(said("refusjon.placed_already", place=place))
        self.tenant.run_many(_PART, (_part(report, place, number, part) for number, part in enumerate(parts, 1)))

    def right_ends(self) -> Mapping[UUID, date]:
        """Give NAV's newest maximum date of each case."""
        return dict(self.tenant.rows(_RIGHT_ENDS))

    def _line(self, report: UUID, kept: KeptLine) -> dict[str, object]:
        line, because = kept.line, kept.because
        return {
            "report_id": report,
            "place": line.place,
            "code": line.code,
            "workplace": line.workplace,
            "person_id": kept.person,
            "sealed_person": self.tenant.keys.seal(line.person, str(report), f"nav_line:{line.place}"),
            "first_day": line.first,
            "last_day": line.last,
            "amount": line.amount,
            "max_date": line.max_date,
            "because_key": None if because is None else because.key,
            "because_facts": None if because is None else as_json(because.facts),
        }


def _part(report: UUID, place: int, number: int, part: Part) -> dict[str, object]:
    days = part.days
    return {
        "report_id": report,
        "place": place,
        "part": number,
        "case_id": part.item.case,
        "month": part.item.month,
        "nature": part.item.nature.value,
        "amount": part.amount,
        "first_day": days and days.first,
        "last_day": days and days.last,
    }


def _due(row: Row) -> DuePart:
    report, place, number, pays_on, case, month, nature, amount, first, last, run, of_interim = row
    days = None if first is None else Period(first, last)
    return DuePart(report, place, number, pays_on, Part(ItemKey(case, month, Nature(nature)), amount, days), run, of_interim)


def _parked(row: Row) -> ParkedLine:
    report, place, pays_on, code, amount, key, facts, on_interim, placed_by = row
    return ParkedLine(report, place, pays_on, code, amount, said_from(key, facts), on_interim, placed_by)
